// The seller's sheet of one product: everything that is known of it.

import { axes, choiceOf, inLocale, pictures, piecesIn, pricing, title, values } from './document.js';
import { h, icon, keepingFocus, one, picture, prose } from './dom.js';
import { message } from './frame.js';
import { hyphenated } from './hyphens.js';
import { careParts, factList, langOf, languageNote, priceTag, ratingLine, reviews, textLanguage } from './parts.js';
import { pickers } from './pickers.js';

/** @typedef {{ label: string, view: Rikaste.View }} Column */

/** How wide a picture of the sheet is. */
const SHEET = '(max-width: 60rem) 78vw, 24rem';
const KINDS = ['care-product', 'accessory', 'spare-part'];

/** @param {{ device: Rikaste.Device, go: Rikaste.Go }} parts */
export function sellerSheet({ device, go }) {
  /** @type {string | null} */
  let drawn = null;

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {Rikaste.Sku} sku
   */
  function show(shelf, sku) {
    const document = shelf.product(sku);
    const content = JSON.stringify([document && shelf.variants(document), sku, device.locale, device.place, device.channel?.locations]);
    if (content === drawn) return;
    const another = one('sheet').dataset.sku !== sku;
    drawn = content;
    one('sheet').dataset.sku = sku;
    keepingFocus(one('sheet'), () => one('sheet').replaceChildren(back(), ...(document ? page(shelf, document) : [message(device.t('notHere'), sku)])));
    if (another) requestAnimationFrame(() => scrollTo({ top: 0, behavior: 'instant' }));
  }

  function back() {
    return h('p', { class: 'sheet-back' }, h('button', { type: 'button', class: 'link', 'data-key': 'back', onclick: () => go({ sku: undefined }) }, icon('back'), h('span', {}, device.t('back'))));
  }

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {Rikaste.Document} document
   */
  function page(shelf, document) {
    const { t, locale } = device;
    const view = inLocale(document, locale);
    const variants = shelf.variants(document).map((each) => inLocale(each, locale));
    return [
      h('div', { class: 'sheet-top' },
        h('div', { class: 'sheet-pictures', tabindex: '0', role: 'group', 'aria-label': t('pictures') },
          pictures(view).length ? pictures(view).map((image, at) => picture(image, { eager: at === 0, sizes: SHEET })) : picture(null)),
        h('div', { class: 'sheet-head' },
          h('p', { class: 'quiet' }, view.brand),
          h('h2', { lang: langOf(view, 'title'), tabindex: '-1' }, hyphenated(title(view), textLanguage(view, 'title')), ' ', languageNote(t, view, 'title')),
          view.attributes?.badge ? h('p', {}, h('span', { class: 'badge', lang: langOf(view, 'badge') }, view.attributes.badge)) : null,
          priceTag(t, locale, pricing(view)),
          ratingLine(t, locale, view),
          pickers(t, view, variants, (sku) => go({ sku }, { replace: true })))),
      section(t('availability'), availability(view, variants)),
      section(t('care'), careParts(t, view), languageNote(t, view, 'care')),
      ...related(shelf, view),
      section(t('description'), view.description && h('div', { class: 'prose', lang: langOf(view, 'description') }, prose(view.description)), languageNote(t, view, 'description')),
      section(t('facts'), [numbers(view), factList(t, view, { everything: true })]),
      section(t('reviewsTitle'), reviews(t, locale, view)),
    ].filter((part) => part !== null);
  }

  /**
   * @param {string} name
   * @param {Rikaste.Child} content
   * @param {HTMLElement | null} [note]
   */
  function section(name, content, note) {
    const there = (Array.isArray(content) ? content : [content]).filter(Boolean);
    return there.length ? h('section', { class: 'sheet-section' }, h('h3', {}, name, ' ', note), there) : null;
  }

  /** @param {Rikaste.View} view */
  function numbers(view) {
    const { t } = device;
    const rows = /** @type {const} */ ([['code', view.id], ['gtin', view.gtin?.replace(/^0(?=\d{13}$)/, '')], ['family', view.labels?.family ?? view.family], ['category', view.labels?.categories?.join(' › ')]])
      .filter(([, value]) => value);
    return h('dl', { class: 'facts' }, rows.map(([word, value]) => h('div', {}, h('dt', {}, t(word)), h('dd', {}, value))));
  }

  /**
   * A row for every place, a column for every size of this colour.
   * @param {Rikaste.View} view
   * @param {Rikaste.View[]} variants
   */
  function availability(view, variants) {
    const { t, channel } = device;
    const columns = columnsOf(view, variants);
    if (!columns.some((each) => each.view.stock)) return null;
    const known = channel?.locations ?? [];
    const others = [...new Set(columns.flatMap((each) => Object.keys(each.view.stock ?? {})))].filter((code) => !known.some((each) => each.code === code));
    /** @type {Rikaste.Location[]} */
    const places = [...known, ...others.map((code) => ({ code, label: code }))]
      .sort((a, b) => Number(b.code === device.place) - Number(a.code === device.place));
    /**
     * @param {number | undefined} quantity
     * @param {Column} column
     */
    const cell = (quantity, { view: { id } }) => h('td', { class: ['amount', quantity ? null : 'none', id === view.id && 'chosen'].filter(Boolean).join(' ') },
      quantity ?? [h('span', { 'aria-hidden': 'true' }, '–'), h('span', { class: 'hidden-text' }, t('notGiven'))]);
    /** @param {Column} column */
    const total = (column) => {
      const known = places.map(({ code }) => piecesIn([column.view], code)).filter((quantity) => quantity !== undefined);
      return known.length ? known.reduce((sum, quantity) => sum + quantity, 0) : undefined;
    };
    return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('availability') }, h('table', { class: 'places' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('location')),
        columns.map((column) => h('th', { scope: 'col', class: column.view.id === view.id ? 'amount chosen' : 'amount' }, column.label)))),
      h('tbody', {}, places.map(({ code, label, kind }) => h('tr', { class: code === device.place ? 'mine' : undefined },
        h('th', { scope: 'row' }, label, kind === 'warehouse' ? h('span', { class: 'quiet' }, ` (${t('warehouse')})`) : null),
        columns.map((column) => cell(piecesIn([column.view], code), column))))),
      h('tfoot', {}, h('tr', {}, h('th', { scope: 'row' }, t('total')),
        columns.map((column) => cell(total(column), column))))));
  }

  /**
   * @param {Rikaste.View} view
   * @param {Rikaste.View[]} variants
   * @returns {Column[]}
   */
  function columnsOf(view, variants) {
    const codes = axes(variants);
    const along = codes.includes('size') ? 'size' : codes.at(-1);
    if (!along) return [{ label: device.t('amount'), view }];
    const alike = variants.filter((each) => codes.every((code) => code === along || choiceOf(each, code) === choiceOf(view, code)));
    if (!choiceOf(view, along)) return [{ label: device.t('amount'), view }];
    return values(alike, along).flatMap(({ code, label }) => {
      const found = alike.find((each) => choiceOf(each, along) === code);
      return found ? [{ label, view: found }] : [];
    });
  }

  /**
   * @param {Rikaste.Shelf} shelf
   * @param {Rikaste.View} view
   */
  function related(shelf, view) {
    const { t, locale } = device;
    /** @param {string} kind */
    const order = (kind) => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);
    const all = view.associations ?? {};
    return Object.keys(all).sort((a, b) => order(a) - order(b)).map((kind) => {
      const rows = all[kind].flatMap(({ id, quantity }) => {
        const found = shelf.product(id);
        return found ? [{ quantity, view: inLocale(found, locale) }] : [];
      });
      return section(t.code(kind), rows.length && h('ul', { class: 'rows' }, rows.map(relatedRow)));
    });
  }

  /** @param {{ quantity: number, view: Rikaste.View }} row */
  function relatedRow({ quantity, view }) {
    const { t, locale } = device;
    const here = device.place ? view.stock?.[device.place] : undefined;
    return h('li', {}, h('a', {
      class: 'row',
      'data-key': view.id,
      href: `?sku=${encodeURIComponent(view.id)}`,
      onclick: (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go({ sku: view.id });
        one('sheet').querySelector('h2')?.focus();
      },
    },
    tile(view),
    h('span', { class: 'row-text' }, h('strong', { lang: langOf(view, 'title') }, quantity > 1 ? `${quantity} × ${title(view)}` : title(view)), h('span', { class: 'quiet' }, view.id)),
    h('span', { class: 'row-end' }, priceTag(t, locale, pricing(view), { lowest: false }),
      here === undefined ? null : h('span', { class: `availability availability-${here > 3 ? 'in' : here > 0 ? 'few' : 'out'}` }, here > 0 ? t('pieces', { n: here }) : t('out_of_stock')))));
  }

  /** @param {Rikaste.View} view */
  function tile(view) {
    const [image] = pictures(view);
    return picture(image && { ...image, link: image.small ?? image.link, srcset: undefined, alt: '' });
  }

  return { show };
}
