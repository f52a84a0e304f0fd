"""Confirmations as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from media_monitor import __version__
from media_monitor.beat import Beat
from media_monitor.exports import fields, identity, words
from media_monitor.exports.fields import Row
from media_monitor.exports.identity import Source

FILE = "confirmations.atom"
ATOM = "http://www.w3.org/2005/Atom"
OWN = "urn:media-monitor:confirmations"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_TERMS = ("claim", "party", "state", "grade")


def atom(found: Sequence[Row], source: Source, beat: Beat) -> bytes:
    """The feed, newest first. Elements of our own namespace hold every field; one with several values is repeated."""
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("mm", OWN)
    newest = sorted(fields.ordered(found), key=fields.updated, reverse=True)
    root = Element(f"{{{ATOM}}}feed", {_LANGUAGE: "en"})
    _text(root, "id", identity.uuid("feed", source.beat).urn)
    _text(root, "title", source.title)
    _text(root, "updated", _moment(max(map(fields.updated, newest), default=_NEVER)))
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", "media-monitor")
    SubElement(root, f"{{{ATOM}}}generator", version=__version__).text = "media-monitor"
    if address := source.address(FILE):
        SubElement(root, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=address)
    for one in newest:
        _entry(root, one, beat)
    ElementTree.indent(root)
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _entry(root: Element, found: Row, beat: Beat) -> None:
    entry = SubElement(root, f"{{{ATOM}}}entry")
    _text(entry, "id", identity.uuid("confirmation", found["beat"], found["alert_id"]).urn)
    _text(entry, "title", words.headline(found, beat))
    _text(entry, "updated", _moment(fields.updated(found)))
    if found["raised_at"]:
        _text(entry, "published", _moment(found["raised_at"]))
    _link(entry, found)
    for name in _TERMS:
        SubElement(entry, f"{{{ATOM}}}category", scheme=f"{OWN}:{name}", term=found[name])
    if found["quote"]:
        language = {_LANGUAGE: found["language"]} if found["language"] else {}
        SubElement(entry, f"{{{ATOM}}}summary", language).text = found["quote"]
    SubElement(entry, f"{{{ATOM}}}content", type="html").text = words.account(found, beat)
    for name, value in fields.plain(found).items():
        for part in value if isinstance(value, list) else [value]:
            _own(entry, name, part)


def _link(entry: Element, found: Row) -> None:
    address = words.web_address(found)
    if address:
        told = {"hreflang": found["language"], "title": found["title"]}
        SubElement(entry, f"{{{ATOM}}}link", rel="via", href=address, **{k: v for k, v in told.items() if v})


def _own(entry: Element, name: str, value: Any) -> None:
    if value is not None:
        told = str(value).lower() if isinstance(value, bool) else str(value)
        SubElement(entry, f"{{{OWN}}}{name}").text = told


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
