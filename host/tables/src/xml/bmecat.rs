//! BMEcat 1.2 and 2005, the exchange format of German-speaking wholesale.
//!
//! A product says what it is by a structure of its own, which is rewritten here in the words of
//! columns: `sku`, `name-de`, `description-de`, `gtin`, `brand`, `images`, features by their names,
//! links by their kind. What has no such word keeps its own name, in lower case.
//!
//! | BMEcat | column |
//! |---|---|
//! | `PRODUCT_PRICE` of the kind `nrp` or `gros_list` | `price-EUR` |
//! | `valid_start_date`, `valid_end_date` of prices | `sale_from`, `sale_until`; prices of several times are rows of their own |
//! | of another kind, `net_customer` | `net_customer.EUR`; above the first quantity `net_customer.EUR.10` |
//! | `PRODUCT_REFERENCE type="accessories"` | `accessories` |
//! | `MIME` | `images`; what is no picture: `documents` |
//! | groups of the catalogue | `categories`: `Tools/Drills`, at the end of the file |
//!
//! Which group a product is in stands after all products. Only that is kept in memory.

use std::collections::{BTreeMap, HashMap, VecDeque};

use rikaste_model::words;

use crate::cell_problem::CellProblem;
use crate::document_value::{DocumentObject, DocumentValue};
use crate::flatten::TEXT_KEY;
use crate::value_path::ValuePath;

/// The deepest that groups are in groups; what goes on for ever is no tree.
const MAX_GROUP_DEPTH: usize = 32;

/// What a catalogue has had so far beside its products.
#[derive(Default)]
pub(crate) struct BmecatCatalogue {
    language: String,
    currency: String,
    /// Names of groups and the groups around them, by id.
    groups: HashMap<String, (String, String)>,
    /// Groups by product.
    members: BTreeMap<String, Vec<String>>,
    /// What the last product costs at other times.
    further_prices: VecDeque<DocumentObject<'static>>,
}

/// Whether something is to be read of the innermost of these open elements.
pub(crate) fn is_bmecat_record(open: &[String]) -> bool {
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

impl BmecatCatalogue {
    /// Takes an element in; gives the columns of a product.
    pub(crate) fn process_element(
        &mut self,
        name: &str,
        element: DocumentObject<'static>,
    ) -> Option<Result<DocumentObject<'static>, CellProblem>> {
        match name {
            "PRODUCT" | "ARTICLE" => {
                if member_text(&element, "mode") == "delete" {
                    let sku = member_text(&element, "SUPPLIER_PID")
                        + &member_text(&element, "SUPPLIER_AID");
                    return Some(Err(CellProblem::new(
                        "bmecat-delete",
                        words!("bmecat-delete", sku = sku),
                    )));
                }
                Some(Ok(self.read_product(&DocumentValue::Object(element))))
            }
            "CATALOG" => {
                self.language = language_code(&member_text(&element, "LANGUAGE"));
                self.currency = member_text(&element, "CURRENCY");
                None
            }
            "CATALOG_STRUCTURE" => {
                let group =
                    (member_text(&element, "GROUP_NAME"), member_text(&element, "PARENT_ID"));
                self.groups.insert(member_text(&element, "GROUP_ID"), group);
                None
            }
            _ => {
                let sku = member_text(&element, "PROD_ID") + &member_text(&element, "ART_ID");
                let group = member_text(&element, "CATALOG_GROUP_ID");
                if !sku.is_empty() && !group.is_empty() {
                    self.members.entry(sku).or_default().push(group);
                }
                None
            }
        }
    }

    /// The columns of what the last product costs at another time.
    pub(crate) fn next_further_prices(&mut self) -> Option<DocumentObject<'static>> {
        self.further_prices.pop_front()
    }

    /// The columns of the next product that is in groups.
    pub(crate) fn next_grouped_product(&mut self) -> Option<DocumentObject<'static>> {
        let (sku, groups) = self.members.pop_first()?;
        let mut paths: Vec<DocumentValue<'static>> = Vec::new();
        for group in groups {
            let path = DocumentValue::from(self.group_path(&group));
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        let categories =
            if paths.len() == 1 { paths.remove(0) } else { DocumentValue::Array(paths) };
        let mut columns = DocumentObject::from_member("sku", DocumentValue::from(sku));
        columns.insert("categories", categories);
        Some(columns)
    }

    /// `Tools/Drills`: without the root, which is the catalogue itself.
    fn group_path(&self, group: &str) -> String {
        let mut names = Vec::new();
        let mut at = group;
        while let Some((name, parent)) = self.groups.get(at)
            && names.len() < MAX_GROUP_DEPTH
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

    fn read_product(&mut self, element: &DocumentValue<'_>) -> DocumentObject<'static> {
        let mut columns = ProductColumns(DocumentObject::default());
        for path in ["SUPPLIER_PID", "SUPPLIER_AID"] {
            columns.insert_if_absent("sku", first_value(element, path));
        }
        for details in ["PRODUCT_DETAILS", "ARTICLE_DETAILS"] {
            if let Some(DocumentValue::Object(details)) = element.get_member(details) {
                self.read_details(details, &mut columns);
            }
        }
        for features in find_values(element, "PRODUCT_FEATURES[]")
            .chain(find_values(element, "ARTICLE_FEATURES[]"))
        {
            read_features(features, &mut columns);
        }
        for order in ["PRODUCT_ORDER_DETAILS", "ARTICLE_ORDER_DETAILS"] {
            if let Some(DocumentValue::Object(order)) = element.get_member(order) {
                order.iter().for_each(|(name, value)| {
                    columns.insert_if_absent(&name.to_lowercase(), value.clone().into_owned());
                });
            }
        }
        self.read_prices(element, &mut columns);
        read_links(element, &mut columns);
        read_media(element, &mut columns);
        columns.0
    }

    fn read_details(&self, details: &DocumentObject<'_>, columns: &mut ProductColumns) {
        for (name, value) in details.iter() {
            let column = match name {
                "DESCRIPTION_SHORT" => "name",
                "DESCRIPTION_LONG" => "description",
                "EAN" | "INTERNATIONAL_PID" | "INTERNATIONAL_AID" => "gtin",
                "MANUFACTURER_NAME" => "brand",
                other => &other.to_lowercase(),
            };
            for one in as_list(value) {
                let text = value_text(one);
                match column {
                    "name" | "description" => {
                        let own =
                            one.get_member("lang").map(|lang| language_code(&value_text(lang)));
                        let language = own.as_ref().unwrap_or(&self.language);
                        let column = match language.as_str() {
                            "" => column.to_owned(),
                            language => format!("{column}-{language}"),
                        };
                        columns.insert_if_absent(&column, DocumentValue::from(text));
                    }
                    "gtin" if !is_gtin(one) => {
                        columns.insert_if_absent("international_pid", DocumentValue::from(text));
                    }
                    _ => columns.append_value(column, DocumentValue::from(text)),
                }
            }
        }
    }

    /// The prices of each time, the earliest first. Those of the first time go to the columns of the product.
    fn read_prices(&mut self, element: &DocumentValue<'_>, columns: &mut ProductColumns) {
        // What they are for is the same at all times.
        let quantity = columns.0.get("price_quantity").cloned().unwrap_or(DocumentValue::Null);
        let mut times: BTreeMap<(String, String), ProductColumns> = BTreeMap::new();
        let details = ["PRODUCT_PRICE_DETAILS[]", "ARTICLE_PRICE_DETAILS[]"];
        for details in details.iter().flat_map(|path| find_values(element, path)) {
            let bounds = ["valid_start_date", "valid_end_date"].map(|of| read_moment(details, of));
            let prices = times.entry(bounds.into()).or_default();
            for name in ["PRODUCT_PRICE[]", "ARTICLE_PRICE[]"] {
                for price in find_values(details, name) {
                    self.read_price(price, columns, prices);
                }
            }
        }
        let priced = times.into_iter().filter(|(_, prices)| !prices.0.is_empty());
        for (at, ((from, until), mut prices)) in priced.enumerate() {
            prices.insert_text("sale_from", from);
            prices.insert_text("sale_until", until);
            if at == 0 {
                prices.0.iter().for_each(|(column, value)| {
                    columns.insert_if_absent(column, value.clone());
                });
            } else if let Some(sku) = columns.0.get("sku").cloned() {
                prices.insert_if_absent("sku", sku);
                prices.insert_if_absent("price_quantity", quantity.clone());
                self.further_prices.push_back(prices.0);
            }
        }
    }

    /// An amount that is the price goes to those of its time, any other to the columns of the product.
    fn read_price(
        &self,
        price: &DocumentValue<'_>,
        columns: &mut ProductColumns,
        prices: &mut ProductColumns,
    ) {
        let kind = price.get_member("price_type").map(value_text).unwrap_or_default();
        let amount = first_value(price, "PRICE_AMOUNT");
        let currency = match value_text(&first_value(price, "PRICE_CURRENCY")) {
            none if none.is_empty() => self.currency.clone(),
            currency => currency,
        };
        let bound = value_text(&first_value(price, "LOWER_BOUND"));
        let from_one = bound.trim().parse::<f64>().map_or(true, |bound| bound <= 1.0);
        let factor = value_text(&first_value(price, "PRICE_FACTOR"));
        let is_whole = factor.trim().parse::<f64>().map_or(true, |factor| factor == 1.0);
        if is_whole && from_one && matches!(kind.as_str(), "nrp" | "gros_list") {
            let column = format!("price-{currency}");
            let column = column.trim_end_matches('-');
            // Of two kinds that are the price, only the first is.
            match prices.0.get(column) {
                Some(known) if value_text(known) != value_text(&amount) => {}
                _ => return prices.insert_if_absent(column, amount),
            }
        }
        let column = match from_one {
            // What it costs is the amount times the factor: it is not the price as it stands.
            _ if !is_whole => format!("{kind}.{currency}.factor-{factor}"),
            true => format!("{kind}.{currency}"),
            false => format!("{kind}.{currency}.{bound}"),
        };
        columns.insert_if_absent(column.trim_end_matches('.'), amount);
    }
}

/// A day, with the time of day where there is one: midnight is written for none.
fn read_moment(details: &DocumentValue<'_>, name: &str) -> String {
    let is_named = |moment: &&DocumentValue<'_>| {
        moment.get_member("type").map(value_text).is_some_and(|kind| kind == name)
    };
    let Some(moment) = find_values(details, "DATETIME[]").find(is_named) else {
        return value_text(&first_value(details, &name.to_uppercase()));
    };
    let part = |name| value_text(&first_value(moment, name));
    let (day, time) = (part("DATE"), part("TIME"));
    match time.chars().all(|c| matches!(c, '0' | ':' | '.')) {
        true => day,
        false => format!("{day}T{time}{}", part("TIMEZONE")),
    }
}

/// Columns being filled.
#[derive(Default)]
struct ProductColumns(DocumentObject<'static>);

impl ProductColumns {
    /// Adds a value, unless there is one already or it is empty.
    fn insert_if_absent(&mut self, column: &str, value: DocumentValue<'static>) {
        if !value.is_null() && !self.0.contains_key(column) {
            self.0.insert(column.to_owned(), value);
        }
    }

    /// Adds a text that is not empty.
    fn insert_text(&mut self, column: &str, text: String) {
        if !text.is_empty() {
            self.insert_if_absent(column, DocumentValue::from(text));
        }
    }

    /// Adds a value beside those that are there.
    fn append_value(&mut self, column: &str, value: DocumentValue<'static>) {
        match self.0.get_mut(column) {
            None => self.insert_if_absent(column, value),
            Some(DocumentValue::Array(list)) => list.push(value),
            Some(first) => *first = DocumentValue::Array(vec![first.take_value(), value]),
        }
    }
}

/// Features by their names, with units.
fn read_features(features: &DocumentValue<'_>, columns: &mut ProductColumns) {
    for (name, value) in features.as_object().into_iter().flat_map(DocumentObject::iter) {
        if name != "FEATURE" {
            columns.insert_if_absent(&name.to_lowercase(), DocumentValue::from(value_text(value)));
        }
    }
    for feature in find_values(features, "FEATURE[]") {
        let name = ["FNAME", "FT_IDREF", "FT_NAME"];
        let name = name
            .iter()
            .map(|name| value_text(&first_value(feature, name)))
            .find(|name| !name.is_empty());
        let Some(name) = name else { continue };
        let unit = value_text(&first_value(feature, "FUNIT"));
        for value in find_values(feature, "FVALUE[]") {
            let text = value_text(value);
            let text =
                if unit.is_empty() || text.is_empty() { text } else { format!("{text} {unit}") };
            columns.append_value(&name, DocumentValue::from(text));
        }
    }
}

/// Links by their kind, each with its quantity.
fn read_links(element: &DocumentValue<'_>, columns: &mut ProductColumns) {
    for link in find_values(element, "PRODUCT_REFERENCE[]")
        .chain(find_values(element, "ARTICLE_REFERENCE[]"))
    {
        let kind = link.get_member("type").map(value_text).unwrap_or_default();
        let to =
            ["PROD_ID_TO", "ART_ID_TO"].map(|name| value_text(&first_value(link, name))).concat();
        let quantity = link.get_member("quantity").map(value_text).unwrap_or_default();
        let text = if quantity.is_empty() { to } else { format!("{to}*{quantity}") };
        let column = if kind.is_empty() { "references" } else { &kind };
        columns.append_value(column, DocumentValue::from(text));
    }
}

/// Pictures, the main one first, and other files.
fn read_media(element: &DocumentValue<'_>, columns: &mut ProductColumns) {
    let mut all: Vec<(u32, String, bool)> = Vec::new();
    for mime in find_values(element, "MIME_INFO[].MIME[]") {
        let source = value_text(&first_value(mime, "MIME_SOURCE"));
        let name = source.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let order = value_text(&first_value(mime, "MIME_ORDER")).trim().parse().unwrap_or(u32::MAX);
        let is_image = match value_text(&first_value(mime, "MIME_TYPE")) {
            kind if kind.is_empty() => {
                value_text(&first_value(mime, "MIME_PURPOSE")) != "data_sheet"
            }
            kind => kind.starts_with("image") || matches!(kind.as_str(), "jpg" | "png" | "jpeg"),
        };
        if !name.is_empty() && !all.iter().any(|(_, known, _)| *known == name) {
            all.push((order, name, is_image));
        }
    }
    all.sort_by_key(|(order, ..)| *order);
    for (_, name, is_image) in all {
        let column = if is_image { "images" } else { "documents" };
        columns.append_value(column, DocumentValue::from(name));
    }
}

/// An international number that says it is none of GS1 is none.
fn is_gtin(value: &DocumentValue<'_>) -> bool {
    let kind = value.get_member("type").map(value_text).unwrap_or_default().to_lowercase();
    matches!(kind.as_str(), "" | "ean" | "gtin" | "upc")
}

/// `deu`, `ger` and `de` are `de`: BMEcat has codes of three letters.
fn language_code(code: &str) -> String {
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

fn find_values<'v>(
    value: &'v DocumentValue<'v>,
    path: &str,
) -> impl Iterator<Item = &'v DocumentValue<'v>> {
    ValuePath::new(path).map(|path| path.find_values(value)).unwrap_or_default().into_iter()
}

fn as_list<'v>(value: &'v DocumentValue<'v>) -> &'v [DocumentValue<'v>] {
    match value {
        DocumentValue::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}

/// The first value at a path, without its attributes; nothing where there is none.
fn first_value(value: &DocumentValue<'_>, path: &str) -> DocumentValue<'static> {
    match find_values(value, path).next() {
        None => DocumentValue::Null,
        Some(found) => DocumentValue::from(value_text(as_list(found).first().unwrap_or(found))),
    }
}

fn member_text(object: &DocumentObject<'_>, name: &str) -> String {
    object.get(name).map(value_text).unwrap_or_default()
}

fn value_text(value: &DocumentValue<'_>) -> String {
    match value {
        DocumentValue::String(text) => text.trim().to_owned(),
        DocumentValue::Object(object) => object.get(TEXT_KEY).map(value_text).unwrap_or_default(),
        _ => String::new(),
    }
}
