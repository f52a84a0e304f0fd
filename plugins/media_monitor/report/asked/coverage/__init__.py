"""How much is written, and how it moves: what `media-monitor trends` and the page ask."""
