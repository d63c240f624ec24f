//! The contact sheet: every photo, film and document that was dropped, what is known of it, whose it
//! is, and what is wrong with it.
//!
//! Pictures that products name by URL and that could not be had come first. A photo is shown by a small rendition. Where there is none, nothing is linked to: nobody is given
//! photos as they were dropped.

use axum::response::Response;
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::words::Language;
use serde_json::{Value, json};

use super::app::Trusted;
use super::catalogue::Catalogue;
use super::headers::json;
use super::parameters::{Known, Parameters};
use super::problem::Problem;
use rikaste_media::studio::Studio;

mod print;

/// The most photos of an answer.
const LIMIT: u64 = 200;
/// The most photos that an answer looks at: where few are wanted, more answers are needed.
const LOOKED_AT: u32 = 2_000;

/// The most pictures that could not be fetched; they stand before the others in the first answer.
const UNFETCHED: u32 = 100;

/// Which photos are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    All,
    /// There is something to say about them.
    Remarks,
    /// They wait for their product.
    Orphans,
    /// They cannot be used.
    Refused,
}

/// What was asked for.
#[derive(Debug)]
struct Asked {
    only: Only,
    /// In the order of their names, those behind this one.
    after: Option<String>,
    limit: usize,
    /// In which language names and messages are read, the shop's own ones behind it.
    locale: Option<Locale>,
}

/// What all prints on the sheet have in common.
struct Sheet<'c> {
    catalogue: &'c Catalogue<'c>,
    studio: Studio,
    language: Language,
    chain: Vec<Locale>,
}

/// The photos in the order of their names.
pub(super) async fn list(
    Trusted(app): Trusted,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let asked = Asked::read(&parameters.known(&["only", "after", "limit", "locale"])?)?;
    app.read(move |catalogue| answer(catalogue, &asked)).await
}

impl Asked {
    fn read(known: &Known) -> Result<Self, Problem> {
        let only = match known.one("only")? {
            None => Only::All,
            Some("remarks") => Only::Remarks,
            Some("orphans") => Only::Orphans,
            Some("refused") => Only::Refused,
            Some(_) => {
                return Err(Problem::parameter("only", "write remarks, orphans or refused"));
            }
        };
        let locale = known.one("locale")?.map(Locale::new).transpose();
        Ok(Self {
            only,
            after: known.one("after")?.map(str::to_owned),
            limit: known.number("limit", 1..=LIMIT, 60)? as usize,
            locale: locale.map_err(|error| Problem::parameter("locale", error))?,
        })
    }
}

fn answer(catalogue: &Catalogue<'_>, asked: &Asked) -> Result<Response, Problem> {
    let sheet = Sheet::new(catalogue, asked);
    let assets = catalogue.reader.assets_after(asked.after.as_deref(), LOOKED_AT)?;
    let (mut photos, mut last) = (Vec::new(), None);
    let unfetched = catalogue.reader.pictures_failing(UNFETCHED)?;
    if asked.after.is_none() && asked.only != Only::Orphans {
        for picture in &unfetched {
            photos.push(sheet.unfetched(picture)?);
        }
    }
    let most = photos.len() + asked.limit;
    for asset in &assets {
        if photos.len() == most {
            break;
        }
        last = Some(&asset.name);
        photos.extend(sheet.print(asset, asked.only)?);
    }
    let total = catalogue.reader.asset_count()? + unfetched.len() as u64;
    let mut answer = json!({ "total": total, "photos": photos });
    let goes_on =
        assets.len() == LOOKED_AT as usize || assets.last().map(|asset| &asset.name) != last;
    if let Some(last) = last.filter(|_| goes_on) {
        answer["next"] = json!(last);
    }
    Ok(json(&answer))
}

impl<'c> Sheet<'c> {
    fn new(catalogue: &'c Catalogue<'c>, asked: &Asked) -> Self {
        let (app, shop) = (catalogue.app, catalogue.shop());
        // What channels want is of no matter to who only asks what became of a photo.
        let processors = app.plugins.processors();
        let studio = Studio::new(app.shelf.clone(), app.assets.clone(), processors, []);
        let chain = asked.locale.iter().chain(&shop.locales).cloned().collect();
        let language = asked.locale.as_ref().map_or(shop.language, Language::of);
        Self { catalogue, studio, language, chain }
    }

    fn message(&self, diagnostic: &Diagnostic) -> Value {
        json!(rikaste_receipts::Message::of(diagnostic, self.language))
    }
}
