"""Bytes to text when nobody can be trusted: neither the HTTP header, nor the XML declaration, nor the author.

A wrong decoding shows itself: characters that cannot be decoded, control characters, Latin letters with accents side
by side ("Ð¿Ñ€"), small letters before capitals inside a Cyrillic word. The candidate with the least of these wins;
on equal terms the earlier one: UTF-8, what the document declares, what the server declares, then by script.
"""

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# Supersets of what feeds declare, as browsers read them (WHATWG Encoding Standard, "labels").
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601_1987": "cp949",
    "shift_jis": "cp932",
    "iso8859-1": "cp1252",
    "iso-8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "big5": "big5hkscs",
}
# The order settles ties: every EUC-KR text is also some GB 18030 text, every Shift JIS text too.
_UNDECLARED = ("cp1251", "koi8_r", "cp949", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp1256", "cp1252")
_SEVEN_BIT = {"iso2022_jp", "iso2022_kr", "hz"}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.ASCII)
_CONTENT_TYPE = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\uff61-\uff9f\ufdd0-\ufdef]"
    "|[\u00a1-\u024f](?=[\u00a1-\u024f])|[а-яёіїєґ](?=[А-ЯЁІЇЄҐ])|[\u2500-\u257f]"
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SAMPLE = 200_000  # characters that are looked at: enough to tell, and a bound on the work


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """(text, Python name of the encoding): whatever decodes the bytes with the fewest oddities. Never fails."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name
    return min(_readings(body, content_type), key=lambda reading: _oddity(reading[0]))


def _readings(body: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    """The candidates in order; nothing after one that is beyond doubt."""
    declared = [name for name in _declared(body, content_type) if name]
    if not any(name in _SEVEN_BIT for name in declared):
        text = body.decode("utf-8", "replace")
        yield text, "utf-8"
        if _oddity(text) == 0:
            return
    for name in [*declared, *_UNDECLARED]:
        yield body.decode(name, "replace"), name


def _declared(body: bytes, content_type: str) -> Iterator[str | None]:
    for found in (_DECLARED.search(body), _CONTENT_TYPE.search(content_type)):
        if found:
            label = found[1] if isinstance(found[1], str) else found[1].decode("ascii")
            yield _known(label)


def _known(label: str) -> str | None:
    """Python's name of the charset, None for one that it does not know or that is no text encoding."""
    try:
        name = codecs.lookup(label).name
        b"".decode(name)
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name)


def _oddity(text: str) -> float:
    """Share of the characters beyond ASCII that show a wrong decoding; 0 for plain ASCII."""
    sample = text[:_SAMPLE]
    beyond = len(_BEYOND_ASCII.findall(sample))
    odd = len(_ODD.findall(sample))
    return odd / max(beyond, 1) if odd else 0.0
