"""Every JSON endpoint of /openapi.json is asked what its description allows and what it does not (Schemathesis)."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import APIOperation, BaseSchema

EXAMPLES = 3  # for each endpoint, of what is allowed and of what is not: some seconds in all
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
load_all_checks()
CHECKED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]
LONGEST_ADDRESS = 60_000  # characters: the server itself refuses longer ones


@pytest.fixture(scope="module")
def session(entrance) -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.cookies.set("media_monitor", parse_qs(urlsplit(entrance).query)["token"][0])
        yield made


@pytest.fixture(scope="module")
def schema(session, address) -> BaseSchema:
    return schemathesis.openapi.from_dict(session.get(f"{address}/openapi.json", timeout=60).json())


def operations(schema: BaseSchema) -> list[APIOperation]:
    found = [one.ok() for one in schema.get_all_operations()]
    assert len(found) >= 5
    return found


def asked(operation: APIOperation, mode: GenerationMode, ask) -> None:
    """Asks the endpoint `EXAMPLES` times, the same things in every run."""

    @seed(6)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def examples(case: Case) -> None:
        ask(case)

    examples()


def test_everything_that_is_described_is_json_and_only_reads(schema):
    for operation in operations(schema):
        assert operation.method.upper() == "GET", operation.label
        assert operation.path.startswith("/api/"), operation.label
        raw = operation.definition.raw
        assert raw.get("summary"), operation.label
        undescribed = [
            one["name"] for one in raw.get("parameters", []) if one["in"] == "query" and not one.get("description")
        ]
        assert not undescribed, (operation.label, undescribed)


def test_answers_match_their_description(schema, session, address):
    for operation in operations(schema):
        asked(
            operation,
            GenerationMode.POSITIVE,
            lambda case: case.call_and_validate(base_url=address, session=session, checks=CHECKED, timeout=60),
        )


def test_wrong_parameters_are_told_in_one_line(schema, session, address):
    def ask(case: Case) -> None:
        answer = case.call(base_url=address, session=session, timeout=60)
        if len(answer.request.url) > LONGEST_ADDRESS:
            return  # it never came to the application
        assert answer.status_code in (200, 404, 422), (case.as_curl_command(), answer.text)
        if answer.status_code == 422:
            assert list(answer.json()) == ["error"]
            assert "\n" not in answer.json()["error"], case.as_curl_command()
            told.append(operation.label)

    told: list[str] = []
    for operation in operations(schema):
        if any(one["in"] == "query" for one in operation.definition.raw.get("parameters", [])):
            asked(operation, GenerationMode.NEGATIVE, ask)
    assert len(told) >= 5


def test_nobody_gets_any_of_it(schema, address):
    def ask(case: Case) -> None:
        answer = case.call(base_url=address, timeout=60)
        assert answer.status_code == 401, case.as_curl_command()

    assert httpx.get(f"{address}/openapi.json").status_code == 401
    for operation in operations(schema):
        asked(operation, GenerationMode.POSITIVE, ask)
