"""The Python side of a Rikaste plugin: one module without dependencies.

A plugin is a pure function from a product to a patch. It sees what its manifest reads, proposes
values for what its manifest writes, and has no clock, network, files or randomness. So it never
asks what day it is: a text for a season is proposed with a window. What it does not understand it
says with a diagnostic; it does not guess.

Everything here runs in ordinary Python as it runs in the sandbox, so that plugins have ordinary
tests.
"""

from .component import Plugin, export, log, read_image
from .config import Config, ConfigError
from .manifest import Attribute, Manifest
from .patch import Patch, Proposal, Remark
from .product import Association, Context, Image, Price, Product, Review, Stock, language
from .value import Measurement, Money, Table, Value, Window

__all__ = [
    "Association",
    "Attribute",
    "Config",
    "ConfigError",
    "Context",
    "Image",
    "Manifest",
    "Measurement",
    "Money",
    "Patch",
    "Plugin",
    "Price",
    "Product",
    "Proposal",
    "Remark",
    "Review",
    "Stock",
    "Table",
    "Value",
    "Window",
    "export",
    "language",
    "log",
    "read_image",
]
