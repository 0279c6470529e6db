"""The made-up cohort: who the children and the people are, what happens to them, and how it is written down.

Everything here is invented. Nothing reads a real record, and no part of the tool depends on it.
"""
