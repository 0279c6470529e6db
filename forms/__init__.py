"""What is asked: every form as plain data. No screen and no database in here."""
