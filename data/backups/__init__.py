"""Copies of the database, how one takes its place again, and how its key is changed."""
