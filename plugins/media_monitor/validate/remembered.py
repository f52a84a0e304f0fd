"""Great Expectations makes many things anew each time that it looks at them, two thirds of the work on a small batch:

- the configuration of an expectation, some fifty times, and from it the expectation and what it is called with;
- the rows that a condition holds for, each time that an expectation names it;
- ids, for which it walks through every value of an expectation;
- a hash of every cell of a frame, for a marker that nobody reads.

Inside `remembering` it does the first two once, leaves the ids, the same ones, to the JSON library, and hashes nothing.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

# With each thing that is kept the object that it was made of, so that no other can get its id meanwhile.
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


def _once(of: Any, what: str, make: Callable[[], Any]) -> Any:
    """What is made of the object, outside of `remembering` each time."""
    kept = _KEPT.get()
    if kept is None:
        return make()
    key = (id(of), what)
    if key not in kept:
        kept[key] = (of, make())
    return kept[key][1]


def _install() -> None:
    from great_expectations.core.id_dict import IDDict
    from great_expectations.execution_engine import pandas_execution_engine as engines
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    made = vars(Expectation)["configuration"].fget
    if hasattr(made, "remembers"):
        return
    filtered = vars(engines.PandasExecutionEngine)["_apply_row_condition_filter"]
    identified = vars(IDDict)["to_id"]
    built = vars(ExpectationConfiguration)["to_domain_obj"]
    called_with = vars(Expectation)["_get_runtime_kwargs"]
    hashed: Callable[[Any], Any] = engines.hash_pandas_dataframe

    def configuration(expectation: Any) -> Any:
        return _once(expectation, "configuration", partial(made, expectation))

    def expectation_of(configuration: Any) -> Any:
        return _once(configuration, "expectation", partial(built, configuration))

    def keywords(expectation: Any, runtime_configuration: Any = None) -> Any:
        call = partial(called_with, expectation, runtime_configuration)
        return dict(_once(expectation, f"keywords {runtime_configuration!r}", call))

    def apply(engine: Any, data: Any, row_condition: Any, domain_kwargs: dict[str, Any]) -> Any:
        call = partial(filtered, engine, data, row_condition, domain_kwargs)
        return _once(data, f"{row_condition!r} {domain_kwargs.get('condition_parser')}", call)

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
    type.__setattr__(ExpectationConfiguration, "to_domain_obj", expectation_of)
    type.__setattr__(Expectation, "_get_runtime_kwargs", keywords)
    type.__setattr__(engines.PandasExecutionEngine, "_apply_row_condition_filter", apply)
    type.__setattr__(IDDict, "to_id", to_id)
    vars(engines)["hash_pandas_dataframe"] = fingerprint
