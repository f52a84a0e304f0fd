"""Who is named: gazetteer, senses of ambiguous names, armies, wire agencies; and whether the text is on the beat."""
