//! Care codes and sentences from care texts as people write them.
//!
//! A merchandiser's file says "Konepesu 40 °C", "wash at 40" or "MW30, DNB". Each text is read
//! phrase by phrase against a lexicon in Finnish, Swedish, English and German; what is read
//! becomes codes (`treatment`), and the codes become sentences in the shop's
//! locales. A phrase with one word that is not in the lexicon is not read at all and reported
//! (`care-text-not-understood`): a guess could ruin somebody's jumper. `care_partial` is true then.
//!
//! Nothing is allowed without a word that allows it, and a "not" covers everything that it may
//! reach (`clause::scope`). The name of a process alone ("bleach") gives no code.
//!
//! A care label states the most that a product takes, and milder is always allowed (ISO 3758). So
//! where components or phrases differ, the mildest limit of each process is taken and that is
//! said; and where a text allows a process but not how much of it ("tumble dry"), its mildest
//! degree is.
//!
//! Where there is no care text, the fibres of the material give codes that are a suggestion:
//! `care_basis` is `inferred`, there are no sentences, and a person has to approve it.
//!
//! The symbols of ISO 3758 are trademarks of GINETEX and need a licence; there are none here.

mod clause;
mod fibre;
mod label;
mod lexicon;
mod material;
mod plugin;
mod reading;
mod statement;
mod token;
mod treatment;

pub use plugin::CarePlugin;

rikaste_plugin::export!(CarePlugin);
