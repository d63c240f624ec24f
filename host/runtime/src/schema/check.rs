//! A value against the nodes of a schema.

use rikaste_model::shop::nearest;
use serde_json::{Map, Number, Value};

use super::violation::{Step, Violation};
use super::{DEPTH, Id, Node, NumberRules, Range, SAID, STEPS, Schema, SchemaError, Type};

impl Schema {
    /// What is wrong with a configuration: the first few things, in the order of the schema.
    ///
    /// # Errors
    /// When that cannot be told in the steps there are.
    pub fn check(&self, config: &Value) -> Result<Vec<Violation>, SchemaError> {
        let mut check = Check { schema: self, steps: 0, depth: 0, path: Vec::new() };
        let mut found = check.all(0, config)?;
        found.truncate(SAID);
        Ok(found)
    }
}

struct Check<'a> {
    schema: &'a Schema,
    steps: u32,
    depth: u32,
    path: Vec<Step>,
}

type Found = Result<Vec<Violation>, SchemaError>;

impl Check<'_> {
    fn step(&mut self) -> Result<(), SchemaError> {
        self.steps += 1;
        if self.steps > STEPS { Err(SchemaError::Endless) } else { Ok(()) }
    }

    fn wrong(&self, what: impl Into<String>) -> Violation {
        Violation { path: self.path.clone(), what: what.into() }
    }

    fn all(&mut self, id: Id, value: &Value) -> Found {
        self.step()?;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(SchemaError::Endless);
        }
        let schema = self.schema;
        let node = &schema.nodes[id];
        let mut found = Vec::new();
        if node.never {
            found.push(self.wrong("is not allowed here"));
        }
        if let Some(types) =
            node.types.as_ref().filter(|types| !types.iter().any(|of| of.is_of(value)))
        {
            // What else is wrong with it follows from this.
            found.push(self.wrong(format!(
                "is {}; it should be {}",
                show(value),
                or(types.iter().map(|of| of.as_words().to_owned()))
            )));
        } else {
            found.extend(self.options(node, value));
            match value {
                Value::Object(keys) => found.extend(self.object(node, keys)?),
                Value::Array(items) => found.extend(self.array(node, items)?),
                Value::String(text) => found.extend(self.text(node, text)),
                Value::Number(number) => found.extend(self.number(&node.number, number)),
                Value::Null | Value::Bool(_) => {}
            }
            for part in node.reference.iter().chain(&node.all) {
                found.extend(self.all(*part, value)?);
            }
            found.extend(self.choice(node, value)?);
        }
        self.depth -= 1;
        Ok(found)
    }

    fn options(&self, node: &Node, value: &Value) -> Option<Violation> {
        let missed =
            node.options.iter().find(|options| !options.iter().any(|one| equal(one, value)))?;
        Some(self.wrong(format!(
            "is {}; it should be {}",
            show(value),
            or(missed.iter().map(show))
        )))
    }

    fn object(&mut self, node: &Node, keys: &Map<String, Value>) -> Found {
        let rules = &node.object;
        let mut found = Vec::new();
        for name in rules.required.iter().filter(|name| !keys.contains_key(*name)) {
            let description = rules
                .properties
                .get(name)
                .and_then(|id| self.schema.nodes[*id].description.as_deref());
            let description = description.map_or(String::new(), |text| format!(": {text}"));
            found.push(self.wrong(format!("lacks `{name}`{description}")));
        }
        found.extend(self.length(rules.length, keys.len(), "keys"));
        for (name, value) in keys {
            self.path.push(Step::Key(name.clone()));
            self.step()?;
            let own = rules.properties.get(name).copied();
            let matching = rules.patterns.iter().filter(|(pattern, _)| pattern.is_match(name));
            let mut nodes: Vec<Id> = own.into_iter().chain(matching.map(|(_, id)| *id)).collect();
            if let Some(names) = rules.names {
                found.extend(self.all(names, &Value::String(name.clone()))?);
            }
            if nodes.is_empty() {
                nodes.extend(rules.additional);
                if let Some(unknown) = self.unknown(node, name) {
                    nodes.clear();
                    found.push(unknown);
                }
            }
            for id in nodes {
                found.extend(self.all(id, value)?);
            }
            self.path.pop();
        }
        Ok(found)
    }

    /// A key where no other than the named ones may be.
    fn unknown(&self, node: &Node, name: &str) -> Option<Violation> {
        let additional = node.object.additional?;
        if !self.schema.nodes[additional].never {
            return None;
        }
        let known: Vec<_> = node.object.properties.keys().map(String::as_str).collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None if known.is_empty() => "; it has none".to_owned(),
            None => format!(
                "; its keys are {}",
                known.iter().take(12).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        let of = if self.path.len() > 1 { "here" } else { "of the configuration" };
        Some(self.wrong(format!("is not a key {of}{hint}")))
    }

    fn array(&mut self, node: &Node, items: &[Value]) -> Found {
        let rules = &node.array;
        let mut found = Vec::from_iter(self.length(rules.length, items.len(), "items"));
        let mut contained = 0;
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Index(index));
            if let Some(id) = rules.prefix.get(index).copied().or(rules.items) {
                found.extend(self.all(id, item)?);
            }
            if let Some((id, _)) = rules.contains {
                contained += usize::from(self.all(id, item)?.is_empty());
            }
            if rules.unique {
                for earlier in &items[..index] {
                    self.step()?;
                    if equal(earlier, item) {
                        found.push(self.wrong("is there already; each may be there once"));
                        break;
                    }
                }
            }
            self.path.pop();
        }
        if let Some((_, count)) = rules.contains {
            found.extend(self.length(count, contained, "items of the kind it needs"));
        }
        Ok(found)
    }

    fn text(&self, node: &Node, text: &str) -> Vec<Violation> {
        let mut found =
            Vec::from_iter(self.length(node.text.length, text.chars().count(), "characters"));
        if let Some(pattern) = node.text.pattern.as_ref().filter(|pattern| !pattern.is_match(text))
        {
            found.push(self.wrong(format!("is {}; it should match {pattern}", show(&text.into()))));
        }
        found
    }

    fn number(&self, rules: &NumberRules, number: &Number) -> Vec<Violation> {
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
            .map(|(words, bound)| self.wrong(format!("is {number}; it should be {words} {bound}")))
            .collect()
    }

    fn length(&self, range: Range, count: usize, what: &str) -> Option<Violation> {
        if range.holds(count) {
            return None;
        }
        let bound = match (range.least, range.most) {
            (Some(least), Some(most)) if least == most => format!("{least}"),
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, most) => format!("at most {}", most.unwrap_or_default()),
        };
        Some(self.wrong(format!("has {count} {what}; it should have {bound}")))
    }

    /// `anyOf`, `oneOf`, `not`, and `if`.
    fn choice(&mut self, node: &Node, value: &Value) -> Found {
        let mut found = Vec::new();
        if let Some(forms) = &node.any {
            found.extend(self.forms(forms, value, |fitting| fitting > 0)?);
        }
        if let Some(forms) = &node.one {
            found.extend(self.forms(forms, value, |fitting| fitting == 1)?);
        }
        if let Some(id) = node.not
            && self.all(id, value)?.is_empty()
        {
            found.push(self.wrong(format!("is {}, which it may not be", show(value))));
        }
        if let Some((when, then, otherwise)) = node.condition {
            let branch = if self.all(when, value)?.is_empty() { then } else { otherwise };
            if let Some(id) = branch {
                found.extend(self.all(id, value)?);
            }
        }
        Ok(found)
    }

    /// Of several forms that none fits, the one that was meant is the one of the value's own type, if
    /// there is one: its violations are said.
    fn forms(&mut self, forms: &[Id], value: &Value, enough: impl Fn(usize) -> bool) -> Found {
        let mut fitting = 0;
        let mut meant = Vec::new();
        for id in forms {
            let found = self.all(*id, value)?;
            fitting += usize::from(found.is_empty());
            if self.types(*id).is_some_and(|types| types.iter().any(|of| of.is_of(value))) {
                meant.push(found);
            }
        }
        if enough(fitting) {
            return Ok(Vec::new());
        }
        if fitting == 0 && meant.len() == 1 {
            return Ok(meant.remove(0));
        }
        let shown = show(value);
        let kinds = forms.iter().filter_map(|id| self.types(*id)).flatten();
        let kinds: Vec<String> = kinds.map(|of| of.as_words().to_owned()).collect();
        let what = if fitting > 1 {
            format!(
                "is {shown}, which fits {fitting} of the forms that it may have; only one may fit"
            )
        } else if meant.is_empty() && kinds.len() == forms.len() {
            format!("is {shown}; it should be {}", or(kinds.into_iter()))
        } else {
            format!("is {shown}, which fits none of the {} forms that it may have", forms.len())
        };
        Ok(vec![self.wrong(what)])
    }

    /// The types of a form, or of what it refers to.
    fn types(&self, id: Id) -> Option<&[Type]> {
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
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}

/// A value in a message: short, and on one line.
fn show(value: &Value) -> String {
    match value {
        Value::Object(_) => "a table of keys".to_owned(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::String(text) => format!("\"{}\"", rikaste_model::diagnostic::excerpt(text)),
        other => other.to_string(),
    }
}

fn or(mut options: impl ExactSizeIterator<Item = String>) -> String {
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
