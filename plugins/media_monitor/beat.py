"""Reads a beat: a folder of data that says what is monitored.

    beat.toml        title, languages, the relevance rule, default sources
    claims.toml      the claim registry: [[claim]] id, title, parties, implies, and the slots that match it
    entities.tsv     id, kind, party, sector, wikidata, name (English)
    aliases/<lang>.tsv   alias, targets, kind: see `Alias`
    offices.tsv      office, owner, title: whose an office is, and by which titles of the lexicons; may be missing
    terms.tsv        office, holder, from, until: who held it from a day on up to the day before another one
    lexicons/<lang>/ words of the beat's own beside those of the language (concepts.tsv, cues.tsv …); may be missing
    labels.tsv       ids that predictions in the gold format choose from; without the file all entities
    feeds.opml       the feeds, as any feed reader exports them, with attributes of the namespace below
    publishers.toml  families of outlets
    samples/         feeds for a first run

Nothing else in the code knows what the beat is about. A fault in a file raises `BeatError` with file and row.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError
from media_monitor.shapes import BEAT, CLAIMS, misfit
from media_monitor.shapes import PUBLISHERS as FAMILIES

PUBLISHERS = "publishers.toml"
ENTITY_KINDS = {"person", "organisation", "country", "place"}
ALIAS_KINDS = {"name", "title", "metonym", "adjective", "form", "short", "echo", "office", "block"}


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something of the registry. `party` and `sector` are None for places."""

    entity_id: str
    kind: str
    party: str | None
    sector: str | None
    wikidata: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A way to name entities in one language.

    `targets` are entity ids: all of them are meant ("North Korean soldiers" is country and army). For the kind
    `metonym` they are a government and then the place of the same name, and the context decides which.
    `short` forms count in their own language only; a `block` has no targets and stops shorter aliases inside it. An
    `echo` ("the North") is one of them that counts only after another name of one of its targets. The first target of
    an `office` is one of offices.tsv, and means whoever holds it.
    """

    alias: str
    targets: tuple[str, ...]
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody's time in an office: from `since` on, up to the day before `until`; None is an open end."""

    holder: str
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition of the registry. `slots` is the rest of its table, for the claim matcher."""

    claim_id: str
    title: str
    parties: tuple[str, ...]
    implies: tuple[str, ...]
    slots: Mapping[str, Any] = field(hash=False)


def shipped() -> tuple[str, ...]:
    """The names of the beats that come with the package, in order."""
    return tuple(sorted(path.parent.name for path in (PACKAGE / "beats").glob("*/beat.toml")))


@dataclass(frozen=True)
class Beat:
    """A beat's data. Files are read when first asked for, and checked as they are read; `load` gives the same one again
    until a file of the folder is another."""

    folder: Path
    name: str
    settings: Mapping[str, Any] = field(hash=False)

    @classmethod
    def load(cls, name_or_folder: str) -> "Beat":
        """The shipped beat of that name, or the beat in that folder.

        Raises:
            BeatError: there is no such beat, or its beat.toml is faulty.
        """
        folder = PACKAGE / "beats" / name_or_folder
        if not folder.is_dir():
            folder = Path(name_or_folder).resolve()
        if not folder.is_dir():
            raise BeatError(name_or_folder, f"is no beat: neither a shipped one ({', '.join(shipped())}) nor a folder")
        return cls._read(folder, _state_of(folder))

    @classmethod
    @lru_cache(maxsize=8)
    def _read(cls, folder: Path, _: frozenset[tuple[str, int, int]]) -> "Beat":
        settings = read_toml(
            folder / "beat.toml", {"title", "languages", "relevance", "samples", "organs", "mute", "aside"}, BEAT
        )
        for key in ("title", "languages"):
            if key not in settings:
                raise BeatError(f"{folder / 'beat.toml'}:1", f"{key!r} is missing")
        return cls(folder=folder, name=folder.name, settings=settings)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id, in the order of the file: most specific first."""
        path = self.folder / "claims.toml"
        tables = read_toml(path, {"claim"}, CLAIMS).get("claim", [])
        claims = {row["id"]: _claim(row) for row in tables if _has(row, path, "id", "title", "parties")}
        for claim in claims.values():
            for implied in claim.implies:
                if implied not in claims:
                    raise BeatError(f"{path}: claim {claim.claim_id}", f"implies {implied!r}, which is no claim")
        return claims

    @cached_property
    def entities(self) -> dict[str, Entity]:
        path = self.folder / "entities.tsv"
        found = {}
        for where, row in read_tsv(path, ("id", "kind", "party", "sector", "wikidata", "name")):
            if row["kind"] not in ENTITY_KINDS:
                raise BeatError(where, f"kind {row['kind']!r} is none of {', '.join(sorted(ENTITY_KINDS))}")
            if row["id"] in found:
                raise BeatError(where, f"entity {row['id']!r} stands twice")
            found[row["id"]] = Entity(
                row["id"],
                row["kind"],
                _optional(row["party"]),
                _optional(row["sector"]),
                _optional(row["wikidata"]),
                row["name"],
            )
        return found

    @cached_property
    def offices(self) -> dict[tuple[str, str], str]:
        """The office of each owner (an entity) and title."""
        path = self.folder / "offices.tsv"
        found = {}
        for where, row in read_tsv(path, ("office", "owner", "title")) if path.is_file() else ():
            if row["owner"] not in self.entities:
                raise BeatError(where, f"owner {row['owner']!r} is not in entities.tsv")
            if (row["owner"], row["title"]) in found:
                raise BeatError(where, f"{row['title']!r} of {row['owner']!r} stands twice")
            found[row["owner"], row["title"]] = row["office"]
        return found

    @cached_property
    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The terms of each office, in order; they do not overlap."""
        path = self.folder / "terms.tsv"
        known: dict[str, list[Term]] = {office: [] for office in self.offices.values()}
        for where, row in read_tsv(path, ("office", "holder", "from", "until")) if path.is_file() else ():
            if row["office"] not in known or row["holder"] not in self.entities:
                raise BeatError(where, f"{row['office']!r} is no office, or {row['holder']!r} is not in entities.tsv")
            term = Term(row["holder"], _day(row["from"], where), _day(row["until"], where))
            earlier = known[row["office"]][-1:]
            if any(not (e.until and term.since and e.until <= term.since) for e in earlier):
                raise BeatError(where, "the term begins before the one above it has ended")
            known[row["office"]].append(term)
        return {office: tuple(terms) for office, terms in known.items()}

    def holder(self, office: str, day: date | None) -> str | None:
        """Who held the office on that day; None where the day is not known or nobody listed did."""
        return next((t.holder for t in self.terms.get(office, ()) if day and t.holds(day)), None)

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """All aliases of all languages."""
        return tuple(a for path in sorted((self.folder / "aliases").glob("*.tsv")) for a in self._aliases(path))

    def _aliases(self, path: Path) -> Iterator[Alias]:
        for where, row in read_tsv(path, ("alias", "targets", "kind")):
            targets = tuple(t for t in row["targets"].split(",") if t and t != "-")
            if row["kind"] not in ALIAS_KINDS:
                raise BeatError(where, f"kind {row['kind']!r} is none of {', '.join(sorted(ALIAS_KINDS))}")
            if row["kind"] == "office" and not set(targets[:1]) & self.terms.keys():
                raise BeatError(where, "the first target of an office must be one of offices.tsv")
            for target in targets[1:] if row["kind"] == "office" else targets:
                if target not in self.entities:
                    raise BeatError(where, f"target {target!r} is not in entities.tsv")
            if bool(targets) == (row["kind"] == "block"):
                raise BeatError(where, "a block has no targets, and every other alias has some")
            yield Alias(row["alias"], targets, row["kind"], path.stem)

    @cached_property
    def publishers(self) -> list[dict[str, Any]]:
        """The families of outlets, as the file has them; none where there is no such file."""
        path = self.folder / PUBLISHERS
        return read_toml(path, {"publisher"}, FAMILIES).get("publisher", []) if path.exists() else []

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.settings["languages"])


def _state_of(folder: Path) -> frozenset[tuple[str, int, int]]:
    """By each file of the folder that belongs to a beat, when it was changed and its size."""
    listed = (path for pattern in ("*", "aliases/*", "lexicons/*/*") for path in folder.glob(pattern) if path.exists())
    return frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in listed)


def _claim(row: Mapping[str, Any]) -> Claim:
    slots = {k: v for k, v in row.items() if k not in {"id", "title", "parties", "implies"}}
    return Claim(row["id"], row["title"], tuple(row["parties"]), tuple(row.get("implies", ())), slots)


def _has(row: Mapping[str, Any], path: Path, *keys: str) -> bool:
    for key in keys:
        if key not in row:
            raise BeatError(f"{path}: {row.get('id', 'a claim without id')}", f"{key!r} is missing")
    return True


def _optional(cell: str) -> str | None:
    return None if cell in ("", "-") else cell


def _day(cell: str, where: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell != "-" else None
    except ValueError as error:
        raise BeatError(where, f"{cell!r} is neither a date nor -") from error


def read_toml(path: Path, known: set[str], shape: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The file's top-level table.

    Raises:
        BeatError: the file cannot be read, is not TOML, has a top-level key that is not in `known`, or a value that is
            not of the `shape` (see `shapes`).
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BeatError(path, "there is no such file") from error
    except OSError as error:
        raise BeatError(path, f"cannot be read: {error.strerror or error}") from error
    except RecursionError as error:
        raise BeatError(path, "is nested too deeply") from error
    except ValueError as error:  # also of texts that are not UTF-8, and numbers of thousands of digits
        raise BeatError(path, f"is not TOML: {error}") from error
    for key in data:
        if key not in known:
            raise BeatError(path, f"unknown key {key!r}; known are {', '.join(sorted(known))}")
    if wrong := misfit(data, shape or {}, ""):
        raise BeatError(path, wrong)
    return data


def read_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """("file:line", row) for each line after the header; lines that start with # are comments.

    Raises:
        BeatError: the file cannot be read, its header differs from `columns`, or a line has another number of cells.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BeatError(path, "there is no such file") from error
    except OSError as error:
        raise BeatError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BeatError(path, f"is not UTF-8: {error}") from error
    rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for number, line in rows:
        cells = line.split("\t")
        where = f"{path}:{number}"
        if number == rows[0][0]:
            if tuple(cells) != columns:
                raise BeatError(where, f"the header must be {' '.join(columns)}")
        elif len(cells) != len(columns):
            raise BeatError(where, f"{len(cells)} cells instead of {len(columns)}")
        else:
            yield where, dict(zip(columns, cells, strict=True))
