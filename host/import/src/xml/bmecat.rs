//! BMEcat 1.2 and 2005, the exchange format of German-speaking wholesale.
//!
//! A product says what it is by a structure of its own, which is told here in the words of
//! columns: `sku`, `name-de`, `description-de`, `gtin`, `brand`, `images`, features by their names,
//! links by their kind. What has no such word keeps its own name, in lower case.
//!
//! | BMEcat | column |
//! |---|---|
//! | `PRODUCT_PRICE` of the kind `nrp` or `gros_list` | `price-EUR` |
//! | of another kind, `net_customer` | `net_customer.EUR`; above the first quantity `net_customer.EUR.10` |
//! | `PRODUCT_REFERENCE type="accessories"` | `accessories` |
//! | `MIME` | `images`; what is no picture: `documents` |
//! | groups of the catalogue | `categories`: `Tools/Drills`, at the end of the file |
//!
//! Which group a product is in stands after all products. Only that is kept in memory.

use std::collections::{BTreeMap, HashMap};

use rikaste_model::words;

use super::super::parse::Problem;
use super::super::path::Path;
use super::super::tree::TEXT;
use super::super::value::{Map, Value};

/// The deepest that groups are in groups; what goes on for ever is no tree.
const GROUPS: usize = 32;

/// What a catalogue has told so far beside its products.
#[derive(Default)]
pub(super) struct Bmecat {
    language: String,
    currency: String,
    /// Names of groups and the groups around them, by id.
    groups: HashMap<String, (String, String)>,
    /// Groups by product.
    members: BTreeMap<String, Vec<String>>,
}

/// Whether something is to be read of the innermost of these open elements.
pub(super) fn is_record(open: &[String]) -> bool {
    let [root, part, ..] = open else { return false };
    let name = open.last().map(String::as_str).unwrap_or_default();
    root == "BMECAT"
        && match name {
            "PRODUCT"
            | "ARTICLE"
            | "PRODUCT_TO_CATALOGGROUP_MAP"
            | "ARTICLE_TO_CATALOGGROUP_MAP" => part.starts_with("T_") && open.len() == 3,
            "CATALOG_STRUCTURE" => part.starts_with("T_"),
            "CATALOG" => part == "HEADER" && open.len() == 3,
            _ => false,
        }
}

impl Bmecat {
    /// Takes an element in; gives the columns of a product.
    pub(super) fn take(
        &mut self,
        name: &str,
        element: Map<'static>,
    ) -> Option<Result<Map<'static>, Problem>> {
        match name {
            "PRODUCT" | "ARTICLE" => {
                if text(&element, "mode") == "delete" {
                    let sku = text(&element, "SUPPLIER_PID") + &text(&element, "SUPPLIER_AID");
                    return Some(Err(Problem::new(
                        "bmecat-delete",
                        words!("bmecat-delete", sku = sku),
                    )));
                }
                Some(Ok(self.product(&Value::Object(element))))
            }
            "CATALOG" => {
                self.language = language(&text(&element, "LANGUAGE"));
                self.currency = text(&element, "CURRENCY");
                None
            }
            "CATALOG_STRUCTURE" => {
                let group = (text(&element, "GROUP_NAME"), text(&element, "PARENT_ID"));
                self.groups.insert(text(&element, "GROUP_ID"), group);
                None
            }
            _ => {
                let sku = text(&element, "PROD_ID") + &text(&element, "ART_ID");
                let group = text(&element, "CATALOG_GROUP_ID");
                if !sku.is_empty() && !group.is_empty() {
                    self.members.entry(sku).or_default().push(group);
                }
                None
            }
        }
    }

    /// The columns of the next product that is in groups.
    pub(super) fn next_member(&mut self) -> Option<Map<'static>> {
        let (sku, groups) = self.members.pop_first()?;
        let mut paths: Vec<Value<'static>> = Vec::new();
        for group in groups {
            let path = Value::from(self.path(&group));
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        let categories = if paths.len() == 1 { paths.remove(0) } else { Value::Array(paths) };
        let mut columns = Map::of_one("sku", Value::from(sku));
        columns.insert("categories", categories);
        Some(columns)
    }

    /// `Tools/Drills`: without the root, which is the catalogue itself.
    fn path(&self, group: &str) -> String {
        let mut names = Vec::new();
        let mut at = group;
        while let Some((name, parent)) = self.groups.get(at)
            && names.len() < GROUPS
            && self.groups.contains_key(parent)
        {
            names.push(name.as_str());
            at = parent;
        }
        if names.is_empty() {
            return self.groups.get(group).map_or(group, |(name, _)| name).to_owned();
        }
        names.reverse();
        names.join("/")
    }

    fn product(&self, element: &Value<'_>) -> Map<'static> {
        let mut columns = Columns(Map::default());
        for path in ["SUPPLIER_PID", "SUPPLIER_AID"] {
            columns.put("sku", first(element, path));
        }
        for details in ["PRODUCT_DETAILS", "ARTICLE_DETAILS"] {
            if let Some(Value::Object(details)) = element.get(details) {
                self.details(details, &mut columns);
            }
        }
        for features in
            find(element, "PRODUCT_FEATURES[]").chain(find(element, "ARTICLE_FEATURES[]"))
        {
            features_of(features, &mut columns);
        }
        for order in ["PRODUCT_ORDER_DETAILS", "ARTICLE_ORDER_DETAILS"] {
            if let Some(Value::Object(order)) = element.get(order) {
                order.iter().for_each(|(name, value)| {
                    columns.put(&name.to_lowercase(), value.clone().into_owned());
                });
            }
        }
        self.prices(element, &mut columns);
        links(element, &mut columns);
        media(element, &mut columns);
        columns.0
    }

    fn details(&self, details: &Map<'_>, columns: &mut Columns) {
        for (name, value) in details.iter() {
            let column = match name {
                "DESCRIPTION_SHORT" => "name",
                "DESCRIPTION_LONG" => "description",
                "EAN" | "INTERNATIONAL_PID" | "INTERNATIONAL_AID" => "gtin",
                "MANUFACTURER_NAME" => "brand",
                other => &other.to_lowercase(),
            };
            for one in all(value) {
                let text = text_of(one);
                match column {
                    "name" | "description" => {
                        let own = one.get("lang").map(|lang| language(&text_of(lang)));
                        let language = own.as_ref().unwrap_or(&self.language);
                        let column = match language.as_str() {
                            "" => column.to_owned(),
                            language => format!("{column}-{language}"),
                        };
                        columns.put(&column, Value::from(text));
                    }
                    "gtin" if !is_gtin(one) => {
                        columns.put("international_pid", Value::from(text));
                    }
                    _ => columns.add(column, Value::from(text)),
                }
            }
        }
    }

    fn prices(&self, element: &Value<'_>, columns: &mut Columns) {
        let all =
            ["PRODUCT_PRICE_DETAILS[].PRODUCT_PRICE[]", "ARTICLE_PRICE_DETAILS[].ARTICLE_PRICE[]"];
        for price in all.iter().flat_map(|path| find(element, path)) {
            let kind = price.get("price_type").map(text_of).unwrap_or_default();
            let amount = first(price, "PRICE_AMOUNT");
            let currency = match text_of(&first(price, "PRICE_CURRENCY")) {
                none if none.is_empty() => self.currency.clone(),
                currency => currency,
            };
            let bound = text_of(&first(price, "LOWER_BOUND"));
            let from_one = bound.trim().parse::<f64>().map_or(true, |bound| bound <= 1.0);
            let column = match (kind.as_str(), from_one) {
                ("nrp" | "gros_list", true) => format!("price-{currency}"),
                (_, true) => format!("{kind}.{currency}"),
                (_, false) => format!("{kind}.{currency}.{bound}"),
            };
            columns.put(column.trim_end_matches(['.', '-']), amount);
        }
    }
}

/// Columns being filled.
struct Columns(Map<'static>);

impl Columns {
    /// Says it, unless it is said already or says nothing.
    fn put(&mut self, column: &str, value: Value<'static>) {
        if !value.is_null() && !self.0.contains_key(column) {
            self.0.insert(column.to_owned(), value);
        }
    }

    /// Says it beside what is said already.
    fn add(&mut self, column: &str, value: Value<'static>) {
        match self.0.get_mut(column) {
            None => self.put(column, value),
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

/// Features by their names, with units.
fn features_of(features: &Value<'_>, columns: &mut Columns) {
    for (name, value) in features.as_object().into_iter().flat_map(Map::iter) {
        if name != "FEATURE" {
            columns.put(&name.to_lowercase(), Value::from(text_of(value)));
        }
    }
    for feature in find(features, "FEATURE[]") {
        let name = ["FNAME", "FT_IDREF", "FT_NAME"];
        let name =
            name.iter().map(|name| text_of(&first(feature, name))).find(|name| !name.is_empty());
        let Some(name) = name else { continue };
        let unit = text_of(&first(feature, "FUNIT"));
        for value in find(feature, "FVALUE[]") {
            let text = text_of(value);
            let text =
                if unit.is_empty() || text.is_empty() { text } else { format!("{text} {unit}") };
            columns.add(&name, Value::from(text));
        }
    }
}

/// Links by their kind, each with its quantity.
fn links(element: &Value<'_>, columns: &mut Columns) {
    for link in find(element, "PRODUCT_REFERENCE[]").chain(find(element, "ARTICLE_REFERENCE[]")) {
        let kind = link.get("type").map(text_of).unwrap_or_default();
        let to = ["PROD_ID_TO", "ART_ID_TO"].map(|name| text_of(&first(link, name))).concat();
        let quantity = link.get("quantity").map(text_of).unwrap_or_default();
        let text = if quantity.is_empty() { to } else { format!("{to}*{quantity}") };
        let column = if kind.is_empty() { "references" } else { &kind };
        columns.add(column, Value::from(text));
    }
}

/// Pictures, the main one first, and other files.
fn media(element: &Value<'_>, columns: &mut Columns) {
    let mut all: Vec<(u32, String, bool)> = Vec::new();
    for mime in find(element, "MIME_INFO[].MIME[]") {
        let source = text_of(&first(mime, "MIME_SOURCE"));
        let name = source.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let order = text_of(&first(mime, "MIME_ORDER")).trim().parse().unwrap_or(u32::MAX);
        let is_image = match text_of(&first(mime, "MIME_TYPE")) {
            kind if kind.is_empty() => text_of(&first(mime, "MIME_PURPOSE")) != "data_sheet",
            kind => kind.starts_with("image") || matches!(kind.as_str(), "jpg" | "png" | "jpeg"),
        };
        if !name.is_empty() && !all.iter().any(|(_, known, _)| *known == name) {
            all.push((order, name, is_image));
        }
    }
    all.sort_by_key(|(order, ..)| *order);
    for (_, name, is_image) in all {
        let column = if is_image { "images" } else { "documents" };
        columns.add(column, Value::from(name));
    }
}

/// An international number that says it is none of GS1 is none.
fn is_gtin(value: &Value<'_>) -> bool {
    let kind = value.get("type").map(text_of).unwrap_or_default().to_lowercase();
    matches!(kind.as_str(), "" | "ean" | "gtin" | "upc")
}

/// `deu`, `ger` and `de` are `de`: BMEcat has codes of three letters.
fn language(code: &str) -> String {
    const CODES: [(&str, &str); 24] = [
        ("deu", "de"),
        ("ger", "de"),
        ("eng", "en"),
        ("fin", "fi"),
        ("swe", "sv"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("ita", "it"),
        ("spa", "es"),
        ("nld", "nl"),
        ("dut", "nl"),
        ("dan", "da"),
        ("nor", "no"),
        ("nob", "nb"),
        ("est", "et"),
        ("pol", "pl"),
        ("ces", "cs"),
        ("cze", "cs"),
        ("por", "pt"),
        ("hun", "hu"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("rus", "ru"),
        ("slk", "sk"),
    ];
    let code = code.trim().to_lowercase();
    CODES.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| (*short).to_owned())
}

fn find<'v>(value: &'v Value<'v>, path: &str) -> impl Iterator<Item = &'v Value<'v>> {
    Path::new(path).map(|path| path.find(value)).unwrap_or_default().into_iter()
}

fn all<'v>(value: &'v Value<'v>) -> &'v [Value<'v>] {
    match value {
        Value::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}

/// The first value at a path, without its attributes; nothing where there is none.
fn first(value: &Value<'_>, path: &str) -> Value<'static> {
    match find(value, path).next() {
        None => Value::Null,
        Some(found) => Value::from(text_of(all(found).first().unwrap_or(found))),
    }
}

fn text(object: &Map<'_>, name: &str) -> String {
    object.get(name).map(text_of).unwrap_or_default()
}

fn text_of(value: &Value<'_>) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Object(object) => object.get(TEXT).map(text_of).unwrap_or_default(),
        _ => String::new(),
    }
}
