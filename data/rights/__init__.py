"""How long a record is kept, how it is deleted by two people, and the child's own copy of it."""
