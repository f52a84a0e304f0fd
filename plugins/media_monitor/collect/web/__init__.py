"""Requests: where they may go, how they are made and what came of them."""
