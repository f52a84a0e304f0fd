"""An Airflow home inside the checkout: SQLite, SimpleAuthManager, nothing outside the folder `var/`."""

import json
import os
import secrets
from pathlib import Path

from media_monitor.allocators import SPARING

CHECKOUT = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
USERS = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"
ADMIN = "admin"


def environment(var: Path, port: int) -> dict[str, str]:
    """The variables that make Airflow live in `var`/airflow and serve on loopback only. Makes folder and secrets.

    Users beside the admin are those of Airflow's own variable, as "admin:admin,desk:viewer"; Airflow writes their
    passwords to `var`/airflow/passwords.json.
    """
    home = var / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    address = f"http://{HOST}:{port}"
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(CHECKOUT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        USERS: os.environ.get(USERS, f"{ADMIN}:admin"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_password_file(home)),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PYTHONWARNINGS": "ignore",
        **SPARING,
    }


def login(var: Path) -> tuple[str, str]:
    """User name and password of the admin of the Airflow page."""
    passwords: dict[str, str] = json.loads(_password_file(var / "airflow").read_text())
    return ADMIN, passwords[ADMIN]


def prepare() -> None:
    """Makes or upgrades the metadata database and the writer's pool; wants `environment` in force already."""
    from airflow.models.pool import Pool
    from airflow.utils import db

    from media_monitor.operators.stages import WRITER_POOL

    if not Path(os.environ["AIRFLOW_HOME"], "airflow.db").exists() or _outdated():
        db.upgradedb()
    Pool.create_or_update_pool(WRITER_POOL, 1, "One writer of lake and warehouse at a time", include_deferred=False)


def _outdated() -> bool:
    from airflow.utils import db

    try:
        db.check_migrations(0)  # type: ignore[no-untyped-call]
    except (TimeoutError, SystemExit):
        return True
    return False


def _password_file(home: Path) -> Path:
    path = home / "passwords.json"
    if not path.exists():
        _write_private(path, json.dumps({ADMIN: secrets.token_urlsafe(12)}))
    return path


def _secret(home: Path) -> str:
    path = home / "jwt_secret"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(64))
    return path.read_text()


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
