// The seller's list: what the server finds while it is reachable, and what this device's own index finds otherwise.

import * as api from './api.js';
import { axes, face, groups, inLocale, pictures, piecesIn, priceOfGroup, title, values } from './document.js';
import { h, one, picture, place } from './dom.js';
import { message } from './frame.js';
import { looksLikeGtin } from './gtin.js';
import { hyphenated } from './hyphens.js';
import { langOf, priceTag, textLanguage } from './parts.js';

const ROWS = 60;
const FOUND = 200;
const TYPING = 80;
/** How long the server may take before the device searches itself. */
const PATIENCE = 1_500;
const FEW = 3;

/** @typedef {{ key: string, from: 'server' | 'device', documents: Rikaste.Document[], total: number, matched?: Rikaste.Found['matched'] }} Results */

/** @param {{ device: Rikaste.Device, go: Rikaste.Go, shownSku: () => string | undefined }} parts */
export function sellerList({ device, go, shownSku }) {
  /** @type {Results | null} */
  let found = null;
  /** @type {{ key: string, done: Promise<void>, abort: AbortController } | null} */
  let asking = null;

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {string} q
   */
  function show(shelf, q) {
    const key = JSON.stringify([q, shelf.release, device.locale, device.reachable]);
    const isLocal = !q || looksLikeGtin(q) || !device.reachable;
    if (asking && (asking.key !== key || isLocal)) {
      asking.abort.abort();
      asking = null;
    }
    if (isLocal) found = here(shelf, q, key);
    else if (found?.key !== key && !asking) ask(shelf, q, key);
    if (found && !asking) draw(shelf, found, q);
  }

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {string} q
   * @param {string} key
   * @returns {Results}
   */
  function here(shelf, q, key) {
    const documents = shelf.find(q);
    return { key, from: 'device', documents, total: documents.length };
  }

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {string} q
   * @param {string} key
   */
  function ask(shelf, q, key) {
    const abort = new AbortController();
    const done = there(q, key, abort.signal).catch(() => here(shelf, q, key)).then((results) => {
      if (asking?.abort !== abort) return;
      asking = null;
      found = results;
      draw(shelf, found, q);
    });
    asking = { key, done, abort };
  }

  /**
   * @param {string} q
   * @param {string} key
   * @param {AbortSignal} abandoned
   * @returns {Promise<Results>}
   */
  async function there(q, key, abandoned) {
    await new Promise((resolve) => setTimeout(resolve, TYPING));
    abandoned.throwIfAborted();
    const signal = AbortSignal.any([abandoned, AbortSignal.timeout(PATIENCE)]);
    const { products, total, matched } = await api.search(device.code, { q, locale: device.locale, limit: FOUND }, signal);
    return { key, from: 'server', documents: products, total, matched };
  }

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {Results} results
   * @param {string} q
   */
  function draw(shelf, { documents, from, total, matched }, q) {
    const { t, locale } = device;
    const all = groups(documents.map((document) => ({ id: document.id, item_group_id: document.item_group_id, document })));
    const shown = all.slice(0, ROWS).map(({ id, variants }) => rowOf(id, variants.map(({ document }) => inLocale(document, locale))));
    place(one('rows'), shown, { key: (row) => row.id, draw: drawRow });
    const isSearch = Boolean(q) && !looksLikeGtin(q);
    const count = t(total > documents.length ? 'resultsOver' : 'results', { n: all.length });
    const doubt = matched === 'similar' ? t('similarOnly') : matched === 'some' ? t('someOnly') : null;
    one('count').textContent = isSearch ? [count, all.length > 0 && doubt, t(from === 'server' ? 'searchedThere' : 'searchedHere')].filter(Boolean).join(' · ') : '';
    one('instead').replaceChildren(...(all.length || looksLikeGtin(q) ? [] : [shelf.size ? message(t('nothing'), t('findHelp')) : message(t('noProducts'), t('noProductsText'))]));
    markShown(shelf);
  }

  /** @param {Rikaste.Shelf} shelf */
  function markShown(shelf) {
    const document = shelf.product(shownSku() ?? '');
    const group = document && (document.item_group_id ?? document.id);
    one('rows').querySelectorAll('a').forEach((link) => {
      if (link.dataset.group === group) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  }

  /**
   * @param {string} id
   * @param {Rikaste.View[]} variants
   */
  function rowOf(id, variants) {
    const { t } = device;
    const view = face(variants);
    const codes = axes(variants);
    const counts = ['color', 'size'].filter((code) => codes.includes(code))
      .map((code) => t(code === 'color' ? 'colors' : 'sizes', { n: values(variants, code).length }));
    return {
      id,
      sku: view.id,
      title: hyphenated(title(view), textLanguage(view, 'title')),
      lang: langOf(view, 'title'),
      under: [view.brand, ...counts, counts.length ? null : view.id].filter(Boolean).join(' · '),
      image: pictures(view)[0] ?? null,
      price: priceOfGroup(variants),
      here: device.place && variants.some((each) => each.stock) ? { pieces: piecesIn(variants, device.place) } : null,
      locale: device.locale,
    };
  }

  /** @param {ReturnType<typeof rowOf>} row */
  function drawRow(row) {
    const { t, locale } = device;
    return h('li', {}, h('a', {
      class: 'row',
      'data-group': row.id,
      href: `?sku=${encodeURIComponent(row.sku)}`,
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go({ sku: row.sku }, { replace: Boolean(shownSku()) });
        one('sheet').querySelector('h2')?.focus();
      },
    },
    picture(row.image && { ...row.image, link: row.image.small ?? row.image.link, srcset: undefined, alt: '' }),
    h('span', { class: 'row-text' },
      h('strong', { lang: row.lang }, row.title),
      h('span', { class: 'quiet' }, row.under)),
    h('span', { class: 'row-end' },
      priceTag(t, locale, row.price && { now: row.price.now, from: row.price.from }),
      row.here && pieces(row.here.pieces))));
  }

  /** @param {number | undefined} quantity */
  function pieces(quantity) {
    const { t } = device;
    const [kind, word] = quantity === undefined ? ['unknown', t('stockUnknown')]
      : quantity > 0 ? [quantity > FEW ? 'in' : 'few', t('pieces', { n: quantity })] : ['out', t('out_of_stock')];
    return h('span', { class: `availability availability-${kind}` }, word);
  }

  return {
    show,
    /** The list stands, with what was asked for last. */
    settled: () => asking?.done ?? Promise.resolve(),
  };
}
