//! The few reviews that are quoted, and how much of each.

use rikaste_plugin::{Context, Patch, Review, Table, locale};

use crate::privacy::{remove_contact_details, shorten_name};
use crate::rating::Rating;

/// Quoted per locale.
const EXCERPTS_PER_LOCALE: usize = 3;

/// Characters of a quotation: what reads at a glance beside a product.
const MAX_EXCERPT_CHARS: usize = 240;

/// A cut at a sentence's end must leave this much; otherwise the text is cut at a word.
const MIN_SENTENCE_CUT_CHARS: usize = 100;

/// Writes the best reviews, for each locale and for none.
pub(crate) fn write_excerpts(context: &Context, reviews: &[(&Review, Rating)], patch: &mut Patch) {
    let mut quotable: Vec<ExcerptCandidate<'_>> = reviews
        .iter()
        .filter(|(review, _)| !review.text.trim().is_empty())
        .map(|&(review, rating)| ExcerptCandidate { review, rating, merit: 0 })
        .collect();
    if quotable.is_empty() {
        return;
    }
    quotable.sort_by(|a, b| b.review.date.cmp(&a.review.date));
    let mut chosen = Vec::with_capacity(EXCERPTS_PER_LOCALE);
    for locale in &context.locales {
        choose_excerpts(&quotable, |review| is_quoted_in(review, locale, context), &mut chosen);
        if !chosen.is_empty() {
            patch.table("review_excerpts", build_table(&chosen)).locale(locale.as_str());
        }
    }
    choose_excerpts(&quotable, |review| review.locale.is_none(), &mut chosen);
    if !chosen.is_empty() {
        patch.table("review_excerpts", build_table(&chosen));
    }
}

/// Whether the review is quoted in this locale: it is in exactly this one, or in its language
/// where the shop has not the exact one.
fn is_quoted_in(review: &Review, locale: &str, context: &Context) -> bool {
    let Some(own) = review.locale.as_deref() else { return false };
    own == locale
        || (locale::same_language(own, locale) && !context.locales.iter().any(|l| l == own))
}

#[derive(Clone, Copy)]
struct ExcerptCandidate<'a> {
    review: &'a Review,
    rating: Rating,
    merit: i64,
}

/// The best of those that qualify, from candidates that are newest first.
fn choose_excerpts<'a>(
    candidates: &[ExcerptCandidate<'a>],
    qualifies: impl Fn(&Review) -> bool,
    chosen: &mut Vec<ExcerptCandidate<'a>>,
) {
    chosen.clear();
    let mut pool: Vec<ExcerptCandidate<'a>> =
        candidates.iter().filter(|candidate| qualifies(candidate.review)).copied().collect();
    let count = pool.len() as i64;
    for (age, candidate) in (0..).zip(&mut pool) {
        candidate.merit = compute_merit(candidate.review) + NEWEST_MERIT * (count - age) / count;
    }
    while chosen.len() < EXCERPTS_PER_LOCALE {
        // The first of equals, which is the newest.
        let Some(best) = (0..pool.len()).rev().max_by_key(|&index| pool[index].merit) else {
            break;
        };
        let best = pool.remove(best);
        for other in &mut pool {
            if other.rating.rounded_star() == best.rating.rounded_star() {
                other.merit -= SAME_STAR_PENALTY;
            }
        }
        chosen.push(best);
    }
}

// How much counts against how much: substance most; then that the author has the thing; then a
// second opinion before a third of the same; then age. No rating is better than another.
const MAX_LENGTH_MERIT: i64 = 100;
const VERIFIED_MERIT: i64 = 40;
const INCENTIVISED_MERIT: i64 = -60;
const SAME_STAR_PENALTY: i64 = 60;
const NEWEST_MERIT: i64 = 30;
const TITLE_MERIT: i64 = 5;

fn compute_merit(review: &Review) -> i64 {
    let mut merit = MAX_LENGTH_MERIT.min(review.text.len() as i64);
    if review.verified {
        merit += VERIFIED_MERIT;
    }
    if review.incentivised {
        merit += INCENTIVISED_MERIT;
    }
    if !review.title.is_empty() {
        merit += TITLE_MERIT;
    }
    merit
}

fn build_table(chosen: &[ExcerptCandidate<'_>]) -> Table {
    let mut table = Table::new(["rating", "title", "text", "author", "date", "verified"]);
    for ExcerptCandidate { review, .. } in chosen {
        let date = review.date.as_deref().unwrap_or_default();
        table.push([
            review.rating.trim().to_owned(),
            shorten_text(remove_contact_details(&review.title)),
            shorten_text(remove_contact_details(&review.text)),
            shorten_name(&review.author),
            // Some sources give the moment; the day is enough and says less of the author.
            date.get(..10).unwrap_or(date).to_owned(),
            review.verified.to_string(),
        ]);
    }
    table
}

/// At most [`MAX_EXCERPT_CHARS`] characters: whole sentences, or else whole words and `…`.
fn shorten_text(mut text: String) -> String {
    if text.len() <= MAX_EXCERPT_CHARS {
        return text;
    }
    let Some((limit, _)) = text.char_indices().nth(MAX_EXCERPT_CHARS) else { return text };
    if let Some(end) = last_sentence_end(&text[..limit]) {
        text.truncate(end);
        return text;
    }
    let room_for_mark = || text[..limit].char_indices().next_back().map_or(0, |(at, _)| at);
    let end = text[..limit].rfind(' ').unwrap_or_else(room_for_mark);
    text.truncate(end);
    text.truncate(text.trim_end_matches([' ', ',', ';', ':', '-', '–']).len());
    text.push('…');
    text
}

/// Where the last whole sentence ends, if it leaves enough.
fn last_sentence_end(text: &str) -> Option<usize> {
    let (least, _) = text.char_indices().nth(MIN_SENTENCE_CUT_CHARS)?;
    let end = text
        .match_indices(['.', '!', '?'])
        .map(|(at, mark)| at + mark.len())
        .rfind(|&end| text[end..].starts_with(' '))?;
    (end >= least).then_some(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_texts_stay_whole() {
        assert_eq!(shorten_text("Warm.".into()), "Warm.");
        let exact = "ä".repeat(MAX_EXCERPT_CHARS);
        assert_eq!(shorten_text(exact.clone()), exact);
    }

    #[test]
    fn cuts_at_a_sentence_or_else_at_a_word() {
        let first = format!("{}. ", "word ".repeat(30).trim_end());
        assert_eq!(shorten_text(format!("{first}{}", "more ".repeat(40))), first.trim_end());
        let cut = shorten_text("sana, ".repeat(60));
        assert!(cut.ends_with("sana…"), "{cut}");
        assert!(cut.chars().count() <= MAX_EXCERPT_CHARS);
    }

    proptest! {
        #[test]
        fn a_cut_is_never_too_long(text in "[a-zäö.!? ,]{0,600}|\\PC{0,400}") {
            prop_assert!(shorten_text(text).chars().count() <= MAX_EXCERPT_CHARS);
        }
    }
}
