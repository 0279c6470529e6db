"""Reading what was done: the audit's entries and chain, views, anomalies, a record's history."""
