"""Claims and the words that they are made of; what is on record; the rules of alerts."""

from collections.abc import Iterator

from media_monitor.audit.fault import Fault, line_of, refused
from media_monitor.beat import Beat, Claim
from media_monitor.collect.lists.audit import read_languages
from media_monitor.errors import BeatError
from media_monitor.extract.grammar.lexicon import lexicon
from media_monitor.extract.names import relevance
from media_monitor.extract.statements import claims
from media_monitor.warehouse import record
from media_monitor.watch.rules import alerts_file


def settings_faults(beat: Beat) -> Iterator[Fault]:
    """What beat.toml lacks or names that is nowhere."""
    path = beat.folder / "beat.toml"
    relevance.rule(beat)
    for language in sorted(set(beat.languages) - read_languages()):
        yield Fault(line_of(path, "languages"), f"there is no lexicon of {language!r}: no statement is read in it")
    for key in ("organs", "mute"):
        for entity in beat.settings.get(key, ()):
            if entity not in beat.entities:
                yield Fault(line_of(path, key), f"{key}: {entity!r} is not in entities.tsv")
    if "as_of" not in beat.settings.get("samples", {}) and (beat.folder / "samples").is_dir():
        yield Fault(
            line_of(path, "[samples]"), "samples: 'as_of' is missing, the moment that a run on them takes for now"
        )


def claim_faults(beat: Beat) -> Iterator[Fault]:
    """Claims without parties or patterns, and patterns with a word, entity or party that is nowhere."""
    path = beat.folder / "claims.toml"
    if not beat.claims:
        yield Fault(f"{path}:1", "the beat has no claim")
    claims.topics(beat)
    known = {e.party for e in beat.entities.values()} | set(beat.entities)
    for claim in beat.claims.values():
        where = line_of(path, f'id = "{claim.claim_id}"')
        if not claim.title.strip() or not claim.parties:
            yield Fault(where, f"{claim.claim_id}: a title and one party at least")
        for party in sorted(set(claim.parties) - known):
            yield Fault(where, f"{claim.claim_id}: no entity speaks for the party {party!r}")
        if not claim.slots.get("any"):
            yield Fault(where, f"{claim.claim_id}: 'any' is missing, the patterns of a text that asserts it")
        yield from _pattern_faults(beat, claim, where)


def _pattern_faults(beat: Beat, claim: Claim, where: str) -> Iterator[Fault]:
    parties = {e.party for e in beat.entities.values()}
    named = {f"@{name}" for name in (*beat.entities, *parties)} | {f"to:{party}" for party in parties}
    patterns = (p for kind in claims.KINDS for p in claim.slots.get(kind, ()))
    words = {option.lstrip("!") for p in patterns for word in p.split() for option in word.split("|")}
    for word in sorted(w for w in words if w.startswith(("@", "to:"))):
        if word not in named:
            yield Fault(where, f"{claim.claim_id}: {word!r} is neither an entity nor a party")
    lexicons = {code: lexicon(code, beat) for code in beat.languages}
    for concept in sorted({w.partition(":")[0] for w in words if not w.startswith(("@", "to:"))}):
        lacking = [code for code, read in lexicons.items() if read and concept not in read.concepts]
        told = f"{claim.claim_id}: the concept {concept!r} has no form in {', '.join(lacking)}"
        if lacking:
            yield Fault(where, told, "fault" if len(lacking) == len(lexicons) else "note")


def record_faults(beat: Beat) -> Iterator[Fault]:
    """Entries of record.toml that cannot be used, or have no address that shows them."""
    for number, row in enumerate(record.entries(beat), 1):
        if not row.get("source_url"):
            told = f"entry {number} ({row['claim']}, {row['party']}): no source_url, so that nobody can look it up"
            yield Fault(line_of(beat.folder / record.RECORD, row["source_title"]), told, "note")


def alert_faults(beat: Beat) -> Iterator[Fault]:
    """What keeps alerts.toml from being used."""
    try:
        alerts_file.load(beat)
    except BeatError as error:
        yield refused(error)
