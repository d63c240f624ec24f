//! A channel's model: the shop's own names of all that documents have as codes.

use axum::http::HeaderMap;
use axum::http::header::ETAG;
use axum::response::Response;
use rikaste_contract::{
    ChannelModel, ModelAttribute, ModelCategory, ModelFamily, ModelName, OrderedMap,
};
use rikaste_model::code::AttributeCode;
use rikaste_model::shop::{AttributeDefinition, Channel, LocaleLabels, Shop};

use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};
use super::openapi::{ChannelPath, ChannelProblems, NotModified};
use super::parameters::RawParameters;
use super::problem::ApiProblem;
use super::releases::list_locations;
use super::state::ReadableChannel;

/// The names of what a channel's documents are made of.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/model",
    tag = "channels",
    operation_id = "model",
    summary = "The shop's names of attributes, options, families, categories, links and locations",
    description = "It changes with the shop's configuration only. A change of labels alone makes no release.",
    params(ChannelPath),
    responses(
        (status = 200, description = "The model.", body = ChannelModel, headers(("ETag"))),
        NotModified,
        ChannelProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_channel_model(
    channel: ReadableChannel,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let model = build_model(&channel, &channel.app().configuration.shop);
    let json = serde_json::to_vec(&model).expect("a model is texts and lists");
    let tag = new_etag(&blake3::hash(&json).to_hex()[..32]);
    if let Some(known) = match_etag(&headers, &tag) {
        return Ok(not_modified(known));
    }
    let mut response = typed_response("application/json", json);
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
}

fn build_model(channel: &Channel, shop: &Shop) -> ChannelModel {
    let shown = shop.attributes.iter().filter(|(code, _)| channel.can_publish(code));
    let name = |code: &str, labels| ModelName {
        code: code.to_owned(),
        labels: resolve_labels(labels, channel),
    };
    ChannelModel {
        channel: channel.code.to_string(),
        attributes: shown
            .map(|(code, definition)| describe_attribute(code, definition, channel))
            .collect(),
        families: shop
            .families
            .iter()
            .map(|(code, family)| ModelFamily {
                code: code.to_string(),
                labels: resolve_labels(&family.label, channel),
                attributes: family.attributes.iter().map(ToString::to_string).collect(),
            })
            .collect(),
        categories: shop
            .categories
            .iter()
            .map(|(code, category)| ModelCategory {
                code: code.to_string(),
                parent: category.parent.as_ref().map(ToString::to_string),
                labels: resolve_labels(&category.label, channel),
            })
            .collect(),
        associations: shop
            .associations
            .iter()
            .map(|(code, labels)| name(code.as_str(), labels))
            .collect(),
        locations: list_locations(channel, shop),
    }
}

fn describe_attribute(
    code: &AttributeCode,
    definition: &AttributeDefinition,
    channel: &Channel,
) -> ModelAttribute {
    let options = definition.options.iter().map(|(code, labels)| ModelName {
        code: code.to_string(),
        labels: resolve_labels(labels, channel),
    });
    ModelAttribute {
        code: code.to_string(),
        labels: resolve_labels(&definition.label, channel),
        data_type: definition.data_type.to_string(),
        localizable: definition.localizable,
        facet: definition.facet,
        unit: definition.unit.as_ref().map(ToString::to_string),
        options: (!definition.options.is_empty()).then(|| options.collect()),
    }
}

/// A label for each of the channel's locales, by the fallbacks of its values.
fn resolve_labels(labels: &LocaleLabels, channel: &Channel) -> OrderedMap<'static, String> {
    let resolved = channel.locales.iter().filter_map(|chain| {
        let label = chain.chain.iter().find_map(|locale| labels.get(locale))?;
        Some((chain.locale.to_string(), label.clone()))
    });
    resolved.collect()
}
