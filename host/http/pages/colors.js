// Colour codes as swatches. A code that is not here shows its label's first letter instead.

/** @type {Record<string, string>} */
const COLORS = {
  black: '#1d1d1f', white: '#fafafa', grey: '#8b8f92', gray: '#8b8f92', charcoal: '#3d4246', graphite: '#45494d',
  silver: '#c4c8cb', red: '#b8322a', burgundy: '#6e1f2d', wine: '#6e1f2d', rust: '#a5512b', orange: '#d9772e',
  cloudberry: '#e39a3b', ochre: '#c58f2c', mustard: '#c9982e', yellow: '#e8c547', sand: '#d7c4a3', beige: '#d8c9b0',
  natural: '#e6dcc8', cream: '#f1e8d6', ivory: '#f4eedd', oat: '#e0d3bb', birch: '#e2d6bf', oak: '#b98e5d',
  camel: '#b98a5a', brown: '#6b4a33', cognac: '#8f4f26', walnut: '#5b4030', chocolate: '#4a3226',
  green: '#3f7d55', moss: '#5d6b3c', olive: '#6d6b3a', forest: '#2c4a38', spruce: '#2f5d50', pine: '#2b4b3c',
  lichen: '#a9b39a', sage: '#9caa90', mint: '#a9d3c0', teal: '#2d6f73', turquoise: '#3aa6a4',
  blue: '#33608f', navy: '#1f2d47', 'dark-blue': '#1f2d47', 'light-blue': '#9fc1dc', ice: '#d3e3ea', denim: '#4a6583',
  lake: '#3f6f86', blueberry: '#3c4a78', fog: '#c5cccd', mist: '#c5cccd', stone: '#a7a59d', slate: '#56616a',
  night: '#232b45', fjord: '#2f5f73', granite: '#6d7175', purple: '#6a4a86', heather: '#a58aa6', lilac: '#b9a5c9', lavender: '#b9a5c9',
  pink: '#e2a3ae', rose: '#d59a9a', lingonberry: '#9f1f34', cranberry: '#98203c', peach: '#eeb898', gold: '#bd9a4a',
  copper: '#a8663e', brass: '#b3903f', multi: '#9aa58d',
};

/**
 * The colour of an option, or null. `dark-navy` and `navy_2` find `navy`.
 * @param {string} code
 */
export function colorOf(code) {
  const name = code.toLowerCase().replace(/_/g, '-');
  const known = [name, ...name.split('-')].find((each) => Object.hasOwn(COLORS, each));
  return known === undefined ? null : COLORS[known];
}
