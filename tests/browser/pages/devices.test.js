// Devices of a shop of one's own: which channel they show, what they say where there is none, search, camera, and what
// they have without the server.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DESK, launch, LOOKS, PHONE, Running, Seen, skip, until } from '../harness.js';

const CHANNELS = {
  'seller-oulu': 'label = "Sellers, Oulu"\npublic = false\nlocales = ["fi-FI"]\n',
  'screen-stores': 'label = "Screens"\npublic = true\nlocales = ["fi-FI", "en-GB"]\n[fallback]\n"en-GB" = ["fi-FI"]\n',
};

const PRODUCTS = `sku,parent,name-fi_FI,color,size,gtin,price-EUR,brand
R-1,,Kumisaappaat,black,36,6410000000018,49.90,Havu
R-2,,Kuoritakki,blue,38,6410000000025,129.00,Havu
R-3,,Lämpöpatruunakerrastohousut,black,40,6410000000032,,Havu
M-1,,Huivi,,,,99.00,Havu
X-1,M-1,,black,S,,,
Y-1,M-1,,blue,M,,,
`;

function prepare(shop) {
  for (const [code, text] of Object.entries(CHANNELS)) writeFileSync(join(shop, 'channels', `${code}.toml`), text);
}

/** What no product of this shop is told of is neither here nor sold out. */
const UNKNOWN = /Loppu|Slut|Out of stock/;

describe('the devices of a shop of one’s own', { skip }, () => {
  let shop;
  let browser;
  let stores;

  before(async () => {
    [shop, browser] = await Promise.all([Running.init(prepare), launch()]);
    shop.drop('products/range.csv', PRODUCTS);
    await until('the products', async () => (await shop.json('/v1/channels/seller-oulu/search?q=kumisaappaat')).total === 1);
    const { channels } = await shop.json('/v1/channels');
    stores = channels.find(({ code }) => code === 'screen-stores').locations.filter(({ kind }) => kind === 'store');
    assert.ok(stores.length >= 1);
    shop.drop('stock/stock.csv', `sku,location,quantity\nR-1,${stores[0].code},4\nR-2,${stores[0].code},0\n`);
    await until('the stock', async () => (await shop.json('/v1/channels/screen-stores/products/R-2')).availability === 'out_of_stock');
  });

  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  async function look(how, act) {
    const seen = await Seen.open(browser, shop.address, how);
    try {
      await act(seen, seen.page);
      assert.deepEqual(seen.complaints, []);
    } finally {
      await seen.close();
    }
  }

  test('a channel is chosen by its address, or by hand, and stays chosen', () => look({ viewport: PHONE }, async (seen, page) => {
    await seen.go('/seller/seller-oulu', '#rows .row');
    assert.equal(await page.locator('#channel').textContent(), 'Sellers, Oulu');
    await seen.isGood('by its path');
    await seen.go('/seller?channel=seller-oulu&sku=R-1', '#sheet h2');
    // What the device keeps is shown first, and then the address.
    await page.waitForURL((url) => url.pathname === '/seller/seller-oulu');
    await seen.go('/seller?channel=', '#instead .message a');
    assert.deepEqual(await page.locator('#instead .message a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['seller', 'seller-oulu', 'screen', 'screen-stores', 'web'].map((code) => `/seller/${code}`));
    await seen.isGood('the choice');
    await page.locator('#instead .message a[href="/seller/seller-oulu"]').click();
    await seen.there('#rows .row');
    await seen.go('/seller', '#rows .row');
    assert.equal(await page.locator('#channel').textContent(), 'Sellers, Oulu');
  }));

  test('a channel that there is not is named, and what a page does not know of its address', () => look({ viewport: PHONE }, async (seen, page) => {
    await seen.go('/seller/turku', '#instead .message a');
    assert.match(await page.locator('#instead .message').textContent(), /”turku”.*channels\/turku\.toml/);
    await seen.isGood('no such channel');
    await seen.go('/seller/seller?location=oulu&q=', '#notice:not([hidden])');
    assert.match(await page.locator('#notice').textContent(), /kohta: location\. Sivu tuntee nämä: q, sku, lang\./);
    await seen.there('#rows .row');
    await seen.isGood('an unknown parameter');
    await seen.go('/shop?colour=black', '#notice:not([hidden])');
    assert.match(await page.locator('#notice').textContent(), /colour/);
    await seen.go('/screen/turku', '.message h1');
    assert.match(await page.locator('.message').textContent(), /”turku”/);
    await seen.isGood('a screen without a channel');
    const refused = { 'colour=black': /colour/, 'seconds=1': /seconds=1.*3–3600/, 'location=mars': /location=mars/, 'locale=et-EE': /locale=et-EE.*fi-FI, en-GB/ };
    for (const [parameters, told] of Object.entries(refused)) {
      await seen.go(`/screen/screen-stores?${parameters}`, '.message h1');
      assert.match(await page.locator('.message').textContent(), told);
    }
    await seen.isGood('a wrong address');
  }));

  test('search is the server’s while it is there', () => look({ viewport: PHONE }, async (seen, page) => {
    await seen.go('/seller/seller', '#rows .row');
    await seen.there('#state.state-there');
    for (const [q, matched] of [['kumisaapas', 'Kumisaappaat'], ['kuoritaki', 'Kuoritakki']]) {
      await page.fill('#find', q);
      await until(`what the server finds for ${q}`, async () => (await page.locator('#count').textContent())?.includes('palvelimen haku') && (await page.locator('#rows strong').first().textContent()) === matched);
      const { products } = await shop.json(`/v1/channels/seller/search?q=${q}&locale=fi-FI`);
      assert.equal(await page.locator('#rows .row').count(), products.length, q);
    }
    await seen.isGood('what was found');
    await page.route('**/search?**', (route) => route.abort());
    await page.fill('#find', 'takki');
    await until('what the device finds', async () => (await page.locator('#count').textContent())?.includes('laitteen oma haku'));
    assert.equal(await page.locator('#rows .row').count(), 1);
    seen.complaints = seen.complaints.filter((text) => !text.includes('/search?'));
  }));

  test('the camera reads a barcode, or it is said why it does not', () => look({ viewport: PHONE }, async (seen, page) => {
    await page.addInitScript(() => {
      globalThis.codes = [];
      globalThis.BarcodeDetector = class {
        static getSupportedFormats = async () => globalThis.formats ?? ['ean_13'];
        detect = async () => globalThis.codes.splice(0, 1).map((rawValue) => ({ rawValue }));
      };
    });
    await seen.go('/seller/seller', '#rows .row');
    await seen.tabTo('#scan');
    await seen.press('Enter');
    await seen.there('#camera[open] video');
    await seen.isGood('the camera');
    await page.evaluate(() => globalThis.codes.push('6410000000019'));
    await until('what is wrong with the barcode', async () => (await page.locator('#camera-says').textContent())?.includes('pitäisi olla 8'));
    await page.evaluate(() => globalThis.codes.push('6410000000018'));
    await seen.there('#sheet h2');
    assert.equal(new URL(page.url()).searchParams.get('sku'), 'R-1');
    assert.equal(await page.locator('#camera[open]').count(), 0);
    await page.locator('#scan').click();
    await seen.there('#camera[open] video');
    await seen.press('Escape');
    await until('the camera to be gone', async () => (await page.locator('#camera video').count()) === 0);
    await page.evaluate(() => (globalThis.formats = ['qr_code']));
    await page.locator('#scan').click();
    await until('why it does not', async () => (await page.locator('#find-wrong').textContent())?.startsWith('Tämä selain ei osaa'));
    await seen.isGood('without a detector');
  }));

  test('unknown stock is not sold out, and no price is said to be none', () => look({ viewport: DESK }, async (seen, page) => {
    await seen.go('/seller/seller?sku=R-3', '#sheet h2');
    assert.doesNotMatch(await page.locator('#sheet').textContent(), UNKNOWN);
    assert.match(await page.locator('#sheet').textContent(), /Hintaa ei ole annettu/);
    await seen.go('/seller/seller?sku=R-2', '#sheet .places');
    assert.match(await page.locator('#sheet .places').textContent(), /–ei tiedossa/);
    await seen.go('/screen/screen-stores?sku=R-3', '.panel h1');
    assert.doesNotMatch(await page.locator('.panel').textContent(), UNKNOWN);
    assert.match(await page.locator('.panel').textContent(), /Kysy hintaa henkilökunnalta/);
    assert.match(await page.locator('.panel h1').textContent(), /^Läm\u00adpö\u00adpat/);
    await seen.go(`/screen/screen-stores?sku=R-2&location=${stores[0].code}`, '.panel h1');
    assert.match(await page.locator('.panel-stock').textContent(), /Loppu tästä myymälästä/);
    await seen.go('/shop?sku=R-3', '#product h1');
    assert.doesNotMatch(await page.locator('#product').textContent(), UNKNOWN);
  }));

  test('variants are found by their model, whatever their numbers, and a model by one of them', () => look({}, async (seen, page) => {
    for (const sku of ['X-1', 'M-1']) {
      await seen.go(`/shop?sku=${sku}`, '#product .picker');
      assert.deepEqual(await page.locator('#product .pick').evaluateAll((all) => all.map(({ textContent }) => textContent)), ['black', 'blue', 'S', 'M'], sku);
      assert.match(await page.locator('#product .price').first().textContent(), /99,00/);
    }
    await seen.isGood('a model');
    await seen.go('/shop?sort=name', '#cards .card:not(.skeleton)');
    assert.equal(await page.locator('#sort').inputValue(), 'name');
    assert.deepEqual(await page.locator('#cards .card-title').allTextContents(), ['Huivi', 'Kumisaappaat', 'Kuoritakki', 'Läm\u00adpö\u00adpat\u00adruu\u00adna\u00adker\u00adras\u00adto\u00adhou\u00adsut']);
  }));

  test('a device without room says so, and goes on', () => look({ viewport: PHONE }, async (seen, page) => {
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
      Cache.prototype.put = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    });
    await seen.go('/seller/seller', '#rows .row');
    await until('what is said of it', async () => (await page.locator('#kept').textContent())?.startsWith('Laite ei voi tallentaa'));
    await seen.isGood('a full device');
  }));

  for (const how of LOOKS) {
    test(`a screen of a channel: ${how.name}`, () => look(how, async (seen) => {
      await seen.go(`/screen/screen-stores?location=${stores[0].code}&seconds=60`, '.panel h1');
      await seen.isGood('the screen');
    }));
  }

  test('without the server a screen shows what it showed last, and a seller searches', async () => {
    const address = `/screen/screen-stores?location=${stores[0].code}&seconds=3600`;
    const [screen, seller] = [await Seen.open(browser, shop.address), await Seen.open(browser, shop.address, { viewport: PHONE })];
    await screen.go(address, '.panel h1');
    await seller.go('/seller/seller-oulu', '#rows .row');
    for (const { page } of [screen, seller]) {
      await page.evaluate(() => navigator.serviceWorker.ready);
      await until('the worker', () => page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
    }
    const title = await screen.page.locator('.panel h1').textContent();
    await until('the state to be kept', () => screen.page.evaluate(async () => Boolean(await (await caches.open('rikaste-state')).match(location.href))));
    await until('the words of the new products', () => seller.page.evaluate(async () => {
      const [{ name }] = (await indexedDB.databases()).filter((each) => each.name.endsWith('seller-oulu'));
      const database = await new Promise((found) => Object.assign(indexedDB.open(name), { onsuccess() { found(this.result); } }));
      const request = database.transaction('state').objectStore('state').get('vocabulary');
      const kept = await new Promise((found) => Object.assign(request, { onsuccess() { found(request.result); } }));
      database.close();
      return Boolean(kept?.languages.fi.words.kumisaappaat);
    }));
    await shop.stop();
    await screen.go(address, '.panel h1');
    assert.equal(await screen.page.locator('.panel h1').textContent(), title);
    await screen.there('#away:not([hidden])');
    assert.deepEqual(await screen.findings(), []);
    await seller.go('/seller', '#rows .row');
    await seller.there('#state.state-away');
    assert.equal(await seller.page.locator('#channel').textContent(), 'Sellers, Oulu');
    await seller.page.fill('#find', 'takki');
    await until('what the device finds', async () => (await seller.page.locator('#count').textContent()) === '1 osuma · laitteen oma haku');
    assert.deepEqual(await seller.findings(), []);
    // No name has these forms, and the last lacks its dots.
    for (const word of ['kumisaapas', 'saappaissa', 'KUORITAKEISSA', 'lampopatruunakerrastohousuja']) {
      await seller.page.fill('#find', word);
      await until(word, async () => (await seller.page.locator('#count').textContent()) === '1 osuma · laitteen oma haku');
    }
    await screen.close();
    await seller.close();
  });
});
