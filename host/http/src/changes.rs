//! Changes: what a reader that stands on one release needs to stand on the current one.

use std::sync::Arc;

use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_model::product::ProductId;
use rikaste_model::shop::Channel;
use serde_json::{Value, json};

use super::app::OpenChannel;
use super::catalogue::{Catalogue, Loaded, Models};
use super::etag::{etag, known_as};
use super::headers::not_modified;
use super::links;
use super::parameters::Parameters;
use super::problem::Problem;
use super::streams::{Broken, JSON_LINES, Outlet};

/// The changes after the reader's release. Only what changed for this channel is among them, and
/// the last line alone says that all of it came.
pub(super) async fn changes(
    channel: OpenChannel,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known = parameters.known(&["since"])?;
    let Some(since) = known.some_number("since", 0..=u64::MAX)? else {
        return Err(Problem::parameter(
            "since",
            "write the release that you have, such as since=12; to begin, read the snapshot",
        ));
    };
    let app = Arc::clone(channel.app());
    app.stream(move |catalogue, outlet| {
        within_reach(catalogue, &channel, since)?;
        let tag = tag(catalogue, since);
        if let Some(known) = known_as(&headers, &tag) {
            return outlet.answer(catalogue.stamp(not_modified(known)));
        }
        outlet.begin(JSON_LINES, |mut response| {
            response.headers_mut().insert(ETAG, tag);
            catalogue.stamp(response)
        })?;
        write(catalogue, &channel, since, outlet)
    })
    .await
}

fn within_reach(catalogue: &Catalogue<'_>, channel: &Channel, since: u64) -> Result<(), Problem> {
    let current = catalogue.number();
    if since > current {
        let detail = format!(
            "there is no release {since} yet, the current one is {current}; a catalogue that was begun anew has other releases: read the snapshot"
        );
        return Err(Problem::parameter("since", detail)
            .with("snapshot", links::snapshot(channel, current, None)));
    }
    let floor = catalogue.reader.floor()?;
    if since < floor {
        let link = links::snapshot(channel, current, None);
        let detail = format!(
            "Changes are kept from release {floor} on; read {link}, then ask for changes since {current}."
        );
        return Err(Problem::gone(detail, &link));
    }
    Ok(())
}

fn tag(catalogue: &Catalogue<'_>, since: u64) -> HeaderValue {
    let root =
        catalogue.release.as_ref().map_or_else(String::new, |release| release.root().to_string());
    etag(&format!("{since}-{}-{}", catalogue.number(), &root[..root.len().min(32)]))
}

fn write(
    catalogue: &Catalogue<'_>,
    channel: &Channel,
    since: u64,
    outlet: &mut Outlet,
) -> Result<(), Broken> {
    let current = catalogue.number();
    let (at, mut models) = (catalogue.at(None), Models::default());
    let changed = match catalogue.reader.channel_id(channel.code.as_str())? {
        Some(id) => catalogue.reader.changed(id, since, current)?,
        None => Vec::new(),
    };
    for id in changed {
        let product = catalogue.reader.product_without_reviews(id, current)?;
        let Some(product) = product else {
            taken_away(catalogue, id, since, outlet)?;
            continue;
        };
        let parent = models.of(catalogue, &product, current)?;
        let loaded = Loaded { product, parent };
        match loaded.document(catalogue.shop(), channel, at) {
            Some(document) => outlet.line(&[b"{\"upsert\":", &document, b"}"])?,
            None => delete(loaded.product.sku.as_str(), outlet)?,
        }
    }
    outlet.line(&[json!({ "release": current }).to_string().as_bytes()])
}

/// A product that a rollback took away. One that came after the reader's release, too, the
/// reader never had.
fn taken_away(
    catalogue: &Catalogue<'_>,
    id: ProductId,
    since: u64,
    outlet: &mut Outlet,
) -> Result<(), Broken> {
    match catalogue.reader.product_without_reviews(id, since)? {
        Some(product) => delete(product.sku.as_str(), outlet),
        None => Ok(()),
    }
}

fn delete(sku: &str, outlet: &mut Outlet) -> Result<(), Broken> {
    outlet.line(&[b"{\"delete\":", Value::from(sku).to_string().as_bytes(), b"}"])
}
