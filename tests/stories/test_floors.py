"""What docs/stories.md promises of happenings that tuned nothing holds."""

import pytest
from tests.stories import labelled

from media_monitor.evaluate.clusters import bcubed, pairs
from media_monitor.extract.semantic.model import Model, chosen
from media_monitor.extract.stories.assign import assign
from media_monitor.extract.stories.heads import with_vectors
from media_monitor.extract.stories.weights import shipped


def measured(sample: labelled.Sample, model: Model | None) -> tuple[float, float, float, float]:
    """BCubed F1, precision and recall of pairs, recall of pairs across languages, of odd happenings."""
    odd = [one for one in sample.reports if labelled.half(sample.labels[one.article_id]) == "odd"]
    done = assign(with_vectors(odd, model, shipped()), [], {}, {}, shipped())
    roots = {change.story_id: change.next_story for change in done.changes if change.kind == "merge"}
    found = dict(done.stories)
    while any(story in roots for story in found.values()):
        found = {article: roots.get(story, story) for article, story in found.items()}
    languages = {one.article_id: one.language for one in odd}
    together = pairs(found, sample.labels)
    across = pairs(found, sample.labels, languages)
    return bcubed(found, sample.labels).f1, together.precision, together.recall, across.recall


@pytest.mark.parametrize("encoder", [False, True])
def test_our_own_articles_in_ten_languages(encoder: bool) -> None:
    model = chosen("auto") if encoder else None
    if encoder and model is None:
        pytest.skip("needs the encoder")
    f1, precision, recall, across = measured(labelled.cases(), model)
    assert f1 >= 0.93
    assert precision >= 0.9
    assert recall >= 0.88
    assert across >= 0.88


def test_real_articles_by_rules_alone() -> None:
    sample = labelled.news()
    if sample is None:
        pytest.skip("needs ../shared")
    f1, _, recall, _ = measured(sample, None)
    assert f1 >= 0.87
    assert recall >= 0.5


def test_the_samples_are_as_large_as_the_page_says() -> None:
    cases = labelled.cases()
    assert len(cases.reports) >= 110
    assert len(set(cases.labels.values())) >= 27
    assert {one.language for one in cases.reports} == {"ar", "de", "en", "es", "fr", "ja", "ko", "ru", "uk", "zh"}
