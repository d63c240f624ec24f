//! The parameters that addresses take, as the description has them.
//!
//! Handlers read parameters by hand, to say what is wrong with them. A test holds the names here to
//! those that the handlers take.

#![expect(dead_code, reason = "these types are only described, never built")]
#![expect(unused_qualifications, reason = "what utoipa derives for `inline` has them")]

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ChannelPath {
    /// The channel's code.
    #[param(example = "web")]
    channel: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SkuPath {
    /// The product's SKU.
    #[param(max_length = 128, example = "HH-1001-110")]
    sku: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct GtinPath {
    /// 8, 12, 13 or 14 digits.
    #[param(example = "6412345678907")]
    gtin: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ReleasePath {
    /// The release's number.
    #[param(example = 12)]
    release: u64,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SitemapPartPath {
    /// The part's number, from 1.
    #[param(minimum = 1)]
    part: u32,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PluginPath {
    /// The plugin's name.
    name: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ReceiptPath {
    /// The receipt's number.
    id: u32,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PageFilePath {
    /// The file's name.
    file: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ManualPagePath {
    /// The name of the page's file, without its ending.
    #[param(example = "photos")]
    page: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct AssetFilePath {
    /// The name that a document, explanation or report gives.
    #[param(pattern = r"^([0-9a-f]{32}(\.(jpg|webp|png|avif))?|[0-9a-f]{64}\.[a-z0-9]+)$")]
    file: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LocaleQuery {
    /// One of the channel's locales (`fi-FI`, `fi_FI`, or `fi` where that is only one): its texts are
    /// laid over the document.
    #[param(example = "fi-FI")]
    locale: Option<String>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOfQuery {
    /// A date, or a date and time, in the shop's time zone: what will be shown then.
    #[param(example = "2026-12-24T08:00")]
    as_of: Option<String>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct IncludeQuery {
    /// `associations`: each associated product comes with its document, if the channel shows it.
    #[param(inline)]
    include: Option<IncludedPart>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProductIdsQuery {
    /// SKUs with commas between; at most 100 with those of `id`.
    #[param(example = "HH-1001-110,HH-1001-116")]
    ids: Option<String>,
    /// A SKU that may have a comma. May be repeated.
    #[param(style = Form, explode, example = json!(["PIPE 1,5 m"]))]
    id: Option<Vec<String>>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SinceQuery {
    /// The release that the reader stands on.
    #[param(example = 12)]
    since: u64,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GapQuery {
    /// One of the channel's locales; where none is given, all of them.
    locale: Option<String>,
    /// `missing`: leaves out what is shown from another locale.
    #[param(inline)]
    only: Option<GapLevelName>,
    /// The products that follow: the `next` of the answer before.
    after: Option<u32>,
    /// How many products.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GapFileQuery {
    /// One of the channel's locales; where none is given, all of them.
    locale: Option<String>,
    /// `missing`: leaves out what is shown from another locale.
    #[param(inline)]
    only: Option<GapLevelName>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SeenQuery {
    /// The `release` of what was seen. On another one nothing is undone.
    seen: u64,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DiffQuery {
    /// The release to compare with; where none is given, the one before.
    since: Option<u64>,
    /// The products that follow: the `next` of the answer before.
    after: Option<u32>,
    /// How many products.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReleaseLimitQuery {
    /// How many.
    #[param(minimum = 1, maximum = 1000, default = 20)]
    limit: Option<u32>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReceiptLimitQuery {
    /// How many.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PhotosQuery {
    /// `remarks`: those that there is something to say about; `orphans`: those that wait for their
    /// product; `refused`: those that cannot be used.
    #[param(inline)]
    only: Option<PhotoFilterName>,
    /// Those whose names come after this one: the `next` of the answer before.
    after: Option<String>,
    /// How many.
    #[param(minimum = 1, maximum = 200, default = 60)]
    limit: Option<u32>,
    /// The locale of names, alternative texts and `local_message`, where there are any in it; else
    /// the shop's.
    locale: Option<String>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DryRunQuery {
    /// What the file is about: the folder of the inbox that it would be dropped into.
    #[param(inline)]
    kind: SentFileKind,
    /// What it is called: its name chooses the mapping, and the earlier version that it replaces.
    #[param(example = "erp.csv")]
    name: String,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DropQuery {
    /// What the file is about: the folder of the inbox.
    #[param(inline)]
    kind: SentFileKind,
    /// What it is to be called.
    #[param(example = "erp.csv")]
    name: String,
    /// Whether a file of this name that lies in the inbox is replaced.
    #[param(default = false)]
    replace: Option<bool>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProductSearchQuery {
    /// Words, a SKU or a GTIN.
    #[param(max_length = 256, example = "takki")]
    q: Option<String>,
    /// In one of these categories or below. May be repeated.
    #[param(style = Form, explode, example = json!(["outerwear"]))]
    category: Option<Vec<String>>,
    /// Of one of these brands. May be repeated.
    #[param(style = Form, explode, example = json!(["Hilla"]))]
    brand: Option<Vec<String>>,
    /// Of one of these families. May be repeated.
    #[param(style = Form, explode, example = json!(["jacket"]))]
    family: Option<Vec<String>>,
    /// Options of attributes that are facets, each under `attr.` and the attribute's code:
    /// `attr.color=sand`. May be repeated. An attribute that is no facet is refused.
    #[param(style = Form, explode, inline)]
    attributes: Option<AttributeFilters>,
    /// Only what the channel has in stock.
    in_stock: Option<bool>,
    /// In the currency's main unit: 49.90.
    #[param(pattern = r"^[0-9]+(\.[0-9]+)?$", example = "49.90")]
    min_price: Option<String>,
    /// In the currency's main unit.
    #[param(pattern = r"^[0-9]+(\.[0-9]+)?$", example = "99.90")]
    max_price: Option<String>,
    /// In which order; `relevance` where none is given. `name`: by the alphabet of the locale, or the
    /// channel's first. `newest`: what came into the shop last comes first.
    #[param(inline)]
    sort: Option<SortOrderName>,
    /// How many.
    #[param(minimum = 1, maximum = 200, default = 24)]
    limit: Option<u32>,
    /// How many to pass over.
    #[param(minimum = 0, maximum = 10000, default = 0)]
    offset: Option<u32>,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
enum GapLevelName {
    Missing,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
enum SentFileKind {
    Products,
    Prices,
    Stock,
    Reviews,
    Edits,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
enum PhotoFilterName {
    Remarks,
    Orphans,
    Refused,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
enum IncludedPart {
    Associations,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
enum SortOrderName {
    Relevance,
    Price,
    #[schema(rename = "-price")]
    PriceDescending,
    Name,
    Newest,
}

/// Parameters whose names begin with `attr.`.
struct AttributeFilters;

impl ToSchema for AttributeFilters {}

impl PartialSchema for AttributeFilters {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let value = RefOr::T(text().build().into());
        let parameters = ObjectBuilder::new()
            .additional_properties(Some(AdditionalProperties::RefOr(value)))
            .property_names(Some(text().pattern(Some(r"^attr\.")).build()));
        parameters.into()
    }
}
