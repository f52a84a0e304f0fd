"""What is missing or wrong in the folder of a beat: every incomplete entry, with file and line."""
