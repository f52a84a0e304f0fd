"""The part of a host's name that somebody registered, by the Public Suffix List.

The list is the copy inside the package tldextract; nothing is downloaded.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

_KNOWN = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=10_000)
def registrable(url: str) -> str:
    """The registrable domain of the URL's host, in lower case; the host itself where it has none (an address,
    localhost), the URL where it has no readable host.

    >>> registrable("https://rss.example.co.uk:8443/world.xml")
    'example.co.uk'
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return url
    return _KNOWN(host).top_domain_under_public_suffix or host.removeprefix("www.") or url
