// One line about a product in every locale: its name, its colours and its material.
//
// Colours come as codes, the same for every locale; the words for them are the operator's to
// choose, so they are in the configuration, the shop's plugins/{{name}}.toml.

import { Attribute, Manifest, Patch, plugin } from '../sdk/rikaste-plugin.js';

const LINE = '{{attribute}}';

const manifest = new Manifest(
  '{{name}}',
  '0.1.0',
  'One line about a product: its name, its colours and its material.',
)
  .reads('name', 'color', 'material')
  .writes(Attribute.text(LINE).localizable())
  .configSchema({
    type: 'object',
    additionalProperties: false,
    properties: {
      separator: {
        type: 'string', minLength: 1, default: ', ', description: 'What is put between the parts.',
      },
      colors: {
        type: 'object',
        description: 'Words for colours: locale, then code.',
        additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  });

/** Reads the configuration; what it returns is what `enrichProduct` gets. */
function prepare(config) {
  const separator = config.text('separator', ', ');
  if (separator === '') throw config.error('separator', 'it is empty; write at least a space');
  const colors = config
    .table('colors')
    .each((locales, locale) => locales.table(locale).each((words, code) => words.text(code)));
  return { separator, colors };
}

function enrichProduct(product, context, { separator, colors }) {
  const patch = new Patch();
  for (const locale of context.locales) {
    const name = product.textFor('name', locale);
    // A locale without a name has no line: the channel's fallback decides what is shown.
    if (name === undefined) continue;
    const parts = [name];
    for (const code of product.options('color')) {
      const word = colors[locale]?.[code];
      if (word !== undefined) {
        parts.push(word);
      } else {
        patch
          .warning(
            'color-without-word',
            `the colour "${code}" has no word in ${locale}; add one to [colors.${locale}] in plugins/{{name}}.toml`,
          )
          .attribute('color')
          .locale(locale);
      }
    }
    const material = product.textFor('material', locale);
    if (material !== undefined) parts.push(material);
    patch.text(LINE, parts.join(separator)).locale(locale);
  }
  if (product.texts('name').length === 0) {
    patch
      .warning('name-missing', 'there is no name, so there is no line; add one in at least one locale')
      .attribute('name');
  }
  return patch;
}

export const { describe, configure, enrich } = plugin({ manifest, prepare, enrich: enrichProduct });
