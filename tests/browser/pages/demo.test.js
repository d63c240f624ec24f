// Each page of the demo shop in a browser: nothing on the console, nothing that axe finds, in light and dark and on a
// phone, and the main path by keyboard.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { indexOf } from '../../../host/http/pages/local-search.js';
import { launch, LONG, LOOKS, PHONE, Running, Seen, skip, until } from '../harness.js';

const PRODUCTS = 60;
const PHOTOS = 50;
/** Of several colours and sizes, with reviews, care and what fits with it. */
const SKU = 'HH-1001-SAN-104';

/** Words in forms that no name has, by locale. */
const FORMS = {
  'fi-FI': 'kumisaapas kumisaappaita saapas takkeja takeissa kuoritakit haalareita lapanen lapasia rukkasissa kenkä kengissä housuihin mekkoja sohvalla tuoleissa pöytiä hyllyjä lamppuja mattoja villaisia vedenpitäviä talvikenkien sadetakkien untuvatakki',
  'sv-SE': 'stövel gummistöveln jackor jackorna skaljackan overaller vante vantarna skor skorna byxan klänningar soffor stolarna bordet lampor mattan',
  'en-GB': 'boots boot jackets mittens shoe dresses sofas chairs tables lamps rugs shelf',
};

const CARD = '#cards .card:not(.skeleton)';
const PAGES = {
  start: ['/', '#receipts table tbody tr'],
  'shop, list': ['/shop', CARD],
  'shop, nothing found': ['/shop?q=polkupyörä', '#instead .message'],
  'shop, product': [`/shop?sku=${SKU}`, '#product .related .card:not(.skeleton)'],
  'shop, unknown product': ['/shop?sku=HH-0', '#product .message', { status: 404 }],
  'shop, on another day': ['/shop?as_of=2027-12-24', CARD],
  screen: ['/screen', '.panel h1'],
  'screen, one product': [`/screen?sku=${SKU}`, '.panel h1'],
  seller: ['/seller', '#rows .row'],
  'seller, product': [`/seller?sku=${SKU}`, '#sheet h2'],
  photos: ['/photos', '#prints .print'],
  'photos, with remarks': ['/photos?only=remarks', '#prints .print'],
};

describe('the pages of the demo', { skip }, () => {
  let shop;
  let browser;
  let everything;

  before(async () => {
    [shop, browser] = await Promise.all([Running.demo(), launch()]);
    everything = await until('the demo’s feed', async () => {
      const documents = await shop.documents('web');
      const known = documents.find((document) => document.id === SKU);
      const { photos } = await shop.json('/v1/photos?limit=200');
      const settled = photos.length >= PHOTOS && photos.every((photo) => photo.state !== 'undeveloped');
      return documents.length >= PRODUCTS && known?.stock && known.attributes.review_count && known.image_link && settled && documents;
    }, LONG);
  });

  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  /** Does something with a page that has seen nothing before, and then asks whether it complained. */
  async function look(how, act) {
    const seen = await Seen.open(browser, shop.address, how);
    try {
      await act(seen, seen.page);
      assert.deepEqual(seen.complaints, []);
    } finally {
      await seen.close();
    }
  }

  for (const [name, [path, there, expected]] of Object.entries(PAGES)) {
    for (const how of LOOKS) {
      test(`${name}: ${how.name}`, () => look(how, async (seen) => {
        if (expected) seen.allow(expected.status);
        await seen.go(path, there);
        await seen.isGood(name);
      }));
    }
  }

  test('every page says what it does not know of its address', () => look({}, async (seen, page) => {
    const { paths } = await shop.json('/openapi.json');
    const isPage = ([path, { get }]) => get?.tags.includes('pages') && get.responses[200].content['text/html'] && !/^\/docs|\{/.test(path);
    const pages = Object.entries(paths).filter(isPage).map(([path]) => path);
    assert.ok(pages.length >= 10, pages.join(' '));
    for (const path of pages) {
      await page.goto(`${path}?no_such_parameter=1`);
      await page.getByText(/no_such_parameter/).first().waitFor();
    }
  }));

  test('a receipt, in each look, and its table by keyboard', async () => {
    const { receipts } = await shop.json('/v1/receipts');
    const { id } = receipts.find((receipt) => receipt.rows.rejected > 0);
    for (const how of LOOKS) {
      await look(how, async (seen) => {
        await seen.go(`/v1/receipts/${id}`, 'h1');
        await seen.isGood(how.name);
        await seen.everyStopIsSeen();
      });
    }
  });

  test('every language fits a phone', () => look({ viewport: { width: 320, height: 640 } }, async (seen) => {
    for (const language of ['fi-FI', 'sv-SE', 'en-GB', 'de-DE']) {
      for (const [path, there] of [['/shop', CARD], [`/shop?sku=${SKU}`, '#product h1'], ['/seller', '#rows .row'], [`/seller?sku=${SKU}`, '#sheet h2'], ['/photos', '#prints .print'], ['/', '#receipts table tbody tr']]) {
        await seen.go(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, there);
        await seen.fits();
      }
    }
  }));

  test('start: every stop of Tab is seen, and a card leads to its page', () => look({}, async (seen, page) => {
    await seen.go('/', '#receipts table tbody tr');
    await seen.press('Tab');
    assert.equal(await seen.focused(), 'a.skip');
    await seen.focusIsSeen();
    await seen.everyStopIsSeen(14);
    await seen.go('/', '#receipts table tbody tr');
    await seen.tabTo('.start-pages a[href="/shop"]');
    await seen.press('Enter');
    await seen.there(CARD);
    assert.equal(new URL(page.url()).pathname, '/shop');
  }));

  test('shop: search, product, variant, origin, and back, by keyboard', () => look({}, async (seen, page) => {
    const asked = () => Object.fromEntries(new URL(page.url()).searchParams);
    await seen.go('/shop?lang=fi-FI', CARD);
    await seen.press('Tab');
    assert.equal(await seen.focused(), 'a.skip');
    await seen.focusIsSeen();
    await seen.tabTo('#q');
    await page.keyboard.type('kuoritakki');
    await until('the search in the address', () => asked().q === 'kuoritakki');
    await until('what was found', async () => (await page.locator('#heading').textContent()) === 'Haku: kuoritakki');
    const found = await page.locator(CARD).count();
    assert.ok(found > 0 && found < 20, `${found} cards are found`);

    await seen.tabTo('.facet-value');
    await seen.press('Enter');
    await seen.there('.facet-value[aria-pressed="true"]');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-pressed')), 'true', 'the focus stays on the filter');
    await seen.press('Enter');
    await until('the filter to be gone', async () => (await page.locator('.facet-value[aria-pressed="true"]').count()) === 0);

    await seen.tabTo('.card-link');
    await seen.press('Enter');
    await seen.there('#product h1');
    await until('the focus to be in the product', () => page.evaluate(() => document.activeElement?.id === 'content'));
    const first = asked().sku;
    assert.ok(everything.some((document) => document.id === first), `${first} is a product`);

    await seen.tabTo('.pick input');
    const chosen = await page.evaluate(() => document.activeElement?.value);
    await seen.press('ArrowRight');
    await until('another variant', () => asked().sku !== first);
    await until('the choice to be drawn', () => page.evaluate((before) => document.activeElement?.matches('.pick input:checked') && document.activeElement.value !== before, chosen));
    await seen.focusIsSeen();

    await seen.tabTo('.origin > summary');
    await seen.press('Enter');
    await seen.there('.origin-table tbody tr');
    await seen.isGood('with its origin');

    await page.goBack();
    await until('the search that was left', () => asked().q === 'kuoritakki' && !asked().sku);
    await until('what was found', async () => (await page.locator(CARD).count()) === found);
  }));

  test('shop: a day to come and back, by keyboard', () => look({}, async (seen, page) => {
    await seen.go('/shop', CARD);
    await page.locator('#day').focus();
    await seen.tabTo('#christmas');
    await seen.press('Enter');
    await seen.there('#previewing:not([hidden]) .button');
    await page.locator('#content').focus();
    await seen.tabTo('#previewing .button', { key: 'Shift+Tab' });
    await seen.press('Enter');
    await page.locator('#previewing').waitFor({ state: 'hidden' });
    assert.equal(new URL(page.url()).searchParams.has('as_of'), false);
  }));

  test('shop: the filters of a phone, by keyboard', () => look({ viewport: PHONE }, async (seen) => {
    await seen.go('/shop', CARD);
    await seen.tabTo('#filter > summary');
    await seen.press('Enter');
    await seen.tabTo('.facet-value');
    await seen.press('Enter');
    await seen.there('.facet-value[aria-pressed="true"]');
    await seen.isGood('with filters');
  }));

  test('shop: every stop of Tab is seen on a product', () => look({}, async (seen) => {
    await seen.go(`/shop?sku=${SKU}`, '#product .related .card:not(.skeleton)');
    await seen.everyStopIsSeen();
  }));

  test('screen: turns by the arrow keys, and a pause, by keyboard', () => look({ viewport: { width: 1080, height: 1920 } }, async (seen, page) => {
    const shown = () => page.evaluate(() => document.querySelector('#stage')?.firstElementChild?.dataset.sku);
    await seen.go('/screen', '.panel h1');
    await seen.press('Space');
    await until('the pause', async () => (await page.locator('#pause').textContent()) === 'Jatka');
    const first = await shown();
    await seen.press('ArrowRight');
    await until('the next product', async () => (await shown()) !== first);
    await seen.press('ArrowLeft');
    await until('the product before', async () => (await shown()) === first);
    await seen.tabTo('#pause');
    await seen.press('Enter');
    await until('the turns to go on', async () => (await page.locator('#pause').textContent()) !== 'Jatka');
    await seen.isGood('upright');
  }));

  test('screen: the product of the address, in the store of the address', () => look({ viewport: { width: 1920, height: 1080 } }, async (seen, page) => {
    const { title } = (await shop.json(`/v1/channels/screen/products/${SKU}?locale=sv-SE`));
    await seen.go(`/screen?sku=${SKU}&locale=sv-SE&location=helsinki`, '.panel h1');
    assert.equal(await page.locator('.panel h1').textContent(), title);
    assert.equal(await page.locator('#turn').isVisible(), false);
    assert.equal(await page.evaluate(() => document.querySelector('.panel-text').scrollHeight <= document.querySelector('.panel-text').clientHeight), true, 'nothing is cut');
    await seen.isGood('on its side');
  }));

  test('photos: a filter by keyboard', () => look({}, async (seen, page) => {
    await seen.go('/photos', '#prints .print');
    const all = await page.locator('#prints .print').count();
    await seen.tabTo('#only a[href="/photos?only=remarks"]');
    await seen.press('Enter');
    await seen.there('#only a[href="/photos?only=remarks"][aria-current="page"]');
    await until('fewer photos', async () => {
      const some = await page.locator('#prints .print').count();
      return some > 0 && some < all;
    });
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '/photos?only=remarks', 'the focus stays on the filter');
    await seen.everyStopIsSeen(20);
  }));

  test('seller: what the server finds, the device finds by itself', async () => {
    const { locales } = (await shop.json('/v1/channels')).channels.find(({ code }) => code === 'seller');
    const [documents, vocabulary] = await Promise.all([shop.documents('seller'), shop.json('/v1/channels/seller/vocabulary')]);
    const index = indexOf(documents, vocabulary);
    const missed = [];
    let asked = 0;
    for (const locale of locales) {
      const texts = documents.map((document) => document.localized[locale]);
      const words = new Set(texts.flatMap(({ title, description }) => `${title} ${description ?? ''}`.replace(/<[^>]*>/g, ' ').match(/\p{L}{2,}/gu) ?? []));
      assert.ok(words.size > 100, `${locale}: ${words.size}`);
      for (const word of new Set([...words, ...(FORMS[locale] ?? '').split(' ')])) {
        // With a space behind it the word is a whole one.
        const { matched, products } = await shop.json(`/v1/channels/seller/search?limit=200&locale=${locale}&q=${encodeURIComponent(`${word} `)}`);
        if (matched !== 'every') continue;
        asked += 1;
        const found = new Set(index.find(word).map(({ id }) => id));
        const lacking = products.filter(({ id }) => !found.has(id)).map(({ id }) => id);
        if (lacking.length) missed.push(`${locale} ${word}: ${lacking.join(' ')}`);
      }
    }
    // The server also finds by words that are nearly the same: few, and they are named.
    assert.ok(missed.length * 200 <= asked, `${asked} words: ${missed.join('; ')}`);
    // Letters without dots, which the server does not know yet.
    for (const [word, without] of [['lämmin', 'lammin'], ['pöytä', 'poyta'], ['kengät', 'kengat']]) {
      assert.deepEqual(index.find(without).map(({ id }) => id), index.find(word).map(({ id }) => id), word);
    }
  });

  test('seller: search, sheet, scan, and all of it without the server, by keyboard', () => look({ viewport: PHONE }, async (seen, page) => {
    const asked = () => Object.fromEntries(new URL(page.url()).searchParams);
    await seen.go('/seller', '#rows .row');
    await seen.there('#state.state-there');
    await seen.tabTo('#find');
    await page.keyboard.type('takki');
    await until('what was found', async () => (await page.locator('#count').textContent()) !== '');
    await seen.press('Enter');
    await until('the focus to be on the first row', () => page.evaluate(() => document.activeElement?.matches('#rows .row')));
    await seen.focusIsSeen();
    await seen.press('Enter');
    await seen.there('#sheet h2');
    assert.equal(await seen.focused(), 'h2');
    await seen.tabTo('.pick input');
    const first = asked().sku;
    await seen.press('ArrowRight');
    await until('another variant', () => asked().sku !== first);
    await seen.isGood('the sheet');

    // The worker that keeps the page, and the release that the page keeps, are there.
    await page.evaluate(() => navigator.serviceWorker.ready);
    const { release } = await shop.json('/v1/releases/current');
    await seen.there(`#release[data-release="${release}"]`);
    await until('the worker', () => page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
    await until('every main photo to be on the device', async () => {
      const [kept, all] = (await page.locator('#kept').textContent())?.match(/\d+/g) ?? [];
      return Number(all) > 20 && kept === all;
    });
    await shop.stop();
    await page.goto('/seller');
    await seen.there('#rows .row');
    await seen.there('#state.state-away');
    // A photo that was never on the screen is there, too.
    await page.locator('#rows > li:last-child').scrollIntoViewIfNeeded();
    await seen.there('#rows > li:last-child .picture-there');
    const shown = everything.filter((document) => document.image_link).at(-1);
    await page.goto(`/seller?sku=${shown.id}`);
    await seen.there('#sheet .picture-there');
    const gtin = everything.find((document) => document.id === SKU).gtin;
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.type(gtin.replace(/^0+/, ''));
    assert.equal(await seen.focused(), 'input#find', 'a scanner types wherever the focus is');
    await seen.press('Enter');
    await until('the product that was scanned', () => asked().sku === SKU);
    await seen.there('#sheet h2');
    await seen.tabTo('#find', { key: 'Shift+Tab' });
    await page.keyboard.type('4006381333932');
    await seen.press('Enter');
    await until('what is wrong with the barcode', async () => (await page.locator('#find-wrong').textContent()).includes('1'));
    assert.deepEqual(await seen.findings(), []);
    seen.complaints = seen.complaints.filter((text) => !/ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/.test(text));
  }));
});
