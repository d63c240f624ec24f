// The HTTP interface, one function a route. An error is either `Unreachable` (no answer) or
// `Problem` (the server's own words, RFC 9457).

const PATIENCE = 20_000;
/** A large file takes a while to be sent, and to be tried out. */
const FILE_PATIENCE = 1_800_000;
const INDEX_PATIENCE = 150;
const INDEX_TRIES = 20;
const BUSY_PATIENCE = 5_000;
const BUSY_TRIES = 5;

export class Unreachable extends Error {}

export class Problem extends Error {
  /**
   * @param {number} status
   * @param {Rikaste.Problem} problem
   */
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
  }
}

/**
 * Whether something is only for those who signed in, or whose token opens it.
 * @param {unknown} error
 */
export function isRefusal(error) {
  return error instanceof Problem && (error.status === 401 || error.status === 403);
}

/**
 * What a page has to say about a request that failed: the server's own words, or one of two cases that it has words for.
 * @param {unknown} error
 * @returns {'not public' | 'away' | string}
 */
export function problemOf(error) {
  if (isRefusal(error)) return 'not public';
  if (error instanceof Unreachable) return 'away';
  if (error instanceof Problem) return error.message;
  throw error;
}

/**
 * A server that is busy, or makes what is asked for, says when to ask again.
 * @param {string} path
 * @param {RequestInit & { patience?: number }} [options]
 */
async function request(path, options = {}) {
  for (let tries = 1; ; tries += 1) {
    const response = await answer(path, options);
    if (response.ok) return response;
    const later = response.status === 503 ? response.headers.get('Retry-After') : null;
    if (later === null || tries === BUSY_TRIES) {
      if (response.status >= 502 && response.status <= 504) throw new Unreachable(path);
      throw new Problem(response.status, await response.json().catch(() => ({})));
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(Number(later) * 1000, BUSY_PATIENCE)));
    options.signal?.throwIfAborted();
  }
}

/**
 * @param {string} path
 * @param {RequestInit & { patience?: number }} options
 */
async function answer(path, { signal, patience = PATIENCE, ...options }) {
  try {
    const end = AbortSignal.timeout(patience);
    return await fetch(path, { ...options, signal: signal ? AbortSignal.any([signal, end]) : end });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(path, { cause: error });
  }
}

/**
 * @param {string} path
 * @param {RequestInit & { patience?: number }} [options]
 */
async function json(path, options) {
  return (await request(path, { cache: 'no-cache', ...options })).json();
}

/**
 * What is absent is left out of the query: `query({ q: 'takki', brand: '' })` → `?q=takki`.
 * @param {Rikaste.Parameters} parameters
 */
function query(parameters) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) given.append(name, String(value));
  }
  return given.size ? `?${given}` : '';
}

/** @param {string} channel */
const of = (channel) => `/v1/channels/${encodeURIComponent(channel)}`;

/**
 * JSON Lines as they arrive.
 * @param {Response} response
 */
async function* records(response) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? '';
    const whole = rest.split('\n');
    rest = done ? '' : (whole.pop() ?? '');
    for (const line of whole) if (line.trim()) yield JSON.parse(line);
    if (done) return;
  }
}

/** @type {number | null} */
let newest = null;

/** @returns {Promise<Rikaste.Release>} */
export async function currentRelease() {
  const answer = await json('/v1/releases/current');
  newest = answer.release;
  return answer;
}

/**
 * `[{ code, label, locales, currency, locations: [{ code, label, kind }] }]`
 * @returns {Promise<Rikaste.Channel[]>}
 */
export async function channels() {
  const answer = await json('/v1/channels');
  return listed(answer, 'channels').map((channel) => ({
    ...channel,
    locations: listed(channel.locations).map((location) => ({ label: location.code, ...location })),
  }));
}

/**
 * A list comes bare or under its name, or as an object keyed by code.
 * @param {any} answer Of whichever of these shapes; what the lists hold is said by those who ask for them.
 * @param {string} [name]
 * @returns {any[]}
 */
function listed(answer, name) {
  const list = (name && answer?.[name]) ?? answer ?? [];
  if (Array.isArray(list)) return list.map((item) => (typeof item === 'string' ? { code: item } : item));
  return Object.entries(list).map(([code, item]) => ({ code, ...(typeof item === 'string' ? { label: item } : item) }));
}

/**
 * What the channel's documents are made of, named as the shop names it. Null where the server does not say.
 * @param {string} channelCode
 * @returns {Promise<Rikaste.Model | null>}
 */
export async function model(channelCode) {
  try {
    return await json(`${of(channelCode)}/model`);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/**
 * The channel's words with their forms.
 * @param {string} channelCode
 * @returns {Promise<Rikaste.Vocabulary>}
 */
export function vocabulary(channelCode) {
  return json(`${of(channelCode)}/vocabulary`);
}

/**
 * Who may not see a private channel does not learn whether there is one of this name.
 * @param {string} code
 */
export async function channel(code) {
  const found = (await channels()).find((each) => each.code === code);
  if (found) return found;
  const { scopes } = await session();
  const seesAll = scopes.includes('read') || scopes.includes('manage');
  throw new Problem(seesAll ? 404 : 401, { title: `channels/${code}.toml` });
}

/**
 * The search index may come a moment after its release: then it is asked again, for a while.
 * @param {string} channelCode
 * @param {Rikaste.Parameters} parameters
 * @param {AbortSignal} [signal]
 * @returns {Promise<Rikaste.Found>}
 */
export async function search(channelCode, parameters, signal) {
  for (let tries = 0; ; tries += 1) {
    const answer = await json(`${of(channelCode)}/search${query(parameters)}`, { signal });
    if (newest === null || !(answer.release < newest) || tries === INDEX_TRIES) return answer;
    await new Promise((resolve) => setTimeout(resolve, INDEX_PATIENCE));
  }
}

/**
 * A document, or null when the channel does not have it. Of a model, it has the variants.
 * @param {string} channelCode
 * @param {Rikaste.Sku} sku
 * @param {{ locale?: Rikaste.Locale, asOf?: string, signal?: AbortSignal }} [how]
 * @returns {Promise<(Rikaste.Document & { variants?: Rikaste.Document[] }) | null>}
 */
export async function product(channelCode, sku, { locale, asOf, signal } = {}) {
  try {
    return await json(`${of(channelCode)}/products/${encodeURIComponent(sku)}${query({ locale, as_of: asOf })}`, { signal });
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/**
 * @param {string} channelCode
 * @param {string} gtin
 * @returns {Promise<Rikaste.Document[]>}
 */
export async function byGtin(channelCode, gtin) {
  return (await json(`${of(channelCode)}/gtin/${gtin}`)).products;
}

/**
 * The whole channel at one release: `{ release, documents }`.
 * @param {string} channelCode
 * @param {{ locale?: Rikaste.Locale, asOf?: string, signal?: AbortSignal }} [how]
 * @returns {Promise<Rikaste.Snapshot>}
 */
export async function snapshot(channelCode, { locale, asOf, signal } = {}) {
  const response = await request(`${of(channelCode)}/snapshot${query({ locale, as_of: asOf })}`, { signal });
  /** @type {Rikaste.Document[]} */
  const documents = [];
  for await (const record of records(response)) if (record.id) documents.push(record);
  const release = response.url.match(/\/snapshot\/(\d+)/)?.[1] ?? response.headers.get('Rikaste-Release');
  return { release: Number(release), documents };
}

/**
 * What changed since a release, or null when that is too long ago and a snapshot is needed.
 * @param {string} channelCode
 * @param {number} since
 * @returns {Promise<Rikaste.Change | null>}
 */
export async function changes(channelCode, since) {
  let response;
  try {
    response = await request(`${of(channelCode)}/changes${query({ since })}`);
  } catch (error) {
    if (error instanceof Problem && error.status === 410) return null;
    throw error;
  }
  /** @type {Rikaste.Document[]} */
  const upserts = [];
  /** @type {Rikaste.Sku[]} */
  const deletes = [];
  let release = null;
  for await (const record of records(response)) {
    if (record.upsert) upserts.push(record.upsert);
    else if (record.delete) deletes.push(record.delete);
    else if (record.release) release = record.release;
  }
  if (release === null) throw new Unreachable('the changes ended before their release');
  return { release, upserts, deletes };
}

/**
 * @param {Rikaste.Sku} sku
 * @param {string} [asOf]
 * @returns {Promise<Rikaste.Explanation>}
 */
export function explain(sku, asOf) {
  return json(`/v1/explain/${encodeURIComponent(sku)}${query({ as_of: asOf })}`);
}

/**
 * The latest releases, newest first.
 * @returns {Promise<Rikaste.ReleaseInfo[]>}
 */
export async function releases() {
  return listed(await json('/v1/releases?limit=50'), 'releases');
}

/**
 * What differs between two releases, a page of products.
 * @param {number} release
 * @param {Rikaste.Parameters} parameters
 * @returns {Promise<Rikaste.ReleaseDiff>}
 */
export function releaseChanges(release, parameters) {
  return json(`/v1/releases/${release}/changes${query(parameters)}`);
}

/**
 * What products lack, a page of them.
 * @param {string} channelCode
 * @param {Rikaste.Parameters} parameters
 * @returns {Promise<Rikaste.GapReport>}
 */
export function gaps(channelCode, parameters) {
  return json(`${of(channelCode)}/gaps${query(parameters)}`);
}

/**
 * Where the same is as a file to be filled in.
 * @param {string} channelCode
 * @param {Rikaste.Parameters} parameters
 */
export function gapFile(channelCode, parameters) {
  return `${of(channelCode)}/gaps.csv${query(parameters)}`;
}

/**
 * Takes a product out of every channel, or brings it back; gives the file of edits that says so.
 * @param {Rikaste.Sku} sku
 * @param {boolean} offered
 * @returns {Promise<{ file: string }>}
 */
export function offer(sku, offered) {
  return json(`/v1/products/${encodeURIComponent(sku)}/offer`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ offered }),
  });
}

/** @returns {Promise<Rikaste.Receipt[]>} */
export async function receipts() {
  return listed(await json('/v1/receipts'), 'receipts');
}

/**
 * `{ total, photos: [{ file_name, kind, state, preview, facts, products, remarks }], next }`
 * @param {Rikaste.Parameters} parameters
 * @param {AbortSignal} [signal]
 * @returns {Promise<Rikaste.PhotoReport>}
 */
export function photos(parameters, signal) {
  return json(`/v1/photos${query(parameters)}`, { signal });
}

/**
 * `{ plugins: [{ name, version, description, writes, stale, did }], left_out: ['…'] }`
 * @returns {Promise<Rikaste.Plugins>}
 */
export function plugins() {
  return json('/v1/plugins');
}

/**
 * @param {string} channelCode
 * @param {string} device
 * @param {number} release
 */
export function acknowledge(channelCode, device, release) {
  return request(`${of(channelCode)}/ack`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ device, release }),
  });
}

/** @returns {Promise<Rikaste.Session>} */
export function session() {
  return json('/v1/session');
}

/**
 * @param {string} token
 * @returns {Promise<Rikaste.Session>}
 */
export function signIn(token) {
  return json('/v1/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
}

/**
 * The answer to a file that is held.
 * @param {number} id
 * @param {'approve' | 'refuse'} how
 */
export function answerHeld(id, how) {
  return request(`/v1/receipts/${id}/${how}`, { method: 'POST' });
}

/** @param {Rikaste.UndoTarget} target */
const undoAddress = ({ drop, release }) => (drop === undefined ? `/v1/releases/${release}/rollback` : `/v1/receipts/${drop}/undo`);

/**
 * What undoing comes to.
 * @param {Rikaste.UndoTarget} target
 * @returns {Promise<Rikaste.UndoPreview>}
 */
export function previewUndo(target) {
  return json(undoAddress(target));
}

/**
 * @param {Rikaste.UndoTarget} target
 * @param {number} seen
 */
export function undo(target, seen) {
  return request(`${undoAddress(target)}?seen=${seen}`, { method: 'POST' });
}

/**
 * What would become of a file. Nothing is changed.
 * @param {Rikaste.FileKind} kind
 * @param {File} file
 * @returns {Promise<Rikaste.DropPreview>}
 */
export function tryDrop(kind, file) {
  return json(`/v1/dry-runs${query({ kind, name: file.name })}`, sending(file));
}

/**
 * Puts a file into the inbox.
 * @param {Rikaste.FileKind} kind
 * @param {File} file
 * @param {boolean} replace
 * @returns {Promise<{ file: string, replaced: boolean }>}
 */
export function dropFile(kind, file, replace) {
  return json(`/v1/drops${query({ kind, name: file.name, replace })}`, sending(file));
}

/** @param {File} file */
function sending(file) {
  return { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file, patience: FILE_PATIENCE };
}

export function signOut() {
  return request('/v1/session', { method: 'DELETE' });
}
