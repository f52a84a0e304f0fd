"""Undoes HTTP content codings without ever making more bytes than allowed."""

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import zstandard

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_WINDOW = 2**27  # largest window accepted; RFC 9659 asks senders to stay within 8 MB, some do not
_MOST_CODINGS = 4  # one on the other; each may take as long as the whole
_MOST_MEMBERS = 100  # of a gzip file; a body made of empty ones would take for ever


class TooLargeError(Exception):
    """The expanded body is larger than the limit."""


class BrokenCodingError(Exception):
    """The body is not what its Content-Encoding says."""


def expand(payload: bytes, codings: str, limit: int) -> bytes:
    """The body under the comma-separated content codings, in the order of their application.

    A gzip file that the server does not declare is expanded too. A body that breaks off gives what there is of it.

    Raises:
        TooLargeError: it is larger than `limit` bytes.
        BrokenCodingError: it is damaged, or a coding is not known.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(names) > _MOST_CODINGS:
        raise BrokenCodingError(f"is coded {len(names):,} times over")
    body = payload
    for name in reversed(names):
        body = _expand_one(body, name, limit)
    if body.startswith(GZIP_MAGIC):
        body = _expand_one(body, "gzip", limit)
    if len(body) > limit:
        raise TooLargeError
    return body


def _expand_one(body: bytes, name: str, limit: int) -> bytes:
    decode = _DECODERS.get(name)
    if decode is None:
        raise BrokenCodingError(f"has the unknown content coding {name!r}")
    try:
        expanded = decode(body, limit + 1)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise BrokenCodingError(f"is not {name} as it says: {error}") from error
    if len(expanded) > limit:
        raise TooLargeError
    return expanded


def _gzip(body: bytes, most: int) -> bytes:
    expanded = bytearray()
    for _ in range(_MOST_MEMBERS):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        expanded += member.decompress(body, most - len(expanded))
        body = member.unused_data
        if len(expanded) >= most or not body.startswith(GZIP_MAGIC):
            break
    return bytes(expanded)


def _deflate(body: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, most)
    except zlib.error:  # some servers send the bare stream
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most)


def _brotli(body: bytes, most: int) -> bytes:
    decoder, expanded = brotli.Decompressor(), bytearray()
    part = decoder.process(body, output_buffer_limit=most)
    while part and len(expanded) < most:
        expanded += part
        part = decoder.process(b"", output_buffer_limit=most)
    return bytes(expanded)


def _zstd(body: bytes, most: int) -> bytes:
    decoder = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    return decoder.stream_reader(body, read_across_frames=True).read(most)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "identity": lambda body, _: body,
}
