// The pages of a shop as `rikaste init` makes it: first without a product, then with those of a file that is dropped.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, LOOKS, PHONE, Running, Seen, skip, until } from '../harness.js';

const EMPTY = {
  start: ['/', '#receipts .start-empty', 'Tätä näytetään vain sille, jolla on tunniste (token). Sama tieto on kaupan kansiossa receipts.'],
  shop: ['/shop', '#instead .message h2', 'Tässä kanavassa ei ole vielä tuotteita'],
  screen: ['/screen', '.message h1', 'Ei vielä näytettävää'],
  seller: ['/seller', '#instead .message p', 'Kanavaa ”seller” ei ole, tai se ei ole julkinen. Katso kaupan kansiosta tiedosto channels/seller.toml: siinä on oltava public = true.'],
  photos: ['/photos', '#instead .message h2', 'Ei julkinen'],
};

const rich = '<h3>Kestävä</h3><p>Se on <b>tukeva</b> ja <i>kevyt</i>.</p><ol><li>Kokoa</li><li>Käytä</li></ol>';

/** Long Finnish words, and rich text. */
const CSV = `sku,parent,name-fi_FI,description-fi_FI,color,size,brand,price-EUR,material-fi_FI
T-1,,Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilaan kumisaapasteline,"<h3>Kestävä</h3><p>Se on <b>tukeva</b> ja <i>kevyt</i>.</p><ol><li>Kokoa</li><li>Käytä</li></ol>",,,Epäjärjestelmällistyttämättömyydelläänsäkäänköhän,1289.90,Mänty
T-2,,Teline,Ensimmäinen <b>kappale</b>.,,,Havu,19.90,Mänty
T-3,,Hylly,5 < 6 & 7 > 2,,,Havu,,Mänty
`;

describe('the pages of a shop of one’s own', { skip }, () => {
  let shop;
  let browser;

  before(async () => {
    [shop, browser] = await Promise.all([Running.init(), launch()]);
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

  for (const [name, [path, there, told]] of Object.entries(EMPTY)) {
    for (const how of LOOKS) {
      test(`${name}, without a product: ${how.name}`, () => look(how, async (seen) => {
        // Receipts, plugins, photos and the seller's channel need a token here.
        seen.allow(401);
        await seen.go(path, there);
        await until(`“${told}”`, async () => (await seen.page.locator(there).first().textContent()) === told);
        if (name === 'seller') assert.equal(await seen.page.locator('#state').textContent(), 'Jokin meni vikaan');
        await seen.isGood(name);
        await seen.everyStopIsSeen(12);
      }));
    }
  }

  test('every page shows what is dropped, without being loaded again', () => look({ viewport: PHONE }, async (list, page) => {
    const [screen, start] = [await Seen.open(browser, shop.address), await Seen.open(browser, shop.address)];
    // The search index of the first release may come a moment later.
    for (const seen of [list, screen]) seen.allow(503);
    start.allow(401);
    await screen.go('/screen', '.message h1');
    await start.go('/', '#receipts .start-empty');
    await list.go('/shop', '#instead .message');
    shop.drop('products/telineet.csv', CSV);
    await list.there('#cards .card:not(.skeleton)');
    await until('three cards', async () => (await page.locator('#cards .card').count()) === 3);
    await screen.there('.panel h1');
    await until('the products to be counted', async () => (await start.page.locator('#channels td.number').allTextContents()).includes('3'));
    for (const seen of [list, screen, start]) {
      await seen.isGood(seen.page.url());
      if (seen !== list) await seen.close();
    }
  }));

  test('rich text is shown as such', async () => {
    for (const how of LOOKS) {
      await look(how, async (seen, page) => {
        await seen.go('/shop?sku=T-1', '#product .prose');
        assert.equal(await page.locator('#product .prose').innerHTML(), rich);
        assert.equal(await page.locator('#product .availability').count(), 0, 'nothing is known of its stock');
        await seen.isGood('T-1 in the shop');
        await seen.go('/screen?sku=T-1', '.panel-description');
        assert.equal(await page.locator('.panel-description p').textContent(), 'Kestävä Se on tukeva ja kevyt. Kokoa Käytä');
        await seen.isGood('T-1 on the screen');
        await seen.go('/shop?sku=T-3', '#product .prose');
        assert.equal(await page.locator('#product .prose').innerHTML(), '<p>5 &lt; 6 &amp; 7 &gt; 2</p>');
        await seen.isGood('T-3 in the shop');
        await seen.go('/shop', '#cards .card:not(.skeleton)');
        await seen.isGood('the list');
      });
    }
  });

  test('the seller’s device shows the same, once its channel is public', async () => {
    await shop.stop();
    const channel = join(shop.shop, 'channels/seller.toml');
    const text = readFileSync(channel, 'utf8');
    assert.ok(text.includes('public = false'), text);
    writeFileSync(channel, text.replace('public = false', 'public = true'));
    await shop.again();
    for (const how of LOOKS) {
      await look(how, async (seen, page) => {
        await seen.go('/seller', '#rows .row');
        assert.equal(await page.locator('#rows .row').count(), 3);
        await seen.isGood('the rows');
        await seen.go('/seller?sku=T-1', '#sheet .prose');
        assert.equal(await page.locator('#sheet .prose').innerHTML(), rich);
        await seen.isGood('T-1');
      });
    }
  });
});
