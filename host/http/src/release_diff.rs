//! What changed: the products that differ between two releases, a page at a time.

use axum::extract::Path;
use axum::response::Response;
use rikaste_contract::{ProductChange, ProductDiff, ReleaseDiff};
use rikaste_model::product::{Product, ProductId};
use rikaste_model::release::ReleaseNumber;
use rikaste_model::resolve::{ResolvedValues, choose_value};
use rikaste_model::well_known;

use super::catalogue_view::CatalogueView;
use super::headers::json_response;
use super::openapi::{DiffQuery, LookupProblems, ReleaseGone, ReleasePath};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::AuthorizedCaller;

mod value_diff;

use value_diff::DiffBuilder;

/// Products that are looked at for one answer: a page may have fewer than asked for, and still a `next`.
const MAX_SCANNED: usize = 100_000;

/// What differs between two releases.
#[utoipa::path(
    get,
    path = "/v1/releases/{release}/changes",
    tag = "releases",
    operation_id = "releaseChanges",
    summary = "What changed in a release: old and new values by product",
    description = "Of each product the values that count are compared, and its prices, stock, links, photos and reviews. `next` leads to the following products; a page may have fewer products than asked for, or none, and still a `next`.",
    params(ReleasePath, DiffQuery),
    responses(
        (status = 200, description = "What differs.", body = ReleaseDiff),
        ReleaseGone,
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn list_release_changes(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(release): Path<u64>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["since", "after", "limit"])?;
    let since = known.parse_optional_number("since", 0..=u64::MAX)?;
    let after = known.parse_optional_number("after", 0..=u64::from(u32::MAX))?;
    let limit = known.parse_number("limit", 1..=200, 50)?;
    app.read_catalogue(move |catalogue| {
        let range = check_releases(catalogue, since, release)?;
        let after = after.map(|id| ProductId(id as u32));
        Ok(json_response(&compare_releases(catalogue, range, after, limit as usize)?))
    })
    .await
}

/// The two releases, the earlier one first. The one before the first is empty.
fn check_releases(
    catalogue: &CatalogueView<'_>,
    since: Option<u64>,
    release: u64,
) -> Result<[ReleaseNumber; 2], ApiProblem> {
    let (release, current) = (ReleaseNumber(release), catalogue.release_number());
    let since = since.map_or(release.go_back(1), ReleaseNumber);
    if release > current || release == ReleaseNumber::BEFORE_FIRST {
        let detail = format!("There is no release {release}; the current one is {current}.");
        return Err(ApiProblem::new(ProblemKind::UnknownRelease, detail));
    }
    if since >= release {
        let detail = format!("write a release before {release}");
        return Err(ApiProblem::bad_parameter("since", detail));
    }
    let floor = catalogue.reader.find_oldest_kept_release()?;
    let is_first = since == ReleaseNumber::BEFORE_FIRST && floor == since.next();
    if since < floor && !is_first {
        let detail =
            format!("Release {since} is not kept any more; the oldest that is kept is {floor}.");
        return Err(ApiProblem::new(ProblemKind::ReleaseGone, detail));
    }
    Ok([since, release])
}

/// What differs between two releases, of at most `limit` products after one.
pub(super) fn compare_releases(
    catalogue: &CatalogueView<'_>,
    [since, release]: [ReleaseNumber; 2],
    mut after: Option<ProductId>,
    limit: usize,
) -> Result<ReleaseDiff, ApiProblem> {
    let mut builder = DiffBuilder::new(catalogue);
    let mut products = Vec::new();
    let mut scanned = 0;
    let next = 'pages: loop {
        let page = catalogue.reader.list_products_after(after, 1_000)?;
        if page.is_empty() {
            break None;
        }
        for id in page {
            if products.len() == limit || scanned == MAX_SCANNED {
                break 'pages after.map(|id| u64::from(id.0));
            }
            scanned += 1;
            after = Some(id);
            if catalogue.reader.is_changed_between(id, [since, release])? {
                products.extend(compare_product(catalogue, &mut builder, id, [since, release])?);
            }
        }
    };
    Ok(ReleaseDiff { since: since.0, release: release.0, products, next })
}

fn compare_product(
    catalogue: &CatalogueView<'_>,
    builder: &mut DiffBuilder<'_>,
    id: ProductId,
    releases: [ReleaseNumber; 2],
) -> Result<Option<ProductDiff>, ApiProblem> {
    let [old, new] = releases.map(|release| catalogue.reader.load_product(id, release));
    let (old, new) = (old?, new?);
    let Some(sku) = new.as_ref().or(old.as_ref()).map(|product| product.sku.clone()) else {
        return Ok(None);
    };
    let is_there = |product: &Option<Product>| {
        product.as_ref().is_some_and(|product| product.content.is_in_catalogue())
    };
    let change = match (is_there(&old), is_there(&new)) {
        (false, true) => ProductChange::Added,
        (true, false) => ProductChange::Removed,
        _ => ProductChange::Changed,
    };
    let absent = Product::new(sku.clone());
    let (values, more_values) =
        builder.compare(old.as_ref().unwrap_or(&absent), new.as_ref().unwrap_or(&absent))?;
    if values.is_empty() && change == ProductChange::Changed {
        return Ok(None);
    }
    let name = [&new, &old].into_iter().flatten().find_map(|product| find_name(catalogue, product));
    Ok(Some(ProductDiff { sku: sku.to_string(), name, change, values, more_values }))
}

/// What people call a product, by itself.
pub(super) fn find_name(catalogue: &CatalogueView<'_>, product: &Product) -> Option<String> {
    let shop = catalogue.shop();
    let values = ResolvedValues::from_product(product, None, &shop.source_priorities);
    let names = values.find_by_attribute(well_known::NAME);
    let name = choose_value(names, &shop.locales, None, catalogue.effective_moment(None));
    name.map(|name| name.value.data.to_string())
}
