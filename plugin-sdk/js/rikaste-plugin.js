// The JavaScript side of a Rikaste plugin: one module without dependencies.
//
// A plugin is a pure function from a product to a patch. It sees what its manifest reads, proposes
// values for what its manifest writes, and has no clock, network, files or randomness. So it never
// asks what day it is: a text for a season is proposed with a window. What it does not understand
// it says with a diagnostic; it does not guess.
//
// Everything here runs in Node as it runs in the sandbox, so that plugins have ordinary tests.
// Types are in rikaste-plugin.d.ts.

/** An attribute that a plugin writes: `Attribute.text('badge').localizable()`. */
export class Attribute {
  constructor(code, dataType) {
    this.raw = { code, dataType, localizable: false, scopable: false };
  }

  static text(code) { return new Attribute(code, 'text'); }
  static richText(code) { return new Attribute(code, 'rich-text'); }
  static boolean(code) { return new Attribute(code, 'boolean'); }
  static integer(code) { return new Attribute(code, 'integer'); }
  static decimal(code) { return new Attribute(code, 'decimal'); }
  static date(code) { return new Attribute(code, 'date'); }
  static options(code) { return new Attribute(code, 'options'); }
  static measurement(code) { return new Attribute(code, 'measurement'); }
  static money(code) { return new Attribute(code, 'money'); }
  static assets(code) { return new Attribute(code, 'assets'); }
  static table(code) { return new Attribute(code, 'table'); }

  /** May differ by locale. */
  localizable() { this.raw.localizable = true; return this; }

  /** May differ by channel. */
  scopable() { this.raw.scopable = true; return this; }
}

/** What a plugin is, put together in one expression. */
export class Manifest {
  /** A lower-case hyphenated name, a semantic version, one sentence for the operator. */
  constructor(name, version, description) {
    this.raw = {
      name, version, description, reads: [], writes: [],
      configSchema: '{"type":"object","additionalProperties":false}',
    };
  }

  /** Attributes, or the facets `reviews`, `stock`, `prices`, `associations`, `images`. */
  reads(...names) { this.raw.reads.push(...names); return this; }

  /** Attributes that the plugin proposes values for. */
  writes(...attributes) {
    this.raw.writes.push(...attributes.map((attribute) => attribute.raw));
    return this;
  }

  /** The JSON Schema of the configuration. Without it: no keys. */
  configSchema(schema) { this.raw.configSchema = JSON.stringify(schema); return this; }
}

/** A configuration that cannot be used: which key, and what it should be. */
export class ConfigError extends Error {
  constructor(key, message) {
    super(key ? `\`${key}\`: ${message}` : message);
    this.name = 'ConfigError';
    this.key = key;
  }
}

/**
 * The configuration, read key by key. A key that nothing asked for is an error once the plugin has
 * read all it knows, and so is one of another type.
 */
export class Config {
  #table;
  #path;
  #asked = new Map();

  constructor(table, path = '') {
    this.#table = table;
    this.#path = path;
  }

  text(key, otherwise) { return this.#read(key, otherwise, 'a text', (v) => typeof v === 'string'); }
  boolean(key, otherwise) { return this.#read(key, otherwise, 'true or false', (v) => typeof v === 'boolean'); }
  integer(key, otherwise) { return this.#read(key, otherwise, 'a whole number', Number.isSafeInteger); }
  number(key, otherwise) { return this.#read(key, otherwise, 'a number', Number.isFinite); }

  texts(key, otherwise) {
    return this.#read(key, otherwise, 'a list of texts',
      (v) => Array.isArray(v) && v.every((text) => typeof text === 'string'));
  }

  /** The table under a key; an empty one where there is none. */
  table(key) {
    const table = this.#read(key, {}, 'a table', isTable);
    const config = new Config(table, this.#pathOf(key));
    this.#asked.set(key, config);
    return config;
  }

  /** The tables of a list, `[[seasons]]` in TOML. */
  tables(key) {
    const list = this.#read(key, [], 'a list of tables', (v) => Array.isArray(v) && v.every(isTable));
    const configs = list.map((table, index) => new Config(table, `${this.#pathOf(key)}[${index}]`));
    this.#asked.set(key, configs);
    return configs;
  }

  /** For a table whose keys are the operator's own: what `read(config, key)` makes of each. */
  each(read) {
    return Object.fromEntries(Object.keys(this.#table).map((key) => [key, read(this, key)]));
  }

  /** An error about a key of this table. */
  error(key, message) { return new ConfigError(this.#pathOf(key), message); }

  /** Refuses what nothing asked for. The SDK calls it when the plugin is ready. */
  finish() {
    for (const key of Object.keys(this.#table)) {
      if (!this.#asked.has(key)) {
        const known = [...this.#asked.keys()].join(', ') || 'none';
        throw this.error(key, `there is no such key; there are: ${known}`);
      }
    }
    for (const inner of [...this.#asked.values()].flat()) inner?.finish();
  }

  #read(key, otherwise, what, is) {
    this.#asked.set(key, undefined);
    if (!Object.hasOwn(this.#table, key)) {
      if (otherwise === undefined) throw this.error(key, `it is missing; write ${what}`);
      return otherwise;
    }
    const value = this.#table[key];
    if (!is(value)) throw this.error(key, `${JSON.stringify(value)} is not ${what}`);
    return value;
  }

  #pathOf(key) { return this.#path ? `${this.#path}.${key}` : key; }
}

function isTable(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value just proposed, to be narrowed. */
class Proposal {
  constructor(value) { this._value = value; }

  /** Holds for this locale only. */
  locale(locale) { this._value.locale = locale; return this; }

  /** Holds for this channel only. */
  channel(channel) { this._value.channel = channel; return this; }

  /** Holds from `start` (included) to `end` (excluded): local dates, or dates and minutes. */
  window(start, end) { this._value.window = { start, end }; return this; }

  /** Holds from `start` on. */
  from(start) { return this.window(start, this._value.window?.end); }

  /** Holds until `end`, excluded. */
  until(end) { return this.window(this._value.window?.start, end); }
}

/** A diagnostic just made, to be placed. */
class Remark {
  constructor(diagnostic) { this._diagnostic = diagnostic; }

  /** Concerns this attribute. */
  attribute(attribute) { this._diagnostic.attribute = attribute; return this; }

  /** Concerns this locale. */
  locale(locale) { this._diagnostic.locale = locale; return this; }
}

/** What a plugin proposes for one product. */
export class Patch {
  constructor() { this.raw = { values: [], diagnostics: [] }; }

  text(attribute, text) { return this._set(attribute, 'text', String(text)); }
  richText(attribute, html) { return this._set(attribute, 'rich-text', String(html)); }
  boolean(attribute, value) { return this._set(attribute, 'boolean', Boolean(value)); }

  /** A whole number. */
  integer(attribute, integer) { return this._set(attribute, 'integer', BigInt(integer)); }

  /** A decimal in text, `4.33`; a number is written out. */
  decimal(attribute, decimal) { return this._set(attribute, 'decimal', decimalText(decimal)); }

  /** An ISO 8601 date, `2026-12-24`. */
  date(attribute, date) { return this._set(attribute, 'date', String(date)); }

  /** Option codes, in order. */
  options(attribute, codes) { return this._set(attribute, 'options', Array.from(codes, String)); }

  measurement(attribute, amount, unit) {
    return this._set(attribute, 'measurement', { amount: decimalText(amount), unit });
  }

  /** An amount of a currency (ISO 4217). */
  money(attribute, amount, currency) {
    return this._set(attribute, 'money', { amount: decimalText(amount), currency });
  }

  /** Rows of text under named columns; every row has a cell for each column. */
  table(attribute, columns, rows) {
    const cells = Array.from(rows, (row) => Array.from(row, String));
    if (cells.some((row) => row.length !== columns.length)) {
      throw new RangeError(`a row of ${attribute} has not one cell for each column`);
    }
    return this._set(attribute, 'table', { columns: Array.from(columns, String), rows: cells });
  }

  /** Good to know about the product. */
  info(code, message) { return this._remark('info', code, message); }

  /** A person should look at it. */
  warning(code, message) { return this._remark('warning', code, message); }

  /** Wrong; a person has to put it right. */
  error(code, message) { return this._remark('error', code, message); }

  _set(attribute, tag, val) {
    const value = { attribute, locale: undefined, channel: undefined, window: undefined, data: { tag, val } };
    this.raw.values.push(value);
    return new Proposal(value);
  }

  _remark(severity, code, message) {
    const diagnostic = { severity, code, message, attribute: undefined, locale: undefined };
    this.raw.diagnostics.push(diagnostic);
    return new Remark(diagnostic);
  }
}

/**
 * A product: what `reads` names of it, and nothing else. The readers take the plain value of an
 * attribute, the one for every channel and all times; others are in `valuesOf`.
 */
export class Product {
  // Readers are called often, and a call or a closure costs thousands of steps inside WebAssembly, where
  // the engine interprets: so these are plain loops over plain fields.
  constructor(raw) { this._raw = raw; }

  /**
   * A product for a test, of attributes as `products.json` has them:
   * `Product.of({ name: { 'en-GB': 'Jacket' }, color: ['sand'] })`.
   */
  static of(attributes, facets = {}) {
    const values = Object.entries(attributes).flatMap(([attribute, given]) =>
      spread(given).map(([locale, one]) => ({ attribute, locale, data: dataOf(one) })));
    return new Product({
      values, reviews: [], stock: [], prices: [], associations: [], images: [], ...facets,
    });
  }

  /** Every value of an attribute: all locales, channels and windows. */
  valuesOf(attribute) { return this._raw.values.filter((value) => value.attribute === attribute); }

  /** The text in exactly this locale; without one, the text that has no locale. */
  text(attribute, locale) {
    const values = this._raw.values;
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (value.attribute === attribute && (locale === undefined ? value.locale == null : value.locale === locale)
        && value.channel == null && value.window == null && isText(value)) {
        return value.data.val;
      }
    }
    return undefined;
  }

  /** The text in this locale, or the one without a locale, which serves every locale. */
  textFor(attribute, locale) {
    const values = this._raw.values;
    let otherwise;
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (value.attribute !== attribute || value.channel != null || value.window != null) continue;
      if (value.locale === locale && isText(value)) return value.data.val;
      if (otherwise === undefined && value.locale == null && isText(value)) otherwise = value.data.val;
    }
    return otherwise;
  }

  /** An attribute's texts as `[locale, text]`. */
  texts(attribute) {
    const texts = [];
    const values = this._raw.values;
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (value.attribute === attribute && value.channel == null && value.window == null && isText(value)) {
        texts.push([value.locale ?? undefined, value.data.val]);
      }
    }
    return texts;
  }

  /** Option codes, in order; empty where there are none. */
  options(attribute) { return this._data(attribute, 'options') ?? []; }

  boolean(attribute) { return this._data(attribute, 'boolean'); }

  /** A whole number. */
  integer(attribute) {
    const integer = this._data(attribute, 'integer');
    return integer === undefined ? undefined : Number(integer);
  }

  /** A decimal in text. */
  decimal(attribute) { return this._data(attribute, 'decimal'); }

  /** An ISO 8601 date. */
  date(attribute) { return this._data(attribute, 'date'); }

  /** `{ amount, unit }`. */
  measurement(attribute) { return this._data(attribute, 'measurement'); }

  /** `{ amount, currency }`. */
  money(attribute) { return this._data(attribute, 'money'); }

  /** `{ columns, rows }`. */
  table(attribute) { return this._data(attribute, 'table'); }

  /** The SKU, where `reads` names `sku`. */
  get sku() { return this.text('sku'); }

  get reviews() { return this._raw.reviews; }
  get prices() { return this._raw.prices; }
  get associations() { return this._raw.associations; }

  get stock() {
    return this._raw.stock.map(({ location, quantity }) => ({ location, quantity: Number(quantity) }));
  }

  get images() { return this._raw.images.map((image) => ({ ...image, size: Number(image.size) })); }

  _data(attribute, tag) {
    const values = this._raw.values;
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      if (value.attribute === attribute && value.data.tag === tag && value.channel == null && value.window == null) {
        return value.data.val;
      }
    }
    return undefined;
  }
}

function isText(value) { return value.data.tag === 'text' || value.data.tag === 'rich-text'; }

/** `[locale, data]` of an attribute as a test writes it. */
function spread(given) {
  const byLocale = isTable(given) && Object.keys(given).every((key) => /^[a-z]{2,3}(-\w+)*$/.test(key))
    && !('amount' in given) && !('columns' in given);
  return byLocale ? Object.entries(given) : [[undefined, given]];
}

function dataOf(given) {
  switch (typeof given) {
    case 'string': return { tag: 'text', val: given };
    case 'boolean': return { tag: 'boolean', val: given };
    case 'bigint': return { tag: 'integer', val: given };
    case 'number': return Number.isInteger(given)
      ? { tag: 'integer', val: BigInt(given) } : { tag: 'decimal', val: String(given) };
  }
  if (Array.isArray(given)) return { tag: 'options', val: given };
  if ('currency' in given) return { tag: 'money', val: given };
  if ('unit' in given) return { tag: 'measurement', val: given };
  if ('columns' in given) return { tag: 'table', val: given };
  throw new TypeError(`${JSON.stringify(given)} is no value of an attribute`);
}

/** The text of a decimal, checked. */
function decimalText(decimal) {
  const text = String(decimal);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`${text} is not a plain decimal such as -12.50`);
  return text;
}

/** The language of a tag: `fi` of `fi-FI`. */
export function language(tag) { return tag.split(/[-_]/, 1)[0]; }

/**
 * The component's exports. `prepare` makes of the configuration what `enrich` needs, once for each
 * instance; `enrich` gives the patch for one product. An exception is the failure of that product:
 * its last good patch stays in use.
 *
 *     export const { describe, configure, enrich } = plugin({ manifest, prepare, enrich });
 */
export function plugin({ manifest, prepare = () => undefined, enrich }) {
  let prepared;
  const outcome = (context, raw) => {
    try {
      const product = raw instanceof Product ? raw : new Product(raw);
      return { tag: 'ok', val: enrich(product, context, prepared).raw };
    } catch (error) {
      return { tag: 'err', val: described(error) };
    }
  };
  return {
    describe: () => manifest.raw,
    configure(json) {
      try {
        const config = new Config(JSON.parse(json));
        prepared = prepare(config);
        config.finish();
      } catch (error) {
        // The contract's error is a text.
        throw error instanceof ConfigError ? error.message : described(error);
      }
    },
    enrich: (context, products) => products.map((raw) => outcome(context, raw)),
  };
}

/** An exception with the place it came from, which is the first of its stack. */
function described(error) {
  if (!(error instanceof Error)) return String(error);
  const at = error.stack?.split('\n').find((line) => /:\d+:\d+/.test(line))?.trim().replace(/^at /, '');
  return at ? `${error.name}: ${error.message} (at ${at})` : `${error.name}: ${error.message}`;
}
