"""What is printed: tables of the terminal, JSON, the page of settings."""
