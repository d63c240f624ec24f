//! Moments and windows as answers write them: in the shop's time zone.

use jiff::tz::TimeZone;
use rikaste_contract::{TimeText, ValidityWindow};
use rikaste_model::moment::{Moment, Window};

pub(super) fn time_text(moment: Moment, zone: &TimeZone) -> TimeText {
    TimeText(moment.to_text(zone))
}

/// A window's bounds; `None` for a window that is always open.
pub(super) fn validity_window(window: Window, zone: &TimeZone) -> Option<ValidityWindow> {
    if window.is_always() {
        return None;
    }
    let bound = |bound: Option<Moment>| bound.map(|moment| time_text(moment, zone));
    Some(ValidityWindow { from: bound(window.start), until: bound(window.end) })
}
