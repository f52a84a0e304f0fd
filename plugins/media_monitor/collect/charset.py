"""Bytes to text when nobody can be trusted: neither the HTTP header, nor the XML declaration, nor the author.

What decodes as UTF-8, but for a few bytes, is UTF-8. Otherwise a wrong decoding shows itself: characters that cannot
be decoded, control characters, Latin letters with accents side by side ("Ïðè"), small letters before capitals inside
a Cyrillic word, letters of two scripts in one word. What the document or the server declares is believed unless much
of that is seen; else the candidate with the least of it wins.
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
_UNDECLARED = ("cp949", "cp932", "euc_jp", "cp1251", "koi8_r", "gb18030", "big5hkscs", "cp1256", "cp1252")
# Python's own codecs; and the wide ones, which marks or zeros would have shown.
_NOT_CHARSETS = ("idna", "punycode", "undefined", "unicode", "raw", "charmap", "utf-7", "utf-16", "utf-32")
_SEVEN_BIT = {"iso2022_jp", "iso2022_kr", "hz"}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.ASCII)
_CONTENT_TYPE = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\uff61-\uff9f\ufdd0-\ufdef\u2500-\u257f]"
    "|[\u201a\u2020\u2021\u2030\u02c6\u0192]"  # Windows punctuation that news hardly uses: lead bytes of Shift JIS
    "|[\u00a1-\u024f](?=[\u00a1-\u024f])"
    "|[а-яёіїєґ](?=[А-ЯЁІЇЄҐ])"
    "|[a-z](?=[\u0400-\u06ff])|[\u0400-\u06ff](?=[a-z])"
    "|[\uac00-\ud7a3](?=[\u4e00-\u9fff])|[\u4e00-\u9fff](?=[\uac00-\ud7a3])"
)
_HAN = re.compile("[\u4e00-\u9fff\uf900-\ufaff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SAMPLE = 200_000  # characters that are looked at: enough to tell, and a bound on the work
_WIDE_SAMPLE = 400  # bytes
_BELIEVABLE = 0.55  # share of odd characters: a Portuguese word can reach a half, Cyrillic read as Latin has more


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """(text, Python name of the encoding): whatever decodes the bytes with the fewest oddities. Never fails."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name
    if wide := _wide(body):
        return body.decode(wide, "replace"), wide
    declared = [name for name in _declared(body, content_type) if name]
    text = body.decode("utf-8", "replace")
    if _is_utf8(text) and not _SEVEN_BIT & set(declared):
        return text, "utf-8"
    for name in declared:
        text = body.decode(name, "replace")
        if _oddity(text, name) < _BELIEVABLE:
            return text, name
    readings = ((body.decode(name, "replace"), name) for name in _UNDECLARED)
    return min(readings, key=lambda reading: _oddity(*reading))


def _wide(body: bytes) -> str | None:
    """The encoding of 16 or 32 bits that shows in where the zeros are: documents begin with markup, which is ASCII."""
    opening = body[:_WIDE_SAMPLE]
    zeros = [opening[place::4].count(0) / len(opening[place::4] or b" ") for place in range(4)]
    if min(zeros[2:]) > 0.9 or min(zeros[:2]) > 0.9:
        return "utf-32-le" if zeros[0] < zeros[3] else "utf-32-be"
    low, high = zeros[0::2], zeros[1::2]
    if min(high) > 0.5 and max(low) < 0.1:
        return "utf-16-le"
    return "utf-16-be" if min(low) > 0.5 and max(high) < 0.1 else None


def _is_utf8(text: str) -> bool:
    """Whether bytes that cannot be decoded are a few among many that can: other encodings look like UTF-8 by chance
    only, and publishers cut summaries in the middle of a character."""
    broken = text.count("\ufffd")
    return broken == 0 or len(_BEYOND_ASCII.findall(text)) > 5 * broken


def _declared(body: bytes, content_type: str) -> Iterator[str | None]:
    for found in (_DECLARED.search(body), _CONTENT_TYPE.search(content_type)):
        if found:
            label = found[1] if isinstance(found[1], str) else found[1].decode("ascii")
            yield _known(label)


def _known(label: str) -> str | None:
    """Python's name of the charset, None for one that it does not know or that cannot be the charset of a feed."""
    try:
        name = codecs.lookup(label).name
        b"<".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return None if name.startswith(_NOT_CHARSETS) else _SUPERSETS.get(name, name)


def _oddity(text: str, name: str) -> float:
    """Share of the characters beyond ASCII that show a wrong decoding; a byte that cannot be decoded counts five."""
    sample = text[:_SAMPLE]
    beyond = len(_BEYOND_ASCII.findall(sample))
    if name == "cp949" and len(_HAN.findall(sample)) > beyond / 2:
        return 1.0  # Korean news is not written in Chinese characters
    return (len(_ODD.findall(sample)) + 4 * sample.count("\ufffd")) / max(beyond, 1)
