"""Titles and first paragraphs to events: who did what to whom."""
