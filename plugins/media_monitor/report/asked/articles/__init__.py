"""Articles and stories: found, and one whole."""
