//! Overruled: values of a drop that another source, or a person, has a stronger word about.

use std::collections::BTreeMap;

use rikaste_model::code::{AttributeCode, Sku, SourceCode};
use rikaste_model::diagnostic::Diagnostic;
use rikaste_model::product::Product;
use rikaste_model::receipt::Messages;
use rikaste_model::record::{Record, RecordBody, Saying};
use rikaste_model::resolve::{Strength, strength};
use rikaste_model::shop::Standings;
use rikaste_model::value::Value;
use rikaste_model::words;
use rikaste_model::words::{Argument, Words};

/// Products that are named of each loss.
const NAMED: usize = 3;

/// How often each attribute of a drop is overruled, and by whom.
#[derive(Default)]
pub(super) struct Overruled(BTreeMap<(AttributeCode, Winner), Losses>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Winner {
    Source { source: SourceCode, priority: i32, own: i32 },
    Edit,
}

#[derive(Default)]
struct Losses {
    count: u64,
    first: Vec<Sku>,
}

impl Overruled {
    /// Notes what of a row does not count, before it is merged.
    pub(super) fn note(&mut self, product: &Product, record: &Record, standings: &Standings) {
        let RecordBody::Product(row) = &record.body else { return };
        let content = &product.content;
        let alone = content.sources.iter().all(|layer| layer.source == row.source);
        if alone && content.edits.is_empty() {
            return;
        }
        for cell in &row.cells {
            let Saying::Set(value) = &cell.saying else { continue };
            let own = standings.priority(&row.source, &value.attribute, row.priority);
            if let Some(winner) = winner(product, value, (own, &row.source), standings) {
                let losses = self.0.entry((value.attribute.clone(), winner)).or_default();
                losses.count += 1;
                if losses.first.len() < NAMED {
                    losses.first.push(record.sku.clone());
                }
            }
        }
    }

    /// Says it, attribute by attribute.
    pub(super) fn tell(self, messages: &mut Messages) {
        for ((attribute, winner), losses) in self.0 {
            let message = losses.told(&attribute, &winner);
            messages.push(Diagnostic::info("overruled", message).at_attribute(attribute));
        }
    }
}

fn winner(
    product: &Product,
    value: &Value,
    (own, source): (i32, &SourceCode),
    standings: &Standings,
) -> Option<Winner> {
    if product.content.edits.iter().any(|edit| edit.value.same_place(value)) {
        return Some(Winner::Edit);
    }
    let others = product.content.sources.iter().filter(|layer| layer.source != *source);
    let say = others.filter(|layer| layer.values.iter().any(|said| said.value.same_place(value)));
    let strongest = say.map(|layer| strength(layer, &value.attribute, standings)).max()?;
    match strongest {
        Strength::Source(priority, winner) if strongest > Strength::Source(own, source) => {
            Some(Winner::Source { source: winner.clone(), priority, own })
        }
        _ => None,
    }
}

impl Losses {
    fn told(&self, attribute: &AttributeCode, winner: &Winner) -> Words {
        let more = self.count.saturating_sub(self.first.len() as u64);
        let skus =
            Argument::Names(self.first.iter().map(|sku| sku.as_str().into()).collect(), more);
        match winner {
            Winner::Edit => words!("overruled-by-edit", count = self.count, skus = skus),
            Winner::Source { source, priority, own } => words!(
                "overruled-by-source",
                count = self.count,
                attribute = attribute.as_str(),
                source = source.as_str(),
                theirs = priority.to_string(),
                own = own.to_string(),
                skus = skus
            ),
        }
    }
}
