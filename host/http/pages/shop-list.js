// The shop's list: facets, cards (a card a product group), what stands there instead.

import { axes, bySize, face, groups, pieces, pictures, priceOfGroup, rating, title, values } from './document.js';
import { h, one, picture, place } from './dom.js';
import { button, message } from './frame.js';
import { hyphenated } from './hyphens.js';
import { availabilityLine, langOf, priceTag, ratingLine, textLanguage } from './parts.js';
import { swatch } from './pickers.js';

const PAGE = 96;
const SKELETONS = 12;
const SWATCHES = 6;
const FACETS = ['category', 'brand', 'family'];
const ATTRIBUTE = 'attr.';
const FACET_ROWS = 8;

/**
 * @typedef {{ facet: string, label: string, chosen?: string, options?: Rikaste.Facet[], all?: boolean, off?: Rikaste.Changes }} FacetRow
 */

/**
 * What an address has of filters, in order: `{ category: 'clothing', 'attr.color': 'sand' }`.
 * @param {Record<string, string>} now
 */
function filtersOf(now) {
  return Object.fromEntries(Object.entries(now).filter(([name]) => FACETS.includes(name) || name.startsWith(ATTRIBUTE) || name === 'in_stock'));
}

/**
 * The change of address that takes all filters away.
 * @param {Record<string, string>} now
 */
export function withoutFilters(now) {
  return Object.fromEntries(Object.keys(filtersOf(now)).map((name) => [name, undefined]));
}

/**
 * @param {Rikaste.PageParts} parts
 * @returns {Rikaste.Page}
 */
export function listPage({ shop, follows, go }) {
  let pages = 1;
  let asked = '';
  let filled = false;
  const expanded = new Set();
  let drawFacetsAgain = () => {};

  /**
   * @param {Rikaste.Catalogue} catalogue
   * @param {Rikaste.Parameters} parameters
   * @param {AbortSignal} signal
   * @returns {Promise<Rikaste.Found>}
   */
  async function find(catalogue, parameters, signal) {
    const answers = [];
    for (let page = 0; page < pages; page += 1) {
      const answer = await catalogue.search({ ...parameters, limit: PAGE, offset: page * PAGE || undefined }, signal);
      answers.push(answer);
      if (answer.products.length < PAGE) break;
    }
    return { ...answers[0], products: answers.flatMap((answer) => answer.products) };
  }

  /** @type {Rikaste.Page['show']} */
  async function show(now, { catalogue, signal }) {
    const { q, sort } = now;
    const question = JSON.stringify([q, filtersOf(now), sort, shop.key]);
    if (question !== asked) pages = 1;
    asked = question;
    one('sort').value = sort ?? 'relevance';
    if (!filled) showSkeletons();
    const waiting = setTimeout(() => one('cards').setAttribute('aria-busy', 'true'), 250);
    try {
      const answer = await find(catalogue, { q, ...filtersOf(now), sort }, signal);
      if (!signal.aborted && question === asked) draw(answer, now, catalogue);
    } finally {
      clearTimeout(waiting);
      one('cards').removeAttribute('aria-busy');
    }
  }

  /**
   * @param {Rikaste.Found} answer
   * @param {Record<string, string>} now
   * @param {Rikaste.Catalogue} catalogue
   */
  function draw(answer, now, catalogue) {
    filled = true;
    const { t } = shop;
    const found = groups(answer.products);
    place(one('cards'), found.map((group) => cardOf(group, catalogue.moment())), { key: (card) => card.id, draw: drawCard });
    one('cards').hidden = !found.length;
    one('heading').textContent = headingOf(now, answer.facets);
    one('count').textContent = t('found', { n: answer.total });
    one('count').title = answer.took_us ? `${new Intl.NumberFormat(shop.locale, { maximumFractionDigits: 1 }).format(answer.took_us / 1000)} ms` : '';
    one('more').hidden = answer.products.length >= answer.total;
    one('more').onclick = () => {
      pages += 1;
      show(now, { catalogue, signal: new AbortController().signal });
    };
    drawFacets(answer.facets ?? {}, now);
    one('instead').replaceChildren(...(found.length ? [] : [nothing(now)]));
  }

  /**
   * @param {Record<string, string>} now
   * @param {Rikaste.Facets} facets
   */
  function headingOf({ q, category }, facets) {
    if (q) return shop.t('resultsFor', { q });
    return facets?.category?.find((option) => option.value === category)?.label ?? category ?? shop.t('allProducts');
  }

  /** @param {Record<string, string>} now */
  function nothing(now) {
    const { t } = shop;
    const filtered = Object.keys(filtersOf(now)).length > 0;
    if (!now.q && !filtered) return message(t('noProducts'), t('noProductsText'));
    return message(t('nothing'), t('nothingText'),
      button(t(filtered ? 'clear' : 'allProducts'), () => go({ q: undefined, ...withoutFilters(now) })));
  }

  // What a card shows and nothing else, so that a release that changes none of it draws nothing.
  /**
   * @param {Rikaste.Group<Rikaste.View>} group
   * @param {number} moment
   */
  function cardOf({ id, variants }, moment) {
    const view = face(variants);
    const codes = axes(variants);
    return {
      id,
      sku: view.id,
      views: variants.map((each) => ({ availability: each.availability, stock: each.stock && { all: pieces(each) ?? 0 } })),
      title: hyphenated(title(view), textLanguage(view, 'title')),
      lang: langOf(view, 'title'),
      brand: view.brand,
      badge: view.attributes?.badge,
      badgeLang: langOf(view, 'badge'),
      image: pictures(view)[0] ?? null,
      price: priceOfGroup(variants, moment),
      rating: rating(view) && { attributes: { review_average: view.attributes?.review_average, review_count: view.attributes?.review_count } },
      colors: codes.includes('color') ? values(variants, 'color') : [],
      sizes: codes.includes('size') ? values(variants, 'size').length : 0,
      variants: variants.length,
      key: shop.key,
    };
  }

  /** @param {ReturnType<typeof cardOf>} card */
  function drawCard(card) {
    const { t, locale } = shop;
    return h('li', { class: 'card' },
      h('a', { class: 'card-link', ...follows({ sku: card.sku }) },
        picture(card.image && { ...card.image, alt: '' }, { sizes: '(max-width: 40rem) 50vw, 18rem' }),
        h('span', { class: 'card-text' },
          h('span', { class: 'card-brand' }, card.brand ?? '\u00a0'),
          h('strong', { class: 'card-title', lang: card.lang }, card.title))),
      card.badge ? h('span', { class: 'badge', lang: card.badgeLang }, card.badge) : null,
      priceTag(t, locale, card.price),
      card.rating ? ratingLine(t, locale, card.rating) : null,
      choice(card),
      availabilityLine(t, card.views));
  }

  /** @param {ReturnType<typeof cardOf>} card */
  function choice({ colors, sizes, variants }) {
    const { t } = shop;
    const counted = [...(colors.length > 1 ? [t('colors', { n: colors.length })] : []), ...(sizes > 1 ? [t('sizes', { n: sizes })] : [])];
    if (!counted.length && variants > 1) counted.push(t('variants', { n: variants }));
    if (!counted.length) return null;
    return h('span', { class: 'card-choice' },
      colors.length > 1 ? h('span', { class: 'swatches', 'aria-hidden': 'true' }, colors.slice(0, SWATCHES).map(swatch)) : null,
      h('span', {}, counted.join(' · ')));
  }

  /**
   * @param {Rikaste.Facets} facets
   * @param {Record<string, string>} now
   */
  function drawFacets(facets, now) {
    const { t } = shop;
    drawFacetsAgain = () => drawFacets(facets, now);
    const chosen = Object.keys(filtersOf(now)).length;
    const names = [...FACETS, ...Object.keys({ ...facets, ...now }).filter((name) => name.startsWith(ATTRIBUTE))];
    one('filter-name').textContent = chosen ? t('filterCount', { n: chosen }) : t('filter');
    /** @type {FacetRow[]} */
    const rows = names
      .map((facet) => ({ facet, label: nameOf(facet), chosen: now[facet], options: optionsOf(facet, facets[facet] ?? [], now[facet]), all: expanded.has(facet) }))
      .filter((row) => row.options.length > 1 || row.chosen);
    place(one('facets'), [...rows, { facet: 'in_stock', chosen: now.in_stock, label: t('onlyInStock') }, ...(chosen ? [{ facet: 'clear', label: t('clear'), off: withoutFilters(now) }] : [])], {
      key: (row) => row.facet,
      draw: drawFacet,
    });
  }

  // A chosen value stays there even when nothing of it is left to find.
  /**
   * @param {string} facet
   * @param {Rikaste.Facet[]} given
   * @param {string | undefined} chosen
   */
  function optionsOf(facet, given, chosen) {
    const options = facet === `${ATTRIBUTE}size` ? [...given].sort(bySize) : given;
    return chosen && !options.some((option) => option.value === chosen) ? [{ value: chosen, label: chosen, count: 0 }, ...options] : options;
  }

  /** @param {string} facet */
  function nameOf(facet) {
    return facet.startsWith(ATTRIBUTE) ? shop.t.code(facet.slice(ATTRIBUTE.length)) : shop.t(/** @type {'category' | 'brand' | 'family'} */ (facet));
  }

  /** @param {FacetRow} row */
  function drawFacet(row) {
    if (row.facet === 'clear') return h('p', {}, button(row.label, () => go(row.off ?? {}), 'link'));
    if (row.facet === 'in_stock') {
      const box = h('input', { type: 'checkbox', checked: Boolean(row.chosen), onchange: () => go({ in_stock: box.checked ? 'true' : undefined }) });
      return h('p', {}, h('label', { class: 'check' }, box, h('span', {}, row.label)));
    }
    const options = row.options ?? [];
    const shown = row.all ? options : options.filter((option, at) => at < FACET_ROWS || option.value === row.chosen);
    return h('section', { class: 'facet' },
      h('h2', { id: `facet-${row.facet}` }, row.label),
      h('ul', { 'aria-labelledby': `facet-${row.facet}` }, shown.map((option) => h('li', { 'data-key': option.value },
        h('button', {
          type: 'button',
          class: 'facet-value',
          'aria-pressed': String(option.value === row.chosen),
          onclick: () => go({ [row.facet]: option.value === row.chosen ? undefined : option.value }),
        }, h('span', {}, option.label), h('span', { class: 'facet-count' }, String(option.count)))))),
      shown.length < options.length ? button(shop.t('more'), () => {
        expanded.add(row.facet);
        drawFacetsAgain();
      }, 'link facet-more') : null);
  }

  function showSkeletons() {
    one('cards').hidden = false;
    one('cards').replaceChildren(...Array.from({ length: SKELETONS }, () => h('li', { class: 'card skeleton', 'aria-hidden': 'true' },
      h('span', { class: 'picture' }), h('span', { class: 'bone' }), h('span', { class: 'bone bone-short' }))));
    one('heading').textContent = shop.t('allProducts');
    one('count').textContent = shop.t('loading');
  }

  return {
    show,
    isEmpty: () => !filled,
    showInstead(element) {
      one('cards').replaceChildren();
      one('cards').hidden = true;
      one('count').textContent = '';
      one('heading').textContent = shop.t('allProducts');
      one('instead').replaceChildren(element);
      filled = false;
    },
  };
}
