"""A manifest: what a plugin is, what it reads and what it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class Attribute:
    """An attribute that a plugin writes: ``Attribute.text("badge").localizable()``."""

    def __init__(self, code: str, kind: str) -> None:
        self.code = code
        self.kind = kind
        self.is_localizable = False
        self.is_scopable = False

    @classmethod
    def text(cls, code: str) -> Attribute:
        return cls(code, "text")

    @classmethod
    def rich_text(cls, code: str) -> Attribute:
        return cls(code, "rich-text")

    @classmethod
    def boolean(cls, code: str) -> Attribute:
        return cls(code, "boolean")

    @classmethod
    def integer(cls, code: str) -> Attribute:
        return cls(code, "integer")

    @classmethod
    def decimal(cls, code: str) -> Attribute:
        return cls(code, "decimal")

    @classmethod
    def date(cls, code: str) -> Attribute:
        return cls(code, "date")

    @classmethod
    def options(cls, code: str) -> Attribute:
        return cls(code, "options")

    @classmethod
    def measurement(cls, code: str) -> Attribute:
        return cls(code, "measurement")

    @classmethod
    def money(cls, code: str) -> Attribute:
        return cls(code, "money")

    @classmethod
    def assets(cls, code: str) -> Attribute:
        return cls(code, "assets")

    @classmethod
    def table(cls, code: str) -> Attribute:
        return cls(code, "table")

    def localizable(self) -> Attribute:
        """May differ by locale."""
        self.is_localizable = True
        return self

    def scopable(self) -> Attribute:
        """May differ by channel."""
        self.is_scopable = True
        return self


@dataclass
class Manifest:
    """What a plugin is.

    ``name`` is lower-case and hyphenated, ``version`` semantic, ``description`` one sentence for
    the operator. ``reads`` names attributes and the facets ``reviews``, ``stock``, ``prices``,
    ``associations``, ``images``; what is not named is not in the product. ``config_schema`` is the
    JSON Schema of the configuration; without one there are no keys.
    """

    name: str
    version: str
    description: str
    reads: Sequence[str] = ()
    writes: Sequence[Attribute] = ()
    config_schema: Mapping[str, Any] = field(
        default_factory=lambda: {"type": "object", "additionalProperties": False}
    )
