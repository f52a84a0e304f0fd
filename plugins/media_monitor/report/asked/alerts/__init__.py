"""Alerts and what became of each, their messages, the rules in force."""
