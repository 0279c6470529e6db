"""People, groups, places and issues of concern, nominations to MARTHR, measures of disruption, the map of links."""
