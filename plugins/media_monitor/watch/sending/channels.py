"""Alert channels: Apprise URLs, named without their credentials."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

# Schemes whose URL names a host. In all others a token may stand where the host would (slack, tgram, discord …).
HOSTED = frozenset({"mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms", "gotify", "gotifys"})
PASSWORDS = frozenset({"pass", "password"})
SHORTEST_SECRET = 4  # shorter parts of a URL are too common in plain messages to be blotted out
BLOT = "***"


@dataclass(frozen=True)
class Channel:
    """One Apprise URL. `name` identifies it and may be stored and shown; the URL may not."""

    url: str = field(repr=False)

    @cached_property
    def _parts(self) -> SplitResult:
        try:
            return urlsplit(self.url)
        except ValueError:
            return SplitResult(self.url.partition(":")[0].lower(), "", "", "", "")

    @cached_property
    def scheme(self) -> str:
        return self._parts.scheme or "no-scheme"

    @cached_property
    def name(self) -> str:
        """`scheme://host#digest`, or `scheme#digest` where the URL's host may be a token."""
        host = (self._parts.hostname or "") if self.scheme in HOSTED else ""
        return f"{self.scheme}://{host}#{self.digest}" if host else f"{self.scheme}#{self.digest}"

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits of the URL without its password: a changed password keeps the channel."""
        return blake2b(self._identity().encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()

    def _identity(self) -> str:
        if self.scheme not in HOSTED:
            return self.url
        user, _, host = self._parts.netloc.rpartition("@")
        query = [(k, v) for k, v in parse_qsl(self._parts.query, keep_blank_values=True) if k not in PASSWORDS]
        kept = self._parts._replace(netloc=f"{user.partition(':')[0]}@{host}", query=urlencode(query))
        return kept.geturl()

    def blotted(self, text: str) -> str:
        """The text without anything of the URL that may be secret: password, path, query values, tokens."""
        for secret in sorted(self._secrets(), key=lambda s: (-len(s), s)):
            text = text.replace(secret, BLOT)
        return text

    def _secrets(self) -> set[str]:
        parts = self._parts
        found = {self.url, parts.path, *parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))}
        found |= set(re.split(r"[:@]", parts.netloc.rpartition("@")[0]))
        if self.scheme not in HOSTED:
            found |= {parts.netloc, *re.split(r"[:@]", parts.netloc)}
        found |= {unquote(secret) for secret in found} | {quote(secret, safe="") for secret in found}
        return {secret for secret in found if len(secret) >= SHORTEST_SECRET}


def channels(urls: Sequence[str]) -> list[Channel]:
    """A channel for each URL, each once, in their order."""
    by_name: dict[str, Channel] = {}
    for url in urls:
        by_name.setdefault(Channel(url).name, Channel(url))
    return list(by_name.values())
