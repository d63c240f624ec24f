//! A channel's vocabulary: what a device needs to search its own copy as the server searches.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::ETAG;
use axum::response::Response;
use rikaste_contract::{ChannelVocabulary, LanguageWords};
use rikaste_model::locale::Locale;
use rikaste_model::projection::is_withheld;
use rikaste_model::shop::{Channel, SearchUse, Shop};
use rikaste_search::{LanguageVocabulary, VocabularyBuilder};

use super::catalogue_view::CatalogueView;
use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};
use super::openapi::{ChannelPath, ChannelProblems, NotModified};
use super::parameters::RawParameters;
use super::problem::ApiProblem;
use super::state::ReadableChannel;

/// The words of a channel, with their forms.
#[utoipa::path(
    get,
    path = "/v1/channels/{channel}/vocabulary",
    tag = "products",
    operation_id = "vocabulary",
    summary = "The words of the channel with their forms, for devices that search a copy of their own",
    description = "It changes when a product has a word that none had, or the last one loses it.",
    params(ChannelPath),
    responses(
        (status = 200, description = "The vocabulary.", body = ChannelVocabulary, headers(("ETag"))),
        NotModified,
        ChannelProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_vocabulary(
    channel: ReadableChannel,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let app = Arc::clone(channel.app());
    app.read_catalogue(move |catalogue| {
        let vocabulary = collect_vocabulary(catalogue, &channel)?;
        let json = serde_json::to_vec(&vocabulary).expect("a vocabulary is texts and lists");
        let tag = new_etag(&blake3::hash(&json).to_hex()[..32]);
        let mut response = match match_etag(&headers, &tag) {
            Some(known) => not_modified(known),
            None => typed_response("application/json", json),
        };
        response.headers_mut().entry(ETAG).or_insert(tag);
        Ok(response)
    })
    .await
}

fn collect_vocabulary(
    catalogue: &CatalogueView<'_>,
    channel: &Channel,
) -> Result<ChannelVocabulary, ApiProblem> {
    let locales: BTreeSet<&Locale> =
        channel.locales.iter().flat_map(|chain| &chain.chain).collect();
    let at = catalogue.effective_moment(None);
    let mut builder = VocabularyBuilder::default();
    catalogue.scan_products(catalogue.release_number(), |loaded| {
        let view = loaded.product_view(catalogue.shop(), at);
        let completeness = view.assess_completeness(channel);
        if completeness.is_some_and(|completeness| !is_withheld(channel, &completeness)) {
            for locale in &locales {
                let texts = view.collect_texts(locale);
                builder.add_text(locale, &texts.title);
                builder.add_text(locale, &texts.text);
            }
        }
        Ok::<_, ApiProblem>(())
    })?;
    let languages = builder.finish().into_iter();
    Ok(ChannelVocabulary {
        channel: channel.code.to_string(),
        attributes: list_searched_attributes(catalogue.shop(), channel),
        languages: languages.map(|(code, words)| (code.to_string(), list_words(words))).collect(),
    })
}

fn list_searched_attributes(shop: &Shop, channel: &Channel) -> Vec<String> {
    let attributes = shop.attributes.iter();
    let searched = attributes.filter(|(code, definition)| {
        definition.search != SearchUse::None && channel.can_publish(code)
    });
    searched.map(|(code, _)| code.to_string()).collect()
}

fn list_words(vocabulary: LanguageVocabulary) -> LanguageWords {
    let LanguageVocabulary { words, endings, stop_words } = vocabulary;
    let compounds = words.iter().filter(|(_, found)| !found.parts.is_empty());
    LanguageWords {
        parts: compounds.map(|(word, found)| (word.clone(), found.parts.clone())).collect(),
        words: words.into_iter().map(|(word, found)| (word, found.forms)).collect(),
        endings: endings.into_iter().map(|(end, all)| (end, all.into_iter().collect())).collect(),
        stop_words: stop_words.iter().map(ToString::to_string).collect::<Vec<_>>(),
    }
}
