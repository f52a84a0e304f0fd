"""The first files of a new beat, from the templates of the package."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from media_monitor.errors import BeatError

TEMPLATE = Path(__file__).with_name("template")
LANGUAGE = "xx"  # in the name of a template: made once for each language


def write(folder: Path, title: str, languages: Sequence[str]) -> list[Path]:
    """The files made, in order. Nothing is written over.

    Raises:
        BeatError: the folder is there already, or no language is given.
    """
    if folder.exists():
        raise BeatError(folder, "is there already")
    if not languages:
        raise BeatError("languages", "give one at least, such as en")
    made = []
    for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        for target, language in _targets(folder / source.relative_to(TEMPLATE), languages):
            text = source.read_text(encoding="utf-8")
            listed = ", ".join(f'"{one}"' for one in languages)
            for mark, value in (
                ("{title}", title.replace('"', "'")),
                ("{languages}", listed),
                ("{language}", language),
            ):
                text = text.replace(mark, value)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            made.append(target)
    return made


def _targets(path: Path, languages: Sequence[str]) -> Iterator[tuple[Path, str]]:
    if LANGUAGE not in {path.stem, *path.parts}:
        yield path, languages[0]
        return
    for language in languages:
        named = Path(*(language if part == LANGUAGE else part for part in path.parts))
        yield named.with_name(f"{language}.tsv") if path.stem == LANGUAGE else named, language
