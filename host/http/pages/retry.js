// Trying again: soon at first, then ever less often, and at once when the device is connected again.

const FIRST = 2_000;
const LONGEST = 60_000;

/**
 * `again(act)` plans the next try, which replaces one that is planned; `reset()` says that a try went well.
 * @param {{ first?: number, longest?: number }} [how]
 */
export function retrying({ first = FIRST, longest = LONGEST } = {}) {
  let wait = first;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {(() => unknown) | null} */
  let planned = null;

  function now() {
    const act = planned;
    cancel();
    act?.();
  }

  function cancel() {
    clearTimeout(timer);
    planned = null;
  }

  globalThis.addEventListener?.('online', now);
  return {
    /** @param {() => unknown} act */
    again(act) {
      cancel();
      planned = act;
      timer = setTimeout(now, wait);
      wait = Math.min(wait * 2, longest);
    },
    reset() {
      cancel();
      wait = first;
    },
  };
}
