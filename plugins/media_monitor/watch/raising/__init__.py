"""From what happened to the alerts that it raises: one each, ever."""
