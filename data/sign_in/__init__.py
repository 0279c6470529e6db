"""Passwords, sessions, and what an administrator does with accounts."""
