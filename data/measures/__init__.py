"""The measures of the quarterly return (returns.md), a closely tied group to a file: definitions as data, and their SQL.

The SQL is portable and meant for a nation's records: few passes, no window functions. How it is run is in `reckoning`.
"""
