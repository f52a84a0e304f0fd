"""From the channels that a rule names to the Apprise URLs behind them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from media_monitor.errors import MediaMonitorError, SettingError
from media_monitor.watch.rules.rulebook import DEFAULT_CHANNEL, Rulebook

LookUp = Callable[[str], Sequence[str]]


class Route(NamedTuple):
    """URLs by the name of their channel, and of channels whose address cannot be found the reason."""

    urls: dict[str, list[str]]
    lost: dict[str, str]


class Directory(NamedTuple):
    """Where addresses come from: the rules, the setting `alert_urls`, the environment, and Airflow where it runs."""

    book: Rulebook
    default: Sequence[str]
    variable: Callable[[str], str | None]
    connection: LookUp | None = None

    def route(self, channels: Sequence[str]) -> Route:
        """Where the channels lead."""
        route = Route({}, {})
        for name in channels:
            try:
                route.urls[name] = self.urls(name)
            except MediaMonitorError as error:
                route.lost[name] = error.reason
        return route

    @property
    def reachable(self) -> bool:
        """Whether any channel is set up at all."""
        return bool(self.default or self.book.channels)

    def urls(self, name: str) -> list[str]:
        """The URLs of one channel.

        Raises:
            SettingError: there is no such channel, or its environment variable or connection is missing.
        """
        if name == DEFAULT_CHANNEL:
            return list(self.default)
        if name not in self.book.channels:
            known = ", ".join([DEFAULT_CHANNEL, *self.book.channels])
            raise SettingError(f"channel {name}", f"there is no such channel; known are {known}")
        return [url for address in self.book.channels[name] for url in self._resolved(name, address)]

    def _resolved(self, name: str, address: str) -> Sequence[str]:
        scheme, _, rest = address.partition(":")
        if scheme == "env":
            found = (self.variable(rest) or "").split()
            if not found:
                raise SettingError(f"channel {name}", f"the environment variable {rest} is not set")
            return found
        if scheme != "airflow":
            return [address]
        if self.connection is None:
            raise SettingError(f"channel {name}", f"the connection {rest} can be reached from Airflow only")
        return self.connection(rest)
