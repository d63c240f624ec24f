"""Values: typed data of an attribute, for a locale, a channel and a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Window:
    """From ``start`` (included) to ``end`` (excluded), local dates or dates and minutes."""

    start: str | None = None
    end: str | None = None


@dataclass
class Measurement:
    """An amount, a decimal in text, of a unit."""

    amount: str
    unit: str


@dataclass
class Money:
    """An amount, a decimal in text, of a currency (ISO 4217)."""

    amount: str
    currency: str


@dataclass
class Table:
    """Rows of text under named columns; every row has a cell for each column."""

    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Value:
    """One value of an attribute. What is ``None`` holds for all.

    ``kind`` is the attribute's type as the contract calls it: ``text``, ``rich-text``, …
    """

    attribute: str
    kind: str
    data: Any
    locale: str | None = None
    channel: str | None = None
    window: Window | None = None
