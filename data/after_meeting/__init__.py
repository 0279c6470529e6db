"""What follows from a meeting until the next: actions, reviews, flags, and leaving without a meeting."""
