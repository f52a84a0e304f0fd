"""The words for states, grades and kinds of alerts: plain, and no stronger than the evidence."""

BEFORE = {
    "silent": "silent: it had said nothing on this",
    "alleged": "had alleged it",
    "declined": "had neither confirmed nor denied it",
    "denied": "had denied it",
    "implicit": "had acknowledged it implicitly, by thanks or praise",
    "confirmed": "had confirmed it",
}
GRADES = {
    "primary": "primary: its own outlet, or a named speaker word for word",
    "corroborated": "corroborated: at least two independent publishers",
    "single source": "single source: one independent publisher",
    "implicit": "implicit: thanks or praise, without a word of confirming",
    "on record": "on record: documented elsewhere, before what is collected here begins",
    "disputed": "disputed: another party to the claim says the opposite",
}
# What is new, in one line. {party} is who speaks, {claim} what about, {grade} how sure it is now.
HEADLINES = {
    "first_confirmation": "{party} confirms for the first time: {claim}",
    "implicit": "{party} acknowledges implicitly: {claim}",
    "denial": "{party} denies: {claim}",
    "reversal": "{party} takes back what it had confirmed: {claim}",
    "grade_raised": "Better evidence, now {grade}: {party} confirms: {claim}",
    "withdrawn": "Evidence withdrawn: {party} was said to confirm: {claim}",
}
RETURN = "{party} confirms again what it had taken back: {claim}"
# What the kind means where a hasty reader could take it for more.
NOTES = {
    "implicit": "It has not confirmed in so many words: thanks or praise for the act is all there is.",
    "reversal": "The earlier confirmation stays on record.",
    "grade_raised": "This is no new confirmation: the one reported before rests on more.",
    "withdrawn": "The article no longer says it. What other articles say stands; see the evidence.",
    "burst": "A count of articles, and no statement by anybody.",
    "silence": "Either nothing is printed there, or it no longer reaches us.",
    "quarantine": "Rows in quarantine count nowhere until somebody has looked at them.",
}
