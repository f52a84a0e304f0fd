"""Confirmations for other programs: feeds, tables, a STIX bundle, asset events. Values in, bytes out."""
