"""Who says what: speakers of every word order, reported speech, offices, and the stance of an act of speech."""
