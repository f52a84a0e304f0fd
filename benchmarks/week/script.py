"""What a server answers at a time: the same for whoever asks."""

from dataclasses import dataclass

from week.world import Served, date


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` 0 is a connection that is cut; `whole` says whether the feed comes with it, `patience` how many
    seconds the server asks to be left alone."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    patience: float = 0.0


def reply(feed: Served, path: str, etag: str, since: str, now: float) -> Reply:
    """The answer to a request for the path of the feed, asked by these validators ("" for none)."""
    trouble = feed.host.trouble(now)
    if trouble is not None:
        if trouble.kind == "outage":
            return Reply(0)
        wish = date(now + trouble.patience) if trouble.as_date else f"{trouble.patience:.0f}"
        return Reply(int(trouble.kind), (("Retry-After", wish),) if trouble.patience else (), patience=trouble.patience)
    if feed.gone_at is not None and now >= feed.gone_at:
        return Reply(410)
    step = path.rpartition("/")[0]
    if feed.moved_at is not None and now >= feed.moved_at and step == "/feed":
        return Reply(301, (("Location", f"/moved/{feed.number}"),))
    at = int(step[4:]) if step.startswith("/hop") else 0
    if at < feed.hops and step != "/moved":
        return Reply(302, (("Location", f"/hop{at + 1}/{feed.number}"),))
    return _content(feed, etag, since, now)


def _content(feed: Served, etag: str, since: str, now: float) -> Reply:
    version = feed.version(now)
    headers = [("Content-Type", "application/rss+xml; charset=utf-8")]
    if feed.max_age is not None:
        headers.append(("Cache-Control", f"max-age={feed.max_age}"))
    tag, modified = f'"{version}"', date(feed.items[version - 1] if version else 0)
    by_etag = feed.validators in ("etag", "both", "frozen")
    by_date = feed.validators in ("modified", "both", "stale")
    if by_etag:
        headers.append(("ETag", tag))
    if by_date:
        headers.append(("Last-Modified", modified))
    same = etag == tag if by_etag and etag else by_date and since == modified
    return Reply(304 if same else 200, tuple(headers), not same)
