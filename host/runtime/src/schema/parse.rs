//! From the schema's text to nodes. Nodes that a `$ref` names are made when all others are, each once,
//! so a schema may refer to itself.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use rikaste_model::shop::find_nearest_name;
use serde_json::{Map, Number, Value};

use super::{ConfigSchema, CountRange, JsonType, NodeId, PATTERN_BYTES, SchemaError, SchemaNode};

impl ConfigSchema {
    /// Compiles a schema; an empty text is the schema of anything.
    ///
    /// # Errors
    /// When it is no JSON Schema, or uses what is not checked here.
    pub fn parse_json(text: &str) -> Result<Self, SchemaError> {
        let text = if text.trim().is_empty() { "true" } else { text };
        let root: Value =
            serde_json::from_str(text).map_err(|error| SchemaError::Json(error.to_string()))?;
        let mut compiler = SchemaCompiler {
            root: &root,
            nodes: Vec::new(),
            by_pointer: HashMap::new(),
            pending: Vec::new(),
        };
        compiler.add_node(&root, &JsonPointer(String::new()))?;
        while let Some((place, schema)) = compiler.pending.pop() {
            compiler.fill_node(schema, &place)?;
        }
        Ok(Self { nodes: compiler.nodes })
    }
}

struct SchemaCompiler<'a> {
    root: &'a Value,
    nodes: Vec<SchemaNode>,
    /// Nodes by the JSON pointer to what they were made of.
    by_pointer: HashMap<String, NodeId>,
    /// Nodes that have a number and are empty.
    pending: Vec<(JsonPointer, &'a Value)>,
}

/// A JSON pointer.
#[derive(Debug, Clone)]
struct JsonPointer(String);

impl JsonPointer {
    fn join_key(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    fn schema_error(&self, what: impl Into<String>) -> SchemaError {
        SchemaError::Invalid { at: self.0.clone(), what: what.into() }
    }
}

/// Keywords that say nothing about what is valid.
const ANNOTATION_KEYWORDS: [&str; 14] = [
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
const UNSUPPORTED_KEYWORDS: [&str; 8] = [
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

impl<'a> SchemaCompiler<'a> {
    /// The node of a schema that stands here; it is filled later.
    fn add_node(&mut self, schema: &'a Value, at: &JsonPointer) -> Result<NodeId, SchemaError> {
        if let Some(known) = self.by_pointer.get(&at.0) {
            return Ok(*known);
        }
        if !matches!(schema, Value::Bool(_) | Value::Object(_)) {
            return Err(at.schema_error("a schema is an object, `true` or `false`"));
        }
        let id = self.nodes.len();
        self.nodes.push(SchemaNode::default());
        self.by_pointer.insert(at.0.clone(), id);
        self.pending.push((at.clone(), schema));
        Ok(id)
    }

    fn fill_node(&mut self, schema: &'a Value, at: &JsonPointer) -> Result<(), SchemaError> {
        let node = match schema {
            Value::Object(keywords) => {
                check_keywords(keywords, at)?;
                self.compile_node(&KeywordReader { all: keywords, at })?
            }
            _ => SchemaNode { never: *schema == Value::Bool(false), ..SchemaNode::default() },
        };
        let id = self.by_pointer[&at.0];
        self.nodes[id] = node;
        Ok(())
    }

    fn compile_node(
        &mut self,
        keywords: &KeywordReader<'a, '_>,
    ) -> Result<SchemaNode, SchemaError> {
        let mut node = SchemaNode {
            description: keywords.read_text("description")?.map(str::to_owned),
            reference: keywords
                .read_text("$ref")?
                .map(|to| self.resolve_reference(to, keywords))
                .transpose()?,
            types: keywords.read_types()?,
            all: self.add_keyword_nodes("allOf", keywords)?.unwrap_or_default(),
            any: self.add_keyword_nodes("anyOf", keywords)?,
            one: self.add_keyword_nodes("oneOf", keywords)?,
            not: self.add_keyword_node("not", keywords)?,
            ..SchemaNode::default()
        };
        node.options.extend(keywords.read_list("enum")?.cloned());
        node.options.extend(keywords.all.get("const").map(|only| vec![only.clone()]));
        let [then, otherwise] =
            [self.add_keyword_node("then", keywords)?, self.add_keyword_node("else", keywords)?];
        node.condition = self.add_keyword_node("if", keywords)?.map(|when| (when, then, otherwise));
        self.compile_object(&mut node, keywords)?;
        self.compile_array(&mut node, keywords)?;
        node.text.pattern = keywords
            .read_text("pattern")?
            .map(|text| compile_pattern(text, &keywords.pointer_to("pattern")))
            .transpose()?;
        node.text.length = keywords.read_range("minLength", "maxLength")?;
        node.number.least = keywords.read_number("minimum")?;
        node.number.above = keywords.read_number("exclusiveMinimum")?;
        node.number.most = keywords.read_number("maximum")?;
        node.number.below = keywords.read_number("exclusiveMaximum")?;
        node.number.multiple_of = keywords.read_number("multipleOf")?;
        Ok(node)
    }

    fn compile_object(
        &mut self,
        node: &mut SchemaNode,
        keywords: &KeywordReader<'a, '_>,
    ) -> Result<(), SchemaError> {
        let rules = &mut node.object;
        for (name, schema) in keywords.read_object("properties")?.into_iter().flatten() {
            let id = self.add_node(schema, &keywords.pointer_to("properties").join_key(name))?;
            rules.properties.insert(name.clone(), id);
        }
        for (text, schema) in keywords.read_object("patternProperties")?.into_iter().flatten() {
            let at = keywords.pointer_to("patternProperties").join_key(text);
            rules.patterns.push((compile_pattern(text, &at)?, self.add_node(schema, &at)?));
        }
        rules.additional = self.add_keyword_node("additionalProperties", keywords)?;
        rules.names = self.add_keyword_node("propertyNames", keywords)?;
        rules.length = keywords.read_range("minProperties", "maxProperties")?;
        for name in keywords.read_list("required")?.into_iter().flatten() {
            let name = name
                .as_str()
                .ok_or_else(|| keywords.pointer_to("required").schema_error("it names keys"))?;
            rules.required.push(name.to_owned());
        }
        Ok(())
    }

    fn compile_array(
        &mut self,
        node: &mut SchemaNode,
        keywords: &KeywordReader<'a, '_>,
    ) -> Result<(), SchemaError> {
        let rules = &mut node.array;
        rules.prefix = self.add_keyword_nodes("prefixItems", keywords)?.unwrap_or_default();
        rules.items = self.add_keyword_node("items", keywords)?;
        rules.length = keywords.read_range("minItems", "maxItems")?;
        rules.unique = match keywords.all.get("uniqueItems") {
            None => false,
            Some(Value::Bool(unique)) => *unique,
            Some(_) => {
                return Err(keywords
                    .pointer_to("uniqueItems")
                    .schema_error("it is `true` or `false`"));
            }
        };
        let mut count = keywords.read_range("minContains", "maxContains")?;
        count.least = count.least.or(Some(1));
        rules.contains = self.add_keyword_node("contains", keywords)?.map(|item| (item, count));
        Ok(())
    }

    fn add_keyword_node(
        &mut self,
        keyword: &str,
        keywords: &KeywordReader<'a, '_>,
    ) -> Result<Option<NodeId>, SchemaError> {
        let schema = keywords.all.get(keyword);
        schema.map(|schema| self.add_node(schema, &keywords.pointer_to(keyword))).transpose()
    }

    fn add_keyword_nodes(
        &mut self,
        keyword: &str,
        keywords: &KeywordReader<'a, '_>,
    ) -> Result<Option<Vec<NodeId>>, SchemaError> {
        let Some(schemas) = keywords.read_list(keyword)? else { return Ok(None) };
        let at = keywords.pointer_to(keyword);
        let nodes = schemas.iter().enumerate();
        nodes
            .map(|(index, schema)| self.add_node(schema, &at.join_key(&index.to_string())))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    fn resolve_reference(
        &mut self,
        to: &str,
        keywords: &KeywordReader<'a, '_>,
    ) -> Result<NodeId, SchemaError> {
        let at = keywords.pointer_to("$ref");
        let Some(pointer) = to.strip_prefix('#').filter(|to| to.is_empty() || to.starts_with('/'))
        else {
            return Err(at.schema_error(format!(
                "\"{to}\" is not in this schema; write it under `$defs` and refer to it as `#/$defs/NAME`"
            )));
        };
        let Some(schema) = self.root.pointer(pointer) else {
            return Err(at.schema_error(format!("there is nothing at \"{to}\"")));
        };
        self.add_node(schema, &JsonPointer(pointer.to_owned()))
    }
}

fn check_keywords(keywords: &Map<String, Value>, at: &JsonPointer) -> Result<(), SchemaError> {
    for keyword in keywords.keys().map(String::as_str) {
        if KEYWORDS.contains(&keyword) || ANNOTATION_KEYWORDS.contains(&keyword) {
            continue;
        }
        if UNSUPPORTED_KEYWORDS.contains(&keyword) {
            return Err(at.schema_error(format!(
                "`{keyword}` is not checked by this host; say it with {}",
                if keyword.starts_with('$') {
                    "`$defs` and `$ref`"
                } else {
                    "`properties`, `required` and `if`"
                }
            )));
        }
        // Other names are somebody's annotations, unless they are typing errors.
        if let Some(meant) = find_nearest_name(keyword, KEYWORDS)
            .filter(|meant| strsim::levenshtein(keyword, meant) <= 2)
        {
            return Err(
                at.schema_error(format!("`{keyword}` is not a keyword; did you mean `{meant}`?"))
            );
        }
    }
    Ok(())
}

fn compile_pattern(text: &str, at: &JsonPointer) -> Result<Regex, SchemaError> {
    let built = RegexBuilder::new(text).size_limit(PATTERN_BYTES).build();
    built.map_err(|error| {
        // The library draws the pattern and points at the place, over several lines.
        let why = error.to_string();
        let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
        at.schema_error(format!("the pattern \"{text}\" cannot be used here: {why}"))
    })
}

/// The keywords of one schema, read as what they have to be.
struct KeywordReader<'a, 'p> {
    all: &'a Map<String, Value>,
    at: &'p JsonPointer,
}

impl<'a> KeywordReader<'a, '_> {
    fn pointer_to(&self, keyword: &str) -> JsonPointer {
        self.at.join_key(keyword)
    }

    fn read_keyword<T>(
        &self,
        keyword: &str,
        what: &str,
        as_what: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, SchemaError> {
        let Some(value) = self.all.get(keyword) else { return Ok(None) };
        as_what(value)
            .map(Some)
            .ok_or_else(|| self.pointer_to(keyword).schema_error(format!("it has to be {what}")))
    }

    fn read_text(&self, keyword: &str) -> Result<Option<&'a str>, SchemaError> {
        self.read_keyword(keyword, "a string", Value::as_str)
    }

    fn read_list(&self, keyword: &str) -> Result<Option<&'a Vec<Value>>, SchemaError> {
        self.read_keyword(keyword, "an array", Value::as_array)
    }

    fn read_object(&self, keyword: &str) -> Result<Option<&'a Map<String, Value>>, SchemaError> {
        self.read_keyword(keyword, "an object", Value::as_object)
    }

    fn read_number(&self, keyword: &str) -> Result<Option<Number>, SchemaError> {
        self.read_keyword(keyword, "a number", |value| value.as_number().cloned())
    }

    fn read_range(&self, least: &str, most: &str) -> Result<CountRange, SchemaError> {
        let count =
            |keyword| self.read_keyword(keyword, "a whole number of 0 or more", Value::as_u64);
        Ok(CountRange { least: count(least)?, most: count(most)? })
    }

    fn read_types(&self) -> Result<Option<Vec<JsonType>>, SchemaError> {
        let at = self.pointer_to("type");
        let one = |value: &Value| {
            let name = value.as_str().ok_or_else(|| at.schema_error("a type is a string"))?;
            let known = JsonType::NAMES.iter().find(|(known, _)| *known == name);
            known.map(|(_, of)| *of).ok_or_else(|| {
                let meant = find_nearest_name(name, JsonType::NAMES.map(|(known, _)| known));
                let meant =
                    meant.map_or(String::new(), |meant| format!("; did you mean \"{meant}\"?"));
                at.schema_error(format!("\"{name}\" is not a type{meant}"))
            })
        };
        match self.all.get("type") {
            None => Ok(None),
            Some(Value::Array(types)) => types.iter().map(one).collect::<Result<_, _>>().map(Some),
            Some(only) => Ok(Some(vec![one(only)?])),
        }
    }
}
