// Which products take turns on a screen.

import { face, groups, isSoldOut, piecesIn, rating } from './document.js';

const TURNS = 24;
const FOUND = 200;

/**
 * `[{ view, variants, care }]`: the one asked for, or those to be had here, best rated first.
 * @param {Record<string, string>} asked
 * @param {{ catalogue: Rikaste.Catalogue, location: Rikaste.Location | null }} screen
 * @returns {Promise<Rikaste.Turn[]>}
 */
export async function programme(asked, { catalogue, location }) {
  if (!asked.sku) return withCare(catalogue, await thoseHere(asked, catalogue, location));
  const view = await catalogue.product(asked.sku);
  return view ? withCare(catalogue, [{ view, variants: await catalogue.variants(view) }]) : [];
}

/**
 * @param {Record<string, string>} asked
 * @param {Rikaste.Catalogue} catalogue
 * @param {Rikaste.Location | null} location
 */
async function thoseHere({ category, family }, catalogue, location) {
  // A size that is sold out is shown as such, so all are asked for, unless there are too many.
  const whole = await catalogue.search({ category, family, limit: FOUND });
  const available = whole.total > FOUND ? await catalogue.search({ category, family, in_stock: 'true', limit: FOUND }) : whole;
  const { products } = available.total ? available : whole;
  // What nothing is known of may be here; what has stock elsewhere only is not.
  /** @param {Rikaste.View} each */
  const isHere = (each) => (location && each.stock ? (piecesIn([each], location.code) ?? 0) > 0 : !isSoldOut(each));
  const all = groups(products).map(({ variants }) => ({ variants, here: variants.filter(isHere) }));
  const here = all.filter((each) => each.here.length);
  const turns = (here.length ? here : all).map((each) => ({ view: face(each.here.length ? each.here : each.variants), variants: each.variants }));
  return ranked(turns).slice(0, TURNS);
}

/**
 * The care product that fits each, where this channel has it.
 * @param {Rikaste.Catalogue} catalogue
 * @param {Rikaste.Turn[]} list
 * @returns {Promise<Rikaste.Turn[]>}
 */
async function withCare(catalogue, list) {
  /** @param {Rikaste.Turn} turn */
  const wanted = ({ view }) => view.associations?.['care-product']?.[0]?.id;
  const skus = [...new Set(list.map(wanted).filter((sku) => sku !== undefined))];
  const found = new Map(await Promise.all(skus.map(async (sku) => /** @type {const} */ ([sku, await catalogue.product(sku)]))));
  return list.map((turn) => ({ ...turn, care: found.get(wanted(turn) ?? '') ?? null }));
}

/**
 * The mean of few reviews is drawn towards the mean of all: (v·R + m·C) / (v + m).
 * @param {Rikaste.Turn[]} list
 */
function ranked(list) {
  const rated = list.map(({ view }) => rating(view)).filter((each) => each !== null);
  const sum = rated.reduce((total, each) => total + each.count, 0);
  const mean = sum ? rated.reduce((total, each) => total + each.average * each.count, 0) / sum : 0;
  const counts = rated.map((each) => each.count).sort((a, b) => a - b);
  const weight = counts[Math.floor(counts.length / 2)] ?? 1;
  /** @param {Rikaste.Turn} turn */
  const worth = ({ view }) => {
    const { average = 0, count = 0 } = rating(view) ?? {};
    return (count * average + weight * mean) / (count + weight);
  };
  return [...list].sort((a, b) => worth(b) - worth(a));
}
