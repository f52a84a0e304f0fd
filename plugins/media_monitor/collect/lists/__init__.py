"""The lists of feeds: reading, checking and changing them."""
