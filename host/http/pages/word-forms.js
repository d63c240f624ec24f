// Words, and their forms as the server's analysis has them (`/v1/channels/{c}/vocabulary`): what all inflections of a
// word have in common, and the same of a compound's parts. There is no rule of any language here.

const MARKS = /[\u0300-\u036f]/g;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
/** Letters that stay of a word when its ending is replaced. */
const STEM_MIN = 2;

/**
 * Without capitals, dots and accents: letters that a keyboard lacks make no difference.
 * @param {string} text
 */
function fold(text) {
  return text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/ß/g, 'ss');
}

/** @param {string} text */
export function wordsOf(text) {
  return fold(text.replace(INVISIBLE, '')).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/**
 * Lists by folded word; what two words are folded to has the entries of both.
 * @param {Record<string, string[]>} lists
 */
function folded(lists) {
  /** @type {Map<string, Set<string>>} */
  const all = new Map();
  for (const [word, list] of Object.entries(lists)) {
    const key = fold(word);
    const known = all.get(key) ?? new Set();
    for (const each of list) known.add(fold(each));
    all.set(key, known);
  }
  return all;
}

/** @param {Rikaste.LanguageWords} language */
function readLanguage(language) {
  const words = folded(language.words);
  const parts = folded(language.parts);
  const endings = folded(language.endings);
  const known = new Set([...words.values(), ...parts.values()].flatMap((forms) => [...forms]));

  /** @param {string} word */
  function replaceEnding(word) {
    /** @type {string[]} */
    const made = [];
    for (let at = STEM_MIN; at <= word.length; at += 1) {
      for (const inForm of endings.get(word.slice(at)) ?? []) made.push(word.slice(0, at) + inForm);
    }
    return made.filter((form) => known.has(form));
  }

  return {
    stops: new Set(language.stop_words.map(fold)),
    /** @param {string} word */
    indexed: (word) => [...(words.get(word) ?? []), ...(parts.get(word) ?? [])],
    /** @param {string} word */
    asked: (word) => [...(words.get(word) ?? replaceEnding(word))],
  };
}

/**
 * Takes and gives folded words. Without a vocabulary words have no forms.
 * @param {Rikaste.Vocabulary | null} vocabulary
 */
export function wordForms(vocabulary) {
  const languages = Object.values(vocabulary?.languages ?? {}).map(readLanguage);
  return {
    /**
     * What a word of a document is found by, its parts among it.
     * @param {string} word
     */
    indexed: (word) => new Set(languages.flatMap((language) => language.indexed(word))),
    /**
     * What a word of a query asks for.
     * @param {string} word
     */
    asked: (word) => new Set(languages.flatMap((language) => language.asked(word))),
    /**
     * The words without those that are in every text, unless there are no others.
     * @param {string[]} words
     */
    withoutStops(words) {
      const others = words.filter((word) => !languages.some(({ stops }) => stops.has(word)));
      return others.length ? others : words;
    },
  };
}
