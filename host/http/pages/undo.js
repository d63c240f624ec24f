// Undoing: what it comes to, then the question, then the request. The address says what: `?drop=7` or `?release=12`.

import * as api from './api.js';
import { h, one } from './dom.js';
import { button, languageSwitch, pageMessage, signInMessage, speak } from './frame.js';
import { chooseLocale, LOCALES, words } from './words.js';

const LOOK_EVERY = 1_000;
const PATIENCE = 120_000;

/** @type {{ locale: Rikaste.Locale, t: Rikaste.Words, preview: Rikaste.UndoPreview | null, problem: 'not public' | 'away' | string | null, running: boolean, done: import('./words.js').Word | null, release: number }} */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), preview: null, problem: null, running: false, done: null, release: 0 };

/** @returns {Rikaste.UndoTarget | null} */
function asked() {
  const given = new URLSearchParams(location.search);
  for (const name of /** @type {const} */ (['drop', 'release'])) {
    const number = given.get(name);
    if (number !== null && /^\d{1,15}$/.test(number)) return { [name]: Number(number) };
  }
  return null;
}

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  document.title = `${page.t('undoTitle')} – Rikaste`;
  languageSwitch(LOCALES, locale, choose);
  draw();
}

function draw() {
  const { t, preview, problem, done, release } = page;
  one('done').textContent = done ? t(done, { n: release }) : '';
  if (!asked()) one('undo').replaceChildren(pageMessage(t('undoNothing'), t('undoNothingText'), link('/releases', t('toReleases'))));
  else if (problem === 'not public') one('undo').replaceChildren(signInMessage(t, pageMessage));
  else if (problem) one('undo').replaceChildren(pageMessage(t('undoRefused'), problem === 'away' ? t('away') : problem));
  else if (preview?.refusal) one('undo').replaceChildren(refusal(preview.refusal));
  else if (preview) one('undo').replaceChildren(...contents(preview));
}

/**
 * @param {string} href
 * @param {string} text
 */
function link(href, text, kind = 'button button-plain') {
  return h('a', { class: kind, href }, text);
}

/** The way back to where one comes from. */
function wayBack() {
  const drop = asked()?.drop;
  return drop === undefined ? link('/releases', page.t('toReleases')) : link(`/v1/receipts/${drop}`, page.t('toReceipt'));
}

/** @param {Rikaste.UndoRefusal} refusal */
function refusal({ reason, local_reason: local, roll_back_to: to }) {
  const { t } = page;
  // The server speaks the shop's language; English is its other one.
  const text = t.language === 'en' ? reason : local;
  const instead = to === undefined ? [] : [link(`/undo?release=${to}`, t('undoInstead', { n: to }), 'button')];
  return pageMessage(t('undoRefused'), text, ...instead, wayBack());
}

/** @param {Rikaste.UndoPreview} preview */
function contents(preview) {
  const { t, running, done } = page;
  const { undone, to } = preview;
  const title = undone ? t('undoDrop', { file: undone.file }) : t('undoRelease', { n: to ?? 0 });
  const action = button(undone ? t('undoDo') : t('undoGoBack', { n: to ?? 0 }), perform);
  action.disabled = running || done === 'undoIsDone';
  return [
    h('h1', {}, title),
    h('p', { class: 'lead' }, t(undone ? 'undoDropText' : 'undoReleaseText')),
    h('ul', { class: 'daily-facts' },
      undone ? h('li', {}, t('undoReadAt', { when: moment(undone.at) })) : null,
      h('li', {}, h('strong', {}, t('undoProducts', { n: preview.products }))),
      preview.kept ? h('li', {}, t('undoKept', { n: preview.kept })) : null,
      preview.photo_drops ? h('li', {}, t('undoPhotos')) : null),
    h('h2', {}, t('channels')),
    channelTable(preview),
    ...along(preview),
    h('p', { class: 'daily-actions' }, action, wayBack()),
  ];
}

/** @param {string} at */
function moment(at) {
  return page.t.date(at, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** @param {Rikaste.UndoPreview} preview */
function channelTable({ channels }) {
  const { t } = page;
  const number = (/** @type {number} */ value) => h('td', { class: 'number' }, new Intl.NumberFormat(page.locale).format(value));
  const head = (/** @type {import('./words.js').Word[]} */ ...columns) => columns.map((word, order) => h('th', { scope: 'col', class: order ? 'number' : undefined }, t(word)));
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('channels') }, h('table', {},
    h('thead', {}, h('tr', {}, head('channels', 'undoChanged', 'undoAdded', 'undoRemoved'))),
    h('tbody', {}, channels.map(({ label, changed, added, removed }) => h('tr', {},
      h('th', { scope: 'row' }, label), number(changed), number(added), number(removed))))));
}

/** @param {Rikaste.UndoPreview} preview */
function along({ along: drops, more_along: more }) {
  const { t } = page;
  if (!drops.length) return [];
  return [
    h('h2', {}, t('undoAlong')),
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('undoAlong') }, h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('file')), h('th', { scope: 'col' }, t('when')), h('th', { scope: 'col', class: 'number' }, t('releaseHead')))),
      h('tbody', {}, drops.map(({ id, file, at, release }) => h('tr', {},
        h('th', { scope: 'row' }, h('a', { href: `/v1/receipts/${id}` }, file)),
        h('td', { class: 'when' }, h('time', { datetime: at }, moment(at))),
        h('td', { class: 'number' }, release ?? '–')))))),
    more ? h('p', { class: 'quiet' }, t('undoMore', { n: more })) : null,
  ].filter((each) => each !== null);
}

async function perform() {
  const [target, preview] = [asked(), page.preview];
  if (!target || !preview || page.running || !confirm(page.t('undoAsk'))) return;
  page.running = true;
  page.done = 'undoRuns';
  draw();
  try {
    await api.undo(target, preview.release);
    page.done = (await isDone(target, preview.release)) ? 'undoIsDone' : 'undoWaits';
  } catch (error) {
    page.done = null;
    page.problem = api.problemOf(error);
  }
  page.running = false;
  draw();
}

/**
 * Waits until the shop stands on a release that shows it.
 * @param {Rikaste.UndoTarget} target
 * @param {number} seen
 */
async function isDone({ drop, release }, seen) {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    const releases = (await api.releases()).filter((each) => each.release > seen);
    const made = releases.find(({ cause }) => (drop === undefined ? cause?.kind === 'rollback' && cause.to === release : cause?.kind === 'undo' && cause.drop === drop));
    if (made) {
      page.release = made.release;
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return false;
}

async function start() {
  choose(chooseLocale(LOCALES));
  const target = asked();
  if (!target) return;
  try {
    page.preview = await api.previewUndo(target);
  } catch (error) {
    page.problem = api.problemOf(error);
  }
  draw();
}

start();
