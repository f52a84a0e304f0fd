"""Builds the site: `python -m website.build` (what `make docs` calls). Pages lie in docs/; the reference is made anew.

A link that leads nowhere fails the build. Links to files of the checkout that are no pages become their names.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from media_monitor.beat import shipped
from media_monitor.collect.lists import feed_page
from media_monitor.report.printed import settings
from media_monitor.validate import docs as expectations
from media_monitor.warehouse import docs as tables
from website import cli_page, notebook, scores

ROOT = Path(__file__).resolve().parents[1]
STAGED = ROOT / "var" / "docs"
OTHERS = {  # pages that lie outside docs/, by their name there
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changes.md",
    "docs/notebook.ipynb": "notebook.md",
    "plugins/media_monitor/lexicons/README.md": "lexicons.md",
    "plugins/media_monitor/models/stance/README.md": "stance-model.md",
    "plugins/media_monitor/models/stories/README.md": "story-model.md",
}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]*)(#[^)\s]*)?\)")
_CODE = re.compile(r"(^```.*?^```|`[^`\n]+`)", re.M | re.S)


def generated() -> Mapping[str, str]:
    """The pages that are made from the sources, by name."""
    return {
        "cli.md": cli_page.page(),
        "expectations.md": expectations.page(ROOT / "expectations"),
        **{feed_page.file(beat): feed_page.page(beat) for beat in shipped()},
        "settings.md": settings.page(),
        "tables.md": tables.page(),
    }


def relinked(text: str, source: Path) -> str:
    """The text of that file with its links as they are on the site, code left alone."""
    parts = _CODE.split(text)
    return "".join(part if n % 2 else _LINK.sub(lambda m: _link(m, source), part) for n, part in enumerate(parts))


def _link(found: re.Match[str], source: Path) -> str:
    image, words, path, anchor = found[1], found[2], found[3], found[4] or ""
    if not path or re.match(r"[a-z]+:", path):
        return found[0]
    target = (source.parent / path).resolve()
    name = OTHERS.get(target.relative_to(ROOT).as_posix()) if target.is_relative_to(ROOT) else None
    if name is None and target.is_relative_to(ROOT / "docs"):
        name = target.relative_to(ROOT / "docs").as_posix()
    if name is None and target.exists():
        return f"{words} (`{target.relative_to(ROOT).as_posix()}`)"
    return f"{image}[{words}]({name or path}{anchor})"


def stage() -> None:
    """Gathers all pages in one folder."""
    shutil.rmtree(STAGED, ignore_errors=True)
    shutil.copytree(ROOT / "docs", STAGED, ignore=shutil.ignore_patterns("*.md", "*.ipynb"))
    sources = {path.name: path for path in (ROOT / "docs").glob("*.md")}
    sources |= {name: ROOT / path for path, name in OTHERS.items() if path.endswith(".md")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in sources.items()} | generated()
    texts["method.md"] = texts["method.md"].replace(scores.MARK, scores.table())
    for name, text in texts.items():
        (STAGED / name).write_text(relinked(text, sources.get(name, ROOT / "docs" / name)), encoding="utf-8")
    (STAGED / "notebook.md").write_text(notebook.page(ROOT / "docs" / "notebook.ipynb", STAGED / "images"), "utf-8")
    shutil.copy(ROOT / "website" / "style.css", STAGED / "style.css")


def build() -> int:
    """The exit code of the strict build of all pages."""
    stage()
    return render()


def render() -> int:
    """The exit code of the strict build of what is gathered."""
    program = Path(sys.executable).with_name("zensical")
    command = [program, "build", "--clean", "--strict", "-f", "mkdocs.yml"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(build())
