"""Run with `python3 -m unittest discover tests`; nothing needs to be installed or built."""

import sys
import unittest
from pathlib import Path

PROJECT = Path(__file__).parent.parent
sys.path += [str(PROJECT / "src"), str(PROJECT / "sdk")]

from plugin import LINE, Line  # noqa: E402
from rikaste_plugin import Config, ConfigError, Context, Patch, Product  # noqa: E402


class LineTest(unittest.TestCase):
    def test_a_line_has_what_there_is(self) -> None:
        product = Product.of(
            {"name": {"en-GB": "Down jacket"}, "material": {"en-GB": "100 % cotton"}}
        )
        patch = Line(Config({})).enrich(product, Context(["en-GB"]))
        expected = Patch()
        expected.text(LINE, "Down jacket, 100 % cotton").locale("en-GB")
        self.assertEqual(patch, expected)

    def test_a_wrong_configuration_names_the_key(self) -> None:
        with self.assertRaisesRegex(ConfigError, "^`separator`: "):
            Line(Config({"separator": ""}))
        with self.assertRaisesRegex(ConfigError, "^`colors.fi-FI.sand`: 1 is not a text$"):
            Line(Config({"colors": {"fi-FI": {"sand": 1}}}))


if __name__ == "__main__":
    unittest.main()
