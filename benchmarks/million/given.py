"""What is given of the made warehouse: when it begins, who prints, who speaks, on which days much is printed."""

from datetime import date, timedelta

FIRST = date(2024, 1, 1)
DAYS = 730
FEEDS = 150
CLAIMS = [f"claim_{n:02}" for n in range(14)]
BURST_CLAIM = "claim_13"
BURST_DAYS = (301, 302, 500, 640)
BURST_ARTICLES = 200
SILENT_FEED = FEEDS - 1
DOWN_DAY = 400
LANGUAGES = ["en", "ko", "ru", "uk", "zh", "ja", "ar", "de", "fr", "es"]
AFFILIATIONS = ["independent", "independent", "state", "wire"]
COUNTRIES = ["US", "KR", "RU", "UA", "CN", "JP", "EG", "DE", "FR", "KP"]
PARTIES = ["KP", "RU", "KR", "UA", "US", "CN", "JP", "NATO"]


def day_of(number: int) -> date:
    return FIRST + timedelta(number)


def feed_name(number: int) -> str:
    return f"feed-{number:03}"
