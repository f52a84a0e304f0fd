"""What runs leave behind does not grow, and what was interrupted is told."""

import pytest


def test_stages_of_loaded_batches_go_with_the_next_run(place):
    """Also of those in which no feed was due; a killed batch stays to be looked at."""
    for _ in range(3):
        assert place.run().code == 0
    assert len(list((place.home / "batches").iterdir())) == 1
    assert place.start(die_at=[r"rename batches/.*/\.settle", 1]).wait() == -9
    for _ in range(2):
        assert place.run().code == 0
    assert len(list((place.home / "batches").iterdir())) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            r"write lake/\.merge/journal",
            "a merge was interrupted before it took effect; its unfinished files were removed",
        ),
        (r"remove lake/\.merge/journal", "a merge was interrupted; its last steps were done now"),
    ],
)
def test_the_next_run_tells_of_an_interrupted_merge(place, change, told):
    assert place.start(die_at=[change, 1]).wait() == -9
    run = place.command("run")
    assert run.wait() == 0, run.text
    (line,) = [line for line in run.text.splitlines() if line.startswith(str(place.home / "lake"))]
    assert told in line
