// Trying a file out: what would become of it, and then dropping it for real. The file is dragged onto the page, or
// chosen; what it is about, a person says.

import * as api from './api.js';
import { h, one } from './dom.js';
import { button, languageSwitch, message, signInMessage, speak } from './frame.js';
import { productDiff } from './value-diff.js';
import { chooseLocale, LOCALES, words } from './words.js';

/** @type {Rikaste.FileKind[]} */
const KINDS = ['products', 'prices', 'stock', 'reviews', 'edits'];
const MAX_BYTES = 256 * 1024 * 1024;
const REMARKS = 50;
const LOOK_EVERY = 500;
const PATIENCE = 120_000;

/** What stands for something else than an attribute. */
/** @type {Record<string, import('./words.js').Word>} */
const PHRASES = { 'the unit of another column': 'columnUnit', 'a name, or its value': 'columnPair', 'names and values': 'columnPairs' };

/**
 * @type {{
 *   locale: Rikaste.Locale,
 *   t: Rikaste.Words,
 *   mayDrop: boolean,
 *   tried: { kind: Rikaste.FileKind, file: File } | null,
 *   preview: Rikaste.DropPreview | null,
 *   problem: 'not public' | 'away' | string | null,
 *   running: boolean,
 *   told: () => string,
 *   receipt: Rikaste.Receipt | null,
 * }}
 */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), mayDrop: false, tried: null, preview: null, problem: null, running: false, told: () => '', receipt: null };

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  document.title = `${page.t('dropTitle')} – Rikaste`;
  languageSwitch(LOCALES, locale, choose);
  const { value } = one('kind');
  one('kind').replaceChildren(h('option', { value: '' }, page.t('dropChoose')), ...KINDS.map((kind) => h('option', { value: kind }, page.t(`kind_${kind}`))));
  one('kind').value = value;
  draw();
}

function draw() {
  const { t, preview, problem, running, told, receipt } = page;
  one('done').textContent = told();
  one('try').disabled = running;
  if (problem === 'not public') one('part').replaceChildren(signInMessage(t));
  else if (problem) one('part').replaceChildren(message(t('problemTitle'), problem === 'away' ? t('goneTitle') : problem));
  else if (receipt) one('part').replaceChildren(placed(receipt));
  else if (preview) one('part').replaceChildren(...contents(preview));
  else one('part').replaceChildren();
}

/** @param {Rikaste.DropPreview} preview */
function contents(preview) {
  const { t } = page;
  const { receipt, changes, has_more_changes: more } = preview;
  const parts = [
    h('h2', { class: 'drop-outcome' }, t(`would_${outcomeOf(receipt)}`)),
    receipt.outcome === 'held' ? h('p', {}, t('wouldHeldText')) : null,
    facts(preview),
    actions(preview),
    ...remarks(preview),
    ...columns(preview),
    changes.length ? h('h2', {}, t('wouldChanges')) : null,
    changes.length && more ? h('p', { class: 'quiet' }, t('firstChanges', { n: changes.length })) : null,
    ...changes.map((product) => productDiff(product, t, page.locale, { isTrial: true })),
  ];
  return parts.filter((each) => each !== null);
}

/** @param {Rikaste.DropPreview['receipt']} receipt */
function outcomeOf({ outcome }) {
  return outcome === 'refused' ? 'rejected' : outcome;
}

/** @param {Rikaste.DropPreview} preview */
function facts({ receipt: { read_as: how, rows, products }, reading, in_inbox: inInbox }) {
  const { t } = page;
  const line = (/** @type {import('./words.js').Word} */ word, /** @type {import('./words.js').Filling} */ filling = {}) => h('li', {}, t(word, filling));
  return h('ul', { class: 'daily-facts' },
    how ? line('wouldReadAs', { how }) : null,
    line('wouldRows', { ...rows, fresh: rows.new }),
    reading?.skipped ? line('wouldSkip', { n: reading.skipped }) : null,
    products.touched ? h('li', {}, h('strong', {}, t('wouldChange', { n: products.touched }))) : null,
    products.gone ? h('li', {}, h('strong', {}, t('wouldGo', { n: products.gone }))) : null,
    inInbox ? line(inInbox === 'other' ? 'wouldReplace' : 'wouldRepeat') : null);
}

/** @param {Rikaste.DropPreview} preview */
function actions({ receipt, in_inbox: inInbox }) {
  const { t, mayDrop, running } = page;
  if (receipt.outcome === 'rejected') return null;
  if (!mayDrop) return h('p', { class: 'quiet' }, t('dropNotAllowed'));
  const isOther = inInbox === 'other';
  const act = button(t(isOther ? 'dropReplace' : 'dropReal'), () => drop(isOther));
  act.disabled = running;
  return h('p', { class: 'daily-actions' }, act);
}

/** @param {Rikaste.DropPreview} preview */
function remarks({ receipt: { messages, more_messages: left = 0 } }) {
  const { t } = page;
  if (!messages.length) return [];
  const more = left + Math.max(0, messages.length - REMARKS);
  return [
    h('h2', {}, t('remarks')),
    h('ul', { class: 'drop-remarks' }, messages.slice(0, REMARKS).map((remark) => h('li', { class: `remark-${remark.severity}` },
      h('p', {}, t.language === 'en' ? remark.message : (remark.local_message ?? remark.message)),
      place(remark)))),
    more ? h('p', { class: 'quiet' }, t('moreRemarks', { n: more })) : null,
  ].filter((each) => each !== null);
}

/** @param {Rikaste.Diagnostic} remark */
function place({ row, column, value, sku }) {
  const { t } = page;
  const parts = [row === undefined ? null : t('row', { row: String(row) }), column ? t('column', { column }) : null, sku, value ? `”${value}”` : null];
  const text = parts.filter((each) => each).join(', ');
  return text ? h('p', { class: 'quiet' }, text) : null;
}

/** @param {Rikaste.DropPreview} preview */
function columns({ reading }) {
  const { t } = page;
  if (!reading?.columns.length) return [];
  const head = (/** @type {import('./words.js').Word[]} */ ...all) => all.map((word) => h('th', { scope: 'col', class: word === 'columnFilled' ? 'number' : undefined }, t(word)));
  return [
    h('h2', {}, t('columns')),
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('columns') }, h('table', {},
      h('thead', {}, h('tr', {}, head('columnName', 'columnTo', 'columnFilled', 'columnExample'))),
      h('tbody', {}, reading.columns.map(({ name, to, filled, example }) => h('tr', {},
        h('th', { scope: 'row' }, name),
        h('td', {}, goesTo(to)),
        h('td', { class: 'number' }, new Intl.NumberFormat(page.locale).format(filled)),
        h('td', { class: 'drop-example' }, example ?? '')))))),
  ];
}

/** @param {string | undefined} to */
function goesTo(to) {
  const { t } = page;
  if (to === undefined) return h('span', { class: 'drop-unread' }, t('columnUnread'));
  return Object.hasOwn(PHRASES, to) ? t(PHRASES[to]) : h('code', {}, to);
}

/** @param {Rikaste.Receipt} receipt */
function placed({ id, local_summary: summary }) {
  return h('div', {}, h('h2', {}, summary),
    h('p', { class: 'daily-actions' }, h('a', { class: 'button', href: `/v1/receipts/${id}` }, page.t('toReceipt'))));
}

/** Why the file is not even sent. */
function refusal() {
  const { t } = page;
  const { files } = one('file');
  if (!files || files.length !== 1) return { at: one('file'), text: t('dropNeedsFile') };
  if (/\.zip$/i.test(files[0].name)) return { at: one('file'), text: t('dropArchive') };
  if (files[0].size > MAX_BYTES) return { at: one('file'), text: t('dropTooLarge', { n: MAX_BYTES / 1024 / 1024 }) };
  if (!one('kind').value) return { at: one('kind'), text: t('dropNeedsKind') };
  return null;
}

async function tryOut() {
  if (page.running) return;
  Object.assign(page, { tried: null, preview: null, problem: null, receipt: null, told: () => '' });
  const refused = refusal();
  if (refused) {
    page.told = () => refusal()?.text ?? '';
    refused.at.focus();
    draw();
    return;
  }
  const kind = /** @type {Rikaste.FileKind} */ (one('kind').value);
  const [file] = /** @type {FileList} */ (one('file').files);
  await running('dropRuns', {}, async () => {
    page.preview = await api.tryDrop(kind, file);
    page.tried = { kind, file };
    page.told = () => '';
  });
}

/** @param {boolean} replace */
async function drop(replace) {
  const { t, tried } = page;
  if (!tried || page.running) return;
  const { kind, file } = tried;
  const names = { file: file.name, folder: `inbox/${kind}` };
  if (!confirm(t(replace ? 'dropReplaceAsk' : 'dropAsk', names))) return;
  await running('dropPlaced', { file: `${kind}/${file.name}` }, async () => {
    const before = (await api.receipts())[0]?.id ?? 0;
    const { file: name } = await api.dropFile(kind, file, replace);
    page.receipt = await receiptOf(name, before);
    page.told = page.receipt ? () => '' : () => page.t('dropWaits', { file: name });
    page.preview = null;
  });
}

/**
 * What the shop says of a file that came after receipt number `before`.
 * @param {string} file
 * @param {number} before
 */
async function receiptOf(file, before) {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    const found = (await api.receipts()).find((each) => each.file === file && each.id > before);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return null;
}

/**
 * Says what is being done, does it, and says why it failed if it did.
 * @param {import('./words.js').Word} word
 * @param {import('./words.js').Filling} filling
 * @param {() => Promise<void>} work
 */
async function running(word, filling, work) {
  page.running = true;
  page.told = () => page.t(word, filling);
  draw();
  try {
    await work();
  } catch (error) {
    page.told = () => '';
    page.problem = api.problemOf(error);
  } finally {
    page.running = false;
    draw();
  }
}

function listen() {
  one('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    tryOut();
  });
  one('file').addEventListener('change', tryOut);
  one('kind').addEventListener('change', () => {
    if (one('file').files?.length) tryOut();
  });
  const over = (/** @type {boolean} */ is) => document.body.classList.toggle('dropping', is);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) over(false);
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const { files } = event.dataTransfer ?? {};
    if (!files?.length || page.running) return;
    one('file').files = files;
    tryOut();
  });
}

async function start() {
  choose(chooseLocale(LOCALES));
  listen();
  try {
    const { open, scopes } = await api.session();
    page.mayDrop = open || scopes.includes('manage');
    if (!open && !scopes.includes('read') && !scopes.includes('manage')) page.problem = 'not public';
  } catch (error) {
    page.problem = api.problemOf(error);
  }
  draw();
}

start();
