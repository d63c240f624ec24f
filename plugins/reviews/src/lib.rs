//! Review score, distribution and excerpts, without personal data.
//!
//! The score is one for the whole product: the plain mean and the true count, and beside them a
//! Bayesian mean to rank by, so that one five-star review does not outrank fifty good ones.
//! Excerpts are by locale. A review's text is shown in the locale it was written in, or where the
//! shop has not that locale, in those of its language; a review that names no locale goes into the
//! excerpts without a locale, which serve every locale that has none of its own. A review in a
//! language that the shop does not have counts in the score and is not quoted.
//!
//! A product without reviews gets nothing: no count is not a count of zero.

mod config;
mod deduplication;
mod excerpt;
mod plugin;
mod privacy;
mod rating;

pub use plugin::ReviewsPlugin;

rikaste_plugin::export!(ReviewsPlugin);
