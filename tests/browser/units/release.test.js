import assert from 'node:assert/strict';
import { afterEach, beforeEach, test, mock } from 'node:test';
import { follow } from '../../../host/http/pages/release.js';

let answers;
let streams;
let asked;
const told = [];

class Stream extends EventTarget {
  static CLOSED = 2;
  static OPEN = 1;
  readyState = 0;
  constructor(address) {
    super();
    this.address = address;
    streams.push(this);
  }
  tell(type, readyState) {
    this.readyState = readyState;
    this.dispatchEvent(new Event(type));
  }
  close() {}
}

const release = (number, root) => ({ release: number, root: 'all', channels: { web: { root } } });
/** Lets all that was promised come about. */
const settle = async () => {
  for (let n = 0; n < 30; n += 1) await Promise.resolve();
};

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  [answers, streams, asked] = [[], [], 0];
  told.length = 0;
  globalThis.EventSource = Stream;
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.addEventListener = () => {};
  mock.method(AbortSignal, 'timeout', () => new AbortController().signal);
  mock.method(globalThis, 'fetch', async () => {
    asked += 1;
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new TypeError('no connection');
    return { ok: true, json: async () => answer };
  });
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

const begin = async (...all) => {
  answers = all;
  follow('web', { onRelease: (number, changed) => told.push([number, changed]), onReachable: (now) => told.push(now) });
  await settle();
};

test('the current release is told, then each new one, and whether the channel changed', async () => {
  await begin(release(1, 'a'), release(2, 'a'), release(3, 'b'), release(3, 'b'));
  assert.deepEqual([streams.length, streams[0].address], [1, '/v1/channels/web/events']);
  for (let n = 0; n < 3; n += 1) {
    streams[0].tell('release', Stream.OPEN);
    await settle();
  }
  assert.deepEqual(told, [true, [1, true], [2, false], [3, true]]);
});

test('without a stream the release is asked for every five seconds, with one every minute', async () => {
  await begin(release(1, 'a'));
  mock.timers.tick(5_000);
  await settle();
  assert.equal(asked, 2);
  streams[0].tell('open', Stream.OPEN);
  await settle();
  assert.equal(asked, 3);
  mock.timers.tick(59_999);
  await settle();
  assert.equal(asked, 3);
  mock.timers.tick(1);
  await settle();
  assert.equal(asked, 4);
});

test('a stream that is refused is not asked for again within a minute', async () => {
  await begin(release(1, 'a'));
  for (let n = 0; n < 12; n += 1) {
    streams.at(-1).tell('error', Stream.CLOSED);
    await settle();
    if (n < 11) {
      mock.timers.tick(4_000);
      await settle();
    }
  }
  assert.equal(streams.length, 1);
  mock.timers.tick(60_000);
  await settle();
  assert.equal(streams.length, 2);
});

test('a stream that breaks brings a question, and the server that is gone is told once', async () => {
  await begin(release(1, 'a'), null);
  streams[0].tell('error', 0);
  await settle();
  mock.timers.tick(5_000);
  await settle();
  assert.deepEqual(told, [true, [1, true], false]);
  assert.equal(streams.length, 1, 'a server that is away is not listened to');
  answers = [release(1, 'a')];
  mock.timers.tick(10_000);
  await settle();
  assert.deepEqual(told, [true, [1, true], false, true]);
  assert.equal(streams.length, 2);
});

test('a server that is away is asked after 5, 10 and then each 20 seconds', async () => {
  await begin(null);
  const moments = [];
  for (let second = 1; second <= 60; second += 1) {
    const before = asked;
    mock.timers.tick(1_000);
    await settle();
    if (asked > before) moments.push(second);
  }
  assert.deepEqual(moments, [5, 15, 35, 55]);
});

test('a channel that may not be read has no stream to listen to', async () => {
  await begin({ release: 1, root: 'all', channels: { other: { root: 'b' } } });
  assert.deepEqual([streams.length, told], [0, [true, [1, true]]]);
});
