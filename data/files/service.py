"""Whose file it is, as its properties say."""

SERVICE = "MACE, child exploitation meetings"
"""Every file names the service that made it, and no worker: properties travel with a file and are seldom looked at."""
