"""The verbs of `python -m data`, one to a file: what each may be told, and what it does. No rules of the field here."""
