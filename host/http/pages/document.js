// What a channel document says, read once for every page: the text of a locale, prices, pictures,
// variants, reviews, stock.

/**
 * The document with one locale's texts laid over it. A document that the server flattened stays as it is.
 * @param {Rikaste.Document} document
 * @param {Rikaste.Locale} locale
 * @returns {Rikaste.View}
 */
export function inLocale(document, locale) {
  if (!document.localized) return document;
  const { localized, ...common } = document;
  const own = localized[locale] ?? {};
  return {
    ...common,
    ...own,
    attributes: { ...common.attributes, ...own.attributes },
    content_language: locale,
  };
}

/** @param {Rikaste.View} view */
export function title(view) {
  return view.title ?? view.id;
}

/**
 * The locale a text is really in, where that is not the one asked for.
 * @param {Rikaste.View} view
 * @param {string} code
 * @returns {Rikaste.Locale | null}
 */
export function servedFrom(view, code) {
  const other = view.fallback?.[code];
  return other && other !== view.content_language ? other : null;
}

// Money

/**
 * `"89.90 EUR"` → `{ amount: "89.90", currency: "EUR" }`
 * @param {Rikaste.Money} text
 */
function money(text) {
  const [amount, currency] = text.split(' ');
  return { amount, currency };
}

/**
 * @param {Rikaste.Money} text
 * @param {Rikaste.Locale} [locale]
 */
export function formatMoney(text, locale) {
  const { amount, currency } = money(text);
  return numbers(locale, { style: 'currency', currency }).format(/** @type {Intl.StringNumericLiteral} */ (amount));
}

/**
 * Making a formatter takes longer than all that it will ever format.
 * @type {Map<string, Intl.NumberFormat>}
 */
const formatters = new Map();

/**
 * @param {Rikaste.Locale | undefined} locale
 * @param {Intl.NumberFormatOptions} style
 */
function numbers(locale, style) {
  const key = `${locale} ${Object.values(style)}`;
  const formatter = formatters.get(key) ?? new Intl.NumberFormat(locale, style);
  formatters.set(key, formatter);
  return formatter;
}

const DIGITS = 12;

/**
 * An amount as a whole number, to be compared and divided without an error of floating point.
 * @param {Rikaste.Money} text
 */
function exact(text) {
  const [whole, fraction = ''] = money(text).amount.split('.');
  return BigInt(whole + fraction.padEnd(DIGITS, '0').slice(0, DIGITS));
}

/**
 * What a customer is told of the price at a moment. The percentage is computed from the lowest
 * price of the 30 days before (Directive 98/6/EC Art. 6a; CJEU C-330/23), and rounded down.
 * @param {Rikaste.View} view
 * @param {number} [moment]
 * @returns {Rikaste.Price | null}
 */
export function pricing(view, moment = Date.now()) {
  if (!view.price) return null;
  if (!view.sale_price || !isOpen(view.sale_price_effective_date, moment)) return { now: view.price };
  const lowest = view.lowest_price_30_days;
  const reduced = lowest && exact(view.sale_price) < exact(lowest);
  return {
    now: view.sale_price,
    regular: view.price,
    lowest,
    percent: reduced ? Number(((exact(lowest) - exact(view.sale_price)) * 100n) / exact(lowest)) : null,
    until: view.sale_price_effective_date?.split('/')[1],
  };
}

/**
 * @param {string | undefined} interval
 * @param {number} moment
 */
function isOpen(interval, moment) {
  if (!interval) return true;
  const [from, until] = interval.split('/').map((text) => Date.parse(text));
  return !(moment < from) && !(moment >= until);
}

/**
 * The lowest price among variants and whether they differ: “from 79.90 €”.
 * @param {Rikaste.View[]} views
 * @param {number} [moment]
 * @returns {Rikaste.Price | null}
 */
export function priceOfGroup(views, moment) {
  const all = views.map((view) => pricing(view, moment)).filter((price) => price !== null);
  if (!all.length) return null;
  const lowest = all.reduce((a, b) => (exact(b.now) < exact(a.now) ? b : a));
  return { ...lowest, from: all.some((each) => exact(each.now) !== exact(lowest.now)) };
}

/**
 * The day of a moment such as `2026-12-01T00:00+02:00`, where the shop is.
 * @param {string} moment
 */
export function dayOf(moment) {
  return moment.slice(0, 10);
}

/**
 * The last day of a half-open window: what ends at midnight holds until the day before.
 * @param {string} until
 */
export function lastDayOf(until) {
  const day = new Date(`${dayOf(until)}T12:00:00Z`);
  if (/T00:00(:00)?/.test(until) || !until.includes('T')) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

// Pictures

/**
 * `[{ link, small, alt, srcset, color, width, height }]`, the main picture first; the alternative text is the picture's
 * own, or the title.
 * @param {Rikaste.View} view
 * @returns {Rikaste.Picture[]}
 */
export function pictures(view) {
  const texts = new Map((view.attributes?.image_alt ?? []).map((row) => [row.file_name, row.alt]));
  /** @type {Rikaste.DocumentImage[]} */
  const images = view.images ?? (view.image_link ? [view.image_link, ...(view.additional_image_link ?? [])] : [])
    .map((link) => ({ link }));
  const ordered = [...images].sort((a, b) => Number(b.link === view.image_link) - Number(a.link === view.image_link));
  return ordered.map(({ link, file_name, srcset, color, width, height }) => {
    const alt = texts.get(file_name);
    const widths = (srcset ?? []).map((one) => `${one.link} ${one.width}w`).join(', ');
    return {
      link,
      small: smallOf(link, srcset),
      alt: alt ?? title(view),
      lang: (alt && servedFrom(view, 'image_alt')) || undefined,
      srcset: widths || undefined,
      color,
      width,
      height,
    };
  });
}

/** How wide a tile of a list is, in pixels of a phone's screen. */
const TILE = 192;

/**
 * The narrowest rendition that a tile of a list can show.
 * @param {string} link
 * @param {{ link: string, width: number }[]} [srcset]
 */
function smallOf(link, srcset = []) {
  const sorted = [...srcset].sort((a, b) => a.width - b.width);
  return (sorted.find(({ width }) => width >= TILE) ?? sorted.at(-1))?.link ?? link;
}

// Attributes

/**
 * `[{ code, label }]` of an attribute of options or of text; empty when it has none.
 * @param {Rikaste.View} view
 * @param {string} attribute
 * @returns {Rikaste.Option[]}
 */
export function options(view, attribute) {
  const value = view.attributes?.[attribute];
  if (value === undefined || value === null) return [];
  const codes = Array.isArray(value) ? value : [value];
  if (typeof codes[0] === 'object') return [{ code: JSON.stringify(codes[0]), label: measured(codes[0], view.content_language) }];
  const labels = [view.labels?.[attribute] ?? []].flat();
  return codes.map((code, at) => ({ code: String(code), label: labels[at] ?? String(code) }));
}

/**
 * @param {Rikaste.Measured | Rikaste.Row | null} value
 * @param {Rikaste.Locale} [locale]
 */
export function measured(value, locale) {
  if (value?.unit !== undefined) return `${decimal(value.amount ?? '', locale)} ${value.unit}`;
  if (value?.currency !== undefined) return formatMoney(`${value.amount} ${value.currency}`, locale);
  return '';
}

/**
 * A decimal as the locale writes it, with the digits it has.
 * @param {Rikaste.Scalar} text
 * @param {Rikaste.Locale} [locale]
 */
export function decimal(text, locale) {
  const digits = String(text).split('.')[1]?.length ?? 0;
  return numbers(locale, { minimumFractionDigits: Math.min(digits, 2), maximumFractionDigits: Math.min(digits, 20) }).format(/** @type {Intl.StringNumericLiteral} */ (String(text)));
}

/** @param {string} text */
export function lines(text) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
}

/**
 * @param {Rikaste.View} view
 * @returns {Rikaste.Option[]}
 */
export function path(view) {
  const codes = view.categories?.[0]?.path ?? [];
  const labels = view.labels?.categories ?? [];
  return codes.map((code, at) => ({ code, label: labels[at] ?? code }));
}

// Reviews

/**
 * @param {Pick<Rikaste.View, 'attributes'>} view
 * @returns {Rikaste.Rating | null}
 */
export function rating(view) {
  const average = Number(view.attributes?.review_average);
  const count = Number(view.attributes?.review_count);
  return average > 0 && count > 0 ? { average, count } : null;
}

/**
 * `[{ rating: 5, count: 12 }, …]`, five rows, best first.
 * @param {Rikaste.View} view
 */
export function distribution(view) {
  const counts = new Map((view.attributes?.review_distribution ?? []).map((row) => [Number(row.rating), Number(row.count)]));
  return [5, 4, 3, 2, 1].map((stars) => ({ rating: stars, count: counts.get(stars) ?? 0 }));
}

/**
 * @param {Rikaste.View} view
 * @returns {Rikaste.Excerpt[]}
 */
export function excerpts(view) {
  return (view.attributes?.review_excerpts ?? []).map((row) => ({
    ...row,
    rating: Number(row.rating),
    verified: row.verified === 'true' || row.verified === true,
  }));
}

// Stock

/**
 * Pieces in the channel's locations; null where the document says nothing of stock.
 * @param {Pick<Rikaste.View, 'stock'>} view
 */
export function pieces(view) {
  if (!view.stock) return null;
  return Object.values(view.stock).reduce((sum, quantity) => sum + Math.max(0, quantity), 0);
}

/** @param {Pick<Rikaste.View, 'availability'>} view */
export function isAvailable(view) {
  return view.availability !== undefined && view.availability !== 'out_of_stock';
}

/**
 * What nothing is known of is not sold out.
 * @param {Pick<Rikaste.View, 'availability'>} view
 */
export function isSoldOut(view) {
  return view.availability === 'out_of_stock';
}

/**
 * Pieces of these in one place. Undefined where nothing is known, and where of some nothing is known and the others
 * are sold out.
 * @param {Pick<Rikaste.View, 'stock'>[]} views
 * @param {string} location
 */
export function piecesIn(views, location) {
  const quantities = views.map((view) => view.stock?.[location]);
  const known = quantities.filter((quantity) => quantity !== undefined);
  const sum = known.reduce((total, quantity) => total + Math.max(0, quantity), 0);
  return sum > 0 || (known.length > 0 && known.length === quantities.length) ? sum : undefined;
}

// Variants

/**
 * Variants together, in the order of the first of each group; a product without a group is alone.
 * @template {{ id: string, item_group_id?: string }} T
 * @param {T[]} views
 * @returns {Rikaste.Group<T>[]}
 */
export function groups(views) {
  /** @type {Map<string, Rikaste.Group<T>>} */
  const byGroup = new Map();
  for (const view of views) {
    const id = view.item_group_id ?? view.id;
    const group = byGroup.get(id) ?? { id, variants: [] };
    byGroup.set(id, group);
    group.variants.push(view);
  }
  return [...byGroup.values()];
}

/**
 * The variant that stands for its group: one with a picture, to be had if possible.
 * @param {Rikaste.View[]} variants
 */
export function face(variants) {
  /** @param {Rikaste.View} view */
  const worth = (view) => (view.image_link ? 2 : 0) + (isAvailable(view) ? 1 : 0);
  return variants.reduce((best, view) => (worth(view) > worth(best) ? view : best));
}

const FIRST_AXES = ['color', 'size'];
const NEVER_AXES = /^(review_|image_|care|badge|description|name)/;

/**
 * The code of the one option that a variant has on an axis; empty where its data lacks it.
 * @param {Rikaste.View} view
 * @param {string} axis
 */
export function choiceOf(view, axis) {
  return options(view, axis)[0]?.code ?? '';
}

/**
 * The attributes that tell the variants apart, colour and size first. One variant without a colour
 * does not take the choice of colours from the others.
 * @param {Rikaste.View[]} variants
 */
export function axes(variants) {
  if (variants.length < 2) return [];
  const codes = [...new Set(variants.flatMap((view) => Object.keys(view.attributes ?? {})))]
    .filter((code) => !NEVER_AXES.test(code))
    .filter((code) => variants.every((view) => options(view, code).length === 1 || (FIRST_AXES.includes(code) && !options(view, code).length)))
    .filter((code) => values(variants, code).length > 1)
    .sort((a, b) => place(a) - place(b));
  /** @type {string[]} */
  const chosen = [];
  for (const code of codes) {
    const combinations = new Set(variants.map((view) => chosen.map((axis) => choiceOf(view, axis)).join('\n')));
    if (!FIRST_AXES.includes(code) && combinations.size === variants.length) break;
    chosen.push(code);
  }
  return chosen;
}

/** @param {string} code */
const place = (code) => (FIRST_AXES.includes(code) ? FIRST_AXES.indexOf(code) : FIRST_AXES.length);

const SIZES = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '2XL', 'XXXL', '3XL', '4XL'];

/**
 * The different values of an attribute among variants, sizes from small to large.
 * @param {Rikaste.View[]} variants
 * @param {string} code
 * @returns {Rikaste.Option[]}
 */
export function values(variants, code) {
  /** @type {Map<string, Rikaste.Option>} */
  const found = new Map();
  for (const view of variants) for (const option of options(view, code)) found.set(option.code, option);
  const all = [...found.values()];
  return code === 'size' ? all.sort(bySize) : all;
}

/**
 * Orders options of a size: numbers, then letters from small to large.
 * @param {{ label: string }} a
 * @param {{ label: string }} b
 */
export function bySize(a, b) {
  /** @param {{ label: string }} option */
  const rank = (option) => SIZES.indexOf(option.label.toUpperCase());
  return rank(a) - rank(b) || a.label.localeCompare(b.label, undefined, { numeric: true });
}

/**
 * The variant with `option` on `axis` that is otherwise nearest to `view`.
 * @param {Rikaste.View[]} variants
 * @param {Rikaste.View} view
 * @param {string} axis
 * @param {string} option
 * @param {string[]} axisCodes
 */
export function variantWith(variants, view, axis, option, axisCodes) {
  /** @param {Rikaste.View} other */
  const likeness = (other) => axisCodes
    .filter((code) => code !== axis && choiceOf(other, code) === choiceOf(view, code)).length;
  const fitting = variants.filter((other) => choiceOf(other, axis) === option);
  if (!fitting.length) return null;
  return fitting.reduce((best, other) => (likeness(other) > likeness(best) ? other : best));
}
