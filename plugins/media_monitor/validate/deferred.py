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
def absent(*names: str) -> Iterator[None]:
    """What is imported meanwhile finds no module of these names, but where it is loaded already."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is Python's own sign for it
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name) is None:
                sys.modules.pop(name, None)


class _StandIn(ModuleType):
    def withdraw(self) -> None:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, attribute: str) -> Any:
        self.withdraw()
        return getattr(import_module(self.__name__), attribute)
