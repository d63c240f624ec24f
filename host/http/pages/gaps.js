// Gaps: products that lack a required value in a channel, or show it from another language. The address says which
// ones, so a list can be handed on.

import * as api from './api.js';
import { h, one } from './dom.js';
import { languageSwitch, message, signInMessage, speak } from './frame.js';
import { chooseLocale, LOCALES, nameOf, words } from './words.js';

const FOLDER = 'inbox/edits';

/**
 * @type {{
 *   locale: Rikaste.Locale,
 *   t: Rikaste.Words,
 *   channels: Rikaste.Channel[] | null,
 *   counts: Record<string, Record<string, Rikaste.CompletenessCounts>>,
 *   products: Rikaste.ProductGaps[] | null,
 *   next: number | undefined,
 *   problem: 'not public' | 'away' | string | null,
 *   asked: number,
 * }}
 */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), channels: null, counts: {}, products: null, next: undefined, problem: null, asked: 0 };

/** What the address asks for: a channel that there is, and one of its locales or none. */
function wanted() {
  const given = new URLSearchParams(location.search);
  const channel = page.channels?.find(({ code }) => code === given.get('channel')) ?? page.channels?.[0];
  const locale = channel?.locales.find((each) => each === given.get('locale'));
  return { channel, locale, only: given.get('only') === 'missing' ? 'missing' : undefined };
}

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  document.title = `${page.t('gapsTitle')} – Rikaste`;
  languageSwitch(LOCALES, locale, choose);
  draw();
}

function draw() {
  const { t, products, problem, next } = page;
  const [before, after] = t('gapsText', { folder: '\n' }).split('\n');
  one('lead').replaceChildren(before, h('code', {}, FOLDER), after);
  one('choice').hidden = !page.channels || problem !== null;
  drawChoice();
  one('more').hidden = next === undefined || problem !== null;
  one('gaps').replaceChildren(...(problem === null ? (products ?? []).map(product) : []));
  one('instead').replaceChildren(...instead());
}

function instead() {
  const { t, products, problem, next } = page;
  if (problem === 'not public') return [signInMessage(t)];
  if (problem) return [message(t('gapsTitle'), problem === 'away' ? t('away') : problem)];
  if (products && !products.length) return [next === undefined ? message(t('noGaps'), t('noGapsText')) : h('p', { class: 'quiet' }, t('gapsNothingYet'))];
  return [];
}

function drawChoice() {
  const { t, channels, products, problem } = page;
  const { channel, locale, only } = wanted();
  if (!channels || !channel) return;
  one('channel').replaceChildren(...channels.map(({ code, label }) => h('option', { value: code }, label)));
  one('channel').value = channel.code;
  one('locale').replaceChildren(h('option', { value: '' }, t('gapsAllLocales')), ...channel.locales.map((each) => h('option', { value: each }, `${nameOf(each, page.locale)} (${each})`)));
  one('locale').value = locale ?? '';
  one('missing').checked = only !== undefined;
  const counted = locale ? page.counts[channel.code]?.[locale] : undefined;
  one('counts').textContent = counted ? t('gapsCounts', { ...counted }) : '';
  one('download').replaceChildren(...(problem === null && products?.length ? [h('a', { class: 'button', href: api.gapFile(channel.code, { locale, only }), download: true }, t('gapsDownload'))] : []));
}

/** @param {Rikaste.ProductGaps} product */
function product({ sku, name, withheld, locales }) {
  const { t } = page;
  const isOne = wanted().locale !== undefined;
  const where = (/** @type {Rikaste.Locale} */ locale) => (isOne ? null : locale);
  // What has no value of its own in each locale lacks in all of them: once is enough.
  const everywhere = new Map(locales.flatMap(({ missing }) => missing.filter((gap) => isOne || !gap.localizable).map((gap) => [gap.attribute, gap])));
  return h('li', {},
    h('h2', {}, name ?? sku, ' ', h('a', { class: 'diff-sku', href: `/product?sku=${encodeURIComponent(sku)}` }, sku),
      withheld ? h('span', { class: 'diff-badge gap-withheld' }, t('gapsWithheld')) : null),
    h('dl', {}, gap(t('gapsMissing'), null, [...everywhere.values()], 'gap-missing'), locales.map(({ locale, missing, fallback }) => [
      gap(t('gapsMissing'), locale, missing.filter(({ attribute }) => !everywhere.has(attribute)), 'gap-missing'),
      gap(t('gapsFallback'), where(locale), fallback, ''),
    ])));
}

/**
 * @param {string} title
 * @param {Rikaste.Locale | null} locale
 * @param {Rikaste.GapAttribute[]} attributes
 * @param {string} kind
 */
function gap(title, locale, attributes, kind) {
  const { t } = page;
  if (!attributes.length) return null;
  const label = (/** @type {Rikaste.GapAttribute} */ { attribute, label: name, shown }) =>
    [name === attribute ? t.code(attribute) : name, shown ? ` (${nameOf(shown, page.locale)})` : ''].join('');
  return h('div', { class: kind },
    h('dt', {}, title, locale ? h('span', { class: 'quiet' }, ` ${nameOf(locale, page.locale)}`) : null),
    h('dd', {}, attributes.map(label).join(', ')));
}

/**
 * Asks for the list from its beginning, or for what follows.
 * @param {number} [after]
 */
async function look(after) {
  const { channel, locale, only } = wanted();
  if (!channel) return;
  page.asked += 1;
  const asked = page.asked;
  if (after === undefined) [page.products, page.next] = [null, undefined];
  await asking(async () => {
    const report = await api.gaps(channel.code, { locale, only, after });
    // Something else was chosen meanwhile.
    if (asked !== page.asked) return;
    page.products = [...(page.products ?? []), ...report.products];
    page.next = report.next;
  });
}

/** @param {() => Promise<void>} ask */
async function asking(ask) {
  one('more').disabled = true;
  page.problem = null;
  try {
    await ask();
  } catch (error) {
    page.problem = api.problemOf(error);
  }
  one('more').disabled = false;
  draw();
}

function chosen() {
  const given = new URLSearchParams({ channel: one('channel').value });
  if (one('locale').value) given.set('locale', one('locale').value);
  if (one('missing').checked) given.set('only', 'missing');
  history.pushState(null, '', `/gaps?${given}`);
  look();
}

async function start() {
  choose(chooseLocale(LOCALES));
  one('more').addEventListener('click', () => look(page.next));
  for (const name of /** @type {const} */ (['channel', 'locale', 'missing'])) one(name).addEventListener('change', chosen);
  one('choice').addEventListener('submit', (event) => event.preventDefault());
  addEventListener('popstate', () => look());
  await asking(async () => {
    const [channels, current] = await Promise.all([api.channels(), api.currentRelease()]);
    page.channels = channels;
    page.counts = Object.fromEntries(Object.entries(current.channels ?? {}).map(([code, { locales }]) => [code, locales ?? {}]));
  });
  look();
}

start();
