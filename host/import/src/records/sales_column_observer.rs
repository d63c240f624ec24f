//! What stands in columns that may decide about a sale and are read as nothing.
//!
//! A column is one by its name, or by what all its cells are: dates beside prices, money beside a
//! price. A column without a cell that says anything holds nothing back.

use rikaste_model::diagnostic::cut_excerpt;
use rikaste_model::publication::PublicationState;
use rikaste_model::receipt::{ColumnQuestion, SalesColumnClass};
use rikaste_model::record::DropKind;
use rikaste_model::shop::LocaleLabels;
use rikaste_model::value::Currency;
use smol_str::SmolStr;

use super::cells::status::read_state;
use super::parse::{self, NumberFormat};
use super::row::{CellContent, RowView};
use crate::columns::{
    AttributeTarget, ColumnPlan, ColumnTarget, PricePart, SalesCellCondition, SalesColumnName,
    is_harmless_date,
};

/// Watches the columns of one plan that nothing is read from.
#[derive(Debug, Default)]
pub(super) struct SalesColumnObserver {
    /// A column each, as far as the plan was looked at.
    columns: Vec<Option<WatchedColumn>>,
    /// Columns that are still watched.
    watched: usize,
    /// Whether a row has the price of a sale.
    has_sale: bool,
}

/// A column that may decide about a sale.
#[derive(Debug)]
struct WatchedColumn {
    name: Option<SalesColumnName>,
    /// Whether every cell so far is a date, a number, money with its currency.
    dates: bool,
    numbers: bool,
    money: bool,
    /// Whether some cell says anything else than what holds without it.
    matters: bool,
    values: Vec<String>,
}

impl SalesColumnObserver {
    /// Looks at the cells of a row.
    pub(super) fn observe_row(
        &mut self,
        plan: &ColumnPlan<'_>,
        row: &RowView<'_>,
        style: NumberFormat,
    ) {
        self.watch_new_columns(plan);
        if self.watched == 0 {
            return;
        }
        row.visit_cells(|at, content| {
            let target = &plan.column_at(at).target;
            self.has_sale |= is_sale(target) && content.text().contains(|c| matches!(c, '1'..='9'));
            let Some(place) = self.columns.get_mut(usize::from(at)) else { return };
            let Some(column) = place.as_mut().filter(|_| !content.is_empty()) else { return };
            match target {
                ColumnTarget::Unknown => column.observe_cell(plan, content, style),
                target if is_understood(plan, target, at, content) => {}
                _ => column.add_value(&content.text()),
            }
            if !column.may_matter() {
                *place = None;
                self.watched -= 1;
            }
        });
    }

    fn watch_new_columns(&mut self, plan: &ColumnPlan<'_>) {
        if plan.names().len() == self.columns.len() {
            return;
        }
        let new = plan.columns().skip(self.columns.len());
        let new: Vec<_> = new.map(|(at, _)| WatchedColumn::of_plan(plan, at)).collect();
        self.watched += new.iter().flatten().count();
        self.columns.extend(new);
    }

    /// The columns that decide about a sale, and what stands in them.
    pub(super) fn list_questions(&self, plan: &ColumnPlan<'_>) -> Vec<ColumnQuestion> {
        let watched = (0..).zip(&self.columns).filter_map(|(at, it)| Some((at, it.as_ref()?)));
        let classified = watched.filter_map(|(at, it)| Some((at, it, it.classify(plan)?)));
        let mut all: Vec<(u16, &WatchedColumn, SalesColumnClass)> = classified.collect();
        let is_dated = plan.convention().kind != DropKind::Products
            || self.has_sale && !plan.has_sale_dates()
            || all.iter().any(|(.., class)| {
                matches!(class, SalesColumnClass::SecondPrice | SalesColumnClass::Discount)
            });
        // Dates by themselves may be about anything.
        all.retain(|(_, column, _)| column.name.is_some() || !column.dates || is_dated);
        let question =
            |(at, column, class): (u16, &WatchedColumn, SalesColumnClass)| ColumnQuestion {
                column: plan.column_at(at).name.clone(),
                class,
                values: column.values.clone(),
            };
        all.into_iter().map(question).collect()
    }
}

impl WatchedColumn {
    /// A column that nothing is read from, unless nothing is to be read from it; and one that says
    /// whether or when the product is offered.
    fn of_plan(plan: &ColumnPlan<'_>, at: u16) -> Option<Self> {
        let kind = plan.convention().kind;
        let column = plan.column_at(at);
        let class = match &column.target {
            ColumnTarget::StatusBound(_) => Some(SalesColumnClass::Availability),
            target if kind == DropKind::Products && target.is_status() => {
                Some(SalesColumnClass::Publication)
            }
            _ => None,
        };
        if let Some(class) = class {
            let name = Some(SalesColumnName { class, condition: None });
            let (dates, numbers, money, matters) = (false, false, false, false);
            return Some(Self { name, dates, numbers, money, matters, values: Vec::new() });
        }
        let name = SalesColumnName::classify(kind, &column.name);
        // What is added to a price is no price of another list.
        let is_impact = name.is_some_and(|name| name.class == SalesColumnClass::PriceImpact);
        let is_lost = matches!(column.target, ColumnTarget::Unknown)
            && plan.is_unknown_reported(&column.name)
            && (is_impact || !plan.is_for_others(at));
        let is_priced = matches!(kind, DropKind::Products | DropKind::Prices | DropKind::Edits);
        (is_lost && is_priced).then(|| Self {
            name,
            dates: !is_harmless_date(&column.name),
            numbers: true,
            money: kind != DropKind::Edits,
            matters: false,
            values: Vec::new(),
        })
    }

    fn observe_cell(
        &mut self,
        plan: &ColumnPlan<'_>,
        content: CellContent<'_>,
        style: NumberFormat,
    ) {
        let text = content.text();
        let is_number =
            matches!(content, CellContent::Number(_)) || parse::parse_decimal(&text, style).is_ok();
        self.numbers &= is_number || has_currency(&text);
        self.money = self.money && !is_number && has_currency(&text);
        self.dates = self.dates && !is_number && is_date(plan, &text);
        if !self.is_neutral(plan, &text) {
            self.add_value(&text);
        }
    }

    /// Adds a text that is asked about.
    fn add_value(&mut self, text: &str) {
        self.matters = true;
        if self.values.len() < ColumnQuestion::MAX_VALUES {
            let shown = cut_excerpt(text);
            if !self.values.contains(&shown) {
                self.values.push(shown);
            }
        }
    }

    /// Whether a cell says only what holds without the column.
    fn is_neutral(&self, plan: &ColumnPlan<'_>, text: &str) -> bool {
        let number = || text.trim_end_matches(['%', ' ']).replace(',', ".").parse::<f64>().ok();
        match self.name.map(|name| name.class) {
            Some(
                SalesColumnClass::Discount
                | SalesColumnClass::SecondPrice
                | SalesColumnClass::PriceImpact,
            ) => number() == Some(0.0) || !text.bytes().any(|byte| byte.is_ascii_digit()),
            // In a file of prices only a clear word is worth a question.
            Some(SalesColumnClass::Publication) => {
                let is_product = plan.convention().kind == DropKind::Products;
                match PublicationState::from_word(text) {
                    Some(state) => state == PublicationState::Active,
                    None => !is_product,
                }
            }
            Some(SalesColumnClass::PriceQuantity | SalesColumnClass::MinimumQuantity) => {
                number().is_some_and(|number| number == 0.0 || number == 1.0)
            }
            Some(SalesColumnClass::Currency) => {
                let shop = plan.convention().shop;
                let own = shop.price_lists.get(&shop.price_list).map(|list| list.currency);
                own.is_some() && Currency::new(text).ok() == own
            }
            _ => false,
        }
    }

    /// Whether the cells that are still to come may make it one. A column that is not what its name
    /// asks for is judged by its cells alone.
    fn may_matter(&mut self) -> bool {
        if let Some(SalesColumnName { condition: Some(condition), .. }) = self.name
            && !self.fits(condition)
        {
            self.name = None;
        }
        self.name.is_some() || self.dates || self.money
    }

    fn fits(&self, condition: SalesCellCondition) -> bool {
        match condition {
            SalesCellCondition::Numbers => self.numbers,
            SalesCellCondition::Dates | SalesCellCondition::DatesBesidePrice => self.dates,
        }
    }

    fn classify(&self, plan: &ColumnPlan<'_>) -> Option<SalesColumnClass> {
        if !self.matters {
            return None;
        }
        let beside_price = Some(SalesCellCondition::DatesBesidePrice);
        match self.name {
            // Without a price they are about something else.
            Some(name) if name.condition == beside_price && !plan.has_price() => None,
            Some(name) => Some(name.class),
            None if self.dates => Some(SalesColumnClass::PriceDates),
            None if self.money && plan.has_price() => Some(SalesColumnClass::SecondPrice),
            None => None,
        }
    }
}

/// Whether a column is the price of a sale, or what one is reckoned from.
fn is_sale(target: &ColumnTarget<'_>) -> bool {
    matches!(target, ColumnTarget::Price(slot) if slot.part != PricePart::Price)
}

/// Whether a cell that says whether or when the product is offered is clear.
fn is_understood(
    plan: &ColumnPlan<'_>,
    target: &ColumnTarget<'_>,
    at: u16,
    content: CellContent<'_>,
) -> bool {
    let column = plan.column_at(at);
    match target {
        ColumnTarget::Value(slot) if slot.check.is_status() => {
            let text = content.text();
            read_state(slot, column, content).is_some() || parse::is_placeholder(&text)
        }
        // A shop's own status has its own words; one that is none of them may keep from sale.
        ColumnTarget::Value(AttributeTarget { attribute, .. }) => {
            let text = content.read_text(&column.rule);
            let state = PublicationState::from_word(&text).unwrap_or(PublicationState::Active);
            let is_own = |(code, labels): (&SmolStr, &LocaleLabels)| {
                let mut names = labels.values().map(String::as_str).chain([code.as_str()]);
                names.any(|name| name.to_lowercase() == text.to_lowercase())
            };
            state == PublicationState::Active
                || attribute.options.is_empty()
                || attribute.options.iter().any(is_own)
        }
        _ => {
            let (text, zone) = (content.read_text(&column.rule), &plan.convention().shop.zone);
            parse::parse_moment(&text, column.rule.date.as_deref(), zone).is_ok()
                || text.starts_with("0000-00-00")
                || parse::is_placeholder(&text)
        }
    }
}

/// Whether a text is a day or a moment, clear or not: `2026-11-20`, `3/4/2026`.
fn is_date(plan: &ColumnPlan<'_>, text: &str) -> bool {
    if parse::parse_moment(text, None, &plan.convention().shop.zone).is_ok() {
        return true;
    }
    // `1.12.2026 - 7.12.2026` is two of them.
    let ends = [" - ", "–", "—", "-"].iter().find_map(|between| text.split_once(between));
    if let Some((first, last)) = ends.filter(|(first, _)| first.trim().len() >= 8) {
        return is_date(plan, first.trim()) && is_date(plan, last.trim());
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    let is_number = |part: &&&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().filter(is_number).map(|part| part.len()).collect();
    matches!(lengths[..], [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2]) && parts.len() == 3
}

/// Whether a text is an amount with its currency: `9,90 €`, `SEK 129`.
fn has_currency(text: &str) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let signs = ['€', '$', '£', '¥'];
    let bare = text.trim_matches(|c: char| !c.is_alphabetic() && !signs.contains(&c));
    let is_code = |word: &str| {
        word.len() == 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && Currency::new(word).is_ok()
    };
    has_digit
        && (bare.chars().all(|c| signs.contains(&c)) && !bare.is_empty()
            || is_code(bare)
            || matches!(SmolStr::new(bare.to_lowercase()).as_str(), "kr" | "kr." | "chf" | "euro"))
}
