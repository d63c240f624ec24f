//! Headers: what a column's name says by convention.
//!
//! A name is a target's own (`sku`, `price`), or an attribute's code and where the value holds:
//! `name-fi_FI`, `name-web`, `name-fi_FI-web`, `price-retail-EUR`, `stock-helsinki`. Case does not
//! matter, and a point, a space, an underscore or brackets do as well as the hyphen:
//! `Name (fi)`. Mappings name their targets in the same way.

use rikaste_model::code::{ChannelCode, LocationCode};
use rikaste_model::locale::Locale;
use rikaste_model::record::DropKind;
use rikaste_model::shop::{Shop, find_misspelt_name, find_nearest_name};
use rikaste_model::well_known;
use rikaste_model::words;
use rikaste_model::words::LocalizedText;

use crate::columns::target::{
    AttributeRule, AttributeTarget, ColumnTarget, PricePart, PriceTarget, PriceTerm, RecordField,
    STATUS_OFF, StatusBound,
};
use rikaste_tables::MEMBER_NAME;

mod language_names;
mod prices;

use language_names::language_tags;

/// Reads headers of files of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeaderConvention<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) kind: DropKind,
}

/// Why a header says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.to_localized_text())]
pub(crate) enum HeaderProblem {
    Unknown {
        name: String,
        near: Option<String>,
    },
    Suffix {
        suffix: String,
        locales: String,
        channels: String,
        near: Option<String>,
    },
    NotLocalizable {
        attribute: String,
    },
    NotScopable {
        attribute: String,
    },
    PriceList {
        suffix: String,
        lists: String,
        near: Option<String>,
    },
    Location {
        suffix: String,
        locations: String,
        near: Option<String>,
    },
    LocationMissing {
        locations: String,
        first: String,
    },
    NoLocations,
    /// It is a price without tax, and prices here have it.
    NetPrice {
        column: String,
    },
    /// It is in a channel that the shop does not have.
    Channel {
        column: String,
        channel: String,
        target: String,
    },
    /// It may mean what another column says.
    AlreadyRead {
        name: String,
        place: String,
        by: String,
    },
    /// It may mean what another column may mean as well.
    Ambiguous {
        name: String,
        place: String,
        other: String,
    },
    /// The mapping reads from another column what it says.
    Overruled {
        mapping: String,
        place: String,
        by: String,
    },
    /// It is the label of several attributes.
    SharedLabel {
        name: String,
        first: String,
        second: String,
    },
    /// It is the label of an attribute, and elsewhere says what decides about a sale.
    Contested {
        name: String,
        attribute: String,
        place: String,
    },
    /// Its unit is of another quantity than the attribute's.
    OtherQuantity {
        column: String,
        attribute: String,
        unit: String,
        own: String,
    },
    /// It is no attribute, and edits are about those.
    NotEdited {
        decides_about_sale: bool,
    },
    /// It has a unit, and the attribute has none.
    Unitless {
        column: String,
        attribute: String,
        unit: String,
    },
}

impl HeaderProblem {
    /// Whether the shop has no attribute for it, so that one may be proposed.
    pub(crate) fn is_unknown_attribute(&self) -> bool {
        matches!(self, Self::Unknown { .. } | Self::AlreadyRead { .. } | Self::Ambiguous { .. })
    }

    /// Whether nothing in the shop is called like it.
    pub(crate) fn is_new_name(&self) -> bool {
        matches!(self, Self::Unknown { near: None, .. })
    }

    /// The same of a column that is called so.
    pub(crate) fn of_column(mut self, header: &str) -> Self {
        if let Self::NetPrice { column } | Self::Channel { column, .. } = &mut self {
            header.clone_into(column);
        }
        self
    }

    /// What a receipt says about it.
    pub(crate) fn to_localized_text(&self) -> LocalizedText {
        match self {
            Self::Unknown { name, near } => {
                words!("header-unknown", name = name.as_str(), hint = near_hint(near))
            }
            Self::Suffix { suffix, locales, channels, near } => words!(
                "header-suffix",
                suffix = suffix.as_str(),
                locales = locales.as_str(),
                channels = channels.as_str(),
                hint = near_hint(near)
            ),
            Self::NotLocalizable { attribute } => {
                words!("header-not-localizable", attribute = attribute.as_str())
            }
            Self::NotScopable { attribute } => {
                words!("header-not-scopable", attribute = attribute.as_str())
            }
            Self::PriceList { suffix, lists, near } => words!(
                "header-price-list",
                suffix = suffix.as_str(),
                lists = lists.as_str(),
                hint = near_hint(near)
            ),
            Self::Location { suffix, locations, near } => words!(
                "header-location",
                suffix = suffix.as_str(),
                locations = locations.as_str(),
                hint = near_hint(near)
            ),
            Self::LocationMissing { locations, first } => words!(
                "header-which-location",
                locations = locations.as_str(),
                first = first.as_str()
            ),
            Self::NoLocations => words!("header-no-locations"),
            Self::NotEdited { .. } => words!("edit-elsewhere"),
            Self::NetPrice { column } => words!("header-net-price", column = quote_key(column)),
            Self::Channel { column, channel, target } => words!(
                "header-channel",
                column = quote_key(column),
                channel = channel.as_str(),
                target = target.as_str()
            ),
            Self::AlreadyRead { name, place, by } => words!(
                "header-taken",
                name = name.as_str(),
                place = place.as_str(),
                by = by.as_str()
            ),
            Self::Ambiguous { name, place, other } => words!(
                "header-rivals",
                name = name.as_str(),
                place = place.as_str(),
                other = other.as_str()
            ),
            Self::Overruled { mapping, place, by } => words!(
                "header-overruled",
                mapping = mapping.as_str(),
                place = place.as_str(),
                by = by.as_str()
            ),
            Self::SharedLabel { name, first, second } => words!(
                "header-shared-label",
                name = name.as_str(),
                first = first.as_str(),
                second = second.as_str()
            ),
            Self::Contested { name, attribute, place } => words!(
                "header-contested",
                column = quote_key(name),
                attribute = attribute.as_str(),
                place = place.as_str()
            ),
            Self::OtherQuantity { column, attribute, unit, own } => words!(
                "header-quantity",
                column = column.as_str(),
                attribute = attribute.as_str(),
                unit = unit.as_str(),
                own = own.as_str()
            ),
            Self::Unitless { column, attribute, unit } => words!(
                "header-unitless",
                column = column.as_str(),
                attribute = attribute.as_str(),
                unit = unit.as_str()
            ),
        }
    }
}

fn near_hint(near: &Option<String>) -> Option<LocalizedText> {
    near.as_ref().map(|near| words!("or-meant", near = near.as_str()))
}

/// A header as a key of TOML.
pub(crate) fn quote_key(header: &str) -> String {
    format!("\"{}\"", header.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What separates a name from what narrows it.
pub(crate) const NAME_SEPARATORS: [char; 5] = ['-', '.', ' ', '_', '('];

/// A name as it is compared: in lower case, one separator for all.
pub(crate) fn fold_name(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', '.', ' '], "_")
}

impl<'a> HeaderConvention<'a> {
    /// What a header says.
    pub(crate) fn resolve_header(&self, header: &str) -> Result<ColumnTarget<'a>, HeaderProblem> {
        let header = header.trim();
        self.find_target(header).unwrap_or_else(|| {
            let near = self.nearest_name(&fold_name(header));
            Err(HeaderProblem::Unknown { name: header.to_owned(), near })
        })
    }

    /// What a header says; nothing when none of it is known.
    pub(crate) fn find_target(
        &self,
        header: &str,
    ) -> Option<Result<ColumnTarget<'a>, HeaderProblem>> {
        let target = self.find_target_of_name(header)?;
        Some(target.map_err(|problem| problem.of_column(header)))
    }

    fn find_target_of_name(&self, header: &str) -> Option<Result<ColumnTarget<'a>, HeaderProblem>> {
        let folded = fold_name(header);
        if let Some(target) = self.find_reserved(&folded) {
            return Some(Ok(target));
        }
        if self.kind == DropKind::Products
            && let Some(target) = self.find_product_target(header)
        {
            return Some(Ok(target));
        }
        if let Some(target) = self.find_price_target(header, &folded) {
            return Some(target);
        }
        let narrowed = header.strip_suffix(')').unwrap_or(header);
        let splits = narrowed.char_indices().rev().filter(|(_, c)| NAME_SEPARATORS.contains(c));
        for (at, separator) in splits {
            let (name, suffix) =
                (narrowed[..at].trim_end_matches(NAME_SEPARATORS), narrowed[at + 1..].trim());
            if let Some(target) = self.resolve_narrowed(name, suffix, separator) {
                return Some(target);
            }
        }
        if self.kind == DropKind::Stock
            && let Ok(target) = self.find_location(header)
        {
            return Some(Ok(target));
        }
        if self.kind == DropKind::Products && folded == "stock" {
            let locations = self.shop.locations.iter().map(|location| location.code.as_str());
            let locations: Vec<&str> = locations.collect();
            return Some(Err(match &locations[..] {
                [] => HeaderProblem::NoLocations,
                [first, ..] => HeaderProblem::LocationMissing {
                    locations: locations.join(", "),
                    first: (*first).to_owned(),
                },
            }));
        }
        None
    }

    fn find_reserved(&self, folded: &str) -> Option<ColumnTarget<'a>> {
        let fields = RecordField::fields_of_kind(self.kind);
        if folded == "sku" || folded == MEMBER_NAME {
            return Some(ColumnTarget::Sku);
        }
        if let Some((field, _)) = fields.iter().find(|(_, names)| names.contains(&folded)) {
            return Some(ColumnTarget::Field(*field));
        }
        if self.kind == DropKind::Reviews && matches!(folded, "product_sku" | "product") {
            return Some(ColumnTarget::Sku);
        }
        if self.kind != DropKind::Products {
            return None;
        }
        match folded {
            "kind" => Some(ColumnTarget::Kind),
            "parent" => Some(ColumnTarget::Parent),
            "status_from" => Some(ColumnTarget::StatusBound(StatusBound::From)),
            STATUS_OFF => {
                let status = self.find_attribute(well_known::STATUS)?;
                let is_known = status.check == AttributeRule::Status;
                let check = AttributeRule::StatusOff;
                is_known.then_some(ColumnTarget::Value(AttributeTarget { check, ..status }))
            }
            "status_until" => Some(ColumnTarget::StatusBound(StatusBound::Until)),
            "price" => Some(ColumnTarget::Price(PriceTarget::default())),
            // Even where the shop has an attribute of the name: dollars are no euros.
            "currency" => Some(ColumnTarget::PriceTerm(PriceTerm::Currency)),
            // Without a location it is clear only where there is one, or the shop names one.
            "stock" => self.shop.default_location().cloned().map(ColumnTarget::Stock),
            _ => None,
        }
    }

    /// An attribute or an association type.
    fn find_product_target(&self, name: &str) -> Option<ColumnTarget<'a>> {
        if let Some(slot) = self.find_attribute(name) {
            return Some(ColumnTarget::Value(slot));
        }
        let folded = fold_name(name);
        let codes = || self.shop.associations.keys();
        let code = codes()
            .find(|code| code.as_str() == name)
            .or_else(|| codes().find(|code| fold_name(code.as_str()) == folded))
            // One shop's `cross-sell` is another's `crosssell`.
            .or_else(|| {
                let plain = folded.replace('_', "");
                codes().find(|code| fold_name(code.as_str()).replace('_', "") == plain)
            });
        code.map(|code| ColumnTarget::Links(code.clone()))
    }

    /// The attribute of this name, for all locales and channels.
    pub(crate) fn find_attribute(&self, name: &str) -> Option<AttributeTarget<'a>> {
        let folded = fold_name(name);
        let all = &self.shop.attributes;
        let (code, attribute) = all
            .get_key_value(name.trim())
            .or_else(|| all.iter().find(|(code, _)| fold_name(code.as_str()) == folded))?;
        Some(AttributeTarget {
            code: code.clone(),
            attribute,
            check: AttributeRule::from_attribute(code.as_str(), attribute),
            locale: None,
            channel: None,
        })
    }

    /// What a name with a suffix says; nothing when the name is not known, so that another
    /// separator is to be tried.
    fn resolve_narrowed(
        &self,
        name: &str,
        suffix: &str,
        separator: char,
    ) -> Option<Result<ColumnTarget<'a>, HeaderProblem>> {
        let priced = matches!(self.kind, DropKind::Products | DropKind::Prices);
        let stocked = matches!(self.kind, DropKind::Products | DropKind::Stock);
        let folded = fold_name(name);
        if let Some(part) = PricePart::from_word(&folded).filter(|_| priced)
            && (part == PricePart::Price || self.find_attribute(name).is_none())
        {
            return Some(self.parse_price_suffix(part, suffix).map(ColumnTarget::Price));
        }
        match folded.as_str() {
            "stock" if stocked => return Some(self.find_location(suffix)),
            _ if self.kind != DropKind::Products => return None,
            _ => {}
        }
        let slot = self.find_attribute(name)?;
        let axes = self.parse_axes(suffix);
        // `description_short` is rather a name of its own than a suffix that is wrong.
        if axes.is_none() && matches!(separator, '_' | ' ') {
            return None;
        }
        let Some((locale, channel)) = axes else {
            return Some(Err(match self.find_foreign_channel(suffix) {
                Some((channel, locale)) => {
                    let (column, target) = (suffix.to_owned(), format!("{name}-{locale}"));
                    HeaderProblem::Channel { column, channel, target }
                }
                None => self.suffix_problem(suffix),
            }));
        };
        let attribute = slot.code.to_string();
        if locale.is_some() && !slot.attribute.localizable {
            return Some(Err(HeaderProblem::NotLocalizable { attribute }));
        }
        if channel.is_some() && !slot.attribute.scopable {
            return Some(Err(HeaderProblem::NotScopable { attribute }));
        }
        Some(Ok(ColumnTarget::Value(AttributeTarget { locale, channel, ..slot })))
    }

    /// A header without what narrows it, and whether that is a locale or a channel.
    pub(crate) fn split_suffix<'h>(&self, header: &'h str) -> (&'h str, bool, bool) {
        let header = header.trim();
        let header = header.strip_suffix(')').unwrap_or(header);
        let splits = header.char_indices().filter(|(_, c)| NAME_SEPARATORS.contains(c));
        let narrowed = splits.filter_map(|(at, _)| {
            let (locale, channel) = self.parse_axes(header[at + 1..].trim())?;
            let name = header[..at].trim_end_matches(NAME_SEPARATORS);
            (!name.is_empty()).then_some((name, locale.is_some(), channel.is_some()))
        });
        narrowed.min_by_key(|(name, ..)| name.len()).unwrap_or((header, false, false))
    }

    /// A locale, a channel, or both in either order.
    fn parse_axes(&self, suffix: &str) -> Option<(Option<Locale>, Option<ChannelCode>)> {
        if let Some(locale) = self.find_locale(suffix) {
            return Some((Some(locale), None));
        }
        if let Some(channel) = self.find_channel(suffix) {
            return Some((None, Some(channel)));
        }
        suffix.char_indices().filter(|(_, c)| NAME_SEPARATORS.contains(c)).find_map(|(at, _)| {
            let (a, b) = (&suffix[..at], &suffix[at + 1..]);
            let both = |locale: &str, channel: &str| {
                Some((Some(self.find_locale(locale)?), Some(self.find_channel(channel)?)))
            };
            both(a, b).or_else(|| both(b, a))
        })
    }

    /// What stands in a suffix where a channel should, beside a locale of the shop.
    fn find_foreign_channel(&self, suffix: &str) -> Option<(String, Locale)> {
        let splits = suffix.char_indices().rev().filter(|(_, c)| NAME_SEPARATORS.contains(c));
        splits.into_iter().find_map(|(at, _)| {
            let (a, b) = (&suffix[..at], &suffix[at + 1..]);
            let scope = |locale: &str, channel: &str| {
                let locale = self.find_locale(locale)?;
                let is_code = channel.len() > 2 && ChannelCode::new(channel).is_ok();
                is_code.then(|| (channel.to_owned(), locale))
            };
            scope(a, b).or_else(|| scope(b, a))
        })
    }

    /// The shop's locale of this tag or language, such as `sv` or `ruotsi`; a language alone is enough where
    /// one locale has it.
    pub(crate) fn find_locale(&self, text: &str) -> Option<Locale> {
        self.find_locale_of_tag(text)
            .or_else(|| language_tags(text).iter().find_map(|tag| self.find_locale_of_tag(tag)))
    }

    fn find_locale_of_tag(&self, text: &str) -> Option<Locale> {
        let locale = Locale::new(text).ok()?;
        if self.shop.locales.contains(&locale) {
            return Some(locale);
        }
        let mut of_language =
            self.shop.locales.iter().filter(|known| known.language() == locale.as_str());
        match (of_language.next(), of_language.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => None,
        }
    }

    pub(crate) fn find_channel(&self, text: &str) -> Option<ChannelCode> {
        let named = |code: &str| code.eq_ignore_ascii_case(text.trim());
        self.shop
            .channels
            .iter()
            .map(|channel| &channel.code)
            .find(|code| named(code.as_str()))
            .cloned()
    }

    /// The location of this code or label.
    fn find_location(&self, text: &str) -> Result<ColumnTarget<'a>, HeaderProblem> {
        let folded = fold_name(text);
        let all = &self.shop.locations;
        let found = all
            .iter()
            .find(|location| fold_name(location.code.as_str()) == folded)
            .or_else(|| all.iter().find(|location| fold_name(&location.label) == folded));
        match found {
            Some(location) => Ok(ColumnTarget::Stock(location.code.clone())),
            None => Err(HeaderProblem::Location {
                suffix: text.to_owned(),
                locations: all
                    .iter()
                    .map(|location| location.code.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
                near: find_nearest_name(&folded, all.iter().map(|location| location.code.as_str()))
                    .map(str::to_owned),
            }),
        }
    }

    /// The location that a cell names.
    pub(crate) fn find_location_code(&self, text: &str) -> Result<LocationCode, HeaderProblem> {
        match self.find_location(text)? {
            ColumnTarget::Stock(code) => Ok(code),
            _ => unreachable!("a location is a target of stock"),
        }
    }

    fn suffix_problem(&self, suffix: &str) -> HeaderProblem {
        let locales: Vec<&str> = self.shop.locales.iter().map(Locale::as_str).collect();
        let channels: Vec<&str> =
            self.shop.channels.iter().map(|channel| channel.code.as_str()).collect();
        let written = suffix.replace('_', "-");
        let near = find_nearest_name(&written, locales.iter().chain(&channels).copied())
            .map(str::to_owned);
        HeaderProblem::Suffix {
            suffix: suffix.to_owned(),
            locales: locales.join(", "),
            channels: channels.join(", "),
            near,
        }
    }

    /// The name that was meant, if this one is misspelt.
    pub(crate) fn nearest_name(&self, folded: &str) -> Option<String> {
        let mut known: Vec<String> = vec!["sku".to_owned()];
        known.extend(
            RecordField::fields_of_kind(self.kind).iter().map(|(_, names)| names[0].to_owned()),
        );
        if self.kind == DropKind::Products {
            known.extend(["kind", "parent", "price", "stock"].map(str::to_owned));
            known.extend(self.shop.attributes.keys().map(ToString::to_string));
            known.extend(self.shop.associations.keys().map(ToString::to_string));
        }
        if self.kind == DropKind::Stock {
            known.extend(self.shop.locations.iter().map(|location| location.code.to_string()));
        }
        let known = || known.iter().map(String::as_str);
        let whole = find_misspelt_name(folded, known());
        // Of `nmae-fi_FI` the name may be wrong and the locale right.
        let near = whole.or_else(|| find_misspelt_name(folded.split('_').next()?, known()));
        near.map(str::to_owned)
    }
}
