"""Settings as Airflow has them: what its file and its environment say, digit by digit.

Airflow itself writes our defaults into a new airflow.cfg where several of its processes start at once."""

import json
import os
import subprocess
import sys

CODE = """
import json
from media_monitor import airflow_context
found = airflow_context.settings(beat="other")
print(json.dumps([found.page_token, found.sql_seconds, found.chunk_size, found.sql_rows, found.beat]))
"""
FILE = """
[media_monitor]
page_token = 0123
sql_seconds = 5
chunk_size = 9
"""


def test_values_are_taken_as_they_are_written(tmp_path):
    (tmp_path / "airflow.cfg").write_text(FILE)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEDIA_MONITOR", "AIRFLOW"))}
    given = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW__MEDIA_MONITOR__CHUNK_SIZE": "7", "MEDIA_MONITOR_SQL_ROWS": "11"}
    done = subprocess.run([sys.executable, "-c", CODE], env=kept | given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == ["0123", 5.0, 7, 11, "other"]
