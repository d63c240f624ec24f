import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexOf } from '../../../host/http/pages/local-search.js';
import { wordForms, wordsOf } from '../../../host/http/pages/word-forms.js';

// A language of its own: what words there are and how they end is data, so any will do.
const vocabulary = {
  attributes: ['description', 'note'],
  languages: {
    xx: {
      words: { sälipäät: ['sälipä'], blörk: ['blörk'], and: ['and'], böllöst: ['böll'] },
      parts: { sälipäät: ['säli', 'pä'] },
      endings: { ät: [''], ämme: ['ä'], mme: [''], k: ['k', 'g'], '': [''] },
      stop_words: ['and'],
    },
    yy: { words: { blörkar: ['blörk'] }, parts: {}, endings: {}, stop_words: [] },
  },
};
const forms = wordForms(vocabulary);
const documents = [
  { id: '1', localized: { xx: { title: 'Sälipäät' } } },
  { id: '2', localized: { xx: { title: 'Pää', description: '<p>Böllöst and <b>blörk</b></p>', attributes: { note: 'Z9' } } } },
  { id: '3', localized: { yy: { title: 'Blörkar' } } },
];
const found = (query, words = vocabulary) => indexOf(documents, words).find(query).map((document) => document.id);

test('words are without capitals, dots and signs that nobody sees', () => {
  assert.deepEqual(wordsOf('STRASSE Straße, Kuo\u00adri-takki (a\u0308iti)'), ['strasse', 'strasse', 'kuori', 'takki', 'aiti']);
});

test('a word of a document has its forms and those of its parts, in any language', () => {
  assert.deepEqual([...forms.indexed('salipaat')], ['salipa', 'sali', 'pa']);
  assert.deepEqual([...forms.indexed('blork'), ...forms.indexed('blorkar')], ['blork', 'blork']);
  assert.deepEqual([...forms.indexed('unknown')], []);
});

test('a word of a query that is known asks for its forms only, another for those that its endings make', () => {
  assert.deepEqual([...forms.asked('salipaat')], ['salipa']);
  assert.deepEqual([...forms.asked('salipamme')], ['salipa']);
  // “salig” and “salik” are forms of no word.
  assert.deepEqual([...forms.asked('salik')], []);
});

test('forms find what the words alone do not', () => {
  assert.deepEqual([found('sälipämme'), found('SALIPAMME'), found('sälipämme', null)], [['1'], ['1'], []]);
  assert.deepEqual([found('blörkar'), found('blörk')], [['3', '2'], ['3', '2']]);
});

test('texts of searched attributes find by words and forms, and are not looked into', () => {
  assert.deepEqual([found('böllöst'), found('böll'), found('öllös'), found('z9'), found('b')], [['2'], ['2'], [], ['2'], ['3', '2']]);
  assert.deepEqual(found('böllöst', null), []);
});

test('words that are in every text are not asked for beside others', () => {
  assert.deepEqual([found('sälipäät and'), found('and')], [['1'], ['2']]);
});

test('new words are told from known ones', () => {
  const index = indexOf(documents, vocabulary);
  assert.equal(index.hasWordsOf({ id: '2', localized: { xx: { title: 'Blörk pää' } } }), true);
  assert.equal(index.hasWordsOf({ id: '2', localized: { xx: { title: 'Pää', attributes: { note: 'Z8' } } } }), false);
});
