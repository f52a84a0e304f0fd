"""Reads a beat: a folder of data that says what is monitored.

    beat.toml        title, languages, the relevance rule, default sources
    claims.toml      the claim registry: [[claim]] id, title, parties, implies, and the slots that match it
    entities.tsv     id, kind, party, sector, wikidata, name (English)
    aliases/<lang>.tsv   alias, targets, kind: see `Alias`
    labels.tsv       ids that predictions in the gold format choose from; without the file all entities
    feeds.opml       the feeds, as any feed reader exports them, with attributes of the namespace below
    publishers.toml  families of outlets
    samples/         feeds for a first run

Nothing else in the code knows what the beat is about. A fault in a file raises `BeatError` with file and row.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError

ENTITY_KINDS = {"person", "organisation", "country", "place"}
ALIAS_KINDS = {"name", "title", "metonym", "adjective", "form", "short", "block"}


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
    `short` forms count in their own language only; a `block` has no targets and stops shorter aliases inside it.
    """

    alias: str
    targets: tuple[str, ...]
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition of the registry. `slots` is the rest of its table, for the claim matcher."""

    claim_id: str
    title: str
    parties: tuple[str, ...]
    implies: tuple[str, ...]
    slots: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Beat:
    """A beat's data. Files are read when first asked for, and checked as they are read."""

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
            folder = Path(name_or_folder)
        settings = read_toml(folder / "beat.toml", {"title", "languages", "relevance", "samples", "organs", "mute"})
        return cls(folder=folder, name=folder.name, settings=settings)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id, in the order of the file: most specific first."""
        path = self.folder / "claims.toml"
        tables = read_toml(path, {"claim"}).get("claim", [])
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
    def aliases(self) -> tuple[Alias, ...]:
        """All aliases of all languages."""
        return tuple(a for path in sorted((self.folder / "aliases").glob("*.tsv")) for a in self._aliases(path))

    def _aliases(self, path: Path) -> Iterator[Alias]:
        for where, row in read_tsv(path, ("alias", "targets", "kind")):
            targets = tuple(t for t in row["targets"].split(",") if t and t != "-")
            if row["kind"] not in ALIAS_KINDS:
                raise BeatError(where, f"kind {row['kind']!r} is none of {', '.join(sorted(ALIAS_KINDS))}")
            for target in targets:
                if target not in self.entities:
                    raise BeatError(where, f"target {target!r} is not in entities.tsv")
            if bool(targets) == (row["kind"] == "block"):
                raise BeatError(where, "a block has no targets, and every other alias has some")
            yield Alias(row["alias"], targets, row["kind"], path.stem)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.settings["languages"])


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


def read_toml(path: Path, known: set[str]) -> dict[str, Any]:
    """The file's top-level table.

    Raises:
        BeatError: the file is missing, is not TOML, or has a top-level key that is not in `known`.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BeatError(path, "there is no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BeatError(path, f"is not TOML: {error}") from error
    for key in data:
        if key not in known:
            raise BeatError(path, f"unknown key {key!r}; known are {', '.join(sorted(known))}")
    return data


def read_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """("file:line", row) for each line after the header; lines that start with # are comments.

    Raises:
        BeatError: the file is missing, its header differs from `columns`, or a line has another number of cells.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BeatError(path, "there is no such file") from error
    rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    table = csv.reader((line for _, line in rows), delimiter="\t", quoting=csv.QUOTE_NONE)
    for (number, _), cells in zip(rows, table, strict=True):
        where = f"{path}:{number}"
        if number == rows[0][0]:
            if tuple(cells) != columns:
                raise BeatError(where, f"the header must be {' '.join(columns)}")
        elif len(cells) != len(columns):
            raise BeatError(where, f"{len(cells)} cells instead of {len(columns)}")
        else:
            yield where, dict(zip(columns, cells, strict=True))
