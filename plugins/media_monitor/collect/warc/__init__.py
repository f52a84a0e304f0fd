"""The archive of exchanges, written and read back."""
