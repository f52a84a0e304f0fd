"""Articles to facts: mentions, events, statements."""
