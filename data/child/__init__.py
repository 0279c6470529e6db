"""The child's record and what hangs on it before any meeting: links, referrals, missing episodes, restrictions, NRM."""
