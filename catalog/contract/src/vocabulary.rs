//! A channel's vocabulary: its words with their forms, for devices that search a copy of their own.

use serde::{Deserialize, Serialize};

use crate::OrderedMap;

/// The answer of `GET /v1/channels/{channel}/vocabulary`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelVocabulary {
    /// The channel's code.
    pub channel: String,
    /// The attributes whose texts are searched, of those that the channel shows.
    pub attributes: Vec<String>,
    /// The words of these texts, of labels and of categories, by the code of their language (`fi`).
    #[cfg_attr(feature = "openapi", schema(value_type = HashMap<String, LanguageWords>))]
    pub languages: OrderedMap<'static, LanguageWords>,
}

/// The words of a language. They are in lower case, and have no digits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LanguageWords {
    /// Each word with its forms: what all inflections of it have in common.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = HashMap<String, Vec<String>>, examples(json!({ "kumisaappaat": ["kumisaapa"] })))
    )]
    pub words: OrderedMap<'static, Vec<String>>,
    /// Each compound with the forms of its parts, by which it is found as well.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = HashMap<String, Vec<String>>, examples(json!({ "kumisaappaat": ["kumi", "saapa"] })))
    )]
    pub parts: OrderedMap<'static, Vec<String>>,
    /// Endings of words, each with what may stand in its place in a form. A word that is not listed has the forms that
    /// replacing its ending makes, as far as listed words have them.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = HashMap<String, Vec<String>>, examples(json!({ "s": [""] })))
    )]
    pub endings: OrderedMap<'static, Vec<String>>,
    /// Words that are not looked for beside others.
    pub stop_words: Vec<String>,
}
