"""Feeds to articles: subscriptions, polite fetching, archive, parsing, identity."""
