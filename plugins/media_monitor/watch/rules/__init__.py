"""What is worth an alert, to whom it goes and when: rules as values, read from `alerts.toml`."""
