"""Airflow connections as alert channels."""

import json

import pytest

from media_monitor.errors import SettingError
from media_monitor.notifications import connections


def of(kind, query=None, **values):
    from airflow.sdk import Connection  # takes seconds, in each process that collects tests

    extra = values.pop("extra", {})
    return connections.of(Connection(conn_id="desk", conn_type=kind, extra=json.dumps(extra), **values), query or {})


@pytest.mark.parametrize(
    ("kind", "values", "url"),
    [
        ("apprise", {"extra": {"config": {"path": "json://a.example"}}}, "json://a.example"),
        ("apprise", {"extra": {"config": [{"path": "json://a.example"}]}}, "json://a.example"),
        (
            "smtp",
            {"host": "mail.example", "port": 465, "login": "me@x.example", "password": "p@/ss", "query": {"to": "d@x"}},
            "mailtos://me%40x.example:p%40%2Fss@mail.example:465?from=me%40x.example&to=d%40x&mode=ssl",
        ),
        (
            "smtp",
            {"host": "h", "extra": {"from_email": "a@x", "to": "d@x", "disable_ssl": True}},
            "mailtos://h?from=a%40x&to=d%40x&mode=starttls",
        ),
        (
            "smtp",
            {"host": "h", "extra": {"from_email": "a@x", "to": "d@x", "disable_ssl": "true", "disable_tls": True}},
            "mailto://h?from=a%40x&to=d%40x&mode=insecure",
        ),
        ("http", {"host": "hooks.example", "port": 8080}, "json://hooks.example:8080"),
        (
            "http",
            {"host": "https://hooks.example/desk", "extra": {"headers": {"X-Token": "t 1"}}},
            "jsons://hooks.example/desk?%2BX-Token=t+1",
        ),
        ("http", {"host": "hooks.example", "schema": "https", "login": "u"}, "jsons://u@hooks.example"),
    ],
)
def test_a_connection_is_an_apprise_url(kind, values, url):
    assert of(kind, **values) == [url]


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        ("apprise", {}, "config"),
        ("smtp", {}, "no host"),
        ("smtp", {"host": "h", "login": "a@x"}, "no recipient"),
        ("smtp", {"host": "h", "query": {"to": "d@x"}}, "from_email"),
        ("sqlite", {"host": "h"}, "type sqlite"),
    ],
)
def test_what_a_connection_lacks_is_told(kind, values, reason):
    with pytest.raises(SettingError, match=reason) as error:
        of(kind, **values)
    assert error.value.culprit == "connection desk"


def test_a_connection_is_looked_up_by_its_id(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_DESK_HOOK", "http://hooks.example:81")
    assert connections.urls("desk_hook?rto=2") == ["json://hooks.example:81?rto=2"]
    with pytest.raises(SettingError, match="connection nosuch_one"):
        connections.urls("nosuch_one")
