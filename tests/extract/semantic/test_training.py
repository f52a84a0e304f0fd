"""The head in the package is the one that its training files give."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from training import stored

from media_monitor.beat import Beat
from media_monitor.extract.semantic import encoder
from media_monitor.extract.semantic.decide import STANCES
from media_monitor.extract.semantic.head import HEAD

CHECKOUT = Path(__file__).resolve().parents[3]
TRAINING = CHECKOUT / "training"
SCRIPT = TRAINING / "train_stance.py"
needs_encoder = pytest.mark.skipif(encoder.missing() is not None, reason=str(encoder.missing()))


@pytest.mark.timeout(300)
def test_training_again_gives_the_same_head(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--output", str(tmp_path)]
    subprocess.run(command, check=True, env={"PYTHONPATH": str(CHECKOUT / "plugins"), "OMP_NUM_THREADS": "1"})
    again, kept = (json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "head.json", HEAD))
    for name in ("version", "trained_on", "classes", "means", "thresholds", "caution"):
        assert again[name] == kept[name], f"{name}: train anew with {SCRIPT.name}"
    for name in ("weights", "offsets"):  # libraries of linear algebra differ in the last digit
        assert np.allclose(again[name], kept[name], atol=2e-4), f"{name}: train anew with {SCRIPT.name}"
    assert (tmp_path / "figures.json").read_text() == (HEAD.parent / "figures.json").read_text()


def test_each_text_has_its_vector_and_none_is_left_over() -> None:
    kept = np.load(stored.STORED)
    assert set(kept["text"].tolist()) == {stored.digest(text) for text in stored.texts()}
    assert len(kept) == len(set(kept["text"].tolist()))
    with pytest.raises(KeyError, match=r"1 texts have no vector, run training/stored\.py: 'Nobody wrote this'"):
        stored.vectors(["Nobody wrote this"])


@needs_encoder
def test_the_stored_vectors_are_those_of_the_encoder() -> None:
    texts = sorted(set(stored.texts()))[::12]
    assert len(texts) > 200
    alike = (stored.vectors(texts) * encoder.vectors(texts)).sum(axis=1)  # cosine: both have the length one
    assert alike.min() > 0.999, "work them out anew with stored.py"


@needs_encoder
def test_a_text_that_is_new_gets_its_vector_and_others_keep_theirs(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(stored, "STANCE", tmp_path)
    monkeypatch.setattr(stored, "STORED", tmp_path / "vectors.npy")
    sentences = ["Seoul denied it.", "Moscow confirmed it.", "Nobody spoke."]
    for present in (sentences[:2], sentences[1:], sentences[1:]):
        (tmp_path / "en.tsv").write_text("\n".join(["stance\ttext", *(f"none\t{text}" for text in present)]) + "\n")
        stored.main()
        assert np.allclose(stored.vectors(present), encoder.vectors(present), atol=stored.STEP)
        assert len(np.load(stored.STORED)) == 2
    with pytest.raises(KeyError, match="Seoul denied it"):
        stored.vectors(sentences)


@pytest.mark.parametrize("language", sorted(Beat.load("dprk_russia").languages))
def test_every_language_has_sentences_of_its_own_of_every_class(language: str) -> None:
    rows = (TRAINING / "stance" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "stance\ttext"
    pairs = [row.split("\t") for row in rows[1:]]
    classes = Counter(stance for stance, _ in pairs)
    assert set(classes) == {*STANCES, "none"}
    assert len(pairs) >= 150
    assert min(classes.values()) >= 15
    assert len({text for _, text in pairs}) == len(pairs)


def test_no_clause_is_of_an_item_that_measures() -> None:
    rows = (TRAINING / "stance" / "clauses.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows
    assert all(int(row.split("\t")[1][-1]) % 2 == 0 for row in rows)


def test_no_sentence_stands_in_an_item_that_measures() -> None:
    measured = [
        f"{row['title']}\n{row['text']}"
        for path in sorted((CHECKOUT / "tests" / "gold").glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if int(row["id"][-1]) % 2
    ]
    for path in sorted((TRAINING / "stance").glob("*.tsv")):
        texts = [row.rsplit("\t", 1)[1] for row in path.read_text(encoding="utf-8").splitlines()[1:]]
        assert not [text for text in texts if len(text) > 20 and any(text in item for item in measured)], path
