// Search in documents that are in memory. A word of the query matches a word of the document that
// begins with it, or holds it (Finnish compounds: `takki` finds `kuoritakki`); all must match.

const FOLDED = /[\u0300-\u036f]/g;

/** @param {string} text */
function fold(text) {
  return text.toLowerCase().normalize('NFD').replace(FOLDED, '');
}

/** @param {string} text */
function wordsOf(text) {
  return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/**
 * What of a document can be searched, with its weight. All locales, so that any language finds.
 * @param {Rikaste.Document} document
 * @returns {[weight: number, texts: unknown[]][]}
 */
function fields(document) {
  /** @type {Rikaste.Texts[]} */
  const texts = Object.values(document.localized ?? { only: document });
  return [
    [4, [document.id, document.item_group_id, document.gtin, document.gtin?.replace(/^0+/, '')]],
    [3, texts.map((each) => each.title)],
    [2, [document.brand, ...texts.flatMap((each) => Object.values(each.labels ?? {}).flat())]],
    [1, [document.attributes?.size, ...texts.flatMap((each) => [each.attributes?.material, each.attributes?.badge])].flat()],
  ];
}

/**
 * An index over documents; `find(query)` gives them best first, in their own order when equal.
 * @template {Rikaste.Document} T
 * @param {T[]} documents
 */
export function indexOf(documents) {
  /** @type {Map<string, Map<number, number>>} */
  const postings = new Map();
  documents.forEach((document, at) => {
    for (const [weight, texts] of fields(document)) {
      for (const text of texts) {
        if (typeof text !== 'string') continue;
        for (const word of wordsOf(text)) {
          const posting = postings.get(word) ?? new Map();
          postings.set(word, posting);
          posting.set(at, Math.max(posting.get(at) ?? 0, weight));
        }
      }
    }
  });

  /** @param {string} word */
  function matches(word) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const [known, posting] of postings) {
      const where = known.indexOf(word);
      if (where < 0 || (where > 0 && word.length < 3)) continue;
      const closeness = known === word ? 3 : where === 0 ? 2 : 1;
      for (const [at, weight] of posting) {
        found.set(at, Math.max(found.get(at) ?? 0, weight * closeness));
      }
    }
    return found;
  }

  return {
    /** @param {string} query */
    find(query) {
      const asked = wordsOf(query);
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
