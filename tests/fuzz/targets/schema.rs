//! What a plugin says of itself: its manifest, the schema of its configuration, and a configuration
//! against it. Lines: name, version, an attribute it reads, one it writes, the configuration;
//! the rest is the schema.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rikaste_runtime::{ConfigSchema, Manifest, manifest_types as types};

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(6, '\n');
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let (name, version, reads, writes, config) = (next(), next(), next(), next(), next());
    let schema = next();
    let attribute = types::Attribute {
        code: writes,
        data_type: types::DataType::Text,
        localizable: false,
        scopable: false,
    };
    let _ = Manifest::parse_enricher(types::Manifest {
        name,
        version,
        description: config.clone(),
        reads: vec![reads],
        writes: vec![attribute],
        config_schema: schema.clone(),
    });
    if let (Ok(schema), Ok(value)) =
        (ConfigSchema::parse_json(&schema), serde_json::from_str(&config))
        && let Ok(violations) = schema.check_config(&value)
    {
        for violation in violations {
            let located = violation.locate_in_toml(&config);
            let _ = (located.line, located.violation.to_string());
        }
    }
});
