// GTINs as scanners read them (GS1 General Specifications, section 7.9: the check digit).

const LENGTHS = [8, 12, 13, 14];

/**
 * Whether a scanner's line is meant as a barcode: digits only, and more than an item number has.
 * @param {string} text
 */
export function looksLikeGtin(text) {
  return /^\d{7,}$/.test(text.replace(/[\s-]/g, ''));
}

/**
 * `{ gtin }` of 14 digits, or `{ wrong: 'length', n }` or `{ wrong: 'check', expected, actual }`.
 * @param {string} text
 * @returns {{ gtin: string, wrong?: undefined } | { wrong: 'length', n: number } | { wrong: 'check', expected: number, actual: number }}
 */
export function readGtin(text) {
  const digits = text.replace(/[\s-]/g, '');
  if (!LENGTHS.includes(digits.length)) return { wrong: 'length', n: digits.length };
  const gtin = normalise(digits);
  const expected = checkDigit(gtin.slice(0, 13));
  const actual = Number(gtin[13]);
  return expected === actual ? { gtin } : { wrong: 'check', expected, actual };
}

/** @param {string} digits */
export function normalise(digits) {
  return digits.padStart(14, '0');
}

/** @param {string} first13 */
function checkDigit(first13) {
  const sum = [...first13].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
