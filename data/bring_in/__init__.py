"""Bringing a partnership's cohort in from its workbooks: what a sheet may hold, and what must hold between rows."""
