import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorOf } from '../../../host/http/pages/colors.js';

test('a colour is found by its code, however it is written', () => {
  assert.deepEqual(['navy', 'NAVY', 'dark_blue', 'light-blue'].map(colorOf), ['#1f2d47', '#1f2d47', '#1f2d47', '#9fc1dc']);
});

test('a part of a code finds its colour, the first that is one', () => {
  assert.deepEqual(['dark-navy', 'navy_2', 'melange-grey-blue'].map(colorOf), ['#1f2d47', '#1f2d47', '#8b8f92']);
});

test('a code that is no colour has none', () => {
  assert.deepEqual(['', 'striped', 'constructor', 'to-string', 'toString'].map(colorOf), [null, null, null, null, null]);
});
