//! A configuration against the JSON Schema that its plugin declares, before the plugin sees it: so that
//! a mistyped key is answered with the line it stands on and the key that was meant.
//!
//! The schema is as untrusted as the plugin. Forty definitions that each refer twice to the next one
//! keep a validator busy for years: `jsonschema` 0.61 and `boon` 0.6 count no steps. This validator
//! compiles a schema to nodes once. The manifest bounds the size of the schema, and checking counts
//! its steps and its depth.
//!
//! It knows the keywords of draft 2020-12 that say what a document holds, apart from those that
//! depend on the order of evaluation (`unevaluated…`, `$dynamicRef`), other documents (a `$ref` that
//! does not begin with `#`) and `dependent…`: a schema with one of these is refused by name rather than half
//! checked. `format` and the annotations say nothing about validity, as in the draft.

mod check;
mod parse;
mod violation;

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Number, Value};

pub use violation::{ConfigViolation, LocatedViolation};

/// A compiled schema.
#[derive(Debug)]
pub struct ConfigSchema {
    /// The first is the whole schema.
    nodes: Vec<SchemaNode>,
}

/// Why a schema is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// It is not JSON.
    #[error("it is not JSON: {0}")]
    Json(String),
    /// Something in it is not as JSON Schema has it.
    #[error("{}: {what}", format_pointer(.at))]
    Invalid {
        /// A JSON pointer to it.
        at: String,
        /// What is wrong with it, and what it should be.
        what: String,
    },
    /// Checking a configuration against it does not end in time.
    #[error(
        "it takes more than {STEPS} steps, or a depth of more than {DEPTH}, to check a configuration; does it refer to itself?"
    )]
    BudgetExceeded,
}

fn format_pointer(pointer: &str) -> String {
    if pointer.is_empty() { "at its top".to_owned() } else { format!("at `{pointer}`") }
}

/// Steps of one check: a node looked at, or an item compared. The demo's largest configuration takes
/// some hundreds.
const STEPS: u32 = 100_000;

/// How deep nodes may be nested, one referring to another.
const DEPTH: u32 = 64;

/// The most violations that are reported at once.
const MAX_VIOLATIONS: usize = 5;

/// Bytes of a compiled pattern.
const PATTERN_BYTES: usize = 256 << 10;

type NodeId = usize;

/// One schema: what must hold of a value.
#[derive(Debug, Default)]
struct SchemaNode {
    /// `false`: nothing is valid.
    never: bool,
    description: Option<String>,
    reference: Option<NodeId>,
    types: Option<Vec<JsonType>>,
    /// `enum`, and `const` as one of one.
    options: Vec<Vec<Value>>,
    all: Vec<NodeId>,
    any: Option<Vec<NodeId>>,
    one: Option<Vec<NodeId>>,
    not: Option<NodeId>,
    /// `if`, `then`, `else`.
    condition: Option<(NodeId, Option<NodeId>, Option<NodeId>)>,
    object: ObjectRules,
    array: ArrayRules,
    text: TextRules,
    number: NumberRules,
}

#[derive(Debug, Default)]
struct ObjectRules {
    properties: BTreeMap<String, NodeId>,
    patterns: Vec<(Regex, NodeId)>,
    additional: Option<NodeId>,
    names: Option<NodeId>,
    required: Vec<String>,
    length: CountRange,
}

#[derive(Debug, Default)]
struct ArrayRules {
    prefix: Vec<NodeId>,
    items: Option<NodeId>,
    contains: Option<(NodeId, CountRange)>,
    unique: bool,
    length: CountRange,
}

#[derive(Debug, Default)]
struct TextRules {
    pattern: Option<Regex>,
    length: CountRange,
}

#[derive(Debug, Default)]
struct NumberRules {
    least: Option<Number>,
    above: Option<Number>,
    most: Option<Number>,
    below: Option<Number>,
    multiple_of: Option<Number>,
}

/// A number of items, of characters, of keys.
#[derive(Debug, Default, Clone, Copy)]
struct CountRange {
    least: Option<u64>,
    most: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    const NAMES: [(&'static str, Self); 7] = [
        ("null", Self::Null),
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("string", Self::String),
        ("array", Self::Array),
        ("object", Self::Object),
    ];

    /// What people who write TOML call it.
    fn toml_description(self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::String => "a text in quotes",
            Self::Array => "a list",
            Self::Object => "a table of keys",
        }
    }

    fn is_type_of(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null)
            | (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Array, Value::Array(_))
            | (Self::Object, Value::Object(_)) => true,
            // 5.0 is a whole number to JSON Schema.
            (Self::Integer, Value::Number(number)) => {
                number.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            _ => false,
        }
    }
}

impl CountRange {
    fn can_hold(self, count: usize) -> bool {
        let count = count as u64;
        self.least.is_none_or(|least| count >= least) && self.most.is_none_or(|most| count <= most)
    }
}

#[cfg(test)]
mod tests;
