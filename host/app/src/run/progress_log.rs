//! What the operator of a running shop reads in the log about drops.

use std::time::{Duration, Instant};

use rikaste_model::receipt::{DropOutcome, Receipt};

use rikaste_pipeline::{ImportProgress, InboxDrop};

/// How often a long drop says how far it is.
const LOG_INTERVAL: Duration = Duration::from_secs(5);

/// Logs what became of a drop.
pub(super) fn log_receipt(receipt: &Receipt) {
    match receipt.outcome {
        DropOutcome::Held => tracing::warn!("{}", format_receipt(receipt)),
        _ => tracing::info!("{}", format_receipt(receipt)),
    }
}

fn format_receipt(receipt: &Receipt) -> String {
    let (rows, file) = (receipt.rows, &receipt.file);
    let mut counts = format!(
        "{} new, {} changed, {} unchanged, {} rejected",
        rows.new, rows.changed, rows.unchanged, rows.rejected
    );
    if receipt.products.gone > 0 {
        counts.push_str(&format!("; {} products gone", receipt.products.gone));
    }
    match (receipt.outcome, receipt.release) {
        (DropOutcome::Released, Some(release)) => {
            format!("{file}: release {release} in {} ms: {counts}", receipt.milliseconds)
        }
        (DropOutcome::Held, _) => {
            let question = receipt.question.as_ref().map(|asked| asked.summary().to_string());
            format!(
                "{file}: held. {} If it is to be taken all the same, run `rikaste drop approve {file}`",
                question.unwrap_or_default()
            )
        }
        (DropOutcome::Rejected, _) => {
            let why = receipt.messages.first().map_or(String::new(), ToString::to_string);
            format!("{file}: nothing was taken from it: {why}")
        }
        _ => format!("{file}: nothing new: {counts}"),
    }
}

/// Logs every few seconds how far a drop is.
pub(super) fn log_drop_progress(drop: &InboxDrop) -> impl FnMut(ImportProgress) + Send + 'static {
    let file = drop.receipt_name();
    throttle_progress(move |ImportProgress { bytes, size, rows }| {
        let percent = (bytes * 100).checked_div(size).unwrap_or_default().min(100);
        tracing::info!("{file}: {percent} % read, {rows} rows so far");
    })
}

/// The same of photos that other plugins decode from now on.
pub(super) fn log_render_progress() -> impl FnMut(ImportProgress) + Send + 'static {
    throttle_progress(|ImportProgress { bytes, size, .. }| {
        tracing::info!("the plugins changed: {bytes} of {size} photos are developed anew");
    })
}

fn throttle_progress(
    mut on_progress: impl FnMut(ImportProgress) + Send + 'static,
) -> impl FnMut(ImportProgress) + Send + 'static {
    let mut last = Instant::now();
    move |progress| {
        if last.elapsed() >= LOG_INTERVAL {
            last = Instant::now();
            on_progress(progress);
        }
    }
}
