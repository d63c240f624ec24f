// The releases, and what changed in one of them: `?release=12`, or since an earlier one, `?release=12&since=9`.

import * as api from './api.js';
import { h, one } from './dom.js';
import { languageSwitch, pageMessage, signInMessage, speak } from './frame.js';
import { productDiff } from './value-diff.js';
import { chooseLocale, LOCALES, words } from './words.js';

/**
 * @type {{
 *   locale: Rikaste.Locale,
 *   t: Rikaste.Words,
 *   releases: Rikaste.ReleaseInfo[] | null,
 *   diff: Rikaste.ReleaseDiff | null,
 *   problem: 'not public' | 'away' | string | null,
 * }}
 */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), releases: null, diff: null, problem: null };

/** @param {string} name */
function numberIn(name) {
  const given = new URLSearchParams(location.search).get(name);
  return given !== null && /^\d{1,15}$/.test(given) ? Number(given) : null;
}

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  document.title = `${page.t('releasesTitle')} – Rikaste`;
  languageSwitch(LOCALES, locale, choose);
  draw();
}

function draw() {
  const { t, problem, releases, diff } = page;
  one('more').hidden = !diff?.next;
  if (problem === 'not public') one('part').replaceChildren(signInMessage(t, pageMessage));
  else if (problem) one('part').replaceChildren(pageMessage(t('releasesTitle'), problem === 'away' ? t('away') : problem, toList()));
  else if (diff) one('part').replaceChildren(...changes(diff));
  else if (releases) one('part').replaceChildren(...list(releases));
}

function toList() {
  return h('a', { class: 'button button-plain', href: '/releases' }, page.t('toReleases'));
}

/** @param {Rikaste.ReleaseInfo[]} releases */
function list(releases) {
  const { t } = page;
  if (!releases.length) return [pageMessage(t('noReleases'), t('noReleasesText'))];
  return [
    h('h1', {}, t('releasesTitle')),
    h('p', { class: 'lead' }, t('releasesText')),
    h('ol', { class: 'release-list' }, releases.map((release, order) => h('li', {},
      h('p', { class: 'release-head' },
        h('strong', {}, t('release', { n: release.release })),
        release.effective_at ? h('time', { class: 'quiet', datetime: release.effective_at }, moment(release.effective_at)) : null),
      h('p', { class: 'release-cause' }, cause(release.cause)),
      h('p', { class: 'release-links' },
        h('a', { href: `/releases?release=${release.release}` }, t('whatChanged')),
        order ? h('a', { href: `/undo?release=${release.release}` }, t('goBackTo')) : null)))),
  ];
}

/** @param {Rikaste.ReleaseCause | undefined} of */
function cause(of) {
  const { t } = page;
  if (!of) return '';
  if (of.kind === 'window') return t('causeWindow');
  if (of.kind === 'configuration') return t('causeConfiguration');
  if (of.kind === 'rollback') return t('causeRollback', { n: of.to });
  const link = h('a', { href: `/v1/receipts/${of.drop}` }, of.file);
  if (of.kind === 'drop') return link;
  const [before, after] = t('causeUndo', { file: '\n' }).split('\n');
  return h('span', {}, before, link, after);
}

/** @param {string} at */
function moment(at) {
  return page.t.date(at, { dateStyle: 'medium', timeStyle: 'short' });
}

/** @param {Rikaste.ReleaseDiff} diff */
function changes({ since, release, products, next }) {
  const { t } = page;
  const info = page.releases?.find((each) => each.release === release);
  const isOne = since === release - 1;
  const drop = isOne && info?.cause?.kind === 'drop' ? info.cause.drop : null;
  return [
    h('h1', {}, isOne ? t('changesTitle', { n: release }) : t('changesBetween', { since, n: release })),
    isOne && info ? h('p', { class: 'lead' }, cause(info.cause), info.effective_at ? [' · ', moment(info.effective_at)] : null) : null,
    h('p', { class: 'release-links' },
      h('a', { href: '/releases' }, t('toReleases')),
      drop === null ? null : h('a', { href: `/undo?drop=${drop}` }, t('undoDo'))),
    products.length || next ? null : h('p', { class: 'start-empty' }, t('noChanges')),
    ...products.map((product) => productDiff(product, t, page.locale)),
  ].filter((each) => each !== null);
}

async function more() {
  const { diff } = page;
  if (!diff?.next) return;
  await asking(async () => {
    const following = await api.releaseChanges(diff.release, { since: diff.since, after: diff.next });
    page.diff = { ...following, products: [...diff.products, ...following.products] };
  });
}

/** @param {() => Promise<void>} ask */
async function asking(ask) {
  one('more').disabled = true;
  try {
    await ask();
  } catch (error) {
    page.problem = api.problemOf(error);
  }
  one('more').disabled = false;
  draw();
}

function start() {
  choose(chooseLocale(LOCALES));
  one('more').addEventListener('click', more);
  const release = numberIn('release');
  asking(async () => {
    page.releases = await api.releases();
    if (release !== null) page.diff = await api.releaseChanges(release, { since: numberIn('since') });
  });
}

start();
