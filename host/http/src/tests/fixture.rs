//! A tiny shop in a temporary folder, and questions to its interface.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use rikaste_model::code::{AttributeCode, PluginName, Sku, SourceCode};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::picture::{Facts, Format, RenditionName};
use rikaste_model::product::ProductId;
use rikaste_model::product::{
    Cell, DropId, Edit, Enrichment, Hash, Price, Product, SourceLayer, SourceValue, StockLevel,
};
use rikaste_model::projection::Subject;
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::{Cause, ChannelState, DocumentHash, Release};
use rikaste_model::shop::Shop;
use rikaste_model::value::{Currency, Data, Money, Value};
use rikaste_search::{SearchIndex, SearchOptions, SearchWriter};
use rikaste_store::{
    Asset, ChannelMark, Commit, Picture, ProjectionState, Put, Store, Writer, encode_commerce,
    encode_content,
};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::{Ack, Served, Tokens, router};
use rikaste_media::studio::Shelf;
use rikaste_runtime::enrich::Enrichers;
use rikaste_runtime::{Loaded, NoAssets};
use rikaste_store::asset_folder::Assets;

const SHOP: &str = r#"
name = "Havu"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "en-GB"]
price_list = "retail"
keep_releases = 3
[price_lists.retail]
currency = "EUR"
[locations.helsinki]
label = "Helsinki, Kamppi"
"#;
const MODEL: &str = r#"
[attributes.name]
type = "text"
localizable = true
search = "title"
[attributes.care]
type = "text"
localizable = true
[attributes.color]
type = "options"
facet = true
options.sand = { "fi-FI" = "Hiekka", "en-GB" = "Sand" }
[attributes.status]
type = "options"
[categories.clothing]
label = { "fi-FI" = "Vaatteet" }
[categories.jackets]
parent = "clothing"
label = { "fi-FI" = "Takit", "en-GB" = "Jackets" }
"#;
const WEB: &str = r#"
label = "Web shop"
public = true
locales = ["fi-FI", "en-GB"]
required = ["name", "price"]
[fallback]
"en-GB" = ["fi-FI"]
[assortment]
where = { status = ["active"] }
"#;
const COMPANY: &str = "public = false\nlocales = [\"fi-FI\"]\n";

/// The first release's moment: 2026-11-21 12:00 in the shop.
pub(super) const NOON: Moment = Moment(1_795_255_200);

/// The shop, its writers, and its interface.
pub(super) struct Fixture {
    folder: TempDir,
    shop: Arc<Shop>,
    store: Store,
    writer: Writer,
    index: SearchIndex,
    search: SearchWriter,
    tokens: Tokens,
    release: u64,
    channels: Vec<ChannelState>,
    pub(super) releases: watch::Sender<Option<Release>>,
    pub(super) acks: Arc<Mutex<Vec<Ack>>>,
    pub(super) router: Router,
}

impl Fixture {
    /// A shop without a release.
    pub(super) fn empty(tokens: Tokens) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("written");
        };
        std::fs::create_dir(folder.path().join("channels")).expect("made");
        write("shop.toml", SHOP);
        write("model.toml", MODEL);
        write("channels/web.toml", WEB);
        write("channels/company.toml", COMPANY);
        let shop = Arc::new(Shop::load(folder.path()).expect("the shop is valid"));
        let store = Store::open(&folder.path().join(".rikaste")).expect("a store");
        let writer = store.writer().expect("a writer");
        let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
        let opened =
            rikaste_search::open(&folder.path().join("index"), &shop, options).expect("an index");
        let channels =
            shop.channels.iter().map(|channel| ChannelState::empty(channel.code.clone())).collect();
        let mut fixture = Self {
            folder,
            shop,
            store,
            writer,
            index: opened.index,
            search: opened.writer,
            tokens,
            release: 0,
            channels,
            releases: watch::Sender::new(None),
            acks: Arc::default(),
            router: Router::new(),
        };
        fixture.router = router(fixture.served());
        fixture
    }

    /// What its interface serves.
    pub(super) fn served(&self) -> Served {
        let heard = Arc::clone(&self.acks);
        Served {
            shop: Arc::clone(&self.shop),
            store: self.store.clone(),
            index: self.index.clone(),
            assets: Assets::new(self.folder.path().join("assets")),
            shelf: Shelf::new(self.folder.path().join("renditions")),
            receipts: self.folder.path().join("receipts"),
            releases: self.releases.subscribe(),
            tokens: self.tokens.clone(),
            acks: Box::new(move |ack| heard.lock().expect("nobody panicked").push(ack)),
            reads: BTreeMap::from([(
                PluginName::new("care").expect("valid"),
                vec!["care_codes".into()],
            )]),
            plugins: Arc::new(Enrichers::new(&Loaded::default(), Arc::new(NoAssets))),
        }
    }

    /// A shop at release 3: a model with two variants, a product with a sale and a gift for
    /// Christmas; then a price changed, and one variant left the web shop.
    pub(super) fn filled(tokens: Tokens) -> Self {
        let mut fixture = Self::empty(tokens);
        let mut model =
            product("HH-1", &[("name", Some("fi-FI"), "Takki"), ("name", Some("en-GB"), "Jacket")]);
        model.content.is_model = true;
        let small = variant("HH-1-S", "04006381333931");
        let medium = variant("HH-1-M", "04006381333948");
        let mut lamp =
            product("HH-2", &[("name", Some("fi-FI"), "Lamppu"), ("status", None, "active")]);
        lamp.commerce.prices = vec![price("20", None), price("15", Some((0, 10)))];
        lamp.commerce.stock = vec![stock(3)];
        lamp.commerce.note_prices(Moment(NOON.0 - 86_400));
        lamp.content.enrichments = vec![care()];
        lamp.content.edits = vec![christmas()];
        fixture.receipt(1);
        fixture.make(&[model, small, medium.clone(), lamp.clone()]);
        lamp.commerce.stock = vec![stock(0)];
        fixture.make(&[lamp]);
        let mut medium = medium;
        medium.content.sources[0].values.retain(|said| said.value.attribute.as_str() != "status");
        fixture.make(&[medium]);
        fixture
    }

    /// Makes a release of these products as they now are.
    pub(super) fn make(&mut self, products: &[Product]) -> Release {
        self.make_because(Cause::Drop { drop: 1, file: "products/talvi.csv".to_owned() }, products)
    }

    /// Makes a release for this reason.
    pub(super) fn make_because(&mut self, cause: Cause, products: &[Product]) -> Release {
        self.release += 1;
        let effective_at = Moment(NOON.0 + 60 * (self.release as i64 - 1));
        self.writer.begin().expect("begun");
        for product in products {
            self.put(product, effective_at);
        }
        let release =
            Release { number: self.release, effective_at, cause, channels: self.channels.clone() };
        let commit = Commit {
            release: Some(release.clone()),
            keep: self.shop.keep_releases,
            ..Commit::default()
        };
        self.writer.commit(&commit).expect("committed");
        self.search.commit(self.release).expect("indexed");
        self.releases.send_replace(Some(release.clone()));
        release
    }

    fn put(&mut self, product: &Product, at: Moment) {
        let (id, _) = self.writer.ensure_product(&product.sku).expect("a number");
        let (content, commerce) =
            (encode_content(&product.content), encode_commerce(&product.commerce));
        let put = Put { content: Some(content), commerce: Some(commerce), reviews: None };
        self.writer.put(id, self.release, &put).expect("stored");
        let parent = product.content.parent.as_ref().map(|sku| self.read(sku));
        self.writer.set_parent(id, parent.as_ref().map(|(id, _)| *id)).expect("stored");
        let subject =
            Subject::new(&self.shop, product, parent.as_ref().map(|(_, model)| model), at);
        self.writer.set_gtin(id, None, subject.gtin()).expect("stored");
        let before = self.writer.projection(id).expect("read");
        let mut state = ProjectionState::default();
        let mut shown = Vec::new();
        for (index, channel) in self.shop.channels.iter().enumerate() {
            let number = self.writer.ensure_channel(channel.code.as_str()).expect("a number");
            let hash =
                subject.project(channel).document.map(|document| DocumentHash::of(&document));
            let old =
                before.channels.iter().find(|mark| mark.channel == number).map(|mark| mark.hash);
            if let Some(hash) = hash {
                shown.push(channel);
                state.channels.push(ChannelMark { channel: number, hash, locales: Vec::new() });
            }
            if hash != old {
                self.channels[index].replace(old, hash);
                self.writer.log_change(number, self.release, id).expect("logged");
            }
        }
        self.writer.put_projection(id, &state).expect("stored");
        match subject.search_document(id, &shown) {
            Some(document) => self.search.put(&document).expect("indexed"),
            None => self.search.remove(id.0),
        }
    }

    fn read(&self, sku: &Sku) -> (ProductId, Product) {
        let id = self.writer.product_id(sku).expect("read").expect("models come before variants");
        (id, self.writer.product(id, self.release).expect("read").expect("it is there"))
    }

    fn receipt(&mut self, drop: u32) {
        let receipt = Receipt {
            drop: DropId(drop),
            kind: DropKind::Products,
            file: "products/talvi.csv".to_owned(),
            hash: Hash::of(b"talvi"),
            size: 5,
            at: NOON,
            milliseconds: 7,
            outcome: DropOutcome::Released,
            release: Some(1),
            read_as: "CSV, semicolon, UTF-8".to_owned(),
            columns: vec!["sku".into(), "nimi".into()],
            rows: RowCounts { new: 4, rejected: 1, ..RowCounts::default() },
            cells_left_out: 0,
            warnings: 0,
            rejects: None,
            too_many: None,
            question: None,
            products: ProductCounts { touched: 4, ..ProductCounts::default() },
            messages: vec![
                Diagnostic::error("sku-missing", "there is no SKU").at_row(6).at_cell("sku", ""),
            ],
            message_counts: BTreeMap::from([("sku-missing".into(), 1)]),
        };
        self.writer.begin().expect("begun");
        self.writer
            .commit(&Commit { receipt: Some((receipt, 0)), ..Commit::default() })
            .expect("committed");
    }

    /// Has releases from here on say of every channel what it does not show.
    pub(super) fn miscount(&mut self) {
        self.channels.iter_mut().for_each(|state| state.products += 1);
    }

    /// Puts a rendition there.
    pub(super) fn rendition(&self, number: u128, format: Format, bytes: &[u8]) -> RenditionName {
        let name = RenditionName::parse(&format!("{number:032x}")).expect("a name");
        let path = Shelf::new(self.folder.path().join("renditions")).path(name, format);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
        name
    }

    /// Puts a film or document into the asset store.
    pub(super) fn photo(&self, bytes: &[u8]) -> Hash {
        let path = self.folder.path().join("photo");
        std::fs::write(&path, bytes).expect("written");
        Assets::new(self.folder.path().join("assets")).put(&path).expect("stored").0
    }

    /// Puts a file that was dropped into the store.
    pub(super) fn asset(&mut self, name: &str, facts: Option<Facts>) -> Asset {
        let hash = Hash::of(name.as_bytes());
        let facts = facts.map(Arc::new);
        let asset = Asset { name: name.into(), hash, size: 1_000, modified: 0, facts };
        self.writer.begin().expect("begun");
        self.writer.put_asset(&asset, &[]).expect("stored");
        self.writer.commit(&Commit::default()).expect("committed");
        asset
    }

    /// Has a product name a picture by URL that could not be had, if it is said why.
    pub(super) fn picture(&mut self, url: &str, sku: &str, why: Option<&str>) {
        self.writer.begin().expect("begun");
        let (id, _) = self.writer.ensure_product(&Sku::new(sku).expect("valid")).expect("there");
        if why.is_some() {
            self.writer.use_assets(id, &[url.into()]).expect("kept");
        }
        let picture = Picture {
            failures: u32::from(why.is_some()),
            why: why.map(Into::into),
            ..Picture::new(url, Moment(0))
        };
        self.writer.put_picture(&picture).expect("kept");
        self.writer.commit(&Commit::default()).expect("committed");
    }

    /// Puts what a browser is shown of a photo onto the shelf.
    pub(super) fn develop(&self, asset: &Asset) {
        let facts = asset.facts.as_ref().expect("it is a photo");
        for channel in &self.shop.channels {
            for rendition in channel.images.of_photo(facts.width) {
                let name = rendition.name(&asset.hash, &facts.maker);
                let path = self.served().shelf.path(name, Format::WebP);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, b"webp").expect("written");
            }
        }
    }

    /// Asks for an address.
    pub(super) async fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[]).await
    }

    /// Asks with headers.
    pub(super) async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends JSON.
    pub(super) async fn post(&self, address: &str, body: &str) -> Answer {
        let request = Request::post(address).header("Content-Type", "application/json");
        self.ask(request.body(Body::from(body.to_owned())).expect("a request")).await
    }

    pub(super) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("it always answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.expect("the body is whole");
        Answer { status: parts.status, headers: parts.headers, body: body.to_vec() }
    }
}

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Status, headers and body. The headers that every answer has alike are left out: a test of
/// their own holds them.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status)?;
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| {
                !matches!(name.as_str(), "vary" | "x-content-type-options" | "content-length")
            })
            .collect();
        headers.sort_by_key(|(name, _)| name.as_str());
        for (name, value) in headers {
            writeln!(f, "{name}: {}", value.to_str().unwrap_or("?"))?;
        }
        let body = String::from_utf8_lossy(&self.body);
        match serde_json::from_slice::<serde_json::Value>(&self.body) {
            Ok(mut json) if body.lines().count() == 1 => {
                // How long it took is never the same.
                if let Some(took) = json.get_mut("took_us") {
                    *took = 0.into();
                }
                write!(f, "\n{json:#}")
            }
            _ => write!(f, "\n{body}"),
        }
    }
}

const CELL: Cell = Cell { drop: DropId(1), row: 2, column: 1 };

pub(super) fn value(attribute: &str, locale: Option<&str>, text: &str) -> Value {
    let options = matches!(attribute, "status" | "color" | "categories");
    Value {
        attribute: AttributeCode::new(attribute).expect("valid"),
        locale: locale.map(|locale| Locale::new(locale).expect("valid")),
        channel: None,
        window: Window::ALWAYS,
        data: if options { Data::Options(vec![text.into()]) } else { Data::Text(text.to_owned()) },
    }
}

pub(super) fn product(sku: &str, values: &[(&str, Option<&str>, &str)]) -> Product {
    let mut product = Product::new(Sku::new(sku).expect("valid"));
    let values = values.iter().map(|(attribute, locale, text)| SourceValue {
        value: value(attribute, *locale, text),
        cell: CELL,
    });
    product.content.sources = vec![SourceLayer {
        source: SourceCode::new("products").expect("valid"),
        priority: 0,
        values: values.collect(),
        associations: Vec::new(),
    }];
    product
}

pub(super) fn variant(sku: &str, gtin: &str) -> Product {
    let values = [
        ("gtin", None, gtin),
        ("status", None, "active"),
        ("color", None, "sand"),
        ("categories", None, "jackets"),
    ];
    let mut variant = product(sku, &values);
    variant.content.parent = Some(Sku::new("HH-1").expect("valid"));
    variant.commerce.prices = vec![price("89.90", None)];
    variant
}

pub(super) fn price(amount: &str, days: Option<(i64, i64)>) -> Price {
    let day = |day: i64| Some(Moment(NOON.0 + day * 86_400));
    Price {
        list: "retail".parse().expect("valid"),
        window: days
            .map_or(Window::ALWAYS, |(start, end)| Window { start: day(start), end: day(end) }),
        money: Money {
            amount: amount.parse().expect("a number"),
            currency: Currency::new("EUR").expect("valid"),
        },
        cell: CELL,
    }
}

fn stock(quantity: i64) -> StockLevel {
    StockLevel { location: "helsinki".parse().expect("valid"), quantity, cell: CELL }
}

fn care() -> Enrichment {
    Enrichment {
        plugin: PluginName::new("care").expect("valid"),
        version: "0.1.0".into(),
        digest: Hash::of(b"care"),
        memo: Hash::of(b"memo"),
        values: vec![value("care", Some("fi-FI"), "Pyyhi kuivalla.")],
        diagnostics: vec![Diagnostic::warning("care-guessed", "the care was guessed")],
        failure: Some("it ran out of time".to_owned()),
    }
}

/// A name for Christmas, set by hand.
fn christmas() -> Edit {
    let window = Window { start: Some(Moment(1_798_063_200)), end: Some(Moment(1_798_236_000)) };
    let value = Value { window, ..value("name", Some("fi-FI"), "Joululamppu") };
    Edit { value, cell: Cell { drop: DropId(9), row: 4, column: 0 }, by: "Aino".into(), at: NOON }
}
