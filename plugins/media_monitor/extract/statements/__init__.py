"""Acts of speech to statements: the claims that they are about, and their source chain."""
