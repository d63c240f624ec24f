//! From the schema's text to nodes. Nodes that a `$ref` names are made when all others are, each once,
//! so a schema may refer to itself.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use rikaste_model::shop::nearest;
use serde_json::{Map, Number, Value};

use super::{Id, Node, PATTERN_BYTES, Range, Schema, SchemaError, Type};

impl Schema {
    /// Compiles a schema; an empty text is the schema of anything.
    ///
    /// # Errors
    /// When it is no JSON Schema, or uses what is not checked here.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        let text = if text.trim().is_empty() { "true" } else { text };
        let root: Value =
            serde_json::from_str(text).map_err(|error| SchemaError::Json(error.to_string()))?;
        let mut compiler = Compiler {
            root: &root,
            nodes: Vec::new(),
            by_place: HashMap::new(),
            pending: Vec::new(),
        };
        compiler.node(&root, &At(String::new()))?;
        while let Some((place, schema)) = compiler.pending.pop() {
            compiler.fill(schema, &place)?;
        }
        Ok(Self { nodes: compiler.nodes })
    }
}

struct Compiler<'a> {
    root: &'a Value,
    nodes: Vec<Node>,
    /// Nodes by the JSON pointer to what they were made of.
    by_place: HashMap<String, Id>,
    /// Nodes that have a number and are empty.
    pending: Vec<(At, &'a Value)>,
}

/// A JSON pointer.
#[derive(Debug, Clone)]
struct At(String);

impl At {
    fn under(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    fn wrong(&self, what: impl Into<String>) -> SchemaError {
        SchemaError::Wrong { at: self.0.clone(), what: what.into() }
    }
}

/// Keywords that say nothing about what is valid.
const ANNOTATIONS: [&str; 14] = [
    "$schema",
    "$id",
    "$comment",
    "$defs",
    "definitions",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "format",
    "readOnly",
    "writeOnly",
    "contentMediaType",
];

/// Keywords that would have to be checked and are not.
const REFUSED: [&str; 8] = [
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "unevaluatedProperties",
    "unevaluatedItems",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
];

/// Keywords that are.
const KEYWORDS: [&str; 34] = [
    "$ref",
    "type",
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "required",
    "minProperties",
    "maxProperties",
    "prefixItems",
    "items",
    "contains",
    "minContains",
    "maxContains",
    "uniqueItems",
    "minItems",
    "maxItems",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
];

impl<'a> Compiler<'a> {
    /// The node of a schema that stands here; it is filled later.
    fn node(&mut self, schema: &'a Value, at: &At) -> Result<Id, SchemaError> {
        if let Some(known) = self.by_place.get(&at.0) {
            return Ok(*known);
        }
        if !matches!(schema, Value::Bool(_) | Value::Object(_)) {
            return Err(at.wrong("a schema is an object, `true` or `false`"));
        }
        let id = self.nodes.len();
        self.nodes.push(Node::default());
        self.by_place.insert(at.0.clone(), id);
        self.pending.push((at.clone(), schema));
        Ok(id)
    }

    fn fill(&mut self, schema: &'a Value, at: &At) -> Result<(), SchemaError> {
        let node = match schema {
            Value::Object(keywords) => {
                check_keywords(keywords, at)?;
                self.compile(&Keywords { all: keywords, at })?
            }
            _ => Node { never: *schema == Value::Bool(false), ..Node::default() },
        };
        let id = self.by_place[&at.0];
        self.nodes[id] = node;
        Ok(())
    }

    fn compile(&mut self, keywords: &Keywords<'a, '_>) -> Result<Node, SchemaError> {
        let mut node = Node {
            description: keywords.text("description")?.map(str::to_owned),
            reference: keywords.text("$ref")?.map(|to| self.reference(to, keywords)).transpose()?,
            types: keywords.types()?,
            all: self.nodes_of("allOf", keywords)?.unwrap_or_default(),
            any: self.nodes_of("anyOf", keywords)?,
            one: self.nodes_of("oneOf", keywords)?,
            not: self.node_of("not", keywords)?,
            ..Node::default()
        };
        node.options.extend(keywords.list("enum")?.cloned());
        node.options.extend(keywords.all.get("const").map(|only| vec![only.clone()]));
        let [then, otherwise] = [self.node_of("then", keywords)?, self.node_of("else", keywords)?];
        node.condition = self.node_of("if", keywords)?.map(|when| (when, then, otherwise));
        self.compile_object(&mut node, keywords)?;
        self.compile_array(&mut node, keywords)?;
        node.text.pattern = keywords
            .text("pattern")?
            .map(|text| pattern(text, &keywords.under("pattern")))
            .transpose()?;
        node.text.length = keywords.range("minLength", "maxLength")?;
        node.number.least = keywords.number("minimum")?;
        node.number.above = keywords.number("exclusiveMinimum")?;
        node.number.most = keywords.number("maximum")?;
        node.number.below = keywords.number("exclusiveMaximum")?;
        node.number.multiple_of = keywords.number("multipleOf")?;
        Ok(node)
    }

    fn compile_object(
        &mut self,
        node: &mut Node,
        keywords: &Keywords<'a, '_>,
    ) -> Result<(), SchemaError> {
        let rules = &mut node.object;
        for (name, schema) in keywords.object("properties")?.into_iter().flatten() {
            let id = self.node(schema, &keywords.under("properties").under(name))?;
            rules.properties.insert(name.clone(), id);
        }
        for (text, schema) in keywords.object("patternProperties")?.into_iter().flatten() {
            let at = keywords.under("patternProperties").under(text);
            rules.patterns.push((pattern(text, &at)?, self.node(schema, &at)?));
        }
        rules.additional = self.node_of("additionalProperties", keywords)?;
        rules.names = self.node_of("propertyNames", keywords)?;
        rules.length = keywords.range("minProperties", "maxProperties")?;
        for name in keywords.list("required")?.into_iter().flatten() {
            let name =
                name.as_str().ok_or_else(|| keywords.under("required").wrong("it names keys"))?;
            rules.required.push(name.to_owned());
        }
        Ok(())
    }

    fn compile_array(
        &mut self,
        node: &mut Node,
        keywords: &Keywords<'a, '_>,
    ) -> Result<(), SchemaError> {
        let rules = &mut node.array;
        rules.prefix = self.nodes_of("prefixItems", keywords)?.unwrap_or_default();
        rules.items = self.node_of("items", keywords)?;
        rules.length = keywords.range("minItems", "maxItems")?;
        rules.unique = match keywords.all.get("uniqueItems") {
            None => false,
            Some(Value::Bool(unique)) => *unique,
            Some(_) => return Err(keywords.under("uniqueItems").wrong("it is `true` or `false`")),
        };
        let mut count = keywords.range("minContains", "maxContains")?;
        count.least = count.least.or(Some(1));
        rules.contains = self.node_of("contains", keywords)?.map(|item| (item, count));
        Ok(())
    }

    fn node_of(
        &mut self,
        keyword: &str,
        keywords: &Keywords<'a, '_>,
    ) -> Result<Option<Id>, SchemaError> {
        let schema = keywords.all.get(keyword);
        schema.map(|schema| self.node(schema, &keywords.under(keyword))).transpose()
    }

    fn nodes_of(
        &mut self,
        keyword: &str,
        keywords: &Keywords<'a, '_>,
    ) -> Result<Option<Vec<Id>>, SchemaError> {
        let Some(schemas) = keywords.list(keyword)? else { return Ok(None) };
        let at = keywords.under(keyword);
        let nodes = schemas.iter().enumerate();
        nodes
            .map(|(index, schema)| self.node(schema, &at.under(&index.to_string())))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    fn reference(&mut self, to: &str, keywords: &Keywords<'a, '_>) -> Result<Id, SchemaError> {
        let at = keywords.under("$ref");
        let Some(pointer) = to.strip_prefix('#').filter(|to| to.is_empty() || to.starts_with('/'))
        else {
            return Err(at.wrong(format!(
                "\"{to}\" is not in this schema; write it under `$defs` and refer to it as `#/$defs/NAME`"
            )));
        };
        let Some(schema) = self.root.pointer(pointer) else {
            return Err(at.wrong(format!("there is nothing at \"{to}\"")));
        };
        self.node(schema, &At(pointer.to_owned()))
    }
}

fn check_keywords(keywords: &Map<String, Value>, at: &At) -> Result<(), SchemaError> {
    for keyword in keywords.keys().map(String::as_str) {
        if KEYWORDS.contains(&keyword) || ANNOTATIONS.contains(&keyword) {
            continue;
        }
        if REFUSED.contains(&keyword) {
            return Err(at.wrong(format!(
                "`{keyword}` is not checked by this host; say it with {}",
                if keyword.starts_with('$') {
                    "`$defs` and `$ref`"
                } else {
                    "`properties`, `required` and `if`"
                }
            )));
        }
        // Other names are somebody's annotations, unless they are typing errors.
        if let Some(meant) =
            nearest(keyword, KEYWORDS).filter(|meant| strsim::levenshtein(keyword, meant) <= 2)
        {
            return Err(at.wrong(format!("`{keyword}` is not a keyword; did you mean `{meant}`?")));
        }
    }
    Ok(())
}

fn pattern(text: &str, at: &At) -> Result<Regex, SchemaError> {
    let built = RegexBuilder::new(text).size_limit(PATTERN_BYTES).build();
    built.map_err(|error| {
        // The library draws the pattern and points at the place, over several lines.
        let why = error.to_string();
        let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        at.wrong(format!("the pattern \"{text}\" cannot be used here: {why}"))
    })
}

/// The keywords of one schema, read as what they have to be.
struct Keywords<'a, 'p> {
    all: &'a Map<String, Value>,
    at: &'p At,
}

impl<'a> Keywords<'a, '_> {
    fn under(&self, keyword: &str) -> At {
        self.at.under(keyword)
    }

    fn read<T>(
        &self,
        keyword: &str,
        what: &str,
        as_what: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, SchemaError> {
        let Some(value) = self.all.get(keyword) else { return Ok(None) };
        as_what(value)
            .map(Some)
            .ok_or_else(|| self.under(keyword).wrong(format!("it has to be {what}")))
    }

    fn text(&self, keyword: &str) -> Result<Option<&'a str>, SchemaError> {
        self.read(keyword, "a string", Value::as_str)
    }

    fn list(&self, keyword: &str) -> Result<Option<&'a Vec<Value>>, SchemaError> {
        self.read(keyword, "an array", Value::as_array)
    }

    fn object(&self, keyword: &str) -> Result<Option<&'a Map<String, Value>>, SchemaError> {
        self.read(keyword, "an object", Value::as_object)
    }

    fn number(&self, keyword: &str) -> Result<Option<Number>, SchemaError> {
        self.read(keyword, "a number", |value| value.as_number().cloned())
    }

    fn range(&self, least: &str, most: &str) -> Result<Range, SchemaError> {
        let count = |keyword| self.read(keyword, "a whole number of 0 or more", Value::as_u64);
        Ok(Range { least: count(least)?, most: count(most)? })
    }

    fn types(&self) -> Result<Option<Vec<Type>>, SchemaError> {
        let at = self.under("type");
        let one = |value: &Value| {
            let name = value.as_str().ok_or_else(|| at.wrong("a type is a string"))?;
            let known = Type::NAMES.iter().find(|(known, _)| *known == name);
            known.map(|(_, of)| *of).ok_or_else(|| {
                let meant = nearest(name, Type::NAMES.map(|(known, _)| known));
                let meant =
                    meant.map_or(String::new(), |meant| format!("; did you mean \"{meant}\"?"));
                at.wrong(format!("\"{name}\" is not a type{meant}"))
            })
        };
        match self.all.get("type") {
            None => Ok(None),
            Some(Value::Array(types)) => types.iter().map(one).collect::<Result<_, _>>().map(Some),
            Some(only) => Ok(Some(vec![one(only)?])),
        }
    }
}
