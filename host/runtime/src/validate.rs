//! What a guest proposes, checked value by value: what is wrong is refused with a diagnostic that
//! names the plugin, the attribute and the locale, and the rest stands.

use std::collections::{HashMap, HashSet};

use rikaste_model::code::{AttributeCode, ChannelCode};
use rikaste_model::diagnostic::{Diagnostic, Place, Severity, excerpt};
use rikaste_model::locale::Locale;
use rikaste_model::moment::{Moment, MomentError, Window};
use rikaste_model::shop::{Shop, nearest};
use rikaste_model::value::{Data, DataType, Value};
use smol_str::SmolStr;

use super::bindings::rikaste::plugin::types;
use super::lift::{self, DataError};
use super::manifest::{Manifest, Write};
use super::settings::Terms;
use super::{limits, text};

/// What stands of a patch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Its values.
    pub values: Vec<Value>,
    /// What the plugin has to say, and what the host has to say about the plugin.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a plugin may propose in a shop.
#[derive(Debug)]
pub struct Rules<'a> {
    plugin: &'a Manifest,
    terms: &'a Terms,
    shop: &'a Shop,
    /// A season's products all have the same bounds, and reading one takes longer than all else
    /// about a value.
    moments: HashMap<String, Moment>,
}

/// Why a value is left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Refusal {
    #[error("its manifest does not name {0} in `writes`")]
    Undeclared(String),
    #[error("its manifest says that it is {declared}, and this is {found}")]
    Type { declared: DataType, found: DataType },
    #[error("the shop has no locale {0:?}{1}")]
    Locale(String, Hint),
    #[error("it has a locale, and its manifest says that it is not localizable")]
    NotLocalizable,
    #[error("the shop has no channel {0:?}{1}")]
    Channel(String, Hint),
    #[error("it has a channel, and its manifest says that it is not scopable")]
    NotScopable,
    #[error(transparent)]
    Bound(#[from] MomentError),
    #[error("its window ends before it begins")]
    Window,
    #[error("there is another value for the same locale, channel and window")]
    Duplicate,
    #[error(transparent)]
    Data(#[from] DataError),
}

/// The name that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hint(Option<String>);

impl std::fmt::Display for Hint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.as_ref().map_or(Ok(()), |name| write!(f, "; it has {name:?}"))
    }
}

impl<'a> Rules<'a> {
    /// The rules for a plugin in a shop.
    #[must_use]
    pub fn new(plugin: &'a Manifest, terms: &'a Terms, shop: &'a Shop) -> Self {
        Self { plugin, terms, shop, moments: HashMap::new() }
    }

    /// What stands of a patch.
    #[must_use]
    pub fn accept(&mut self, patch: types::Patch) -> Accepted {
        let mut accepted = Accepted {
            values: Vec::with_capacity(patch.values.len().min(self.terms.limits.values)),
            diagnostics: self.diagnostics(patch.diagnostics),
        };
        let mut places = Places::default();
        let proposed = patch.values.len();
        let most = self.terms.limits.values;
        for mut raw in patch.values.into_iter().take(most) {
            if self.terms.yields.iter().any(|attribute| attribute.as_str() == raw.attribute) {
                // The shop said that another plugin writes it.
                continue;
            }
            // The data moves on; where it was to be is still needed if it is refused.
            let data = std::mem::replace(&mut raw.data, types::Data::Boolean(false));
            let value = self.value(&raw, data);
            match value.and_then(|value| places.claim(&accepted.values, value)) {
                Ok(value) => accepted.values.push(value),
                Err(refusal) => accepted.diagnostics.push(self.refused(&raw, &refusal)),
            }
        }
        if proposed > most {
            let message = format!(
                "the plugin {} {} proposes {proposed} values; those after the first {most} are left out",
                self.plugin.name, self.plugin.version,
            );
            accepted.diagnostics.push(Diagnostic::error("plugin-too-many-values", message));
        }
        accepted.diagnostics.truncate(limits::DIAGNOSTICS);
        accepted
    }

    fn value(&mut self, at: &types::Value, data: types::Data) -> Result<Value, Refusal> {
        let Some(write) = self.plugin.writes(&at.attribute) else {
            return Err(Refusal::Undeclared(excerpt(&at.attribute)));
        };
        let found = lift::data_type(&data);
        if found != write.data_type {
            return Err(Refusal::Type { declared: write.data_type, found });
        }
        let locale = at.locale.as_ref().map(|locale| self.locale(write, locale)).transpose()?;
        let channel =
            at.channel.as_ref().map(|channel| self.channel(write, channel)).transpose()?;
        let window = at.window.as_ref().map_or(Ok(Window::ALWAYS), |window| self.window(window))?;
        let data = lift::data(data)?;
        if let Data::Options(_) = data {
            let known = self.shop.attribute(write.attribute.as_str());
            known.map_or(Ok(()), |known| lift::check_options(&data, &known.options))?;
        }
        Ok(Value { attribute: write.attribute.clone(), locale, channel, window, data })
    }

    fn locale(&self, write: &Write, text: &str) -> Result<Locale, Refusal> {
        if !write.localizable {
            return Err(Refusal::NotLocalizable);
        }
        let locales = &self.shop.locales;
        if let Some(known) = locales.iter().find(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        let known = Locale::new(text).ok().filter(|locale| locales.contains(locale));
        known.ok_or_else(|| {
            let hint = nearest(text, locales.iter().map(Locale::as_str));
            Refusal::Locale(excerpt(text), Hint(hint.map(str::to_owned)))
        })
    }

    fn channel(&self, write: &Write, text: &str) -> Result<ChannelCode, Refusal> {
        if !write.scopable {
            return Err(Refusal::NotScopable);
        }
        let known = self.shop.channel(text).map(|channel| channel.code.clone());
        known.ok_or_else(|| {
            let hint =
                nearest(text, self.shop.channels.iter().map(|channel| channel.code.as_str()));
            Refusal::Channel(excerpt(text), Hint(hint.map(str::to_owned)))
        })
    }

    fn window(&mut self, raw: &types::Window) -> Result<Window, Refusal> {
        let window = Window {
            start: raw.start.as_ref().map(|bound| self.moment(bound)).transpose()?,
            end: raw.end.as_ref().map(|bound| self.moment(bound)).transpose()?,
        };
        if window.is_empty() { Err(Refusal::Window) } else { Ok(window) }
    }

    fn moment(&mut self, text: &str) -> Result<Moment, Refusal> {
        /// More bounds than a year of daily windows; a guest that makes up more pays itself.
        const REMEMBERED: usize = 800;
        if let Some(known) = self.moments.get(text) {
            return Ok(*known);
        }
        let moment = Moment::parse(text::cut(text, 40), &self.shop.zone)?;
        if self.moments.len() < REMEMBERED {
            self.moments.insert(text.to_owned(), moment);
        }
        Ok(moment)
    }

    fn refused(&self, at: &types::Value, refusal: &Refusal) -> Diagnostic {
        let message = format!(
            "the plugin {} {} proposes a value of {} that is left out: {refusal}",
            self.plugin.name,
            self.plugin.version,
            excerpt(&at.attribute)
        );
        let mut diagnostic = Diagnostic::error("plugin-value-refused", message);
        diagnostic.place.attribute = AttributeCode::new(&at.attribute).ok();
        diagnostic.place.locale = at.locale.as_ref().and_then(|locale| Locale::new(locale).ok());
        diagnostic
    }

    fn diagnostics(&self, raw: Vec<types::Diagnostic>) -> Vec<Diagnostic> {
        raw.into_iter()
            .take(limits::DIAGNOSTICS)
            .map(|diagnostic| self.diagnostic(&diagnostic))
            .collect()
    }

    fn diagnostic(&self, raw: &types::Diagnostic) -> Diagnostic {
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
            message: text::words(&raw.message, limits::MESSAGE_BYTES).into(),
            place: Place {
                attribute: raw.attribute.as_ref().and_then(|code| AttributeCode::new(code).ok()),
                locale: raw.locale.as_ref().and_then(|locale| Locale::new(locale).ok()),
                ..Place::default()
            },
        }
    }
}

/// The places that are taken. A handful is compared one by one, more by their hashes.
#[derive(Default)]
struct Places {
    taken: HashSet<(AttributeCode, Option<Locale>, Option<ChannelCode>, Window)>,
}

impl Places {
    const HANDFUL: usize = 32;

    fn claim(&mut self, accepted: &[Value], value: Value) -> Result<Value, Refusal> {
        let place = |value: &Value| {
            (value.attribute.clone(), value.locale.clone(), value.channel.clone(), value.window)
        };
        let free = if accepted.len() < Self::HANDFUL {
            !accepted.iter().any(|other| other.same_place(&value))
        } else {
            if self.taken.is_empty() {
                self.taken.extend(accepted.iter().map(place));
            }
            self.taken.insert(place(&value))
        };
        if free { Ok(value) } else { Err(Refusal::Duplicate) }
    }
}
