//! Which of a product's values counts: layers, inheritance, locales, channels and windows.
//!
//! The rule is in ARCHITECTURE.md, "A value".

use std::cmp::Reverse;

use crate::code::{AttributeCode, ChannelCode, SourceCode};
use crate::locale::Locale;
use crate::moment::Moment;
use crate::product::{Cell, Content, Edit, Enrichment, Product, SourceLayer};
use crate::shop::Standings;
use crate::value::Value;

/// Who says a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Speaker<'a> {
    /// A source, in a cell of a file.
    Source(&'a SourceLayer, Cell),
    /// A plugin.
    Plugin(&'a Enrichment),
    /// A person.
    Edit(&'a Edit),
}

/// A value and who says it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said<'a> {
    /// What is said.
    pub value: &'a Value,
    /// Who says it.
    pub speaker: Speaker<'a>,
    /// Whether it is said of the product model.
    pub inherited: bool,
    /// Of two values in the same place the stronger one counts.
    pub strength: Strength<'a>,
}

/// How strong a value is, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength<'a> {
    /// A source's, by its priority for the attribute; of the same priority, by its name.
    Source(i32, &'a SourceCode),
    /// A plugin's, by its order.
    Plugin(u32),
    /// A person's.
    Edit,
}

/// All that is said of a product and its model, the strongest of each attribute first.
#[derive(Debug)]
pub struct View<'a> {
    said: Vec<Said<'a>>,
}

impl<'a> View<'a> {
    /// The view of a product, with what its model says beneath.
    #[must_use]
    pub fn of(product: &'a Product, parent: Option<&'a Product>, standings: &Standings) -> Self {
        let mut said = Vec::with_capacity(64);
        collect(&product.content, false, standings, &mut said);
        if let Some(parent) = parent {
            collect(&parent.content, true, standings, &mut said);
        }
        said.sort_by(|a, b| strength_order(a).cmp(&strength_order(b)));
        Self { said }
    }

    /// Everything, attribute by attribute, the strongest first.
    #[must_use]
    pub fn all(&self) -> &[Said<'a>] {
        &self.said
    }

    /// What is said of one attribute, the strongest first.
    #[must_use]
    pub fn of_attribute(&self, attribute: &str) -> &[Said<'a>] {
        let start = self.said.partition_point(|said| said.value.attribute.as_str() < attribute);
        let length =
            self.said[start..].partition_point(|said| said.value.attribute.as_str() == attribute);
        &self.said[start..start + length]
    }

    /// The attributes that anything is said of, with what is said.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a AttributeCode, &[Said<'a>])> {
        self.said
            .chunk_by(|a, b| a.value.attribute == b.value.attribute)
            .map(|group| (&group[0].value.attribute, group))
    }

    /// The next moment after `at` when a window opens or closes.
    #[must_use]
    pub fn next_boundary(&self, at: Moment) -> Option<Moment> {
        self.said.iter().filter_map(|said| said.value.window.next_boundary(at)).min()
    }
}

/// The value that counts among what is said of one attribute. A value without a locale serves
/// every locale of the chain.
#[must_use]
pub fn choose<'s, 'a>(
    said: &'s [Said<'a>],
    chain: &[Locale],
    channel: Option<&ChannelCode>,
    at: Moment,
) -> Option<&'s Said<'a>> {
    let holds = |said: &&Said<'_>| {
        let value = said.value;
        (value.channel.is_none() || value.channel.as_ref() == channel) && value.window.contains(at)
    };
    if chain.is_empty() {
        return said.iter().filter(|said| said.value.locale.is_none()).find(holds);
    }
    chain.iter().find_map(|locale| {
        said.iter()
            .filter(|said| said.value.locale.as_ref().is_none_or(|of| of == locale))
            .find(holds)
    })
}

/// How strong what a source says of an attribute is.
#[must_use]
pub fn strength<'a>(
    layer: &'a SourceLayer,
    attribute: &AttributeCode,
    standings: &Standings,
) -> Strength<'a> {
    let priority = standings.priority(&layer.source, attribute, layer.priority);
    Strength::Source(priority, &layer.source)
}

fn collect<'a>(
    content: &'a Content,
    inherited: bool,
    standings: &Standings,
    said: &mut Vec<Said<'a>>,
) {
    for layer in &content.sources {
        said.extend(layer.values.iter().map(|source| Said {
            value: &source.value,
            speaker: Speaker::Source(layer, source.cell),
            inherited,
            strength: strength(layer, &source.value.attribute, standings),
        }));
    }
    // Plugins see a model's values through each of its variants, and write to the variant.
    let enrichments = if inherited { &[] } else { content.enrichments.as_slice() };
    for (order, enrichment) in (0..).zip(enrichments) {
        said.extend(enrichment.values.iter().map(|value| Said {
            value,
            speaker: Speaker::Plugin(enrichment),
            inherited,
            strength: Strength::Plugin(order),
        }));
    }
    said.extend(content.edits.iter().map(|edit| Said {
        value: &edit.value,
        speaker: Speaker::Edit(edit),
        inherited,
        strength: Strength::Edit,
    }));
}

/// Ordered by attribute, then the strongest first.
fn strength_order<'s>(said: &'s Said<'_>) -> impl Ord + use<'s> {
    let value = said.value;
    (
        value.attribute.as_str(),
        said.inherited,
        Reverse(said.strength),
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
    use crate::shop::Standing;
    use crate::value::Data;

    fn value(
        locale: Option<&str>,
        channel: Option<&str>,
        window: (Option<i64>, Option<i64>),
        text: &str,
    ) -> Value {
        Value {
            attribute: AttributeCode::new("name").expect("valid"),
            locale: locale.map(|l| Locale::new(l).expect("valid")),
            channel: channel.map(|c| ChannelCode::new(c).expect("valid")),
            window: Window { start: window.0.map(Moment), end: window.1.map(Moment) },
            data: Data::Text(text.to_owned()),
        }
    }

    fn product(sources: Vec<Vec<Value>>, edits: Vec<Value>) -> Product {
        let cell = Cell { drop: DropId(1), row: 2, column: 0 };
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
            .map(|value| Edit { value, cell, by: "Aino".into(), at: Moment(0) })
            .collect();
        product
    }

    fn chosen(view: &View<'_>, chain: &[&str], channel: &str, at: i64) -> String {
        let chain: Vec<_> = chain.iter().map(|l| Locale::new(l).expect("valid")).collect();
        let channel = ChannelCode::new(channel).expect("valid");
        choose(view.of_attribute("name"), &chain, Some(&channel), Moment(at))
            .map_or("nothing".to_owned(), |said| said.value.data.to_string())
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
        let view = View::of(&own, Some(&model), &Standings::default());
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
        let standing = |priority, of_name: Option<i32>| Standing {
            priority,
            attributes: of_name
                .map(|of| (AttributeCode::new("name").expect("valid"), of))
                .into_iter()
                .collect(),
        };
        let check = |standing: Standing, expected: &str| {
            let source = SourceCode::new("s0").expect("valid");
            let standings = Standings::new([(source, standing)].into());
            assert_eq!(chosen(&View::of(&own, None, &standings), &["en"], "web", 0), expected);
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
        let view = View::of(&own, None, &Standings::default());
        assert_eq!(chosen(&view, &["fi"], "web", 9), "aina");
        assert_eq!(chosen(&view, &["fi"], "web", 10), "talvi");
        assert_eq!(chosen(&view, &["fi"], "web", 15), "joulu");
        assert_eq!(chosen(&view, &["fi"], "web", 20), "aina");
        assert_eq!(chosen(&view, &["fi"], "screen", 15), "lyhyt");
        assert_eq!(view.next_boundary(Moment(10)), Some(Moment(15)));
    }
}
