"""Imports that wait or do not happen: modules that a library loads when it is imported, and hardly anybody of its users
needs."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """What is imported meanwhile gets, for each module of these names that is not loaded yet, one that loads it where
    an attribute of it is first asked for."""
    with _standing_in([_StandIn(name) for name in names if name not in sys.modules]):
        yield


@contextmanager
def deferred_calls(*names: str) -> Iterator[None]:
    """As `deferred`, for modules of which functions are taken by name: such a one loads its module where it is first
    called. A module that is not installed is not there."""
    wanted = [name for name in names if name not in sys.modules and find_spec(name) is not None]
    with _standing_in([_Uncalled(name) for name in wanted]):
        yield


@contextmanager
def absent(name: str) -> Iterator[None]:
    """What is imported meanwhile finds no package of that name; where it is loaded already, it is back afterwards."""
    loaded = {one: module for one, module in sys.modules.items() if one == name or one.startswith(f"{name}.")}
    for one in loaded:
        del sys.modules[one]
    sys.modules[name] = None  # type: ignore[assignment]  # Python's own sign for it
    try:
        yield
    finally:
        del sys.modules[name]
        sys.modules.update(loaded)


@contextmanager
def _standing_in(stand_ins: Sequence["_StandIn"]) -> Iterator[None]:
    sys.modules.update({each.__name__: each for each in stand_ins})
    try:
        yield
    finally:
        for each in stand_ins:
            each.withdraw()


class _StandIn(ModuleType):
    def withdraw(self) -> None:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, attribute: str) -> Any:
        self.withdraw()
        return getattr(import_module(self.__name__), attribute)


class _Uncalled(_StandIn):
    def __getattr__(self, attribute: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            self.withdraw()
            return getattr(import_module(self.__name__), attribute)(*arguments, **named)

        return call
