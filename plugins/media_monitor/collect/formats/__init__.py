"""Documents of any format to entries."""
