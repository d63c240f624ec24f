// The web shop. The address is the state: every view, search and preview date can be linked to,
// and Back goes back.

import * as api from './api.js';
import { live, preview } from './catalogue.js';
import { h, one } from './dom.js';
import { button, languageSwitch, message, pageMessage, showAway, showRelease, signInLink, speak } from './frame.js';
import { labelsOf } from './labels.js';
import { follow } from './release.js';
import { retrying } from './retry.js';
import { listPage, withoutFilters } from './shop-list.js';
import { productPage } from './shop-product.js';
import { chooseLocale, LOCALES, words } from './words.js';

const CHANNEL = 'web';
const TYPING = 120;

const retry = retrying();

/**
 * Given once the channel is known, before anything is drawn.
 * @type {Rikaste.Shop}
 */
let shop;
/** @type {Rikaste.Catalogue} */
let catalogue;
let reachable = true;
let scrolled = 0;

/** @returns {Record<string, string>} */
function address() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/**
 * Goes to the address with `changes` made; `undefined` takes a part away.
 * @param {Rikaste.Changes} changes
 * @param {{ replace?: boolean }} [how]
 */
function go(changes, { replace = false } = {}) {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  if (text === new URLSearchParams(location.search).toString()) return;
  const from = address();
  if (!from.sku) scrolled = scrollY;
  history[replace ? 'replaceState' : 'pushState'](null, '', text ? `/shop?${text}` : '/shop');
  show({ moved: Boolean(from.sku) !== Boolean(next.get('sku')) || (!replace && Boolean(next.get('sku'))) });
}

/**
 * A product's address carries nothing of the search it was found by.
 * @param {Rikaste.Changes} changes
 */
function linkTo(changes) {
  const { lang, as_of: asOf } = address();
  const next = new URLSearchParams(changes.sku ? given({ lang, as_of: asOf }) : location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next.size ? `/shop?${next}` : '/shop';
}

/**
 * What is there of it.
 * @param {Record<string, string | undefined>} all
 */
function given(all) {
  return /** @type {[string, string][]} */ (Object.entries(all).filter(([, value]) => value));
}

/**
 * A link that stays on the page, but opens elsewhere when asked to.
 * @type {Rikaste.Follows}
 */
function follows(changes) {
  return {
    href: linkTo(changes),
    onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(changes);
    },
  };
}

function choose() {
  const { as_of: asOf, lang } = address();
  const locale = chooseLocale(shop.channel.locales, lang);
  const key = `${locale} ${asOf ?? ''}`;
  if (shop.key === key) return;
  Object.assign(shop, { key, locale, asOf, t: words(locale, labelsOf(shop.model, locale)) });
  catalogue = asOf ? preview(CHANNEL, locale, asOf) : live(CHANNEL, locale);
  speak(shop.t, locale);
  one('name').textContent = shop.channel.shop ?? shop.channel.label;
  one('day').value = asOf ?? '';
  languageSwitch(shop.channel.locales, locale, (chosen) => go({ lang: chosen }));
  showRelease(shop.t, shop.release);
  showAway(shop.t, !reachable);
  showPreview();
}

function showPreview() {
  const place = one('previewing');
  place.hidden = !shop.asOf;
  if (!shop.asOf) return;
  place.replaceChildren(
    h('p', {}, h('strong', {}, shop.t('previewShort')), ' ', shop.t('previewing', { date: shop.t.date(`${shop.asOf}T12:00:00`) })),
    h('a', { class: 'button button-small', ...follows({ as_of: undefined }) }, shop.t('leavePreview')));
}

/** @type {Rikaste.Page} */
let list;
/** @type {Rikaste.Page} */
let product;
/** @type {AbortController | null} */
let showing = null;

async function show({ moved = false, quietly = false } = {}) {
  showing?.abort();
  showing = new AbortController();
  const { signal } = showing;
  choose();
  const now = address();
  one('list').hidden = Boolean(now.sku);
  one('product').hidden = !now.sku;
  if (!now.sku) {
    one('q').value = document.activeElement === one('q') && now.q === one('q').value.trim() ? one('q').value : (now.q ?? '');
    document.title = shop.channel.shop ?? shop.channel.label;
    if (moved) scrollTo({ top: scrolled, behavior: 'instant' });
  } else if (moved) {
    scrollTo({ top: 0, behavior: 'instant' });
  }
  const page = now.sku ? product : list;
  try {
    await page.show(now, { catalogue, signal, quietly, moved });
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof api.Unreachable) && !(error instanceof api.Problem)) throw error;
    if (page.isEmpty() || !(error instanceof api.Unreachable)) page.showInstead(trouble(error, page === product));
  }
}

/**
 * @param {InstanceType<typeof api.Problem> | InstanceType<typeof api.Unreachable>} error
 * @param {boolean} wholePage
 */
function trouble(error, wholePage) {
  const t = shop?.t ?? words(chooseLocale(LOCALES));
  const tell = wholePage ? pageMessage : message;
  return error instanceof api.Unreachable
    ? tell(t('goneTitle'), t('goneText'))
    : tell(t('problemTitle'), error.message, button(t('retry'), () => location.reload()));
}

function listen() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const typed = () => {
    clearTimeout(typing);
    go({ q: one('q').value.trim(), sku: undefined }, { replace: !address().sku });
  };
  one('q').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(typed, TYPING);
  });
  one('search').addEventListener('submit', (event) => {
    event.preventDefault();
    typed();
  });
  one('sort').addEventListener('change', () => go({ sort: one('sort').value === 'relevance' ? undefined : one('sort').value }));
  one('preview').addEventListener('submit', (event) => {
    event.preventDefault();
    go({ as_of: one('day').value });
    scrollTo({ top: 0 });
  });
  one('christmas').addEventListener('click', () => {
    const now = new Date();
    const year = now.getMonth() === 11 && now.getDate() > 24 ? now.getFullYear() + 1 : now.getFullYear();
    go({ as_of: `${year}-12-24` });
    scrollTo({ top: 0 });
  });
  one('name').addEventListener('click', (event) => {
    event.preventDefault();
    go({ q: undefined, sort: undefined, sku: undefined, ...withoutFilters(address()) });
  });
  // Where there is room the filters stand beside the list, without a button to open them.
  const roomy = matchMedia('(min-width: 60.01rem)');
  const makeRoom = () => (one('filter').open = roomy.matches);
  roomy.addEventListener('change', makeRoom);
  makeRoom();
  addEventListener('popstate', () => show({ moved: true }));
}

/** A release may be of another configuration. What is drawn takes its names when it is drawn anew. */
async function renewNames() {
  const model = await api.model(CHANNEL);
  if (JSON.stringify(model) === JSON.stringify(shop.model)) return;
  Object.assign(shop, { model, key: '' });
  show({ quietly: true });
}

async function start() {
  try {
    const channel = await api.channel(CHANNEL);
    shop = { channel, model: await api.model(CHANNEL), key: '', locale: '', t: words(LOCALES[0]), release: null };
  } catch (error) {
    if (!(error instanceof api.Unreachable) && !(error instanceof api.Problem)) throw error;
    const locale = chooseLocale(LOCALES);
    const t = words(locale);
    speak(t, locale);
    languageSwitch([locale], locale, () => {});
    one('name').textContent = t('shop');
    one('list').hidden = true;
    one('product').hidden = false;
    const missing = error instanceof api.Problem && error.status === 404;
    const text = missing ? pageMessage(t('problemTitle'), t('noChannel', { code: CHANNEL })) : trouble(error, true);
    one('product').replaceChildren(api.isRefusal(error) ? pageMessage(t('notPublicTitle'), t('notPublic'), signInLink(t)) : text);
    retry.again(start);
    return;
  }
  retry.reset();
  one('product').replaceChildren();
  choose();
  list = listPage({ shop, follows, go });
  product = productPage({ shop, follows, go });
  listen();
  show();
  let begun = false;
  follow(CHANNEL, {
    onRelease(release, changed) {
      shop.release = release;
      showRelease(shop.t, release);
      if (begun) renewNames().catch(() => {});
      if (begun && changed) {
        if (shop.asOf) catalogue = preview(CHANNEL, shop.locale, shop.asOf);
        show({ quietly: true });
      }
      begun = true;
    },
    onReachable(now) {
      const back = now && !reachable;
      reachable = now;
      showAway(shop.t, !now);
      if (back) show({ quietly: true });
    },
  });
}

start();
