"""Reading a product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .value import Measurement, Money, Table, Value, Window


@dataclass
class Review:
    """A customer's review. ``rating`` is out of 5, a decimal in text."""

    source: str
    id: str
    rating: str
    locale: str | None = None
    title: str = ""
    text: str = ""
    author: str = ""
    date: str | None = None
    verified: bool = False
    incentivised: bool = False


@dataclass
class Stock:
    """How many pieces a stock location holds."""

    location: str
    quantity: int


@dataclass
class Price:
    """A price in a price list, while its window is open."""

    price_list: str
    money: Money
    window: Window | None = None


@dataclass
class Association:
    """A link to another product."""

    kind: str
    sku: str
    quantity: int = 1


@dataclass
class Image:
    """A photo of the product; :func:`read_image` reads its bytes."""

    asset: str
    file_name: str
    role: str
    size: int


@dataclass
class Context:
    """What holds for the whole shop."""

    locales: Sequence[str]
    channels: Sequence[str] = ()


@dataclass
class Product:
    """A product: what ``reads`` names of it, and nothing else.

    The readers take the plain value of an attribute, the one for every channel and all times;
    others are in :meth:`values_of`.
    """

    values: Sequence[Value] = ()
    reviews: Sequence[Review] = ()
    stock: Sequence[Stock] = ()
    prices: Sequence[Price] = ()
    associations: Sequence[Association] = ()
    images: Sequence[Image] = ()

    @classmethod
    def of(cls, attributes: Mapping[str, Any], **facets: Any) -> Product:
        """A product for a test, of attributes as ``products.json`` has them."""
        values = []
        for attribute, given in attributes.items():
            by_locale = given.items() if _is_by_locale(given) else [(None, given)]
            for locale, data in by_locale:
                kind, data = _kind_of(data)
                values.append(Value(attribute, kind, data, locale))
        return cls(values, **facets)

    def values_of(self, attribute: str) -> Iterator[Value]:
        """Every value of an attribute: all locales, channels and windows."""
        return (value for value in self.values if value.attribute == attribute)

    def text(self, attribute: str, locale: str | None = None) -> str | None:
        """The text in exactly this locale; without one, the text that has no locale."""
        for value in self._plain(attribute):
            if value.locale == locale and value.kind in _TEXTS:
                return value.data
        return None

    def text_for(self, attribute: str, locale: str) -> str | None:
        """The text in this locale, or the one without a locale, which serves every locale."""
        text = self.text(attribute, locale)
        return self.text(attribute) if text is None else text

    def texts(self, attribute: str) -> list[tuple[str | None, str]]:
        """An attribute's texts with the locale of each."""
        return [
            (value.locale, value.data) for value in self._plain(attribute) if value.kind in _TEXTS
        ]

    def options(self, attribute: str) -> list[str]:
        """Option codes, in order; empty where there are none."""
        return self._data(attribute, "options") or []

    def boolean(self, attribute: str) -> bool | None:
        return self._data(attribute, "boolean")

    def integer(self, attribute: str) -> int | None:
        return self._data(attribute, "integer")

    def decimal(self, attribute: str) -> Decimal | None:
        text = self._data(attribute, "decimal")
        return None if text is None else Decimal(text)

    def date(self, attribute: str) -> str | None:
        """An ISO 8601 date."""
        return self._data(attribute, "date")

    def measurement(self, attribute: str) -> Measurement | None:
        return self._data(attribute, "measurement")

    def money(self, attribute: str) -> Money | None:
        return self._data(attribute, "money")

    def table(self, attribute: str) -> Table | None:
        return self._data(attribute, "table")

    @property
    def sku(self) -> str | None:
        """The SKU, where ``reads`` names ``sku``."""
        return self.text("sku")

    def _plain(self, attribute: str) -> Iterator[Value]:
        return (
            value
            for value in self.values
            if value.attribute == attribute and value.channel is None and value.window is None
        )

    def _data(self, attribute: str, kind: str) -> Any:
        return next((v.data for v in self._plain(attribute) if v.kind == kind), None)


_TEXTS = ("text", "rich-text")


def _is_by_locale(given: Any) -> bool:
    return isinstance(given, Mapping) and all(
        re.fullmatch(r"[a-z]{2,3}(-\w+)*", key) for key in given
    ) and not given.keys() & {"amount", "columns"}


def _kind_of(given: Any) -> tuple[str, Any]:
    """The type and data of a value as a test writes it."""
    match given:
        case str():
            return "text", given
        case bool():
            return "boolean", given
        case int():
            return "integer", given
        case float() | Decimal():
            return "decimal", str(given)
        case list():
            return "options", given
        case {"amount": amount, "unit": unit}:
            return "measurement", Measurement(str(amount), unit)
        case {"amount": amount, "currency": currency}:
            return "money", Money(str(amount), currency)
        case {"columns": columns, "rows": rows}:
            return "table", Table(columns, rows)
    raise TypeError(f"{given!r} is no value of an attribute")


def language(tag: str) -> str:
    """The language of a tag: ``fi`` of ``fi-FI``."""
    return re.split("[-_]", tag, maxsplit=1)[0]
