"""States and moves as tables: what may follow what, who may make each move, and its audit word."""
