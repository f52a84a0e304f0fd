"""Agency credits and datelines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.extract.names.agencies import signature
from media_monitor.extract.text.normalise import normalise


@pytest.mark.parametrize(
    ("body", "agency", "rest"),
    [
        ("MOSCOW, December 30. /TASS/. The minister spoke.", "TASS", "the minister spoke."),
        ("Pyongyang, August 7 (KCNA) -- Workers met.", "KCNA", "workers met."),
        ("SEOUL (AFP) - Officials met.", "AFP", "officials met."),
        ("(서울=연합뉴스) 김기자 기자 = 정부가 밝혔다.", "Yonhap", "정부가 밝혔다."),
        ("(베이징=신화)정부가 밝혔다.", "Xinhua", "정부가 밝혔다."),
        ("新华社平壤4月28日电 会议举行。", "Xinhua", "会议举行。"),
        ("【ソウル共同】政府は発表した。", "Kyodo", "政府は発表した。"),
        ("【ソウル時事】政府は発表した。", "Jiji", "政府は発表した。"),
        ("МОСКВА, 5 мая - РИА Новости. Министр выступил.", "RIA Novosti", "министр выступил."),
        ("سيول (أ ف ب) - قال المتحدث.", "AFP", "قال المتحدث."),
        ("Seúl, 18 jun. El ministro habló.", None, "el ministro habló."),
        ("The minister spoke.", None, "the minister spoke."),
        ("Reuters reported that the minister spoke.", None, "reuters reported that the minister spoke."),
        (
            "The minister, who (according to TASS) spoke, left.",
            None,
            "the minister, who (according to tass) spoke, left.",
        ),
    ],
)
def test_knows_who_signs_and_where_the_text_begins(body: str, agency: str | None, rest: str) -> None:
    text = normalise(f"Title\n{body}").text
    found = signature(text)
    assert found.agency == agency
    start = found.spans[0][1] if found.spans else len("title\n")
    assert text[start:].strip() == normalise(rest).text


@pytest.mark.parametrize("end", ["(Reuters)", "— AFP", "/ТАСС/", "(EFE)"])
def test_knows_a_credit_at_the_end(end: str) -> None:
    text = normalise(f"Title\nThe minister spoke. {end}").text
    found = signature(text)
    assert found.agency
    assert found.holds(text.rindex(normalise(end).text), len(text))


@given(
    st.text(
        st.one_of(st.sampled_from("(/=)【】 電电TASSафп,.-1a\n"), st.characters(exclude_categories=[])), max_size=150
    )
)
def test_any_text_has_an_answer(text: str) -> None:
    plain = normalise(text).text
    assert all(0 <= a < b <= len(plain) for a, b in signature(plain).spans)
