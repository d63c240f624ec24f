import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { labelsOf } from '../../../host/http/pages/labels.js';
import { chooseLocale, CODES, IN_LANGUAGE, languageOf, LANGUAGES, LOCALES, nameOf, OPTIONS, rememberLocale, WORDS, words } from '../../../host/http/pages/words.js';

const pages = new URL('../../../host/http/pages/', import.meta.url);
const all = [WORDS, CODES, OPTIONS, IN_LANGUAGE].flatMap((table) => Object.entries(table));
const named = (form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the table of words', () => {
  test('has every word in every language', () => {
    assert.deepEqual(LANGUAGES, ['fi', 'sv', 'en', 'de']);
    const lacking = all.filter(([, texts]) => texts.length !== LANGUAGES.length || texts.some((text) => !text.trim()));
    assert.deepEqual(lacking, []);
  });

  test('has the same number of plural forms in every language, one or two', () => {
    const odd = all.filter(([, texts]) => new Set(texts.map((text) => text.split('|').length)).size !== 1 || texts[0].split('|').length > 2);
    assert.deepEqual(odd, []);
  });

  test('fills in the same in every language and every form', () => {
    const odd = all.filter(([, texts]) => new Set(texts.flatMap((text) => text.split('|')).map((form) => String(named(form)))).size !== 1);
    assert.deepEqual(odd, []);
  });

  test('has a plural only where there is a number', () => {
    const odd = all.filter(([, texts]) => texts[0].includes('|') && !named(texts[0]).includes('n'));
    assert.deepEqual(odd, []);
  });

  test('has every word that the pages name', () => {
    const html = readdirSync(pages).filter((name) => name.endsWith('.html')).map((name) => readFileSync(new URL(name, pages), 'utf8')).join('\n');
    const asked = [...html.matchAll(/data-(?:word|label|placeholder)="([^"]*)"/g)].map(([, word]) => word);
    assert.ok(asked.length > 40, `${asked.length} words are named`);
    assert.deepEqual(asked.filter((word) => !Object.hasOwn(WORDS, word)), []);
  });
});

describe('words of a locale', () => {
  test('are in its language, and in English where the pages do not speak it', () => {
    assert.deepEqual(['fi-FI', 'sv-FI', 'en-US', 'de-AT', 'et-EE'].map((locale) => words(locale)('shop')), ['Verkkokauppa', 'Webbutik', 'Web shop', 'Webshop', 'Web shop']);
    assert.equal(words('et-EE').language, 'en');
  });

  test('have the plural of the number, which is written as the locale writes it', () => {
    const counted = (locale) => [0, 1, 2, 1234].map((n) => words(locale)('found', { n }));
    assert.deepEqual(counted('fi-FI'), ['0 tuotetta', '1 tuote', '2 tuotetta', '1\u00a0234 tuotetta']);
    assert.deepEqual(counted('sv-SE'), ['0 produkter', '1 produkt', '2 produkter', '1\u00a0234 produkter']);
    assert.deepEqual(counted('en-GB'), ['0 products', '1 product', '2 products', '1,234 products']);
    assert.deepEqual(counted('de-DE'), ['0 Produkte', '1 Produkt', '2 Produkte', '1.234 Produkte']);
  });

  test('keep text as it is', () => assert.equal(words('fi-FI')('resultsFor', { q: '{n} $& 1000' }), 'Haku: {n} $& 1000'));

  test('of codes are those known, or the code made readable', () => {
    const t = words('fi-FI');
    assert.deepEqual(['color', 'care-product', 'sole_height-mm', 'constructor', '_'].map(t.code), ['Väri', 'Hoitotuotteet', 'Sole height mm', 'Constructor', '']);
  });

  test('of codes are the shop’s own, where its model has them', () => {
    const model = {
      attributes: [{ code: 'color', labels: { 'fi-FI': 'Sävy', 'en-GB': 'Shade' } }, { code: 'rope_length', labels: { 'en-GB': 'Rope length, m' } }, { code: 'fit', labels: {} }],
      associations: [{ code: 'care-product', labels: { 'fi-FI': 'Hoida näillä' } }],
    };
    const said = (locale, from = model) => ['color', 'rope_length', 'fit', 'care-product', 'size'].map(words(locale, labelsOf(from, locale)).code);
    assert.deepEqual(said('fi-FI'), ['Sävy', 'Rope length, m', 'Fit', 'Hoida näillä', 'Koko']);
    assert.deepEqual(said('en-US'), ['Shade', 'Rope length, m', 'Fit', 'Hoida näillä', 'Size']);
    const swedish = { attributes: [{ code: 'pail', labels: { 'sv-SE': 'Hink', 'sv-FI': 'Ämbar' } }], associations: [] };
    assert.deepEqual(['sv-SE', 'sv-FI'].map((locale) => words(locale, labelsOf(swedish, locale)).code('pail')), ['Hink', 'Ämbar']);
    assert.deepEqual(said('fi-FI', null), ['Väri', 'Rope length', 'Fit', 'Hoitotuotteet', 'Koko']);
  });

  test('name the language of a text', () => {
    assert.equal(words('fi-FI').inLanguage('sv-SE'), 'Teksti ruotsiksi');
    assert.equal(words('en-GB').inLanguage('et-EE'), 'Text language: Estonian');
    assert.deepEqual([nameOf('fi-FI'), nameOf('sv-SE'), nameOf('sv-SE', 'fi-FI'), languageOf('sv-SE')], ['Suomi', 'Svenska', 'Ruotsi', 'sv']);
  });

  test('of a day are that day in every time zone', () => {
    const before = process.env.TZ;
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Helsinki']) {
      process.env.TZ = zone;
      assert.equal(words('fi-FI').date('2026-12-24'), '24. joulukuuta 2026', zone);
    }
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    assert.equal(words('en-GB').date('2026-12-24T12:00:00', { dateStyle: 'short', timeStyle: 'short' }), '24/12/2026, 12:00');
  });
});

test('the locale is the one asked for, chosen before, the browser’s, or the first', (t) => {
  const kept = new Map();
  const globals = { localStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) }, navigator: { languages: ['sv-FI', 'en'] } };
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }
  assert.deepEqual(LOCALES, ['en-GB', 'fi-FI', 'sv-SE', 'de-DE']);
  assert.equal(chooseLocale(LOCALES), 'sv-SE');
  assert.equal(chooseLocale(['fi-FI', 'de-DE']), 'fi-FI');
  assert.equal(chooseLocale(LOCALES, 'de'), 'de-DE');
  assert.equal(chooseLocale(LOCALES, 'xx'), 'sv-SE');
  rememberLocale('fi-FI');
  assert.equal(chooseLocale(LOCALES, null), 'fi-FI');
  assert.equal(chooseLocale(LOCALES, 'en-GB'), 'en-GB');
});
