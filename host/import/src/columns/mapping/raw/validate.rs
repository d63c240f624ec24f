//! The checks that make a [`Mapping`] of what people wrote.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use rikaste_model::product::ContentHash;
use rikaste_model::record::DropKind;
use rikaste_model::value::Currency;
use rikaste_tables::{CharsetOverride, DialectOverride, ValuePath, read_lookup_table};
use rust_decimal::Decimal;

use super::{
    NameList, RawGroup, RawLocale, RawMapping, RawPairColumns, RawReviews, RawRule, RawRuleTable,
};
use crate::columns::header::{HeaderConvention, HeaderProblem, fold_name};
use crate::columns::mapping::{
    ColumnRule, FeatureRule, Glob, GroupRule, LocaleColumn, Mapping, MappingError, ModelRows,
    PairColumns, PairFormat, ReviewPaths, TextStep, VariantPaths,
};
use crate::columns::target::{ColumnTarget, RecordField};

/// Says what is wrong in one file.
pub(crate) struct MappingValidator<'a> {
    pub(crate) path: &'a Path,
    /// What targets have to be there by; a preset's need not.
    pub(crate) convention: Option<HeaderConvention<'a>>,
}

impl MappingValidator<'_> {
    pub(crate) fn invalid_key(
        &self,
        key: impl Into<String>,
        message: impl Into<String>,
    ) -> MappingError {
        MappingError::Invalid {
            path: self.path.to_owned(),
            key: key.into(),
            message: message.into(),
        }
    }

    /// That a target exists in this shop.
    fn check_target(&self, key: &str, target: &str) -> Result<(), MappingError> {
        let Some(convention) = &self.convention else { return Ok(()) };
        if target.contains('*') {
            return Ok(());
        }
        // Files of edits may have a column for each attribute.
        let is_wide = convention.kind == DropKind::Edits
            && resolve_target(&convention.of_products(), target).is_ok();
        match resolve_target(convention, target) {
            Ok(_) => Ok(()),
            Err(_) if is_wide => Ok(()),
            Err(reason) => Err(self.invalid_key(key, reason.to_string())),
        }
    }
}

/// What a mapping's target is: in the convention's words, with two words of its own.
pub(crate) fn resolve_target<'a>(
    convention: &HeaderConvention<'a>,
    target: &str,
) -> Result<ColumnTarget<'a>, HeaderProblem> {
    match target {
        "ignore" => Ok(ColumnTarget::Ignored),
        "variants" if convention.kind == DropKind::Products => Ok(ColumnTarget::Variants),
        _ => convention.resolve_header(target),
    }
}

pub(crate) fn validate_mapping(
    check: &MappingValidator<'_>,
    raw: RawMapping,
) -> Result<Mapping, MappingError> {
    if raw.kind == DropKind::Images {
        return Err(check.invalid_key(
            "kind",
            "photos are not mapped; write products, reviews, stock, prices or edits",
        ));
    }
    if raw.files.is_empty() && check.convention.is_some() {
        return Err(check
            .invalid_key("files", "there is none; write patterns such as [\"products_*.csv\"]"));
    }
    if raw.decimal.is_some_and(|mark| !matches!(mark, '.' | ',')) {
        return Err(check.invalid_key("decimal", "write \",\" or \".\""));
    }
    let columns = validate_columns(check, "columns", raw.columns)?;
    for target in raw.constants.keys() {
        check.check_target(&format!("constants.{target}"), target)?;
    }
    let mut mapping = Mapping {
        name: check.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        files: raw.files.iter().map(|pattern| Glob::new(pattern)).collect(),
        kind: raw.kind,
        source: raw.source,
        priority: raw.priority,
        reject_file_above: raw.reject_file_above,
        dialect: DialectOverride {
            delimiter: raw.delimiter.map(|text| parse_delimiter(check, &text)).transpose()?,
            quote: raw.quote.map(|text| parse_quote(check, &text)).transpose()?,
        },
        charset_override: raw.encoding.map(|name| parse_encoding(check, &name)).transpose()?,
        sheet: raw.sheet,
        header_row: raw.header_row.map(|row| check_header_row(check, row)).transpose()?,
        decimal: raw.decimal,
        sku: raw.sku.0,
        parent: raw.parent,
        models: raw.is_model.0.unwrap_or(ModelRows::ByConvention),
        unknown: raw.unknown,
        importer: raw.importer,
        row_filter: raw.only.into_iter().map(|(column, names)| (column, names.0)).collect(),
        own_columns: columns.len(),
        columns,
        is_of_preset: false,
        overlay: None,
        constants: raw.constants.into_iter().collect(),
        pair_columns: raw
            .pairs
            .iter()
            .map(|pair| build_pair_columns(check, pair))
            .collect::<Result<_, _>>()?,
        features: raw.features.map(|features| validate_features(check, features)).transpose()?,
        reviews: raw.reviews.map(|reviews| build_review_paths(check, reviews)).transpose()?,
        group: raw.group.map(|group| build_group_rule(check, raw.kind, group)).transpose()?,
        locale: raw.locale.and_then(|RawLocale { column, values }| {
            Some(LocaleColumn { column: column?, values })
        }),
        row_scope: raw.row_scope,
        id: raw.id,
        records: raw.records,
        variants: None,
        full_range: raw.full.0,
        most_gone: raw.most_gone,
        renamed_keys: Vec::new(),
        digest: ContentHash([0; 32]),
    };
    if let Some(raw) = raw.variants {
        if mapping.kind != DropKind::Products {
            return Err(check.invalid_key("variants", "only products have variants"));
        }
        let columns = validate_columns(check, "variants.columns", raw.columns)?;
        let rows = Box::new(mapping.for_variants(raw.sku.0, columns));
        mapping.variants = Some(VariantPaths { paths: raw.path.0, rows });
    }
    Ok(mapping)
}

fn validate_columns(
    check: &MappingValidator<'_>,
    key: &str,
    raw: BTreeMap<String, RawRule>,
) -> Result<Vec<(String, ColumnRule)>, MappingError> {
    let checked = |(column, rule): (String, RawRule)| {
        let rule = validate_rule(check, &format!("{key}.{column}"), rule.0)?;
        Ok((column, rule))
    };
    raw.into_iter().map(checked).collect()
}

fn build_group_rule(
    check: &MappingValidator<'_>,
    kind: DropKind,
    raw: RawGroup,
) -> Result<GroupRule, MappingError> {
    let globs = |names: &NameList| names.0.iter().map(|name| Glob::new(name)).collect();
    match (kind, &raw.spread) {
        (DropKind::Products, None) | (DropKind::Prices, Some(_)) => {}
        (DropKind::Products, Some(_)) => {
            return Err(check.invalid_key("group.spread", "only rows of prices are spread"));
        }
        _ => {
            let message = "products are grouped, and prices with `spread`";
            return Err(check.invalid_key("group", message));
        }
    }
    if raw.by.0.is_empty() && raw.starts.is_none() {
        return Err(check.invalid_key("group.by", "name the column that names the product"));
    }
    for target in raw.spread.iter().flat_map(|spread| spread.to.values()) {
        check.check_target("group.spread.to", target)?;
    }
    Ok(GroupRule {
        key_columns: globs(&raw.by),
        variants: globs(&raw.variants),
        axes: globs(&raw.axes),
        first_row_only: globs(&raw.first_row_only),
        product: globs(&raw.product),
        joined: raw.joined,
        by_name: raw.by_name,
        no_choice: raw.no_choice.0,
        starts: raw.starts.map(|starts| (starts.column, starts.equals)),
        spread: raw.spread,
    })
}

fn parse_delimiter(check: &MappingValidator<'_>, text: &str) -> Result<u8, MappingError> {
    match text.as_bytes() {
        [byte] if !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Ok(*byte),
        _ => Err(check.invalid_key(
            "delimiter",
            "write one character that is no letter and no digit, such as \",\", \";\", \"\\t\" or \"|\"",
        )),
    }
}

fn parse_quote(check: &MappingValidator<'_>, text: &str) -> Result<Option<u8>, MappingError> {
    match text.as_bytes() {
        [] => Ok(None),
        [byte @ (b'"' | b'\'')] => Ok(Some(*byte)),
        _ => Err(check.invalid_key("quote", "write '\"', \"'\", or \"\" for none")),
    }
}

fn parse_encoding(
    check: &MappingValidator<'_>,
    name: &str,
) -> Result<CharsetOverride, MappingError> {
    CharsetOverride::from_name(name).ok_or_else(|| {
        check.invalid_key(
            "encoding",
            format!("\"{name}\" is not read here; write the name of an encoding, such as utf-8, utf-16le, windows-1252, iso-8859-2, macintosh, cp850, shift_jis or gbk; or save the file as UTF-8"),
        )
    })
}

fn check_header_row(check: &MappingValidator<'_>, row: u32) -> Result<u32, MappingError> {
    match row {
        0..=10_000 => Ok(row),
        _ => Err(check.invalid_key(
            "header_row",
            "rows are counted from 1, the header is not below row 10000, and 0 stands for no header",
        )),
    }
}

/// What is done to a text, in the order that the mapping's documentation gives.
fn build_steps(raw: &RawRuleTable) -> Vec<TextStep> {
    let html = raw.strip_html.then_some(TextStep::StripHtml);
    let unescape = raw.unescape.then_some(TextStep::Unescape);
    let replace = raw.replace.iter().map(|(from, to)| TextStep::Replace(from.clone(), to.clone()));
    html.into_iter().chain(unescape).chain(replace).chain(raw.case.map(TextStep::Case)).collect()
}

/// A table of what stands in a file and what is to be read: the first two columns of a CSV beside
/// the mapping.
fn load_lookup(
    check: &MappingValidator<'_>,
    key: &str,
    file: &str,
) -> Result<BTreeMap<String, String>, MappingError> {
    /// Enough for every colour and country, and no catalogue by mistake.
    const MOST: usize = 100_000;
    let path = check.path.with_file_name(file);
    let wrong = |problem: &dyn fmt::Display| {
        check.invalid_key(key, format!("{}: {problem}", path.display()))
    };
    if Path::new(file).components().count() != 1 {
        return Err(wrong(&"write the name of a file beside the mapping"));
    }
    read_lookup_table(&path, MOST).map_err(|error| wrong(&error))
}

fn validate_rule(
    check: &MappingValidator<'_>,
    key: &str,
    mut raw: RawRuleTable,
) -> Result<ColumnRule, MappingError> {
    if let Some(to) = &raw.to {
        check.check_target(key, to)?;
    }
    if raw.divide.is_some_and(|divisor| divisor <= 0) {
        return Err(
            check.invalid_key(format!("{key}.divide"), "write a number above zero, such as 100")
        );
    }
    let is_price = |to: &str| {
        let is_called = |name: &str| to == name || to.starts_with(&format!("{name}-"));
        is_called("price") || is_called("sale_price")
    };
    if raw.window.is_some() && !raw.to.as_deref().is_some_and(is_price) {
        return Err(check.invalid_key(
            format!("{key}.window"),
            "only prices of products hold for a time; write it beside to = \"sale_price\"",
        ));
    }
    if raw.levels.as_deref() == Some("") {
        let message = "it is empty; write what stands between the levels of a path, such as \">\"";
        return Err(check.invalid_key(format!("{key}.levels"), message));
    }
    if raw.escape.is_some() && raw.split.is_none() && raw.levels.is_none() {
        let message = "write it beside `split` or `levels`, whose text it makes part of a name";
        return Err(check.invalid_key(format!("{key}.escape"), message));
    }
    if raw.pairs.as_ref().is_some_and(|pairs| pairs.between.is_empty() || pairs.within.is_empty()) {
        return Err(check.invalid_key(format!("{key}.pairs"), "write what stands between pairs and within them, such as { between = \",\", within = \"=\" }"));
    }
    if raw.decimal.is_some_and(|mark| !matches!(mark, '.' | ',')) {
        return Err(check.invalid_key(format!("{key}.decimal"), "write \",\" or \".\""));
    }
    let json = raw.json.as_deref().map(|path| {
        ValuePath::new(path).ok_or_else(|| {
            check.invalid_key(format!("{key}.json"), "write a path such as \"rules[].value\"")
        })
    });
    let json = json.transpose()?;
    let currency = raw.currency.as_deref().map(Currency::new).transpose();
    let currency = currency
        .map_err(|error| check.invalid_key(format!("{key}.currency"), error.to_string()))?;
    let mut values = match &raw.lookup {
        Some(file) => load_lookup(check, &format!("{key}.lookup"), file)?,
        None => BTreeMap::new(),
    };
    values.extend(std::mem::take(&mut raw.values));
    let steps = build_steps(&raw);
    Ok(ColumnRule {
        to: raw.to,
        divide: raw.divide.map(Decimal::from),
        split: raw.split,
        escape: raw.escape,
        levels: raw.levels,
        cut_at: raw.cut_at.filter(|text| !text.is_empty()),
        json,
        window: raw.window,
        key: raw.key,
        steps,
        default: raw.default,
        decimal: raw.decimal,
        date: raw.date,
        unit: raw.unit,
        currency,
        slug: raw.slug,
        inclusive: raw.inclusive,
        scale: raw.scale.map(|scale| check_scale(check, key, scale)).transpose()?,
        values,
        pairs: raw.pairs.map(|pairs| PairFormat {
            between: pairs.between,
            within: pairs.within,
            list: pairs.list.filter(|list| !list.is_empty()),
            cut_at: pairs.cut_at,
        }),
    })
}

/// The best rating of a scale.
fn check_scale(
    check: &MappingValidator<'_>,
    key: &str,
    scale: u32,
) -> Result<Decimal, MappingError> {
    match scale {
        2..=1_000 => Ok(Decimal::from(scale)),
        _ => Err(check.invalid_key(
            format!("{key}.scale"),
            "write the best rating that there is, such as 10 or 100",
        )),
    }
}

fn build_pair_columns(
    check: &MappingValidator<'_>,
    raw: &RawPairColumns,
) -> Result<PairColumns, MappingError> {
    let stars = |pattern: &str| pattern.matches('*').count();
    if stars(&raw.key) > 1 || stars(&raw.key) != stars(&raw.value) {
        return Err(check.invalid_key("pairs", "write a * in the key and one in the value, or none in both, such as key = \"attribute_key_*\", value = \"value_*\""));
    }
    Ok(PairColumns {
        key: Glob::new(&raw.key),
        value: Glob::new(&raw.value),
        split: raw.split.clone().filter(|split| !split.is_empty()),
        list: raw.list.clone().filter(|list| !list.is_empty()),
        escape: raw.escape,
        cut_at: raw.cut_at.clone().filter(|text| !text.is_empty()),
    })
}

/// Its paths are read when a file comes, and no error would reach anybody there.
fn validate_features(
    check: &MappingValidator<'_>,
    features: FeatureRule,
) -> Result<FeatureRule, MappingError> {
    let FeatureRule { path, name, value } = &features;
    for (key, path) in [("path", path), ("name", name), ("value", value)] {
        if ValuePath::new(path).is_none() || path.is_empty() {
            let message = "write a path such as \"Features[]\" or \"Feature.Name\"";
            return Err(check.invalid_key(format!("features.{key}"), message));
        }
    }
    Ok(features)
}

fn build_review_paths(
    check: &MappingValidator<'_>,
    raw: RawReviews,
) -> Result<ReviewPaths, MappingError> {
    let fields = RecordField::fields_of_kind(DropKind::Reviews);
    for (name, target) in &raw.columns {
        match fields.iter().any(|(_, names)| names.contains(&fold_name(target).as_str())) {
            true => {}
            false => {
                let names: Vec<&str> = fields.iter().map(|(_, names)| names[0]).collect();
                return Err(check.invalid_key(
                    format!("reviews.columns.{name}"),
                    format!("a review has no \"{target}\"; it has {}", names.join(", ")),
                ));
            }
        }
    }
    Ok(ReviewPaths {
        path: raw.path,
        source: raw.source,
        scale: raw.scale.map(|scale| check_scale(check, "reviews", scale)).transpose()?,
        fields: raw.columns.into_iter().collect(),
    })
}
