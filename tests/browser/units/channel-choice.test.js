import assert from 'node:assert/strict';
import { afterEach, describe, mock, test } from 'node:test';
import { words } from '../../../host/http/pages/words.js';
import { notInstalled, require, skipped } from '../tools.js';

const skip = skipped('the choice of a channel', notInstalled('jsdom'));
const { window } = skip ? {} : new (require('jsdom').JSDOM)('<!doctype html><body></body>', { url: 'https://shop.example/seller' });
Object.assign(globalThis, { document: window?.document, location: window?.location });
const { channelMessage, findChannel } = await import('../../../host/http/pages/channel-choice.js');

const SIGNED_OUT = { open: false, scopes: [] };
const OPEN = { open: true, scopes: ['manage'] };
const device = (...scopes) => ({ open: false, name: 'Oulu', scopes });

/** What the caller may read, and who it is. */
function serve(codes, session) {
  mock.method(globalThis, 'fetch', async (path) => ({
    ok: true,
    json: async () => (path === '/v1/session' ? session : { channels: codes.map((code) => ({ code, label: code, locales: ['fi-FI'], locations: [] })) }),
  }));
}

afterEach(() => mock.restoreAll());

describe('the channel of a page', { skip }, () => {
  const chosen = async (codes, session, asked = null, how = undefined) => {
    serve(codes, session);
    return (await findChannel(asked, 'seller', how)).channel?.code ?? null;
  };

  test('is the one that the address names, or none', async () => {
    assert.equal(await chosen(['seller', 'oulu'], OPEN, 'oulu'), 'oulu');
    assert.equal(await chosen(['seller', 'oulu'], OPEN, 'Oulu'), null);
    assert.equal(await chosen(['seller'], SIGNED_OUT, 'oulu', { remembered: 'seller' }), null);
  });

  test('is otherwise the only one that suits: by its name, by the token, or the only one', async () => {
    assert.equal(await chosen(['screen', 'seller', 'seller-oulu', 'web'], OPEN), 'seller');
    assert.equal(await chosen(['screen', 'seller-oulu', 'web'], OPEN), 'seller-oulu');
    assert.equal(await chosen(['oulu', 'screen', 'web'], device('channel:oulu')), 'oulu');
    assert.equal(await chosen(['feed'], OPEN), 'feed');
  });

  test('is not guessed among several, nor for those who did not sign in', async () => {
    assert.equal(await chosen(['seller-a', 'seller-b', 'web'], OPEN), null);
    assert.equal(await chosen(['feed', 'web'], OPEN), null);
    assert.equal(await chosen(['web'], SIGNED_OUT), null);
  });

  test('stays the one that was chosen before, until it is to be chosen again', async () => {
    assert.equal(await chosen(['seller-a', 'seller-b'], OPEN, null, { remembered: 'seller-b' }), 'seller-b');
    assert.equal(await chosen(['seller-a', 'seller-b'], OPEN, null, { remembered: 'seller-c' }), null);
    assert.equal(await chosen(['seller-a', 'seller-b'], OPEN, null, { remembered: 'seller-b', chooses: true }), null);
  });
});

describe('what is said without a channel', { skip }, () => {
  const t = words('fi-FI');
  const said = async (codes, session, asked = null) => {
    serve(codes, session);
    const choice = await findChannel(asked, 'seller', { chooses: true });
    const element = channelMessage(t, choice, { path: '/seller' });
    return [element.querySelector('h2').textContent, [...element.querySelectorAll('a')].map((link) => link.getAttribute('href'))];
  };
  const signIn = '/sign-in?next=%2Fseller';

  test('names the channels to choose from', async () => {
    assert.deepEqual(await said(['a b', 'web'], OPEN), ['Valitse kanava', ['/seller/a%20b', '/seller/web']]);
    assert.deepEqual(await said([], OPEN), ['Kanavaa ei ole', []]);
  });

  test('says that there is none of a name to those who would see it', async () => {
    assert.deepEqual(await said(['web'], OPEN, 'oulu'), ['Kanavaa ei ole', ['/seller/web']]);
    assert.deepEqual(await said(['web'], device('read'), 'oulu'), ['Kanavaa ei ole', ['/seller/web']]);
  });

  test('asks others to sign in, or for another token', async () => {
    assert.deepEqual(await said(['web'], SIGNED_OUT), ['Vain kirjautuneille', [signIn, '/seller/web']]);
    assert.deepEqual(await said(['web'], SIGNED_OUT, 'oulu'), ['Vain kirjautuneille', [signIn, '/seller/web']]);
    assert.deepEqual(await said(['web'], device('channel:turku'), 'oulu'), ['Tunnisteesi ei avaa tätä', [signIn, '/seller/web']]);
  });
});
