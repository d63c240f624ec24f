//! How a shop's products are laid out in the index: its fields, and what goes into each.
//!
//! | field | holds | used for |
//! |---|---|---|
//! | `product` | the number in the store | answering, ties |
//! | `fingerprint` | the document's hash | comparing with the store |
//! | `key` | number, SKU, GTIN, channels, channels in stock | replacing, exact search, filters |
//! | `facet` | category, family, brand, options | filters and counts |
//! | `price_n` | the price in channel n | filter and order |
//! | `title_n`, `text_n` | words of locale n | text search |
//! | `name_n` | the name in chain n of locales, as it is sorted | order |
//!
//! Each field with terms has a dictionary of its own, whose builder begins with a table of 20,000
//! cells, however few terms follow: much of what a release of one product costs. So all that is
//! looked up whole is in one field, distinguished by its first letter.
//!
//! Nothing is stored beside the columns: an answer is a row of product numbers. Positions are
//! left out: no query asks for phrases.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use smol_str::{SmolStr, format_smolstr};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{TantivyDocument, Term};

use super::analysis::{TermAnalyzer, TermSelection};
use super::error::SearchError;
use super::language::SearchLanguage;
use super::query::FacetName;
use rikaste_model::code::{AttributeCode, ChannelCode};
use rikaste_model::locale::Locale;
use rikaste_model::projection::SearchDocument;
use rikaste_model::shop::Shop;

/// To be raised whenever the analysis of words or the meaning of a field changes: an index made
/// by other rules is made anew.
const VERSION: u32 = 2;

/// The longest value of a facet in bytes; what is longer is cut, here and in filters alike.
const FACET_LIMIT: usize = 256;

/// Parts the name of a facet from its value.
const SEPARATOR: char = '\u{1f}';

/// The fields of the index, and what a shop's channels and locales are in it.
pub(super) struct IndexLayout {
    pub(super) schema: Schema,
    /// A hash of the rules and of the shop's locales and channels.
    pub(super) fingerprint: SmolStr,
    product: Field,
    fingerprint_field: Field,
    key: Field,
    facet: Field,
    locales: BTreeMap<Locale, LocaleFields>,
    /// Where names are, by the locales that are asked for one in turn.
    names: BTreeMap<Vec<Locale>, NameColumn>,
    channels: BTreeMap<ChannelCode, ChannelLayout>,
}

/// Where names are, as they are sorted.
#[derive(Clone)]
struct NameColumn {
    field: Field,
    name: SmolStr,
    /// Whose alphabet.
    language: SearchLanguage,
}

/// Where a locale's words are.
#[derive(Clone, Copy)]
pub(super) struct LocaleFields {
    pub(super) language: SearchLanguage,
    pub(super) title: Field,
    pub(super) text: Field,
}

/// Where a channel's values are, and whose words it searches.
pub(super) struct ChannelLayout {
    price: Field,
    pub(super) price_name: SmolStr,
    /// Each locale of the channel, its own first.
    chains: Vec<ChainLayout>,
    /// The fields of all locales it has.
    all: Vec<LocaleFields>,
}

/// A locale of a channel and its fallbacks.
struct ChainLayout {
    locale: Locale,
    /// Whose words are searched.
    fields: Vec<LocaleFields>,
    name_column: SmolStr,
}

impl IndexLayout {
    pub(super) fn from_shop(shop: &Shop) -> Self {
        let mut schema = Schema::builder();
        let number = NumericOptions::default();
        let product = schema.add_u64_field("product", number.clone().set_fast());
        let fingerprint_field = schema.add_u64_field("fingerprint", number.set_fast());
        let key = schema.add_text_field("key", build_text_options(RAW, IndexRecordOption::Basic));
        let facet = schema.add_text_field(
            "facet",
            build_text_options(RAW, IndexRecordOption::Basic).set_fast(RAW),
        );
        let locales = add_locale_fields(shop, &mut schema);
        let names = add_name_fields(shop, &mut schema);
        let channels = add_channel_fields(shop, &locales, &names, &mut schema);
        let fingerprint = compute_fingerprint(&locales, &names, &channels);
        Self {
            schema: schema.build(),
            fingerprint,
            product,
            fingerprint_field,
            key,
            facet,
            locales,
            names,
            channels,
        }
    }

    /// The analysis of each locale's words, by the names that the schema uses.
    pub(super) fn build_analyzers(&self) -> TokenizerManager {
        let manager = TokenizerManager::default();
        for fields in self.locales.values() {
            let name = fields.language.analysis_name();
            for (what, terms) in [(TITLE, TermSelection::Title), (TEXT, TermSelection::Text)] {
                manager
                    .register(&format!("{name}_{what}"), TermAnalyzer::new(fields.language, terms));
            }
        }
        manager
    }

    pub(super) fn find_channel(&self, code: &ChannelCode) -> Result<&ChannelLayout, SearchError> {
        self.channels.get(code).ok_or_else(|| SearchError::UnknownChannel(code.clone()))
    }

    pub(super) fn is_title_field(&self, field: Field) -> bool {
        self.locales.values().any(|fields| fields.title == field)
    }

    /// The term of a whole key, or the beginning of one.
    pub(super) fn build_key_term(&self, key: &LookupKey<'_>) -> Term {
        Term::from_field_text(self.key, &key.to_term_text())
    }

    pub(super) fn build_facet_term(&self, facet: &FacetName, value: &str) -> Term {
        Term::from_field_text(self.facet, &format_facet(facet, value))
    }

    /// What the index keeps of a product.
    pub(super) fn build_document(
        &self,
        from: &SearchDocument,
    ) -> Result<TantivyDocument, SearchError> {
        let mut to = TantivyDocument::new();
        to.add_u64(self.product, u64::from(from.product));
        to.add_u64(self.fingerprint_field, from.fingerprint());
        let mut add_key = |key: LookupKey<'_>| to.add_text(self.key, key.to_term_text());
        add_key(LookupKey::Product(from.product));
        add_key(LookupKey::Sku(&from.sku.as_str().to_lowercase()));
        if let Some(gtin) = from.gtin {
            add_key(LookupKey::Gtin(gtin.number()));
        }
        for entry in &from.channels {
            add_key(LookupKey::Channel(&entry.channel));
            if entry.in_stock {
                add_key(LookupKey::InStock(&entry.channel));
            }
        }
        for facet in format_facets(from) {
            to.add_text(self.facet, facet);
        }
        for text in &from.texts {
            let fields = self
                .locales
                .get(&text.locale)
                .ok_or_else(|| SearchError::UnknownLocale(text.locale.clone()))?;
            to.add_text(fields.title, &text.title);
            to.add_text(fields.text, &text.text);
        }
        for (chain, column) in &self.names {
            let named = |locale: &Locale| find_name(from, locale);
            if let Some(name) = chain.iter().find_map(named) {
                to.add_text(column.field, column.language.build_sort_key(name));
            }
        }
        for entry in &from.channels {
            let channel = self.find_channel(&entry.channel)?;
            if let Some(price) = entry.price {
                to.add_i64(channel.price, price);
            }
        }
        Ok(to)
    }
}

impl ChannelLayout {
    /// The fields to search, the most important first.
    pub(super) fn find_fields(
        &self,
        locale: Option<&Locale>,
    ) -> Result<&[LocaleFields], SearchError> {
        let Some(locale) = locale else { return Ok(&self.all) };
        Ok(&self.find_chain(locale)?.fields)
    }

    /// The column of names in a locale, or in the channel's first.
    pub(super) fn find_name_column(&self, locale: Option<&Locale>) -> Result<&str, SearchError> {
        match locale {
            Some(locale) => Ok(&self.find_chain(locale)?.name_column),
            None => Ok(self.chains.first().map_or("", |chain| &chain.name_column)),
        }
    }

    fn find_chain(&self, locale: &Locale) -> Result<&ChainLayout, SearchError> {
        let chain = self.chains.iter().find(|chain| chain.locale == *locale);
        chain.ok_or_else(|| SearchError::UnknownLocale(locale.clone()))
    }
}

/// A product's own name in a locale, if it has one that can be sorted.
fn find_name<'d>(document: &'d SearchDocument, locale: &Locale) -> Option<&'d str> {
    let text = document.texts.iter().find(|text| text.locale == *locale)?;
    text.title.lines().find(|line| line.contains(char::is_alphanumeric))
}

const RAW: &str = "raw";
const TITLE: &str = "title";
const TEXT: &str = "text";

fn build_text_options(analysis: &str, record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analysis)
        .set_index_option(record)
        .set_fieldnorms(record != IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

/// Numbered by the sorted locales, so that the order of the shop's list means nothing.
fn add_locale_fields(shop: &Shop, schema: &mut SchemaBuilder) -> BTreeMap<Locale, LocaleFields> {
    let mut locales: Vec<&Locale> = shop.locales.iter().collect();
    locales.sort_unstable();
    locales.dedup();
    let fields = locales.into_iter().enumerate().map(|(n, locale)| {
        let language = SearchLanguage::from_locale(locale);
        let mut add = |what: &str| {
            let options = build_text_options(
                &format!("{}_{what}", language.analysis_name()),
                IndexRecordOption::WithFreqs,
            );
            schema.add_text_field(&format!("{what}_{n}"), options)
        };
        (locale.clone(), LocaleFields { language, title: add(TITLE), text: add(TEXT) })
    });
    fields.collect()
}

/// A column for each chain of locales that a channel has: names are sorted as the channel shows them.
fn add_name_fields(shop: &Shop, schema: &mut SchemaBuilder) -> BTreeMap<Vec<Locale>, NameColumn> {
    let chains = shop.channels.iter().flat_map(|channel| &channel.locales);
    let chains: BTreeSet<&Vec<Locale>> = chains.map(|chain| &chain.chain).collect();
    let columns = chains.into_iter().enumerate().map(|(n, chain)| {
        let name = format_smolstr!("name_{n}");
        let field = schema.add_text_field(&name, TextOptions::default().set_fast(RAW));
        let language = chain.first().map_or(SearchLanguage::Plain, SearchLanguage::from_locale);
        (chain.clone(), NameColumn { field, name, language })
    });
    columns.collect()
}

fn add_channel_fields(
    shop: &Shop,
    locales: &BTreeMap<Locale, LocaleFields>,
    names: &BTreeMap<Vec<Locale>, NameColumn>,
    schema: &mut SchemaBuilder,
) -> BTreeMap<ChannelCode, ChannelLayout> {
    let mut channels: Vec<_> = shop.channels.iter().collect();
    channels.sort_unstable_by(|a, b| a.code.as_str().cmp(b.code.as_str()));
    let layouts = channels.into_iter().enumerate().map(|(n, channel)| {
        let price_name = format_smolstr!("price_{n}");
        let price = schema.add_i64_field(&price_name, NumericOptions::default().set_fast());
        let chains = channel.locales.iter().map(|chain| ChainLayout {
            locale: chain.locale.clone(),
            fields: chain.chain.iter().filter_map(|locale| locales.get(locale).copied()).collect(),
            name_column: names[&chain.chain].name.clone(),
        });
        let all = channel.locales.iter().filter_map(|chain| locales.get(&chain.locale).copied());
        let layout =
            ChannelLayout { price, price_name, chains: chains.collect(), all: all.collect() };
        (channel.code.clone(), layout)
    });
    layouts.collect()
}

fn compute_fingerprint(
    locales: &BTreeMap<Locale, LocaleFields>,
    names: &BTreeMap<Vec<Locale>, NameColumn>,
    channels: &BTreeMap<ChannelCode, ChannelLayout>,
) -> SmolStr {
    let mut text = format!("{VERSION}");
    for locale in locales.keys() {
        write!(text, " {locale}").expect("a String takes everything");
    }
    for chain in names.keys() {
        let tags: Vec<&str> = chain.iter().map(Locale::as_str).collect();
        write!(text, " >{}", tags.join(">")).expect("a String takes everything");
    }
    for channel in channels.keys() {
        write!(text, " /{channel}").expect("a String takes everything");
    }
    SmolStr::new(&blake3::hash(text.as_bytes()).to_hex()[..16])
}

/// What a product is looked up by as a whole.
pub(super) enum LookupKey<'a> {
    Product(u32),
    /// In lower case.
    Sku(&'a str),
    Gtin(u64),
    Channel(&'a ChannelCode),
    InStock(&'a ChannelCode),
}

impl LookupKey<'_> {
    fn to_term_text(&self) -> SmolStr {
        match self {
            Self::Product(number) => format_smolstr!("n{number}"),
            Self::Sku(sku) => format_smolstr!("s{sku}"),
            Self::Gtin(number) => format_smolstr!("g{number}"),
            Self::Channel(code) => format_smolstr!("c{code}"),
            Self::InStock(code) => format_smolstr!("i{code}"),
        }
    }
}

fn format_facet(facet: &FacetName, value: &str) -> SmolStr {
    let value = &value[..value.floor_char_boundary(FACET_LIMIT)];
    match facet {
        FacetName::Category => format_smolstr!("c{SEPARATOR}{value}"),
        FacetName::Family => format_smolstr!("f{SEPARATOR}{value}"),
        FacetName::Brand => format_smolstr!("b{SEPARATOR}{value}"),
        FacetName::Attribute(code) => format_smolstr!("a{SEPARATOR}{code}{SEPARATOR}{value}"),
    }
}

/// The facet and the value that [`facet_text`] was made of.
pub(super) fn parse_facet(text: &str) -> Option<(FacetName, SmolStr)> {
    let (kind, value) = text.split_once(SEPARATOR)?;
    Some(match kind {
        "c" => (FacetName::Category, value.into()),
        "f" => (FacetName::Family, value.into()),
        "b" => (FacetName::Brand, value.into()),
        "a" => {
            let (code, option) = value.split_once(SEPARATOR)?;
            (FacetName::Attribute(AttributeCode::new(code).ok()?), option.into())
        }
        _ => return None,
    })
}

/// Each facet value once, however many paths lead through it.
fn format_facets(document: &SearchDocument) -> Vec<SmolStr> {
    let mut texts = Vec::new();
    for code in document.categories.iter().flatten() {
        texts.push(format_facet(&FacetName::Category, code));
    }
    if let Some(family) = &document.family {
        texts.push(format_facet(&FacetName::Family, family.as_str()));
    }
    if let Some(brand) = &document.brand {
        texts.push(format_facet(&FacetName::Brand, brand));
    }
    for (attribute, option) in &document.facets {
        texts.push(format_facet(&FacetName::Attribute(attribute.clone()), option));
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}
