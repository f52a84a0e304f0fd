"""How often a process looks for garbage that refers to itself, which counting references does not find.

Python looks for it each time that 700 more objects were made than freed, and now and then through all objects: once
Great Expectations and lexicons are loaded, 760,000 of them in 0.4 s. That is a fifth of what loading Great Expectations
takes, and of judging batches of 300 articles, one after the other in a process (CPython 3.11, `gc.get_stats`).
"""

import atexit
import gc

_MADE = 5_000


def seldom() -> None:
    """From now on this process looks a seventh as often. For processes that are ours, not for a library's host."""
    gc.set_threshold(_MADE, 10, 10)


def settled() -> None:
    """What there is now stays for as long as the process, and is not looked through again before its end.

    There it has to be, in half a second: what is never let go DuckDB's binding reports as leaks, a screen of it.
    """
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)
