"""The search request: parsed and limited once; no code after it sees a raw parameter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from .analysis import clean
from .date_range import DateRange
from .profile import LEGAL_ES

MAX_QUERY = 200
MAX_VALUES = 20  # per filter

_QUOTED = re.compile(r'["“”«»]([^"“”«»]+)["“”«»]')
_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


class Sort(StrEnum):
    """The order of the results; the value is the query parameter."""

    RELEVANCE = "parecido"
    DATE = "fecha"

    @classmethod
    def parse(cls, text: str, default: Sort) -> Sort:
        """Return the order with this value, or the default."""
        return next((sort for sort in cls if sort.value == text), default)


def _no_filters() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One query: text, filters by field, days, page, order and language."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=_no_filters)
    days: DateRange = field(default_factory=DateRange)
    page: int = 1
    per_page: int = LEGAL_ES.per_page
    sort: Sort = Sort.RELEVANCE
    locale: str = ""
    phrases: tuple[str, ...] = ()
    expand: bool = True

    @property
    def deepest_page(self) -> int:
        """Return the last page that can be requested: the depth is limited, totals are not."""
        return max(1, LEGAL_ES.deepest // self.per_page)

    def without_filter(self, name: str) -> SearchRequest:
        """Return the request without one filter, from its first page."""
        filters = {key: values for key, values in self.filters.items() if key != name}
        return replace(self, filters=freeze(filters), page=1)

    def without_days(self) -> SearchRequest:
        """Return the request for any date, from its first page."""
        return replace(self, days=DateRange(), page=1)

    def with_text(self, text: str) -> SearchRequest:
        """Return the request with another text, from its first page."""
        return replace(self, text=text, phrases=quoted(text), page=1)

    def without_value(self, name: str, value: str) -> SearchRequest:
        """Return the request without one value of a filter, from its first page."""
        filters = {
            key: tuple(v for v in values if (key, v) != (name, value)) for key, values in self.filters.items()
        }
        return replace(self, filters=freeze(filters), page=1)


def freeze(filters: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Return a read-only copy without repeated values and empty filters."""
    tidy = {name: tuple(dict.fromkeys(values))[:MAX_VALUES] for name, values in filters.items()}
    return MappingProxyType({name: values for name, values in tidy.items() if values})


def tidy_text(raw: str) -> tuple[str, bool]:
    """Return the text printable and limited, and whether it was cut."""
    text = _SPACES.sub(" ", clean(raw[: MAX_QUERY * 50])).strip()
    if len(text) <= MAX_QUERY:
        return text, False
    return text[:MAX_QUERY].rstrip(), True


def quoted(text: str) -> tuple[str, ...]:
    """Return the parts between quotation marks of any shape."""
    return tuple(part.strip() for part in _QUOTED.findall(text) if part.strip())
