"""Pages as sites send them: their text in ten languages, and what stands in place of a text."""

import json
from datetime import UTC, datetime

import pytest
from tests.collect.pages.article_pages.layouts import (
    CANONICAL,
    TEXTS,
    head,
    linked_data,
    main_text,
    menu,
    pages,
    plain,
    site,
)

from media_monitor.collect.pages.pagereading import PageDocument, PageReading

URL = "https://outlet.example/2025/04/night-ferry?id=7"
AT = datetime(2025, 4, 29, tzinfo=UTC)
LANGUAGES = list(TEXTS)

WALLS = {
    "en": "Subscribe to continue reading",
    "ru": "Этот материал доступен только подписчикам",
    "uk": "Цей матеріал доступний лише для передплатників",
    "ko": "이 기사는 구독자 전용 기사입니다",
    "zh": "订阅后可阅读全文",
    "ja": "この記事は会員限定記事です",
    "ar": "هذا المقال للمشتركين فقط",
    "de": "Dieser Artikel ist nur für Abonnenten",
    "fr": "Article réservé aux abonnés",
    "es": "Contenido solo para suscriptores",
}
MISSING = {
    "en": "Page not found",
    "ru": "Страница не найдена",
    "uk": "Сторінку не знайдено",
    "ko": "페이지를 찾을 수 없습니다",
    "zh": "您访问的页面不存在",
    "ja": "お探しのページは見つかりませんでした",
    "ar": "الصفحة غير موجودة",
    "de": "Seite nicht gefunden",
    "fr": "Page introuvable",
    "es": "Página no encontrada",
}
CONSENT = {
    "en": "Before you continue to Outlet, we and our partners store data",
    "ru": "Прежде чем продолжить: мы используем файлы cookie",
    "uk": "Перш ніж продовжити: ми використовуємо файли cookie",
    "ko": "계속하기 전에 쿠키를 사용합니다",
    "zh": "我们使用cookie，请同意并继续",
    "ja": "続ける前に、当サイトはクッキーを使用しています",
    "ar": "قبل المتابعة إلى الموقع نستخدم ملفات تعريف الارتباط",
    "de": "Bevor Sie fortfahren: Wir und unsere Partner verarbeiten Daten",
    "fr": "Avant de continuer, nous et nos partenaires traitons des données",
    "es": "Antes de continuar, nosotros y nuestros socios tratamos datos",
}


def reading(html: str | bytes, language: str = "en", content_type: str = "text/html", **more: str) -> PageReading:
    texts = TEXTS[language]
    body = html.encode() if isinstance(html, str) else html
    given = {"asked": URL, "url": URL, "title": texts["title"], "summary": texts["lede"], **more}
    return PageDocument(body, content_type, fetched_at=AT, **given).read()


@pytest.mark.parametrize("page", pages(), ids=lambda p: f"{p.language}-{p.layout}")
def test_the_text_of_every_layout_is_found_whole_and_nothing_beside_it(page):
    found = reading(page.html, page.language)
    assert (found.outcome, found.reason) == ("text", "")
    lines = set(found.text.split("\n"))
    assert set(page.text.split("\n")) <= lines
    assert not [
        beside for name in ("related", "comments", "nav") for beside in TEXTS[page.language][name] if beside in lines
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<body", '<body hidden aria-hidden="true"'),
        ("<main>", "<form id='aspnetForm' method='post'><main>"),
        ("<main>", "<div class='page has-comments' aria-hidden='true'><main>"),
        ('<div class="story-body">', '<div class="story-body share-enabled">'),
        ('<div class="comment">', '<div class="comment"><div class="comment reply"><nav><form>x</form></nav></div>'),
    ],
)
def test_names_and_kinds_that_mislead_do_not_hide_the_text(before, after):
    page = site("de", TEXTS["de"])
    assert before in page
    assert reading(page.replace(before, after), "de").text == main_text(TEXTS["de"], "site")


@pytest.mark.parametrize(
    ("language", "charset"),
    [("ru", "windows-1251"), ("ko", "euc-kr"), ("zh", "gb2312"), ("ja", "shift_jis"), ("ar", "windows-1256")],
)
def test_the_charset_that_a_page_declares_is_read_where_the_header_is_silent(language, charset):
    page = site(language, TEXTS[language]).replace('<meta charset="utf-8">', f'<meta charset="{charset}">')
    found = reading(page.encode(charset, "xmlcharrefreplace"), language)
    assert plain(TEXTS[language]["body"][2]) in found.text


def test_what_the_page_declares_is_found():
    page = site("en", TEXTS["en"], '<meta name="source" content="Reuters">')
    found = reading(page).facts
    assert found.authors == ("Harbour desk",)
    assert found.canonical_url == CANONICAL
    assert found.published_at == datetime(2025, 4, 28, 6, 30, tzinfo=UTC)
    assert found.modified_at == datetime(2025, 4, 28, 9, 5, tzinfo=UTC)
    assert found.language == "en"
    assert "Reuters" in found.credits


def test_a_page_without_declarations_has_no_facts():
    found = reading("<html><body><p>" + "A word or two. " * 30 + "</p></body></html>", title="A word").facts
    assert (found.authors, found.canonical_url, found.published_at, found.language) == ((), None, None, None)


@pytest.mark.parametrize("told", ["[" * 100_000, '{"@graph": ' * 5_000, "null", '"NewsArticle"', '{"@type": 7}', "{"])
def test_linked_data_that_is_no_article_is_passed_over(told):
    page = site("en", TEXTS["en"], linked=f'<script type="application/ld+json">{told}</script>')
    assert reading(page).outcome == "text"


@pytest.mark.parametrize(
    "said",
    [
        {"isAccessibleForFree": False},
        {"isAccessibleForFree": "False"},
        {"isAccessibleForFree": True, "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False"}},
        {"hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}]},
    ],
)
def test_a_page_that_says_that_it_is_not_free_is_a_paywall_even_with_its_text(said):
    found = reading(site("en", TEXTS["en"], linked=linked_data("en", TEXTS["en"], **said)))
    assert (found.outcome, found.text) == ("paywall", "")
    assert found.facts.published_at is not None


@pytest.mark.parametrize(("tier", "outcome"), [("locked", "paywall"), ("metered", "text"), ("free", "text")])
def test_the_content_tier_of_a_page_tells_whether_it_is_read(tier, outcome):
    page = site("en", TEXTS["en"], f'<meta property="article:content_tier" content="{tier}">')
    assert reading(page).outcome == outcome


def teaser(language: str, wall: str) -> str:
    """A page that shows its lead, then the words of a wall."""
    texts = TEXTS[language]
    return (
        f'<html lang="{language}">{head(language, texts)}<body><ul>{menu(texts)}</ul><h1>{texts["title"]}</h1>'
        f'<div class="story"><p>{texts["lede"]}</p></div><div class="x-offer"><h3>{wall}</h3></div></body></html>'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_wall_make_a_teaser_a_paywall(language):
    found = reading(teaser(language, WALLS[language]), language)
    assert (found.outcome, found.text) == ("paywall", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_to_subscribe_on_a_free_page_is_no_wall(language):
    page = site(language, TEXTS[language]).replace("</main>", f"</main><div class='x-offer'>{WALLS[language]}</div>")
    assert reading(page, language).outcome == "text"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_says_not_found_with_status_200_is_an_error(language):
    words = MISSING[language]
    page = f"<html><head><title>{words} | Outlet</title></head><body><h1>{words}</h1><p>{'x ' * 200}</p></body></html>"
    found = reading(page, language)
    assert (found.outcome, found.text) == ("error", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_asks_for_consent_is_no_text(language):
    page = f"<html><head><title>Outlet</title></head><body><div><p>{CONSENT[language]}</p></div></body></html>"
    assert reading(page, language).outcome == "consent"


@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        ("https://consent.outlet.example/collect?session=1", "consent"),
        ("https://guce.example/consent?x=1", "consent"),
        ("https://outlet.example/consent/ask", "consent"),
        ("https://id.outlet.example/login?back=1", "paywall"),
        ("https://outlet.example/", "error"),
        ("https://www.outlet.example/2025/04/night-ferry.html", "text"),
    ],
)
def test_where_a_redirect_leads_tells_what_the_page_is(final, outcome):
    assert reading(site("en", TEXTS["en"]), url=final).outcome == outcome


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript</noscript></body></html>",
        '<html><body><p>One more step</p><script src="/cdn-cgi/challenge-platform/h/b.js"></script></body></html>',
        "<html><head><title>Outlet</title></head><body><h1>Подтвердите, что вы не робот</h1></body></html>",
    ],
)
def test_a_check_for_robots_is_an_error(page):
    found = reading(page)
    assert (found.outcome, found.reason) == ("error", "asks for proof that a human reads")


def test_a_page_on_something_else_is_an_error():
    other = {
        **TEXTS["en"],
        "title": "Council budget approved",
        "lede": "A vote.",
        "body": ["Money is short. " * 30] * 6,
    }
    assert reading(site("en", other)).reason == "is about something else"


def test_a_page_with_less_text_than_the_feed_is_empty():
    found = reading(site("en", TEXTS["en"]), summary=main_text(TEXTS["en"], "site") * 2)
    assert (found.outcome, found.reason, found.text) == ("empty", "has less text than the feed", "")


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"%PDF-1.7 \x00\x01", "application/pdf", "is no HTML (application/pdf)"),
        (b"%PDF-1.7 \x00\x01", "", "is no HTML (of no type)"),
        (b"", "text/html", "has no text"),
        (b"\x00" * 1000, "text/html", "has no text"),
        (json.dumps({"a": 1}).encode(), "application/json", "is no HTML (application/json)"),
    ],
)
def test_what_is_no_page_is_told_apart(body, content_type, reason):
    assert reading(body, content_type=content_type).reason == reason
