"""Names of months, halves of the day and time zones as feeds write them.

Months: names and usual abbreviations, nominative and genitive, from the Unicode CLDR date patterns of each language.
Zones: RFC 822 section 5.1, and names with one meaning in practice; those with several (IST, AST) are left out. CST is
read as RFC 822 has it, in North America.
"""

_MONTHS = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
    "october oct|november nov|december dec",
    "de": "januar jän jänner|februar|märz mär mrz|april|mai|juni|juli|august|september|oktober okt|november|"
    "dezember dez",
    "fr": "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre|octobre|novembre|"
    "décembre déc",
    "es": "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|"
    "diciembre dic",
    "pt": "janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro",
    "it": "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|"
    "dicembre",
    "ru": "января январь янв|февраля февраль февр фев|марта март мар|апреля апрель апр|мая май|июня июнь июн|"
    "июля июль июл|августа август авг|сентября сентябрь сент сен|октября октябрь окт|ноября ноябрь нояб ноя|"
    "декабря декабрь дек",
    "uk": "січня січень січ|лютого лютий лют|березня березень бер|квітня квітень квіт кві|травня травень трав тра|"
    "червня червень черв чер|липня липень лип|серпня серпень серп сер|вересня вересень вер|жовтня жовтень жовт жов|"
    "листопада листопад лист лис|грудня грудень груд гру",
    "pl": "stycznia sty|lutego lut|marca|kwietnia kwi|maja|czerwca cze|lipca lip|sierpnia sie|września wrz|"
    "października paź|listopada lis|grudnia gru",
    "tr": "ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|"
    "aralık ara",
    "ar": "يناير|فبراير|مارس|أبريل ابريل إبريل|مايو|يونيو يونيه|يوليو يوليه|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|"
    "نوفمبر|ديسمبر",
    "ar-levant": "كانون‌الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين‌الأول|تشرين‌الثاني|كانون‌الأول",
    "fa": "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
}

MONTHS = {
    name: number
    for names in _MONTHS.values()
    for number, spellings in enumerate(names.split("|"), 1)
    for name in spellings.split()
}
"""Month name in lower case -> 1 to 12."""

FORENOON = frozenset({"am", "오전", "上午", "午前", "凌晨", "早上"})
AFTERNOON = frozenset({"pm", "오후", "下午", "午後", "晚上"})

ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "trt": 3,
    "msd": 4, "gst": 4, "ict": 7, "wib": 7, "hkt": 8, "sgt": 8, "awst": 8, "kst": 9, "jst": 9, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Zone name in lower case -> hours east of Greenwich."""
