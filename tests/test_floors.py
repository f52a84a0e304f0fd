"""The extraction is at least as good as the floors in floors.toml say, and no commit has lowered one.

Our own labelled documents are always measured; a set outside the checkout is skipped where it is not there.
"""

import subprocess
from functools import cache
from pathlib import Path

import pytest

from media_monitor import pipeline
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.evaluate import Report, evaluate, floors, published
from media_monitor.extract.version import EXTRACTOR_VERSION

FILE = Path(__file__).with_name("floors.toml")
CHECKOUT = FILE.parents[1]
OURS = ("gold/*.jsonl#odd", "gold/wire/*.jsonl#odd")
FLOORS = floors.parse(FILE.read_text(encoding="utf-8"), FILE)
PUBLISH = (
    "media-monitor evaluate tests/gold/wire/*.jsonl tests/gold/*.jsonl --half odd"
    " --publish plugins/media_monitor/extract/scores.json"
)
AGAIN = "measure anew: media-monitor evaluate FILES --raise-floors tests/floors.toml (own items with --half odd)"


@cache
def measured(gold_set: str, extractor: str) -> tuple[str, Report]:
    """(digest, report) of a gold set."""
    settings = Settings()
    paths, half = floors.located(gold_set, FILE)
    pairs = [pair for path in paths for pair in pipeline.documents(path)]
    rows = [(document, row) for document, row in pairs if floors.in_half(row["id"], half)]
    predict = pipeline.extractors(settings)[extractor]
    labels = [row for _, row in rows]
    predictions = [predict(document) for document, _ in rows]
    return floors.digest(labels), evaluate(labels, predictions, Beat.load(settings.beat).claims)


@pytest.mark.parametrize(("gold_set", "extractor"), sorted(FLOORS))
def test_no_score_is_below_its_floor(gold_set: str, extractor: str) -> None:
    paths, _ = floors.located(gold_set, FILE)
    ours = gold_set in OURS
    if not ours and not all(path.exists() for path in paths):
        pytest.skip(f"{gold_set} is not there")
    if extractor not in pipeline.extractors(Settings()):
        pytest.skip(f"the extractor {extractor!r} is not installed")
    floor = FLOORS[gold_set, extractor]
    digest, report = measured(gold_set, extractor)
    if digest != floor.digest and not ours:
        pytest.skip(f"{gold_set} has other documents than its floors; {AGAIN}")
    assert digest == floor.digest, f"{gold_set} has other documents than its floors; {AGAIN}"
    assert floors.fallen(floor, report) == []


@pytest.mark.parametrize("gold_set", OURS)
def test_our_own_items_have_floors_in_each_language(gold_set: str) -> None:
    languages = {path.stem for path in floors.located(gold_set, FILE)[0]}
    assert set(FLOORS[gold_set, "rules"].scores) == {"all", *languages}, AGAIN


def test_the_published_scores_are_of_the_present_extractor_and_documents() -> None:
    told = published.read()
    assert told["extractor_version"] == EXTRACTOR_VERSION, PUBLISH
    sets = {one["name"].removeprefix("tests/"): one for one in told["sets"]}
    assert set(sets) == set(OURS), PUBLISH
    for gold_set, one in sets.items():
        for extractor in one["extractors"].keys() & pipeline.extractors(Settings()).keys():
            digest, report = measured(gold_set, extractor)
            assert one["digest"] == digest, PUBLISH
            assert one["documents"] == report.documents, PUBLISH
            assert one["extractors"][extractor] == published.scores(report), PUBLISH


def test_the_file_is_as_the_command_writes_it() -> None:
    assert FILE.read_text(encoding="utf-8") == floors.text(FLOORS)


def test_no_commit_has_lowered_a_floor() -> None:
    log = subprocess.run(
        ["git", "log", "--reverse", "--format=%H", "--", "tests/floors.toml"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if log.returncode:
        pytest.skip("no git history")
    before: floors.Floors = {}
    for commit in log.stdout.split():
        shown = ["git", "show", f"{commit}:tests/floors.toml"]
        text = subprocess.run(shown, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
        after = floors.parse(text, commit)
        assert floors.lowered(before, after) == [], commit
        before = after
    assert floors.lowered(before, FLOORS) == []
