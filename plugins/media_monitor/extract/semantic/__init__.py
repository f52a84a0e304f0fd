"""A sentence encoder that decides clauses which the rules leave open; without it everything else works as before."""
