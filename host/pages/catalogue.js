// Where the shop's products come from: the channel as it is, or as it will be on a date. The
// interface has no search for another date, so that one is a snapshot, searched here.

import * as api from './api.js';
import { inLocale, isAvailable, pricing, title } from './document.js';
import { indexOf } from './local-search.js';

const GROUP_LIMIT = 100;

export function live(channel, locale) {
  return {
    moment: () => Date.now(),

    async search(parameters, signal) {
      const answer = await api.search(channel, { ...parameters, locale }, signal);
      return { ...answer, products: answer.products.map((each) => inLocale(each, locale)) };
    },

    async product(sku, signal) {
      const found = await api.product(channel, sku, { locale, signal });
      return found && inLocale(found, locale);
    },

    // There is no route for a group: its variants share their title and family.
    async variants(view, signal) {
      if (!view.item_group_id) return [view];
      const { products } = await this.search({ q: view.title, family: view.family, limit: GROUP_LIMIT }, signal);
      return together(view, products);
    },

    explain: (sku) => api.explain(sku),
  };
}

export function preview(channel, locale, asOf) {
  let loading = null;
  const load = () => {
    loading ??= api.snapshot(channel, { locale, asOf })
      .then(({ documents }) => {
        const views = documents.map((each) => inLocale(each, locale));
        return { views, index: indexOf(views) };
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
      const { index } = await load();
      const began = performance.now();
      const found = index.find(parameters.q ?? '');
      const kept = sorted(found.filter((view) => fits(view, parameters)), parameters.sort, noon);
      const offset = parameters.offset ?? 0;
      return {
        total: kept.length,
        products: kept.slice(offset, offset + parameters.limit),
        facets: facets(found, parameters),
        took_us: (performance.now() - began) * 1000,
      };
    },

    async product(sku, signal) {
      const found = await api.product(channel, sku, { locale, asOf, signal });
      return found && inLocale(found, locale);
    },

    async variants(view) {
      return view.item_group_id ? together(view, (await load()).views) : [view];
    },

    explain: (sku) => api.explain(sku, asOf),
  };
}

function together(view, others) {
  const siblings = others.filter((each) => each.item_group_id === view.item_group_id && each.id !== view.id);
  return [view, ...siblings].sort((a, b) => a.id.localeCompare(b.id, undefined, { numeric: true }));
}

const KEYS = {
  category: (view) => (view.categories ?? []).flatMap((each) => each.path ?? [each.code]),
  brand: (view) => [view.brand].filter(Boolean),
  family: (view) => [view.family].filter(Boolean),
};

function fits(view, parameters, except) {
  return Object.keys(KEYS).every((facet) => facet === except || !parameters[facet] || KEYS[facet](view).includes(parameters[facet]))
    && (!parameters.in_stock || isAvailable(view));
}

function facets(views, parameters) {
  return Object.fromEntries(Object.keys(KEYS).map((facet) => {
    const counts = new Map();
    for (const view of views.filter((each) => fits(each, parameters, facet))) {
      for (const value of new Set(KEYS[facet](view))) {
        const known = counts.get(value) ?? { value, label: labelOf(view, facet, value), count: 0 };
        known.count += 1;
        counts.set(value, known);
      }
    }
    return [facet, [...counts.values()].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))];
  }));
}

function labelOf(view, facet, value) {
  if (facet === 'family') return view.labels?.family ?? value;
  if (facet === 'category') return view.labels?.categories?.[view.categories[0].path?.indexOf(value)] ?? value;
  return value;
}

function sorted(views, sort, moment) {
  if (!sort || sort === 'relevance') return views;
  const amount = (view) => Number(pricing(view, moment)?.now.split(' ')[0] ?? Infinity);
  const direction = sort === 'price' ? 1 : -1;
  return [...views].sort((a, b) => direction * (amount(a) - amount(b)) || title(a).localeCompare(title(b)));
}
