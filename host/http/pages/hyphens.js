// Where long words may break. Browsers hyphenate by dictionaries, and the most used one has none for Finnish.

const LONG = /\p{L}{13,}/gu;
/** A Finnish syllable begins with the consonant before a vowel. Three letters stay together at either end of a word. */
const SYLLABLE = /(?<=\p{L}{3})(?=[bcdfghjklmnpqrstvwxzšž][aeiouyäöå]\p{L})/giu;
const SOFT_HYPHEN = '\u00ad';

/**
 * The text with soft hyphens in its long words, where it is Finnish.
 * @param {string} text
 * @param {string} language
 */
export function hyphenated(text, language) {
  return language === 'fi' ? text.replace(LONG, (word) => word.replace(SYLLABLE, SOFT_HYPHEN)) : text;
}
