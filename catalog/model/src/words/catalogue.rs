//! The catalogue: the Fluent files that come with the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Language, LocalizedText, TextArgument};
use crate::words;

/// Each language's file, in the order of [`Language::ALL`].
pub(super) const FILES: [&str; 4] = [
    include_str!("../../words/en.ftl"),
    include_str!("../../words/fi.ftl"),
    include_str!("../../words/sv.ftl"),
    include_str!("../../words/de.ftl"),
];

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 4]> =
    LazyLock::new(|| std::array::from_fn(|at| build_bundle(Language::ALL[at], FILES[at])));

fn build_bundle(language: Language, file: &str) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.tag().parse().expect("a language tag");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // A receipt is no mix of scripts, and the marks would be copied out of it with the values.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::De => |value, _| format_grouped(value, Language::De),
        Language::En | Language::Fi | Language::Sv => {
            |value, _| format_grouped(value, Language::En)
        }
    }));
    let resource = FluentResource::try_new(file.to_owned());
    let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language}.ftl: {errors:?}"));
    bundle.add_resource(resource).expect("each text of a file has a name of its own");
    bundle
}

fn format_grouped(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            Some(language.format_number(*value as u64))
        }
        _ => None,
    }
}

fn find_bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    let at = Language::ALL.iter().position(|known| *known == language);
    &BUNDLES[at.expect("all languages are listed")]
}

/// Whether there is a text of this name.
pub(super) fn has_text(name: &str) -> bool {
    find_bundle(Language::En).has_message(name)
}

/// The text of words. Of a name that is not there, which a test rules out, the name itself.
pub(super) fn format_text(words: &LocalizedText, language: Language) -> String {
    let bundle = find_bundle(language);
    let pattern = bundle.get_message(words.name()).and_then(|message| message.value());
    let Some(pattern) = pattern else { return words.name().to_owned() };
    let mut arguments = FluentArgs::with_capacity(words.arguments.len());
    for (name, argument) in &words.arguments {
        arguments.set(name.as_str(), to_fluent_value(argument, language));
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
}

fn to_fluent_value(argument: &TextArgument, language: Language) -> FluentValue<'_> {
    match argument {
        TextArgument::Text(text) => FluentValue::from(text.as_str()),
        TextArgument::Count(count) => FluentValue::from(*count),
        TextArgument::Words(words) => FluentValue::from(format_text(words, language)),
        TextArgument::Names(names, more) => {
            let mut list: Vec<String> =
                names.iter().map(|name| language.quote_text(name)).collect();
            if *more > 0 {
                list.push(words!("names-more", count = *more).to_text(language));
            }
            FluentValue::from(list.join(", "))
        }
    }
}
