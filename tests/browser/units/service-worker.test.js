import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const pages = new URL('../../../host/http/pages/', import.meta.url);
const read = (name) => readFileSync(new URL(name, pages), 'utf8');

/** All that a page needs: what its HTML names, and what its scripts import, however far. */
function needed(html) {
  const found = new Set([...read(html).matchAll(/"\/pages\/([^"]+)"/g)].map(([, name]) => name));
  for (const name of found) {
    if (name.endsWith('.js')) for (const [, other] of read(name).matchAll(/from '\.\/([^']+)'/g)) found.add(other);
  }
  return found;
}

/** What the worker of a page keeps when it is installed. */
async function kept(page) {
  const files = [];
  let installed;
  const listeners = {};
  const self = {
    location: { href: 'https://shop.example/pim/pages/service-worker.js', origin: 'https://shop.example' },
    registration: { scope: `https://shop.example/pim/${page}` },
    addEventListener: (name, listen) => (listeners[name] = listen),
    skipWaiting() {},
  };
  class Request {
    constructor(url) {
      this.url = url;
    }
  }
  runInNewContext(read('service-worker.js'), { self, URL, Request, caches: { open: async () => ({ addAll: async (requests) => files.push(...requests.map(({ url }) => url)) }) } });
  listeners.install({ waitUntil: (work) => (installed = work) });
  await installed;
  return files;
}

for (const page of ['seller', 'screen']) {
  test(`the worker keeps all that the page /${page} needs, and nothing else`, async () => {
    const wanted = [`/pim/${page}`, ...[...needed(`${page}.html`)].map((name) => `/pim/pages/${name}`)];
    assert.deepEqual((await kept(page)).sort(), wanted.sort());
  });
}
