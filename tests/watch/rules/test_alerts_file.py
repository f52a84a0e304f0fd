"""Rules as data: every shipped file is read, and a fault is told with file, rule, key and the nearest known name."""

from datetime import UTC, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from media_monitor.beat import Beat
from media_monitor.config import PACKAGE
from media_monitor.errors import BeatError
from media_monitor.watch.rules import alerts_file
from media_monitor.watch.rules.rulebook import FRESH_DAYS, KINDS, plain
from media_monitor.watch.rules.timing import Times

SHIPPED = sorted((PACKAGE / "beats").glob("*/alerts.toml"))


@pytest.fixture
def load(beat, tmp_path):
    def read(text):
        path = tmp_path / "alerts.toml"
        path.write_text(text, encoding="utf-8")
        return alerts_file.load(beat, path)

    return read


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_file_has_a_rule_on_every_kind_and_raises_what_is_news_by_itself(path):
    book = alerts_file.load(Beat.load(path.parent.name))
    assert {rule.on for rule in book.rules} == set(KINDS)
    assert book.kinds == {"first_confirmation", "implicit", "reversal", "withdrawn"}
    assert [r.rule_id for r in book.rules if r.on == "first_confirmation"] == ["first_confirmation"]
    assert {r.on: r.fresh_days for r in book.rules} == FRESH_DAYS
    text = path.read_text(encoding="utf-8")
    assert [key for key in alerts_file.KEYS - {"id"} if f"# {key}" not in text and f", {key}" not in text] == []


def test_a_beat_without_the_file_has_a_rule_on_each_of_the_usual_kinds(tmp_path, beat):
    (tmp_path / "beat.toml").write_text((beat.folder / "beat.toml").read_text())
    assert alerts_file.load(Beat.load(str(tmp_path))) == plain()


def test_everything_that_a_rule_says_is_read(load):
    book = load("""
        zone = "Europe/Vienna"
        [channels]
        desk = "env:DESK_URL"
        all = ["slack://a/b/c", "airflow:mail"]
        [[rule]]
        id = "seoul"
        on = "denial"
        claims = ["troops_in_combat", "prisoners"]
        parties = "KP"
        grades = ["primary", "single source"]
        min_publishers = 2
        channels = ["desk", "default"]
        quiet = "22:00-07:00"
        digest = "daily 07:30"
        zone = "Asia/Seoul"
        fresh_days = 3
        [[rule]]
        id = "feeds"
        on = "silence"
        subjects = ["tass-en"]
        digest = "hourly"
        enabled = false
    """)
    seoul, feeds = book.rules
    assert (seoul.rule_id, seoul.on, seoul.min_publishers, seoul.fresh_days) == ("seoul", "denial", 2, 3)
    assert (seoul.claims, seoul.parties) == ({"troops_in_combat", "prisoners"}, {"KP"})
    assert seoul.channels == ("desk", "default")
    assert seoul.times == Times((time(22), time(7)), time(7, 30), ZoneInfo("Asia/Seoul"))
    assert feeds.times == Times(None, "hourly", ZoneInfo("Europe/Vienna"))
    assert (feeds.subjects, feeds.enabled, feeds.fresh_days) == ({"tass-en"}, False, 30)
    assert book.kinds == {"denial"}
    assert book.channels == {"desk": ("env:DESK_URL",), "all": ("slack://a/b/c", "airflow:mail")}


def test_without_a_word_on_it_a_rule_is_on_at_once_through_the_default_channel_in_utc(load):
    (rule,) = load('[[rule]]\nid = "a"\non = "implicit"').rules
    assert (rule.enabled, rule.channels, rule.times, rule.fresh_days) == (True, ("default",), Times(zone=UTC), None)


RULE = '[[rule]]\nid = "a"\non = "reversal"\n'


@pytest.mark.parametrize(
    ("text", "culprit", "reason"),
    [
        ("[[rule]\n", "alerts.toml", "is not TOML"),
        ("[rules]\n", "alerts.toml", "unknown key 'rules'"),
        ("[rule]\n", "alerts.toml", "written as [[rule]]"),
        ('zone = "Mars/Base"\n', "alerts.toml", "zone: 'Mars/Base' is no time zone"),
        ('[[rule]]\non = "burst"', "rule 1", "id: is missing"),
        ('[[rule]]\nid = "a"', "rule a", "on: is missing"),
        ('[[rule]]\nid = "a"\non = "denail"', "rule a", "on: 'denail' is unknown; did you mean 'denial'?"),
        (RULE + 'chanels = ["x"]', "rule a", "key: 'chanels' is unknown; did you mean 'channels'?"),
        (RULE + 'channels = ["desk"]', "rule a", "channels: 'desk' is unknown"),
        (
            RULE + 'claims = ["troops_in_combt"]',
            "rule a",
            "claims: 'troops_in_combt' is unknown; did you mean 'troops_",
        ),
        (RULE + 'parties = ["XX"]', "rule a", "parties: 'XX' is unknown"),
        (RULE + 'grades = ["prime"]', "rule a", "grades: 'prime' is unknown; did you mean 'primary'?"),
        (RULE + "claims = []", "rule a", "claims: is empty"),
        (RULE + "claims = 3", "rule a", "claims: must be a list of texts"),
        (RULE + "min_publishers = 0", "rule a", "min_publishers: 0: must be above zero"),
        (RULE + "min_publishers = true", "rule a", "min_publishers: True: must be a whole number"),
        (RULE + 'enabled = "no"', "rule a", "enabled: 'no': must be true or false"),
        (RULE + 'quiet = "22-7"', "rule a", "quiet: '22-7': '22' is no time such as 07:00"),
        (RULE + 'quiet = "07:00-07:00"', "rule a", "begins when it ends"),
        (RULE + 'quiet = "22:00-25:00"', "rule a", "'25:00' is no time"),
        (RULE + 'digest = "weekly"', "rule a", "digest: 'weekly': must be"),
        (RULE + 'digest = "daily 7"', "rule a", "'7' is no time"),
        (RULE + 'zone = "Nowhere"', "rule a", "zone: 'Nowhere'"),
        (RULE + RULE, "rule a", "stands twice"),
        ('[[rule]]\nid = "a"\non = "burst"\nclaims = ["visit"]', "rule a", "claims: has no meaning for burst"),
        ('[channels]\ndefault = "json://x"', "channel default", "alert_urls"),
        ('[channels]\ndesk = "topsecret"', "channel desk", "neither an Apprise URL nor"),
        ("[channels]\ndesk = []", "channel desk", "address"),
    ],
)
def test_a_fault_is_told_with_file_rule_and_key(load, text, culprit, reason):
    with pytest.raises(BeatError) as error:
        load(text)
    assert "alerts.toml" in error.value.culprit
    assert culprit in error.value.culprit
    assert reason in error.value.reason
    assert "topsecret" not in str(error.value)


def test_a_file_that_is_named_must_be_there(beat):
    with pytest.raises(BeatError, match="no such file"):
        alerts_file.load(beat, Path("nowhere.toml"))
