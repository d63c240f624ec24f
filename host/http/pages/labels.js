// The shop's own names of attributes and association types, from its model.

/**
 * Code to name in a locale; what the model has no name for is not there.
 * @param {Rikaste.Model | null | undefined} model
 * @param {Rikaste.Locale} locale
 * @returns {Map<string, string>}
 */
export function labelsOf(model, locale) {
  const named = [...(model?.attributes ?? []), ...(model?.associations ?? [])];
  const pairs = named.map(({ code, labels }) => /** @type {const} */ ([code, labels && inLocale(labels, locale)]));
  return new Map(pairs.filter((pair) => pair[1] !== undefined).map(([code, label]) => [code, String(label)]));
}

/**
 * @param {Record<Rikaste.Locale, string>} labels
 * @param {Rikaste.Locale} locale
 */
function inLocale(labels, locale) {
  const [language] = locale.split('-');
  const same = Object.keys(labels).find((each) => each.split('-')[0] === language);
  return labels[locale] ?? (same && labels[same]) ?? Object.values(labels)[0];
}
