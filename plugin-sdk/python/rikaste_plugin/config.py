"""The configuration, read with errors that name the key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class ConfigError(Exception):
    """A configuration that cannot be used: which key, and what it should be."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"`{key}`: {message}" if key else message)
        self.key = key


_REQUIRED: Any = object()


class Config:
    """The configuration, read key by key.

    A key that nothing asked for is an error once the plugin has read all it knows, and so is one
    of another type.
    """

    def __init__(self, table: Mapping[str, Any], path: str = "") -> None:
        self._table = table
        self._path = path
        self._asked: dict[str, list[Config]] = {}

    def text(self, key: str, otherwise: str = _REQUIRED) -> str:
        return self._read(key, otherwise, "a text", lambda value: isinstance(value, str))

    def boolean(self, key: str, otherwise: bool = _REQUIRED) -> bool:
        return self._read(key, otherwise, "true or false", lambda value: isinstance(value, bool))

    def integer(self, key: str, otherwise: int = _REQUIRED) -> int:
        return self._read(key, otherwise, "a whole number", lambda value: type(value) is int)

    def number(self, key: str, otherwise: float = _REQUIRED) -> float:
        return self._read(key, otherwise, "a number", lambda value: type(value) in (int, float))

    def texts(self, key: str, otherwise: Sequence[str] = _REQUIRED) -> Sequence[str]:
        def are_texts(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(text, str) for text in value)

        return self._read(key, otherwise, "a list of texts", are_texts)

    def table(self, key: str) -> Config:
        """The table under a key; an empty one where there is none."""
        table = self._read(key, {}, "a table", lambda value: isinstance(value, dict))
        config = Config(table, self._path_of(key))
        self._asked[key] = [config]
        return config

    def tables(self, key: str) -> list[Config]:
        """The tables of a list, ``[[seasons]]`` in TOML."""

        def are_tables(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(table, dict) for table in value)

        tables = self._read(key, [], "a list of tables", are_tables)
        path = self._path_of(key)
        configs = [Config(table, f"{path}[{index}]") for index, table in enumerate(tables)]
        self._asked[key] = configs
        return configs

    def each(self, read: Callable[[Config, str], T]) -> dict[str, T]:
        """For a table whose keys are the operator's own: what ``read`` makes of each."""
        return {key: read(self, key) for key in self._table}

    def error(self, key: str, message: str) -> ConfigError:
        """An error about a key of this table."""
        return ConfigError(self._path_of(key), message)

    def finish(self) -> None:
        """Refuses what nothing asked for. The SDK calls it when the plugin is ready."""
        for key in self._table:
            if key not in self._asked:
                known = ", ".join(self._asked) or "none"
                raise self.error(key, f"there is no such key; there are: {known}")
        for inner in self._asked.values():
            for config in inner:
                config.finish()

    def _read(self, key: str, otherwise: Any, what: str, is_it: Callable[[Any], bool]) -> Any:
        self._asked[key] = []
        if key not in self._table:
            if otherwise is _REQUIRED:
                raise self.error(key, f"it is missing; write {what}")
            return otherwise
        value = self._table[key]
        if not is_it(value):
            raise self.error(key, f"{json.dumps(value, ensure_ascii=False)} is not {what}")
        return value

    def _path_of(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key
