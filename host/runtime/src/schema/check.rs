//! A value against the nodes of a schema.

use rikaste_model::shop::find_nearest_name;
use serde_json::{Map, Number, Value};

use super::violation::{ConfigViolation, PathStep};
use super::{
    ConfigSchema, CountRange, DEPTH, JsonType, MAX_VIOLATIONS, NodeId, NumberRules, STEPS,
    SchemaError, SchemaNode,
};

impl ConfigSchema {
    /// What is wrong with a configuration: the first few things, in the order of the schema.
    ///
    /// # Errors
    /// When that cannot be decided in the steps there are.
    pub fn check_config(&self, config: &Value) -> Result<Vec<ConfigViolation>, SchemaError> {
        let mut check = SchemaValidator { schema: self, steps: 0, depth: 0, path: Vec::new() };
        let mut found = check.check_node(0, config)?;
        found.truncate(MAX_VIOLATIONS);
        Ok(found)
    }
}

struct SchemaValidator<'a> {
    schema: &'a ConfigSchema,
    steps: u32,
    depth: u32,
    path: Vec<PathStep>,
}

type CheckResult = Result<Vec<ConfigViolation>, SchemaError>;

impl SchemaValidator<'_> {
    fn count_step(&mut self) -> Result<(), SchemaError> {
        self.steps += 1;
        if self.steps > STEPS { Err(SchemaError::BudgetExceeded) } else { Ok(()) }
    }

    fn violation_here(&self, what: impl Into<String>) -> ConfigViolation {
        ConfigViolation { path: self.path.clone(), what: what.into() }
    }

    fn check_node(&mut self, id: NodeId, value: &Value) -> CheckResult {
        self.count_step()?;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(SchemaError::BudgetExceeded);
        }
        let schema = self.schema;
        let node = &schema.nodes[id];
        let mut found = Vec::new();
        if node.never {
            found.push(self.violation_here("is not allowed here"));
        }
        if let Some(types) =
            node.types.as_ref().filter(|types| !types.iter().any(|of| of.is_type_of(value)))
        {
            // What else is wrong with it follows from this.
            found.push(self.violation_here(format!(
                "is {}; it should be {}",
                format_value(value),
                join_alternatives(types.iter().map(|of| of.toml_description().to_owned()))
            )));
        } else {
            found.extend(self.check_options(node, value));
            match value {
                Value::Object(keys) => found.extend(self.check_object(node, keys)?),
                Value::Array(items) => found.extend(self.check_array(node, items)?),
                Value::String(text) => found.extend(self.check_text(node, text)),
                Value::Number(number) => found.extend(self.check_number(&node.number, number)),
                Value::Null | Value::Bool(_) => {}
            }
            for part in node.reference.iter().chain(&node.all) {
                found.extend(self.check_node(*part, value)?);
            }
            found.extend(self.check_combinators(node, value)?);
        }
        self.depth -= 1;
        Ok(found)
    }

    fn check_options(&self, node: &SchemaNode, value: &Value) -> Option<ConfigViolation> {
        let missed =
            node.options.iter().find(|options| !options.iter().any(|one| is_equal(one, value)))?;
        Some(self.violation_here(format!(
            "is {}; it should be {}",
            format_value(value),
            join_alternatives(missed.iter().map(format_value))
        )))
    }

    fn check_object(&mut self, node: &SchemaNode, keys: &Map<String, Value>) -> CheckResult {
        let rules = &node.object;
        let mut found = Vec::new();
        for name in rules.required.iter().filter(|name| !keys.contains_key(*name)) {
            let description = rules
                .properties
                .get(name)
                .and_then(|id| self.schema.nodes[*id].description.as_deref());
            let description = description.map_or(String::new(), |text| format!(": {text}"));
            found.push(self.violation_here(format!("lacks `{name}`{description}")));
        }
        found.extend(self.check_length(rules.length, keys.len(), "keys"));
        for (name, value) in keys {
            self.path.push(PathStep::Key(name.clone()));
            self.count_step()?;
            let own = rules.properties.get(name).copied();
            let matching = rules.patterns.iter().filter(|(pattern, _)| pattern.is_match(name));
            let mut nodes: Vec<NodeId> =
                own.into_iter().chain(matching.map(|(_, id)| *id)).collect();
            if let Some(names) = rules.names {
                found.extend(self.check_node(names, &Value::String(name.clone()))?);
            }
            if nodes.is_empty() {
                nodes.extend(rules.additional);
                if let Some(unknown) = self.unknown_key(node, name) {
                    nodes.clear();
                    found.push(unknown);
                }
            }
            for id in nodes {
                found.extend(self.check_node(id, value)?);
            }
            self.path.pop();
        }
        Ok(found)
    }

    /// A key where no other than the named ones may be.
    fn unknown_key(&self, node: &SchemaNode, name: &str) -> Option<ConfigViolation> {
        let additional = node.object.additional?;
        if !self.schema.nodes[additional].never {
            return None;
        }
        let known: Vec<_> = node.object.properties.keys().map(String::as_str).collect();
        let hint = match find_nearest_name(name, known.iter().copied()) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None if known.is_empty() => "; it has none".to_owned(),
            None => format!(
                "; its keys are {}",
                known.iter().take(12).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        let of = if self.path.len() > 1 { "here" } else { "of the configuration" };
        Some(self.violation_here(format!("is not a key {of}{hint}")))
    }

    fn check_array(&mut self, node: &SchemaNode, items: &[Value]) -> CheckResult {
        let rules = &node.array;
        let mut found = Vec::from_iter(self.check_length(rules.length, items.len(), "items"));
        let mut contained = 0;
        for (index, item) in items.iter().enumerate() {
            self.path.push(PathStep::Index(index));
            if let Some(id) = rules.prefix.get(index).copied().or(rules.items) {
                found.extend(self.check_node(id, item)?);
            }
            if let Some((id, _)) = rules.contains {
                contained += usize::from(self.check_node(id, item)?.is_empty());
            }
            if rules.unique {
                for earlier in &items[..index] {
                    self.count_step()?;
                    if is_equal(earlier, item) {
                        found.push(self.violation_here("is there already; each may be there once"));
                        break;
                    }
                }
            }
            self.path.pop();
        }
        if let Some((_, count)) = rules.contains {
            found.extend(self.check_length(count, contained, "items of the kind it needs"));
        }
        Ok(found)
    }

    fn check_text(&self, node: &SchemaNode, text: &str) -> Vec<ConfigViolation> {
        let mut found =
            Vec::from_iter(self.check_length(node.text.length, text.chars().count(), "characters"));
        if let Some(pattern) = node.text.pattern.as_ref().filter(|pattern| !pattern.is_match(text))
        {
            found.push(self.violation_here(format!(
                "is {}; it should match {pattern}",
                format_value(&text.into())
            )));
        }
        found
    }

    fn check_number(&self, rules: &NumberRules, number: &Number) -> Vec<ConfigViolation> {
        let bounds = [
            (
                &rules.least,
                "at least",
                number.as_f64() >= rules.least.as_ref().and_then(Number::as_f64),
            ),
            (
                &rules.above,
                "more than",
                number.as_f64() > rules.above.as_ref().and_then(Number::as_f64),
            ),
            (
                &rules.most,
                "at most",
                number.as_f64() <= rules.most.as_ref().and_then(Number::as_f64),
            ),
            (
                &rules.below,
                "less than",
                number.as_f64() < rules.below.as_ref().and_then(Number::as_f64),
            ),
            (&rules.multiple_of, "a multiple of", is_multiple(number, rules.multiple_of.as_ref())),
        ];
        let missed = bounds.into_iter().filter_map(|(bound, words, holds)| {
            bound.as_ref().filter(|_| !holds).map(|bound| (words, bound))
        });
        missed
            .map(|(words, bound)| {
                self.violation_here(format!("is {number}; it should be {words} {bound}"))
            })
            .collect()
    }

    fn check_length(&self, range: CountRange, count: usize, what: &str) -> Option<ConfigViolation> {
        if range.can_hold(count) {
            return None;
        }
        let bound = match (range.least, range.most) {
            (Some(least), Some(most)) if least == most => format!("{least}"),
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, most) => format!("at most {}", most.unwrap_or_default()),
        };
        Some(self.violation_here(format!("has {count} {what}; it should have {bound}")))
    }

    /// `anyOf`, `oneOf`, `not`, and `if`.
    fn check_combinators(&mut self, node: &SchemaNode, value: &Value) -> CheckResult {
        let mut found = Vec::new();
        if let Some(forms) = &node.any {
            found.extend(self.check_alternatives(forms, value, |fitting| fitting > 0)?);
        }
        if let Some(forms) = &node.one {
            found.extend(self.check_alternatives(forms, value, |fitting| fitting == 1)?);
        }
        if let Some(id) = node.not
            && self.check_node(id, value)?.is_empty()
        {
            found.push(
                self.violation_here(format!("is {}, which it may not be", format_value(value))),
            );
        }
        if let Some((when, then, otherwise)) = node.condition {
            let branch = if self.check_node(when, value)?.is_empty() { then } else { otherwise };
            if let Some(id) = branch {
                found.extend(self.check_node(id, value)?);
            }
        }
        Ok(found)
    }

    /// Of several forms that none fits, the one that was meant is the one of the value's own type, if
    /// there is one: its violations are reported.
    fn check_alternatives(
        &mut self,
        forms: &[NodeId],
        value: &Value,
        enough: impl Fn(usize) -> bool,
    ) -> CheckResult {
        let mut fitting = 0;
        let mut meant = Vec::new();
        for id in forms {
            let found = self.check_node(*id, value)?;
            fitting += usize::from(found.is_empty());
            if self
                .accepted_types(*id)
                .is_some_and(|types| types.iter().any(|of| of.is_type_of(value)))
            {
                meant.push(found);
            }
        }
        if enough(fitting) {
            return Ok(Vec::new());
        }
        if fitting == 0 && meant.len() == 1 {
            return Ok(meant.remove(0));
        }
        let shown = format_value(value);
        let kinds = forms.iter().filter_map(|id| self.accepted_types(*id)).flatten();
        let kinds: Vec<String> = kinds.map(|of| of.toml_description().to_owned()).collect();
        let what = if fitting > 1 {
            format!(
                "is {shown}, which fits {fitting} of the forms that it may have; only one may fit"
            )
        } else if meant.is_empty() && kinds.len() == forms.len() {
            format!("is {shown}; it should be {}", join_alternatives(kinds.into_iter()))
        } else {
            format!("is {shown}, which fits none of the {} forms that it may have", forms.len())
        };
        Ok(vec![self.violation_here(what)])
    }

    /// The types of a form, or of what it refers to.
    fn accepted_types(&self, id: NodeId) -> Option<&[JsonType]> {
        let node = &self.schema.nodes[id];
        let own = node.types.as_deref();
        own.or_else(|| self.schema.nodes[node.reference?].types.as_deref())
    }
}

fn is_multiple(number: &Number, of: Option<&Number>) -> bool {
    match (number.as_i64(), of.and_then(Number::as_i64)) {
        (Some(number), Some(of)) => of != 0 && number % of == 0,
        _ => {
            let times =
                number.as_f64().zip(of.and_then(Number::as_f64)).map(|(number, of)| number / of);
            times.is_some_and(|times| (times - times.round()).abs() < 1e-9)
        }
    }
}

/// 1 and 1.0 are the same number.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}

/// A value in a message: short, and on one line.
fn format_value(value: &Value) -> String {
    match value {
        Value::Object(_) => "a table of keys".to_owned(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::String(text) => format!("\"{}\"", rikaste_model::diagnostic::cut_excerpt(text)),
        other => other.to_string(),
    }
}

fn join_alternatives(mut options: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 12;
    let more = options.len().saturating_sub(SHOWN);
    let shown: Vec<_> = options.by_ref().take(SHOWN).collect();
    let more = if more > 0 { format!(" or one of {more} more") } else { String::new() };
    match shown.as_slice() {
        [but_last @ .., last] if !but_last.is_empty() && more.is_empty() => {
            format!("{} or {last}", but_last.join(", "))
        }
        all => format!("{}{more}", all.join(", ")),
    }
}
