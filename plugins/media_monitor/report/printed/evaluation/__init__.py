"""Scores on labelled documents, and alerts of a replay."""
