// What every page has around its content: words put in place, the language switch, the release
// shown, the notice that the server is away, and messages instead of content.

import { h, icon } from './dom.js';
import { languageOf, nameOf, rememberLocale } from './words.js';

const one = (id) => document.getElementById(id);

/** Fills in the words that the HTML names: `data-word`, `data-label`, `data-placeholder`. */
export function speak(t, locale) {
  document.documentElement.lang = locale;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label));
  for (const element of document.querySelectorAll('[data-placeholder]')) element.placeholder = t(element.dataset.placeholder);
  document.body.classList.add('spoken');
}

/** A choice of languages by their own names; gone where there is only one. */
export function languageSwitch(locales, chosen, onChoose) {
  const select = one('language');
  select.replaceChildren(...locales.map((locale) =>
    h('option', { value: locale, lang: languageOf(locale) }, nameOf(locale))));
  select.value = chosen;
  select.closest('.language').hidden = locales.length < 2;
  select.onchange = () => {
    rememberLocale(select.value);
    onChoose(select.value);
  };
}

export function showRelease(t, release) {
  const place = one('release');
  place.textContent = release ? t('release', { n: release }) : '';
  place.dataset.release = release ?? '';
}

/** The notice that what is shown may be old. */
export function showAway(t, away) {
  const place = one('away');
  place.hidden = !away;
  place.replaceChildren(...(away ? [icon('away'), h('span', {}, t('away'))] : []));
}

/** What stands where content would be: nothing found, the server gone, a problem. */
export function message(title, text, ...actions) {
  return told(h('h2', {}, title), text, actions);
}

/** The same where it is all that the page has. */
export function pageMessage(title, text, ...actions) {
  return told(h('h1', {}, title), text, actions);
}

function told(heading, text, actions) {
  return h('div', { class: 'message' }, heading, text && h('p', {}, text), actions.length > 0 && h('p', { class: 'message-actions' }, actions));
}

export function button(text, onclick, kind = 'button') {
  return h('button', { type: 'button', class: kind, onclick }, text);
}
