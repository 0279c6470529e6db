"""The quarterly return: drafted, locked, corrected, explained, published, and its files."""
