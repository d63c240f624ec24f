// The seller's copy of a channel: in memory to be searched, in IndexedDB to be there tomorrow. It
// changes from one whole release to the next, in one transaction, and never stands in between.

import * as api from './api.js';
import { indexOf } from './local-search.js';
import { normalise } from './gtin.js';

/** The copy of earlier versions, which was of one channel. */
const OLD_DATABASE = 'rikaste-seller';

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} name */
async function open(name) {
  indexedDB.deleteDatabase(OLD_DATABASE);
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('documents', { keyPath: 'id' });
    request.result.createObjectStore('state');
  };
  return settled(request);
}

/**
 * Looking up and searching in the documents of one release.
 * @param {Rikaste.Document[]} documents
 * @param {number} release
 * @param {number} receivedAt
 * @param {Rikaste.Vocabulary | null} vocabulary
 * @returns {Rikaste.Shelf}
 */
function shelf(documents, release, receivedAt, vocabulary) {
  const bySku = new Map(documents.map((document) => [document.id, document]));
  const byGtin = Map.groupBy(documents.filter((document) => document.gtin), (document) => normalise(document.gtin ?? ''));
  const byGroup = Map.groupBy(documents, (document) => document.item_group_id ?? document.id);
  const index = indexOf(documents, vocabulary);
  return {
    release,
    receivedAt,
    documents,
    size: documents.length,
    product: (sku) => bySku.get(sku) ?? null,
    byGtin: (gtin) => byGtin.get(gtin) ?? [],
    variants: (document) => byGroup.get(document.item_group_id ?? document.id) ?? [document],
    find: (query) => index.find(query),
    hasWordsOf: (document) => index.hasWordsOf(document),
  };
}

/**
 * @param {string} path The page's own, so that two shops on one host keep apart.
 * @param {string} channelCode
 * @returns {Promise<Rikaste.SellerStore>}
 */
export async function sellerStore(path, channelCode) {
  // Some browsers have no database in private windows: then the copy lives as long as the page.
  const database = await open(`rikaste ${path} ${channelCode}`).catch(() => null);
  /** @type {Rikaste.Shelf | null} */
  let current = null;
  /** @type {Rikaste.SellerProfile | null} */
  let profile = null;
  /** @type {Rikaste.Vocabulary | null} */
  let vocabulary = null;
  /** Whether the vocabulary was asked for since the page was opened: another version of the program may have another. */
  let isVocabularyNew = false;
  /** Whether the release in use is on the disk too. */
  let isKept = database !== null;
  /** @type {Promise<void>} */
  let syncing = Promise.resolve();

  async function load() {
    if (!database) return;
    const transaction = database.transaction(['documents', 'state']);
    const [documents, state, kept, words] = await Promise.all([
      settled(transaction.objectStore('documents').getAll()),
      settled(transaction.objectStore('state').get('release')),
      settled(transaction.objectStore('state').get('profile')),
      settled(transaction.objectStore('state').get('vocabulary')),
    ]);
    profile = kept ?? null;
    vocabulary = words ?? null;
    if (state) current = shelf(documents, state.release, state.receivedAt, vocabulary);
  }

  /**
   * Puts a release in the place of the one before: all of it on disk first, then in use. On a disk without room the
   * release before stays, whole, and the new one is in memory only.
   * @param {number} release
   * @param {{ clear?: boolean, upserts: Rikaste.Document[], deletes?: Rikaste.Sku[] }} change
   */
  async function take(release, { clear = false, upserts, deletes = [] }) {
    const receivedAt = Date.now();
    const next = new Map((clear ? [] : (current?.documents ?? [])).map((document) => [document.id, document]));
    for (const document of upserts) next.set(document.id, document);
    for (const sku of deletes) next.delete(sku);
    const change = isKept && !clear ? { clear, upserts, deletes } : { clear: true, upserts: [...next.values()], deletes: [] };
    isKept = database !== null && await write(database, change, { release, receivedAt }).then(() => true, isFull);
    current = shelf([...next.values()], release, receivedAt, vocabulary);
  }

  /**
   * @param {IDBDatabase} into
   * @param {{ clear: boolean, upserts: Rikaste.Document[], deletes: Rikaste.Sku[] }} change
   * @param {{ release: number, receivedAt: number }} state
   */
  async function write(into, { clear, upserts, deletes }, state) {
    const transaction = into.transaction(['documents', 'state'], 'readwrite');
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    const documents = transaction.objectStore('documents');
    if (clear) documents.clear();
    for (const document of upserts) documents.put(document);
    for (const sku of deletes) documents.delete(sku);
    transaction.objectStore('state').put(state, 'release');
    await done;
  }

  /**
   * @param {unknown} error
   * @returns {false}
   */
  function isFull(error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return false;
    throw error;
  }

  /**
   * Keeps what goes with the documents. Of a disk without room the next release tells.
   * @param {'profile' | 'vocabulary'} name
   * @param {Rikaste.SellerProfile | Rikaste.Vocabulary} value
   */
  async function putState(name, value) {
    if (!database) return;
    try {
      await settled(database.transaction('state', 'readwrite').objectStore('state').put(value, name));
    } catch (error) {
      isFull(error);
    }
  }

  /**
   * Asks for the words' forms where there may be others than those at hand.
   * @param {Rikaste.Document[]} upserts
   */
  async function refreshVocabulary(upserts) {
    if (isVocabularyNew && upserts.every((document) => current?.hasWordsOf(document))) return;
    vocabulary = await api.vocabulary(channelCode);
    isVocabularyNew = true;
    await putState('vocabulary', vocabulary);
  }

  /** @param {number} release */
  async function bring(release) {
    if (current?.release === release) {
      if (isVocabularyNew) return;
      await refreshVocabulary([]);
      current = shelf(current.documents, release, current.receivedAt, vocabulary);
      return;
    }
    // A smaller number than ours is another catalogue: what we have is not its past.
    const change = current && current.release < release ? await api.changes(channelCode, current.release) : null;
    if (change) {
      await refreshVocabulary(change.upserts);
      await take(change.release, change);
      return;
    }
    const snapshot = await api.snapshot(channelCode);
    await refreshVocabulary(snapshot.documents);
    await take(snapshot.release, { clear: true, upserts: snapshot.documents });
  }

  await load();
  return {
    current: () => current,
    profile: () => profile,
    isKept: () => isKept,

    async keepProfile(found) {
      profile = found;
      await putState('profile', found);
    },

    /** Brings the copy to `release`, one at a time. */
    sync(release) {
      syncing = syncing.catch(() => {}).then(() => bring(release));
      return syncing;
    },
  };
}
