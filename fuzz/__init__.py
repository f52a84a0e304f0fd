"""Inputs that nobody meant: mutated feeds, and coverage-guided fuzzing of all that reads what strangers wrote."""
