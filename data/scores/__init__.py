"""The tracker's scores as they were given, and the sets of weights they follow."""
