"""Great Expectations makes the configuration of an expectation anew each time that it looks at it, some fifty times for
each that it judges: a third of the work on a small batch. Inside `remembering` it makes each once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

# With each configuration the expectation that it is of, so that no other can get its id meanwhile.
_KEPT: ContextVar[dict[int, tuple[Any, Any]] | None] = ContextVar("configurations", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Expectations that are judged in the block, in this thread, keep their configurations until its end."""
    _install()
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def _install() -> None:
    from great_expectations.expectations.expectation import Expectation

    made = vars(Expectation)["configuration"].fget
    if hasattr(made, "remembers"):
        return

    def configuration(expectation: Any) -> Any:
        kept = _KEPT.get()
        if kept is None:
            return made(expectation)
        if id(expectation) not in kept:
            kept[id(expectation)] = (expectation, made(expectation))
        return kept[id(expectation)][1]

    vars(configuration)["remembers"] = True
    type.__setattr__(Expectation, "configuration", property(configuration))
