// What a channel document says, read once for every page: the text of a locale, prices, pictures,
// variants, reviews, stock.

/** The document with one locale's texts laid over it. A document that the server flattened stays as it is. */
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

export function title(view) {
  return view.title ?? view.id;
}

/** The locale a text is really in, where that is not the one asked for. */
export function servedFrom(view, code) {
  const other = view.fallback?.[code];
  return other && other !== view.content_language ? other : null;
}

// Money

/** `"89.90 EUR"` → `{ amount: "89.90", currency: "EUR" }` */
function money(text) {
  const [amount, currency] = text.split(' ');
  return { amount, currency };
}

export function formatMoney(text, locale) {
  const { amount, currency } = money(text);
  return numbers(locale, { style: 'currency', currency }).format(amount);
}

// Making a formatter takes longer than all that it will ever format.
const formatters = new Map();

function numbers(locale, style) {
  const key = `${locale} ${Object.values(style)}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.NumberFormat(locale, style));
  return formatters.get(key);
}

const cents = (text) => Math.round(Number(money(text).amount) * 100);

/**
 * What a customer is told of the price at a moment. The percentage is computed from the lowest
 * price of the 30 days before (Directive 98/6/EC Art. 6a; CJEU C-330/23), and rounded down.
 */
export function pricing(view, moment = Date.now()) {
  if (!view.price) return null;
  const onSale = Boolean(view.sale_price) && isOpen(view.sale_price_effective_date, moment);
  if (!onSale) return { now: view.price };
  const lowest = view.lowest_price_30_days;
  const reduced = lowest && cents(view.sale_price) < cents(lowest);
  return {
    now: view.sale_price,
    regular: view.price,
    lowest,
    percent: reduced ? Math.floor(((cents(lowest) - cents(view.sale_price)) * 100) / cents(lowest)) : null,
    until: view.sale_price_effective_date?.split('/')[1],
  };
}

function isOpen(interval, moment) {
  if (!interval) return true;
  const [from, until] = interval.split('/').map((text) => Date.parse(text));
  return !(moment < from) && !(moment >= until);
}

/** The lowest price among variants and whether they differ: “from 79.90 €”. */
export function priceOfGroup(views, moment) {
  const all = views.map((view) => pricing(view, moment)).filter(Boolean);
  if (!all.length) return null;
  const lowest = all.reduce((a, b) => (cents(b.now) < cents(a.now) ? b : a));
  return { ...lowest, from: all.some((each) => cents(each.now) !== cents(lowest.now)) };
}

/** The day of a moment such as `2026-12-01T00:00+02:00`, where the shop is. */
export function dayOf(moment) {
  return moment.slice(0, 10);
}

/** The last day of a half-open window: what ends at midnight holds until the day before. */
export function lastDayOf(until) {
  const day = new Date(`${dayOf(until)}T12:00:00Z`);
  if (/T00:00(:00)?/.test(until) || !until.includes('T')) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

// Pictures

/**
 * `[{ link, alt, srcset, color, width, height }]`, the main picture first; the alternative text is the picture's own,
 * or the title.
 */
export function pictures(view) {
  const texts = new Map((view.attributes?.image_alt ?? []).map((row) => [row.file_name, row.alt]));
  const images = view.images ?? (view.image_link ? [view.image_link, ...(view.additional_image_link ?? [])] : [])
    .map((link) => ({ link }));
  const ordered = [...images].sort((a, b) => (b.link === view.image_link) - (a.link === view.image_link));
  return ordered.map(({ link, file_name, srcset, color, width, height }) => {
    const alt = texts.get(file_name);
    const widths = (srcset ?? []).map((one) => `${one.link} ${one.width}w`).join(', ');
    return {
      link,
      alt: alt ?? title(view),
      lang: (alt && servedFrom(view, 'image_alt')) || undefined,
      srcset: widths || undefined,
      color,
      width,
      height,
    };
  });
}

// Attributes

/** `[{ code, label }]` of an attribute of options or of text; empty when it has none. */
export function options(view, attribute) {
  const value = view.attributes?.[attribute];
  if (value === undefined || value === null) return [];
  const codes = [value].flat();
  if (typeof codes[0] === 'object') return [{ code: JSON.stringify(codes[0]), label: measured(codes[0], view.content_language) }];
  const labels = [view.labels?.[attribute] ?? []].flat();
  return codes.map((code, at) => ({ code: String(code), label: labels[at] ?? String(code) }));
}

export function measured(value, locale) {
  if (value?.unit !== undefined) return `${decimal(value.amount, locale)} ${value.unit}`;
  if (value?.currency !== undefined) return formatMoney(`${value.amount} ${value.currency}`, locale);
  return '';
}

/** A decimal as the locale writes it, with the digits it has. */
export function decimal(text, locale) {
  const digits = String(text).split('.')[1]?.length ?? 0;
  return numbers(locale, { minimumFractionDigits: Math.min(digits, 2) }).format(text);
}

export function lines(text) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
}

export function path(view) {
  const codes = view.categories?.[0]?.path ?? [];
  const labels = view.labels?.categories ?? [];
  return codes.map((code, at) => ({ code, label: labels[at] ?? code }));
}

// Reviews

export function rating(view) {
  const average = Number(view.attributes?.review_average);
  const count = Number(view.attributes?.review_count);
  return average > 0 && count > 0 ? { average, count } : null;
}

/** `[{ rating: 5, count: 12 }, …]`, five rows, best first. */
export function distribution(view) {
  const counts = new Map((view.attributes?.review_distribution ?? []).map((row) => [Number(row.rating), Number(row.count)]));
  return [5, 4, 3, 2, 1].map((stars) => ({ rating: stars, count: counts.get(stars) ?? 0 }));
}

export function excerpts(view) {
  return (view.attributes?.review_excerpts ?? []).map((row) => ({
    ...row,
    rating: Number(row.rating),
    verified: row.verified === 'true' || row.verified === true,
  }));
}

// Stock

/** Pieces in the channel's locations; null where the document says nothing of stock. */
export function pieces(view) {
  if (!view.stock) return null;
  return Object.values(view.stock).reduce((sum, quantity) => sum + Math.max(0, quantity), 0);
}

export function isAvailable(view) {
  return view.availability !== undefined && view.availability !== 'out_of_stock';
}

// Variants

/** Variants together, in the order of the first of each group; a product without a group is alone. */
export function groups(views) {
  const byGroup = new Map();
  for (const view of views) {
    const name = view.item_group_id ?? view.id;
    if (!byGroup.has(name)) byGroup.set(name, { id: name, variants: [] });
    byGroup.get(name).variants.push(view);
  }
  return [...byGroup.values()];
}

/** The variant that stands for its group: one with a picture, to be had if possible. */
export function face(variants) {
  const worth = (view) => (view.image_link ? 2 : 0) + (isAvailable(view) ? 1 : 0);
  return variants.reduce((best, view) => (worth(view) > worth(best) ? view : best));
}

const FIRST_AXES = ['color', 'size'];
const NEVER_AXES = /^(review_|image_|care|badge|description|name)/;

/** The code of the one option that a variant has on an axis; empty where its data lacks it. */
export function choiceOf(view, axis) {
  return options(view, axis)[0]?.code ?? '';
}

/**
 * The attributes that tell the variants apart, colour and size first. One variant without a colour
 * does not take the choice of colours from the others.
 */
export function axes(variants) {
  if (variants.length < 2) return [];
  const codes = [...new Set(variants.flatMap((view) => Object.keys(view.attributes ?? {})))]
    .filter((code) => !NEVER_AXES.test(code))
    .filter((code) => variants.every((view) => options(view, code).length === 1 || (FIRST_AXES.includes(code) && !options(view, code).length)))
    .filter((code) => values(variants, code).length > 1)
    .sort((a, b) => place(a) - place(b));
  const chosen = [];
  for (const code of codes) {
    const combinations = new Set(variants.map((view) => chosen.map((axis) => choiceOf(view, axis)).join('\n')));
    if (!FIRST_AXES.includes(code) && combinations.size === variants.length) break;
    chosen.push(code);
  }
  return chosen;
}

const place = (code) => (FIRST_AXES.includes(code) ? FIRST_AXES.indexOf(code) : FIRST_AXES.length);

const SIZES = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '2XL', 'XXXL', '3XL', '4XL'];

/** The different values of an attribute among variants, sizes from small to large. */
export function values(variants, code) {
  const found = new Map();
  for (const view of variants) for (const option of options(view, code)) found.set(option.code, option);
  const all = [...found.values()];
  return code === 'size' ? all.sort(bySize) : all;
}

/** Orders options of a size: numbers, then letters from small to large. */
export function bySize(a, b) {
  const rank = (option) => SIZES.indexOf(option.label.toUpperCase());
  return rank(a) - rank(b) || a.label.localeCompare(b.label, undefined, { numeric: true });
}

/** The variant with `option` on `axis` that is otherwise nearest to `view`. */
export function variantWith(variants, view, axis, option, axisCodes) {
  const likeness = (other) => axisCodes
    .filter((code) => code !== axis && choiceOf(other, code) === choiceOf(view, code)).length;
  const fitting = variants.filter((other) => choiceOf(other, axis) === option);
  if (!fitting.length) return null;
  return fitting.reduce((best, other) => (likeness(other) > likeness(best) ? other : best));
}
