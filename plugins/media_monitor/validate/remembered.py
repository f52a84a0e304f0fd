"""Great Expectations makes the configuration of an expectation anew each time that it looks at it, some fifty times for
each that it judges, looks for the rows that a condition holds for each time that an expectation names it, walks
through every value of an expectation each time that it asks for its id, and hashes every cell of a frame for a marker
that nobody reads: two thirds of the work on a small batch. Inside `remembering` it does the first two once, leaves the
third to the JSON library, which comes to the same ids, and the fourth undone.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

# With each configuration the expectation that it is of, and with the rows of a condition the frame that they are of, so
# that no other can get its id meanwhile.
_KEPT: ContextVar[dict[tuple[int, str], tuple[Any, Any]] | None] = ContextVar("kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Expectations that are judged in the block, in this thread, keep their configurations, and the rows that their
    conditions hold for, until its end; frames get no fingerprint."""
    _install()
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def _install() -> None:
    from great_expectations.core.id_dict import IDDict
    from great_expectations.execution_engine import pandas_execution_engine as engines
    from great_expectations.expectations.expectation import Expectation

    made = vars(Expectation)["configuration"].fget
    if hasattr(made, "remembers"):
        return
    filtered = vars(engines.PandasExecutionEngine)["_apply_row_condition_filter"]
    identified = vars(IDDict)["to_id"]
    hashed: Callable[[Any], Any] = engines.hash_pandas_dataframe

    def configuration(expectation: Any) -> Any:
        kept = _KEPT.get()
        if kept is None:
            return made(expectation)
        key = (id(expectation), "configuration")
        if key not in kept:
            kept[key] = (expectation, made(expectation))
        return kept[key][1]

    def apply(engine: Any, data: Any, row_condition: Any, domain_kwargs: dict[str, Any]) -> Any:
        kept = _KEPT.get()
        if kept is None:
            return filtered(engine, data, row_condition, domain_kwargs)
        key = (id(data), f"{row_condition!r} {domain_kwargs.get('condition_parser')}")
        if key not in kept:
            kept[key] = (data, filtered(engine, data, row_condition, domain_kwargs))
        return kept[key][1]

    def to_id(self: Any, id_keys: Any = None, id_ignore_keys: Any = None) -> Any:
        plain = id_keys is None and not (id_ignore_keys or self._id_ignore_keys)
        if _KEPT.get() is not None and plain and len(self) > 1:
            try:
                text = json.dumps(self, sort_keys=True)
                return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
            except TypeError:
                pass  # a value that Great Expectations makes JSON of
        return identified(self, id_keys, id_ignore_keys)

    def fingerprint(frame: Any) -> Any:
        return hashed(frame) if _KEPT.get() is None else ""

    vars(configuration)["remembers"] = True
    type.__setattr__(Expectation, "configuration", property(configuration))
    type.__setattr__(engines.PandasExecutionEngine, "_apply_row_condition_filter", apply)
    type.__setattr__(IDDict, "to_id", to_id)
    vars(engines)["hash_pandas_dataframe"] = fingerprint
