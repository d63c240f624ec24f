import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as d from '../../../host/http/pages/document.js';

const at = (text) => Date.parse(text);

describe('the price that a customer is told', () => {
  const sale = {
    id: 'A',
    price: '120.00 EUR',
    sale_price: '80.00 EUR',
    sale_price_effective_date: '2026-11-20T00:00+02:00/2026-12-01T00:00+02:00',
    lowest_price_30_days: '100.00 EUR',
  };
  const told = { now: '80.00 EUR', regular: '120.00 EUR', lowest: '100.00 EUR', percent: 20, until: '2026-12-01T00:00+02:00' };

  test('is none without a price', () => assert.equal(d.pricing({ id: 'A' }), null));

  test('is the price alone without a sale', () => assert.deepEqual(d.pricing({ id: 'A', price: '120.00 EUR' }), { now: '120.00 EUR' }));

  test('is of the lowest price of the 30 days before, not of the regular price', () => {
    assert.deepEqual(d.pricing(sale, at('2026-11-25T12:00+02:00')), told);
  });

  test('holds from the first moment of the sale to before its end', () => {
    const now = { now: '120.00 EUR' };
    assert.deepEqual(d.pricing(sale, at('2026-11-19T23:59:59.999+02:00')), now);
    assert.deepEqual(d.pricing(sale, at('2026-11-20T00:00+02:00')), told);
    assert.deepEqual(d.pricing(sale, at('2026-11-30T23:59:59.999+02:00')), told);
    assert.deepEqual(d.pricing(sale, at('2026-12-01T00:00+02:00')), now);
  });

  test('of a sale without days holds at any time', () => {
    const always = { ...sale, sale_price_effective_date: undefined };
    assert.deepEqual(d.pricing(always, at('2050-01-01T00:00Z')), { ...told, until: undefined });
  });

  test('claims no percentage where the price was as low or lower within 30 days', () => {
    const of = (lowest) => d.pricing({ ...sale, lowest_price_30_days: lowest }, at('2026-11-25T12:00Z'));
    assert.deepEqual(of('80.00 EUR'), { ...told, lowest: '80.00 EUR', percent: null });
    assert.deepEqual(of('79.99 EUR'), { ...told, lowest: '79.99 EUR', percent: null });
    assert.deepEqual(of(undefined), { ...told, lowest: undefined, percent: null });
  });

  test('rounds the percentage down, and exactly', () => {
    const percent = (lowest, now) => d.pricing({ id: 'A', price: '999.00 EUR', sale_price: now, lowest_price_30_days: lowest })?.percent;
    assert.deepEqual(
      [
        percent('3.00 EUR', '1.00 EUR'), percent('100.00 EUR', '99.01 EUR'), percent('100.00 EUR', '99.00 EUR'),
        percent('0.29 EUR', '0.01 EUR'), percent('1.10 EUR', '0.55 EUR'), percent('149.90 EUR', '119.92 EUR'),
        percent('149.90 EUR', '119.93 EUR'), percent('0.019 EUR', '0.015 EUR'), percent('10.00 EUR', '0.00 EUR'),
        percent('9007199254740993.00 EUR', '9007199254740992.00 EUR'),
      ],
      [66, 0, 1, 96, 50, 20, 19, 21, 100, 0],
    );
  });

  test('of a group is its lowest, and says whether others cost more', () => {
    const cheap = { id: 'B', price: '79.90 EUR' };
    const dear = { id: 'C', price: '100.00 EUR' };
    const moment = at('2026-11-25T12:00Z');
    assert.equal(d.priceOfGroup([{ id: 'D' }], moment), null);
    assert.deepEqual(d.priceOfGroup([dear, cheap, { id: 'D' }], moment), { now: '79.90 EUR', from: true });
    assert.deepEqual(d.priceOfGroup([cheap, { ...cheap, price: '79.9 EUR' }], moment), { now: '79.90 EUR', from: false });
    assert.deepEqual(d.priceOfGroup([dear, sale], moment), { ...told, from: true });
    assert.deepEqual(d.priceOfGroup([{ id: 'E', price: '9.00 EUR' }, { id: 'F', price: '10.00 EUR' }], moment), { now: '9.00 EUR', from: true });
  });

  test('is written as the locale writes it', () => {
    assert.equal(d.formatMoney('1289.90 EUR', 'fi-FI'), '1\u00a0289,90\u00a0€');
    assert.equal(d.formatMoney('1289.90 EUR', 'en-GB'), '€1,289.90');
    assert.equal(d.formatMoney('1289.90 SEK', 'sv-SE'), '1\u00a0289,90\u00a0kr');
    assert.equal(d.formatMoney('1289.90 EUR', 'de-DE'), '1.289,90\u00a0€');
  });

  test('of a sale names the last day that it holds', () => {
    assert.deepEqual(
      ['2026-12-01T00:00+02:00', '2026-12-01T00:00:00+02:00', '2027-01-01T00:00+02:00', '2026-12-01T18:00+02:00', '2028-03-01'].map(d.lastDayOf),
      ['2026-11-30', '2026-11-30', '2026-12-31', '2026-12-01', '2028-02-29'],
    );
    assert.equal(d.dayOf('2026-12-01T00:00+02:00'), '2026-12-01');
  });
});

describe('a document in a locale', () => {
  const document = {
    id: 'A',
    brand: 'Havu',
    attributes: { color: ['sand'], care: 'common' },
    localized: {
      'fi-FI': { title: 'Takki', attributes: { care: 'Käsinpesu.' }, labels: { color: ['Hiekka'] } },
      'sv-SE': { title: 'Takki', fallback: { title: 'fi-FI' } },
    },
  };

  test('has the texts of that locale over what all have', () => {
    assert.deepEqual(d.inLocale(document, 'fi-FI'), {
      id: 'A', brand: 'Havu', title: 'Takki', attributes: { color: ['sand'], care: 'Käsinpesu.' }, labels: { color: ['Hiekka'] }, content_language: 'fi-FI',
    });
    assert.deepEqual(d.inLocale(document, 'de-DE'), { id: 'A', brand: 'Havu', attributes: document.attributes, content_language: 'de-DE' });
  });

  test('that the server flattened stays as it is', () => {
    const flat = { id: 'A', title: 'Takki', content_language: 'fi-FI' };
    assert.equal(d.inLocale(flat, 'sv-SE'), flat);
  });

  test('says from where a text is only where it is another language', () => {
    const view = d.inLocale(document, 'sv-SE');
    assert.equal(d.servedFrom(view, 'title'), 'fi-FI');
    assert.equal(d.servedFrom(view, 'description'), null);
    assert.equal(d.servedFrom({ ...view, content_language: 'fi-FI' }, 'title'), null);
  });

  test('is called by its title, or its SKU', () => {
    assert.equal(d.title({ id: 'A', title: 'Takki' }), 'Takki');
    assert.equal(d.title({ id: 'A' }), 'A');
  });
});

describe('pictures', () => {
  const view = {
    id: 'A',
    title: 'Takki',
    content_language: 'sv-SE',
    fallback: { image_alt: 'fi-FI' },
    image_link: '/assets/2.jpg',
    images: [
      { link: '/assets/1.jpg', file_name: '1.jpg', srcset: [{ link: '/assets/1-w320.webp', width: 320 }, { link: '/assets/1-w640.webp', width: 640 }], color: '#112233', width: 640, height: 480 },
      { link: '/assets/2.jpg', file_name: '2.jpg' },
    ],
    attributes: { image_alt: [{ file_name: '1.jpg', alt: 'Takki edestä' }] },
  };

  test('begin with the main one; the alternative text is their own, or the title', () => {
    assert.deepEqual(d.pictures(view), [
      { link: '/assets/2.jpg', small: '/assets/2.jpg', alt: 'Takki', lang: undefined, srcset: undefined, color: undefined, width: undefined, height: undefined },
      { link: '/assets/1.jpg', small: '/assets/1-w320.webp', alt: 'Takki edestä', lang: 'fi-FI', srcset: '/assets/1-w320.webp 320w, /assets/1-w640.webp 640w', color: '#112233', width: 640, height: 480 },
    ]);
  });

  test('are small in a list: the narrowest rendition that is not coarse there, else the widest', () => {
    const small = (...widths) => d.pictures({ id: 'A', images: [{ link: '/a.jpg', srcset: widths.map((width) => ({ link: `/${width}`, width })) }] })[0].small;
    assert.deepEqual([small(960, 240, 480, 120), small(192), small(100, 160, 80), small()], ['/240', '/192', '/160', '/a.jpg']);
  });

  test('are the links alone where nothing more is known', () => {
    assert.deepEqual(d.pictures({ id: 'A', image_link: '/a', additional_image_link: ['/b'] }).map(({ link, alt }) => [link, alt]), [['/a', 'A'], ['/b', 'A']]);
    assert.deepEqual(d.pictures({ id: 'A' }), []);
  });
});

describe('attributes', () => {
  const view = {
    id: 'A',
    content_language: 'fi-FI',
    attributes: { color: ['sand', 'moss'], size: '104', none: null, weight: { amount: '1.5', unit: 'kg' }, deposit: { amount: '2.00', currency: 'EUR' }, count: 3 },
    labels: { color: ['Hiekka'], size: '104 cm' },
  };

  test('of options have the codes and their labels', () => {
    assert.deepEqual(d.options(view, 'color'), [{ code: 'sand', label: 'Hiekka' }, { code: 'moss', label: 'moss' }]);
    assert.deepEqual(d.options(view, 'size'), [{ code: '104', label: '104 cm' }]);
    assert.deepEqual(d.options(view, 'count'), [{ code: '3', label: '3' }]);
    assert.deepEqual([d.options(view, 'none'), d.options(view, 'missing'), d.options({ id: 'A' }, 'color')], [[], [], []]);
    assert.deepEqual(d.options(view, 'weight'), [{ code: '{"amount":"1.5","unit":"kg"}', label: '1,5 kg' }]);
  });

  test('of measures are written in the locale', () => {
    assert.equal(d.measured(view.attributes.weight, 'fi-FI'), '1,5 kg');
    assert.equal(d.measured(view.attributes.deposit, 'fi-FI'), '2,00\u00a0€');
    assert.equal(d.measured({}, 'fi-FI'), '');
    assert.equal(d.measured(null, 'fi-FI'), '');
  });

  test('of decimals keep the digits that they have', () => {
    assert.deepEqual(['1', '1.5', '1.50', '1.500', '1.23456', 12345.5].map((text) => d.decimal(text, 'fi-FI')), ['1', '1,5', '1,50', '1,50', '1,23456', '12\u00a0345,5']);
  });

  test('of several lines have no empty ones', () => assert.deepEqual(d.lines(' Pesu 40°.\n\n Ei valkaisua. \n'), ['Pesu 40°.', 'Ei valkaisua.']));

  test('of categories are the path with its labels', () => {
    const both = { id: 'A', categories: [{ code: 'coats', path: ['clothing', 'coats'] }], labels: { categories: ['Vaatteet'] } };
    assert.deepEqual(d.path(both), [{ code: 'clothing', label: 'Vaatteet' }, { code: 'coats', label: 'coats' }]);
    assert.deepEqual(d.path({ id: 'A' }), []);
  });
});

describe('reviews', () => {
  test('have a mean only where there are any', () => {
    assert.deepEqual(d.rating({ attributes: { review_average: '4.25', review_count: 8 } }), { average: 4.25, count: 8 });
    assert.deepEqual(d.rating({ attributes: { review_average: 1, review_count: 1 } }), { average: 1, count: 1 });
    assert.deepEqual([['0', 0], ['0', 3], ['4', 0]].map(([review_average, review_count]) => d.rating({ attributes: { review_average, review_count } })), [null, null, null]);
    assert.equal(d.rating({}), null);
  });

  test('are counted in five rows, best first', () => {
    const view = { id: 'A', attributes: { review_distribution: [{ rating: '5', count: '12' }, { rating: '2', count: 1 }] } };
    assert.deepEqual(d.distribution(view), [{ rating: 5, count: 12 }, { rating: 4, count: 0 }, { rating: 3, count: 0 }, { rating: 2, count: 1 }, { rating: 1, count: 0 }]);
    assert.deepEqual(d.distribution({ id: 'A' }).map(({ count }) => count), [0, 0, 0, 0, 0]);
  });

  test('are quoted with numbers as numbers', () => {
    const row = { rating: '4', text: 'Hyvä.', author: 'Aino' };
    assert.deepEqual(
      d.excerpts({ id: 'A', attributes: { review_excerpts: [{ ...row, verified: 'true' }, { ...row, verified: true }, { ...row, verified: 'false' }, row] } }),
      [true, true, false, false].map((verified) => ({ rating: 4, text: 'Hyvä.', author: 'Aino', verified })),
    );
    assert.deepEqual(d.excerpts({ id: 'A' }), []);
  });
});

test('stock is counted where it is known, and nothing is taken off for a place that owes', () => {
  assert.equal(d.pieces({ stock: { helsinki: 3, tampere: -2, turku: 4 } }), 7);
  assert.equal(d.pieces({}), null);
  assert.deepEqual(['in_stock', 'out_of_stock', undefined].map((availability) => d.isAvailable({ availability })), [true, false, false]);
});

describe('variants', () => {
  const variant = (id, color, size, more = {}) => ({
    id, item_group_id: 'M', attributes: { ...(color && { color: [color] }), ...(size && { size: [size] }), badge: id, ...more },
    labels: { ...(color && { color: [color.toUpperCase()] }), ...(size && { size: [size] }) },
  });
  const all = [variant('1', 'sand', '110'), variant('2', 'sand', '104'), variant('3', 'moss', '104')];

  test('stand together where their first one stands', () => {
    const alone = { id: 'X' };
    assert.deepEqual(d.groups([all[0], alone, all[2]]), [{ id: 'M', variants: [all[0], all[2]] }, { id: 'X', variants: [alone] }]);
    assert.deepEqual(d.groups([]), []);
  });

  test('are shown by one with a picture, to be had if possible', () => {
    const out = { id: 'a', availability: 'out_of_stock', image_link: '/a' };
    const bare = { id: 'b', availability: 'in_stock' };
    const best = { id: 'c', availability: 'in_stock', image_link: '/c' };
    assert.equal(d.face([out, bare]), out);
    assert.equal(d.face([bare, out]), out);
    assert.equal(d.face([{ id: 'e' }, bare]), bare);
    assert.equal(d.face([out, bare, best, { ...best, id: 'd' }]), best);
  });

  test('are told apart by colour and size, and by more only where these do not', () => {
    assert.deepEqual(d.axes(all), ['color', 'size']);
    assert.deepEqual(d.axes([all[0]]), []);
    assert.deepEqual(d.axes([{ id: '1', attributes: { size: ['104'], color: ['sand'] } }, { id: '2', attributes: { size: ['110'], color: ['moss'] } }]), ['color', 'size']);
    assert.deepEqual(d.axes([{ id: '1', attributes: { color: ['sand', 'moss'] } }, { id: '2', attributes: { color: ['rust'] } }]), []);
    assert.deepEqual(d.axes([all[1], variant('4', null, '104')]), []);
    assert.deepEqual(d.axes([variant('1', 'sand', null, { lining: ['a'] }), variant('2', 'moss', null, { lining: ['b'] })]), ['color']);
    assert.deepEqual(d.axes([variant('1', 'sand', null, { lining: ['a'] }), variant('2', 'sand', null, { lining: ['b'] })]), ['lining']);
    assert.deepEqual(d.axes([variant('1', 'sand', null), variant('2', 'moss', null), variant('3', null, null)]), ['color']);
  });

  test('have sizes from small to large', () => {
    const sizes = (...labels) => labels.map((label) => ({ label })).sort(d.bySize).map(({ label }) => label);
    assert.deepEqual(sizes('XL', 'S', '110', 'M', '98', 'XXS', '3XL'), ['98', '110', 'XXS', 'S', 'M', 'XL', '3XL']);
    assert.deepEqual(d.values(all, 'size').map((option) => option.code), ['104', '110']);
    assert.deepEqual(d.values(all, 'color'), [{ code: 'sand', label: 'SAND' }, { code: 'moss', label: 'MOSS' }]);
  });

  test('are chosen nearest to the one that is shown', () => {
    assert.equal(d.variantWith(all, all[1], 'color', 'moss', ['color', 'size'])?.id, '3');
    assert.equal(d.variantWith(all, all[2], 'color', 'sand', ['color', 'size'])?.id, '2');
    assert.equal(d.variantWith([{ ...all[1], id: '5' }, ...all], all[2], 'color', 'sand', ['color', 'size'])?.id, '5');
    assert.equal(d.variantWith(all, all[2], 'color', 'rust', ['color', 'size']), null);
    assert.deepEqual([d.choiceOf(all[0], 'color'), d.choiceOf(all[0], 'lining')], ['sand', '']);
  });
});

describe('pieces in a place', () => {
  const of = (...quantities) => d.piecesIn(quantities.map((quantity) => (quantity === undefined ? {} : { stock: { oulu: quantity, turku: 9 } })), 'oulu');

  test('are counted, and never below nothing', () => assert.deepEqual([of(1, 2), of(0), of(-3, 2), of(0, 0)], [3, 0, 2, 0]));

  test('are not known where nothing is, nor where those that are known are sold out', () => {
    assert.deepEqual([of(), of(undefined), of(0, undefined), of(2, undefined)], [undefined, undefined, undefined, 2]);
    assert.equal(d.piecesIn([{ stock: { turku: 9 } }], 'oulu'), undefined);
  });
});

test('what nothing is known of is neither available nor sold out', () => {
  assert.deepEqual([{}, { availability: 'in_stock' }, { availability: 'out_of_stock' }].map((view) => [d.isAvailable(view), d.isSoldOut(view)]), [[false, false], [true, false], [false, true]]);
});
