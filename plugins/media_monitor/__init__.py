"""Monitors a news beat: feeds to articles to facts to a claim ledger, with an alert on first confirmations."""

__version__ = "0.1.0"
