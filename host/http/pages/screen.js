// The screen at the shelf. `?sku=` shows one product, otherwise those to be had take turns, the
// best rated first. `?location=` says which store this is; `?locale=`, `?category=`, `?family=` and
// `?seconds=` narrow it down. Nothing is drawn anew unless what it shows has changed.

import * as api from './api.js';
import { live } from './catalogue.js';
import { face, groups, isAvailable, pictures, rating } from './document.js';
import { contents, icon, one } from './dom.js';
import { pageMessage, showRelease, signInLink } from './frame.js';
import { follow } from './release.js';
import { fit, hereOf, panel } from './screen-panel.js';
import { chooseLocale, LOCALES, words } from './words.js';

const CHANNEL = 'screen';
const TURNS = 24;
const FOUND = 200;
const SECONDS = 16;
const EXCERPT_SECONDS = 8;
const PICTURE_PATIENCE = 2500;
const FADE = 400;

/** @type {Record<string, string>} */
const asked = Object.fromEntries(new URLSearchParams(location.search));
const still = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Given once the channel is known, before anything is drawn.
 * @type {{ channel: Rikaste.Channel, locale: Rikaste.Locale, t: Rikaste.Words, catalogue: Rikaste.Catalogue, location: Rikaste.Location | null }}
 */
let screen;
/** @type {Rikaste.Turn[]} */
let turns = [];
let at = 0;
let paused = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Promise<void>} */
let drawing = Promise.resolve();
/** @type {Map<string, HTMLImageElement>} */
const kept = new Map();

/**
 * `[{ view, variants, care }]`: the one asked for, or those to be had here, best rated first.
 * @returns {Promise<Rikaste.Turn[]>}
 */
async function programme() {
  const { catalogue } = screen;
  if (!asked.sku) return withCare(await thoseHere());
  const view = await catalogue.product(asked.sku);
  return view ? withCare([{ view, variants: await catalogue.variants(view) }]) : [];
}

async function thoseHere() {
  const { catalogue, location } = screen;
  const { category, family } = asked;
  // A size that is sold out is shown as such, so all are asked for, unless there are too many.
  const whole = await catalogue.search({ category, family, limit: FOUND });
  const { products } = whole.total > FOUND ? await catalogue.search({ category, family, in_stock: 'true', limit: FOUND }) : whole;
  /** @param {Rikaste.View} each */
  const isHere = (each) => (location ? (each.stock?.[location.code] ?? 0) > 0 : isAvailable(each));
  const all = groups(products).map(({ variants }) => ({ variants, here: variants.filter(isHere) }));
  const here = all.filter((each) => each.here.length);
  const turns = (here.length ? here : all).map((each) => ({ view: face(each.here.length ? each.here : each.variants), variants: each.variants }));
  return ranked(turns).slice(0, TURNS);
}

/**
 * The care product that fits each, where this channel has it.
 * @param {Rikaste.Turn[]} list
 * @returns {Promise<Rikaste.Turn[]>}
 */
async function withCare(list) {
  /** @param {Rikaste.Turn} turn */
  const wanted = ({ view }) => view.associations?.['care-product']?.[0]?.id;
  const skus = [...new Set(list.map(wanted).filter((sku) => sku !== undefined))];
  const found = new Map(await Promise.all(skus.map(async (sku) => /** @type {const} */ ([sku, await screen.catalogue.product(sku)]))));
  return list.map((turn) => ({ ...turn, care: found.get(wanted(turn) ?? '') ?? null }));
}

/**
 * The mean of few reviews is drawn towards the mean of all: (v·R + m·C) / (v + m).
 * @param {Rikaste.Turn[]} list
 */
function ranked(list) {
  const rated = list.map(({ view }) => rating(view)).filter((each) => each !== null);
  const sum = rated.reduce((total, each) => total + each.count, 0);
  const mean = sum ? rated.reduce((total, each) => total + each.average * each.count, 0) / sum : 0;
  const counts = rated.map((each) => each.count).sort((a, b) => a - b);
  const weight = counts[Math.floor(counts.length / 2)] ?? 1;
  /** @param {Rikaste.Turn} turn */
  const worth = ({ view }) => {
    const { average = 0, count = 0 } = rating(view) ?? {};
    return (count * average + weight * mean) / (count + weight);
  };
  return [...list].sort((a, b) => worth(b) - worth(a));
}

async function load() {
  const shown = turns[at]?.view.id;
  turns = await programme();
  at = Math.max(0, turns.findIndex(({ view }) => view.id === shown));
  await draw();
  keepPictures();
  wait();
}

/** Fetches the pictures of every turn, so that they go on while the server is away. */
function keepPictures() {
  const links = new Set(turns.flatMap(({ view, care }) => [view, care]).map((each) => each && pictures(each)[0]?.link).filter((link) => typeof link === 'string'));
  for (const link of kept.keys()) if (!links.has(link)) kept.delete(link);
  for (const link of links) {
    if (kept.has(link)) continue;
    const image = new Image();
    image.src = link;
    kept.set(link, image);
  }
}

/** Draws the product whose turn it is, one drawing after another. */
function draw() {
  drawing = drawing.catch(() => {}).then(async () => {
    const turn = turns[at];
    const content = JSON.stringify([turn, screen.location]);
    const before = /** @type {HTMLElement | null} */ (one('stage').firstElementChild);
    showTurn();
    if (before && contents.get(before) === content) return;
    const after = turn
      ? panel({ ...screen, ...turn })
      : pageMessage(screen.t('screenEmpty'), asked.sku ?? '');
    contents.set(after, content);
    after.dataset.sku = turn?.view.id ?? '';
    await picturesOf(after);
    swap(before, after);
    document.title = turn?.view.title ?? screen.channel.label;
  });
  return drawing;
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

async function start() {
  let channel;
  try {
    channel = await api.channel(CHANNEL);
  } catch (error) {
    const t = words(chooseLocale(LOCALES, asked.locale));
    document.body.classList.add('spoken');
    const missing = error instanceof api.Problem && error.status === 404;
    const text = missing ? pageMessage(t('problemTitle'), t('noChannel', { code: CHANNEL })) : pageMessage(t('goneTitle'), t('goneText'));
    one('stage').replaceChildren(api.isRefusal(error) ? pageMessage(t('notPublicTitle'), t('notPublic'), signInLink(t)) : text);
    setTimeout(start, 5000);
    return;
  }
  const locale = channel.locales.includes(asked.locale) ? asked.locale : channel.locales[0];
  screen = {
    channel,
    locale,
    t: words(locale),
    catalogue: live(CHANNEL, locale),
    location: hereOf(channel, asked.location),
  };
  document.documentElement.lang = locale;
  document.body.classList.add('spoken');
  one('stage').replaceChildren();
  one('place').textContent = screen.location?.label ?? '';
  listen();
  stayAwake();
  document.addEventListener('visibilitychange', () => document.hidden || stayAwake());
  follow(CHANNEL, {
    onRelease(release, changed) {
      showRelease(screen.t, release);
      if (changed) load().catch(away);
    },
    onReachable(now) {
      showAway(!now);
      if (now && !turns.length) load().catch(away);
    },
  });
}

start();
