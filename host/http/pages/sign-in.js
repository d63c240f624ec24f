// Signing in: the token of a link (`/sign-in#…`) or one that is typed is put into a cookie. What stands
// behind `#` is not sent to the server with the address, so it is in no log.

import * as api from './api.js';
import { one } from './dom.js';
import { languageSwitch, speak } from './frame.js';
import { chooseLocale, LOCALES, words } from './words.js';

/** @type {{ locale: Rikaste.Locale, t: Rikaste.Words, session: Rikaste.Session | null }} */
const page = { locale: LOCALES[0], t: words(LOCALES[0]), session: null };

/** @param {Rikaste.Locale} locale */
function choose(locale) {
  page.locale = locale;
  page.t = words(locale);
  speak(page.t, locale);
  languageSwitch(LOCALES, locale, choose);
  document.title = `${page.t('signIn')} · Rikaste`;
  draw();
}

function draw() {
  const { t, session } = page;
  const who = session?.open ? t('shopIsOpen') : session?.name ? t('signedInAs', { name: session.name }) : '';
  one('signed-in').textContent = who;
  one('sign-out').hidden = !session?.name;
}

/** Where to go afterwards: a page of this shop, and no other site's. */
function nextPage() {
  const next = new URL(new URLSearchParams(location.search).get('next') ?? './', location.href);
  return next.origin === location.origin ? next.pathname + next.search : './';
}

/** @param {string} token */
async function signIn(token) {
  one('wrong').textContent = '';
  try {
    await api.signIn(token);
    location.assign(nextPage());
  } catch (error) {
    if (!(error instanceof api.Problem || error instanceof api.Unreachable)) throw error;
    const isUnknown = error instanceof api.Problem && error.status === 401;
    one('wrong').textContent = isUnknown ? page.t('unknownToken') : error instanceof api.Problem ? error.message : page.t('goneTitle');
    one('token').focus();
  }
}

async function start() {
  const linked = location.hash.slice(1);
  // It must not stay in the history.
  if (linked) history.replaceState(null, '', location.pathname + location.search);
  choose(chooseLocale(LOCALES, new URLSearchParams(location.search).get('lang') ?? undefined));
  one('form').addEventListener('submit', (event) => {
    event.preventDefault();
    signIn(one('token').value.trim());
  });
  one('sign-out').addEventListener('click', async () => {
    await api.signOut();
    page.session = await api.session();
    draw();
  });
  if (linked) return signIn(linked);
  page.session = await api.session();
  draw();
}

start();
