"""The real encoder: the same text gives the same row, in one thread, after a fork too; a bad processor is told of."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from media_monitor.extract.semantic import encoder

CHECKOUT = Path(__file__).resolve().parents[3]
needs_encoder = pytest.mark.skipif(encoder.missing() is not None, reason=str(encoder.missing()))
TEXTS = ["Moscow brushed the reports aside.", "Кремль отмахнулся от сообщений.", "克里姆林宫对报道嗤之以鼻。", "x"]


def run(code: str, **environment: str) -> str:
    """What the code prints in a process of its own."""
    known = {**os.environ, "PYTHONPATH": str(CHECKOUT / "plugins"), **environment}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=known, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_processor_is_asked_before_the_engine_runs(tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("processor : 0\nflags\t\t: fpu sse4_2 avx avx2 fma\n")
    bad.write_text("processor : 0\nflags\t\t: fpu sse4_2 avx\n")
    assert encoder.has_avx2(good)
    assert not encoder.has_avx2(bad)
    assert not encoder.has_avx2(tmp_path / "none")
    assert "AVX2" in str(encoder.missing(bad)) or "not installed" in str(encoder.missing(bad))


@needs_encoder
def test_rows_have_length_one_and_are_the_same_alone_and_together() -> None:
    together = encoder.vectors(TEXTS)
    assert together.shape == (4, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)
    assert np.array_equal(together, np.vstack([encoder.vectors([text]) for text in TEXTS]))
    assert np.array_equal(together[::-1], encoder.vectors(TEXTS[::-1]))


@needs_encoder
@pytest.mark.parametrize("text", ["", "\0", "half a pair \ud83d", "a\0b", "🇰🇵" * 500, "слово " * 3000])
def test_no_text_breaks_it(text: str) -> None:
    assert np.isfinite(encoder.vectors([text])).all()


@needs_encoder
def test_it_runs_in_one_thread_and_leaves_the_environment_alone() -> None:
    code = """
import os
from media_monitor.extract.semantic import encoder
before = len(os.listdir("/proc/self/task"))
encoder.vectors(["one", "two", "three"] * 5)
print(len(os.listdir("/proc/self/task")) - before, os.environ.get("OMP_NUM_THREADS"))
"""
    assert run(code, OMP_NUM_THREADS="4") == "0 4"


@needs_encoder
def test_a_child_forked_after_its_parent_used_it_gets_the_same_rows() -> None:
    code = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from media_monitor.extract.semantic import encoder
texts = ["Moscow brushed the reports aside.", "Seoul is outraged."]
mine = encoder.vectors(texts).tobytes()
with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
    print([rows.tobytes() == mine for rows in pool.map(encoder.vectors, [texts] * 4, timeout=60)])
"""
    assert run(code) == "[True, True, True, True]"
