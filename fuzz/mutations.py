"""What happens to documents on the way: bits that flip, transfers that break off, charsets that lie, templates.

Each mutation is a function of bytes and a generator of random numbers, so that one seed gives one document for ever.
"""

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]
_TAG = re.compile(rb"<[^<>]{1,200}>")
_TEXT = re.compile(rb">[^<>]{1,2000}<")
_CHARSETS = (
    "utf-8",
    "utf-16",
    "utf-16-be",
    "utf-32",
    "windows-1251",
    "shift_jis",
    "euc-kr",
    "gb18030",
    "iso-2022-jp",
    "x-no-such",
)
_PIECES = (
    b"&nbsp;", b"&#0;", b"&#xD800;", b"&#99999999999999999999;", b"&amp;amp;", b"&", b"]]>", b"<![CDATA[", b"<!--",
    b"-->", b"<?", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b[2J", b"<script>", b"</item>",
    b"<item>", b"<entry/>", b'"', b"'", b"\\u0000", b"{", b"]", b"1e999", b"-1", b"9999-99-99T99:99:99Z",
    b"Thu, 32 Foo 2025 25:61:61 +9999", b"javascript:x", b"http://[::1", b"http://a:99999999/", b"//", b"%ZZ",
    b"xn--", b"\xf0\x9f\x87\xb0\xf0\x9f\x87\xb5", b"xmlns:a=''",
)  # fmt: skip
_ENTITIES = (
    b'<!DOCTYPE r [<!ENTITY e "text">]>',
    b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE r [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x">%e;]>',
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    b'<!DOCTYPE r PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">',
    b"<!DOCTYPE r [<!ENTITY e '<item><title>&e;</title></item>'>]>",
)


def flip(body: bytes, chance: Random) -> bytes:
    """Some bits the other way."""
    changed = bytearray(body)
    for _ in range(chance.choice((1, 5, 50))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(body: bytes, chance: Random) -> bytes:
    """Broken off, or the beginning lost."""
    at = chance.randrange(len(body) + 1)
    return body[:at] if chance.random() < 0.8 else body[at:]


def lie(body: bytes, chance: Random) -> bytes:
    """Declared in one charset, written in another."""
    declared, written = chance.choice(_CHARSETS), chance.choice(_CHARSETS[:-1])
    text = re.sub(
        r"(<\?xml[^>]{0,80}encoding=['\"])[\w-]+", rf"\g<1>{declared}", body.decode("utf-8", "replace"), count=1
    )
    return text.encode(written, "replace")


def drop(body: bytes, chance: Random) -> bytes:
    """Tags lost, or doubled, or in another's place."""
    found = list(_TAG.finditer(body))
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 20)))), key=lambda m: -m.start()):
        instead = chance.choice((b"", match[0] * 2, chance.choice(found)[0], match[0][:-1], match[0].swapcase()))
        body = body[: match.start()] + instead + body[match.end() :]
    return body


def declare(body: bytes, chance: Random) -> bytes:
    """Entities declared in the prolog and used in texts."""
    prolog = body[: body.find(b"?>") + 2] if body.lstrip()[:5] == b"<?xml" else b""
    return prolog + chance.choice(_ENTITIES) + insert(body[len(prolog) :], chance, (b"&e;" * chance.choice((1, 500)),))


def insert(body: bytes, chance: Random, pieces: tuple[bytes, ...] = _PIECES) -> bytes:
    """Pieces that mean something to some parser, anywhere."""
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.choice(pieces) + body[at:]
    return body


def swell(body: bytes, chance: Random) -> bytes:
    """An attribute, a name or a text of up to a megabyte."""
    size = chance.choice((1_000, 70_000, 1_000_000))
    filler = chance.choice((b"a", b"a.", b"\xd0\xb0", b" ", b"&amp;", b"1", b"-", b"<", b"../", b"\n"))
    long = (filler * size)[:size]
    found = list(_TAG.finditer(body))
    if not found:
        return body + long
    match = chance.choice(found)
    inside = match[0][:-1] + chance.choice((b" x='" + long + b"'", long, b" " + long)) + b">"
    return body[: match.start()] + chance.choice((inside, match[0] + long)) + body[match.end() :]


def nest(body: bytes, chance: Random) -> bytes:
    """Elements in elements in elements, or brackets in brackets."""
    deep = chance.choice((50, 900, 5_000, 50_000))
    before, after = chance.choice(
        ((b"<div>", b"</div>"), (b"<item>", b"</item>"), (b"[", b"]"), (b'{"a":', b"}"), (b"<b", b">"))
    )
    at = chance.randrange(len(body) + 1)
    return body[:at] + before * deep + (after * deep if chance.random() < 0.7 else b"") + body[at:]


def repeat(body: bytes, chance: Random) -> bytes:
    """A stretch that stands many times."""
    start = chance.randrange(len(body) + 1)
    piece = body[start : start + chance.choice((5, 200, 5_000))]
    return body[:start] + piece * chance.choice((2, 50, 500)) + body[start:]


def shuffle(body: bytes, chance: Random) -> bytes:
    """Texts in each other's places: a date where the link belongs, a summary for a date."""
    texts = [match[0] for match in _TEXT.finditer(body)]
    chance.shuffle(texts)
    left = iter(texts)
    return _TEXT.sub(lambda _: next(left), body)


ALL: tuple[Mutation, ...] = (flip, cut, lie, drop, declare, insert, swell, nest, repeat, shuffle)
_LARGEST = 8_000_000  # bytes; the collector takes 10 MB


def mutated(body: bytes, seed: str) -> tuple[bytes, tuple[str, ...]]:
    """The document that this seed makes of the body, and the names of the mutations, one to three."""
    chance = Random(seed)
    chosen = chance.choices(ALL, k=chance.choice((1, 1, 2, 3)))
    for mutation in chosen:
        body = mutation(body, chance)[:_LARGEST]
    return body, tuple(mutation.__name__ for mutation in chosen)
