import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { words } from '../../../host/http/pages/words.js';
import { notInstalled, require, skipped } from '../tools.js';

const skip = skipped('parts of a product', notInstalled('jsdom'));
const { window } = skip ? {} : new (require('jsdom').JSDOM)('<!doctype html><body></body>');
Object.assign(globalThis, { document: window?.document, DOMParser: window?.DOMParser, Node: window?.Node });
const parts = await import('../../../host/http/pages/parts.js');

const t = words('fi-FI', new Map([['material', 'Materiaali'], ['reflective', 'Heijastimet']]));
const text = (element) => element && element.textContent;
/** What is said of a price, a line an element. */
const said = (price, how) => [...parts.priceTag(t, 'fi-FI', price, how).querySelectorAll('strong, .price-cut, .price-note > span, .price-none')].map(text);

describe('a price', { skip }, () => {
  const sale = { now: '80.00 EUR', regular: '120.00 EUR', lowest: '100.00 EUR', percent: 20 };

  test('that is reduced is told with the lowest of the 30 days before, from which the percentage is', () => {
    assert.deepEqual(said(sale), ['80,00\u00a0€', '−20 %', 'Alin hinta 30 pv ennen alennusta 100,00\u00a0€', 'Norm. 120,00\u00a0€']);
  });

  test('that was as low within 30 days has no percentage', () => {
    assert.deepEqual(said({ ...sale, lowest: '70.00 EUR', percent: null }), ['80,00\u00a0€', 'Alin hinta 30 pv ennen alennusta 70,00\u00a0€', 'Norm. 120,00\u00a0€']);
    assert.deepEqual(said({ ...sale, percent: 0 }), ['80,00\u00a0€', 'Alin hinta 30 pv ennen alennusta 100,00\u00a0€', 'Norm. 120,00\u00a0€']);
  });

  test('of several variants begins with the lowest', () => assert.deepEqual(said({ now: '9.90 EUR', from: true }), ['alkaen 9,90\u00a0€']));

  test('that is not known is said to be none, and asked for at the shelf', () => {
    assert.deepEqual([said(null), said(null, { none: 'askPrice' })], [['Hintaa ei ole annettu'], ['Kysy hintaa henkilökunnalta']]);
  });
});

describe('availability', { skip }, () => {
  const line = (...views) => {
    const element = parts.availabilityLine(t, views);
    return [element.textContent, element.className];
  };

  test('says when few are left, only where all are counted, and nothing where nothing is known', () => {
    assert.deepEqual(line({ availability: 'in_stock', stock: { a: 3 } }), ['Viimeiset kappaleet', 'availability availability-few']);
    assert.deepEqual(line({ availability: 'in_stock', stock: { a: 4 } }), ['Varastossa', 'availability availability-in']);
    assert.deepEqual(line({ availability: 'in_stock', stock: { a: 1 } }, { availability: 'in_stock' }), ['Varastossa', 'availability availability-in']);
    assert.deepEqual(line({ availability: 'in_stock', stock: { a: 1 } }, { availability: 'out_of_stock', stock: { a: 0 } }), ['Viimeiset kappaleet', 'availability availability-few']);
    assert.deepEqual(line({ availability: 'out_of_stock' }, { availability: 'out_of_stock' }), ['Loppu', 'availability availability-out']);
    assert.deepEqual(line({ availability: 'out_of_stock' }, {}), ['Saldo ei tiedossa', 'availability availability-unknown']);
    assert.deepEqual(line({ availability: 'in_stock' }, {}), ['Varastossa', 'availability availability-in']);
    assert.equal(parts.availabilityLine(t, [{}, {}]), null);
  });

  test('in a place is told up to ten pieces', () => {
    assert.deepEqual(
      [undefined, -1, 0, 1, 3, 4, 10, 11].map((quantity) => parts.quantityWord(t, quantity)),
      [
        { word: 'Saldo ei tiedossa', kind: 'unknown' }, { word: 'Loppu', kind: 'out' }, { word: 'Loppu', kind: 'out' },
        { word: 'Viimeiset kappaleet (1 kpl)', kind: 'few' }, { word: 'Viimeiset kappaleet (3 kpl)', kind: 'few' },
        { word: '4 kpl', kind: 'in' }, { word: '10 kpl', kind: 'in' }, { word: 'yli 10 kpl', kind: 'in' },
      ],
    );
  });
});

describe('facts', { skip }, () => {
  const view = {
    id: 'A',
    content_language: 'fi-FI',
    fallback: { material: 'sv-SE' },
    labels: { color: ['Hiekka', 'Sammal'] },
    attributes: {
      name: 'Takki', color: ['sand', 'moss'], material: 'Ull', reflective: true, water_column: 10000, weight: { amount: '1.50', unit: 'kg' },
      deposit: '2.00 EUR', available_from: '2026-12-24', depth: '40.5', none: null, empty: [], status: ['active'],
      composition: [{ part: 'outer', wool: '80', certified: true }],
    },
  };
  const rows = (how) => [...parts.factList(t, view, how).querySelectorAll(':scope > div')].map((row) => [text(row.querySelector('dt')), text(row.querySelector('dd')).trim()]);

  test('are written as the locale writes them, and not those that stand elsewhere', () => {
    assert.deepEqual(rows(), [
      ['Väri', 'Hiekka, Sammal'], ['Materiaali', 'Ull Teksti ruotsiksi'], ['Heijastimet', 'Kyllä'], ['Water column', '10\u00a0000'], ['Weight', '1,50 kg'],
      ['Deposit', '2,00\u00a0€'], ['Available from', '24. joulukuuta 2026'], ['Depth', '40,5'], ['Composition', 'PartWoolCertifiedouter80Kyllä'],
    ]);
  });

  test('for sellers are all that there are', () => assert.deepEqual(rows({ everything: true }).map(([name]) => name).filter((name) => name === 'Tila'), ['Tila']));

  test('have no code of the program where the shop names none', () => {
    assert.deepEqual(rows({ everything: true }).find(([name]) => name === 'Tila'), ['Tila', 'Myynnissä']);
    const named = { ...view, labels: { status: ['Valikoimassa'] } };
    assert.match(text(parts.factList(t, named, { everything: true })), /TilaValikoimassa/);
  });

  test('in another language than the page say so, with their language', () => {
    assert.deepEqual([parts.langOf(view, 'material'), parts.langOf(view, 'color'), text(parts.languageNote(t, view, 'material')), parts.languageNote(t, view, 'color')], ['sv', undefined, 'Teksti ruotsiksi', null]);
  });

  test('are none where there is nothing to tell', () => assert.equal(parts.factList(t, { id: 'A', attributes: { name: 'Takki' } }), null));
});

describe('care', { skip }, () => {
  const said = (attributes) => parts.careParts(t, { id: 'A', attributes }).filter(Boolean).map(text);
  const sentences = { care: 'Konepesu enintään 30 °C.\nValkaisu kielletty.', care_text: 'Wash at 30, do not bleach. Oil the zip.' };

  test('is a list of sentences', () => {
    assert.deepEqual(said(sentences), ['Konepesu enintään 30 °C.Valkaisu kielletty.']);
    assert.deepEqual(said({ care_partial: true }), []);
  });

  test('that is only a part says so, with the whole text where it is there', () => {
    assert.deepEqual(said({ ...sentences, care_partial: true }), [
      'Konepesu enintään 30 °C.Valkaisu kielletty.',
      'Tässä on vain osa hoito-ohjeesta. Katso kaikki ohjeet tuotteen hoitolapusta.',
      'Valmistajan ohje kokonaan: Wash at 30, do not bleach. Oil the zip.',
    ]);
    assert.deepEqual(said({ care: 'Valkaisu kielletty.', care_partial: true }).length, 2);
  });

  test('has no codes among the facts', () => {
    const view = { id: 'A', attributes: { care_codes: ['W30'], care_basis: ['maker'], care_edition: 'ISO 3758:2023', care_partial: true } };
    assert.equal(parts.factList(t, view, { everything: true }), null);
  });
});
