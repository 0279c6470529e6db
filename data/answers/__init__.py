"""From what is typed to what was sent: drafts, submissions, what a submission sets in motion, and its print."""
