"""What stands before the root element of a feed, made harmless: entities that multiply are refused.

feedparser passes literal entities on to an XML parser that expands them, one in the other or thousands of times; a
few hundred bytes then become gigabytes. Only literal entities of bounded total size get through.
"""

import re
from html import unescape

LONGEST_PROLOG = 65_536
LONGEST_EXPANSION = 1_000_000  # characters that all entity references of a document may add together
_MISC = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<[\w:]")
_ENTITY = re.compile(r"<!ENTITY\s+(%\s+)?([\w.:-]+)\s+(?:\"([^\"]*)\"|'([^']*)')")
_NUMERIC = re.compile(r"&#(?:\d{1,7}|x[0-9a-fA-F]{1,6});")
_REFERENCE = re.compile(r"&(?!#)([\w.:-]+);")
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


class HostileProlog(Exception):  # noqa: N818 - a finding about a feed, recorded in its row
    """The document type would make the feed grow without bound."""


def harmless(text: str) -> str:
    """The document with an XML declaration for UTF-8 and only literal entities before its root element.

    Raises:
        HostileProlog: entities refer to each other, expand to more than a million characters, or the prolog itself
            is longer than 64 KiB.
    """
    root = _ROOT.search(text, _prolog_end(text))
    if root is None:
        return text
    if root.start() > LONGEST_PROLOG and text[: root.start()].strip():
        raise HostileProlog(f"has {root.start():,} characters before its first element")
    document = text[root.start() :]
    entities = _literal_entities(text[: root.start()], document)
    doctype = f"<!DOCTYPE feed [\n{''.join(entities)}]>\n" if entities else ""
    return _DECLARATION + doctype + document


def _prolog_end(text: str) -> int:
    """Where the white space, instructions, comments and document type at the beginning end."""
    end = 0
    while found := _MISC.match(text, end):
        end = found.end()
    return end


def _literal_entities(prolog: str, document: str) -> list[str]:
    """The declarations to keep. Parameter entities and external ones are left out: nothing is fetched for a parser."""
    found = ((name, double or single) for parameter, name, double, single in _ENTITY.findall(prolog) if not parameter)
    declared = {name: _NUMERIC.sub(lambda number: unescape(number[0]), value) for name, value in found}
    growth = 0
    for name, value in declared.items():
        if declared.keys() & set(_REFERENCE.findall(value)):
            raise HostileProlog(f"declares nested entities ({name!r})")
        growth += len(value) * document.count(f"&{name};")
        if growth > LONGEST_EXPANSION:
            raise HostileProlog(f"declares entities that expand to more than {LONGEST_EXPANSION:,} characters")
    plain = {name: value.replace('"', "&#34;") for name, value in declared.items() if not set("<&%") & set(value)}
    return [f'<!ENTITY {name} "{value}">\n' for name, value in plain.items()]
