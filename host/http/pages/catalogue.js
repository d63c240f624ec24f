// Where the shop's products come from: the channel as it is, or as it will be on a date. The
// interface has no search for another date, so that one is a snapshot, searched here.

import * as api from './api.js';
import { face, inLocale, isAvailable, options, path, pricing, title } from './document.js';
import { indexOf } from './local-search.js';

/**
 * @param {string} channel
 * @param {Rikaste.Locale} locale
 * @returns {Rikaste.Catalogue}
 */
export function live(channel, locale) {
  return {
    moment: () => Date.now(),

    async search(parameters, signal) {
      const answer = await api.search(channel, { ...parameters, locale }, signal);
      return { ...answer, products: answer.products.map((each) => inLocale(each, locale)) };
    },

    product: (sku, signal) => productOf(channel, sku, { locale, signal }),

    async variants(view, signal) {
      if (!view.item_group_id) return [view];
      const model = await api.product(channel, view.item_group_id, { locale, signal });
      return together(view, (model?.variants ?? []).map((each) => inLocale(each, locale)));
    },

    explain: (sku) => api.explain(sku),
  };
}

/**
 * @param {string} channel
 * @param {Rikaste.Locale} locale
 * @param {string} asOf
 * @returns {Rikaste.Catalogue}
 */
export function preview(channel, locale, asOf) {
  /** @type {Promise<{ views: Rikaste.View[], index: { find(query: string): Rikaste.View[] }, names: string[] }> | null} */
  let loading = null;
  const load = () => {
    loading ??= Promise.all([api.snapshot(channel, { locale, asOf }), api.search(channel, { locale, limit: 1 })])
      .then(([{ documents }, today]) => {
        const views = documents.map((each) => inLocale(each, locale));
        return { views, index: indexOf(views), names: Object.keys(today.facets) };
      })
      .catch((error) => {
        loading = null;
        throw error;
      });
    return loading;
  };
  const noon = Date.parse(`${asOf}T12:00:00`);

  return {
    moment: () => noon,

    async search(parameters) {
      const { index, names } = await load();
      const began = performance.now();
      const found = index.find(String(parameters.q ?? ''));
      const kept = sorted(found.filter((view) => fits(view, parameters)), parameters.sort, noon);
      const offset = Number(parameters.offset ?? 0);
      return {
        total: kept.length,
        products: kept.slice(offset, offset + Number(parameters.limit)),
        facets: facets(found, names, parameters),
        took_us: (performance.now() - began) * 1000,
      };
    },

    product: (sku, signal) => productOf(channel, sku, { locale, asOf, signal }),

    async variants(view) {
      return view.item_group_id ? together(view, (await load()).views) : [view];
    },

    explain: (sku) => api.explain(sku, asOf),
  };
}

/**
 * A product, or the variant that stands for a model.
 * @param {string} channel
 * @param {Rikaste.Sku} sku
 * @param {{ locale: Rikaste.Locale, asOf?: string, signal?: AbortSignal }} how
 */
async function productOf(channel, sku, how) {
  const found = await api.product(channel, sku, how);
  if (!found) return null;
  const variants = (found.variants ?? []).map((each) => inLocale(each, how.locale));
  return variants.length ? face(variants) : inLocale(found, how.locale);
}

/**
 * @param {Rikaste.View} view
 * @param {Rikaste.View[]} others
 */
function together(view, others) {
  const siblings = others.filter((each) => each.item_group_id === view.item_group_id && each.id !== view.id);
  return [view, ...siblings].sort((a, b) => a.id.localeCompare(b.id, undefined, { numeric: true }));
}

/** @type {Record<string, (view: Rikaste.View) => string[]>} */
const KEYS = {
  category: (view) => (view.categories ?? []).flatMap((each) => each.path ?? [each.code]),
  brand: (view) => (view.brand ? [view.brand] : []),
  family: (view) => (view.family ? [view.family] : []),
};

/**
 * What a view has under a facet: `category`, `brand`, `family`, or `attr.` and an attribute's code.
 * @param {Rikaste.View} view
 * @param {string} facet
 */
function keysOf(view, facet) {
  return KEYS[facet]?.(view) ?? options(view, facet.replace(/^attr\./, '')).map((option) => option.code);
}

/**
 * @param {Rikaste.View} view
 * @param {Rikaste.Parameters} parameters
 * @param {string} [except]
 */
function fits(view, parameters, except) {
  return Object.keys(parameters).filter((name) => KEYS[name] || name.startsWith('attr.'))
    .every((facet) => facet === except || !parameters[facet] || keysOf(view, facet).includes(String(parameters[facet])))
    && (!parameters.in_stock || isAvailable(view));
}

/**
 * @param {Rikaste.View[]} views
 * @param {string[]} names
 * @param {Rikaste.Parameters} parameters
 * @returns {Rikaste.Facets}
 */
function facets(views, names, parameters) {
  return Object.fromEntries(names.map((facet) => {
    /** @type {Map<string, Rikaste.Facet>} */
    const counts = new Map();
    for (const view of views.filter((each) => fits(each, parameters, facet))) {
      for (const value of new Set(keysOf(view, facet))) {
        const known = counts.get(value) ?? { value, label: labelOf(view, facet, value), count: 0 };
        known.count += 1;
        counts.set(value, known);
      }
    }
    return [facet, [...counts.values()].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))];
  }));
}

/**
 * @param {Rikaste.View} view
 * @param {string} facet
 * @param {string} value
 */
function labelOf(view, facet, value) {
  if (facet === 'family') return view.labels?.family ?? value;
  if (facet === 'category') return path(view).find((each) => each.code === value)?.label ?? value;
  return options(view, facet.replace(/^attr\./, '')).find((option) => option.code === value)?.label ?? value;
}

/**
 * @param {Rikaste.View[]} views
 * @param {Rikaste.Parameters['sort']} sort
 * @param {number} moment
 */
function sorted(views, sort, moment) {
  if (!sort || sort === 'relevance') return views;
  /** @param {Rikaste.View} view */
  const amount = (view) => Number(pricing(view, moment)?.now.split(' ')[0] ?? Infinity);
  // A snapshot does not say when a product came: then its own order stays.
  if (sort === 'newest') return views;
  if (sort === 'name') return [...views].sort((a, b) => title(a).localeCompare(title(b), a.content_language, { numeric: true }));
  const direction = sort === 'price' ? 1 : -1;
  return [...views].sort((a, b) => direction * (amount(a) - amount(b)) || title(a).localeCompare(title(b)));
}
