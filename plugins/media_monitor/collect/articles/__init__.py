"""What one article is: its address, its publisher, its edits."""
