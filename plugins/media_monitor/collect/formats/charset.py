"""Bytes to text when nobody can be trusted: neither the HTTP header, nor the XML declaration, nor the author.

What decodes as UTF-8, but for a few bytes, is UTF-8. Otherwise a wrong decoding shows itself: characters that cannot
be decoded, control characters, Latin letters with accents side by side ("Ïðè"), small letters before capitals inside
a Cyrillic word, Cyrillic of seldom letters, letters of two scripts in one word. What the document or the server
declares is believed unless another reading shows clearly less of that.
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
    "koi8-r": "koi8_u",
}
# The order settles ties: every EUC-KR text is also some GB 18030 text, every Shift JIS text too.
_UNDECLARED = (
    "cp949", "cp932", "euc_jp", "cp1251", "koi8_u", "gb18030", "big5hkscs", "cp1256", "cp1252", "iso8859_5",
    "iso8859_6",
)  # fmt: skip
# Python's own codecs; and the wide ones, which marks or zeros would have shown.
_NOT_CHARSETS = ("idna", "punycode", "undefined", "unicode", "raw", "charmap", "utf-7", "utf-16", "utf-32")
# Charsets of seven bits tell themselves by how they switch (RFC 1468, 1557, 1843).
_SWITCHES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"~{", "hz"))
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.ASCII)
_CONTENT_TYPE = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\uff61-\uff9f\ufdd0-\ufdef\u2500-\u257f]"
    "|[\u201a\u2020\u2021\u2030\u02c6\u0192]"  # Windows punctuation that news hardly uses: lead bytes of Shift JIS
    "|[\u00a1-\u024f](?=[\u00a1-\u024f])"
    "|[а-яёіїєґ](?=[А-ЯЁІЇЄҐ])"
    "|[a-z](?=[\u0400-\u06ff])|[\u0400-\u06ff](?=[a-z])"
    "|(?<=[a-z])[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
    "|[\uac00-\ud7a3](?=[\u4e00-\u9fff])|[\u4e00-\u9fff](?=[\uac00-\ud7a3])"
)
# The characters of Chinese news, without those that their charset has for completeness' sake.
_CHINESE = {"gb18030": "gb2312", "big5hkscs": "big5"}
_WRITTEN_IN_HAN = {"gb18030", "big5hkscs", "cp932", "euc_jp"}
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff\uf900-\ufaff]")
_LETTERS = re.compile("[\u0400-\u04ff\u0620-\u064a]")
# The letters of four fifths of running text in Russian and Ukrainian, and in Arabic; another charset shuffles them.
_COMMON = re.compile("[оеаинтсрвлкмдпуіОЕАИНТСРВЛКМДПУІاليمنوترهبةعدسفحقكأ]")
_UNCOMMON = 0.25  # share of other letters that is usual
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_BEYOND_ASCII_BYTE = re.compile(rb"[\x80-\xff]")
_SAMPLE = 40_000  # bytes from the first one beyond ASCII on: enough to tell, and a bound on the work
_WIDE_SAMPLE = 400  # bytes
# A declared charset is believed unless another reading has so much less that is odd, as a share; and a few odd
# characters of a short text say nothing yet.
_MARGIN = 0.15
_BENEFIT = 3
_CLEAN = 0.05
_FEW = 30  # bytes


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """(text, Python name of the encoding): whatever decodes the bytes with the fewest oddities. Never fails."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name
    if wide := _wide(body):
        return body.decode(wide, "replace"), wide
    declared = [name for name in _declared(body, content_type) if name]
    if body.isascii():
        name = _switching(body, declared)
        return body.decode(name, "replace"), name
    text = body.decode("utf-8", "replace")
    name = "utf-8" if _is_utf8(text) else _likeliest(body, declared)
    return (text if name == "utf-8" else body.decode(name, "replace")), name


def _switching(body: bytes, declared: list[str]) -> str:
    """The charset of a document of seven bits. "~{" can be text too, so that HZ must be declared."""
    return next((name for sign, name in _SWITCHES if sign in body and (name != "hz" or name in declared)), "utf-8")


def _likeliest(body: bytes, declared: list[str]) -> str:
    start = _BEYOND_ASCII_BYTE.search(body)
    sample = body[start.start() if start else 0 :][:_SAMPLE]
    beyond = len(_BEYOND_ASCII_BYTE.findall(sample))
    oddities = {name: _oddity(sample.decode(name, "replace"), name) for name in [*declared, *_UNDECLARED]}
    if oddities["cp949"] < _CLEAN and beyond > _FEW:  # Korean is some Chinese too, but not the other way round
        declared = [name for name in declared if name not in _WRITTEN_IN_HAN]
    bound = min(oddities.values()) + _MARGIN + _BENEFIT / max(beyond, 1)
    believed = (name for name in declared if oddities[name] <= bound)
    return next(believed, min(_UNDECLARED, key=oddities.__getitem__))


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
    beyond = len(_BEYOND_ASCII.findall(text))
    if name == "cp949" and len(_HAN.findall(text)) > beyond / 2:
        return 1.0  # Korean news is not written in Chinese characters
    odd: float = len(_ODD.findall(text)) + 4 * text.count("\ufffd")
    if name in _CHINESE:
        han = "".join(_HAN.findall(text))
        odd += len(_KANA.findall(text)) + len(han) - len(han.encode(_CHINESE[name], "ignore")) // 2
    letters = len(_LETTERS.findall(text))
    odd += max(2 * (letters - len(_COMMON.findall(text)) - _UNCOMMON * letters), 0)
    return odd / max(beyond, 1)
