// What the pages pass around, for `tsc`: the answers of the interface as openapi.json describes them, and the
// shapes that the pages make of them. Nothing of this file is served.

declare namespace Rikaste {
  // The interface

  /** An amount and its currency: `89.90 EUR`. */
  type Money = string;
  type Locale = string;
  type Sku = string;

  interface Channel {
    code: string;
    label: string;
    shop?: string;
    locales: Locale[];
    currency?: string;
    price_list?: { code: string; label: string };
    locations: Location[];
  }

  /** What documents of a channel are made of, as the shop names it. */
  interface Model {
    attributes: Named[];
    associations: Named[];
  }
  interface Named {
    code: string;
    labels?: Record<Locale, string>;
  }

  /** `/v1/channels/{c}/vocabulary` */
  interface Vocabulary {
    /** Attributes whose texts are searched. */
    attributes: string[];
    languages: Record<string, LanguageWords>;
  }
  interface LanguageWords {
    words: Record<string, string[]>;
    parts: Record<string, string[]>;
    endings: Record<string, string[]>;
    stop_words: string[];
  }

  interface Location {
    code: string;
    label: string;
    kind?: 'store' | 'warehouse';
  }

  interface Release {
    release: number;
    root?: string;
    channels?: Record<string, { root: string; products: number; locales?: Record<Locale, CompletenessCounts> }>;
  }

  /** What a channel shows of a product. A test of host/http compares its members with the description. */
  interface Document extends Texts {
    id: Sku;
    item_group_id?: Sku;
    gtin?: string;
    family?: string;
    brand?: string;
    categories?: { code: string; path?: string[] }[];
    image_link?: string;
    additional_image_link?: string[];
    images?: DocumentImage[];
    videos?: DocumentAttachment[];
    documents?: DocumentAttachment[];
    price?: Money;
    sale_price?: Money;
    /** From and until, as ISO 8601 with a slash between. */
    sale_price_effective_date?: string;
    lowest_price_30_days?: Money;
    availability?: 'in_stock' | 'out_of_stock';
    stock?: Record<string, number>;
    associations?: Record<string, Link[]>;
    localized?: Record<Locale, Texts>;
    content_language?: Locale;
  }

  /** A document with the texts of one locale. */
  type View = Omit<Document, 'localized'>;

  interface Texts {
    title?: string;
    description?: string;
    attributes?: Attributes;
    labels?: Labels;
    fallback?: Record<string, Locale>;
  }

  interface Labels {
    family?: string;
    categories?: string[];
    [attribute: string]: string | string[] | undefined;
  }

  interface Attributes {
    badge?: string;
    care?: string;
    care_partial?: boolean;
    care_text?: string;
    material?: string;
    review_average?: string | number;
    review_count?: string | number;
    review_distribution?: { rating: string | number; count: string | number }[];
    review_excerpts?: ExcerptRow[];
    image_alt?: AltRow[];
    [code: string]: Value | undefined;
  }

  /** Options are lists of codes, decimals are text, tables are lists of rows. */
  type Value = Scalar | Measured | string[] | Row[];
  type Scalar = string | number | boolean | null;
  interface Row {
    [column: string]: Scalar | undefined;
  }
  interface Measured {
    amount?: string | number;
    unit?: string;
    currency?: string;
  }
  interface ExcerptRow extends Row {
    rating: string | number;
    title?: string;
    text: string;
    author?: string;
    date?: string;
    verified?: string | boolean;
  }
  interface AltRow extends Row {
    file_name?: string;
    alt: string;
    made_by?: string;
  }

  interface Link {
    id: Sku;
    quantity: number;
  }

  interface DocumentImage {
    link: string;
    file_name?: string;
    srcset?: { link: string; width: number }[];
    color?: string;
    width?: number;
    height?: number;
  }

  interface DocumentAttachment {
    link: string;
    file_name: string;
    size: number;
  }

  interface Facet {
    value: string;
    label: string;
    count: number;
  }
  type Facets = Record<string, Facet[]>;

  /** The answer to a search. */
  interface Found {
    release?: number;
    total: number;
    products: Document[];
    facets: Facets;
    facet_labels?: Record<string, string>;
    price_range?: { min: string; max: string };
    /** How well the words were found: all of them, words like them, or some of them. */
    matched?: 'every' | 'similar' | 'some';
    took_us?: number;
  }

  interface Snapshot {
    release: number;
    documents: Document[];
  }

  /** What changed since a release. */
  interface Change {
    release: number;
    upserts: Document[];
    deletes: Sku[];
  }

  interface Problem {
    title?: string;
    detail?: string;
  }

  interface Receipt {
    id: number;
    file: string;
    at: string;
    outcome: 'released' | 'unchanged' | 'held' | 'refused' | 'rejected';
    release?: number;
    undone?: number;
    local_summary: string;
    rows: { new: number; changed: number; unchanged: number; rejected: number };
  }

  type FileKind = 'products' | 'prices' | 'stock' | 'reviews' | 'edits';

  /** `/v1/dry-runs` */
  interface DropPreview {
    receipt: Omit<Receipt, 'id'> & {
      read_as?: string;
      products: { touched: number; gone: number };
      messages: Diagnostic[];
      more_messages?: number;
    };
    reading?: { rows: number; skipped: number; columns: ReadColumn[] };
    in_inbox?: 'same' | 'other';
    changes: ProductDiff[];
    has_more_changes: boolean;
  }
  interface ReadColumn {
    name: string;
    to?: string;
    filled: number;
    example?: string;
  }

  /** What is to be undone: one of both. */
  interface UndoTarget {
    drop?: number;
    release?: number;
  }

  /** `/v1/releases/{release}/rollback`, `/v1/receipts/{id}/undo` */
  interface UndoPreview {
    release: number;
    to?: number;
    undone?: UndoneDrop;
    refusal?: UndoRefusal;
    products: number;
    kept: number;
    channels: { channel: string; label: string; changed: number; added: number; removed: number }[];
    along: UndoneDrop[];
    more_along: number;
    photo_drops: number;
  }
  interface UndoneDrop {
    id: number;
    file: string;
    at: string;
    release?: number;
  }
  interface UndoRefusal {
    reason: string;
    local_reason: string;
    roll_back_to?: number;
  }

  /** One of `/v1/releases` */
  interface ReleaseInfo {
    release: number;
    effective_at?: string;
    channels: Record<string, { root: string; products: number }>;
    cause?: ReleaseCause;
  }
  type ReleaseCause =
    | { kind: 'drop'; drop: number; file: string }
    | { kind: 'undo'; drop: number; file: string }
    | { kind: 'rollback'; to: number }
    | { kind: 'window' }
    | { kind: 'configuration' };

  /** `/v1/channels/{channel}/gaps` */
  interface GapReport {
    channel: string;
    products: ProductGaps[];
    next?: number;
  }
  interface ProductGaps {
    sku: Sku;
    name?: string;
    withheld: boolean;
    locales: { locale: Locale; missing: GapAttribute[]; fallback: GapAttribute[] }[];
  }
  interface GapAttribute {
    attribute: string;
    label: string;
    localizable: boolean;
    shown?: Locale;
  }
  interface CompletenessCounts {
    complete: number;
    fallback: number;
    incomplete: number;
  }

  /** `/v1/releases/{release}/changes` */
  interface ReleaseDiff {
    since: number;
    release: number;
    products: ProductDiff[];
    next?: number;
  }
  interface ProductDiff {
    sku: Sku;
    name?: string;
    change: 'added' | 'removed' | 'changed';
    values: ValueDiff[];
    more_values: number;
  }
  interface ValueDiff {
    kind: 'value' | 'price' | 'stock' | 'links' | 'photos' | 'reviews' | 'model';
    code: string;
    label: string;
    locale?: Locale;
    channel?: string;
    window?: { from?: string; until?: string };
    old?: string;
    new?: string;
    origin?: Origin;
  }

  /** `/v1/session` */
  interface Session {
    open: boolean;
    name?: string;
    scopes: string[];
  }

  interface Plugins {
    plugins: {
      name: string;
      version: string;
      description: string;
      writes: { attribute: string }[];
      stale: number;
      did: { products: number; memo_hits: number; microseconds: number };
    }[];
    left_out: string[];
  }

  /** Why a product is what it is. */
  interface Explanation {
    missing_model?: { sku: string; text: string; origin?: Origin };
    values?: ExplainedValue[];
    prices?: { list: string; inherited: boolean; prices: (Explained & { price: Money })[] }[];
    channels?: { channel: string; shown: boolean }[];
    stock?: (Explained & { location: string; label?: string; quantity: number })[];
    diagnostics?: Diagnostic[];
  }
  interface Explained {
    origin?: Origin;
    window?: { from?: string; until?: string };
    inherited?: boolean;
    stale?: boolean;
  }
  interface ExplainedValue extends Explained {
    attribute: string;
    layer?: 'source' | 'plugin' | 'edit';
    locale?: Locale;
    type: string;
    data?: Value;
    wins: boolean;
    shown?: { channel: string; locale?: Locale }[];
  }
  interface Origin {
    kind?: 'file' | 'plugin' | 'edit';
    text?: string;
    drop?: number;
    file?: string;
    row?: number;
    column?: string;
    at?: string;
    by?: string;
    plugin?: string;
    version?: string;
    inputs?: string[];
    failure?: string;
  }
  interface Diagnostic {
    severity: 'info' | 'warning' | 'error';
    message: string;
    local_message?: string;
    locale?: Locale;
    row?: number;
    column?: string;
    value?: string;
    sku?: Sku;
  }

  /** The answer of `/v1/photos`. */
  interface PhotoReport {
    total: number;
    photos: Photo[];
    next?: string;
  }
  interface Photo {
    file_name: string;
    kind: 'photo' | 'video' | 'document';
    state: 'shown' | 'orphan' | 'refused' | 'undeveloped';
    size: number;
    link?: string;
    preview?: { link: string; width: number; height: number };
    facts?: PhotoFacts;
    products: PhotoProduct[];
    more_products?: number;
    remarks: Diagnostic[];
  }
  interface PhotoFacts {
    media_type: string;
    width: number;
    height: number;
    content: 'photo' | 'graphic' | 'blank';
    white_background: boolean;
    transparent: boolean;
    sharpness: number;
    colors: { color: string; share: number }[];
    frames?: number;
    profile?: string;
  }
  interface PhotoProduct {
    sku: Sku;
    name?: string;
    model?: boolean;
    role?: 'main' | 'detail' | 'swatch' | 'care-label' | 'video' | 'document';
    order?: number;
    alt?: { alt: string; made_by?: 'shop' | 'machine' };
    channels: string[];
  }

  // What the pages make of it

  /** What a customer is told of a price. */
  interface Price {
    now: Money;
    regular?: Money;
    lowest?: Money;
    percent?: number | null;
    until?: string;
    from?: boolean;
  }

  interface Picture {
    link: string;
    /** The rendition for a tile of a list. */
    small?: string;
    alt: string;
    lang?: string;
    srcset?: string;
    color?: string;
    width?: number;
    height?: number;
  }

  interface Option {
    code: string;
    label: string;
  }

  interface Group<T> {
    id: string;
    variants: T[];
  }

  interface Excerpt {
    rating: number;
    title?: string;
    text: string;
    author?: string;
    date?: string;
    verified: boolean;
  }

  interface Rating {
    average: number;
    count: number;
  }

  type Parameters = Record<string, string | number | boolean | null | undefined>;

  /** Where the shop's products come from. */
  interface Catalogue {
    moment(): number;
    search(parameters: Parameters, signal?: AbortSignal): Promise<Found>;
    product(sku: Sku, signal?: AbortSignal): Promise<View | null>;
    variants(view: View, signal?: AbortSignal): Promise<View[]>;
    explain(sku: Sku): Promise<Explanation>;
  }

  type Words = import('../../host/http/pages/words.js').Words;

  /** What the shop's parts know: the channel, and what the address asks for. */
  interface Shop {
    channel: Channel;
    model: Model | null;
    key: string;
    locale: Locale;
    asOf?: string;
    t: Words;
    release: number | null;
  }

  /** Changes to the address; `undefined` takes a part away. */
  type Changes = Record<string, string | null | undefined>;
  type Go = (changes: Changes, options?: { replace?: boolean }) => void;
  type Follows = (changes: Changes) => { href: string; onclick: (event: MouseEvent) => void };

  interface PageParts {
    shop: Shop;
    follows: Follows;
    go: Go;
  }

  /** A page of the shop: the list, or a product. */
  interface Page {
    show(now: Record<string, string>, how: Showing): Promise<void>;
    isEmpty(): boolean;
    showInstead(element: HTMLElement): void;
  }
  interface Showing {
    catalogue: Catalogue;
    signal: AbortSignal;
    quietly?: boolean;
    moved?: boolean;
  }

  /** The channel that a device shows; without one, why there is none and which channels there are. */
  interface ChannelChoice {
    channel?: Channel;
    channels: Channel[];
    session?: Session;
    asked?: string | null;
  }

  /** What a screen showed last. */
  interface ScreenState {
    channel: Channel;
    model: Model | null;
    release: number;
    receivedAt: number;
    turns: Turn[];
  }

  /** A product whose turn it is on the screen. */
  interface Turn {
    view: View;
    variants: View[];
    care?: View | null;
  }

  /** What the seller's device knows. */
  interface Device {
    /** The channel's; empty while none is known. */
    code: string;
    store: SellerStore | null;
    channel: Channel | null;
    /** Why there is no channel, where there is none. */
    choice: ChannelChoice | null;
    locale: Locale;
    t: Words;
    place: string | null;
    reachable: boolean;
    syncing: boolean;
    wanted: number | null;
    problem: string | null;
    /** How many of the main photos are on the device. */
    photos: { kept: number; all: number } | null;
  }

  /** The documents of one release. */
  interface Shelf {
    release: number;
    receivedAt: number;
    documents: Document[];
    size: number;
    product(sku: Sku): Document | null;
    byGtin(gtin: string): Document[];
    variants(document: Document): Document[];
    find(query: string): Document[];
    /** Whether some document has every word of this one. */
    hasWordsOf(document: Document): boolean;
  }

  interface SellerProfile {
    channel: Channel;
    model: Model | null;
  }

  interface SellerStore {
    current(): Shelf | null;
    profile(): SellerProfile | null;
    /** Whether the release in use is on the disk, to be there tomorrow. */
    isKept(): boolean;
    keepProfile(found: SellerProfile): Promise<void>;
    sync(release: number): Promise<void>;
  }

  /** The browser's reader of barcodes (Shape Detection API), where it has one. */
  interface BarcodeDetectorClass {
    new (options: { formats: string[] }): BarcodeDetector;
    getSupportedFormats(): Promise<string[]>;
  }
  interface BarcodeDetector {
    detect(source: HTMLVideoElement): Promise<{ rawValue: string; format: string }[]>;
  }

  // Elements

  type Child = Node | string | number | boolean | null | undefined | Child[];

  interface Properties {
    onclick?: (event: MouseEvent) => void;
    onchange?: (event: Event) => void;
    ontoggle?: (event: Event) => void;
    onload?: (event: Event) => void;
    onerror?: (event: Event) => void;
    [attribute: string]: string | number | boolean | null | undefined | ((event: never) => void);
  }

  /** The elements of the pages' HTML that are more than any element. */
  interface Elements {
    language: HTMLSelectElement;
    q: HTMLInputElement;
    search: HTMLFormElement;
    sort: HTMLSelectElement;
    day: HTMLInputElement;
    preview: HTMLFormElement;
    filter: HTMLDetailsElement;
    more: HTMLButtonElement;
    find: HTMLInputElement;
    token: HTMLInputElement;
    store: HTMLSelectElement;
    channel: HTMLSelectElement;
    locale: HTMLSelectElement;
    missing: HTMLInputElement;
    kind: HTMLSelectElement;
    file: HTMLInputElement;
    try: HTMLButtonElement;
    camera: HTMLDialogElement;
    scan: HTMLButtonElement;
  }
}
