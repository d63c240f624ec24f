import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { channelAddress, unknownParameters } from '../../../host/http/pages/page-address.js';

describe('the address of a page', () => {
  const read = (address) => channelAddress('seller', new URL(address, 'https://shop.example'));

  test('names its channel in the path or as a parameter', () => {
    assert.deepEqual(read('/seller/oulu?q=takki'), { path: '/seller', channel: 'oulu', isInPath: true, chooses: false });
    assert.deepEqual(read('/seller?channel=oulu'), { path: '/seller', channel: 'oulu', isInPath: false, chooses: false });
    assert.deepEqual(read('/seller/seller/'), { path: '/seller', channel: 'seller', isInPath: true, chooses: false });
    assert.deepEqual(read('/seller/a%20b').channel, 'a b');
    assert.deepEqual(read('/seller/%E0%A4').channel, '%E0%A4');
  });

  test('names none, or leaves it to the person', () => {
    assert.deepEqual(read('/seller'), { path: '/seller', channel: null, isInPath: false, chooses: false });
    assert.deepEqual(read('/seller/?channel='), { path: '/seller', channel: null, isInPath: false, chooses: true });
  });

  test('may lie below another path', () => {
    assert.deepEqual(read('/pim/seller/oulu'), { path: '/pim/seller', channel: 'oulu', isInPath: true, chooses: false });
  });

  test('is asked for what the page does not know of it', () => {
    const known = ['q', 'attr.'];
    assert.deepEqual(unknownParameters(known, '?q=a&attr.color=sand&location=x&location=y&attr=1'), ['location', 'attr']);
    assert.deepEqual(unknownParameters(known, ''), []);
  });
});
