"""Characters to sentences: normal form, language, sentence ends, what may touch a name."""
