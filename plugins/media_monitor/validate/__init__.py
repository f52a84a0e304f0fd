"""Facts to good rows and quarantine."""
