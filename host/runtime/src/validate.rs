//! What a guest proposes, checked value by value: what is wrong is refused with a diagnostic that
//! names the plugin, the attribute and the locale, and the rest stands.

use std::collections::{HashMap, HashSet};

use rikaste_model::code::{AttributeCode, ChannelCode};
use rikaste_model::diagnostic::{Diagnostic, DiagnosticPlace, Severity, cut_excerpt};
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, MomentError, Window};
use rikaste_model::shop::{Shop, find_nearest_name};
use rikaste_model::value::{AttributeValue, DataType, ValueData};
use smol_str::SmolStr;

use super::bindings::rikaste::plugin::types;
use super::lift::{self, DataError};
use super::manifest::{DeclaredWrite, Manifest};
use super::settings::PluginPolicy;
use super::{guest_text, limits};

/// What stands of a patch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AcceptedPatch {
    /// Its values.
    pub values: Vec<AttributeValue>,
    /// What the plugin has to say, and what the host has to say about the plugin.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a plugin may propose in a shop.
#[derive(Debug)]
pub struct PatchValidator<'a> {
    plugin: &'a Manifest,
    policy: &'a PluginPolicy,
    shop: &'a Shop,
    /// A season's products all have the same bounds, and reading one takes longer than all else
    /// about a value.
    parsed_moments: HashMap<String, Moment>,
}

/// Why a value is left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum ValueError {
    #[error("its manifest does not name {0} in `writes`")]
    Undeclared(String),
    #[error("its manifest says that it is {declared}, and this is {found}")]
    WrongType { declared: DataType, found: DataType },
    #[error("the shop has no locale {0:?}{1}")]
    UnknownLocale(String, NameHint),
    #[error("it has a locale, and its manifest says that it is not localizable")]
    NotLocalizable,
    #[error("the shop has no channel {0:?}{1}")]
    UnknownChannel(String, NameHint),
    #[error("it has a channel, and its manifest says that it is not scopable")]
    NotScopable,
    #[error(transparent)]
    InvalidBound(#[from] MomentError),
    #[error("its window ends before it begins")]
    EmptyWindow,
    #[error("there is another value for the same locale, channel and window")]
    Duplicate,
    #[error(transparent)]
    Data(#[from] DataError),
}

/// The name that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
struct NameHint(Option<String>);

impl std::fmt::Display for NameHint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.as_ref().map_or(Ok(()), |name| write!(f, "; it has {name:?}"))
    }
}

impl<'a> PatchValidator<'a> {
    /// The rules for a plugin in a shop.
    #[must_use]
    pub fn new(plugin: &'a Manifest, policy: &'a PluginPolicy, shop: &'a Shop) -> Self {
        Self { plugin, policy, shop, parsed_moments: HashMap::new() }
    }

    /// What stands of a patch.
    #[must_use]
    pub fn accept_patch(&mut self, patch: types::Patch) -> AcceptedPatch {
        let mut accepted = AcceptedPatch {
            values: Vec::with_capacity(patch.values.len().min(self.policy.limits.values)),
            diagnostics: self.convert_diagnostics(patch.diagnostics),
        };
        let mut places = UsedPlaces::default();
        let proposed = patch.values.len();
        let most = self.policy.limits.values;
        for mut raw in patch.values.into_iter().take(most) {
            if self
                .policy
                .ceded_attributes
                .iter()
                .any(|attribute| attribute.as_str() == raw.attribute)
            {
                // The shop has another plugin write it.
                continue;
            }
            // The data moves on; where it was to be is still needed if it is refused.
            let data = std::mem::replace(&mut raw.data, types::Data::Boolean(false));
            let value = self.check_value(&raw, data);
            match value.and_then(|value| places.claim_place(&accepted.values, value)) {
                Ok(value) => accepted.values.push(value),
                Err(refusal) => accepted.diagnostics.push(self.refusal_diagnostic(&raw, &refusal)),
            }
        }
        if proposed > most {
            let message = format!(
                "the plugin {} {} proposes {proposed} values; those after the first {most} are left out",
                self.plugin.name, self.plugin.version,
            );
            accepted.diagnostics.push(Diagnostic::new_error("plugin-too-many-values", message));
        }
        accepted.diagnostics.truncate(limits::DIAGNOSTICS);
        accepted
    }

    fn check_value(
        &mut self,
        at: &types::Value,
        data: types::Data,
    ) -> Result<AttributeValue, ValueError> {
        let Some(write) = self.plugin.find_write(&at.attribute) else {
            return Err(ValueError::Undeclared(cut_excerpt(&at.attribute)));
        };
        let found = lift::data_type_of(&data);
        if found != write.data_type {
            return Err(ValueError::WrongType { declared: write.data_type, found });
        }
        let locale =
            at.locale.as_ref().map(|locale| self.check_locale(write, locale)).transpose()?;
        let channel =
            at.channel.as_ref().map(|channel| self.check_channel(write, channel)).transpose()?;
        let window =
            at.window.as_ref().map_or(Ok(Window::ALWAYS), |window| self.check_window(window))?;
        let data = lift::lift_data(data)?;
        if let ValueData::Options(_) = data {
            let known = self.shop.find_attribute(write.attribute.as_str());
            known.map_or(Ok(()), |known| lift::check_options(&data, &known.options))?;
        }
        Ok(AttributeValue { attribute: write.attribute.clone(), locale, channel, window, data })
    }

    fn check_locale(&self, write: &DeclaredWrite, text: &str) -> Result<Locale, ValueError> {
        if !write.localizable {
            return Err(ValueError::NotLocalizable);
        }
        let locales = &self.shop.locales;
        if let Some(known) = locales.iter().find(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        let known = Locale::new(text).ok().filter(|locale| locales.contains(locale));
        known.ok_or_else(|| {
            let hint = find_nearest_name(text, locales.iter().map(Locale::as_str));
            ValueError::UnknownLocale(cut_excerpt(text), NameHint(hint.map(str::to_owned)))
        })
    }

    fn check_channel(&self, write: &DeclaredWrite, text: &str) -> Result<ChannelCode, ValueError> {
        if !write.scopable {
            return Err(ValueError::NotScopable);
        }
        let known = self.shop.find_channel(text).map(|channel| channel.code.clone());
        known.ok_or_else(|| {
            let hint = find_nearest_name(
                text,
                self.shop.channels.iter().map(|channel| channel.code.as_str()),
            );
            ValueError::UnknownChannel(cut_excerpt(text), NameHint(hint.map(str::to_owned)))
        })
    }

    fn check_window(&mut self, raw: &types::Window) -> Result<Window, ValueError> {
        let window = Window {
            start: raw.start.as_ref().map(|bound| self.parse_moment(bound)).transpose()?,
            end: raw.end.as_ref().map(|bound| self.parse_moment(bound)).transpose()?,
        };
        if window.is_empty() { Err(ValueError::EmptyWindow) } else { Ok(window) }
    }

    fn parse_moment(&mut self, text: &str) -> Result<Moment, ValueError> {
        /// More bounds than a year of daily windows; a guest that makes up more pays itself.
        const REMEMBERED: usize = 800;
        if let Some(known) = self.parsed_moments.get(text) {
            return Ok(*known);
        }
        let moment = Moment::parse_in_zone(guest_text::truncate_text(text, 40), &self.shop.zone)?;
        if self.parsed_moments.len() < REMEMBERED {
            self.parsed_moments.insert(text.to_owned(), moment);
        }
        Ok(moment)
    }

    fn refusal_diagnostic(&self, at: &types::Value, refusal: &ValueError) -> Diagnostic {
        let message = format!(
            "the plugin {} {} proposes a value of {} that is left out: {refusal}",
            self.plugin.name,
            self.plugin.version,
            cut_excerpt(&at.attribute)
        );
        let mut diagnostic = Diagnostic::new_error("plugin-value-refused", message);
        diagnostic.place.attribute = AttributeCode::new(&at.attribute).ok();
        diagnostic.place.locale = at.locale.as_ref().and_then(|locale| Locale::new(locale).ok());
        diagnostic
    }

    fn convert_diagnostics(&self, raw: Vec<types::Diagnostic>) -> Vec<Diagnostic> {
        raw.into_iter()
            .take(limits::DIAGNOSTICS)
            .map(|diagnostic| self.convert_diagnostic(&diagnostic))
            .collect()
    }

    fn convert_diagnostic(&self, raw: &types::Diagnostic) -> Diagnostic {
        let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_code = (1..=64).contains(&raw.code.len()) && raw.code.bytes().all(lower);
        Diagnostic {
            severity: match raw.severity {
                types::Severity::Info => Severity::Info,
                types::Severity::Warning => Severity::Warning,
                types::Severity::Error => Severity::Error,
            },
            code: if is_code {
                SmolStr::new(&raw.code)
            } else {
                SmolStr::new(self.plugin.name.as_str())
            },
            message: guest_text::sanitize_message(&raw.message, limits::MESSAGE_BYTES).into(),
            place: DiagnosticPlace {
                attribute: raw.attribute.as_ref().and_then(|code| AttributeCode::new(code).ok()),
                locale: raw.locale.as_ref().and_then(|locale| Locale::new(locale).ok()),
                ..DiagnosticPlace::default()
            },
        }
    }
}

/// The places that have a value. A handful is compared one by one, more by their hashes.
#[derive(Default)]
struct UsedPlaces {
    places: HashSet<(AttributeCode, Option<Locale>, Option<ChannelCode>, Window)>,
}

impl UsedPlaces {
    const LINEAR_SEARCH_LIMIT: usize = 32;

    fn claim_place(
        &mut self,
        accepted: &[AttributeValue],
        value: AttributeValue,
    ) -> Result<AttributeValue, ValueError> {
        let place = |value: &AttributeValue| {
            (value.attribute.clone(), value.locale.clone(), value.channel.clone(), value.window)
        };
        let free = if accepted.len() < Self::LINEAR_SEARCH_LIMIT {
            !accepted.iter().any(|other| other.has_same_scope(&value))
        } else {
            if self.places.is_empty() {
                self.places.extend(accepted.iter().map(place));
            }
            self.places.insert(place(&value))
        };
        if free { Ok(value) } else { Err(ValueError::Duplicate) }
    }
}
