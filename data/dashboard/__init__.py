"""The cohort's figures, a view to a module: each asks the database for aggregates, never for a row of every child."""
