// What the address of a page says: which channel it shows, and what it asks for.

/**
 * The page's own path and the channel of an address: `/seller/oulu` and `/seller?channel=oulu` are the same.
 * @param {string} page
 * @param {{ pathname: string, search: string }} [from]
 * @returns {{ path: string, channel: string | null, isInPath: boolean, chooses: boolean }} `chooses`: by hand.
 */
export function channelAddress(page, { pathname, search } = location) {
  const parts = pathname.match(new RegExp(`^(.*?/${page})(?:/([^/]+))?/?$`));
  const named = parts?.[2] ? decoded(parts[2]) : null;
  const asked = new URLSearchParams(search).get('channel');
  return { path: parts?.[1] ?? pathname, channel: named ?? (asked || null), isInPath: named !== null, chooses: named === null && asked === '' };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The parameters that the page takes, as the server wrote them into its head. */
export function pageParameters() {
  const names = document.querySelector('meta[name="parameters"]')?.getAttribute('content') ?? '';
  return names.split(' ').filter(Boolean);
}

/**
 * What of an address the page does not know. A known name that ends with a dot stands for all that begin with it.
 * @param {readonly string[]} known
 * @param {string} [search]
 */
export function unknownParameters(known, search = location.search) {
  /** @param {string} name */
  const isKnown = (name) => known.some((each) => (each.endsWith('.') ? name.startsWith(each) : name === each));
  return [...new Set(new URLSearchParams(search).keys())].filter((name) => !isKnown(name));
}
