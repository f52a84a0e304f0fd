"""A short item in each of the ten languages, in our own words: a statement with speaker, cue and claim in each."""

from datetime import date

from media_monitor.extract.document import Document

DAY = date(2025, 4, 28)


def _document(language: str, title: str, text: str) -> Document:
    return Document(f"{language}-1", title, text, language, DAY, "Northgate", day=DAY)


# language -> (document, (party, stance, claim) that must be explained, what its cue holds)
TEXTS = {
    "ar": (
        _document(
            "ar",
            "كوريا الشمالية تؤكد للمرة الأولى إرسال قوات إلى روسيا",
            "أكدت كوريا الشمالية الاثنين للمرة الأولى أنها أرسلت جنودا للقتال إلى جانب روسيا في كورسك. "
            'ونددت وزارة الخارجية الكورية الجنوبية بالانتشار وقالت إنه "انتهاك صارخ لقرارات مجلس الأمن".',
        ),
        ("KP", "confirm", "troops_deployed"),
        "تؤكد",
    ),
    "en": (
        _document(
            "en",
            "North Korea confirms that its troops fought in Kursk",
            "North Korea on Monday confirmed that its soldiers had fought for Russia in Kursk. Russia's embassy in "
            "Oslo refused to comment on North Korean soldiers. The minister spoke about the weather.",
        ),
        ("KP", "confirm", "troops_in_combat"),
        "confirms",
    ),
    "ru": (
        _document(
            "ru",
            "Песков опроверг отправку северокорейских военных",
            "Дмитрий Песков опроверг сообщения об отправке северокорейских военных на Украину. Южная Корея заявила, "
            "что КНДР направила солдат в Россию.",
        ),
        ("RU", "deny", "troops_deployed"),
        "опроверг",
    ),
    "ko": (
        _document(
            "ko",
            "국정원 “북한군 러시아 파병 확인”",
            "국가정보원은 28일 북한군이 러시아에 파병됐다고 밝혔다. 러시아 외무부는 북한군 파병 보도를 부인했다.",
        ),
        ("RU", "deny", "troops_deployed"),
        "부인",
    ),
    "zh": (
        _document(
            "zh",
            "朝鲜首次承认向俄罗斯派兵",
            "朝中社28日报道说，朝鲜首次承认向俄罗斯派遣军队参加库尔斯克的战斗。韩国外交部谴责朝鲜向俄罗斯派兵。",
        ),
        ("KP", "confirm", "troops_deployed"),
        "承认",
    ),
    "uk": (
        _document(
            "uk",
            "Південна Корея засудила відправлення військ КНДР до Росії",
            "МЗС Південної Кореї засудило відправлення північнокорейських військ до Росії. У Кремлі відмовилися "
            "коментувати участь солдатів КНДР у боях.",
        ),
        ("KR", "condemn", "troops_deployed"),
        "засудила",
    ),
    "ja": (
        _document(
            "ja",
            "北朝鮮、ロシアへの派兵を初めて認める",
            "北朝鮮は28日、ロシアへの派兵を初めて認めた。韓国外務省は北朝鮮の派兵を強く非難した。",
        ),
        ("KR", "condemn", "troops_deployed"),
        "非難",
    ),
    "fr": (
        _document(
            "fr",
            "La Corée du Nord confirme avoir envoyé des soldats en Russie",
            "La Corée du Nord a confirmé lundi avoir envoyé des soldats en Russie. Le ministère sud-coréen des "
            "Affaires étrangères a condamné l'envoi de troupes nord-coréennes en Russie.",
        ),
        ("KP", "confirm", "troops_deployed"),
        "confirme",
    ),
    "es": (
        _document(
            "es",
            "Corea del Norte confirma el envío de tropas a Rusia",
            "Corea del Norte confirmó el lunes que envió tropas a Rusia. El Ministerio de Exteriores surcoreano "
            "condenó el envío de soldados norcoreanos a Rusia.",
        ),
        ("KP", "confirm", "troops_deployed"),
        "confirma",
    ),
    "de": (
        _document(
            "de",
            "Nordkorea bestätigt Entsendung von Soldaten nach Russland",
            "Nordkorea hat am Montag bestätigt, dass es Soldaten nach Russland entsandt hat. Das südkoreanische "
            "Außenministerium verurteilte die Entsendung nordkoreanischer Soldaten.",
        ),
        ("KP", "confirm", "troops_deployed"),
        "bestätigt",
    ),
}
