"""The version of rules and lexicons. Every fact carries it."""

# Raise it with any change that alters facts: year.month.number.
EXTRACTOR_VERSION = "2026.11.3"
