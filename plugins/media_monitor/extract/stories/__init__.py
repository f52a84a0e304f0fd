"""Which happening an article reports: one story of all that report the same, in any language."""
