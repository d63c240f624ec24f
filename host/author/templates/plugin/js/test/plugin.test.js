import assert from 'node:assert/strict';
import test from 'node:test';

import { Patch, Product } from '../sdk/rikaste-plugin.js';
import { configure, enrich } from '../src/plugin.js';

test('a line has what there is', () => {
  configure('{}');
  const product = Product.of({
    name: { 'en-GB': 'Down jacket' },
    material: { 'en-GB': '100 % cotton' },
  });

  const [outcome] = enrich({ locales: ['en-GB'], channels: [] }, [product]);

  const expected = new Patch();
  expected.text('{{attribute}}', 'Down jacket, 100 % cotton').locale('en-GB');
  assert.deepEqual(outcome, { tag: 'ok', val: expected.raw });
});

test('a wrong configuration names the key', () => {
  assert.throws(() => configure('{"separator": ""}'), (text) => text.startsWith('`separator`: '));
  assert.throws(() => configure('{"colors": {"fi-FI": {"sand": 1}}}'), (text) =>
    text === '`colors.fi-FI.sand`: 1 is not a text');
});
