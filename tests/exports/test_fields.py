"""Every format and the asset event carry the same fields with the same values."""

import re
from dataclasses import replace

import pytest
from tests.exports import readers

from media_monitor import exporting, results
from media_monitor.config import EXPORTS, Settings
from media_monitor.exports import fields, tabular
from media_monitor.exports.atom import atom
from media_monitor.exports.jsonfeed import jsonfeed
from media_monitor.exports.stix import stix
from media_monitor.results import Loaded

FORMS = {
    "atom": (lambda found, source, beat: atom(found, source, beat), readers.from_atom),
    "jsonfeed": (lambda found, source, beat: jsonfeed(found, source, beat), readers.from_jsonfeed),
    "csv": (lambda found, *_: tabular.as_csv(found), readers.from_csv),
    "parquet": (lambda found, *_: tabular.as_parquet(found), readers.from_parquet),
    "stix": (lambda found, _, beat: stix(found, beat), readers.from_stix),
}


def _sorted(found):
    return sorted(found, key=lambda row: row["alert_id"])


@pytest.mark.parametrize("form", FORMS)
def test_a_format_carries_every_field_with_its_value(form, rows, bare, source, beat):
    write, read = FORMS[form]
    told = [*rows, bare]
    assert _sorted(read(write(told, source, beat))) == _sorted(map(fields.plain, told))


@pytest.mark.parametrize("form", FORMS)
def test_the_order_of_the_rows_makes_no_difference(form, rows, source, beat):
    write, _ = FORMS[form]
    assert write(rows[::-1], source, beat) == write(rows, source, beat)


@pytest.mark.parametrize("form", FORMS)
def test_no_rows_make_a_file_too(form, source, beat):
    write, read = FORMS[form]
    assert read(write([], source, beat)) == []


def test_the_asset_event_carries_the_same(alerts, rows):
    told = results.as_json(Loaded({}, tuple(alerts), ()))["confirmations"]
    assert told == [fields.plain(row) for row in rows]
    assert all(tuple(one) == fields.TABLE.names for one in told)


def test_every_setting_of_exports_is_a_format_that_can_be_made(rows):
    assert set(EXPORTS) == set(FORMS) == set(exporting.FILES)
    for form in EXPORTS:
        assert exporting.rendered(Settings(), form, rows)


def test_texts_of_strangers_lose_what_xml_cannot_hold_in_every_format(rows):
    assert rows[0]["quote"] == 'شاركت <b>وحدات</b>, "quoted"\nsecond & ]]> line[31m'
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", str(rows))


def test_what_raised_no_alert_has_an_id_that_stays(bare):
    assert fields.row(bare | {"alert_id": None})["alert_id"] == bare["alert_id"]
    assert fields.row(bare | {"alert_id": None, "claim": "visit"})["alert_id"] != bare["alert_id"]


def test_only_words_can_be_given_out(alerts):
    with pytest.raises(ValueError, match="tells of no words"):
        fields.of_alert(replace(alerts[0], kind="burst", confirmation=None))
