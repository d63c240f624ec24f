//! The photo report: every photo, film and document that was dropped, what is known of it, which
//! products have it, and what is wrong with it.
//!
//! Pictures that products name by URL and that could not be fetched come first. A photo is shown
//! by a small rendition. Where there is none, there is no link: nobody is given photos as they
//! were dropped.

use axum::response::Response;
use rikaste_contract::{DiagnosticEntry, PhotoReport};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::locale::Locale;
use rikaste_model::product::ContentHash;
use rikaste_model::words::Language;

use super::catalogue_view::CatalogueView;
use super::headers::json_response;
use super::openapi::{AccessProblems, PhotosQuery};
use super::parameters::{CheckedParameters, RawParameters};
use super::problem::ApiProblem;
use super::state::AuthorizedCaller;
use rikaste_media::renditions::hash_toolchain;

mod photo_entry;

/// The most photos of an answer.
const MAX_LIMIT: u64 = 200;
/// The most photos that an answer looks at: where few are wanted, more answers are needed.
const MAX_SCANNED: u32 = 2_000;

/// The most pictures that could not be fetched; they stand before the others in the first answer.
const MAX_UNFETCHED: u32 = 100;

/// Which photos are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PhotoFilter {
    All,
    /// There is something to say about them.
    WithDiagnostics,
    /// They wait for their product.
    Orphans,
    /// They cannot be used.
    Refused,
}

/// What was asked for.
#[derive(Debug)]
struct PhotoParams {
    filter: PhotoFilter,
    /// In the order of their names, those behind this one.
    after: Option<String>,
    limit: usize,
    /// In which language names and messages are read, the shop's own ones behind it.
    locale: Option<Locale>,
}

/// What all entries of a report have in common.
struct ReportBuilder<'c> {
    catalogue: &'c CatalogueView<'c>,
    /// `None` without a plugin that decodes photos.
    toolchain_hash: Option<ContentHash>,
    language: Language,
    chain: Vec<Locale>,
}

/// The photos in the order of their names.
#[utoipa::path(
    get,
    path = "/v1/photos",
    tag = "photos",
    operation_id = "photos",
    summary = "Every photo that was dropped, in the order of their names",
    params(PhotosQuery),
    responses(
        (status = 200, description = "Some of the photos. Pictures that products name by URL and that could not be fetched come first, 100 at most; `file_name` is their URL. An answer with `next` may have fewer than asked for, even none, and goes on.", body = PhotoReport),
        AccessProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn list_photos(
    AuthorizedCaller(app): AuthorizedCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let params = PhotoParams::from_parameters(
        &parameters.check_names(&["only", "after", "limit", "locale"])?,
    )?;
    app.read_catalogue(move |catalogue| build_report(catalogue, &params)).await
}

impl PhotoParams {
    fn from_parameters(known: &CheckedParameters) -> Result<Self, ApiProblem> {
        let only = match known.single_value("only")? {
            None => PhotoFilter::All,
            Some("remarks") => PhotoFilter::WithDiagnostics,
            Some("orphans") => PhotoFilter::Orphans,
            Some("refused") => PhotoFilter::Refused,
            Some(_) => {
                return Err(ApiProblem::bad_parameter("only", "write remarks, orphans or refused"));
            }
        };
        let locale = known.single_value("locale")?.map(Locale::new).transpose();
        Ok(Self {
            filter: only,
            after: known.single_value("after")?.map(str::to_owned),
            limit: known.parse_number("limit", 1..=MAX_LIMIT, 60)? as usize,
            locale: locale.map_err(|error| ApiProblem::bad_parameter("locale", error))?,
        })
    }
}

fn build_report(
    catalogue: &CatalogueView<'_>,
    params: &PhotoParams,
) -> Result<Response, ApiProblem> {
    let builder = ReportBuilder::new(catalogue, params);
    let assets = catalogue.reader.list_assets_after(params.after.as_deref(), MAX_SCANNED)?;
    let (mut photos, mut last) = (Vec::new(), None);
    let unfetched = catalogue.reader.list_failing_remote_photos(MAX_UNFETCHED)?;
    if params.after.is_none() && params.filter != PhotoFilter::Orphans {
        for picture in &unfetched {
            photos.push(builder.describe_unfetched(picture)?);
        }
    }
    let most = photos.len() + params.limit;
    for asset in &assets {
        if photos.len() == most {
            break;
        }
        last = Some(&asset.name);
        photos.extend(builder.describe_asset(asset, params.filter)?);
    }
    let total = catalogue.reader.count_assets()? + unfetched.len() as u64;
    let goes_on =
        assets.len() == MAX_SCANNED as usize || assets.last().map(|asset| &asset.name) != last;
    let next = last.filter(|_| goes_on).map(ToString::to_string);
    Ok(json_response(&PhotoReport { total, photos, next }))
}

impl<'c> ReportBuilder<'c> {
    fn new(catalogue: &'c CatalogueView<'c>, params: &PhotoParams) -> Self {
        let (app, shop) = (catalogue.app, catalogue.shop());
        let toolchain_hash = hash_toolchain(app.configuration.plugins.processors());
        let chain = params.locale.iter().chain(&shop.locales).cloned().collect();
        let language = params.locale.as_ref().map_or(shop.language, Language::from_locale);
        Self { catalogue, toolchain_hash, language, chain }
    }

    fn describe_message(&self, diagnostic: &Diagnostic) -> DiagnosticEntry {
        rikaste_receipts::describe_message(diagnostic, self.language)
    }
}
