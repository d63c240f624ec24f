// Keeps the page of a seller or a screen and the pictures it has shown, so that the page opens without a
// connection. Product data is not kept here but by the page, a whole release at a time. Each page registers this
// worker for its own address, which tells what is kept.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const ROOT = new URL('../', worker.location.href).pathname;
const PAGE = new URL(worker.registration.scope).pathname;
const SHELL = `rikaste-shell ${PAGE}`;
/** The small renditions that the page put there; see photo-keeper.js. */
const PHOTOS = `rikaste-photos ${PAGE}`;
/** What the page has shown besides. */
const SEEN = `rikaste-seen ${PAGE}`;
const MOST_SEEN = 300;
const PATIENCE = 3000;

const COMMON = ['style.css', 'product.css', 'favicon.svg', 'api.js', 'channel-choice.js', 'colors.js', 'document.js', 'dom.js', 'frame.js', 'hyphens.js', 'labels.js', 'page-address.js', 'parts.js', 'photo-keeper.js', 'pickers.js', 'release.js', 'retry.js', 'words.js'];
const OWN = PAGE.endsWith('screen')
  ? ['screen.css', 'catalogue.js', 'local-search.js', 'word-forms.js', 'screen.js', 'screen-panel.js', 'screen-programme.js', 'screen-state.js']
  : ['seller.css', 'seller.webmanifest', 'camera.js', 'gtin.js', 'local-search.js', 'seller.js', 'seller-list.js', 'seller-scan.js', 'seller-sheet.js', 'seller-store.js', 'word-forms.js'];
const FILES = [PAGE, ...[...COMMON, ...OWN].map((name) => `${ROOT}pages/${name}`)];

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })))).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => event.waitUntil(Promise.all([worker.clients.claim(), forgetOldCaches()])));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.destination === 'image' && pathname.startsWith(`${ROOT}assets/`)) event.respondWith(pictured(event));
  else if (pathname === PAGE || pathname.startsWith(`${PAGE}/`)) event.respondWith(newest(event, PAGE));
  else if (pathname.startsWith(`${ROOT}pages/`)) event.respondWith(newest(event, pathname));
});

/**
 * What the server has, or what is kept when it does not answer in time.
 * @param {FetchEvent} event
 * @param {string} name
 */
async function newest(event, name) {
  const cache = await caches.open(SHELL);
  const fetched = fetch(event.request).then(async (response) => {
    if (response.ok) await cache.put(name, response.clone()).catch(() => {});
    return response;
  });
  event.waitUntil(fetched.catch(() => {}));
  /** @type {Promise<undefined>} */
  const late = new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
  const first = await Promise.race([fetched, late]).catch(() => undefined);
  // A proxy that answers for a server that is away is no answer of the server.
  if (first && first.status < 500) return first;
  return (await cache.match(name)) ?? first ?? fetched;
}

/**
 * A picture never changes under its address, whatever format its answer came in.
 * @param {FetchEvent} event
 */
async function pictured(event) {
  const { request } = event;
  for (const name of [PHOTOS, SEEN]) {
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found) return found;
  }
  const response = await fetch(request);
  if (response.status === 200) event.waitUntil(keepSeen(request, response.clone()));
  return response;
}

/**
 * Keeps a picture that was shown; the oldest make room. A device that is full keeps none.
 * @param {Request} request
 * @param {Response} response
 */
async function keepSeen(request, response) {
  const cache = await caches.open(SEEN);
  await cache.put(request, response).catch(() => caches.delete(SEEN));
  const kept = await cache.keys();
  for (const oldest of kept.slice(0, Math.max(0, kept.length - MOST_SEEN))) await cache.delete(oldest);
}

/** Those of earlier versions, whose names have no page. */
async function forgetOldCaches() {
  const old = (await caches.keys()).filter((name) => name === 'rikaste-shell' || name === 'rikaste-pictures');
  await Promise.all(old.map((name) => caches.delete(name)));
}
