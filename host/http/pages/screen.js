// The screen at the shelf, of the channel that its address names. `?sku=` shows one product, otherwise those to be had
// take turns, the best rated first. `?location=` says which store this is; `?locale=`, `?category=`, `?family=` and
// `?seconds=` narrow it down. Nothing is drawn anew unless what it shows has changed.

import * as api from './api.js';
import { live } from './catalogue.js';
import { channelMessage, findChannel } from './channel-choice.js';
import { pictures } from './document.js';
import { contents, icon, one } from './dom.js';
import { pageMessage, showRelease } from './frame.js';
import { labelsOf } from './labels.js';
import { channelAddress, pageParameters, unknownParameters } from './page-address.js';
import { keepPhotos } from './photo-keeper.js';
import { follow } from './release.js';
import { retrying } from './retry.js';
import { fit, hereOf, panel } from './screen-panel.js';
import { programme } from './screen-programme.js';
import { keepState, lastState } from './screen-state.js';
import { chooseLocale, languageOf, LOCALES, words } from './words.js';

const PAGE = 'screen';
const SECONDS = 16;
const [FEWEST_SECONDS, MOST_SECONDS] = [3, 3600];
const EXCERPT_SECONDS = 8;
const PICTURE_PATIENCE = 2500;
const FADE = 400;

/** @type {Record<string, string>} */
const asked = Object.fromEntries(new URLSearchParams(location.search));
const from = channelAddress(PAGE);
const still = matchMedia('(prefers-reduced-motion: reduce)');
const retry = retrying();

/**
 * Given once the channel is known, before anything is drawn.
 * @type {{ channel: Rikaste.Channel, model: Rikaste.Model | null, locale: Rikaste.Locale, t: Rikaste.Words, catalogue: Rikaste.Catalogue, location: Rikaste.Location | null }}
 */
let screen;
let isOn = false;
/** @type {Rikaste.Turn[]} */
let turns = [];
let release = 0;
let at = 0;
let paused = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Promise<void>} */
let drawing = Promise.resolve();
/** @type {Map<string, HTMLImageElement>} */
const kept = new Map();

async function load() {
  const shown = turns[at]?.view.id;
  turns = await programme(asked, screen);
  at = Math.max(0, turns.findIndex(({ view }) => view.id === shown));
  await draw();
  keepAll();
  wait();
}

/**
 * Keeps what is shown and the pictures of every turn, so that they go on while the server is away: in memory, and where
 * the browser allows it on the disk.
 */
function keepAll() {
  const links = turns.flatMap(({ view, care }) => [view, care]).map((each) => each && pictures(each)[0]?.link).filter((link) => typeof link === 'string');
  for (const link of kept.keys()) if (!links.includes(link)) kept.delete(link);
  for (const link of links) {
    if (kept.has(link)) continue;
    const image = new Image();
    image.src = link;
    kept.set(link, image);
  }
  keepPhotos(from.path, links, () => {});
  keepState({ channel: screen.channel, model: screen.model, release, receivedAt: Date.now(), turns });
}

/** Draws the product whose turn it is, one drawing after another. */
function draw() {
  drawing = drawing.catch(() => {}).then(async () => {
    const turn = turns[at];
    const content = JSON.stringify([turn, screen.location]);
    const before = /** @type {HTMLElement | null} */ (one('stage').firstElementChild);
    showTurn();
    if (before && contents.get(before) === content) return;
    const after = turn ? panel({ ...screen, ...turn }) : nothing();
    contents.set(after, content);
    after.dataset.sku = turn?.view.id ?? '';
    await picturesOf(after);
    swap(before, after);
    document.title = turn?.view.title ?? screen.channel.label;
  });
  return drawing;
}

function nothing() {
  const { t } = screen;
  if (asked.sku) return pageMessage(t('notHere'), asked.sku);
  const filters = ['category', 'family'].filter((name) => asked[name]).map((name) => `${name}=${asked[name]}`);
  return pageMessage(t('screenEmpty'), filters.length ? t('nothingHere', { filters: filters.join(', ') }) : '');
}

/**
 * Waits until the pictures can be painted at once, but not for ever.
 * @param {HTMLElement} element
 */
function picturesOf(element) {
  const all = [...element.querySelectorAll('img')].map((image) => image.decode().catch(() => {}));
  return Promise.race([Promise.all(all), new Promise((resolve) => setTimeout(resolve, PICTURE_PATIENCE))]);
}

/**
 * The same product in a new release changes in its place; another one fades in when the last is gone.
 * @param {HTMLElement | null} before
 * @param {HTMLElement} after
 */
function swap(before, after) {
  one('stage').prepend(after);
  fit(after);
  if (!before) return;
  if (still.matches || before.dataset.sku === after.dataset.sku) {
    before.remove();
    return;
  }
  before.inert = true;
  after.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE, delay: FADE, easing: 'ease-out', fill: 'backwards' });
  before.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE, easing: 'ease-in', fill: 'forwards' }).finished.then(() => before.remove());
}

function showTurn() {
  const { t } = screen;
  one('turn').hidden = turns.length < 2;
  one('order').textContent = t('order', { at: at + 1, n: turns.length });
  one('pause').textContent = t(paused ? 'goOn' : 'pause');
}

/** @param {number} step */
function turnTo(step) {
  if (!turns.length) return;
  at = (at + step + turns.length) % turns.length;
  draw();
  wait();
}

function wait() {
  clearTimeout(timer);
  if (paused || turns.length < 2) return;
  timer = setTimeout(() => turnTo(1), (Number(asked.seconds) || SECONDS) * 1000);
}

function nextExcerpt() {
  if (paused) return;
  const all = [...document.querySelectorAll('#stage > :first-child .screen-excerpts > *')];
  if (all.length < 2) return;
  const now = all.findIndex((each) => !each.classList.contains('waiting'));
  all.forEach((each, index) => {
    const waiting = index !== (now + 1) % all.length;
    each.classList.toggle('waiting', waiting);
    each.setAttribute('aria-hidden', String(waiting));
  });
}

function pause() {
  paused = !paused;
  showTurn();
  wait();
}

function listen() {
  addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight') turnTo(1);
    else if (event.key === 'ArrowLeft') turnTo(-1);
    else if (event.key === ' ' && event.target === document.body) pause();
  });
  addEventListener('resize', () => (/** @type {HTMLElement[]} */ ([...one('stage').children])).forEach(fit));
  one('pause').addEventListener('click', pause);
  setInterval(nextExcerpt, EXCERPT_SECONDS * 1000);
}

/** @param {boolean} gone */
function showAway(gone) {
  one('away').hidden = !gone;
  one('away').replaceChildren(...(gone ? [icon('away')] : []));
  if (gone) one('away').title = screen.t('away');
}

/**
 * What is shown stays; the next release, or the server's return, brings the next try.
 * @param {unknown} error
 */
function away(error) {
  if (!(error instanceof api.Unreachable)) throw error;
  showAway(true);
  if (!one('stage').firstElementChild) one('stage').replaceChildren(pageMessage(screen.t('goneTitle'), screen.t('goneText')));
}

async function stayAwake() {
  await navigator.wakeLock?.request('screen').catch(() => {});
}

/**
 * What stands on the whole screen where it can show nothing, before it knows a channel's languages.
 * @param {(t: Rikaste.Words) => HTMLElement} message
 */
function showInstead(message) {
  const locale = chooseLocale(LOCALES, asked.locale);
  turns = [];
  clearTimeout(timer);
  one('turn').hidden = true;
  document.documentElement.lang = locale;
  document.body.classList.add('spoken');
  one('stage').replaceChildren(message(words(locale)));
}

/**
 * What of the address is wrong, or null. The channel tells which places and languages there are.
 * @param {Rikaste.Words} t
 * @param {Rikaste.Channel} [channel]
 */
function addressTrouble(t, channel) {
  const known = pageParameters();
  const names = unknownParameters(known);
  if (names.length) return t('unknownParameters', { names: names.join(', '), known: known.join(', ') });
  /**
   * @param {string} name
   * @param {string[]} allowed
   */
  const bad = (name, allowed) => t('badParameter', { name, value: asked[name], allowed: allowed.join(', ') || t('noneKnown') });
  const seconds = Number(asked.seconds ?? SECONDS);
  if (!(seconds >= FEWEST_SECONDS && seconds <= MOST_SECONDS)) return bad('seconds', [`${FEWEST_SECONDS}–${MOST_SECONDS}`]);
  if (channel && asked.locale && !localeOf(channel)) return bad('locale', channel.locales);
  if (channel && asked.location && !hereOf(channel, asked.location)) return bad('location', channel.locations.map(({ code }) => code));
  return null;
}

/**
 * The channel's locale that the address asks for, `fi` and `fi_FI` included.
 * @param {Rikaste.Channel} channel
 */
function localeOf({ locales }) {
  const tag = asked.locale?.replace('_', '-');
  return locales.find((each) => each === tag) ?? locales.find((each) => languageOf(each) === tag);
}

/**
 * @param {Rikaste.Channel} channel
 * @param {Rikaste.Model | null} model
 */
function begin(channel, model) {
  const locale = localeOf(channel) ?? channel.locales[0];
  screen = {
    channel,
    model,
    locale,
    t: words(locale, labelsOf(model, locale)),
    catalogue: live(channel.code, locale),
    location: hereOf(channel, asked.location),
  };
  document.documentElement.lang = locale;
  document.body.classList.add('spoken');
  one('place').textContent = screen.location?.label ?? '';
  if (isOn) return;
  isOn = true;
  one('stage').replaceChildren();
  listen();
  stayAwake();
  document.addEventListener('visibilitychange', () => document.hidden || stayAwake());
}

/** Without a connection the screen shows what it showed last. */
async function showLast() {
  if (isOn) return showAway(true);
  const state = await lastState();
  if (!state) return showInstead((t) => pageMessage(t('goneTitle'), t('goneText')));
  begin(state.channel, state.model);
  ({ turns, release } = state);
  showAway(true);
  showRelease(screen.t, release);
  await draw();
  wait();
}

/** Finds the channel and follows it. Until then, what is wrong is said, and it is tried ever less often. */
async function connect() {
  try {
    const choice = await findChannel(from.channel, PAGE, { chooses: from.chooses });
    const { channel } = choice;
    if (!channel) {
      showInstead((t) => channelMessage(t, choice, { path: from.path, wholePage: true }));
    } else if (addressTrouble(words(LOCALES[0]), channel)) {
      showInstead((t) => pageMessage(t('addressTitle'), addressTrouble(t, channel)));
    } else {
      begin(channel, await api.model(channel.code));
      return followReleases();
    }
  } catch (error) {
    if (error instanceof api.Unreachable) await showLast();
    else if (error instanceof api.Problem) showInstead((t) => pageMessage(t('problemTitle'), error.message));
    else throw error;
  }
  retry.again(connect);
}

function followReleases() {
  retry.reset();
  follow(screen.channel.code, {
    onRelease(now, changed) {
      release = now;
      showRelease(screen.t, release);
      if (changed) load().catch(away);
    },
    onReachable(now) {
      showAway(!now);
      if (now && !turns.length) load().catch(away);
    },
  });
}

function start() {
  if (addressTrouble(words(LOCALES[0]))) {
    showInstead((t) => pageMessage(t('addressTitle'), addressTrouble(t)));
    return;
  }
  connect();
  navigator.serviceWorker?.register(new URL('service-worker.js', import.meta.url), { scope: from.path }).catch(() => {});
}

start();
