"""Who has it from whom: independent publishers and primary sources behind a stance."""

import pytest


@pytest.fixture
def media(desk):
    """The press of these tests: KCNA and a paper of the party's own state, two agencies, and papers by name."""
    for name in ("kcna", "KCNA", "朝中社", "dprk media"):
        desk.medium(name, "dprk media", "KP", "state")
    for name in ("yonhap", "Yonhap", "연합뉴스", "Рёнхап"):
        desk.medium(name, "yonhap", "KR", "wire")
    for name in ("afp", "AFP", "Agence France-Presse"):
        desk.medium(name, "afp", "FR", "wire")
    desk.medium("the independent voice", "voice", "KP", "independent")
    return desk


def says(desk, outlet, via=(), **article):
    return desk.says(desk.article("2025-04-28", outlet, **article), "KP", "confirm", "in_combat", via=via)


def counted(desk):
    (row,) = desk.ask("FROM corroboration WHERE claim = 'in_combat' AND stance = 'confirm'")
    return row["publishers"], row["primary_sources"]


def test_ten_papers_with_one_agency_text_are_one(media):
    for n in range(10):
        says(media, f"Paper {n}", agency="AFP")
    assert counted(media) == (1, ["afp"])
    assert media.confirmation("in_combat", "KP")["grade"] == "single source"


def test_ten_papers_that_cite_one_report_are_one(media):
    for n in range(10):
        says(media, f"Paper {n}", via=(f"Paper {n}", "afp"))
    assert counted(media) == (1, ["afp"])


def test_the_partys_organ_by_one_agency_by_another_is_one_primary_source(media):
    says(media, "Paper", via=("Paper", "yonhap", "afp", "kcna"))
    says(media, "Other Paper", via=("Other Paper", "afp", "kcna"), agency="Yonhap")
    assert counted(media) == (1, ["dprk media"])
    trees = media.ask(
        "SELECT carriers, publisher, reporter FROM source_trees WHERE claim = 'in_combat' ORDER BY outlet"
    )
    assert trees == [
        {"carriers": ["afp", "yonhap"], "publisher": "other paper", "reporter": "afp"},
        {"carriers": ["afp", "yonhap"], "publisher": "paper", "reporter": "afp"},
    ]


def test_agencies_that_each_read_the_organ_are_independent_and_have_one_primary_source(media):
    says(media, "Yonhap", via=("Yonhap", "kcna"))
    says(media, "AFP", via=("AFP", "kcna"))
    assert counted(media) == (2, ["dprk media"])
    found = media.confirmation("in_combat", "KP")
    assert (found["grade"], found["publishers"], found["primary_sources"]) == ("corroborated", 2, 1)


def test_the_organ_is_the_primary_source_wherever_the_sentence_names_it(media):
    says(media, "Paper", via=("Paper", "kcna", "yonhap"))
    (tree,) = media.ask("FROM source_trees WHERE claim = 'in_combat'")
    assert (tree["primary_source"], tree["carriers"], tree["reporter"]) == ("dprk media", ["yonhap"], "yonhap")


def test_the_organ_that_speaks_itself_is_the_primary_source(media):
    article = media.article("2025-04-28", "Paper")
    media.says(article, "KP", "confirm", "in_combat", via=("Paper",), speaker_id="kcna")
    (tree,) = media.ask("FROM source_trees WHERE claim = 'in_combat'")
    assert (tree["primary_source"], tree["reporter"]) == ("dprk media", "paper")


def test_an_independent_medium_of_the_partys_country_is_no_organ_of_it(media):
    says(media, "Paper", via=("Paper", "the independent voice"))
    says(media, "Other Paper", via=("Other Paper", "the independent voice"))
    assert counted(media) == (1, ["voice"])


@pytest.mark.parametrize("name", ["yonhap", "YONHAP", "연합뉴스", " «Yonhap» ", "Рёнхап", "рёнхап"])
def test_a_medium_is_one_under_all_its_names(media, name):
    says(media, "Yonhap")
    says(media, "Paper", via=("Paper", name))
    says(media, "Third Paper", agency=name)
    assert counted(media) == (1, ["yonhap"])


def test_an_unlisted_medium_is_compared_by_its_name_without_case_and_marks(desk):
    for n, name in enumerate(("Harbour Wire", "harbour wire", "«Harbour Wire»", "HARBOUR WIRE.")):
        says(desk, f"Paper {n}", via=(f"Paper {n}", name))
    says(desk, "Harbour Wire", publisher="harbour group")
    assert counted(desk) == (1, ["harbour group"])


def test_copies_are_the_report_that_they_copy_and_are_marked(media):
    first = media.article("2025-04-28", "Paper")
    media.says(first, "KP", "confirm", "in_combat", via=("Paper", "kcna"))
    says(media, "Mirror", via=("Mirror", "kcna"), copy_of=first.article_id)
    assert counted(media) == (1, ["dprk media"])
    trees = media.ask("SELECT carriers, publisher, copy_of FROM source_trees WHERE claim = 'in_combat' ORDER BY outlet")
    assert trees == [
        {"carriers": ["paper"], "publisher": "mirror", "copy_of": first.article_id},
        {"carriers": [], "publisher": "paper", "copy_of": None},
    ]


def test_outlets_of_one_family_are_one_publisher(media):
    says(media, "Paper", publisher="group")
    says(media, "Paper TV", publisher="group")
    assert counted(media)[0] == 1


def test_a_paper_with_an_agency_text_and_words_of_its_own_is_one_publisher(media):
    says(media, "Paper", agency="AFP")
    says(media, "Paper")
    assert counted(media)[0] == 1
