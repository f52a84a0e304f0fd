"""Airflow connections as alert channels: `airflow:connection`, for mail `airflow:connection?to=desk@example.org`."""

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from airflow.sdk import BaseHook, Connection

from media_monitor.errors import SettingError

HTTP_PORTS = {"http": "json", "https": "jsons"}


def urls(reference: str) -> list[str]:
    """The Apprise URLs of a connection of type apprise, smtp or http.

    Raises:
        SettingError: there is no such connection, or it is of another type or lacks something.
    """
    conn_id, _, query = reference.partition("?")
    where = f"connection {conn_id}"
    try:
        connection = BaseHook.get_connection(conn_id)
    except Exception as error:  # which one depends on where it is looked up: in a task, from the environment …
        raise SettingError(where, f"cannot be read: {error}") from error
    return of(connection, dict(parse_qsl(query)))


def of(connection: Connection, query: dict[str, str]) -> list[str]:
    """As `urls`, for a connection that was found. `query`: what stands after the question mark.

    Raises:
        SettingError: it is of another type or lacks something.
    """
    where, extra = f"connection {connection.conn_id}", connection.extra_dejson
    if connection.conn_type == "apprise":
        return _apprise(extra, where)
    if not connection.host:
        raise SettingError(where, "has no host")
    if connection.conn_type == "smtp":
        return [_mail(connection, extra, query, where)]
    if connection.conn_type == "http":
        return [_webhook(connection, extra, query)]
    raise SettingError(where, f"is of type {connection.conn_type}; alerts go through apprise, smtp or http")


def _apprise(extra: dict[str, Any], where: str) -> list[str]:
    config = extra.get("config", [])
    entries = [config] if isinstance(config, dict) else config
    found = [str(entry["path"]) for entry in entries if entry.get("path")]
    if not found or len(found) < len(entries):
        raise SettingError(where, "has no `config` with a `path` in its extra")
    return found


def _mail(connection: Connection, extra: dict[str, Any], query: dict[str, str], where: str) -> str:
    """As the SMTP provider reads it: SSL unless `disable_ssl`, else STARTTLS unless `disable_tls`."""
    to, sender = query.get("to") or extra.get("to"), query.get("from") or extra.get("from_email") or connection.login
    if not to or not sender:
        missing = "recipient: write airflow:connection?to=desk@example.org" if not to else "`from_email` in its extra"
        raise SettingError(where, f"has no {missing}")
    plain = _true(extra.get("disable_tls"))
    mode = "ssl" if not _true(extra.get("disable_ssl")) else "insecure" if plain else "starttls"
    scheme = "mailto" if mode == "insecure" else "mailtos"
    return f"{scheme}://{_authority(connection)}?{urlencode({'from': sender, 'to': to, 'mode': mode})}"


def _webhook(connection: Connection, extra: dict[str, Any], query: dict[str, str]) -> str:
    """A POST of JSON; what stands in `headers` of the extra goes along."""
    host = connection.host or ""
    parts = urlsplit(host if "://" in host else f"{connection.schema or 'http'}://{host}")
    scheme = HTTP_PORTS.get(parts.scheme, "jsons")
    headers = {f"+{name}": str(value) for name, value in dict(extra.get("headers") or {}).items()}
    asked = urlencode({**headers, **query})
    authority = _authority(connection, parts.hostname or "", parts.port)
    return f"{scheme}://{authority}{parts.path}{f'?{asked}' if asked else ''}"


def _authority(connection: Connection, host: str = "", port: int | None = None) -> str:
    user = quote(connection.login or "", safe="")
    if connection.password:
        user += f":{quote(connection.password, safe='')}"
    number = connection.port or port
    return f"{f'{user}@' if user else ''}{host or connection.host}{f':{number}' if number else ''}"


def _true(value: object) -> bool:
    return str(value).lower() in ("true", "1", "yes")
