"""One line about a product in every locale: its name, its colours and its material.

Colours come as codes, the same for every locale; the words for them are the operator's to choose,
so they are in the configuration, the shop's plugins/{{name}}.toml.
"""

from rikaste_plugin import Attribute, Config, Context, Manifest, Patch, Plugin, Product, export

LINE = "{{attribute}}"


class Line(Plugin):
    manifest = Manifest(
        name="{{name}}",
        version="0.1.0",
        description="One line about a product: its name, its colours and its material.",
        reads=["name", "color", "material"],
        writes=[Attribute.text(LINE).localizable()],
        config_schema={
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "separator": {
                    "type": "string",
                    "minLength": 1,
                    "default": ", ",
                    "description": "What is put between the parts.",
                },
                "colors": {
                    "type": "object",
                    "description": "Words for colours: locale, then code.",
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": {"type": "string"},
                    },
                },
            },
        },
    )

    def __init__(self, config: Config) -> None:
        self.separator = config.text("separator", ", ")
        if not self.separator:
            raise config.error("separator", "it is empty; write at least a space")
        self.colors = config.table("colors").each(
            lambda locales, locale: locales.table(locale).each(lambda words, code: words.text(code))
        )

    def enrich(self, product: Product, context: Context) -> Patch:
        patch = Patch()
        for locale in context.locales:
            name = product.text_for("name", locale)
            # A locale without a name has no line: the channel's fallback decides what is shown.
            if name is None:
                continue
            parts = [name]
            for code in product.options("color"):
                word = self.colors.get(locale, {}).get(code)
                if word is not None:
                    parts.append(word)
                else:
                    patch.warning(
                        "color-without-word",
                        f'the colour "{code}" has no word in {locale}; '
                        f"add one to [colors.{locale}] in plugins/{self.manifest.name}.toml",
                    ).attribute("color").locale(locale)
            material = product.text_for("material", locale)
            if material is not None:
                parts.append(material)
            patch.text(LINE, self.separator.join(parts)).locale(locale)
        if not product.texts("name"):
            patch.warning(
                "name-missing",
                "there is no name, so there is no line; add one in at least one locale",
            ).attribute("name")
        return patch


WitWorld = export(Line)
