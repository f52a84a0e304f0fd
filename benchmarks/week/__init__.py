"""A simulated week: feeds that behave as feeds do, servers that behave as servers do, and who asks them."""
