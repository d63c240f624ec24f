// What every page has around its content: words put in place, the language switch, the release
// shown, the notice that the server is away, and messages instead of content.

import { h, icon, one } from './dom.js';
import { pageParameters, unknownParameters } from './page-address.js';
import { languageOf, nameOf, rememberLocale } from './words.js';

/**
 * Fills in the words that the HTML names: `data-word`, `data-label`, `data-placeholder`.
 * @param {Rikaste.Words} t
 * @param {Rikaste.Locale} locale
 */
export function speak(t, locale) {
  document.documentElement.lang = locale;
  for (const [element, word] of naming('word')) element.textContent = t(word);
  for (const [element, word] of naming('label')) element.setAttribute('aria-label', t(word));
  for (const [element, word] of naming('placeholder')) element.setAttribute('placeholder', t(word));
  document.body.classList.add('spoken');
  showUnknownParameters(t);
}

/**
 * Says above the content what of the address the page does not know.
 * @param {Rikaste.Words} t
 */
function showUnknownParameters(t) {
  const known = pageParameters();
  const names = unknownParameters(known);
  const place = document.getElementById('notice') ?? h('div', { class: 'notice', id: 'notice', role: 'status' });
  if (!place.isConnected && names.length) one('content').before(place);
  place.hidden = !names.length;
  place.textContent = names.length ? t('unknownParameters', { names: names.join(', '), known: known.join(', ') || t('noneKnown') }) : '';
}

/**
 * The elements that name a word, and the word.
 * @param {string} where
 */
function naming(where) {
  const elements = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-${where}]`));
  return [...elements].map((element) => /** @type {const} */ ([element, /** @type {import('./words.js').Word} */ (element.dataset[where])]));
}

/**
 * A choice of languages by their own names; gone where there is only one.
 * @param {Rikaste.Locale[]} locales
 * @param {Rikaste.Locale} chosen
 * @param {(locale: Rikaste.Locale) => void} onChoose
 */
export function languageSwitch(locales, chosen, onChoose) {
  const select = one('language');
  select.replaceChildren(...locales.map((locale) =>
    h('option', { value: locale, lang: languageOf(locale) }, nameOf(locale))));
  select.value = chosen;
  hideAround(select, '.language', locales.length < 2);
  select.onchange = () => {
    rememberLocale(select.value);
    onChoose(select.value);
  };
}

/**
 * Hides the part of the page that an element is in, or shows it.
 * @param {Element} element
 * @param {string} around
 * @param {boolean} hidden
 */
export function hideAround(element, around, hidden) {
  /** @type {HTMLElement | null} */ (element.closest(around))?.toggleAttribute('hidden', hidden);
}

/**
 * @param {Rikaste.Words} t
 * @param {number | null | undefined} release
 */
export function showRelease(t, release) {
  const place = one('release');
  place.textContent = release ? t('release', { n: release }) : '';
  place.dataset.release = String(release ?? '');
}

/**
 * The notice that what is shown may be old.
 * @param {Rikaste.Words} t
 * @param {boolean} away
 */
export function showAway(t, away) {
  const place = one('away');
  place.hidden = !away;
  place.replaceChildren(...(away ? [icon('away'), h('span', {}, t('away'))] : []));
}

/**
 * What stands where content would be: nothing found, the server gone, a problem.
 * @param {string} title
 * @param {Rikaste.Child} [text]
 * @param {...HTMLElement} actions
 */
export function message(title, text, ...actions) {
  return told(h('h2', {}, title), text, actions);
}

/**
 * The same where it is all that the page has.
 * @param {string} title
 * @param {Rikaste.Child} [text]
 * @param {...HTMLElement} actions
 */
export function pageMessage(title, text, ...actions) {
  return told(h('h1', {}, title), text, actions);
}

/**
 * @param {HTMLElement} heading
 * @param {Rikaste.Child} text
 * @param {HTMLElement[]} actions
 */
function told(heading, text, actions) {
  return h('div', { class: 'message' }, heading, text && h('p', {}, text), actions.length > 0 && h('p', { class: 'message-actions' }, actions));
}

/**
 * @param {string} text
 * @param {() => void} onclick
 */
export function button(text, onclick, kind = 'button') {
  return h('button', { type: 'button', class: kind, onclick }, text);
}

/**
 * What stands where content would be that only those who signed in may see; `tell` is `pageMessage` where it is all.
 * @param {Rikaste.Words} t
 */
export function signInMessage(t, tell = message) {
  return tell(t('notPublicTitle'), t('notPublic'), signInLink(t));
}

/** @param {Rikaste.Words} t */
export function signInLink(t) {
  const next = encodeURIComponent(location.pathname + location.search);
  return h('a', { class: 'button', href: `/sign-in?next=${next}` }, t('signIn'));
}
