import gzip
import zlib
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.web.expand import BrokenCodingError, TooLargeError, expand

CODERS = {
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
    "": bytes,
}


@given(st.binary(max_size=2000), st.sampled_from(sorted(CODERS)))
def test_what_was_coded_comes_back(body, coding):
    if body.startswith(b"\x1f\x8b"):
        return
    assert expand(CODERS[coding](body), coding, 2000) == body


def test_several_codings_are_undone_in_reverse():
    assert expand(brotli.compress(gzip.compress(b"twice")), "gzip, br", 100) == b"twice"


def test_a_bare_deflate_stream_is_understood():
    assert expand(zlib.compress(b"bare")[2:-4], "deflate", 100) == b"bare"


def test_a_gzip_file_that_is_not_declared_is_expanded():
    assert expand(gzip.compress(b"file"), "", 100) == b"file"


def test_a_gzip_body_of_several_members_is_whole():
    assert expand(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", 100) == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", ""])
def test_a_bomb_stops_at_the_limit(coding):
    bomb = CODERS[coding](b" " * 50_000_000)
    with pytest.raises(TooLargeError):
        expand(bomb, coding, 1_000_000)


def test_a_bomb_of_empty_members_ends_soon():
    assert expand(gzip.compress(b"") * 100_000, "gzip", 1_000_000) == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_coding_that_is_not_as_declared_is_named(coding):
    with pytest.raises(BrokenCodingError, match=f"is not {coding} as it says"):
        expand(b"<rss>plain</rss>", coding, 1000)


def test_an_unknown_coding_is_named():
    with pytest.raises(BrokenCodingError, match="unknown content coding 'rot13'"):
        expand(b"x", "rot13", 10)


@given(st.binary(max_size=300), st.sampled_from(sorted(CODERS)))
def test_any_bytes_expand_or_have_a_reason(body, coding):
    with suppress(TooLargeError, BrokenCodingError):
        assert len(expand(body, coding, 1000)) <= 1000
