"""Clauses and quotations."""

from media_monitor.extract.grammar.clauses import lines, quotations
from media_monitor.extract.grammar.lexicon import lexicon


def clauses(text: str, language: str = "en") -> list[str]:
    words = lexicon(language)
    assert words is not None
    (line,) = lines(text, [(0, 0, len(text))], words.finder.find(text), [], words.grammar)
    return [text[c.start : c.end].strip(" ,") for c in line.clauses]


def test_conjunctions_and_marks_cut() -> None:
    assert clauses("kim confirmed it, while putin thanked him; seoul protested") == [
        "kim confirmed it",
        "while putin thanked him;",
        "seoul protested",
    ]


def test_nothing_is_cut_inside_a_quotation_or_a_number() -> None:
    assert clauses('he said "it is true, but secret" of 1,500 men') == ['he said "it is true, but secret" of 1,500 men']


def test_quotations_of_several_kinds() -> None:
    assert quotations("a «b c» d “e f”", ["«»", "“”"]) == [(2, 7), (10, 15)]


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quotations("kim's men and putin's men", ["''"]) == []


def test_an_unclosed_quotation_runs_to_the_end() -> None:
    assert quotations("he said: «we thank them", ["«»"]) == [(9, 23)]
