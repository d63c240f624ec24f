import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';
import * as api from '../../../host/http/pages/api.js';

// A server that answers as each test says, and keeps what it was asked for.
let answers = [];
let asked = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    asked.push(body ? [request.method, request.url, JSON.parse(body)] : request.url);
    const { status = 200, headers = {}, json, text, parts, cut, then } = answers.shift() ?? { status: 500 };
    response.writeHead(status, headers);
    if (parts) for (const part of parts) response.write(part);
    if (then) response.once('close', then);
    if (cut) response.destroy();
    else response.end(text ?? (json === undefined ? undefined : JSON.stringify(json)));
  });
});
const { fetch } = globalThis;

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  globalThis.fetch = (path, options) => fetch(`http://127.0.0.1:${port}${path}`, options);
});
after(() => {
  globalThis.fetch = fetch;
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  assert.deepEqual(answers, [], 'every answer was asked for');
  asked = [];
  answers = [];
});

const problem = (status, detail) => ({ status, json: { title: 'T', detail } });

describe('what is asked for', () => {
  test('leaves out what is not there, and escapes the rest', async () => {
    answers = [{ json: { total: 0, products: [] } }];
    await api.search('web', { q: 'a&b ä', brand: '', family: undefined, sort: null, in_stock: false, offset: 0, limit: 96, 'attr.color': 'sand' });
    assert.deepEqual(asked, ['/v1/channels/web/search?q=a%26b+%C3%A4&offset=0&limit=96&attr.color=sand']);
  });

  test('has no question mark without parameters', async () => {
    answers = [{ json: { id: 'A/B' } }, { json: {} }, { json: { photos: [] } }];
    assert.deepEqual(await api.product('web', 'A/B'), { id: 'A/B' });
    await api.explain('A/B', '2026-12-24');
    await api.photos({ only: '', after: null });
    assert.deepEqual(asked, ['/v1/channels/web/products/A%2FB', '/v1/explain/A%2FB?as_of=2026-12-24', '/v1/photos']);
  });

  test('names the device and its release', async () => {
    answers = [{}];
    await api.acknowledge('seller', 'seller-1', 7);
    assert.deepEqual(asked, [['POST', '/v1/channels/seller/ack', { device: 'seller-1', release: 7 }]]);
  });
});

describe('an answer', () => {
  test('of a problem is told in the server’s own words', async () => {
    answers = [problem(400, 'Write a date.'), { status: 400, json: { title: 'T' } }, { status: 500, text: 'no JSON' }, { status: 505, json: { title: 'T' } }];
    for (const [status, message] of [[400, 'Write a date.'], [400, 'T'], [500, 'HTTP 500'], [505, 'T']]) {
      await assert.rejects(api.search('web', {}), (error) => {
        assert.ok(error instanceof api.Problem);
        assert.deepEqual([error.status, error.message], [status, message]);
        return true;
      });
    }
  });

  test('that does not come, or comes from what stands before the server, is none', async () => {
    answers = [{ status: 502 }, { status: 503 }, { status: 504 }, { cut: true }];
    for (let n = 0; n < 4; n += 1) await assert.rejects(api.receipts(), api.Unreachable);
  });

  test('that is to come is asked for again when the server says, a few times', async () => {
    const busy = { ...problem(503, 'Busy.'), headers: { 'Retry-After': '0' } };
    answers = [busy, busy, { json: { receipts: [] } }];
    assert.deepEqual(await api.receipts(), []);
    answers = [busy, busy, busy, busy, busy];
    await assert.rejects(api.receipts(), api.Unreachable);
    assert.equal(asked.length, 8);
  });

  test('that is to come is not asked for again when it was given up', async () => {
    const controller = new AbortController();
    answers = [{ ...problem(503, 'Busy.'), headers: { 'Retry-After': '0' }, then: () => controller.abort() }];
    await assert.rejects(api.search('web', {}, controller.signal), { name: 'AbortError' });
    assert.equal(asked.length, 1);
  });

  test('that was given up is no failure of the server', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(api.search('web', {}, controller.signal), { name: 'AbortError' });
  });

  test('of a product that is not there is null; another problem is one', async () => {
    answers = [problem(404, 'No such product.'), problem(401, 'No token.')];
    assert.equal(await api.product('web', 'X'), null);
    await assert.rejects(api.product('web', 'X'), { message: 'No token.' });
  });

  test('of channels may be a list, or keyed by code', async () => {
    const web = { code: 'web', label: 'Web', locations: [{ code: 'helsinki', label: 'Helsinki, Kamppi' }, { code: 'turku', label: 'turku' }] };
    answers = [
      { json: { channels: [{ code: 'web', label: 'Web', locations: [{ code: 'helsinki', label: 'Helsinki, Kamppi' }, 'turku'] }] } },
      { json: [{ code: 'web', label: 'Web', locations: { helsinki: 'Helsinki, Kamppi', turku: {} } }] },
      { json: { channels: [{ code: 'web' }] } },
    ];
    assert.deepEqual(await api.channels(), [web]);
    assert.deepEqual(await api.channels(), [web]);
    assert.deepEqual(await api.channel('web'), { code: 'web', locations: [] });
  });

  test('without the channel is a problem that names its file', async () => {
    answers = [{ json: { channels: [] } }, { json: { open: true, scopes: ['manage'] } }];
    await assert.rejects(api.channel('web'), (error) => error instanceof api.Problem && error.status === 404 && error.message === 'channels/web.toml');
  });

  test('without the channel is a refusal for who may not see all', async () => {
    answers = [{ json: { channels: [] } }, { json: { open: false, scopes: ['channel:web'] } }];
    await assert.rejects(api.channel('company'), (error) => api.isRefusal(error));
  });

  test('of a GTIN and of the receipts are their lists', async () => {
    answers = [{ json: { products: [{ id: 'A' }] } }, { json: { receipts: [{ id: 3 }] } }];
    assert.deepEqual(await api.byGtin('web', '04006381333931'), [{ id: 'A' }]);
    assert.deepEqual(await api.receipts(), [{ id: 3 }]);
  });
});

describe('JSON Lines', () => {
  test('of a snapshot are its documents, wherever the network cuts them', async () => {
    const text = Buffer.from('{"id":"A","title":"Äiti"}\n{"release":4}\n\n \n{"id":"B"}');
    const parts = Array.from(text, (byte) => Buffer.from([byte]));
    answers = [{ status: 302, headers: { location: '/v1/channels/web/snapshot/4' } }, { parts }, { parts: [text], headers: { 'Rikaste-Release': '5' } }];
    // A redirect is followed to an address of its own, so it is whole here.
    answers[0].headers.location = `http://127.0.0.1:${server.address().port}/v1/channels/web/snapshot/4?locale=fi-FI`;
    const documents = [{ id: 'A', title: 'Äiti' }, { id: 'B' }];
    assert.deepEqual(await api.snapshot('web', { locale: 'fi-FI' }), { release: 4, documents });
    assert.deepEqual(await api.snapshot('web'), { release: 5, documents });
  });

  test('of changes are what came, what went, and the release that it makes', async () => {
    answers = [{ text: '{"upsert":{"id":"A"}}\n{"delete":"B"}\n{"upsert":{"id":"C"}}\n{"release":9}\n' }];
    assert.deepEqual(await api.changes('web', 7), { release: 9, upserts: [{ id: 'A' }, { id: 'C' }], deletes: ['B'] });
    assert.deepEqual(asked, ['/v1/channels/web/changes?since=7']);
  });

  test('of changes that are too long ago are null', async () => {
    answers = [problem(410, 'Read the snapshot.'), problem(400, 'since')];
    assert.equal(await api.changes('web', 1), null);
    await assert.rejects(api.changes('web', -1), api.Problem);
  });

  test('that end before the release are not taken', async () => {
    answers = [{ text: '{"upsert":{"id":"A"}}\n' }];
    await assert.rejects(api.changes('web', 7), api.Unreachable);
  });
});

test('a search is asked again while it answers of a release before the newest', async () => {
  answers = [{ json: { release: 8 } }, { json: { release: 7, total: 1 } }, { json: { release: 7, total: 1 } }, { json: { release: 8, total: 2 } }];
  await api.currentRelease();
  assert.deepEqual(await api.search('web', { q: 'a' }), { release: 8, total: 2 });
  assert.deepEqual(asked.slice(1), Array(3).fill('/v1/channels/web/search?q=a'));
});
