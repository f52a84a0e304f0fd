"""Feeds and publishers."""
