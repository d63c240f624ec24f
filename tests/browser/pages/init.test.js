// The pages of a shop as `rikaste init` makes it: first without a product, then with those of a file that is dropped.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, LOOKS, PHONE, Running, Seen, skip, until } from '../harness.js';

const EMPTY = {
  start: ['/', '#receipts .start-empty', 'Yhtään tiedostoa ei ole vielä pudotettu.'],
  shop: ['/shop', '#instead .message h2', 'Tässä kanavassa ei ole vielä tuotteita'],
  screen: ['/screen', '.message h1', 'Ei vielä näytettävää'],
  seller: ['/seller', '#instead .message h2', 'Tässä kanavassa ei ole vielä tuotteita'],
  photos: ['/photos', '#instead .message h2', 'Yhtään kuvaa ei ole vielä pudotettu'],
  'sign-in': ['/sign-in', '#signed-in', 'Kirjautumista ei tarvita: kauppa on auki tällä koneella.'],
};

/** What a browser sees that did not sign in, when the shop has a token. */
const REFUSED = {
  start: ['/', '#receipts .start-empty a'],
  seller: ['/seller', '#instead .message a'],
  photos: ['/photos', '#instead .message a'],
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
        await seen.go(path, there);
        await until(`“${told}”`, async () => (await seen.page.locator(there).first().textContent()) === told);
        await seen.isGood(name);
        await seen.everyStopIsSeen(12);
      }));
    }
  }

  test('every page shows what is dropped, without being loaded again', () => look({ viewport: PHONE }, async (list, page) => {
    const [screen, start] = [await Seen.open(browser, shop.address), await Seen.open(browser, shop.address)];
    // The search index of the first release may come a moment later.
    for (const seen of [list, screen]) seen.allow(503);
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

  test('the seller’s device shows the same', async () => {
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

  test('a shop with a token asks for it, and a link signs in', async () => {
    const made = shop.command('token', 'new', 'Oulun kauppa', '--shop', shop.shop);
    const token = made.match(/sign-in#(\w+)/)?.[1];
    assert.ok(token, made);
    // A running shop looks at its tokens once a second.
    await until('the shop to ask', async () => (await fetch(`${shop.address}/v1/receipts`)).status === 401);
    for (const how of LOOKS) {
      await look(how, async (seen, page) => {
        seen.allow(401);
        for (const [name, [path, there]] of Object.entries(REFUSED)) {
          await seen.go(path, there);
          assert.equal(await page.locator(there).first().textContent(), 'Kirjaudu sisään', name);
          await seen.isGood(`${name}, not signed in`);
        }
        await seen.go('/sign-in?next=%2Fphotos', '#token');
        await page.fill('#token', 'wrong');
        await page.keyboard.press('Enter');
        await until('the problem', async () => (await page.locator('#wrong').textContent())?.startsWith('Kauppa ei tunne'));
        await seen.isGood('a wrong token');
        await seen.go(`/sign-in?next=%2Fseller#${token}`, '#rows .row');
        assert.equal(new URL(page.url()).pathname, '/seller');
        await seen.go('/', '#receipts table');
        await seen.go('/sign-in', '#sign-out:not([hidden])');
        assert.equal(await page.locator('#signed-in').textContent(), 'Olet kirjautunut: Oulun kauppa.');
        await seen.isGood('signed in');
      });
    }
    shop.command('token', 'revoke', 'Oulun kauppa', '--shop', shop.shop);
    await until('the shop to be open again', async () => (await fetch(`${shop.address}/v1/receipts`)).status === 200);
  });
});
