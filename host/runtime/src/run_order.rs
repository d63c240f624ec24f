//! In which order plugins run: whoever writes an attribute runs before those who read it.
//!
//! A plugin that reads what it writes itself sees the value beneath its own, so it does not wait
//! for itself. Where nothing decides, the name does: the order is the same on every machine.

use std::collections::{BTreeMap, BTreeSet};

use rikaste_model::code::{AttributeCode, PluginName};

use super::manifest::Manifest;
use super::settings::PluginSettings;

/// Plugins that cannot run beside each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// Two write the same attribute.
    #[error(
        "it writes {attribute}, and so does the plugin {other}; disable one of the two, or say in plugins.toml which one counts: [wins] {attribute} = \"{plugin}\""
    )]
    BothWrite {
        /// The plugin that goes without.
        plugin: PluginName,
        /// The code of the attribute.
        attribute: AttributeCode,
        /// The plugin that keeps it.
        other: PluginName,
    },
    /// Each waits for another.
    #[error("each of the plugins {} reads what another of them writes, so none can run first; disable one, or say in plugins.toml which runs first: [plugin.{}] before = [\"{}\"]", join_names(.0), .0[0], .0.get(1).unwrap_or(&.0[0]))]
    Cycle(Vec<PluginName>),
}

fn join_names(plugins: &[PluginName]) -> String {
    plugins.iter().map(PluginName::as_str).collect::<Vec<_>>().join(", ")
}

/// The attributes that the plugin leaves to others, because the shop says who wins.
///
/// # Errors
/// When another writes the same attribute, and the shop does not say which of the two counts.
pub fn find_ceded_attributes(
    manifest: &Manifest,
    others: &[&Manifest],
    wins: &BTreeMap<AttributeCode, PluginName>,
) -> Result<Vec<AttributeCode>, OrderError> {
    let mut yields = Vec::new();
    for write in &manifest.writes {
        if let Some(winner) = wins.get(&write.attribute) {
            if *winner != manifest.name {
                yields.push(write.attribute.clone());
            }
        } else if let Some(other) =
            others.iter().find(|other| other.find_write(write.attribute.as_str()).is_some())
        {
            return Err(OrderError::BothWrite {
                plugin: manifest.name.clone(),
                attribute: write.attribute.clone(),
                other: other.name.clone(),
            });
        }
    }
    Ok(yields)
}

/// Indices of the manifests in the order in which they run.
///
/// # Errors
/// When some wait for each other; they are named.
pub fn sort_by_dependency(
    manifests: &[&Manifest],
    settings: &PluginSettings,
) -> Result<Vec<usize>, OrderError> {
    let mut waiting: BTreeSet<usize> = (0..manifests.len()).collect();
    let mut order = Vec::with_capacity(manifests.len());
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .copied()
            .filter(|plugin| {
                !waiting.iter().any(|other| {
                    other != plugin
                        && is_waiting_for(manifests[*plugin], manifests[*other], settings)
                })
            })
            .min_by_key(|plugin| &manifests[*plugin].name);
        let Some(ready) = ready else {
            return Err(OrderError::Cycle(find_cycle(manifests, settings, waiting)));
        };
        waiting.remove(&ready);
        order.push(ready);
    }
    Ok(order)
}

fn is_waiting_for(plugin: &Manifest, other: &Manifest, settings: &PluginSettings) -> bool {
    if settings.is_ordered_before(&plugin.name, &other.name) {
        return false;
    }
    settings.is_ordered_before(&other.name, &plugin.name) || has_input_from(plugin, other, settings)
}

/// Whether one reads what the other writes and does not leave to a third.
fn has_input_from(reader: &Manifest, writer: &Manifest, settings: &PluginSettings) -> bool {
    reader.reads.attributes.iter().any(|attribute| {
        let winner = settings.attribute_winners.get(attribute);
        writer.find_write(attribute.as_str()).is_some()
            && winner.is_none_or(|winner| *winner == writer.name)
    })
}

/// Those that only wait for the cycle, and that none of it waits for, are not part of it.
fn find_cycle(
    manifests: &[&Manifest],
    settings: &PluginSettings,
    mut waiting: BTreeSet<usize>,
) -> Vec<PluginName> {
    loop {
        let idle = waiting.iter().copied().find(|plugin| {
            !waiting.iter().any(|other| {
                other != plugin && is_waiting_for(manifests[*other], manifests[*plugin], settings)
            })
        });
        match idle {
            Some(plugin) => waiting.remove(&plugin),
            None => break,
        };
    }
    let mut names: Vec<_> =
        waiting.into_iter().map(|plugin| manifests[plugin].name.clone()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::World;
    use crate::manifest::{DeclaredReads, DeclaredWrite};
    use rikaste_model::value::DataType;

    fn plugin(name: &str, reads: &[&str], writes: &[&str]) -> Manifest {
        let code = |code: &&str| AttributeCode::new(code).expect("valid");
        let write = |attribute| DeclaredWrite {
            attribute,
            data_type: DataType::Text,
            localizable: true,
            scopable: false,
        };
        Manifest {
            name: PluginName::new(name).expect("valid"),
            version: "1.0.0".into(),
            description: String::new(),
            reads: DeclaredReads {
                attributes: reads.iter().map(code).collect(),
                ..DeclaredReads::default()
            },
            writes: writes.iter().map(code).map(write).collect(),
            config_schema: String::new(),
            world: World::Enricher,
        }
    }

    fn ordered(plugins: &[Manifest]) -> Result<Vec<&str>, OrderError> {
        let manifests: Vec<_> = plugins.iter().collect();
        Ok(sort_by_dependency(&manifests, &PluginSettings::default())?
            .into_iter()
            .map(|index| plugins[index].name.as_str())
            .collect())
    }

    #[test]
    fn writers_run_before_readers_and_the_name_decides_the_rest() {
        let plugins = [
            plugin("summary", &["care", "name"], &["summary"]),
            plugin("season", &["name"], &["name"]),
            plugin("care", &["material"], &["care"]),
        ];
        assert_eq!(ordered(&plugins), Ok(vec!["care", "season", "summary"]));
    }

    #[test]
    fn a_cycle_is_named_without_those_that_only_wait_for_it() {
        let plugins =
            [plugin("a", &["y"], &["x"]), plugin("b", &["x"], &["y"]), plugin("c", &["y"], &["z"])];
        let error = ordered(&plugins).expect_err("a cycle");
        assert_eq!(
            error.to_string(),
            "each of the plugins a, b reads what another of them writes, so none can run first; disable one, or say in plugins.toml which runs first: [plugin.a] before = [\"b\"]"
        );
    }

    #[test]
    fn two_writers_of_one_attribute_are_named() {
        let (first, second) =
            (plugin("care", &[], &["care"]), plugin("wash", &[], &["tips", "care"]));
        let error =
            find_ceded_attributes(&second, &[&first], &BTreeMap::new()).expect_err("both write");
        assert_eq!(
            error.to_string(),
            "it writes care, and so does the plugin care; disable one of the two, or say in plugins.toml which one counts: [wins] care = \"wash\""
        );
    }
}
