//! Each review once: the same one comes through several sources, or twice through one.

use std::cmp::Ordering;

use rikaste_plugin::Review;

/// Drops reviews that have the source and id of another, then those that have the text, title, author
/// and rating of another but for case, spaces and punctuation. Without an author the same words may be
/// two people's. Of several the latest by date stays, or the first where dates do not decide it. The
/// order of what stays is kept.
pub(crate) fn remove_duplicates(reviews: &mut Vec<&Review>) {
    if reviews.len() < 2 {
        return;
    }
    drop_duplicates_by(reviews, compare_ids, |review| !review.id.is_empty());
    drop_duplicates_by(reviews, compare_words, |review| {
        [&review.text, &review.author].iter().all(|it| normalized_chars(it).next().is_some())
    });
}

fn drop_duplicates_by(
    reviews: &mut Vec<&Review>,
    order: fn(&Review, &Review) -> Ordering,
    comparable: fn(&Review) -> bool,
) {
    let mut sorted: Vec<usize> =
        (0..reviews.len()).filter(|&index| comparable(reviews[index])).collect();
    sorted.sort_by(|&a, &b| {
        let latest_first = || reviews[b].date.cmp(&reviews[a].date);
        order(reviews[a], reviews[b]).then_with(latest_first).then(a.cmp(&b))
    });
    let mut repeated: Vec<usize> = sorted
        .windows(2)
        .filter(|pair| order(reviews[pair[0]], reviews[pair[1]]).is_eq())
        .map(|pair| pair[1])
        .collect();
    repeated.sort_unstable();
    for index in repeated.into_iter().rev() {
        reviews.remove(index);
    }
}

fn compare_ids(a: &Review, b: &Review) -> Ordering {
    a.id.cmp(&b.id).then_with(|| a.source.cmp(&b.source))
}

fn compare_words(a: &Review, b: &Review) -> Ordering {
    normalized_chars(&a.text)
        .cmp(normalized_chars(&b.text))
        .then_with(|| normalized_chars(&a.title).cmp(normalized_chars(&b.title)))
        .then_with(|| normalized_chars(&a.author).cmp(normalized_chars(&b.author)))
        .then_with(|| a.rating.cmp(&b.rating))
}

fn normalized_chars(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(source: &str, id: &str, text: &str, author: &str, date: &str) -> Review {
        Review {
            source: source.into(),
            id: id.into(),
            rating: "5".into(),
            locale: None,
            title: String::new(),
            text: text.into(),
            author: author.into(),
            date: (!date.is_empty()).then(|| date.into()),
            verified: false,
            incentivised: false,
        }
    }

    fn check(reviews: &[Review], stays: &[usize]) {
        let mut left: Vec<&Review> = reviews.iter().collect();
        remove_duplicates(&mut left);
        let expected: Vec<&Review> = stays.iter().map(|&index| &reviews[index]).collect();
        assert_eq!(left, expected);
    }

    #[test]
    fn the_latest_of_one_id_stays() {
        check(
            &[
                review("shop", "1", "Good", "A", "2026-01-01"),
                review("shop", "1", "Good, still", "A", "2026-02-01"),
                review("other", "1", "Fine", "B", ""),
            ],
            &[1, 2],
        );
    }

    #[test]
    fn the_same_words_of_the_same_person_are_one() {
        check(
            &[
                review("shop", "1", "Very satisfied!", "Eleanor Collins", ""),
                review("feed", "9", "very  satisfied", "eleanor collins", ""),
                review("shop", "2", "Very satisfied!", "Lucas Gordon", ""),
            ],
            &[0, 2],
        );
    }

    /// `Bra`, `Bra!` and `bra` of nobody are three opinions, and so are two ratings of one person.
    #[test]
    fn the_same_words_of_nobody_or_with_another_rating_all_count() {
        check(
            &[
                review("shop", "101", "Bra", "", ""),
                review("shop", "102", "Bra!", "", ""),
                review("feed", "103", "bra", "", ""),
                review("shop", "104", "Bra", "Aino", ""),
                Review { rating: "1".into(), ..review("shop", "105", "Bra", "Aino", "") },
            ],
            &[0, 1, 2, 3, 4],
        );
    }

    #[test]
    fn ratings_without_id_and_text_all_count() {
        let silent = || review("shop", "", "", "", "");
        check(&[silent(), silent(), silent()], &[0, 1, 2]);
    }
}
