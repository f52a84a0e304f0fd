"""Opens connections, and only to addresses that were checked: the one module that does.

A name is resolved here, all of its addresses are checked, and the connection goes to one of those that were: asking
the name server again in between (DNS rebinding) would undo the check.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterable

import httpcore
import httpx

from media_monitor.collect.web.faults import HARD, Fault
from media_monitor.collect.web.reach import Reach


def transport(reach: Reach, trust: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    """A transport for HTTP/1.1 and HTTP/2 whose connections keep to the reach.

    A request through it raises `Fault` where the host is out of reach, and what httpx raises for the rest.
    """
    made = httpx.AsyncHTTPTransport(verify=trust)
    # httpx has no parameter for the backend, httpcore has: the pool is the one that httpx would make.
    made._pool = httpcore.AsyncConnectionPool(
        ssl_context=trust,
        max_connections=httpx.Limits().max_connections,
        http2=True,
        network_backend=CheckedBackend(reach),
    )
    return made


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's own backend, which sees checked addresses in place of names."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first address of the host that takes the connection.

        Raises:
            Fault: the host is out of reach.
            httpcore.ConnectError: its name does not resolve, or no address answers.
        """
        addresses = await _resolve(host, port)
        if objection := self._reach.objection(host, addresses, port):
            raise Fault(f"is not asked: {objection}", HARD)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


async def _resolve(host: str, port: int) -> list[str]:
    """The addresses of the host, each once, in the order of the resolver."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise httpcore.ConnectError(str(error)) from error
    except UnicodeError as error:  # an empty or overlong label
        raise Fault(f"is not asked: {host!r} is no name of a host", HARD) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
