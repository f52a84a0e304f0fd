"""Serves a beat's sample feeds from loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import BeatError

# What a run needs to ask that server: it is this machine's own, and need not be spared.
ON_LOOPBACK: dict[str, Any] = {"private_addresses": ("127.0.0.1/32",), "host_spacing_seconds": 0.0}


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - the base class declares it as an instance's
        **SimpleHTTPRequestHandler.extensions_map,
        ".xml": "application/xml",  # without a charset: two of the files declare their own
        ".atom": "application/atom+xml",
        ".rdf": "application/rdf+xml",
    }

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the run's own output names every feed."""


@contextmanager
def serving(folder: Path, opml: Path) -> Iterator[str]:
    """The address at which `folder` is served meanwhile; writes to `opml` the folder's feeds.opml with that address.

    The feeds keep their ids from run to run, although the port differs.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        opml.parent.mkdir(parents=True, exist_ok=True)
        template = (folder / "feeds.opml").read_text(encoding="utf-8")
        opml.write_text(template.replace("{base}", address), encoding="utf-8")
        yield address
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def on_samples(settings: Settings) -> Iterator[Settings]:
    """The settings for a run on the samples of their beat, which are served meanwhile.

    Raises:
        BeatError: the beat has no samples, or does not tell when they are.
    """
    beat = Beat.load(settings.beat)
    folder, opml = beat.folder / "samples", settings.home / "samples.opml"
    as_of = beat.settings.get("samples", {}).get("as_of")
    if not (folder / "feeds.opml").is_file():
        raise BeatError(folder / "feeds.opml", "there is no such file: the beat has no samples")
    if as_of is None:
        raise BeatError(
            beat.folder / "beat.toml", "samples: 'as_of' is missing, the moment that a run on them takes for now"
        )
    with serving(folder, opml):
        yield replace(settings, feeds=opml, as_of=as_of, **ON_LOOPBACK)
