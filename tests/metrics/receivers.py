"""Receivers of metrics on loopback: StatsD by UDP, OTLP by HTTP."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

Received = dict[str, list[tuple[str, float]]]  # by name: kind and value of each datagram


class Statsd:
    """What came by UDP. Nothing is lost on loopback, and what was sent is there."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.setblocking(False)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def received(self) -> Received:
        found: Received = {}
        while True:
            try:
                text = self._socket.recv(1500).decode("ascii")
            except BlockingIOError:
                return found
            name, _, rest = text.partition(":")
            value, _, kind = rest.partition("|")
            found.setdefault(name, []).append((kind, float(value)))

    def close(self) -> None:
        self._socket.close()


@contextmanager
def otlp() -> Iterator[tuple[str, dict[str, Any]]]:
    """(address, last data point of each metric by its name) of a collector."""
    found: dict[str, Any] = {}

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = ExportMetricsServiceRequest()
            request.ParseFromString(self.rfile.read(int(self.headers["Content-Length"])))
            for resource in request.resource_metrics:
                for scope in resource.scope_metrics:
                    for metric in scope.metrics:
                        (point,) = getattr(metric, metric.WhichOneof("data")).data_points
                        found[metric.name] = point
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", found
    finally:
        server.shutdown()
        server.server_close()
