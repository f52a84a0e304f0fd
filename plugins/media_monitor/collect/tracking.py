"""URL parameters that say how a reader came to a page, and not which page it is.

Compiled from the documentation of the services that append them. A name belongs here only if no known
publisher selects content by it: `ref`, `source`, `from` and `id` stay in the URL.
"""

TRACKING_PREFIXES = (
    "utm_",  # Google Analytics and everybody after it
    "at_",  # AT Internet (Piano)
    "mtm_",  # Matomo
    "pk_",  # Piwik, the former Matomo
    "hsa_",  # HubSpot advertising
    "oly_",  # Omeda
    "vero_",
)

TRACKING = frozenset(
    {
        "fbclid",  # Facebook
        "igsh",
        "igshid",  # Instagram
        "gclid",  # Google Ads
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "srsltid",
        "gad_source",
        "yclid",  # Yandex
        "ysclid",
        "ymclid",
        "_openstat",
        "msclkid",  # Microsoft
        "twclid",  # X
        "ttclid",  # TikTok
        "li_fat_id",  # LinkedIn
        "rb_clickid",
        "mc_cid",  # Mailchimp
        "mc_eid",
        "mkt_tok",  # Marketo
        "_hsenc",  # HubSpot
        "_hsmi",
        "__s",  # Drip
        "_ga",
        "_gl",
        "wt_mc",  # Webtrekk
        "xtor",  # AT Internet
        "cmpid",
        "ns_mchannel",  # Comscore
        "ns_source",
        "ns_campaign",
        "ns_linkname",
        "ns_fee",
        "ito",
        "spm",  # Alibaba
        "share_token",
    }
)
