//! Products to measure plugins with: of the demo's shop, in its four languages, each unlike every
//! other in what plugins read, with texts of the lengths that real ones have.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rikaste_model::code::{AttributeCode, Sku, SourceCode};
use rikaste_model::locale::Locale;
use rikaste_model::photo::PhotoRole;
use rikaste_model::product::{
    CellOrigin, ContentHash, DropId, Photo, Product, ProductReview, SourceLayer, SourceValue,
};
use rikaste_model::record::ReviewRecord;
use rikaste_model::shop::Shop;
use rikaste_model::value::{AttributeValue, ValueData};
use rikaste_runtime::enrich::EnrichmentCandidate;
use rikaste_runtime::{AssetReader, EnabledPlugin, LoadedPlugins, PluginRuntime, PluginSettings};
use rust_decimal::Decimal;

const LOCALES: [&str; 4] = ["fi-FI", "sv-SE", "en-GB", "de-DE"];
const CELL: CellOrigin = CellOrigin { drop: DropId(1), row: 2, column: 0 };

/// The demo's shop with the bundled plugins, configured as the demo has them.
pub fn demo(runtime: &PluginRuntime) -> (Shop, LoadedPlugins) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let mut shop = Shop::load_from_folder(&folder).expect("the demo is right");
    let chosen = rikaste_bundled::PLUGINS.iter().map(|plugin| EnabledPlugin {
        name: plugin.name.to_owned(),
        path: None,
        wasm: plugin.wasm.into(),
    });
    let configs = folder.join("plugins");
    let loaded = rikaste_runtime::load_plugins(
        runtime,
        chosen.collect(),
        &configs,
        &PluginSettings::default(),
        &mut shop,
    );
    let broken: Vec<_> = loaded.broken.iter().map(ToString::to_string).collect();
    assert_eq!(broken, Vec::<String>::new());
    (shop, loaded)
}

/// The photo of every product: the beginning of a PNG file, 1500×1500.
pub fn photo() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\xdc\0\0\x05\xdc\x08\x02\0\0\0".to_vec();
    bytes.resize(4_000, 0);
    bytes
}

/// What photos are read from.
pub struct OnePhoto(pub Vec<u8>);

impl AssetReader for OnePhoto {
    fn read_range(&self, _: &ContentHash, offset: u64, length: u32) -> io::Result<Vec<u8>> {
        let start = self.0.len().min(usize::try_from(offset).unwrap_or(usize::MAX));
        let rest = &self.0[start..];
        Ok(rest[..rest.len().min(length as usize)].to_vec())
    }
}

/// A jacket, some 25 values, a photo and three reviews.
pub fn distinct(number: usize) -> EnrichmentCandidate {
    let mut pick = Pick(number as u64);
    let mut values = Vec::new();
    localized("name", &mut values, |language| format!("{} {number}", NAMES[language]));
    let (first, second) = (pick.below(3), pick.below(3));
    localized("description", &mut values, |language| {
        let sentences = DESCRIPTIONS[language];
        format!("{} {} ({number})", sentences[first], sentences[second])
    });
    let share = 5 * (1 + pick.below(18));
    localized("material", &mut values, |language| {
        let [cotton, polyester] = FIBRES[language];
        format!("{share} % {cotton}, {} % {polyester}", 100 - share)
    });
    values.push(text("care_text", &care(&mut pick)));
    for (code, options) in [
        ("color", &["moss", "sand", "fjord", "lingonberry"][..]),
        ("family", &["jacket", "rainwear", "overall", "footwear", "headwear"]),
        ("size", &["98", "104", "110", "116"]),
        ("brand", &["Ruskavaara", "Kurapolku", "Hallatuuli"]),
    ] {
        let option = options[pick.below(options.len())];
        values.push(AttributeValue::new(attribute(code), ValueData::Options(vec![option.into()])));
    }
    values.extend(
        ["season", "lining", "hood", "pockets", "fit", "origin", "weight", "collar"]
            .map(|code| text(code, "x")),
    );
    let mut product = Product::new(Sku::new(&format!("HH-{number}")).expect("valid"));
    product.content.sources.push(SourceLayer {
        source: SourceCode::new("products").expect("valid"),
        priority: 0,
        values: values.into_iter().map(|value| SourceValue { value, cell: CELL }).collect(),
        associations: Vec::new(),
    });
    let file = photo();
    product.content.photos = vec![Photo {
        file_name: format!("HH-{number}.png").into(),
        asset: ContentHash::hash_bytes(&file),
        size: file.len() as u64,
        role: PhotoRole::Main,
        facts: None,
    }];
    let group_reviews: Arc<[ProductReview]> =
        (0..3).map(|index| review(&format!("{number}-{index}"), &mut pick)).collect();
    EnrichmentCandidate { product, parent: None, group_reviews, is_changed: false }
}

fn attribute(code: &str) -> AttributeCode {
    AttributeCode::new(code).expect("valid")
}

fn text(code: &str, text: &str) -> AttributeValue {
    AttributeValue::new(attribute(code), ValueData::Text(text.to_owned()))
}

fn localized(code: &str, values: &mut Vec<AttributeValue>, words: impl Fn(usize) -> String) {
    values.extend((0..).zip(LOCALES).map(|(language, locale)| AttributeValue {
        locale: Some(Locale::new(locale).expect("valid")),
        ..text(code, &words(language))
    }));
}

/// A text as people write them; one in eight has something in it that nobody understands.
fn care(pick: &mut Pick) -> String {
    let degrees = 30 + 10 * pick.below(4);
    let mut care = match pick.below(4) {
        0 => format!("Konepesu {degrees} °C, ei valkaisua"),
        1 => format!("Machine wash {degrees} gentle, do not bleach"),
        2 => format!("Maskintvätt {degrees} °C. Får ej blekas"),
        _ => format!("Maschinenwäsche {degrees} °C, nicht bleichen"),
    };
    care += [", ei rumpukuivausta", ", tumble dry low", ", plantorkas", ""][pick.below(4)];
    care += ["; silitys max 110 °C", "; iron medium", "; nicht bügeln", ""][pick.below(4)];
    care += [", pese samanväristen kanssa", ", wash inside out", "", ""][pick.below(4)];
    if pick.below(8) == 0 {
        care += &format!(", ks. liite {}", pick.below(1_000));
    }
    care
}

fn review(id: &str, pick: &mut Pick) -> ProductReview {
    let language = pick.below(LOCALES.len());
    let opinions = OPINIONS[language];
    let (first, second) = (pick.below(3), pick.below(3));
    ProductReview {
        record: ReviewRecord {
            source: ["shop", "nordic-kids-market"][pick.below(2)].into(),
            id: id.into(),
            rating: Decimal::from(1 + pick.below(5)),
            locale: Some(Locale::new(LOCALES[language]).expect("valid")),
            title: ["Hyvä takki", "Fin", "Warm", ""][pick.below(4)].to_owned(),
            text: format!("{} {} ({id})", opinions[first], opinions[second]),
            author: ["Aino Virtanen", "Pekka L.", "Sophie", "Vastaaja 14"][pick.below(4)]
                .to_owned(),
            date: Some(format!("2026-{:02}-{:02}", 1 + pick.below(12), 1 + pick.below(28)).into()),
            verified: pick.below(3) > 0,
            incentivised: pick.below(10) == 0,
        },
        cell: CELL,
    }
}

/// The same numbers on every machine.
struct Pick(u64);

impl Pick {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

const NAMES: [&str; 4] =
    ["Kuoritakki Tunturi", "Skaljacka Tunturi", "Tunturi shell jacket", "Hardshelljacke Tunturi"];

const FIBRES: [[&str; 2]; 4] = [
    ["puuvilla", "polyesteri"],
    ["bomull", "polyester"],
    ["cotton", "polyester"],
    ["Baumwolle", "Polyester"],
];

const DESCRIPTIONS: [[&str; 3]; 4] = [
    [
        "Kevyt ja vedenpitävä takki syksyn retkille, teipatut saumat ja säädettävä huppu.",
        "Lämmin takki, joka kestää pulkkamäen ja päiväkodin pihan.",
        "Kaksisuuntainen vetoketju, lämpimät taskut ja huppu, jonka alle mahtuu pipo.",
    ],
    [
        "Lätt och vattentät jacka för höstens turer, tejpade sömmar och justerbar huva.",
        "Varm jacka som klarar både pulkabacken och förskolegården.",
        "Tvåvägsdragkedja, varma fickor och en huva som rymmer en mössa.",
    ],
    [
        "Light waterproof jacket for autumn hikes with taped seams and an adjustable hood.",
        "A warm jacket made for sledging hills and nursery playgrounds.",
        "Two-way zip, warm pockets and a hood roomy enough for a beanie.",
    ],
    [
        "Leichte wasserdichte Jacke für Herbsttouren, getapte Nähte und verstellbare Kapuze.",
        "Warme Jacke für Rodelhang und Kita-Hof.",
        "Zwei-Wege-Reißverschluss, warme Taschen und eine Kapuze für die Mütze darunter.",
    ],
];

const OPINIONS: [[&str; 3]; 4] = [
    [
        "Pitää vettä ja on kevyt kantaa mukana.",
        "Koko oli juuri sopiva, hihat vähän pitkät.",
        "Vetoketju jää kiinni vuoriin melkein joka aamu, kysy lisää aino@example.com.",
    ],
    [
        "Remmen gick av efter tre veckor, men bytet gick fort.",
        "Fin kvalitet, vi hade önskat fler färger.",
        "Mjukt och varmt, ring 040 123 4567 om du vill köpa en begagnad.",
    ],
    [
        "Two hours in wet snow and completely dry inside.",
        "Good grip and easy strap. The liner takes a night to dry.",
        "Nice coat, but the zip catches on the lining.",
    ],
    [
        "Gute Qualität, aber am Anfang sehr steif.",
        "Die Reflektoren sind wirklich gut zu sehen.",
        "Bei minus zehn Grad eine Stunde draußen und keine kalten Hände.",
    ],
];
