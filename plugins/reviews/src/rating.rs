//! Ratings out of 5 and what they come to. Whole numbers of hundredths throughout.

use rikaste_plugin::{Patch, Table, decimal};

use crate::config::RatingPrior;

/// A rating from 1 to 5, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rating(i64);

impl Rating {
    pub(crate) fn parse_text(text: &str) -> Option<Self> {
        decimal::to_scaled(text.trim(), 2)
            .filter(|hundredths| (100..=500).contains(hundredths))
            .map(Self)
    }

    /// The whole star it is shown under; a half is rounded up.
    pub(crate) fn rounded_star(self) -> usize {
        ((self.0 + 50) / 100) as usize
    }
}

/// What a product's ratings come to.
#[derive(Default)]
pub(crate) struct RatingScore {
    count: i64,
    sum: i64,
    stars: [i64; 5],
}

impl RatingScore {
    pub(crate) fn add_rating(&mut self, rating: Rating) {
        self.count += 1;
        self.sum += rating.0;
        self.stars[rating.rounded_star() - 1] += 1;
    }

    pub(crate) fn write_to_patch(&self, prior: RatingPrior, patch: &mut Patch) {
        if self.count == 0 {
            return;
        }
        patch.integer("review_count", self.count);
        let mean = decimal::divide_rounded(self.sum, self.count);
        patch.decimal("review_average", decimal::from_scaled(mean, 2));
        patch.decimal("review_rank", decimal::from_scaled(self.weighted_rank(prior), 3));
        let mut distribution = Table::new(["rating", "count"]);
        for star in (1..=5).rev() {
            distribution.push([star.to_string(), self.stars[star - 1].to_string()]);
        }
        patch.table("review_distribution", distribution);
    }

    /// `(v·R + m·C) / (v + m)`, in thousandths.
    fn weighted_rank(&self, prior: RatingPrior) -> i64 {
        let total = (self.sum + prior.weight * prior.mean) * 10;
        decimal::divide_rounded(total, self.count + prior.weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_from_one_to_five() {
        for (text, star) in [
            ("5", Some(5)),
            (" 4.5 ", Some(5)),
            ("4.49", Some(4)),
            ("1.0", Some(1)),
            ("0.99", None),
            ("5.01", None),
            ("4,5", None),
            ("", None),
            ("five", None),
        ] {
            assert_eq!(Rating::parse_text(text).map(Rating::rounded_star), star, "{text}");
        }
    }

    #[test]
    fn one_perfect_review_ranks_below_many_good_ones() {
        let prior = RatingPrior { mean: 400, weight: 5 };
        let mut one = RatingScore::default();
        one.add_rating(Rating(500));
        let mut many = RatingScore::default();
        for _ in 0..50 {
            many.add_rating(Rating(460));
        }
        assert_eq!(one.weighted_rank(prior), 4167);
        assert_eq!(many.weighted_rank(prior), 4545);
    }
}
