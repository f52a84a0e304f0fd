"""What is asked: rows and plain values, for the command line, the page and its JSON alike."""
