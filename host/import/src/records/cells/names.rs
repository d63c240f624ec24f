//! Names: options, categories, families, assets.

use std::borrow::Cow;

use rikaste_model::category::join_category_levels;
use rikaste_model::code::{CategoryCode, FamilyCode};
use rikaste_model::shop::{LocaleLabels, find_nearest_name, is_url, normalize_host};
use rikaste_model::value::{DataType, ValueData};
use rikaste_model::words;
use smol_str::SmolStr;
use url::Url;

use super::CellReader;
use crate::columns::{AttributeRule, AttributeTarget};
use crate::columns::{ColumnRule, PlannedColumn};
use crate::records::parse::{self, CellProblem, ListFormat};
use crate::records::row::CellContent;
use crate::records::row_diagnostics::RowDiagnostics;

/// Categories do not lie deeper; a circle among them ends here.
const MOST_LEVELS: usize = 32;

/// The longest path to a category that files name, in bytes.
const MAX_PLACE: usize = 600;

impl CellReader<'_> {
    /// Options, categories, or names of assets.
    pub(crate) fn read_names(
        &self,
        slot: &AttributeTarget<'_>,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Option<ValueData> {
        let rule = &column.rule;
        // A label may have a comma in it.
        if slot.attribute.data_type == DataType::Options
            && !slot.attribute.options.is_empty()
            && let Some(code) = self.find_option(&content.read_text(rule), slot)
        {
            return Some(ValueData::Options(vec![code]));
        }
        let mut names: Vec<SmolStr> = Vec::new();
        let (mut one, mut several);
        let parts: &mut dyn Iterator<Item = Cow<'_, str>> = match content.single_part(rule) {
            Some(text) => {
                one = std::iter::once(Cow::Borrowed(text));
                &mut one
            }
            None => {
                let divides = |text: &str| self.is_divided_by_commas(text, slot, rule);
                several = content.split_parts_where(rule, divides).into_iter();
                &mut several
            }
        };
        let is_by_convention = rule.split.is_none() && !matches!(content, CellContent::List(_));
        for part in parts {
            let part = if rule.slug { Cow::Owned(parse::to_slug(&part)) } else { part };
            let name = match (slot.attribute.data_type, slot.check) {
                (DataType::Assets, _) => Ok(self.resolve_asset(&part)),
                (_, AttributeRule::Categories) => self.resolve_category(&part, rule),
                _ => self.resolve_option(&part, slot),
            };
            match name {
                Ok(name) if names.contains(&name) => {}
                Ok(name) => {
                    self.observe_name(&name, slot, is_by_convention);
                    names.push(name);
                }
                Err(problem) => notes.warn_left_out(&column.name, &part, &problem),
            }
        }
        if names.is_empty() {
            return None;
        }
        Some(match slot.attribute.data_type {
            DataType::Assets => ValueData::Assets(names),
            _ => ValueData::Options(names),
        })
    }

    /// Whether the commas of a text divide it, where no mapping says what does. In a list of the shop
    /// they do if each part is in it, else if they stand as between codes. What is left is
    /// [decided by the rows of the file](crate::records::comma_evidence).
    fn is_divided_by_commas(
        &self,
        text: &str,
        slot: &AttributeTarget<'_>,
        rule: &ColumnRule,
    ) -> bool {
        let every = |is: &dyn Fn(&str) -> bool| parse::split_at_commas(text).all(is);
        match (slot.attribute.data_type, slot.check) {
            (DataType::Assets, _) => is_list_of_files(text),
            (_, AttributeRule::Categories) if !self.shop().categories.is_empty() => {
                self.resolve_category(text, rule).is_err()
                    && every(&|part| self.resolve_category(part, rule).is_ok())
            }
            (_, AttributeRule::Categories) => {
                parse::has_code_commas(text) || has_one_root(text, rule)
            }
            _ if !slot.attribute.options.is_empty() => {
                every(&|part| self.find_option(part, slot).is_some())
            }
            _ => parse::has_code_commas(text),
        }
    }

    /// Notes which names stand in a list that the shop has no names for.
    fn observe_name(&self, name: &SmolStr, slot: &AttributeTarget<'_>, is_by_convention: bool) {
        let is_open = match (slot.attribute.data_type, slot.check) {
            (DataType::Assets, _) => false,
            (_, AttributeRule::Categories) => self.shop().categories.is_empty(),
            _ => slot.attribute.options.is_empty(),
        };
        if !is_open {
            return;
        }
        let mut evidence = self.evidence.borrow_mut();
        match is_by_convention && name.contains(',') {
            true => evidence.observe_undecided(&slot.code, name),
            false => evidence.observe_name(&slot.code, name),
        }
    }

    fn find_option(&self, text: &str, slot: &AttributeTarget<'_>) -> Option<SmolStr> {
        let name = parse::clean_name(text);
        if slot.attribute.options.is_empty() {
            return Some(SmolStr::new(parse::decode_entities(&name)));
        }
        let known = self.options.find_option(&name, &slot.code);
        known.or_else(|| match parse::decode_entities(&name) {
            Cow::Owned(decoded) => self.options.find_option(&decoded, &slot.code),
            Cow::Borrowed(_) => None,
        })
    }

    /// What a photo is called that a path or URL names: by its URL, if it is fetched from there.
    fn resolve_asset(&self, text: &str) -> SmolStr {
        match remote_photo_url(text) {
            Some(url) if self.shop().remote_photos.is_allowed_url(&url) => SmolStr::new(url),
            _ => photo_file_name(text),
        }
    }

    /// From which hosts no pictures are fetched that a cell names.
    pub(crate) fn disallowed_hosts(
        &self,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
    ) -> Vec<String> {
        let parts = content.split_parts(&column.rule);
        let urls = parts.iter().filter_map(|part| remote_photo_url(part));
        let unasked = urls.filter(|url| !self.shop().remote_photos.is_allowed_url(url));
        unasked.filter_map(|url| normalize_host(&url)).collect()
    }

    fn resolve_option(
        &self,
        text: &str,
        slot: &AttributeTarget<'_>,
    ) -> Result<SmolStr, CellProblem> {
        let found = self.find_option(text, slot).filter(|name| !name.is_empty());
        found.ok_or_else(|| {
            let hint = match self.options.nearest_option(text, &slot.code) {
                Some(near) => words!("hint-meant", near = near.as_str()),
                None => words!("hint-option"),
            };
            let message = words!("option-unknown", attribute = slot.code.as_str(), hint = hint);
            CellProblem::new("option-unknown", message)
        })
    }

    /// A category of the shop, by code, label or path; where the shop lists none, the place that the path
    /// names.
    fn resolve_category(&self, text: &str, rule: &ColumnRule) -> Result<SmolStr, CellProblem> {
        let all = &self.shop().categories;
        let levels = split_levels(text, rule);
        if all.is_empty() {
            let place = join_category_levels(levels.iter().map(String::as_str));
            return match place.len() {
                0 => Err(self.unknown_category(text)),
                1..=MAX_PLACE => Ok(place),
                _ => Err(CellProblem::new("category-long", words!("category-long"))),
            };
        }
        if let Some(code) = self.find_category_of_name(text) {
            return Ok(code);
        }
        if let [above @ .., last] = &levels[..]
            && !above.is_empty()
        {
            let found = self.find_category_below(above, last);
            return found.ok_or_else(|| self.unknown_category(text));
        }
        let codes = || all.keys().map(CategoryCode::as_str);
        let name = levels.first().map_or(text, String::as_str);
        let labelled = || {
            all.iter()
                .filter(|(_, category)| has_label(&category.label, name))
                .map(|(code, _)| code.as_str())
        };
        resolve_code(CodeList::Category, name, codes, labelled)
    }

    /// The category whose code or only label a whole text is, however many levels it seems to have.
    fn find_category_of_name(&self, text: &str) -> Option<SmolStr> {
        let all = &self.shop().categories;
        let exact = all.keys().find(|code| code.as_str() == text);
        let mut labelled = all.iter().filter(|(_, category)| has_label(&category.label, text));
        let only = labelled.next().filter(|_| labelled.next().is_none());
        exact.or(only.map(|(code, _)| code)).map(|code| SmolStr::new(code.as_str()))
    }

    /// A category at the end of a path: the one of this code or label whose categories above agree with
    /// the path, as far as both go; of several, the one that agrees furthest.
    fn find_category_below(&self, above: &[String], last: &str) -> Option<SmolStr> {
        let all = &self.shop().categories;
        let is = |code: &CategoryCode, name: &str| {
            code.as_str().eq_ignore_ascii_case(name)
                || all.get(code).is_some_and(|category| has_label(&category.label, name))
        };
        // How many steps up the path agree with the categories above; nothing where one does not.
        let agreement = |code: &CategoryCode| {
            let parents = std::iter::successors(all[code].parent.as_ref(), |code| {
                all.get(*code).and_then(|category| category.parent.as_ref())
            });
            let mut pairs = parents.take(MOST_LEVELS).zip(above.iter().rev());
            let steps = pairs.clone().count();
            pairs.all(|(code, name)| is(code, name)).then_some(steps)
        };
        let named = all.keys().filter(|code| is(code, last));
        let found: Vec<_> = named.filter_map(|code| Some((agreement(code)?, code))).collect();
        let most = found.iter().map(|(steps, _)| *steps).max()?;
        let mut best = found.iter().filter(|(steps, _)| *steps == most);
        let (_, code) = best.next().filter(|_| best.next().is_none())?;
        Some(SmolStr::new(code.as_str()))
    }

    /// Whether a text names one of the options, categories included; not where there is no list of them.
    pub(crate) fn has_option(&self, text: &str, slot: &AttributeTarget<'_>) -> bool {
        match slot.check {
            AttributeRule::Categories => self.find_category_of_name(text).is_some(),
            _ => !slot.attribute.options.is_empty() && self.find_option(text, slot).is_some(),
        }
    }

    /// Whether a text names one of the shop's families.
    pub(crate) fn has_family(&self, text: &str) -> bool {
        !self.shop().families.is_empty() && self.resolve_family(text).is_ok()
    }

    fn unknown_category(&self, path: &str) -> CellProblem {
        let message = words!("category-unknown", text = path, hint = words!("hint-define"));
        CellProblem::new("category-unknown", message)
    }

    pub(crate) fn resolve_family(&self, text: &str) -> Result<ValueData, CellProblem> {
        let text = &*parse::clean_name(text);
        let all = &self.shop().families;
        if all.is_empty() {
            return Ok(ValueData::Text(text.to_owned()));
        }
        let codes = || all.keys().map(FamilyCode::as_str);
        let labelled = || {
            all.iter()
                .filter(|(_, family)| has_label(&family.label, text))
                .map(|(code, _)| code.as_str())
        };
        resolve_code(CodeList::Family, text, codes, labelled)
            .map(|code| ValueData::Text(code.to_string()))
    }
}

/// The names of a path, the topmost first: divided as the rule says, else at `>`, else at a slash without
/// spaces around it, as programs write them. `Board / card games` is a name.
fn split_levels(text: &str, rule: &ColumnRule) -> Vec<String> {
    let format = |separator| ListFormat { separator: Some(separator), escape: rule.escape };
    let parts = match &rule.levels {
        Some(levels) => parse::split_list(text, format(levels), |_| false),
        None if text.contains('>') => parse::split_list(text, format(">"), |_| false),
        None => split_at_tight_slashes(text).map(Cow::Borrowed).collect(),
    };
    let decode =
        |part: Cow<'_, str>| parse::decode_entities(&parse::clean_name(&part)).trim().to_owned();
    parts.into_iter().map(decode).filter(|name| !name.is_empty()).collect()
}

fn split_at_tight_slashes(text: &str) -> impl Iterator<Item = &str> {
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let is_tight = move |at: &usize| {
        !is_space(text[..*at].chars().next_back()) && !is_space(text[at + 1..].chars().next())
    };
    let ends = text.match_indices('/').map(|(at, _)| at).filter(is_tight);
    let mut start = 0;
    ends.chain([text.len()]).map(move |end| {
        let part = &text[start..end];
        start = (end + 1).min(text.len());
        part
    })
}

/// Whether the parts between commas are paths that begin alike: `Perfume > Men, Perfume > Women`.
fn has_one_root(text: &str, rule: &ColumnRule) -> bool {
    let levels = parse::split_at_commas(text).map(|part| split_levels(part, rule));
    let levels: Vec<_> = levels.collect();
    levels.iter().all(|levels| levels.len() > 1)
        && levels.windows(2).all(|two| two[0][0] == two[1][0])
}

/// Whether each part between commas is a file or an address of its own.
fn is_list_of_files(text: &str) -> bool {
    let mut parts = parse::split_at_commas(text).peekable();
    let is_address = |part: &str| part.starts_with("//") || part.contains("://");
    if parts.peek().is_some_and(|first| is_address(first)) {
        // An address may have commas in it.
        return parts.all(is_address);
    }
    let has_extension = |part: &str| {
        let extension = part.rsplit_once('.').map_or("", |(_, extension)| extension);
        (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    parts.all(has_extension)
}

/// What a photo is called that a path or URL names, whose file comes through the inbox.
fn photo_file_name(text: &str) -> SmolStr {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split(['?', '#']).next().unwrap_or(rest),
        None => text,
    };
    SmolStr::new(path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path))
}

/// The URL of a picture, without what would be looked for inside it.
fn remote_photo_url(text: &str) -> Option<Url> {
    let mut url = is_url(text).then(|| Url::parse(text).ok())??;
    url.set_fragment(None);
    Some(url)
}

fn has_label(labels: &LocaleLabels, text: &str) -> bool {
    let folded = text.to_lowercase();
    labels.values().any(|label| label.to_lowercase() == folded)
}

/// What a shop has a list of.
#[derive(Clone, Copy)]
enum CodeList {
    Category,
    Family,
}

/// The code that a text names: as it is, in another case, or by a label that is its alone.
fn resolve_code<'k, C, L>(
    what: CodeList,
    text: &str,
    codes: impl Fn() -> C,
    labelled: impl Fn() -> L,
) -> Result<SmolStr, CellProblem>
where
    C: Iterator<Item = &'k str>,
    L: Iterator<Item = &'k str>,
{
    let exact = codes().find(|code| *code == text);
    let found =
        exact.or_else(|| codes().find(|code| code.eq_ignore_ascii_case(text))).or_else(|| {
            let mut labelled = labelled();
            labelled.next().filter(|_| labelled.next().is_none())
        });
    if let Some(code) = found {
        return Ok(SmolStr::new(code));
    }
    let hint = match find_nearest_name(&text.to_lowercase(), codes()) {
        Some(near) => words!("hint-meant", near = near),
        None => words!("hint-define"),
    };
    Err(match what {
        CodeList::Family => {
            CellProblem::new("family-unknown", words!("family-unknown", text = text, hint = hint))
        }
        CodeList::Category => CellProblem::new(
            "category-unknown",
            words!("category-unknown", text = text, hint = hint),
        ),
    })
}
