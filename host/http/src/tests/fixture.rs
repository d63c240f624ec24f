//! A tiny shop in a temporary folder, and questions to its interface.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use rikaste_contract::{
    FileReading, InboxFileState, ReadColumn, TimeText, UndoPreview, UndoRefusal, UndoneChannel,
    UndoneDrop,
};
use rikaste_model::code::{AttributeCode, PluginName, Sku, SourceCode};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, Window};
use rikaste_model::photo::{ImageFormat, PhotoMetadata, RenditionName};
use rikaste_model::product::ProductId;
use rikaste_model::product::{
    CellOrigin, ContentHash, DropId, ManualEdit, PluginEnrichment, Price, Product, SourceLayer,
    SourceValue, StockLevel,
};
use rikaste_model::projection::ProductView;
use rikaste_model::receipt::{DropOutcome, ProductCounts, Receipt, RowCounts};
use rikaste_model::record::DropKind;
use rikaste_model::release::{ChannelState, DocumentHash, Release, ReleaseCause, ReleaseNumber};
use rikaste_model::shop::Shop;
use rikaste_model::shop_request::{ShopRequest, UndoTarget};
use rikaste_model::value::{AttributeValue, Currency, Money, ValueData};
use rikaste_search::{SearchIndex, SearchOptions, SearchWriter};
use rikaste_store::{
    AssetEntry, ChannelProjectionState, PartUpdate, ProjectionState, ReleaseCommit, RemotePhoto,
    Store, StoreWriter, encode_commerce, encode_content,
};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

use super::described::check_answer;
use crate::{
    AccessTokens, ApiConfig, DeviceAck, TriedDrop, UploadError, UploadedFile, build_router,
};
use rikaste_media::renditions::RenditionStore;
use rikaste_runtime::Configuration;
use rikaste_runtime::enrich::EnricherSet;
use rikaste_runtime::{LoadedPlugins, NoAssets, PluginSettings};
use rikaste_store::asset_folder::AssetFolder;

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

/// What a shop has in its files beside the usual.
#[derive(Default)]
pub(super) struct ExtraKeys {
    /// Behind all else in `shop.toml`.
    pub(super) shop: &'static str,
    /// Before all else in `channels/web.toml`.
    pub(super) web: &'static str,
    /// Before all else in `channels/company.toml`.
    pub(super) company: &'static str,
}

/// The header of a body in JSON.
pub(super) const JSON: (&str, &str) = ("content-type", "application/json");
/// The header of who shows the token "kuusi".
pub(super) const KUUSI: (&str, &str) = ("authorization", "Bearer kuusi");
/// The header of who shows a token that no shop has.
pub(super) const WRONG_TOKEN: (&str, &str) = ("authorization", "Bearer kuus");

/// The first release's moment: 2026-11-21 12:00 in the shop.
pub(super) const NOON: Moment = Moment(1_795_255_200);

/// The shop, its writers, and its interface.
pub(super) struct Fixture {
    folder: TempDir,
    shop: Arc<Shop>,
    store: Store,
    writer: StoreWriter,
    index: SearchIndex,
    search: SearchWriter,
    tokens: AccessTokens,
    release: ReleaseNumber,
    channels: Vec<ChannelState>,
    pub(super) releases: watch::Sender<Option<Release>>,
    pub(super) acks: Arc<Mutex<Vec<DeviceAck>>>,
    /// What was asked of the shop.
    pub(super) requests: Arc<Mutex<Vec<ShopRequest>>>,
    /// Files that were put into the inbox: kind, name and text.
    pub(super) placed: Arc<Mutex<Vec<(DropKind, String, String)>>>,
    pub(super) router: Router,
}

impl Fixture {
    /// A shop without a release.
    pub(super) fn empty(tokens: AccessTokens) -> Self {
        Self::empty_with(tokens, &ExtraKeys::default())
    }

    fn empty_with(tokens: AccessTokens, extra: &ExtraKeys) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("written");
        };
        std::fs::create_dir(folder.path().join("channels")).expect("made");
        write("shop.toml", &[SHOP, extra.shop].concat());
        write("model.toml", MODEL);
        write("channels/web.toml", &[extra.web, WEB].concat());
        write("channels/company.toml", &[extra.company, COMPANY].concat());
        let shop = Arc::new(Shop::load_from_folder(folder.path()).expect("the shop is valid"));
        let store = Store::open_or_create(&folder.path().join(".rikaste")).expect("a store");
        let writer = store.open_writer().expect("a writer");
        let options = SearchOptions { threads: 1, memory_per_thread: 15_000_000 };
        let opened = rikaste_search::open_index(&folder.path().join("index"), &shop, options)
            .expect("an index");
        let channels = shop
            .channels
            .iter()
            .map(|channel| ChannelState::new_empty(channel.code.clone()))
            .collect();
        let mut fixture = Self {
            folder,
            shop,
            store,
            writer,
            index: opened.index,
            search: opened.writer,
            tokens,
            release: ReleaseNumber::BEFORE_FIRST,
            channels,
            releases: watch::Sender::new(None),
            acks: Arc::default(),
            requests: Arc::default(),
            placed: Arc::default(),
            router: Router::new(),
        };
        fixture.router = build_router(fixture.served());
        fixture
    }

    /// What its interface serves.
    pub(super) fn served(&self) -> ApiConfig {
        let (heard, requests) = (Arc::clone(&self.acks), Arc::clone(&self.requests));
        let (tried, placed) = (self.store.clone(), Arc::clone(&self.placed));
        ApiConfig {
            configurations: watch::Sender::new(Arc::new(self.configuration())).subscribe(),
            store: self.store.clone(),
            index: self.index.clone(),
            assets: AssetFolder::new(self.folder.path().join("assets")),
            renditions: RenditionStore::new(self.folder.path().join("renditions")),
            receipts: self.folder.path().join("receipts"),
            releases: self.releases.subscribe(),
            tokens: self.tokens.clone(),
            on_request: Box::new(move |request| {
                requests.lock().expect("nobody panicked").push(request.clone());
                Ok(())
            }),
            preview_undo: Box::new(|_, _, target| Ok(undo_preview(target))),
            uploads: self.folder.path().join("uploads"),
            try_drop: Box::new(move |_, file| try_drop(&tried, file)),
            place_drop: Box::new(move |file, replace| {
                let text = std::fs::read_to_string(&file.path).expect("it was received");
                let exists = file.name == "talvi.csv";
                if exists && !replace {
                    return Err(UploadError::Exists);
                }
                placed.lock().expect("nobody panicked").push((file.kind, file.name.clone(), text));
                Ok(exists)
            }),
            activity: Arc::default(),
            on_ack: Box::new(move |ack| heard.lock().expect("nobody panicked").push(ack)),
        }
    }

    fn configuration(&self) -> Configuration {
        Configuration {
            shop: Arc::clone(&self.shop),
            plugins: Arc::new(EnricherSet::new(&LoadedPlugins::default(), Arc::new(NoAssets))),
            plugin_reads: BTreeMap::from([(
                PluginName::new("care").expect("valid"),
                vec!["care_codes".into()],
            )]),
            settings: PluginSettings::default(),
            fingerprint: ContentHash::hash_bytes(b"test"),
        }
    }

    /// A shop at release 3: a model with two variants, a product with a sale and a gift for
    /// Christmas; then a price changed, and one variant left the web shop.
    pub(super) fn filled(tokens: AccessTokens) -> Self {
        Self::filled_with(tokens, &ExtraKeys::default())
    }

    /// The same of a shop that is configured otherwise.
    pub(super) fn filled_with(tokens: AccessTokens, extra: &ExtraKeys) -> Self {
        let mut fixture = Self::empty_with(tokens, extra);
        let mut model =
            product("HH-1", &[("name", Some("fi-FI"), "Takki"), ("name", Some("en-GB"), "Jacket")]);
        model.content.is_model = true;
        let small = variant("HH-1-S", "04006381333931");
        let medium = variant("HH-1-M", "04006381333948");
        let mut lamp =
            product("HH-2", &[("name", Some("fi-FI"), "Lamppu"), ("status", None, "active")]);
        lamp.commerce.prices = vec![price("20", None), price("15", Some((0, 10)))];
        lamp.commerce.stock = vec![stock(3)];
        lamp.commerce.record_current_prices(Moment(NOON.0 - 86_400));
        lamp.content.enrichments = vec![care()];
        lamp.content.edits = vec![christmas()];
        fixture.receipt(1);
        fixture.make(&[model, small, medium.clone(), lamp.clone()]);
        lamp.commerce.stock = vec![stock(0)];
        fixture.make(&[lamp]);
        let mut medium = medium;
        medium.content.sources[0]
            .values
            .retain(|source| source.value.attribute.as_str() != "status");
        fixture.make(&[medium]);
        fixture
    }

    /// Makes a release of these products as they now are.
    pub(super) fn make(&mut self, products: &[Product]) -> Release {
        self.make_because(
            ReleaseCause::Drop { drop: DropId(1), file: "products/talvi.csv".to_owned() },
            products,
        )
    }

    /// Makes a release for this reason.
    pub(super) fn make_because(&mut self, cause: ReleaseCause, products: &[Product]) -> Release {
        self.release = self.release.next();
        let effective_at = Moment(NOON.0 + 60 * (self.release.0 as i64 - 1));
        self.writer.begin_transaction().expect("begun");
        for product in products {
            self.put(product, effective_at);
        }
        let release =
            Release { number: self.release, effective_at, cause, channels: self.channels.clone() };
        let commit = ReleaseCommit {
            release: Some(release.clone()),
            keep_releases: self.shop.keep_releases,
            ..ReleaseCommit::default()
        };
        self.writer.commit_transaction(&commit).expect("committed");
        self.search.commit_release(self.release).expect("indexed");
        self.releases.send_replace(Some(release.clone()));
        release
    }

    fn put(&mut self, product: &Product, at: Moment) {
        let (id, _) = self.writer.find_or_insert_product(&product.sku).expect("a number");
        let (content, commerce) =
            (encode_content(&product.content), encode_commerce(&product.commerce));
        let put = PartUpdate { content: Some(content), commerce: Some(commerce), reviews: None };
        self.writer.store_parts(id, self.release, &put).expect("stored");
        let parent = product.content.parent.as_ref().map(|sku| self.read(sku));
        self.writer.store_parent(id, parent.as_ref().map(|(id, _)| *id)).expect("stored");
        let view =
            ProductView::new(&self.shop, product, parent.as_ref().map(|(_, model)| model), at);
        self.writer.store_gtin(id, None, view.gtin()).expect("stored");
        let before = self.writer.load_projection_state(id).expect("read");
        let mut state = ProjectionState::default();
        let mut shown = Vec::new();
        for (index, channel) in self.shop.channels.iter().enumerate() {
            let number =
                self.writer.find_or_insert_channel(channel.code.as_str()).expect("a number");
            let hash = view
                .project_channel(channel)
                .document
                .map(|document| DocumentHash::hash_document(&document));
            let old =
                before.channels.iter().find(|mark| mark.channel == number).map(|mark| mark.hash);
            if let Some(hash) = hash {
                shown.push(channel);
                state.channels.push(ChannelProjectionState {
                    channel: number,
                    hash,
                    locales: Vec::new(),
                });
            }
            if hash != old {
                self.channels[index].replace_document(old, hash);
                self.writer.insert_change(number, self.release, id).expect("logged");
            }
        }
        self.writer.store_projection_state(id, &state).expect("stored");
        match view.build_search_document(id, &shown) {
            Some(document) => self.search.insert_document(&document).expect("indexed"),
            None => self.search.remove_product(id.0),
        }
    }

    fn read(&self, sku: &Sku) -> (ProductId, Product) {
        let id =
            self.writer.find_product_id(sku).expect("read").expect("models come before variants");
        (id, self.writer.load_product(id, self.release).expect("read").expect("it is there"))
    }

    /// Has a file wait for an answer; gives the number of its receipt.
    pub(super) fn hold_file(&mut self, file: &str) -> u32 {
        let drop = 900;
        let outcome = DropOutcome::Held;
        let file = file.to_owned();
        self.store_receipt(Receipt { outcome, file, release: None, ..build_receipt(drop) });
        drop
    }

    fn receipt(&mut self, drop: u32) {
        self.store_receipt(build_receipt(drop));
    }

    fn store_receipt(&mut self, receipt: Receipt) {
        self.writer.begin_transaction().expect("begun");
        self.writer
            .commit_transaction(&ReleaseCommit {
                receipt: Some((receipt, 0)),
                ..ReleaseCommit::default()
            })
            .expect("committed");
    }
    /// Has releases from here on say of every channel what it does not show.
    pub(super) fn miscount(&mut self) {
        self.channels.iter_mut().for_each(|state| state.products += 1);
    }

    /// Puts a rendition there.
    pub(super) fn rendition(
        &self,
        number: u128,
        format: ImageFormat,
        bytes: &[u8],
    ) -> RenditionName {
        let name = RenditionName::parse_hex(&format!("{number:032x}")).expect("a name");
        let path =
            RenditionStore::new(self.folder.path().join("renditions")).rendition_path(name, format);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
        name
    }

    /// Puts a film or document into the asset store.
    pub(super) fn photo(&self, bytes: &[u8]) -> ContentHash {
        let path = self.folder.path().join("photo");
        std::fs::write(&path, bytes).expect("written");
        AssetFolder::new(self.folder.path().join("assets")).store_file(&path).expect("stored").0
    }

    /// Puts a file that was dropped into the store.
    pub(super) fn asset(&mut self, name: &str, facts: Option<PhotoMetadata>) -> AssetEntry {
        let hash = ContentHash::hash_bytes(name.as_bytes());
        let facts = facts.map(Arc::new);
        let asset = AssetEntry { name: name.into(), hash, size: 1_000, modified: 0, facts };
        self.writer.begin_transaction().expect("begun");
        self.writer.store_asset(&asset, &[]).expect("stored");
        self.writer.commit_transaction(&ReleaseCommit::default()).expect("committed");
        asset
    }

    /// Has a product name a picture by URL that could not be had, if a reason is given.
    pub(super) fn picture(&mut self, url: &str, sku: &str, why: Option<&str>) {
        self.writer.begin_transaction().expect("begun");
        let (id, _) =
            self.writer.find_or_insert_product(&Sku::new(sku).expect("valid")).expect("there");
        if why.is_some() {
            self.writer.store_asset_uses(id, &[url.into()]).expect("kept");
        }
        let picture = RemotePhoto {
            failures: u32::from(why.is_some()),
            failure_reason: why.map(Into::into),
            ..RemotePhoto::new(url, Moment(0))
        };
        self.writer.store_remote_photo(&picture).expect("kept");
        self.writer.commit_transaction(&ReleaseCommit::default()).expect("committed");
    }

    /// Stores what a browser is shown of a photo.
    pub(super) fn develop(&self, asset: &AssetEntry) {
        let facts = asset.facts.as_ref().expect("it is a photo");
        for channel in &self.shop.channels {
            for rendition in channel.images.list_renditions(facts.width) {
                let name = rendition.name(&asset.hash, &facts.maker);
                let path = self.served().renditions.rendition_path(name, ImageFormat::WebP);
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

    /// Files that were sent and not removed.
    pub(super) fn list_uploads(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("uploads")) else {
            return Vec::new();
        };
        entries.map(|entry| entry.expect("read").path().display().to_string()).collect()
    }

    /// Sends JSON.
    pub(super) async fn post(&self, address: &str, body: &str) -> Answer {
        self.post_with(address, &[JSON], body.to_owned()).await
    }

    /// Sends something with headers.
    pub(super) async fn post_with(
        &self,
        address: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::post(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).expect("a request")).await
    }

    /// Asks for an address that the description does not have.
    pub(super) async fn get_unchecked(&self, address: &str) -> Answer {
        self.answer(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// Asks, and holds the answer to the description.
    pub(super) async fn ask(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let answer = self.answer(request).await;
        check_answer(&method, &path, &answer);
        answer
    }

    /// Asks, whatever the answer is.
    pub(super) async fn answer(&self, request: Request<Body>) -> Answer {
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

const CELL: CellOrigin = CellOrigin { drop: DropId(1), row: 2, column: 1 };

pub(super) fn value(attribute: &str, locale: Option<&str>, text: &str) -> AttributeValue {
    let options = matches!(attribute, "status" | "color" | "categories");
    AttributeValue {
        attribute: AttributeCode::new(attribute).expect("valid"),
        locale: locale.map(|locale| Locale::new(locale).expect("valid")),
        channel: None,
        window: Window::ALWAYS,
        data: if options {
            ValueData::Options(vec![text.into()])
        } else {
            ValueData::Text(text.to_owned())
        },
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

fn care() -> PluginEnrichment {
    PluginEnrichment {
        plugin: PluginName::new("care").expect("valid"),
        version: "0.1.0".into(),
        digest: ContentHash::hash_bytes(b"care"),
        memo: ContentHash::hash_bytes(b"memo"),
        values: vec![value("care", Some("fi-FI"), "Pyyhi kuivalla.")],
        diagnostics: vec![Diagnostic::new_warning("care-guessed", "the care was guessed")],
        failure: Some("it ran out of time".to_owned()),
    }
}

/// A name for Christmas, set by hand.
fn christmas() -> ManualEdit {
    let window = Window { start: Some(Moment(1_798_063_200)), end: Some(Moment(1_798_236_000)) };
    let value = AttributeValue { window, ..value("name", Some("fi-FI"), "Joululamppu") };
    ManualEdit {
        value,
        cell: CellOrigin { drop: DropId(9), row: 4, column: 0 },
        by: "Aino".into(),
        at: NOON,
    }
}

/// A trial whose copy is the store itself, where its last release changed one product.
fn try_drop(store: &Store, file: &UploadedFile) -> Result<TriedDrop, UploadError> {
    match file.name.as_str() {
        "kaikki.zip" => return Err(UploadError::Archive),
        ".talvi.csv" => return Err(UploadError::Name),
        _ => {}
    }
    let rows = std::fs::read_to_string(&file.path).expect("it was received").lines().count();
    let column = |name: &str, to: Option<&str>| ReadColumn {
        name: name.to_owned(),
        to: to.map(str::to_owned),
        filled: 1,
        example: Some("HH-1".to_owned()),
    };
    Ok(TriedDrop {
        receipt: Receipt { release: Some(ReleaseNumber(2)), ..build_receipt(9) },
        reading: Some(FileReading {
            rows: rows as u64 - 1,
            skipped: 0,
            columns: vec![column("sku", Some("sku")), column("väri", None)],
        }),
        in_inbox: (file.name == "talvi.csv").then_some(InboxFileState::Other),
        store: store.clone(),
        before: Some(ReleaseNumber(1)),
        folder: tempfile::tempdir().expect("a temporary folder"),
    })
}

/// What undoing comes to here: only drop 1 and what is after release 1 can be undone.
fn undo_preview(target: UndoTarget) -> UndoPreview {
    let undone = |id: u32| UndoneDrop {
        id,
        file: "products/talvi.csv".to_owned(),
        at: TimeText("2026-11-21T12:00:00+02:00".to_owned()),
        release: Some(u64::from(id)),
    };
    let preview = UndoPreview { release: 3, products: 2, kept: 1, ..UndoPreview::default() };
    let channels = vec![UndoneChannel {
        channel: "web".to_owned(),
        label: "Web shop".to_owned(),
        changed: 1,
        added: 0,
        removed: 1,
    }];
    match target {
        UndoTarget::Release(ReleaseNumber(1)) => UndoPreview {
            to: Some(1),
            channels,
            along: vec![undone(3), undone(2)],
            more_along: 4,
            photo_drops: 1,
            ..preview
        },
        UndoTarget::Drop(DropId(1)) => UndoPreview { undone: Some(undone(1)), channels, ..preview },
        UndoTarget::Release(_) | UndoTarget::Drop(_) => UndoPreview {
            release: 3,
            refusal: Some(UndoRefusal {
                reason: "release 9 is not kept; releases 1 to 2 are".to_owned(),
                local_reason: "julkaisua 9 ei ole tallessa; tallessa ovat julkaisut 1–2".to_owned(),
                roll_back_to: Some(2),
            }),
            ..UndoPreview::default()
        },
    }
}

fn build_receipt(drop: u32) -> Receipt {
    Receipt {
        drop: DropId(drop),
        kind: DropKind::Products,
        file: "products/talvi.csv".to_owned(),
        hash: Some(ContentHash::hash_bytes(b"talvi")),
        size: 5,
        at: NOON,
        milliseconds: 7,
        outcome: DropOutcome::Released,
        release: Some(ReleaseNumber(1)),
        undone: None,
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
            Diagnostic::new_error("sku-missing", "there is no SKU").at_row(6).at_cell("sku", ""),
        ],
        message_counts: BTreeMap::from([("sku-missing".into(), 1)]),
    }
}
