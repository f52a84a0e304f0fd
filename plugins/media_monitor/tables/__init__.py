"""Each table declared once. The Arrow schema, the DuckDB DDL and `docs/tables.md` derive from it.

Every table has the column `day`, its partition in the lake: the publication date of the article (the date of
the fetch where the article has none), else the date of the row itself; always UTC.
"""

from media_monitor.columns import DAY, FLAG, INT, LONG, REAL, TEXT, TEXTS, TIME, Column, Table
from media_monitor.tables import alerts, quality, upkeep
from media_monitor.tables.stories import STORIES, STORY_CHANGES


def _span(what: str) -> tuple[Column, ...]:
    return (
        Column("article_id", TEXT, "The article that it stands in"),
        Column("revision", INT, "The revision of that article"),
        Column("day", DAY, "Partition: publication date of the article, UTC"),
        Column("sentence", INT, "Sentence number in the article, from 0 (the title)"),
        Column("start", INT, f"First code point of the {what} in title + line feed + text"),
        Column("end", INT, f"Code point after the last of the {what}"),
        Column("surface", TEXT, "The characters between start and end"),
    )


_PROVENANCE = (
    Column("confidence", REAL, "0 to 1, as set by the rule or model"),
    Column("rule", TEXT, "Id of the rule or model that made the fact"),
    Column("extractor_version", TEXT, "Version of rules and lexicons"),
)
_ARTICLE = ("article_id", "revision")

FETCHES = Table(
    "fetches",
    "Every attempt to fetch a feed: the fetch log, and the state that the next fetch reads.",
    key=("feed_id", "batch"),
    owner=("feed_id", "batch"),
    columns=(
        Column("feed_id", TEXT, "The feed"),
        Column("batch", TEXT, "The run that fetched it"),
        Column("day", DAY, "Partition: date of the fetch, UTC"),
        Column("url", TEXT, "Address asked for"),
        Column("outlet", TEXT, "Name of the feed's outlet"),
        Column("fetched_at", TIME, "When the request started"),
        Column("status", INT, "HTTP status; null where no answer came", null=True),
        Column("final_url", TEXT, "Address after redirects", null=True),
        Column("etag", TEXT, "Validator to send next time", null=True),
        Column("last_modified", TEXT, "Validator to send next time", null=True),
        Column("body_sha256", TEXT, "Hash of the body, or of the last body when unchanged", null=True),
        Column("bytes", LONG, "Bytes of the body as expanded"),
        Column("elapsed_ms", INT, "Milliseconds from request to end of body"),
        Column("entries", INT, "Items parsed"),
        Column("new_entries", INT, "Items that became a new article or revision"),
        Column("failures", REAL, "Weight of consecutive failures, 0 after a success"),
        Column("error", TEXT, "Why the fetch or parse failed; null when it worked", null=True),
        Column("next_due_at", TIME, "Earliest time of the next fetch", null=True),
        Column("note", TEXT, "What happened, for a person"),
        Column("warc_file", TEXT, "Archive of the exchange, relative to the data folder", null=True),
        Column("warc_offset", LONG, "Byte offset of the response record in it", null=True),
        Column("feed_url", TEXT, "Address in the feed list", null=True),
        Column("interval_minutes", REAL, "Time between fetches that suits the feed", null=True),
        Column("on_time", INT, "Successful fetches in a row that came in time", null=True),
        Column("hint_minutes", REAL, "Time between fetches that feed or server ask for", null=True),
        Column("domain", TEXT, "Registrable domain that was asked", null=True),
        Column("blocked_until", TIME, "Until when the server asks for patience (429, 503)", null=True),
        Column("moved_to", TEXT, "Address that it says it moved to for good", null=True),
        Column("moved_seen", INT, "Fetches in a row that agree on that; from 3 on it is asked there", null=True),
        Column("conditional", FLAG, "Whether it was asked by validators", null=True),
        Column("checked_at", TIME, "When it was last read without validators", null=True),
        Column("unchanged_at", TIME, "When the server last said that nothing changed (304)", null=True),
        Column("body_at", TIME, "When the body came that the hash is of: the date of its archive record", null=True),
        Column("body_url", TEXT, "Address that it came from: the URI of its archive record", null=True),
        Column("lying_since", TIME, "When its validators were last caught being wrong", null=True),
        Column("retired_at", TIME, "When it said that it is gone for good (410)", null=True),
    ),
)

ARTICLES = Table(
    "articles",
    "One news item at one URL, one row a revision. Articles that are not relevant keep no text.",
    key=_ARTICLE,
    owner=_ARTICLE,
    columns=(
        Column("article_id", TEXT, "Hash of canonical URL, else GUID, else title and date"),
        Column("revision", INT, "1, and 1 more for each change of content"),
        Column("day", DAY, "Partition: publication date, or date of the fetch when undated, UTC"),
        Column("url", TEXT, "Canonical URL", null=True),
        Column("guid", TEXT, "The publisher's own id of the item", null=True),
        Column("feed_id", TEXT, "Feed that it was first seen in"),
        Column("outlet", TEXT, "Who prints it"),
        Column("publisher", TEXT, "Family that owns the outlet; counted once"),
        Column("affiliation", TEXT, "state, independent, wire or official"),
        Column("country", TEXT, "ISO 3166 code of the outlet's country", null=True),
        Column("language", TEXT, "ISO 639-1 code of the text", null=True),
        Column("title", TEXT, "Headline as plain text"),
        Column("text", TEXT, "Body as plain text; null when not relevant", null=True),
        Column("agency", TEXT, "Wire that the text is credited to", null=True),
        Column("authors", TEXTS, "By-lines"),
        Column("published_at", TIME, "Publication time; null when the feed gives none that can be believed", null=True),
        Column("date_source", TEXT, "published, updated, page, none or implausible"),
        Column("fetched_at", TIME, "When it was first fetched"),
        Column("content_sha256", TEXT, "Hash of title and text as the feed has them"),
        Column("relevant", FLAG, "Whether it reports on the beat", null=True),
        Column("beat", TEXT, "The beat that it was read for", null=True),
        Column("story_id", TEXT, "The happening that it reports", null=True),
        Column("copy_of", TEXT, "The article that it copies", null=True),
        Column("warc_file", TEXT, "Archive of the exchange that brought it", null=True),
        Column("warc_offset", LONG, "Byte offset of the response record", null=True),
        Column("aggregator", TEXT, "Outlet of the feed that passed it on, where that is not who prints it", null=True),
        Column("change", TEXT, "What changed against the revision before; null for revision 1", null=True),
        Column("text_source", TEXT, "feed or page; null reads as feed", null=True),
    ),
)

PAGES = Table(
    "pages",
    "Every article page that was asked for, and what it was. The text of a page that has one is its article's.",
    key=("page_id",),
    owner=("page_id",),
    columns=(
        Column("page_id", TEXT, "Hash of batch, article and revision"),
        Column("day", DAY, "Partition: date of the fetch, UTC"),
        Column("article_id", TEXT, "The article"),
        Column("revision", INT, "The revision of that article"),
        Column("url", TEXT, "Address asked for"),
        Column("final_url", TEXT, "Address after redirects; null where no answer came", null=True),
        Column("canonical_url", TEXT, "Address that the page names as its own", null=True),
        Column("fetched_at", TIME, "When the request started, or was refused"),
        Column("status", INT, "HTTP status; null where no answer came", null=True),
        Column("outcome", TEXT, "text, paywall, consent, robots, error or empty"),
        Column("reason", TEXT, "Why it is not text; empty where it is"),
        Column("chars", INT, "Code points of the main text; 0 where none was kept"),
        Column("title", TEXT, "Title of the page", null=True),
        Column("authors", TEXTS, "By-lines that the page declares"),
        Column("agency", TEXT, "Wire that the page credits", null=True),
        Column("published_at", TIME, "Publication time that the page declares, where it can be believed", null=True),
        Column("modified_at", TIME, "Time of the last change that it declares", null=True),
        Column("language", TEXT, "ISO 639-1 code that it declares", null=True),
        Column("library", TEXT, "Library, with its version, that found the text; null where none was asked", null=True),
        Column("warc_file", TEXT, "Archive of the exchange, relative to the data folder", null=True),
        Column("warc_offset", LONG, "Byte offset of the response record in it", null=True),
    ),
)

MENTIONS = Table(
    "mentions",
    "An entity named in an article.",
    key=("mention_id",),
    owner=_ARTICLE,
    columns=(
        Column("mention_id", TEXT, "Hash of article, revision, span and entity"),
        *_span("name"),
        Column("entity_id", TEXT, "Id in the beat's registry; null for somebody not listed", null=True),
        Column("kind", TEXT, "person, organisation, country or place"),
        Column("party", TEXT, "Side that the entity acts for", null=True),
        Column("sector", TEXT, "GOV, MIL, LEG, SPY, MED, IGO …", null=True),
        Column("rule", TEXT, "How it was found: name, title, metonym, adjective, form, short, echo"),
    ),
)

EVENTS = Table(
    "events",
    "Who did what to whom, by PLOVER type, with CAMEO root code, quad class and Goldstein value.",
    key=("event_id",),
    owner=_ARTICLE,
    columns=(
        Column("event_id", TEXT, "Hash of article, revision, type, actor and recipient"),
        *_span("clause"),
        Column("type", TEXT, "PLOVER event type"),
        Column("mode", TEXT, "PLOVER mode", null=True),
        Column("cameo", TEXT, "CAMEO root code, two digits", null=True),
        Column(
            "quad_class",
            INT,
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
            null=True,
        ),
        Column("goldstein", REAL, "Goldstein value, -10 to 10", null=True),
        Column("actor", TEXT, "Entity id of the actor", null=True),
        Column("actor_party", TEXT, "Party of the actor", null=True),
        Column("recipient", TEXT, "Entity id of the recipient", null=True),
        Column("recipient_party", TEXT, "Party of the recipient", null=True),
        Column("place", TEXT, "Entity id of the place", null=True),
        Column("event_date", DAY, "When it happened", null=True),
        Column("date_precision", TEXT, "day, month or year", null=True),
        Column("quantity", REAL, "A number told of it", null=True),
        Column("unit", TEXT, "What the number counts", null=True),
        Column("modality", TEXT, "actual, planned, alleged or hypothetical"),
        Column("negated", FLAG, "True when the text says that it did not happen"),
        *_PROVENANCE,
    ),
)

STATEMENTS = Table(
    "statements",
    "A speaker's stance on a claim of the beat.",
    key=("statement_id",),
    owner=_ARTICLE,
    columns=(
        Column("statement_id", TEXT, "Hash of article, revision, span, party, stance and claim"),
        *_span("clause"),
        Column("speaker", TEXT, "The speaker as printed"),
        Column("speaker_id", TEXT, "Entity id of the speaker; null for somebody not listed", null=True),
        Column("party", TEXT, "Side that the speaker speaks for"),
        Column("role", TEXT, "official, media, expert or source"),
        Column("via", TEXTS, "Source chain from the outlet's side to the speaker: entity ids or names"),
        Column("stance", TEXT, "confirm, allege, deny, decline, condemn or praise"),
        Column("claim", TEXT, "Claim id of the beat's registry"),
        Column("quote", TEXT, "Words in quotation marks, without the marks", null=True),
        Column("said_on", DAY, "When it was said, as far as the text tells; else the publication date", null=True),
        Column("modality", TEXT, "actual, planned, alleged or hypothetical"),
        Column("background", FLAG, "True for an older stance that the article recalls"),
        *_PROVENANCE,
    ),
)

QUARANTINE, CHECKS = quality.QUARANTINE, quality.CHECKS
QUARANTINE_DECISIONS = quality.QUARANTINE_DECISIONS
ALERTS, JUDGEMENTS = alerts.ALERTS, alerts.JUDGEMENTS
REMOVALS = upkeep.REMOVALS

TABLES: tuple[Table, ...] = (
    FETCHES, ARTICLES, PAGES, MENTIONS, EVENTS, STATEMENTS, STORIES, STORY_CHANGES,
    QUARANTINE, CHECKS, QUARANTINE_DECISIONS, ALERTS, JUDGEMENTS, REMOVALS,
)  # fmt: skip
FACTS: tuple[Table, ...] = (MENTIONS, EVENTS, STATEMENTS)
BY_NAME = {table.name: table for table in TABLES}
