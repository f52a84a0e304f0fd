"""SQL of people, and what it can ask."""
