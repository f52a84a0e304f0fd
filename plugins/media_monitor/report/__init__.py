"""What people and programs read: `asked` of warehouse and archive as values, `printed` on the terminal."""
