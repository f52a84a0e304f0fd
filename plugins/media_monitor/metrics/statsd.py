"""Metrics as StatsD datagrams: `name:value|c`, `|g`, `|ms`."""

import socket

from media_monitor.errors import SettingError


class Statsd:
    """Sends to `host:port` by UDP: nobody waits for an answer.

    Raises:
        SettingError: the address has the wrong form, or no such host is known.
    """

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_DGRAM)[
                0
            ]
        except (ValueError, OSError) as error:
            raise SettingError("setting statsd", f"{address!r} is no host:port that can be reached: {error}") from error
        self._socket, self._place = socket.socket(family, kind, protocol), place

    def count(self, name: str, number: int) -> None:
        self._send(f"{name}:{number}|c")

    def gauge(self, name: str, value: float) -> None:
        value = max(value, 0)  # a sign would make it a change of the last value
        self._send(f"{name}:{int(value) if value == int(value) else f'{value:.3f}'}|g")

    def time(self, name: str, milliseconds: float) -> None:
        self._send(f"{name}:{milliseconds:.3f}|ms")

    def close(self) -> None:
        self._socket.close()

    def _send(self, line: str) -> None:
        self._socket.sendto(line.encode("ascii"), self._place)
