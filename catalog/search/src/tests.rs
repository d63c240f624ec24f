//! The index as a whole, with small shops in temporary folders.

use std::path::Path;

use tempfile::TempDir;

use super::{
    OpenedIndex, SearchIndex, SearchOptions, SearchQuery, SearchResults, SearchWriter, open_index,
};
use rikaste_model::code::{AttributeCode, ChannelCode, FamilyCode, Gtin, Sku};
use rikaste_model::locale::Locale;
use rikaste_model::projection::{ChannelEntry, LocaleText, SearchDocument};
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop::Shop;

mod bench;
mod crash;
mod finding;
mod narrowing;

const OPTIONS: SearchOptions = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };

const NONE: [u32; 0] = [];

/// A shop of four languages and two channels; "till" speaks Finnish and Swedish, which falls back.
fn shop() -> Shop {
    shop_of(
        "[\"fi-FI\", \"sv-SE\", \"en-GB\", \"de-DE\"]",
        &[
            ("web", "locales = [\"fi-FI\", \"sv-SE\", \"en-GB\", \"de-DE\"]"),
            ("till", "locales = [\"fi-FI\", \"sv-SE\"]\n[fallback]\n\"sv-SE\" = [\"en-GB\"]"),
        ],
    )
}

fn shop_of(locales: &str, channels: &[(&str, &str)]) -> Shop {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("file");
    std::fs::create_dir(folder.path().join("channels")).expect("folder");
    write(
        "shop.toml",
        &format!(
            "name = \"Test\"\ntime_zone = \"Europe/Helsinki\"\nlocales = {locales}\nprice_list = \"retail\"\n[price_lists.retail]\ncurrency = \"EUR\"\n"
        ),
    );
    write("model.toml", "");
    for (code, text) in channels {
        write(&format!("channels/{code}.toml"), text);
    }
    Shop::load_from_folder(folder.path()).expect("a valid shop")
}

/// An index in a folder that goes with it.
struct Fixture {
    writer: SearchWriter,
    index: SearchIndex,
    folder: TempDir,
}

impl Fixture {
    fn of(documents: &[SearchDocument]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let OpenedIndex { index, mut writer, .. } = opened(folder.path());
        for document in documents {
            writer.insert_document(document).expect("put");
        }
        writer.commit_release(ReleaseNumber(1)).expect("commit");
        Self { writer, index, folder }
    }

    fn ask(&self, query: &SearchQuery<'_>) -> SearchResults {
        self.index.search_products(query).expect("an answer")
    }

    /// The products found in the web channel, in order.
    fn find(&self, text: &str) -> Vec<u32> {
        self.ask(&SearchQuery::new(&web(), text)).products
    }

    /// The products found in a locale of a channel, in order.
    fn find_in(&self, channel: &ChannelCode, locale: &str, text: &str) -> Vec<u32> {
        let locale = Locale::new(locale).expect("a locale");
        self.ask(&SearchQuery { locale: Some(&locale), ..SearchQuery::new(channel, text) }).products
    }
}

fn opened(folder: &Path) -> OpenedIndex {
    open_index(folder, &shop(), OPTIONS).expect("an index")
}

fn web() -> ChannelCode {
    ChannelCode::new("web").expect("a code")
}

fn till() -> ChannelCode {
    ChannelCode::new("till").expect("a code")
}

/// A product in the web channel, priced and in stock, without any value yet.
fn product(product: u32) -> SearchDocument {
    SearchDocument {
        product,
        sku: Sku::new(&format!("HH-{product}-110")).expect("a SKU"),
        gtin: None,
        brand: None,
        family: None,
        categories: Vec::new(),
        facets: Vec::new(),
        texts: Vec::new(),
        channels: vec![ChannelEntry {
            channel: web(),
            price: Some(i64::from(product) * 100),
            in_stock: true,
        }],
    }
}

/// Fills in a document, one field a call.
trait BuildDocument: Sized {
    fn titled(self, locale: &str, title: &str, text: &str) -> Self;
    fn gtin(self, gtin: &str) -> Self;
    fn sku(self, sku: &str) -> Self;
    fn brand(self, brand: &str) -> Self;
    fn family(self, family: &str) -> Self;
    fn category(self, path: &str) -> Self;
    fn option(self, attribute: &str, option: &str) -> Self;
    fn sold(self, channel: &ChannelCode, price: Option<i64>, in_stock: bool) -> Self;
}

impl BuildDocument for SearchDocument {
    fn titled(mut self, locale: &str, title: &str, text: &str) -> Self {
        let locale = Locale::new(locale).expect("a locale");
        self.texts.push(LocaleText { locale, title: title.into(), text: text.into() });
        self
    }

    fn gtin(mut self, gtin: &str) -> Self {
        self.gtin = Some(Gtin::new(gtin).expect("a GTIN"));
        self
    }

    fn sku(mut self, sku: &str) -> Self {
        self.sku = Sku::new(sku).expect("a SKU");
        self
    }

    fn brand(mut self, brand: &str) -> Self {
        self.brand = Some(brand.into());
        self
    }

    fn family(mut self, family: &str) -> Self {
        self.family = Some(FamilyCode::new(family).expect("a code"));
        self
    }

    /// A path such as `clothing/outerwear`.
    fn category(mut self, path: &str) -> Self {
        self.categories.push(path.split('/').map(Into::into).collect());
        self
    }

    fn option(mut self, attribute: &str, option: &str) -> Self {
        self.facets.push((AttributeCode::new(attribute).expect("a code"), option.into()));
        self
    }

    fn sold(mut self, channel: &ChannelCode, price: Option<i64>, in_stock: bool) -> Self {
        self.channels.retain(|entry| entry.channel != *channel);
        self.channels.push(ChannelEntry { channel: channel.clone(), price, in_stock });
        self
    }
}
