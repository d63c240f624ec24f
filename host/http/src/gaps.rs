//! Gaps: products that lack a required value in a channel, or show it from another locale. As a list, and as a file
//! that is filled in and dropped into `inbox/edits`.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::Response;
use rikaste_contract::{CompletenessLevel, GapAttribute, GapReport, LocaleGaps, ProductGaps};
use rikaste_model::locale::Locale;
use rikaste_model::product::ProductId;
use rikaste_model::projection::{LocaleCompleteness, ProductView, is_withheld};
use rikaste_model::shop::{Channel, Shop, find_label};
use rikaste_store::{FeedNumber, ProjectionState};

use super::body_writer::{BodyWriter, StreamError};
use super::catalogue_view::{CatalogueView, LoadedProduct};
use super::headers::json_response;
use super::openapi::{ChannelPath, GapFileQuery, GapQuery, LookupProblems};
use super::parameters::{CheckedParameters, RawParameters};
use super::problem::{ApiProblem, ProblemKind};
use super::release_diff::find_name;
use super::state::{ApiState, AuthorizedCaller};

mod gap_rows;

use gap_rows::{GAP_COLUMNS, GapRows};

/// Products that are looked at for one answer: a page may have fewer than asked for, and still a `next`.
const MAX_SCANNED: usize = 20_000;
const CSV: &str = "text/csv; charset=utf-8";

/// Which gaps are asked for.
struct GapFilter {
    /// One of the channel's locales; `None`: all.
    locale: Option<Locale>,
    /// Only what there is none of.
    only_missing: bool,
}

/// The products of a channel that have gaps.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/gaps",
    tag = "channels",
    operation_id = "gaps",
    summary = "Products that lack a required value, or show it from another locale",
    description = "What is required, the channel and the family say. `next` leads to the following products; a page may have fewer products than asked for, or none, and still a `next`.",
    params(ChannelPath, GapQuery),
    responses(
        (status = 200, description = "The products.", body = GapReport),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn list_gaps(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(channel): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["locale", "only", "after", "limit"])?;
    let index = find_channel(&app, &channel)?;
    let filter = GapFilter::from_parameters(&known, &app.configuration.shop.channels[index])?;
    let after = known.parse_optional_number("after", 0..=u64::from(u32::MAX))?;
    let after = after.map(|id| ProductId(id as u32));
    let limit = known.parse_number("limit", 1..=200, 50)? as usize;
    app.read_catalogue(move |catalogue| {
        let channel = &catalogue.shop().channels[index];
        let scan = GapScan::new(catalogue, channel, &filter)?;
        let mut products = Vec::new();
        let next = scan.scan_products(after, |gaps| {
            products.push(gaps.describe(catalogue));
            Ok::<_, ApiProblem>(products.len() < limit)
        })?;
        let channel = channel.code.to_string();
        Ok(json_response(&GapReport { channel, products, next: next.map(|id| u64::from(id.0)) }))
    })
    .await
}

/// The gaps of a channel as a file to be filled in.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/gaps.csv",
    tag = "channels",
    operation_id = "gapFile",
    summary = "The gaps as a file to be filled in",
    description = "A row for each gap. Write into `new_value` and drop the file into `inbox/edits`; a row that is left empty says nothing. Prices and photos are not in it. What a variant shows from its model is asked for once, for the model.",
    params(ChannelPath, GapFileQuery),
    responses(
        (status = 200, description = "The file.", body = String, content_type = "text/csv", headers(("Content-Disposition"))),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn get_gap_file(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(channel): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["locale", "only"])?;
    let index = find_channel(&app, &channel)?;
    let filter = GapFilter::from_parameters(&known, &app.configuration.shop.channels[index])?;
    app.stream_catalogue(move |catalogue, outlet| {
        let channel = &catalogue.shop().channels[index];
        let name = filter.locale.as_ref().map(|locale| format!("-{locale}")).unwrap_or_default();
        let name = format!("attachment; filename=\"gaps-{}{name}.csv\"", channel.code);
        let disposition = HeaderValue::try_from(name).map_err(|_| {
            ApiProblem::new(ProblemKind::Failed, "The channel's code is no file name.")
        })?;
        outlet.begin_body(CSV, |mut response| {
            response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
            catalogue.add_release_header(response)
        })?;
        write_gap_file(catalogue, channel, &filter, outlet)
    })
    .await
}

fn write_gap_file(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
    filter: &GapFilter,
    outlet: &mut BodyWriter,
) -> Result<(), StreamError> {
    // Spreadsheets take a file for UTF-8 only with the mark.
    outlet.write_line(format!("\u{feff}{}", GAP_COLUMNS.join(";")).as_bytes())?;
    let scan = GapScan::new(catalogue, channel, filter)?;
    let mut rows = GapRows::new(catalogue.shop(), channel);
    let mut after = None;
    loop {
        after = scan.scan_products(after, |gaps| {
            rows.write_rows(gaps, gaps.find_name(catalogue).as_deref(), outlet)?;
            Ok::<_, StreamError>(true)
        })?;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn find_channel(app: &Arc<ApiState>, code: &str) -> Result<usize, ApiProblem> {
    let channels = &app.configuration.shop.channels;
    channels.iter().position(|channel| channel.code.as_str() == code).ok_or_else(|| {
        let known: Vec<_> = channels.iter().map(|channel| channel.code.to_string()).collect();
        let detail = format!("There is no channel of this name; there is {}.", known.join(", "));
        ApiProblem::new(ProblemKind::UnknownChannel, detail)
            .with_members(|body| body.channels = Some(known))
    })
}

impl GapFilter {
    fn from_parameters(known: &CheckedParameters, channel: &Channel) -> Result<Self, ApiProblem> {
        let only_missing = match known.single_value("only")? {
            None => false,
            Some("missing") => true,
            Some(_) => return Err(ApiProblem::bad_parameter("only", "write missing")),
        };
        Ok(Self { locale: known.parse_locale(channel)?.cloned(), only_missing })
    }

    fn has_locale(&self, locale: &Locale) -> bool {
        self.locale.as_ref().is_none_or(|asked| asked == locale)
    }

    fn has_level(&self, level: CompletenessLevel) -> bool {
        match level {
            CompletenessLevel::Complete => false,
            CompletenessLevel::Fallback => !self.only_missing,
            CompletenessLevel::Incomplete => true,
        }
    }
}

/// Looks through the products of a channel.
struct GapScan<'s> {
    catalogue: &'s CatalogueView<'s>,
    channel: &'s Channel,
    filter: &'s GapFilter,
    number: Option<FeedNumber>,
}

/// A product that has gaps.
struct FoundGaps<'g> {
    loaded: &'g LoadedProduct,
    view: &'g ProductView<'g>,
    withheld: bool,
    locales: Vec<LocaleCompleteness>,
}

impl<'s> GapScan<'s> {
    fn new(
        catalogue: &'s CatalogueView<'s>,
        channel: &'s Channel,
        filter: &'s GapFilter,
    ) -> Result<Self, ApiProblem> {
        let number = catalogue.reader.find_channel_id(channel.code.as_str())?;
        Ok(Self { catalogue, channel, filter, number })
    }

    /// Hands products to `each` until it says false, or many were looked at; gives where to go on.
    fn scan_products<E: From<ApiProblem>>(
        &self,
        mut after: Option<ProductId>,
        mut each: impl FnMut(&FoundGaps<'_>) -> Result<bool, E>,
    ) -> Result<Option<ProductId>, E> {
        let mut scanned = 0;
        loop {
            let page = self.catalogue.reader.list_products_after(after, 1_000);
            let page = page.map_err(ApiProblem::from)?;
            if page.is_empty() {
                return Ok(None);
            }
            for id in page {
                after = Some(id);
                scanned += 1;
                let goes_on = self.visit_product(id, &mut each)?;
                if !goes_on || scanned == MAX_SCANNED {
                    return Ok(after);
                }
            }
        }
    }

    fn visit_product<E: From<ApiProblem>>(
        &self,
        id: ProductId,
        each: &mut impl FnMut(&FoundGaps<'_>) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let (reader, release) = (self.catalogue.reader, self.catalogue.release_number());
        let state = reader.load_projection_state(id).map_err(ApiProblem::from)?;
        if !self.may_have_gaps(&state) {
            return Ok(true);
        }
        let loaded = self.catalogue.load_product(id, release).map_err(ApiProblem::from)?;
        let Some(loaded) = loaded else { return Ok(true) };
        let at = self.catalogue.effective_moment(None);
        let view = loaded.product_view(self.catalogue.shop(), at);
        let Some(assessed) = view.assess_completeness(self.channel) else { return Ok(true) };
        let withheld = is_withheld(self.channel, &assessed);
        let is_asked = |one: &LocaleCompleteness| {
            self.filter.has_locale(&one.locale) && self.filter.has_level(one.level())
        };
        let locales: Vec<_> = assessed.into_iter().filter(is_asked).collect();
        if locales.is_empty() {
            return Ok(true);
        }
        each(&FoundGaps { loaded: &loaded, view: &view, withheld, locales })
    }

    /// What is kept of a product tells when it has none; that of one that is kept back is not kept.
    fn may_have_gaps(&self, state: &ProjectionState) -> bool {
        let shown = state.channels.iter().find(|shown| Some(shown.channel) == self.number);
        let Some(shown) = shown else { return self.channel.withhold_incomplete };
        let locales = self.channel.locales.iter().zip(&shown.locales);
        let mut asked = locales.filter(|(chain, _)| self.filter.has_locale(&chain.locale));
        shown.locales.len() != self.channel.locales.len()
            || asked.any(|(_, level)| self.filter.has_level(*level))
    }
}

impl FoundGaps<'_> {
    /// What people call the product, or else its model.
    fn find_name(&self, catalogue: &CatalogueView<'_>) -> Option<String> {
        let own = find_name(catalogue, &self.loaded.product);
        own.or_else(|| find_name(catalogue, self.loaded.parent.as_deref()?))
    }

    fn describe(&self, catalogue: &CatalogueView<'_>) -> ProductGaps {
        let shop = catalogue.shop();
        let locales = self.locales.iter().map(|one| LocaleGaps {
            locale: one.locale.to_string(),
            missing: one.missing.iter().map(|code| describe_gap(shop, code, None)).collect(),
            fallback: one
                .fallback
                .iter()
                .map(|gap| describe_gap(shop, &gap.attribute, Some(&gap.shown)))
                .collect(),
        });
        ProductGaps {
            sku: self.loaded.product.sku.to_string(),
            name: self.find_name(catalogue),
            withheld: self.withheld,
            locales: locales.collect(),
        }
    }
}

fn describe_gap(shop: &Shop, code: &str, shown: Option<&Locale>) -> GapAttribute {
    let known = shop.attributes.iter().find(|(attribute, _)| attribute.as_str() == code);
    let known = known.map(|(_, known)| known);
    let label = known.map_or(code, |known| find_label(&known.label, &shop.locales, code));
    GapAttribute {
        attribute: code.to_owned(),
        label: label.to_owned(),
        localizable: known.is_some_and(|known| known.localizable),
        shown: shown.map(ToString::to_string),
    }
}

/// Rows of models that were written already.
type WrittenRows = HashSet<(String, String, String)>;
