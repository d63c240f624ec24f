//! What an address asks for after its question mark. Nothing is guessed: a parameter that is
//! unknown, given twice or unreadable is a problem that says what to write.

use std::convert::Infallible;
use std::ops::RangeInclusive;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use jiff::tz::TimeZone;
use rikaste_model::locale::Locale;
use rikaste_model::moment::Moment;
use rikaste_model::shop::{Channel, find_nearest_name};

use super::problem::{ApiProblem, ProblemKind};

/// The longest query that is read, in bytes: ten times the longest sensible search.
const MAX_QUERY_BYTES: usize = 4 * 1024;

/// The parameters of a request, as they came.
#[derive(Debug, Clone)]
pub(super) struct RawParameters(Result<Vec<(String, String)>, &'static str>);

impl<S: Sync> FromRequestParts<S> for RawParameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        if parts.uri.query().is_some_and(|query| query.len() > MAX_QUERY_BYTES) {
            return Ok(Self(Err("The query is longer than 4 KiB; ask for less at once.")));
        }
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        Ok(Self(
            pairs.map(|Query(pairs)| pairs).map_err(|_| "The query is not percent-encoded UTF-8."),
        ))
    }
}

/// Parameters that the address knows.
#[derive(Debug, Clone)]
pub(super) struct CheckedParameters(Vec<(String, String)>);

impl RawParameters {
    /// Goes on with these if all of them are known. A name that ends in a dot stands for all
    /// that begin with it.
    pub(super) fn check_names(self, names: &[&str]) -> Result<CheckedParameters, ApiProblem> {
        let pairs = self.0.map_err(|detail| ApiProblem::new(ProblemKind::BadParameter, detail))?;
        let is_known = |given: &str| {
            names.iter().any(|name| {
                given == *name
                    || (name.ends_with('.') && given.len() > name.len() && given.starts_with(name))
            })
        };
        match pairs.iter().find(|(name, _)| !is_known(name)) {
            None => Ok(CheckedParameters(pairs)),
            Some((name, _)) => Err(unknown_parameter(name, names)),
        }
    }
}

fn unknown_parameter(name: &str, names: &[&str]) -> ApiProblem {
    let hint = match find_nearest_name(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None if names.is_empty() => "this address takes none".to_owned(),
        None => format!("this address takes {}", names.join(", ")),
    };
    let shown: String = name.chars().take(40).collect();
    ApiProblem::bad_parameter(&shown, format_args!("there is no such parameter; {hint}"))
}

impl CheckedParameters {
    /// The value of a parameter that may be given once; an empty one is as good as none.
    pub(super) fn single_value(&self, name: &str) -> Result<Option<&str>, ApiProblem> {
        let mut values =
            self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str());
        let first = values.next();
        if values.next().is_some() {
            return Err(ApiProblem::bad_parameter(name, "it is given twice; give it once"));
        }
        Ok(first.filter(|value| !value.is_empty()))
    }

    /// Every value of a parameter that may be given many times.
    pub(super) fn all_values<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0
            .iter()
            .filter(move |(given, value)| given == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The parameters whose names begin with this, without it.
    pub(super) fn entries_with_prefix<'s>(
        &'s self,
        prefix: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.0
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// A whole number within these bounds.
    pub(super) fn parse_number(
        &self,
        name: &str,
        bounds: RangeInclusive<u64>,
        default: u64,
    ) -> Result<u64, ApiProblem> {
        Ok(self.parse_optional_number(name, bounds)?.unwrap_or(default))
    }

    /// A whole number within these bounds, if one is given.
    pub(super) fn parse_optional_number(
        &self,
        name: &str,
        bounds: RangeInclusive<u64>,
    ) -> Result<Option<u64>, ApiProblem> {
        let Some(text) = self.single_value(name)? else { return Ok(None) };
        match text.parse() {
            Ok(number) if bounds.contains(&number) => Ok(Some(number)),
            _ => Err(ApiProblem::bad_parameter(name, number_hint(&bounds))),
        }
    }

    /// `true` or `false`; not given is `false`.
    pub(super) fn parse_flag(&self, name: &str) -> Result<bool, ApiProblem> {
        match self.single_value(name)? {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(ApiProblem::bad_parameter(name, "write true or false")),
        }
    }

    /// The moment that `as_of` names, in the shop's time zone.
    pub(super) fn parse_as_of(&self, zone: &TimeZone) -> Result<Option<Moment>, ApiProblem> {
        let moment = self.single_value("as_of")?.map(|text| Moment::parse_in_zone(text, zone));
        moment.transpose().map_err(|error| ApiProblem::bad_parameter("as_of", error))
    }

    /// The locale of the channel that `locale` names, if one is named.
    pub(super) fn parse_locale<'c>(
        &self,
        channel: &'c Channel,
    ) -> Result<Option<&'c Locale>, ApiProblem> {
        let Some(text) = self.single_value("locale")? else { return Ok(None) };
        let all = || channel.locales.iter().map(|chain| &chain.locale);
        let found = Locale::new(text).ok().and_then(|requested| {
            let mut spoken = all().filter(|locale| {
                requested.as_str() == requested.language()
                    && locale.language() == requested.language()
            });
            all()
                .find(|locale| **locale == requested)
                .or_else(|| spoken.next().filter(|_| spoken.next().is_none()))
        });
        found.map(Some).ok_or_else(|| {
            let known: Vec<_> = all().map(ToString::to_string).collect();
            let detail = format!(
                "the channel {} has no such locale; it has {}",
                channel.code,
                known.join(", ")
            );
            ApiProblem::bad_parameter("locale", detail)
                .with_members(|body| body.locales = Some(known))
        })
    }
}

fn number_hint(bounds: &RangeInclusive<u64>) -> String {
    match *bounds.end() {
        u64::MAX => format!("write a whole number from {}", bounds.start()),
        end => format!("write a whole number from {} to {end}", bounds.start()),
    }
}
