import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexOf } from '../../../host/http/pages/local-search.js';

const documents = [
  { id: 'HH-1', gtin: '04006381333931', brand: 'Hilla', localized: { 'fi-FI': { title: 'Kuoritakki' }, 'sv-SE': { title: 'Skaljacka' } }, attributes: { size: '104' } },
  { id: 'HH-2', item_group_id: 'HH-20', brand: 'Takkitehdas', localized: { 'fi-FI': { title: 'Äidin mekko', labels: { color: ['Sammal'], categories: ['Vaatteet', 'Mekot'] } } } },
  { id: 'HH-3', title: 'Takki', attributes: { material: 'Villa', badge: 'Uutuus', color: ['sand'] } },
  { id: 'HH-4', title: 'Takkipuu' },
];
const found = (query) => indexOf(documents).find(query).map((document) => document.id);

test('no word finds all, in their order', () => assert.deepEqual([found(''), found(' , ')], [['HH-1', 'HH-2', 'HH-3', 'HH-4'], ['HH-1', 'HH-2', 'HH-3', 'HH-4']]));

test('the whole word comes before its beginning, and that before its middle', () => assert.deepEqual(found('takki'), ['HH-3', 'HH-4', 'HH-2', 'HH-1']));

test('any language finds, and accents and capitals make no difference', () => {
  assert.deepEqual([found('SKALJACKA'), found('aidin'), found('äidin'), found('ÄIDIN')], [['HH-1'], ['HH-2'], ['HH-2'], ['HH-2']]);
});

test('all words must match, wherever they stand', () => {
  assert.deepEqual([found('mekko sammal'), found('hilla takki'), found('mekko hilla')], [['HH-2'], ['HH-1'], []]);
});

test('numbers find: the SKU, its group, the barcode with and without zeros', () => {
  assert.deepEqual([found('hh-1'), found('HH-20'), found('04006381333931'), found('4006381333931'), found('104')], [['HH-1'], ['HH-2'], ['HH-1'], ['HH-1'], ['HH-1']]);
});

test('the middle of a word needs three letters', () => assert.deepEqual([found('or'), found('ori'), found('ku')], [[], ['HH-1'], ['HH-1']]));

test('material and badge find, codes of options do not', () => assert.deepEqual([found('villa'), found('uutuus'), found('sand')], [['HH-3'], ['HH-3'], []]));

test('what nobody has finds nothing', () => assert.deepEqual(found('polkupyörä'), []));

test('a number weighs more than a title, a title than a brand, a brand than a material', () => {
  const all = [{ id: '1', attributes: { material: 'villa' } }, { id: '2', brand: 'Villa' }, { id: '3', title: 'Villa' }, { id: 'villa' }, { id: '5', attributes: { size: 'villa' } }];
  assert.deepEqual(indexOf(all).find('villa').map((document) => document.id), ['villa', '3', '2', '1', '5']);
});

test('the words add up, and what is equal keeps its order', () => {
  const all = [{ id: '1', title: 'Musta takki', brand: 'Havu' }, { id: '2', title: 'Musta takki', brand: 'Hilla' }, { id: '3', title: 'Takki', brand: 'Musta' }, { id: '4', title: 'Takki musta' }];
  assert.deepEqual(indexOf(all).find('musta takki').map((document) => document.id), ['1', '2', '4', '3']);
  assert.deepEqual(indexOf(all).find('takki musta').map((document) => document.id), ['1', '2', '4', '3']);
});

test('two letters find only at the beginning of a word', () => assert.deepEqual(indexOf([{ id: '1', title: 'Akku' }, { id: '2', title: 'Takki' }]).find('ak').map((document) => document.id), ['1']));
