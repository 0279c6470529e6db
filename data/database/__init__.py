"""The two engines behind one seam, the tables, the file with its lock, key and copies, and the audit's chain."""
