//! Which of a product's values counts: layers, inheritance, locales, channels and windows.
//!
//! The rule is in `host/manual/internals.md`, "Which value a channel sees".

use std::cmp::Reverse;

use crate::code::{AttributeCode, ChannelCode, Gtin, SourceCode};
use crate::locale::Locale;
use crate::moment::Moment;
use crate::product::{
    CellOrigin, ManualEdit, PluginEnrichment, Product, ProductContent, SourceLayer,
};
use crate::shop::SourcePriorities;
use crate::value::AttributeValue;
use crate::well_known;

/// Who says a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueOrigin<'a> {
    /// A source, in a cell of a file.
    Source(&'a SourceLayer, CellOrigin),
    /// A plugin.
    Plugin(&'a PluginEnrichment),
    /// A person.
    Edit(&'a ManualEdit),
}

/// A value and who says it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResolvedValue<'a> {
    /// The value.
    pub value: &'a AttributeValue,
    /// Who says it.
    pub origin: ValueOrigin<'a>,
    /// Whether it is a value of the product model.
    pub inherited: bool,
    /// Of two values in the same place the stronger one counts.
    pub precedence: ValuePrecedence<'a>,
}

/// How strong a value is, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValuePrecedence<'a> {
    /// A source's, by its priority for the attribute; of the same priority, by its name.
    Source(i32, &'a SourceCode),
    /// A plugin's, by its order.
    Plugin(u32),
    /// A person's.
    Edit,
}

/// All values of a product and its model, the strongest of each attribute first.
#[derive(Debug)]
pub struct ResolvedValues<'a> {
    values: Vec<ResolvedValue<'a>>,
}

impl<'a> ResolvedValues<'a> {
    /// The view of a product, with what its model says beneath.
    #[must_use]
    pub fn from_product(
        product: &'a Product,
        parent: Option<&'a Product>,
        priorities: &SourcePriorities,
    ) -> Self {
        let mut values = Vec::with_capacity(64);
        collect_values(&product.content, false, priorities, &mut values);
        if let Some(parent) = parent {
            collect_values(&parent.content, true, priorities, &mut values);
        }
        values.sort_by(|a, b| precedence_order(a).cmp(&precedence_order(b)));
        Self { values }
    }

    /// Everything, attribute by attribute, the strongest first.
    #[must_use]
    pub fn all_values(&self) -> &[ResolvedValue<'a>] {
        &self.values
    }

    /// The values of one attribute, the strongest first.
    #[must_use]
    pub fn find_by_attribute(&self, attribute: &str) -> &[ResolvedValue<'a>] {
        let start =
            self.values.partition_point(|resolved| resolved.value.attribute.as_str() < attribute);
        let length = self.values[start..]
            .partition_point(|resolved| resolved.value.attribute.as_str() == attribute);
        &self.values[start..start + length]
    }

    /// The attributes that have values, each with its values.
    pub fn group_by_attribute(
        &self,
    ) -> impl Iterator<Item = (&'a AttributeCode, &[ResolvedValue<'a>])> {
        self.values
            .chunk_by(|a, b| a.value.attribute == b.value.attribute)
            .map(|group| (&group[0].value.attribute, group))
    }

    /// The GTIN, by which a product is found.
    #[must_use]
    pub fn find_gtin(&self, at: Moment) -> Option<Gtin> {
        let gtin = choose_value(self.find_by_attribute(well_known::GTIN), &[], None, at)?;
        Gtin::new(gtin.value.data.as_text()?).ok()
    }

    /// The next moment after `at` when a window opens or closes.
    #[must_use]
    pub fn next_boundary(&self, at: Moment) -> Option<Moment> {
        self.values.iter().filter_map(|resolved| resolved.value.window.next_boundary(at)).min()
    }
}

/// The value that counts among those of one attribute. A value without a locale serves
/// every locale of the chain.
#[must_use]
pub fn choose_value<'s, 'a>(
    values: &'s [ResolvedValue<'a>],
    chain: &[Locale],
    channel: Option<&ChannelCode>,
    at: Moment,
) -> Option<&'s ResolvedValue<'a>> {
    let holds = |resolved: &&ResolvedValue<'_>| {
        let value = resolved.value;
        (value.channel.is_none() || value.channel.as_ref() == channel) && value.window.contains(at)
    };
    if chain.is_empty() {
        return values.iter().filter(|resolved| resolved.value.locale.is_none()).find(holds);
    }
    chain.iter().find_map(|locale| {
        values
            .iter()
            .filter(|resolved| resolved.value.locale.as_ref().is_none_or(|of| of == locale))
            .find(holds)
    })
}

/// How strong what a source says of an attribute is.
#[must_use]
pub fn source_precedence<'a>(
    layer: &'a SourceLayer,
    attribute: &AttributeCode,
    priorities: &SourcePriorities,
) -> ValuePrecedence<'a> {
    let priority = priorities.find_priority(&layer.source, attribute, layer.priority);
    ValuePrecedence::Source(priority, &layer.source)
}

fn collect_values<'a>(
    content: &'a ProductContent,
    inherited: bool,
    priorities: &SourcePriorities,
    values: &mut Vec<ResolvedValue<'a>>,
) {
    for layer in &content.sources {
        values.extend(layer.values.iter().map(|source| ResolvedValue {
            value: &source.value,
            origin: ValueOrigin::Source(layer, source.cell),
            inherited,
            precedence: source_precedence(layer, &source.value.attribute, priorities),
        }));
    }
    // Plugins see a model's values through each of its variants, and write to the variant.
    let enrichments = if inherited { &[] } else { content.enrichments.as_slice() };
    for (order, enrichment) in (0..).zip(enrichments) {
        values.extend(enrichment.values.iter().map(|value| ResolvedValue {
            value,
            origin: ValueOrigin::Plugin(enrichment),
            inherited,
            precedence: ValuePrecedence::Plugin(order),
        }));
    }
    values.extend(content.edits.iter().map(|edit| ResolvedValue {
        value: &edit.value,
        origin: ValueOrigin::Edit(edit),
        inherited,
        precedence: ValuePrecedence::Edit,
    }));
}

/// Ordered by attribute, then the strongest first.
fn precedence_order<'s>(resolved: &'s ResolvedValue<'_>) -> impl Ord + use<'s> {
    let value = resolved.value;
    (
        value.attribute.as_str(),
        resolved.inherited,
        Reverse(resolved.precedence),
        value.locale.is_none(),
        value.channel.is_none(),
        value.window.is_always(),
        Reverse(value.window.start),
        // What is left is a matter of taste; only it must not depend on the order of arrival.
        (&value.locale, &value.channel, value.window.end),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Sku;
    use crate::moment::Window;
    use crate::product::{DropId, SourceValue};
    use crate::shop::SourcePriority;
    use crate::value::ValueData;

    fn value(
        locale: Option<&str>,
        channel: Option<&str>,
        window: (Option<i64>, Option<i64>),
        text: &str,
    ) -> AttributeValue {
        AttributeValue {
            attribute: AttributeCode::new("name").expect("valid"),
            locale: locale.map(|l| Locale::new(l).expect("valid")),
            channel: channel.map(|c| ChannelCode::new(c).expect("valid")),
            window: Window { start: window.0.map(Moment), end: window.1.map(Moment) },
            data: ValueData::Text(text.to_owned()),
        }
    }

    fn product(sources: Vec<Vec<AttributeValue>>, edits: Vec<AttributeValue>) -> Product {
        let cell = CellOrigin { drop: DropId(1), row: 2, column: 0 };
        let mut product = Product::new(Sku::new("A").expect("valid"));
        product.content.sources = (0..)
            .zip(sources)
            .map(|(priority, values)| SourceLayer {
                source: SourceCode::new(&format!("s{priority}")).expect("valid"),
                priority,
                values: values.into_iter().map(|value| SourceValue { value, cell }).collect(),
                associations: Vec::new(),
            })
            .collect();
        product.content.edits = edits
            .into_iter()
            .map(|value| ManualEdit { value, cell, by: "Aino".into(), at: Moment(0) })
            .collect();
        product
    }

    fn chosen(view: &ResolvedValues<'_>, chain: &[&str], channel: &str, at: i64) -> String {
        let chain: Vec<_> = chain.iter().map(|l| Locale::new(l).expect("valid")).collect();
        let channel = ChannelCode::new(channel).expect("valid");
        choose_value(view.find_by_attribute("name"), &chain, Some(&channel), Moment(at))
            .map_or("nothing".to_owned(), |resolved| resolved.value.data.to_string())
    }

    const ALWAYS: (Option<i64>, Option<i64>) = (None, None);

    #[test]
    fn the_strongest_value_of_the_first_locale_counts() {
        let model = product(vec![vec![value(Some("fi"), None, ALWAYS, "mallin")]], vec![]);
        let own = product(
            vec![
                vec![
                    value(Some("en"), None, ALWAYS, "weak"),
                    value(Some("sv"), None, ALWAYS, "svag"),
                ],
                vec![value(Some("en"), None, ALWAYS, "strong")],
            ],
            vec![value(Some("sv"), None, ALWAYS, "redigerad")],
        );
        let view = ResolvedValues::from_product(&own, Some(&model), &SourcePriorities::default());
        assert_eq!(chosen(&view, &["en"], "web", 0), "strong");
        assert_eq!(chosen(&view, &["sv"], "web", 0), "redigerad");
        assert_eq!(chosen(&view, &["fi", "en"], "web", 0), "mallin");
        assert_eq!(chosen(&view, &["de", "en"], "web", 0), "strong");
        assert_eq!(chosen(&view, &["de"], "web", 0), "nothing");
    }

    #[test]
    fn the_shop_says_whose_word_counts_for_an_attribute() {
        let name = |text| vec![value(Some("en"), None, ALWAYS, text)];
        let own = product(vec![name("of s0"), name("of s1")], vec![]);
        let standing = |priority, of_name: Option<i32>| SourcePriority {
            priority,
            attributes: of_name
                .map(|of| (AttributeCode::new("name").expect("valid"), of))
                .into_iter()
                .collect(),
        };
        let check = |standing: SourcePriority, expected: &str| {
            let source = SourceCode::new("s0").expect("valid");
            let standings = SourcePriorities::new([(source, standing)].into());
            assert_eq!(
                chosen(&ResolvedValues::from_product(&own, None, &standings), &["en"], "web", 0),
                expected
            );
        };
        check(standing(None, None), "of s1");
        check(standing(Some(5), None), "of s0");
        check(standing(Some(5), Some(-1)), "of s1");
        check(standing(None, Some(2)), "of s0");
        // Of the same priority the later name counts, as without a word from the shop.
        check(standing(Some(1), None), "of s1");
    }

    #[test]
    fn an_open_window_and_a_channel_of_its_own_go_before_the_general() {
        let own = product(
            vec![vec![
                value(Some("fi"), None, ALWAYS, "aina"),
                value(Some("fi"), None, (Some(10), Some(20)), "talvi"),
                value(Some("fi"), None, (Some(15), Some(20)), "joulu"),
                value(Some("fi"), Some("screen"), ALWAYS, "lyhyt"),
            ]],
            vec![],
        );
        let view = ResolvedValues::from_product(&own, None, &SourcePriorities::default());
        assert_eq!(chosen(&view, &["fi"], "web", 9), "aina");
        assert_eq!(chosen(&view, &["fi"], "web", 10), "talvi");
        assert_eq!(chosen(&view, &["fi"], "web", 15), "joulu");
        assert_eq!(chosen(&view, &["fi"], "web", 20), "aina");
        assert_eq!(chosen(&view, &["fi"], "screen", 15), "lyhyt");
        assert_eq!(view.next_boundary(Moment(10)), Some(Moment(15)));
    }
}
