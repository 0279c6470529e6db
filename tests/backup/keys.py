"""Keys that open nothing outside these tests."""

KEY = "a key for tests only, it's long enough to be one"
ANOTHER = "another key for tests, also long enough to be one"
