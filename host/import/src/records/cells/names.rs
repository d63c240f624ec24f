//! Names: options, categories, families, assets.

use std::borrow::Cow;

use rikaste_model::code::{CategoryCode, FamilyCode};
use rikaste_model::shop::{LocaleLabels, find_nearest_name, is_url, normalize_host};
use rikaste_model::value::{DataType, ValueData};
use rikaste_model::words;
use smol_str::SmolStr;
use url::Url;

use super::CellReader;
use crate::columns::PlannedColumn;
use crate::columns::{AttributeRule, AttributeTarget};
use crate::records::parse::{self, CellProblem};
use crate::records::row::CellContent;
use crate::records::row_diagnostics::RowDiagnostics;

/// Categories do not lie deeper; a circle among them ends here.
const MOST_LEVELS: usize = 32;

impl CellReader<'_> {
    /// Options, categories, or names of assets.
    pub(crate) fn read_names(
        &self,
        slot: &AttributeTarget<'_>,
        column: &PlannedColumn<'_>,
        content: CellContent<'_>,
        notes: &mut RowDiagnostics<'_>,
    ) -> Option<ValueData> {
        // A label may have a comma in it.
        if slot.attribute.data_type == DataType::Options
            && !slot.attribute.options.is_empty()
            && let Some(code) =
                self.options.find_option(&content.read_text(&column.rule), &slot.code)
        {
            return Some(ValueData::Options(vec![code]));
        }
        let mut names: Vec<SmolStr> = Vec::new();
        let (mut one, mut several);
        let parts: &mut dyn Iterator<Item = Cow<'_, str>> = match content.single_part(&column.rule)
        {
            Some(text) => {
                one = std::iter::once(Cow::Borrowed(text));
                &mut one
            }
            None => {
                several = content.split_parts(&column.rule).into_iter();
                &mut several
            }
        };
        for part in parts {
            let part = if column.rule.slug { Cow::Owned(parse::to_slug(&part)) } else { part };
            let name = match (slot.attribute.data_type, slot.check) {
                (DataType::Assets, _) => Ok(self.resolve_asset(&part)),
                (_, AttributeRule::Categories) => self.resolve_category(&part),
                _ => self.resolve_option(&part, slot),
            };
            match name {
                Ok(name) if names.contains(&name) => {}
                Ok(name) => names.push(name),
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
        self.options.find_option(text, &slot.code).ok_or_else(|| {
            let hint = match self.options.nearest_option(text, &slot.code) {
                Some(near) => words!("hint-meant", near = near.as_str()),
                None => words!("hint-option"),
            };
            let message = words!("option-unknown", attribute = slot.code.as_str(), hint = hint);
            CellProblem::new("option-unknown", message)
        })
    }

    fn resolve_category(&self, text: &str) -> Result<SmolStr, CellProblem> {
        let all = &self.shop().categories;
        if let Some((above, last)) = text.rsplit_once(['>', '/']) {
            return self
                .find_category_below(above, last.trim())
                .ok_or_else(|| self.unknown_category(text));
        }
        if all.is_empty() {
            // A shop that lists none has those that its files name.
            let code =
                CategoryCode::new(text).or_else(|_| CategoryCode::new(&parse::to_slug(text)));
            let code =
                code.map_err(|error| CellProblem::new("category-unknown", error.localized_text()))?;
            return Ok(SmolStr::new(code.as_str()));
        }
        let codes = || all.keys().map(CategoryCode::as_str);
        let labelled = || {
            all.iter()
                .filter(|(_, category)| has_label(&category.label, text))
                .map(|(code, _)| code.as_str())
        };
        resolve_code(CodeList::Category, text, codes, labelled)
    }

    /// A category at the end of a path: the one of this code or label that lies below what the path
    /// names before it, as far as the shop knows that; of several, none.
    fn find_category_below(&self, above: &str, last: &str) -> Option<SmolStr> {
        let all = &self.shop().categories;
        if all.is_empty() {
            return CategoryCode::new(&parse::to_slug(last))
                .ok()
                .map(|code| SmolStr::new(code.as_str()));
        }
        let is = |code: &CategoryCode, name: &str| {
            code.as_str().eq_ignore_ascii_case(name) || has_label(&all[code].label, name)
        };
        let above: Vec<&str> = above.split(['>', '/']).map(str::trim).collect();
        // How many steps up the path agree with the categories above.
        let agreement = |code: &CategoryCode| {
            let parents = std::iter::successors(all[code].parent.as_ref(), |code| {
                all.get(*code).and_then(|category| category.parent.as_ref())
            });
            let pairs = parents.take(MOST_LEVELS).zip(above.iter().rev());
            pairs.take_while(|(code, name)| all.contains_key(*code) && is(code, name)).count()
        };
        let found: Vec<_> =
            all.keys().filter(|code| is(code, last)).map(|code| (agreement(code), code)).collect();
        let most = found.iter().map(|(steps, _)| *steps).max()?;
        let mut best = found.iter().filter(|(steps, _)| *steps == most);
        let (_, code) = best.next().filter(|_| best.next().is_none())?;
        Some(SmolStr::new(code.as_str()))
    }

    fn unknown_category(&self, path: &str) -> CellProblem {
        let message = words!("category-unknown", text = path, hint = words!("hint-define"));
        CellProblem::new("category-unknown", message)
    }

    pub(crate) fn resolve_family(&self, text: &str) -> Result<ValueData, CellProblem> {
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
