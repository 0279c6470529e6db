"""What a Word file and a picture of bars look like, whatever is written in them."""
