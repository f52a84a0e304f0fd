"""What stands before the root element of a feed, made harmless: entities that multiply are refused.

feedparser passes literal entities on to an XML parser that expands them, one in the other or thousands of times; a
few hundred bytes then become gigabytes. Only literal entities of bounded total size get through.
"""

import re

LONGEST_PROLOG = 65_536
LONGEST_EXPANSION = 1_000_000  # characters that all entity references of a document may add together
_MISC = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<[\w:]")
_ENTITY = re.compile(r"<!ENTITY\s+(%\s+)?([\w.:-]+)\s+(?:\"([^\"]*)\"|'([^']*)'|(SYSTEM|PUBLIC)\b)")
_REFERENCE = re.compile(r"&(?!#)([\w.:-]+);")
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
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
    doctype = f"<!DOCTYPE feed [{''.join(entities)}]>\n" if entities else ""
    return _DECLARATION + doctype + document


def _prolog_end(text: str) -> int:
    """Where the white space, instructions, comments and document type at the beginning end."""
    end = 0
    while found := _MISC.match(text, end):
        end = found.end()
    return end


def _literal_entities(prolog: str, document: str) -> list[str]:
    kept, growth = [], 0
    for parameter, name, double, single, external in _ENTITY.findall(prolog):
        value = double or single
        if parameter or set(_REFERENCE.findall(value)) - _PREDEFINED:
            raise HostileProlog(f"declares nested entities ({name!r})")
        growth += len(value) * document.count(f"&{name};")
        if growth > LONGEST_EXPANSION:
            raise HostileProlog(f"declares entities that expand to more than {LONGEST_EXPANSION:,} characters")
        if not external and "<" not in value and "%" not in value:
            kept.append(f'<!ENTITY {name} "{value.replace(chr(34), "&#34;")}">\n')
    return kept
