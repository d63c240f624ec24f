"""From a plugin to the exports of a component, and what the host offers it.

The types of the contract are generated when the component is built. Elsewhere they are not there,
and nothing here needs them until the host calls: a plugin can be imported and tested anywhere.

A component is a picture of Python after all its modules were imported: nothing can be imported
later. So the contract's are imported here and not where they are used.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from .config import Config, ConfigError
from .manifest import Manifest
from .patch import Patch
from .product import Context, Image, Product
from .value import Measurement, Money, Table, Value

try:
    from componentize_py_types import Err, Ok
    from wit_world.imports import assets as host_assets
    from wit_world.imports import log as host_log
    from wit_world.imports import types
except ImportError:
    # Outside the sandbox.
    host_log = None


class Plugin:
    """What a plugin's author writes: a subclass of this, given to :func:`export`.

    An exception in :meth:`enrich` is the failure of that product: its last good patch stays in use.
    """

    manifest: Manifest

    def __init__(self, config: Config) -> None:
        """Reads the configuration and prepares all that does not depend on a product.

        Raise ``config.error(key, message)`` for a value that cannot be used.
        """

    def enrich(self, product: Product, context: Context) -> Patch:
        """The patch for one product."""
        raise NotImplementedError


def export(plugin: type[Plugin]) -> type:
    """Makes a plugin the component's. In the plugin's module: ``WitWorld = export(MyPlugin)``."""

    class WitWorld:
        """The functions of the contract."""

        _plugin: Plugin | None = None

        def describe(self) -> Any:
            return _manifest(plugin.manifest)

        def configure(self, config: str) -> None:
            # Not before: while the component is made there is no host to tell.
            sys.stdout, sys.stderr = _Output("info"), _Output("warning")
            read = Config(json.loads(config))
            try:
                # The host may call through another object of this class each time.
                WitWorld._plugin = plugin(read)
                read.finish()
            except ConfigError as error:
                raise Err(str(error)) from None
            except Exception as error:
                raise Err(_words(error)) from None

        def enrich(self, context: Any, products: list[Any]) -> list[Any]:
            if WitWorld._plugin is None:
                raise RuntimeError("the host calls `configure` before `enrich`")
            given = Context(context.locales, context.channels)
            outcomes: list[Any] = []
            for product in products:
                try:
                    patch = WitWorld._plugin.enrich(_product(product), given)
                    outcomes.append(Ok(_patch(patch)))
                except Exception as error:
                    outcomes.append(Err(_words(error)))
            return outcomes

    return WitWorld


class log:
    """Lines in the plugin's log. What concerns one product is better a remark of its patch."""

    @staticmethod
    def info(message: str) -> None:
        _write("info", message)

    @staticmethod
    def warning(message: str) -> None:
        _write("warning", message)

    @staticmethod
    def error(message: str) -> None:
        _write("error", message)


class _Output(io.TextIOBase):
    """Where ``print`` goes in the sandbox: to the plugin's log, line by line."""

    def __init__(self, severity: str) -> None:
        self._severity = severity
        self._line = ""

    def write(self, text: str) -> int:
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            _write(self._severity, line)
        return len(text)


def _write(severity: str, message: str) -> None:
    if host_log is None:
        print(f"{severity}: {message}", file=sys.stderr)
        return
    host_log.write(types.Severity[severity.upper()], message)


def read_image(image: Image, offset: int, length: int) -> bytes:
    """At most ``length`` bytes (and at most 1 MiB) from ``offset``; empty at the end.

    Only in the sandbox. ``OSError`` where the photo is not among those of the products at hand:
    name ``images`` in ``reads``.
    """
    try:
        return host_assets.read(image.asset, offset, length)
    except Err as error:
        raise OSError(error.value) from None


def _words(error: Exception) -> str:
    """An exception with the place it came from."""
    # Not by way of `traceback`, which reads source files: there are none in the sandbox.
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f" (at {last.tb_frame.f_code.co_filename}:{last.tb_lineno})" if last else ""
    return f"{type(error).__name__}: {error}{place}"


def _manifest(manifest: Manifest) -> Any:
    return types.Manifest(
        name=manifest.name,
        version=manifest.version,
        description=manifest.description,
        reads=list(manifest.reads),
        writes=[
            types.Attribute(
                code=attribute.code,
                data_type=types.DataType[attribute.kind.replace("-", "_").upper()],
                localizable=attribute.is_localizable,
                scopable=attribute.is_scopable,
            )
            for attribute in manifest.writes
        ],
        config_schema=json.dumps(manifest.config_schema, ensure_ascii=False),
    )


#: The contract's case for each type: ``Data_RichText`` for ``rich-text``.
_CASES = {
    kind: "Data_" + "".join(word.capitalize() for word in kind.split("-"))
    for kind in (
        "text",
        "rich-text",
        "boolean",
        "integer",
        "decimal",
        "date",
        "options",
        "measurement",
        "money",
        "assets",
        "table",
    )
}
_KINDS = {case: kind for kind, case in _CASES.items()}


def _product(raw: Any) -> Product:
    values = [
        Value(v.attribute, _KINDS[type(v.data).__name__], v.data.value, v.locale, v.channel, v.window)
        for v in raw.values
    ]
    # The records of the contract have the fields that the SDK's have.
    return Product(values, raw.reviews, raw.stock, raw.prices, raw.associations, raw.images)


def _patch(patch: Patch) -> Any:
    return types.Patch(
        values=[
            types.Value(
                v.attribute,
                v.locale,
                v.channel,
                v.window and types.Window(v.window.start, v.window.end),
                getattr(types, _CASES[v.kind])(_data(v.data)),
            )
            for v in patch.values
        ],
        diagnostics=[
            types.Diagnostic(
                types.Severity[d.severity.upper()], d.code, d.message, d.about, d.in_locale
            )
            for d in patch.diagnostics
        ],
    )


def _data(data: Any) -> Any:
    match data:
        case Measurement():
            return types.Measurement(data.amount, data.unit)
        case Money():
            return types.Money(data.amount, data.currency)
        case Table():
            return types.Table(data.columns, data.rows)
    return data
