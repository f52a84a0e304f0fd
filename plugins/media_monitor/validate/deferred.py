"""Imports that wait or do not happen: modules that a library loads when it is imported, and hardly anybody of its users
needs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """What is imported meanwhile gets, for each module of these names that is not loaded yet, one that loads it where
    an attribute of it is first asked for."""
    stand_ins = {name: _StandIn(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for stand_in in stand_ins.values():
            stand_in.withdraw()


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


class _StandIn(ModuleType):
    def withdraw(self) -> None:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, attribute: str) -> Any:
        self.withdraw()
        return getattr(import_module(self.__name__), attribute)
