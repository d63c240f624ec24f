// Following releases. The event stream is a hint; what is true is `/v1/releases/current`, asked
// after each hint, at intervals, and more often while there is no stream.

import { currentRelease, Unreachable } from './api.js';

const WITH_STREAM = 60_000;
const WITHOUT_STREAM = 5_000;
const LONGEST_AWAY = 20_000;

/**
 * Calls `onRelease(release, changed)` for the current release and each new one; `changed` says
 * whether this channel's documents did. Calls `onReachable(bool)` when the server comes or goes.
 * @param {string} channel
 * @param {{ onRelease: (release: number, changed: boolean) => unknown, onReachable?: (now: boolean) => unknown }} told
 */
export function follow(channel, { onRelease, onReachable = () => {} }) {
  /** @type {EventSource | null} */
  let stream = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {{ release: number | null, root: string | number | null }} */
  let seen = { release: null, root: null };
  /** @type {boolean | null} */
  let reachable = null;
  /** @type {Promise<void> | null} */
  let asking = null;
  let askAgain = false;
  let listenFrom = 0;
  let away = WITHOUT_STREAM;

  /** @param {boolean} now */
  function tell(now) {
    if (now !== reachable) onReachable((reachable = now));
  }

  async function ask() {
    try {
      const { release, root, channels } = await currentRelease();
      tell(true);
      away = WITHOUT_STREAM;
      const now = { release, root: channels?.[channel]?.root ?? root ?? release };
      const before = seen;
      seen = now;
      if (now.release !== before.release || now.root !== before.root) onRelease(release, now.root !== before.root);
      // A channel that is not named may not be read, and has no stream for this caller.
      const isReadable = !channels || !release || channel in channels;
      if (isReadable && (!stream || stream.readyState === EventSource.CLOSED) && Date.now() >= listenFrom) listen();
    } catch (error) {
      tell(!(error instanceof Unreachable));
    }
  }

  function check() {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = ask().finally(() => {
      asking = null;
      clearTimeout(timer);
      timer = setTimeout(check, interval());
      if (askAgain) {
        askAgain = false;
        check();
      }
    });
  }

  /** A server that is away is asked less and less often. */
  function interval() {
    if (stream?.readyState === EventSource.OPEN) return WITH_STREAM;
    if (reachable) return WITHOUT_STREAM;
    const now = away;
    away = Math.min(away * 2, LONGEST_AWAY);
    return now;
  }

  function listen() {
    const opened = new EventSource(`/v1/channels/${encodeURIComponent(channel)}/events`);
    opened.addEventListener('release', check);
    opened.addEventListener('open', check);
    // A stream that breaks would come back by itself, however long the server is away; one that is refused would be
    // refused again at once.
    opened.addEventListener('error', () => {
      const isRefused = opened.readyState === EventSource.CLOSED;
      opened.close();
      stream = null;
      listenFrom = Date.now() + (isRefused ? WITH_STREAM : 0);
      if (!isRefused) check();
    });
    stream = opened;
  }

  document.addEventListener('visibilitychange', () => document.hidden || check());
  addEventListener('online', check);
  addEventListener('offline', () => tell(false));
  addEventListener('pagehide', () => stream?.close());
  addEventListener('pageshow', (event) => event.persisted && check());
  check();
}
