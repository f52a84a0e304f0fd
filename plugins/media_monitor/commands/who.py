"""Who gives the command, for the record of what people decide."""

import getpass


def user() -> str | None:
    """The name of the user; None for one without, as in some containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None
