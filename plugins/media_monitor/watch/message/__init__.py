"""What an alert says: as data, and from that as plain text, HTML and Slack blocks, in any script."""
