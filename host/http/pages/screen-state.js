// What a screen showed last, so that it shows it again when it is loaded without a connection. Each address of a
// screen has one state, which is of one release.

const NAME = 'rikaste-state';

/** @param {Rikaste.ScreenState} state */
export async function keepState(state) {
  // A device that is full, or that may keep nothing, shows what it has while it is on.
  await globalThis.caches?.open(NAME)
    .then((cache) => cache.put(location.href, new Response(JSON.stringify(state))))
    .catch(() => {});
}

/** @returns {Promise<Rikaste.ScreenState | null>} */
export async function lastState() {
  const kept = await globalThis.caches?.open(NAME).then((cache) => cache.match(location.href)).catch(() => undefined);
  return kept ? kept.json().catch(() => null) : null;
}
