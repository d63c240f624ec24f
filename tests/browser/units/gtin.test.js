import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksLikeGtin, normalise, readGtin } from '../../../host/http/pages/gtin.js';

test('a GTIN of 8, 12, 13 or 14 digits is read as one of 14', () => {
  assert.deepEqual(
    ['96385074', '036000291452', '4006381333931', '10614141000415', '4006 3813-33931'].map(readGtin),
    ['00000096385074', '00036000291452', '04006381333931', '10614141000415', '04006381333931'].map((gtin) => ({ gtin })),
  );
});

test('a wrong digit is told with the digit that it should be', () => {
  assert.deepEqual(readGtin('4006381333932'), { wrong: 'check', expected: 1, actual: 2 });
  assert.deepEqual(readGtin('96385070'), { wrong: 'check', expected: 4, actual: 0 });
  assert.deepEqual(readGtin('4060381333931'), { wrong: 'check', expected: 3, actual: 1 });
});

test('another number of digits is told', () => {
  assert.deepEqual(['', '4006381', '40063813339', '400638133393100'].map(readGtin), [0, 7, 11, 15].map((n) => ({ wrong: 'length', n })));
});

test('a check digit may be 0', () => assert.deepEqual(readGtin('12345670'), { gtin: '00000012345670' }));

test('only a long line of digits looks like a barcode', () => {
  assert.deepEqual(['4006381333931', '1234567', '400 638-1', '123456', 'HH-1001', '40063813339a', ''].map(looksLikeGtin), [true, true, true, false, false, false, false]);
});

test('digits are filled up to 14', () => assert.equal(normalise('96385074'), '00000096385074'));
