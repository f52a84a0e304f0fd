"""What a page or a JSON endpoint may be asked for. Every view and the command line use the same names."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from media_monitor.report.asked.coverage import movements

PER_PAGE = 50
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)

_Name = Annotated[str | None, Field(max_length=200)]
_Day = Annotated[date | None, Field(ge=_EARLIEST, le=_LATEST)]


# The members are data of the trends, so that a form, the JSON endpoints and the command line offer the same.
Bucket = StrEnum("Bucket", movements.BUCKETS)  # type: ignore[misc]
Dimension = StrEnum("Dimension", ("claim", *movements.DIMENSIONS))  # type: ignore[misc]


class Filters(BaseModel):
    """The query string of a view. A field left empty in a form counts as not given."""

    model_config = ConfigDict(extra="ignore")

    claim: _Name = Field(None, description="Id of a claim of the beat")
    party: _Name = Field(None, description="Code of a party, as KP or UN")
    language: _Name = Field(None, description="ISO 639-1 code")
    publisher: _Name = Field(None, description="Family that owns outlets")
    outlet: _Name = Field(None, description="Who printed it")
    affiliation: _Name = Field(None, description="state, independent, wire or official")
    since: _Day = Field(None, description="First day, UTC")
    until: _Day = Field(None, description="Last day, UTC, included")
    before_since: _Day = Field(None, description="First day of the period to compare with, UTC")
    before_until: _Day = Field(None, description="Last day of that period, UTC, included")
    bucket: Bucket | None = Field(None, description="Length of a row")
    dimension: Dimension | None = Field(None, description="By what rows are split")
    story: _Name = Field(None, description="Id of a story")
    feed: _Name = Field(None, description="Id of a feed")
    q: Annotated[str | None, Field(max_length=500)] = Field(None, description="Words to look for")
    page: Annotated[int, Field(ge=1, le=100_000)] = Field(1, description=f"Page of {PER_PAGE} rows, from 1")

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: Any, info: Any) -> Any:
        empty = isinstance(value, str) and not value.strip()
        return cls.model_fields[info.field_name].default if empty else value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since is after until")
        if self.before_since and self.before_until and self.before_since > self.before_until:
            raise ValueError("before_since is after before_until")
        return self

    def changed(self, **changes: Any) -> str:
        """The query string with some fields changed, "?" before it; fields that are None are left out.

        >>> Filters(claim="treaty", page=3).changed(page=1, party="KP")
        '?claim=treaty&party=KP'
        """
        values = {**self.model_dump(mode="json"), **changes}
        given = {name: value for name, value in values.items() if value is not None and (name, value) != ("page", 1)}
        return f"?{urlencode(given)}" if given else "?"


Asked = Annotated[Filters, Query()]
