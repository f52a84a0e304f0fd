"""Prints the table of checks in `docs/faults.md`: `python -m media_monitor.doctor.docs`."""

from media_monitor.doctor.registry import CHECKS


def table() -> str:
    """Markdown: a row a check, in the order in which they are made."""
    head = "| check | what holds | what may break it | `--repair` | `--quick` |\n| --- | --- | --- | --- | --- |\n"
    rows = (
        f"| `{one.name}` | {one.holds} | {one.broken_by} | {one.mending} | {'yes' if one.quick else 'left out'} |\n"
        for one in CHECKS
    )
    return head + "".join(rows)


if __name__ == "__main__":
    print(table(), end="")
