// Keeps the seller's page and the pictures it has shown, so that the page opens without a
// connection. The product data is not kept here but by the page, a whole release at a time.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const SHELL = 'rikaste-shell';
const PICTURES = 'rikaste-pictures';
const PATIENCE = 3000;

const FILES = [
  '/seller', '/pages/style.css', '/pages/product.css', '/pages/seller.css', '/pages/favicon.svg', '/pages/seller.webmanifest',
  ...['api', 'colors', 'document', 'dom', 'frame', 'gtin', 'local-search', 'parts', 'pickers', 'release', 'seller', 'seller-sheet', 'seller-store', 'words']
    .map((name) => `/pages/${name}.js`),
];

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })))).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(kept(event.request));
  else if (pathname === '/seller') event.respondWith(newest(event, '/seller'));
  else if (pathname.startsWith('/pages/')) event.respondWith(newest(event, pathname));
});

worker.addEventListener('message', (event) => {
  event.waitUntil(keepOnly(event.data));
});

/**
 * What the server has, or what is kept when it does not answer in time.
 * @param {FetchEvent} event
 * @param {string} name
 */
async function newest(event, name) {
  const cache = await caches.open(SHELL);
  const fetched = fetch(event.request).then(async (response) => {
    if (response.ok) await cache.put(name, response.clone());
    return response;
  });
  event.waitUntil(fetched.catch(() => {}));
  /** @type {Promise<undefined>} */
  const late = new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
  const first = await Promise.race([fetched, late]).catch(() => undefined);
  return first ?? (await cache.match(name)) ?? fetched;
}

/**
 * A picture never changes under its address.
 * @param {Request} request
 */
async function kept(request) {
  const cache = await caches.open(PICTURES);
  const found = await cache.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

/**
 * Fetches the pictures to `keep`, and forgets those that are not `known` of any product now.
 * @param {{ keep: string[], known: string[] }} pictures
 */
async function keepOnly({ keep, known }) {
  const cache = await caches.open(PICTURES);
  const wanted = new Set([...known, ...keep]);
  const there = new Set();
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (wanted.has(pathname)) there.add(pathname);
    else await cache.delete(request);
  }
  for (const link of keep) if (!there.has(link)) await cache.add(link).catch(() => {});
}
