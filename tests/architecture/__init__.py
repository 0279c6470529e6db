"""The house stands as it was drawn: who may import whom, where a library lives, and what no module may do."""
