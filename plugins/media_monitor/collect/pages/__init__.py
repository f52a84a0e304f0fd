"""Article pages: which are asked for, and what is taken from them."""
