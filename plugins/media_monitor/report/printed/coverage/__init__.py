"""Coverage and how it moves."""
