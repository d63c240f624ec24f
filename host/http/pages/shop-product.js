// The shop's page of one product.

import { lastDayOf, path, pictures, pricing, title } from './document.js';
import { h, keepingFocus, one, picture, prose } from './dom.js';
import { pageMessage } from './frame.js';
import { hyphenated } from './hyphens.js';
import { availabilityLine, careParts, factList, langOf, languageNote, priceTag, quantityWord, ratingLine, reviews, textLanguage } from './parts.js';
import { pickers } from './pickers.js';
import { originDisclosure } from './shop-origin.js';

const ASSOCIATIONS = ['care-product', 'accessory', 'spare-part'];
const MAX_ASSOCIATED = 8;
/** How wide the large picture is. */
const MAIN = '(max-width: 60rem) 100vw, 44rem';

/**
 * @param {Rikaste.PageParts} parts
 * @returns {Rikaste.Page}
 */
export function productPage({ shop, follows, go }) {
  /** @type {{ key: string | null, variants: Rikaste.View[], associated: Map<Rikaste.Sku, Rikaste.View | null> }} */
  let known = { key: null, variants: [], associated: new Map() };
  /** @type {string | null} */
  let drawn = null;
  /** @type {{ key: string, element: HTMLDetailsElement } | null} */
  let origin = null;

  /** @type {Rikaste.Page['show']} */
  async function show(now, { catalogue, signal, quietly, moved }) {
    const found = !quietly && known.key === shop.key ? known.variants.find((view) => view.id === now.sku) : null;
    if (found) {
      draw(found, catalogue);
      await associate(found, { catalogue, signal });
      return;
    }
    if (!quietly) {
      drawn = null;
      one('product').replaceChildren(skeleton());
    }
    const view = await catalogue.product(now.sku, signal);
    if (!view) {
      drawn = null;
      one('product').replaceChildren(pageMessage(shop.t('notHere'), now.sku, h('a', { class: 'button', ...follows({ sku: undefined }) }, shop.t('allProducts'))));
      return;
    }
    const variants = await catalogue.variants(view, signal);
    if (signal.aborted) return;
    known = { key: shop.key, variants, associated: quietly ? known.associated : new Map() };
    draw(view, catalogue);
    if (moved) one('content').focus({ preventScroll: true });
    await associate(view, { catalogue, signal, again: quietly });
  }

  /**
   * Fetches what fits with the product and draws it when it is there.
   * @param {Rikaste.View} view
   * @param {{ catalogue: Rikaste.Catalogue, signal: AbortSignal, again?: boolean }} how
   */
  async function associate(view, { catalogue, signal, again }) {
    const wanted = related(view).flatMap(({ links }) => links.map((link) => link.id));
    const missing = wanted.filter((sku) => again || !known.associated.has(sku));
    if (!missing.length) return;
    const found = await Promise.all(missing.map((sku) => catalogue.product(sku, signal)));
    if (signal.aborted) return;
    missing.forEach((sku, at) => known.associated.set(sku, found[at]));
    draw(view, catalogue);
  }

  /** @param {Rikaste.View} view */
  function related(view) {
    const all = view.associations ?? {};
    /** @param {string} kind */
    const order = (kind) => (ASSOCIATIONS.includes(kind) ? ASSOCIATIONS.indexOf(kind) : ASSOCIATIONS.length);
    return Object.keys(all).sort((a, b) => order(a) - order(b))
      .map((kind) => ({ kind, links: all[kind].slice(0, MAX_ASSOCIATED) }));
  }

  /**
   * @param {Rikaste.View} view
   * @param {Rikaste.Catalogue} catalogue
   */
  function draw(view, catalogue) {
    const moment = catalogue.moment();
    const content = JSON.stringify([view, known.variants, [...known.associated], shop.key]);
    if (drawn === content) return;
    const place = one('product');
    const sameProduct = place.dataset.sku === view.id;
    const at = sameProduct ? Number(place.dataset.picture ?? 0) : 0;
    drawn = content;
    document.title = `${title(view)} – ${shop.channel.shop ?? shop.channel.label}`;
    if (origin?.key !== `${view.id} ${shop.key}`) {
      origin = { key: `${view.id} ${shop.key}`, element: originDisclosure(shop, view, catalogue, origin?.element.open) };
    }
    keepingFocus(place, () => {
      place.dataset.sku = view.id;
      place.replaceChildren(...page(view, moment, at).filter((part) => part !== null));
    });
  }

  /**
   * @param {Rikaste.View} view
   * @param {number} moment
   * @param {number} at
   */
  function page(view, moment, at) {
    const { t, locale } = shop;
    return [
      crumbs(view),
      h('div', { class: 'product-top' }, gallery(view, at), buy(view, moment)),
      h('div', { class: 'product-more' },
        h('div', { class: 'product-text' },
          section(t('description'), view.description && h('div', { class: 'prose', lang: langOf(view, 'description') }, prose(view.description)), languageNote(t, view, 'description')),
          section(t('care'), careParts(t, view), languageNote(t, view, 'care'))),
        section(t('facts'), [factList(t, view), numbers(view)])),
      section(t('reviewsTitle'), reviews(t, locale, view), null, 'reviews'),
      h('div', { class: 'related' }, related(view).map((kind) => associations(kind, moment))),
      origin?.element ?? null,
    ];
  }

  /**
   * @param {string} name
   * @param {Rikaste.Child} content
   * @param {HTMLElement | null} [note]
   * @param {string} [id]
   */
  function section(name, content, note, id) {
    const there = (Array.isArray(content) ? content : [content]).filter(Boolean);
    return there.length ? h('section', { class: 'section', id }, h('h2', {}, name, ' ', note), there) : null;
  }

  /** @param {Rikaste.View} view */
  function crumbs(view) {
    return h('nav', { class: 'crumbs', 'aria-label': shop.t('category') }, h('ol', {},
      h('li', {}, h('a', { ...follows({ sku: undefined }) }, shop.t('allProducts'))),
      path(view).map(({ code, label }) => h('li', {}, h('a', { ...follows({ sku: undefined, q: undefined, brand: undefined, family: undefined, category: code }) }, label)))));
  }

  /**
   * @param {Rikaste.View} view
   * @param {number} at
   */
  function gallery(view, at) {
    const all = pictures(view);
    const { t } = shop;
    const main = h('div', { class: 'gallery-main' }, picture(all[at] ?? all[0], { eager: true, sizes: MAIN }));
    /** @param {number} index */
    const chosen = (index) => {
      one('product').dataset.picture = String(index);
      main.replaceChildren(picture(all[index], { eager: true, sizes: MAIN }));
      thumbs.querySelectorAll('button').forEach((each, order) => each.setAttribute('aria-pressed', String(order === index)));
    };
    const thumbs = h('ul', { class: 'gallery-thumbs', 'aria-label': t('pictures') }, all.map((image, index) => h('li', { 'data-key': `picture-${index}` },
      h('button', { type: 'button', 'aria-pressed': String(index === (all[at] ? at : 0)), 'aria-label': `${t('picture', { n: index + 1 })}: ${image.alt}`, onclick: () => chosen(index) },
        picture({ ...image, alt: '' }, { sizes: '5rem' })))));
    return h('div', { class: 'gallery' }, main, all.length > 1 ? thumbs : null);
  }

  /**
   * @param {Rikaste.View} view
   * @param {number} moment
   */
  function buy(view, moment) {
    const { t, locale } = shop;
    const price = pricing(view, moment);
    const availability = availabilityLine(t, [view]);
    return h('div', { class: 'product-buy' },
      h('p', { class: 'card-brand' }, view.brand),
      h('h1', { lang: langOf(view, 'title') }, hyphenated(title(view), textLanguage(view, 'title'))),
      h('p', { class: 'product-marks' },
        view.attributes?.badge ? h('span', { class: 'badge', lang: langOf(view, 'badge') }, view.attributes.badge) : null,
        languageNote(t, view, 'title'),
        view.attributes?.review_count ? h('a', { class: 'product-rating', href: '#reviews', onclick: toReviews }, ratingLine(t, locale, view)) : null),
      priceTag(t, locale, price),
      price?.until ? h('p', { class: 'quiet product-until' }, t('until', { date: t.date(lastDayOf(price.until)) })) : null,
      pickers(t, view, known.variants, (sku) => go({ sku }, { replace: true })),
      availability && h('p', { class: 'product-availability' }, availability),
      section(t('storesTitle'), stores(view)));
  }

  /** @param {Event} event */
  function toReviews(event) {
    event.preventDefault();
    one('reviews').scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth' });
  }

  /** @param {Rikaste.View} view */
  function numbers(view) {
    const rows = /** @type {const} */ ([['code', view.id], ['gtin', view.gtin?.replace(/^0(?=\d{13}$)/, '')], ['family', view.labels?.family]]).filter(([, value]) => value);
    return h('dl', { class: 'facts' }, rows.map(([word, value]) => h('div', {}, h('dt', {}, shop.t(word)), h('dd', {}, value))));
  }

  /** @param {Rikaste.View} view */
  function stores(view) {
    const { t } = shop;
    const { stock } = view;
    if (!stock) return null;
    /** @type {Rikaste.Location[]} */
    const listed = shop.channel.locations.length ? shop.channel.locations : Object.keys(stock).map((code) => ({ code, label: code }));
    const rows = listed.filter(({ code, kind }) => kind !== 'warehouse' || stock[code] > 0);
    return h('ul', { class: 'stores' }, rows.map(({ code, label, kind }) => {
      const { word, kind: level } = quantityWord(t, stock[code]);
      return h('li', {}, h('span', {}, label, kind === 'warehouse' ? h('span', { class: 'quiet' }, ` (${t('warehouse')})`) : null),
        h('span', { class: `availability availability-${level}` }, word));
    }));
  }

  /**
   * @param {{ kind: string, links: Rikaste.Link[] }} of
   * @param {number} moment
   */
  function associations({ kind, links }, moment) {
    const { t, locale } = shop;
    const there = links.filter(({ id }) => known.associated.get(id) !== null);
    if (!there.length) return null;
    return section(t.code(kind), h('ul', { class: 'cards cards-small' }, there.map(({ id, quantity }) => {
      const view = known.associated.get(id);
      if (!view) return h('li', { class: 'card skeleton', 'aria-hidden': 'true' }, h('span', { class: 'picture' }), h('span', { class: 'bone' }), h('span', { class: 'bone bone-short' }));
      return h('li', { class: 'card' },
        h('a', { class: 'card-link', 'data-key': id, ...follows({ sku: id }) },
          picture(pictures(view)[0] && { ...pictures(view)[0], alt: '' }, { sizes: '12rem' }),
          h('span', { class: 'card-text' }, h('strong', { class: 'card-title', lang: langOf(view, 'title') }, quantity > 1 ? `${quantity} × ${title(view)}` : title(view)))),
        priceTag(t, locale, pricing(view, moment), { lowest: true }));
    })));
  }

  function skeleton() {
    return h('div', { class: 'product-top skeleton', 'aria-label': shop.t('loading') },
      h('div', { class: 'gallery' }, h('div', { class: 'gallery-main' }, h('span', { class: 'picture' }))),
      h('div', { class: 'product-buy' }, ['bone-short', '', 'bone-tall', 'bone-short', ''].map((kind) => h('span', { class: `bone ${kind}` }))));
  }

  return {
    show,
    isEmpty: () => drawn === null,
    showInstead(element) {
      drawn = null;
      one('product').replaceChildren(element);
    },
  };
}
