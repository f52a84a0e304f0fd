"""The page docs/settings.md: `python -m media_monitor.report.printed.settings > docs/settings.md`."""

from media_monitor.config import PACKAGE, documented

HEAD = """# Settings

Each can be given as `MEDIA_MONITOR_<NAME>` in the environment or, in Airflow, as a key of `[media_monitor]` in
airflow.cfg; the environment wins. A name that is not known is an error.

| name | default | meaning | example |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The page as Markdown, one row a setting."""
    rows = (
        "| " + " | ".join((f"`{name}`", _shown(default), doc, _shown(example))) + " |"
        for name, default, doc, example in documented()
    )
    return HEAD + "\n".join(rows) + "\n"


def _shown(value: str) -> str:
    value = value.replace(str(PACKAGE), "(package)")
    return f"`{value}`" if value and value != "()" else "–"


if __name__ == "__main__":
    print(page(), end="")
