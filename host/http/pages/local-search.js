// Search in documents that are in memory. A word of the query matches a word of the document that begins with it, has a
// form in common with it, or holds it (Finnish compounds: `takki` finds `kuoritakki`); all must match.

import { wordForms, wordsOf } from './word-forms.js';

const TAGS = /<[^>]*>/g;
const [WHOLE, BEGINS, INSIDE] = [3, 2, 1];
/** Of words of longer texts, which are not looked into: they would find by accident. */
const TEXT_WEIGHT = 0.5;

/**
 * What of a document can be searched, with its weight. All locales, so that any language finds.
 * @param {Rikaste.Document} document
 * @param {string[]} searched The attributes whose texts are.
 * @returns {[weight: number, texts: unknown[]][]}
 */
function fields(document, searched) {
  /** @type {Rikaste.Texts[]} */
  const texts = Object.values(document.localized ?? { only: document });
  return [
    [4, [document.id, document.item_group_id, document.gtin, document.gtin?.replace(/^0+/, '')]],
    [3, texts.map((each) => each.title)],
    [2, [document.brand, ...texts.flatMap((each) => Object.values(each.labels ?? {}).flat())]],
    [1, [document.attributes?.size, ...texts.flatMap((each) => [each.attributes?.material, each.attributes?.badge])].flat()],
    [TEXT_WEIGHT, searched.flatMap((code) => [document, ...texts].map((each) => (code === 'description' ? each.description : each.attributes?.[code])))],
  ];
}

/**
 * Which documents have a word or a form, and the greatest weight that it has there.
 * @typedef {Map<string, Map<number, number>>} Postings
 */

/**
 * @param {Postings} postings
 * @param {string} word
 * @param {number} at
 * @param {number} weight
 */
function note(postings, word, at, weight) {
  const posting = postings.get(word) ?? new Map();
  postings.set(word, posting);
  posting.set(at, Math.max(posting.get(at) ?? 0, weight));
}

/**
 * An index over documents; `find(query)` gives them best first, in their own order when equal. A vocabulary has it find
 * words by their forms.
 * @template {Rikaste.Document} T
 * @param {T[]} documents
 * @param {Rikaste.Vocabulary | null} [vocabulary]
 */
export function indexOf(documents, vocabulary = null) {
  const forms = wordForms(vocabulary);
  /** @type {Postings} */
  const postings = new Map();
  documents.forEach((document, at) => {
    for (const [weight, texts] of fields(document, vocabulary?.attributes ?? [])) {
      for (const text of texts) {
        if (typeof text !== 'string') continue;
        for (const word of wordsOf(text.replace(TAGS, ' '))) note(postings, word, at, weight);
      }
    }
  });
  /** @type {Postings} */
  const byForm = new Map();
  for (const [word, posting] of postings) {
    for (const form of forms.indexed(word)) {
      for (const [at, weight] of posting) note(byForm, form, at, weight);
    }
  }

  /** @param {string} word */
  function matches(word) {
    /** @type {Map<number, number>} */
    const found = new Map();
    /**
     * @param {Map<number, number>} posting
     * @param {number} closeness
     */
    const take = (posting, closeness) => {
      for (const [at, weight] of posting) {
        if (closeness > INSIDE || weight > TEXT_WEIGHT) found.set(at, Math.max(found.get(at) ?? 0, weight * closeness));
      }
    };
    for (const [known, posting] of postings) {
      const where = known.indexOf(word);
      if (where < 0 || (where > 0 && word.length < 3)) continue;
      take(posting, known === word ? WHOLE : where === 0 ? BEGINS : INSIDE);
    }
    for (const form of forms.asked(word)) take(byForm.get(form) ?? new Map(), BEGINS);
    return found;
  }

  return {
    /**
     * Whether some document has every word of this one.
     * @param {Rikaste.Document} document
     */
    hasWordsOf(document) {
      const texts = fields(document, vocabulary?.attributes ?? []).flatMap(([, each]) => each);
      return texts.every((text) => typeof text !== 'string' || wordsOf(text.replace(TAGS, ' ')).every((word) => postings.has(word)));
    },

    /** @param {string} query */
    find(query) {
      const asked = forms.withoutStops(wordsOf(query));
      if (!asked.length) return documents;
      const [first, ...rest] = asked.map(matches);
      /** @type {[at: number, score: number][]} */
      const scored = [];
      for (const [at, score] of first) {
        if (rest.every((each) => each.has(at))) {
          scored.push([at, rest.reduce((sum, each) => sum + (each.get(at) ?? 0), score)]);
        }
      }
      return scored.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([at]) => documents[at]);
    },
  };
}
