//! Undoing: what a product is without what one drop changed in it, while later drops stay.
//!
//! Three states decide: the product before the drop, after it, and now. What the drop did not change stays. What
//! is now as the drop left it becomes what it was before. What a later drop wrote stays. A value that is stated
//! again keeps its first origin (see [`merge`](crate::merge)), so a later drop may state what the drop stated and
//! leave no trace: whoever undoes says which statements are [restated](UndoneChanges::undo_in_product).

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::code::{
    AssociationCode, AttributeCode, ChannelCode, LocationCode, PriceListCode, SourceCode,
};
use crate::locale::Locale;
use crate::merge::ChangedParts;
use crate::moment::{Moment, Window};
use crate::product::{
    LinkOrigin, Product, ProductAssociation, ProductCommerce, ProductContent, ProductReview,
    SourceLayer,
};
use crate::record::{
    CellChange, ImportRecord, PriceRecord, ProductRecord, RecordBody, ReviewRecord,
};
use crate::value::AttributeValue;

/// What can be stated about a product, by what another statement takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StatementKey {
    /// That it is a product model.
    Model,
    /// Whose variant it is.
    Parent,
    /// A value that a source states.
    Value(SourceCode, ValueScope),
    /// A source's links of one kind.
    Links(SourceCode, AssociationCode),
    /// A value that was set by hand.
    Edit(ValueScope),
    /// A price.
    Price(PriceListCode, Window),
    /// Pieces at a location.
    Stock(LocationCode),
    /// A review, by its source and its name there.
    Review(SmolStr, SmolStr),
}

/// Where a value counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ValueScope {
    /// Of which attribute.
    pub attribute: AttributeCode,
    /// In which locale.
    pub locale: Option<Locale>,
    /// In which channel.
    pub channel: Option<ChannelCode>,
    /// When.
    pub window: Window,
}

/// What undoing comes to in one product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UndoneChanges {
    /// Which parts of it change.
    pub parts: ChangedParts,
    /// Statements that become what they were.
    pub reverted: u64,
    /// Statements that stay, because a later drop wrote or restated them.
    pub kept: u64,
}

impl ValueScope {
    fn of_value(value: &AttributeValue) -> Self {
        Self {
            attribute: value.attribute.clone(),
            locale: value.locale.clone(),
            channel: value.channel.clone(),
            window: value.window,
        }
    }

    fn of_change(change: &CellChange) -> Self {
        match change {
            CellChange::Set(value) => Self::of_value(value),
            CellChange::Clear { attribute, locale, channel, window } => Self {
                attribute: attribute.clone(),
                locale: locale.clone(),
                channel: channel.clone(),
                window: *window,
            },
        }
    }
}

impl StatementKey {
    fn of_price(record: &PriceRecord) -> Self {
        Self::Price(record.list.clone(), record.window)
    }

    fn of_review(review: &ReviewRecord) -> Self {
        Self::Review(review.source.clone(), review.id.clone())
    }

    /// Hands each statement of a record to `visit`.
    pub fn visit_record(record: &ImportRecord, mut visit: impl FnMut(Self)) {
        match &record.body {
            RecordBody::Product(row) => Self::visit_row(row, &mut visit),
            RecordBody::Review(review) => visit(Self::of_review(review)),
            RecordBody::Stock(levels) => {
                levels.iter().for_each(|level| visit(Self::Stock(level.location.clone())));
            }
            RecordBody::Prices(prices) => {
                prices.iter().for_each(|price| visit(Self::of_price(price)));
            }
            RecordBody::Edit(edit) => visit(Self::Edit(ValueScope::of_change(&edit.change))),
        }
    }

    fn visit_row(row: &ProductRecord, visit: &mut impl FnMut(Self)) {
        let source = || row.source.clone();
        if row.is_model {
            visit(Self::Model);
        }
        if row.parent.is_some() {
            visit(Self::Parent);
        }
        for cell in &row.cells {
            visit(Self::Value(source(), ValueScope::of_change(&cell.change)));
        }
        row.associations.iter().for_each(|(kind, _)| visit(Self::Links(source(), kind.clone())));
        row.prices.iter().for_each(|price| visit(Self::of_price(price)));
        row.stock.iter().for_each(|level| visit(Self::Stock(level.location.clone())));
    }
}

impl UndoneChanges {
    /// Undoes in `now` what changed from `before` to `after`. `is_restated` is asked of each statement that would
    /// become what it was: whether a later drop states it, too. Photos and what plugins made are not undone: they
    /// follow from the rest. Prices that were charged stay on record. `at` is the moment of undoing.
    pub fn undo_in_product(
        now: &mut Product,
        before: &Product,
        after: &Product,
        is_restated: &mut dyn FnMut(StatementKey) -> bool,
        at: Moment,
    ) -> Self {
        let mut undo = StatementUndo { changes: Self::default(), is_restated };
        let content = undo.undo_content(&mut now.content, &before.content, &after.content);
        let commerce = undo.undo_commerce(&mut now.commerce, &before.commerce, &after.commerce, at);
        let place =
            |review: &ProductReview| (review.record.source.clone(), review.record.id.clone());
        let reviews = undo.undo_list(
            [&before.reviews, &after.reviews],
            &mut now.reviews,
            |one, other| place(one) == place(other),
            |review| StatementKey::of_review(&review.record),
        );
        now.reviews.sort_by_cached_key(place);
        undo.changes.parts = ChangedParts { content, commerce, reviews };
        undo.changes
    }
}

/// Undoing, statement by statement.
struct StatementUndo<'r> {
    changes: UndoneChanges,
    is_restated: &'r mut dyn FnMut(StatementKey) -> bool,
}

impl StatementUndo<'_> {
    /// Whether a statement becomes what it was before.
    fn reverts<T: PartialEq>(
        &mut self,
        [before, after, now]: [&T; 3],
        key: impl FnOnce() -> StatementKey,
    ) -> bool {
        if before == after || now == before {
            return false;
        }
        if now != after || (self.is_restated)(key()) {
            self.changes.kept += 1;
            return false;
        }
        self.changes.reverted += 1;
        true
    }

    /// Undoes a list of statements, of which `is_same` says which take each other's place.
    fn undo_list<T: Clone + PartialEq>(
        &mut self,
        [before, after]: [&[T]; 2],
        now: &mut Vec<T>,
        is_same: impl Fn(&T, &T) -> bool,
        key: impl Fn(&T) -> StatementKey,
    ) -> bool {
        let find = |list: &[T], one: &T| list.iter().find(|known| is_same(known, one)).cloned();
        let is_new = |one: &&T| !before.iter().any(|known| is_same(known, one));
        let reverted = self.changes.reverted;
        for one in before.iter().chain(after.iter().filter(is_new)) {
            let states = [find(before, one), find(after, one), find(now, one)];
            if !self.reverts(states.each_ref(), || key(one)) {
                continue;
            }
            let place = now.iter().position(|known| is_same(known, one));
            let [old, ..] = states;
            match (place, old) {
                (Some(place), Some(old)) => now[place] = old,
                (Some(place), None) => drop(now.remove(place)),
                (None, old) => now.extend(old),
            }
        }
        self.changes.reverted != reverted
    }

    fn undo_content(
        &mut self,
        now: &mut ProductContent,
        before: &ProductContent,
        after: &ProductContent,
    ) -> bool {
        let reverted = self.changes.reverted;
        let states = [&before.is_model, &after.is_model, &now.is_model];
        if self.reverts(states, || StatementKey::Model) {
            now.is_model = before.is_model;
        }
        if self.reverts([&before.parent, &after.parent, &now.parent], || StatementKey::Parent) {
            now.parent.clone_from(&before.parent);
            now.parent_origin = before.parent_origin;
        }
        self.undo_list(
            [&before.edits, &after.edits],
            &mut now.edits,
            |one, other| one.value.has_same_scope(&other.value),
            |edit| StatementKey::Edit(ValueScope::of_value(&edit.value)),
        );
        let has_other_layers = self.undo_sources(now, before, after);
        has_other_layers || self.changes.reverted != reverted
    }

    fn undo_sources(
        &mut self,
        now: &mut ProductContent,
        before: &ProductContent,
        after: &ProductContent,
    ) -> bool {
        let mut changed = false;
        let known = before.sources.iter();
        let added = after.sources.iter().filter(|layer| find_layer(before, layer).is_none());
        for layer in known.chain(added) {
            let (old, new) = (find_layer(before, layer), find_layer(after, layer));
            if old != new {
                changed |= self.undo_layer(now, layer, old, new);
            }
        }
        if changed {
            restore_link_origins(now, before);
        }
        if changed && now.sources.is_empty() {
            now.enrichments.clear();
        }
        changed
    }

    /// Undoes a source's layer, which was `old` and became `new`.
    fn undo_layer(
        &mut self,
        now: &mut ProductContent,
        like: &SourceLayer,
        old: Option<&SourceLayer>,
        new: Option<&SourceLayer>,
    ) -> bool {
        let source = &like.source;
        let current = find_layer(now, like).cloned();
        let was_there = current.is_some();
        let (values, associations) = (Vec::new(), Vec::new());
        let mut layer =
            current.unwrap_or_else(|| SourceLayer { values, associations, ..like.clone() });
        let values = |layer: Option<&'_ SourceLayer>| {
            layer.map(|layer| layer.values.clone()).unwrap_or_default()
        };
        let mut changed = self.undo_list(
            [&values(old), &values(new)],
            &mut layer.values,
            |one, other| one.value.has_same_scope(&other.value),
            |one| StatementKey::Value(source.clone(), ValueScope::of_value(&one.value)),
        );
        changed |= self.undo_links(&mut layer, old, new);
        // A layer comes and goes with the drop, unless something is in it.
        let is_empty = layer.values.is_empty() && layer.associations.is_empty();
        let is_as_left = was_there == new.is_some();
        let stays = !is_empty || if is_as_left { old.is_some() } else { was_there };
        changed |= stays != was_there;
        now.sources.retain(|known| known.source != *source);
        now.sources.extend(stays.then_some(layer));
        now.sources.sort_by(|a, b| (a.priority, &a.source).cmp(&(b.priority, &b.source)));
        changed
    }

    fn undo_links(
        &mut self,
        layer: &mut SourceLayer,
        old: Option<&SourceLayer>,
        new: Option<&SourceLayer>,
    ) -> bool {
        let of = |layer: Option<&'_ SourceLayer>| {
            layer.map(|layer| layer.associations.clone()).unwrap_or_default()
        };
        let (old, new) = (of(old), of(new));
        let kinds: BTreeSet<_> = old.iter().chain(&new).map(|link| link.kind.clone()).collect();
        let mut changed = false;
        for kind in kinds {
            let of_kind = |all: &[ProductAssociation]| -> Vec<ProductAssociation> {
                all.iter().filter(|link| link.kind == kind).cloned().collect()
            };
            let states = [of_kind(&old), of_kind(&new), of_kind(&layer.associations)];
            let key = || StatementKey::Links(layer.source.clone(), kind.clone());
            if self.reverts(states.each_ref(), key) {
                layer.associations.retain(|link| link.kind != kind);
                let [before, ..] = states;
                layer.associations.extend(before);
                changed = true;
            }
        }
        changed
    }

    fn undo_commerce(
        &mut self,
        now: &mut ProductCommerce,
        before: &ProductCommerce,
        after: &ProductCommerce,
        at: Moment,
    ) -> bool {
        let mut prices = now.prices.clone();
        let has_other_prices = self.undo_list(
            [&before.prices, &after.prices],
            &mut prices,
            |one, other| one.list == other.list && one.window == other.window,
            |price| StatementKey::Price(price.list.clone(), price.window),
        );
        if has_other_prices {
            now.record_past_prices(at);
            prices.sort_by(|a, b| (&a.list, a.window).cmp(&(&b.list, b.window)));
            now.prices = prices;
            now.record_current_prices(at);
        }
        let has_other_stock = self.undo_list(
            [&before.stock, &after.stock],
            &mut now.stock,
            |one, other| one.location == other.location,
            |level| StatementKey::Stock(level.location.clone()),
        );
        now.stock.sort_by(|a, b| a.location.cmp(&b.location));
        has_other_prices || has_other_stock
    }
}

/// Links that are what they were before came from where they came before.
fn restore_link_origins(now: &mut ProductContent, before: &ProductContent) {
    let links = |content: &ProductContent, origin: &LinkOrigin| -> Vec<ProductAssociation> {
        let layers = content.sources.iter().filter(|layer| layer.source == origin.source);
        let links = layers.flat_map(|layer| &layer.associations);
        links.filter(|link| link.kind == origin.kind).cloned().collect()
    };
    let is_as_before = |origin: &&LinkOrigin| links(now, origin) == links(before, origin);
    let kept = now.link_origins.iter().filter(|origin| !is_as_before(origin));
    let restored = before.link_origins.iter().filter(is_as_before);
    now.link_origins = kept.chain(restored).cloned().collect();
}

fn find_layer<'c>(content: &'c ProductContent, like: &SourceLayer) -> Option<&'c SourceLayer> {
    content.sources.iter().find(|layer| layer.source == like.source)
}

#[cfg(test)]
mod tests;
