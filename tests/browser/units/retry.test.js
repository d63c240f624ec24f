import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { retrying } from '../../../host/http/pages/retry.js';

let online;
let tries;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  tries = 0;
  globalThis.addEventListener = (name, act) => (online = name === 'online' ? act : online);
});

afterEach(() => mock.timers.reset());

/** At which seconds of a minute and a half it is tried. */
function moments(retry) {
  const found = [];
  const again = () => {
    tries += 1;
    retry.again(again);
  };
  retry.again(again);
  for (let second = 1; second <= 190; second += 1) {
    const before = tries;
    mock.timers.tick(1_000);
    if (tries > before) found.push(second);
  }
  return found;
}

test('tries are ever less frequent, down to one a minute', () => assert.deepEqual(moments(retrying()), [2, 6, 14, 30, 62, 122, 182]));

test('what went well is tried soon again', () => {
  const retry = retrying();
  moments(retry);
  retry.reset();
  mock.timers.tick(300_000);
  const before = tries;
  retry.again(() => (tries += 1));
  mock.timers.tick(2_000);
  assert.equal(tries, before + 1);
});

test('a device that is connected again tries at once, and only once', () => {
  const retry = retrying();
  retry.again(() => (tries += 1));
  online();
  online();
  mock.timers.tick(300_000);
  assert.equal(tries, 1);
});
