"""What must stay true, in folders named by what they protect."""
