"""Proposing values and remarks.

A value is proposed whole and then narrowed::

    patch.text("badge", "Talven suosikki").locale("fi-FI").window("2026-11-15", "2027-01-07")
    patch.warning("size-unknown", "\"XXM\" is not a size; use S, M, L or XL").attribute("size")
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .value import Measurement, Money, Table, Value, Window


class Proposal:
    """A value just proposed, to be narrowed."""

    def __init__(self, value: Value) -> None:
        self._value = value

    def locale(self, locale: str) -> Proposal:
        """Holds for this locale only."""
        self._value.locale = locale
        return self

    def channel(self, channel: str) -> Proposal:
        """Holds for this channel only."""
        self._value.channel = channel
        return self

    def window(self, start: str | None, end: str | None) -> Proposal:
        """Holds from ``start`` (included) to ``end`` (excluded)."""
        self._value.window = Window(start, end)
        return self

    def since(self, start: str) -> Proposal:
        """Holds from ``start`` on."""
        return self.window(start, self._value.window.end if self._value.window else None)

    def until(self, end: str) -> Proposal:
        """Holds until ``end``, excluded."""
        return self.window(self._value.window.start if self._value.window else None, end)


@dataclass
class Remark:
    """A diagnostic just made, to be placed."""

    severity: str
    code: str
    message: str
    about: str | None = None
    in_locale: str | None = None

    def attribute(self, attribute: str) -> Remark:
        """Concerns this attribute."""
        self.about = attribute
        return self

    def locale(self, locale: str) -> Remark:
        """Concerns this locale."""
        self.in_locale = locale
        return self


@dataclass
class Patch:
    """What a plugin proposes for one product."""

    values: list[Value] = field(default_factory=list)
    diagnostics: list[Remark] = field(default_factory=list)

    def text(self, attribute: str, text: str) -> Proposal:
        return self._set(attribute, "text", text)

    def rich_text(self, attribute: str, html: str) -> Proposal:
        """HTML with the tags p, br, ul, ol, li, strong, em, b, i, h3 and h4, without attributes."""
        return self._set(attribute, "rich-text", html)

    def boolean(self, attribute: str, value: bool) -> Proposal:
        return self._set(attribute, "boolean", value)

    def integer(self, attribute: str, integer: int) -> Proposal:
        return self._set(attribute, "integer", integer)

    def decimal(self, attribute: str, decimal: Decimal | str | int) -> Proposal:
        """A ``Decimal``, or one in text, ``4.33``: never a float."""
        return self._set(attribute, "decimal", _decimal_text(decimal))

    def date(self, attribute: str, date: str) -> Proposal:
        """An ISO 8601 date, ``2026-12-24``."""
        return self._set(attribute, "date", date)

    def options(self, attribute: str, codes: Iterable[str]) -> Proposal:
        """Option codes, in order."""
        return self._set(attribute, "options", list(codes))

    def measurement(self, attribute: str, amount: Decimal | str | int, unit: str) -> Proposal:
        return self._set(attribute, "measurement", Measurement(_decimal_text(amount), unit))

    def money(self, attribute: str, amount: Decimal | str | int, currency: str) -> Proposal:
        """An amount of a currency (ISO 4217)."""
        return self._set(attribute, "money", Money(_decimal_text(amount), currency))

    def table(
        self, attribute: str, columns: Sequence[str], rows: Iterable[Iterable[str]]
    ) -> Proposal:
        """Rows of text under named columns; every row has a cell for each column."""
        table = Table(list(columns), [[str(cell) for cell in row] for row in rows])
        if any(len(row) != len(table.columns) for row in table.rows):
            raise ValueError(f"a row of {attribute} has not one cell for each column")
        return self._set(attribute, "table", table)

    def info(self, code: str, message: str) -> Remark:
        """Good to know about the product."""
        return self._remark("info", code, message)

    def warning(self, code: str, message: str) -> Remark:
        """A person should look at it."""
        return self._remark("warning", code, message)

    def error(self, code: str, message: str) -> Remark:
        """Wrong; a person has to put it right."""
        return self._remark("error", code, message)

    def _set(self, attribute: str, kind: str, data: Any) -> Proposal:
        value = Value(attribute, kind, data)
        self.values.append(value)
        return Proposal(value)

    def _remark(self, severity: str, code: str, message: str) -> Remark:
        remark = Remark(severity, code, message)
        self.diagnostics.append(remark)
        return remark


def _decimal_text(decimal: Decimal | str | int) -> str:
    text = f"{decimal:f}" if isinstance(decimal, Decimal) else str(decimal)
    if isinstance(decimal, float) or not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError(f"{decimal!r} is not a plain decimal such as \"-12.50\"")
    return text
