"""Windows of days: each day once, none too heavy, a day that is too heavy alone in shares."""

from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from media_monitor import tables
from media_monitor.backfill import windows

DAY = date(2025, 3, 1)
PARTS = st.lists(st.dictionaries(st.integers(0, 20).map(lambda n: DAY + timedelta(n)), st.integers(1, 40)), max_size=4)


@given(PARTS)
def test_windows_have_each_day_once_in_order_and_none_is_too_heavy(parts):
    weight = sum((Counter(part) for part in parts), Counter())
    cut = windows.windows(parts, 50)
    for day, count in weight.items():
        found = [window for window in cut if window.first <= day <= window.last]
        assert len(found) == found[0].shares == max(1, -(-count // 50))
        assert [window.number for window in found] == list(range(found[0].shares))
    assert cut == sorted(cut, key=lambda window: (window.first, window.number))
    assert all(window.articles <= 50 for window in cut)
    assert all(windows.from_json(window.as_json()) == window for window in cut)


def test_the_shares_of_a_day_have_each_article_once():
    shares = windows.windows([{DAY: 100}], 40)
    ids = [f"{number * 7919:016x}"[::-1] for number in range(60)]
    assert all(sum(share.has(one) for share in shares) == 1 for one in ids)
    assert all(any(share.has(one) for one in ids) for share in shares)


def test_a_day_that_is_rich_in_facts_weighs_more():
    days = {"articles": [DAY, DAY, DAY + timedelta(1)], "mentions": [DAY] * 3 * windows.FACTS}
    rows = {t.name: pa.table({"day": pa.array(days.get(t.name, []), pa.date32())}) for t in tables.TABLES}
    assert windows.weights(rows) == {DAY: 3, DAY + timedelta(1): 1}
