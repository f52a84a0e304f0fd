"""Alerts through channels: exactly once each, over retries, crashes and processes side by side."""
