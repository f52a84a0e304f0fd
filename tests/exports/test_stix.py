"""The STIX 2.1 bundle: by the library that reads it, and by the validator of the specification."""

from datetime import timedelta

import pytest
import stix2

from media_monitor.exports.stix import stix


@pytest.fixture
def told(rows, bare, beat):
    return stix([*rows, bare], beat).decode("utf-8")


@pytest.fixture
def objects(told):
    return stix2.parse(told, version="2.1").objects


def _of(objects, kind):
    return [one for one in objects if one.type == kind]


def test_the_validator_finds_no_error(told):
    # Compiles 38 grammars when it is imported, which each process that collects tests would do.
    from stix2validator import ValidationOptions, validate_string

    verdict = validate_string(told, ValidationOptions(version="2.1"))
    assert verdict.errors == []
    assert verdict.is_valid
    # Ids that another bundle repeats are UUIDv5 (103); the hash of a web page means nothing (302).
    assert [str(w) for w in verdict.warnings if not any(code in str(w) for code in ("{103}", "{302}"))] == []


def test_every_reference_leads_to_an_object_of_the_bundle(objects):
    ids = [one.id for one in objects]
    assert len(set(ids)) == len(ids)
    refs = {ref for one in objects for ref in [*one.get("object_refs", []), one.get("created_by_ref")] if ref}
    extensions = {key for one in objects for key in one.get("extensions", {})}
    assert refs | extensions <= set(ids)


def test_a_report_is_on_party_and_speaker_with_a_note_of_the_words(objects):
    by_id = {one.id: one for one in objects}
    report = next(r for r in _of(objects, "report") if "troops_in_combat" in r.labels)
    party, speaker, note = (by_id[ref] for ref in report.object_refs)
    assert (party.name, party.identity_class) == ("North Korea", "organization")
    assert speaker.identity_class == "organization"
    assert (note.lang, note.authors) == ("ar", ["@official"])
    assert "وحدات" in note.content
    assert report.external_references[0].url == "https://courier.example/?a=1&b=%22%20onload"


def test_what_is_on_record_alone_has_no_words(objects):
    report = next(r for r in _of(objects, "report") if "on record" in r.labels)
    assert [ref.partition("--")[0] for ref in report.object_refs] == ["identity"]


def test_confidence_follows_the_grade(objects):
    found = {r.labels[2]: r.confidence for r in _of(objects, "report")}
    assert found == {"primary": 85, "corroborated": 85, "on record": 85, "implicit": 15}


def test_what_was_withdrawn_or_wrong_is_revoked(objects):
    assert {r.labels[0] for r in _of(objects, "report") if r.revoked} == {"visit", "memorial"}
    assert len([n for n in _of(objects, "note") if n.revoked]) == 2


def test_a_later_bundle_updates_an_earlier_one(rows, beat):
    later = rows[0] | {"grade": "disputed", "changed_at": rows[0]["raised_at"] + timedelta(days=1)}
    before, after = (_of(stix2.parse(stix([r], beat).decode()).objects, "report")[0] for r in (rows[0], later))
    assert (before.id, before.created) == (after.id, after.created)
    assert before.modified < after.modified


def test_own_fields_stand_in_a_defined_extension_alone(objects):
    (definition,) = _of(objects, "extension-definition")
    assert definition.extension_types == ["property-extension"]
    assert "reversal: True when" in definition.schema
    assert all(list(r.extensions) == [definition.id] for r in _of(objects, "report"))
    assert not any(name.startswith("x_") for one in objects for name in one)
