/** What holds for the whole shop. */
export interface Context {
  locales: string[];
  channels: string[];
}

/** From `start` (included) to `end` (excluded), local dates or dates and minutes. */
export interface Window {
  start?: string;
  end?: string;
}

/** An amount, a decimal in text, of a unit. */
export interface Measurement {
  amount: string;
  unit: string;
}

/** An amount, a decimal in text, of a currency (ISO 4217). */
export interface Money {
  amount: string;
  currency: string;
}

/** Rows of text under named columns; every row has a cell for each column. */
export interface Table {
  columns: string[];
  rows: string[][];
}

export type DataType =
  | 'text' | 'rich-text' | 'boolean' | 'integer' | 'decimal' | 'date' | 'options'
  | 'measurement' | 'money' | 'assets' | 'table';

export type Data =
  | { tag: 'text' | 'rich-text' | 'decimal' | 'date'; val: string }
  | { tag: 'boolean'; val: boolean }
  | { tag: 'integer'; val: bigint }
  | { tag: 'options' | 'assets'; val: string[] }
  | { tag: 'measurement'; val: Measurement }
  | { tag: 'money'; val: Money }
  | { tag: 'table'; val: Table };

/** One value of an attribute. What is absent holds for all. */
export interface Value {
  attribute: string;
  locale?: string;
  channel?: string;
  window?: Window;
  data: Data;
}

/** A customer's review. `rating` is out of 5, a decimal in text. */
export interface Review {
  source: string;
  id: string;
  rating: string;
  locale?: string;
  title: string;
  text: string;
  author: string;
  date?: string;
  verified: boolean;
  incentivised: boolean;
}

/** How many pieces a stock location holds. */
export interface Stock {
  location: string;
  quantity: number;
}

/** A price in a price list, while its window is open. */
export interface Price {
  priceList: string;
  money: Money;
  window?: Window;
}

/** A link to another product. */
export interface Association {
  kind: string;
  sku: string;
  quantity: number;
}

/** A photo of the product; `readImage` of rikaste-host.js reads its bytes. */
export interface Image {
  asset: string;
  fileName: string;
  role: string;
  size: number;
}

/** An attribute that a plugin writes: `Attribute.text('badge').localizable()`. */
export class Attribute {
  constructor(code: string, dataType: DataType);
  static text(code: string): Attribute;
  static richText(code: string): Attribute;
  static boolean(code: string): Attribute;
  static integer(code: string): Attribute;
  static decimal(code: string): Attribute;
  static date(code: string): Attribute;
  static options(code: string): Attribute;
  static measurement(code: string): Attribute;
  static money(code: string): Attribute;
  static assets(code: string): Attribute;
  static table(code: string): Attribute;
  /** May differ by locale. */
  localizable(): this;
  /** May differ by channel. */
  scopable(): this;
}

/** What a plugin is, put together in one expression. */
export class Manifest {
  /** A lower-case hyphenated name, a semantic version, one sentence for the operator. */
  constructor(name: string, version: string, description: string);
  /** Attributes, or the facets `reviews`, `stock`, `prices`, `associations`, `images`. */
  reads(...names: string[]): this;
  /** Attributes that the plugin proposes values for. */
  writes(...attributes: Attribute[]): this;
  /** The JSON Schema of the configuration. Without it: no keys. */
  configSchema(schema: object): this;
}

/** A configuration that cannot be used: which key, and what it should be. */
export class ConfigError extends Error {
  constructor(key: string, message: string);
  readonly key: string;
}

/**
 * The configuration, read key by key. A key that nothing asked for is an error once the plugin has
 * read all it knows, and so is one of another type, or one that is missing and has no `otherwise`.
 */
export class Config {
  constructor(table: Record<string, unknown>);
  text(key: string, otherwise?: string): string;
  boolean(key: string, otherwise?: boolean): boolean;
  integer(key: string, otherwise?: number): number;
  number(key: string, otherwise?: number): number;
  texts(key: string, otherwise?: string[]): string[];
  /** The table under a key; an empty one where there is none. */
  table(key: string): Config;
  /** The tables of a list, `[[seasons]]` in TOML. */
  tables(key: string): Config[];
  /** For a table whose keys are the operator's own: what `read` makes of each. */
  each<T>(read: (config: Config, key: string) => T): Record<string, T>;
  /** An error about a key of this table, to be thrown. */
  error(key: string, message: string): ConfigError;
  /** Refuses what nothing asked for. The SDK calls it when the plugin is ready. */
  finish(): void;
}

/** A value just proposed, to be narrowed. */
export interface Proposal {
  /** Holds for this locale only. */
  locale(locale: string): this;
  /** Holds for this channel only. */
  channel(channel: string): this;
  /** Holds from `start` (included) to `end` (excluded): local dates, or dates and minutes. */
  window(start?: string, end?: string): this;
  /** Holds from `start` on. */
  from(start: string): this;
  /** Holds until `end`, excluded. */
  until(end: string): this;
}

/** A diagnostic just made, to be placed. */
export interface Remark {
  /** Concerns this attribute. */
  attribute(attribute: string): this;
  /** Concerns this locale. */
  locale(locale: string): this;
}

/** What a plugin proposes for one product. */
export class Patch {
  text(attribute: string, text: string): Proposal;
  /** HTML with the tags p, br, ul, ol, li, strong, em, b, i, h3 and h4, without attributes. */
  richText(attribute: string, html: string): Proposal;
  boolean(attribute: string, value: boolean): Proposal;
  /** A whole number. */
  integer(attribute: string, integer: number | bigint): Proposal;
  /** A decimal in text, `4.33`; a number is written out. */
  decimal(attribute: string, decimal: string | number): Proposal;
  /** An ISO 8601 date, `2026-12-24`. */
  date(attribute: string, date: string): Proposal;
  /** Option codes, in order. */
  options(attribute: string, codes: Iterable<string>): Proposal;
  measurement(attribute: string, amount: string | number, unit: string): Proposal;
  /** An amount of a currency (ISO 4217). */
  money(attribute: string, amount: string | number, currency: string): Proposal;
  /** Rows of text under named columns; every row has a cell for each column. */
  table(attribute: string, columns: string[], rows: Iterable<Iterable<unknown>>): Proposal;
  /** Good to know about the product. */
  info(code: string, message: string): Remark;
  /** A person should look at it. */
  warning(code: string, message: string): Remark;
  /** Wrong; a person has to put it right. */
  error(code: string, message: string): Remark;
  /** As the contract has it. */
  readonly raw: { values: Value[]; diagnostics: object[] };
}

/**
 * A product: what `reads` names of it, and nothing else. The readers take the plain value of an
 * attribute, the one for every channel and all times; others are in `valuesOf`.
 */
export class Product {
  /** A product for a test, of attributes as `products.json` has them. */
  static of(attributes: Record<string, unknown>, facets?: object): Product;
  /** The SKU, where `reads` names `sku`. */
  readonly sku: string | undefined;
  readonly reviews: Review[];
  readonly stock: Stock[];
  readonly prices: Price[];
  readonly associations: Association[];
  readonly images: Image[];
  /** Every value of an attribute: all locales, channels and windows. */
  valuesOf(attribute: string): Value[];
  /** The text in exactly this locale; without one, the text that has no locale. */
  text(attribute: string, locale?: string): string | undefined;
  /** The text in this locale, or the one without a locale, which serves every locale. */
  textFor(attribute: string, locale: string): string | undefined;
  /** An attribute's texts as `[locale, text]`. */
  texts(attribute: string): [string | undefined, string][];
  /** Option codes, in order; empty where there are none. */
  options(attribute: string): string[];
  boolean(attribute: string): boolean | undefined;
  /** A whole number. */
  integer(attribute: string): number | undefined;
  /** A decimal in text. */
  decimal(attribute: string): string | undefined;
  /** An ISO 8601 date. */
  date(attribute: string): string | undefined;
  measurement(attribute: string): Measurement | undefined;
  money(attribute: string): Money | undefined;
  table(attribute: string): Table | undefined;
}

/** The language of a tag: `fi` of `fi-FI`. */
export function language(tag: string): string;

/** The component's exports. */
export interface Exports {
  describe(): object;
  configure(json: string): void;
  enrich(context: Context, products: unknown[]): ({ tag: 'ok'; val: Patch['raw'] } | { tag: 'err'; val: string })[];
}

/**
 * `prepare` makes of the configuration what `enrich` needs, once for each instance; `enrich` gives
 * the patch for one product. An exception is the failure of that product: its last good patch stays
 * in use.
 */
export function plugin<P>(definition: {
  manifest: Manifest;
  prepare?: (config: Config) => P;
  enrich: (product: Product, context: Context, prepared: P) => Patch;
}): Exports;
