// Choosing a variant: a row of choices for each attribute that tells the variants apart.

import { colorOf } from './colors.js';
import { axes, choiceOf, options, values, variantWith } from './document.js';
import { h } from './dom.js';
import { langOf } from './parts.js';

/**
 * Calls `onChoose(sku)` with the variant nearest to `view` that has what was chosen.
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {Rikaste.View[]} variants
 * @param {(sku: Rikaste.Sku) => void} onChoose
 */
export function pickers(t, view, variants, onChoose) {
  const codes = axes(variants);
  return codes.map((code) => h('fieldset', { class: 'picker' },
    h('legend', {}, t.code(code), ': ', h('strong', { lang: langOf(view, code) }, options(view, code)[0]?.label ?? '–')),
    values(variants, code).map((option) => choice(t, view, variants, { code, option, codes, onChoose }))));
}

/**
 * @param {Rikaste.Words} t
 * @param {Rikaste.View} view
 * @param {Rikaste.View[]} variants
 * @param {{ code: string, option: Rikaste.Option, codes: string[], onChoose: (sku: Rikaste.Sku) => void }} of
 */
function choice(t, view, variants, { code, option, codes, onChoose }) {
  const target = variantWith(variants, view, code, option.code, codes);
  if (!target) return null;
  const same = codes.every((axis) => axis === code || choiceOf(target, axis) === choiceOf(view, axis));
  const out = same && target.availability === 'out_of_stock';
  const face = code === 'color' ? swatch(option) : null;
  return h('label', { class: ['pick', !same && 'pick-other', out && 'pick-out'].filter(Boolean).join(' '), 'data-key': `${code}-${option.code}` },
    h('input', {
      type: 'radio',
      name: code,
      value: option.code,
      checked: choiceOf(view, code) === option.code,
      onchange: () => onChoose(target.id),
    }),
    h('span', { class: 'pick-face' }, face,
      h('span', {}, option.label),
      out ? h('span', { class: 'hidden-text' }, ` (${t('out_of_stock')})`) : null));
}

/** @param {Rikaste.Option} option */
export function swatch(option) {
  const color = colorOf(option.code);
  return color
    ? h('span', { class: 'swatch', '--swatch': color })
    : h('span', { class: 'swatch swatch-letter', 'aria-hidden': 'true' }, option.label[0]);
}
