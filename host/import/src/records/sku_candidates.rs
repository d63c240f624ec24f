//! Candidates: which columns may be the SKU where none is called so.
//!
//! Nobody guesses for a merchant whom a row is about. What tells articles apart is different in every
//! row and looks like a number of articles; columns that do are shown, likeliest first, to be chosen from.

use rikaste_model::code::{Gtin, Sku};
use smol_str::SmolStr;

use crate::columns::{ColumnPlan, SkuLikeness};
use crate::records::column_profiler::{ColumnProfiler, ColumnSummary};

/// Columns that are shown.
const MAX_CANDIDATES: usize = 5;

/// A column that may be the SKU.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SkuCandidate {
    /// Its header.
    pub column: SmolStr,
    /// What it looks like.
    pub looks_like: CandidateKind,
    /// Rows in which it is filled.
    pub filled: u64,
    /// Something that stands in it.
    pub example: String,
}

/// What stands in a column that may be the SKU, likeliest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CandidateKind {
    /// Texts, each another.
    Names,
    /// The numbers on packages.
    Gtin,
    /// What has no spaces and has digits, as article numbers do.
    ArticleNumber,
}

impl CandidateKind {
    /// In words.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Names => "texts",
            Self::Gtin => "GTINs",
            Self::ArticleNumber => "article numbers",
        }
    }
}

/// The columns that may be the SKU, likeliest first.
pub(crate) fn find_sku_candidates(
    plan: &ColumnPlan<'_>,
    profiler: &ColumnProfiler,
    rows: u64,
) -> Vec<SkuCandidate> {
    let columns = plan.columns().filter(|(_, column)| !column.name.is_empty());
    let mut found: Vec<_> = columns
        .filter_map(|(at, column)| {
            let stood = profiler.summarize_column(at)?;
            let looks_like = classify_column(stood)?;
            let called = SkuLikeness::of_name(&column.name);
            let candidate = SkuCandidate {
                column: column.name.clone(),
                looks_like,
                filled: stood.filled,
                example: profiler.first_example(at).unwrap_or_default(),
            };
            // A name that is different in every row is a name, whatever else it could be.
            let likely = looks_like != CandidateKind::Names || called >= SkuLikeness::Code;
            likely.then_some(((called, looks_like, stood.filled == rows), candidate))
        })
        .collect();
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found.into_iter().map(|(_, candidate)| candidate).take(MAX_CANDIDATES).collect()
}

/// What a column looks like; nothing where a text stands in it twice, or one that no SKU can be.
fn classify_column(stood: ColumnSummary<'_>) -> Option<CandidateKind> {
    if stood.has_duplicates
        || stood.texts.is_empty()
        || !stood.texts.iter().all(|t| Sku::new(t).is_ok())
    {
        return None;
    }
    let every = |is: &dyn Fn(&str) -> bool| stood.texts.iter().all(|text| is(text));
    let is_number = |text: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit())
            && !text.contains([' ', ',', '€', '$'])
            && text.chars().count() <= 40
            && !is_decimal(text)
    };
    Some(match () {
        () if every(&|text| Gtin::new(text).is_ok()) => CandidateKind::Gtin,
        () if every(&is_number) => CandidateKind::ArticleNumber,
        () => CandidateKind::Names,
    })
}

/// `19.90` is an amount.
fn is_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, part)| {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole) && digits(part)
    })
}
