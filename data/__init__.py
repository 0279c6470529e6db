"""What is kept, counted and sent out. The only home of the database; every read and write is checked and logged here."""
