// The photos that a device has with it: a small rendition of each product's main photo, so that the page has them
// without a connection. The worker serves them; what else it has shown it keeps beside them, see service-worker.js.

const MOST = 2_000;
/** How much of what the browser gives may be in use. */
const SHARE = 0.8;
const LOOK_EVERY = 25;
/** What an image element asks for: a photo without an ending comes in the format that the browser takes. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/*;q=0.8';

/** Counts the runs: a newer one ends the one before. */
let run = 0;

/**
 * @param {string} path The page's own.
 */
export function photoCacheName(path) {
  return `rikaste-photos ${path}`;
}

/**
 * Keeps the photos at `links`, the first of them where there are too many, and forgets all others. `tell` says how many
 * are there.
 * @param {string} path The page's own.
 * @param {string[]} links
 * @param {(kept: number, all: number) => void} tell
 */
export async function keepPhotos(path, links, tell) {
  const mine = (run += 1);
  const all = [...new Set(links.map((link) => new URL(link, location.href).href))];
  if (!globalThis.caches || savesData()) return;
  const cache = await caches.open(photoCacheName(path));
  const wanted = new Set(all.slice(0, MOST));
  let kept = 0;
  for (const request of await cache.keys()) {
    if (wanted.delete(request.url)) kept += 1;
    else await cache.delete(request);
  }
  tell(kept, all.length);
  for (const link of wanted) {
    if (mine !== run || (kept % LOOK_EVERY === 0 && await isFull())) return;
    const isThere = await keep(cache, link);
    if (isThere === 'full') return;
    if (isThere && mine === run) tell((kept += 1), all.length);
  }
}

function savesData() {
  return 'connection' in navigator && Boolean(/** @type {{ saveData?: boolean }} */ (navigator.connection).saveData);
}

async function isFull() {
  const { usage = 0, quota = Infinity } = await navigator.storage?.estimate?.() ?? {};
  return usage > quota * SHARE;
}

/**
 * @param {Cache} cache
 * @param {string} link
 * @returns {Promise<boolean | 'full'>}
 */
async function keep(cache, link) {
  const response = await fetch(link, { headers: { Accept: ACCEPT } }).catch(() => null);
  if (response?.status !== 200) return false;
  try {
    await cache.put(link, response);
    return true;
  } catch {
    return 'full';
  }
}
