"""Feeds and publishers: how they fare, and how politely they are asked."""
