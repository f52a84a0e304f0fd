import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_monitor.collect.formats.charset import decode

TEXTS = {
    "ru": "Паромная линия через залив открылась в понедельник. Первый рейс вышел в семь утра, билетов не осталось.",
    "uk": "Поромну лінію через затоку відкрили в понеділок. Перший рейс вирушив о сьомій, квитків не залишилося.",
    "ko": "만을 가로지르는 여객선 노선이 월요일에 열렸다. 첫 배는 아침 일곱 시에 떠났고 표는 남지 않았다.",
    "zh": "横渡海湾的轮渡航线周一开通。第一班船早上七点出发，船票全部售完，市长在码头发表了讲话。",
    "zh-hant": "橫渡海灣的渡輪航線週一開通。第一班船早上七點出發，船票全部售完，市長在碼頭發表了談話。",
    "ja": "湾を横断するフェリー航路が月曜日に開通した。始発便は朝七時に出港し、切符は売り切れた。",
    "ar": "افتتح خط العبارات عبر الخليج يوم الاثنين. انطلقت الرحلة الأولى في السابعة صباحا ونفدت التذاكر.",
    "fr": "La ligne de ferry a été inaugurée lundi. Le premier départ a eu lieu à sept heures, très tôt, côté forêt.",
    "pt": "A inauguração da ligação marítima não atraiu a população: são três viagens, e a estação está em construção.",
}
LEGACY = [
    ("ru", "cp1251"), ("ru", "koi8_r"), ("uk", "cp1251"), ("ko", "cp949"), ("zh", "gb18030"), ("zh-hant", "big5hkscs"),
    ("ja", "cp932"), ("ja", "euc_jp"), ("ar", "cp1256"), ("fr", "cp1252"),
]  # fmt: skip


WILD = [
    ("ru", "windows-1251"), ("ru", "koi8-r"), ("ru", "iso-8859-5"), ("uk", "windows-1251"), ("uk", "koi8-u"),
    ("ar", "windows-1256"), ("ko", "euc-kr"), ("ko", "iso-2022-kr"), ("zh", "gb18030"), ("zh", "gb2312"),
    ("zh-hant", "big5"), ("ja", "shift_jis"), ("ja", "euc-jp"), ("ja", "iso-2022-jp"), ("fr", "windows-1252"),
    ("pt", "iso-8859-1"),
]  # fmt: skip
UNICODE = [
    (language, charset)
    for language in TEXTS
    for charset in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
]
LABELS = [
    None, "utf-8", "utf-16", "utf-32", "us-ascii", "iso-8859-1", "windows-1251", "koi8-r", "windows-1256", "euc-kr",
    "gb2312", "gb18030", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "x-unknown",
]  # fmt: skip


def document(text: str, declared: str | None) -> str:
    encoding = f' encoding="{declared}"' if declared else ""
    return f'<?xml version="1.0"{encoding}?><rss><channel><item><title>{text}</title></item></channel></rss>'


@pytest.mark.parametrize(("language", "charset"), LEGACY)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "x-unknown", "base64"])
def test_a_legacy_charset_is_found_whatever_is_declared(language, charset, declared):
    source = document(TEXTS[language], declared)
    assert decode(source.encode(charset))[0] == source


@pytest.mark.parametrize(("language", "charset"), LEGACY)
def test_a_declared_charset_is_believed(language, charset):
    source = document(TEXTS[language], charset)
    assert decode(source.encode(charset), "text/xml; charset=utf-8")[0] == source
    bare = document(TEXTS[language], None)
    assert decode(bare.encode(charset), f'text/xml; charset="{charset}"')[0] == bare


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("declared", [None, "windows-1251", "euc-kr", "iso-8859-1", "big5"])
def test_utf_8_is_utf_8_whatever_is_declared(language, declared):
    source = document(TEXTS[language], declared)
    assert decode(source.encode(), "text/xml; charset=windows-1252")[0] == source


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings_need_no_declaration(charset):
    source = document(TEXTS["ko"], None)
    assert decode(source.encode(charset))[0] == source


def test_a_character_cut_in_the_middle_does_not_spoil_the_rest():
    source = document(TEXTS["ko"], "utf-8").encode()
    cut = source.replace("노선".encode(), "노선".encode()[:-1])
    text, name = decode(cut)
    assert name == "utf-8"
    assert "만을 가로지르는" in text


def test_iso_8859_1_is_read_as_browsers_do():
    assert "“tôt”" in decode(document("“tôt”", "iso-8859-1").encode("cp1252"))[0]


def test_a_seven_bit_charset_is_believed_although_it_looks_like_ascii():
    source = document(TEXTS["ja"], "iso-2022-jp")
    assert decode(source.encode("iso2022_jp"))[0] == source


def test_short_portuguese_in_its_declared_charset():
    source = document("ação", "iso-8859-1")
    assert decode(source.encode("latin-1"))[0] == source


@given(st.binary(max_size=400), st.text(max_size=30))
def test_any_bytes_are_decoded(body, content_type):
    text, name = decode(body, f"text/xml; charset={content_type}")
    assert isinstance(text, str)
    assert name


@pytest.mark.parametrize(("language", "charset"), WILD + UNICODE)
def test_bytes_prolog_and_header_in_every_combination(language, charset):
    labels = dict.fromkeys([*LABELS, charset])
    for prolog, header in itertools.product(labels, labels):
        source = document(TEXTS[language], prolog)
        content_type = f"text/xml; charset={header}" if header else ""
        assert decode(source.encode(charset), content_type)[0].lstrip("\ufeff") == source, (prolog, header)


@pytest.mark.parametrize(("language", "charset"), WILD)
@pytest.mark.parametrize("length", [6, 12, 24])
@pytest.mark.parametrize("where", ["prolog", "header"])
def test_what_is_declared_rightly_is_believed_of_a_few_characters_too(language, charset, length, where):
    text = TEXTS[language]
    for start in range(0, len(text) - length, 3):
        source = document(text[start : start + length], charset if where == "prolog" else None)
        content_type = f"text/xml; charset={charset}" if where == "header" else "text/xml"
        assert decode(source.encode(charset), content_type)[0] == source


def test_a_document_of_zeros_is_none_of_16_bits():
    assert decode(b"\x00" * 100)[0] == "\x00" * 25
    assert decode(b"\x00<rss/>")[0] == "\x00<rss/>"
