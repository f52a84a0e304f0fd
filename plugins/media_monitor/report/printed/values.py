"""Any data as JSON, for standard output."""

import json
from datetime import date, datetime
from typing import Any

from media_monitor.report.printed.terminal import written


def print_json(data: Any) -> None:
    """Prints JSON, whatever the width of the terminal; an unpaired surrogate, which no terminal takes, as "?"."""
    text = written(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))
    print(text.encode("utf-8", "replace").decode("utf-8"))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
