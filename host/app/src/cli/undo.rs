//! `rikaste release rollback` and `rikaste drop undo`: told first, then asked, then done, by the running shop or here.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use rikaste_contract::{UndoPreview, UndoneChannel, UndoneDrop};
use rikaste_model::moment::Moment;
use rikaste_model::release::{Release, ReleaseCause, ReleaseNumber};
use rikaste_model::shop_folder::ShopFolder;
use rikaste_model::shop_request::{ShopRequest, UndoTarget};
use rikaste_pipeline::UndoOutcome;

use super::{absolute_shop_folder, poll_until};
use crate::open::{OpenShop, ReadOnlyShop, is_running};
use crate::request_folder::StoredRequest;
use crate::run::report_undo;
use crate::undo_preview::build_undo_preview;

/// How long a running shop is waited for.
const UNDO_TIMEOUT: Duration = Duration::from_secs(600);

/// Undoes something. `yes` answers the question beforehand.
pub(super) fn undo(shop: &Path, target: UndoTarget, yes: bool) -> anyhow::Result<ExitCode> {
    let folder = ShopFolder::new(absolute_shop_folder(shop)?);
    let release = match is_running(&folder) {
        true => undo_in_running_shop(&folder, target, yes)?,
        false => undo_here(&folder, target, yes)?,
    };
    let Some(release) = release else {
        say!("Nothing was changed.");
        return Ok(ExitCode::FAILURE);
    };
    match target {
        UndoTarget::Release(to) => say!("Release {} is what release {to} was.", release.number),
        UndoTarget::Drop(drop) => say!("Release {} is without drop {drop}.", release.number),
    }
    Ok(ExitCode::SUCCESS)
}

fn undo_in_running_shop(
    folder: &ShopFolder,
    target: UndoTarget,
    yes: bool,
) -> anyhow::Result<Option<Release>> {
    let open = ReadOnlyShop::open_folder(folder.root())?;
    let reader = open.store.open_reader()?;
    let preview = reader.read_in_snapshot(|reader| {
        build_undo_preview(folder, reader, &open.configuration, target).map_err(AskError)
    });
    let preview = preview.map_err(|AskError(error)| anyhow::anyhow!("{error}"))?;
    if !confirm_undo(&preview, yes)? {
        return Ok(None);
    }
    let seen = ReleaseNumber(preview.release);
    let request = StoredRequest::write_to_folder(&ShopRequest::Undo { target, seen }, folder);
    let request = request.context("the request cannot be written")?;
    let is_done = poll_until(UNDO_TIMEOUT, || Ok((!request.is_waiting()).then_some(())))?;
    if is_done.is_none() {
        bail!("the running shop has not done it yet; its log says what it does");
    }
    let releases = reader.list_releases(20)?.into_iter();
    let done = releases
        .take_while(|release| release.number > seen)
        .find(|release| is_cause_of(&release.cause, target));
    done.map(Some).context("the running shop undid nothing; its log says why")
}

fn is_cause_of(cause: &ReleaseCause, target: UndoTarget) -> bool {
    match (cause, target) {
        (ReleaseCause::Rollback { to }, UndoTarget::Release(wanted)) => *to == wanted,
        (ReleaseCause::Undo { drop, .. }, UndoTarget::Drop(wanted)) => *drop == wanted,
        _ => false,
    }
}

fn undo_here(
    folder: &ShopFolder,
    target: UndoTarget,
    yes: bool,
) -> anyhow::Result<Option<Release>> {
    let mut open = OpenShop::open_folder(folder.root(), |_| ())?;
    let configuration = open.pipeline.configuration();
    let preview = build_undo_preview(folder, open.pipeline.reader(), &configuration, target);
    let preview = preview.map_err(|error| anyhow::anyhow!("{error}"))?;
    if !confirm_undo(&preview, yes)? {
        return Ok(None);
    }
    let seen = ReleaseNumber(preview.release);
    let outcome = open.pipeline.undo(target, seen, folder, Moment::now())?;
    report_undo(&open.pipeline, folder, &outcome);
    match outcome {
        UndoOutcome::Released { release, .. } => Ok(Some(release)),
        UndoOutcome::Refused(refusal) => bail!("{}", refusal.reason),
    }
}

/// Says what it comes to, and asks.
fn confirm_undo(preview: &UndoPreview, yes: bool) -> anyhow::Result<bool> {
    if let Some(refusal) = &preview.refusal {
        match refusal.roll_back_to {
            Some(to) => {
                bail!("{}. `rikaste release rollback {to}` goes back to before it", refusal.reason)
            }
            None => bail!("{}", refusal.reason),
        }
    }
    super::say_text(&format_preview(preview));
    if yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        bail!("nothing was changed: say --yes where nobody can answer");
    }
    let mut errors = std::io::stderr();
    write!(errors, "Do it? [y/N] ")?;
    errors.flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn format_preview(preview: &UndoPreview) -> String {
    let mut text = String::new();
    let mut line = |line: String| text.push_str(&format!("{line}\n"));
    if let Some(to) = preview.to {
        line(format!("Back to release {to}, from release {}:", preview.release));
    }
    if let Some(UndoneDrop { id, file, at, .. }) = &preview.undone {
        line(format!("Without drop {id}, {file}, read {}:", at.0));
    }
    line(format!("  products that get other data: {}", preview.products));
    for UndoneChannel { channel, changed, added, removed, .. } in &preview.channels {
        line(format!("  {channel}: {changed} change, {added} come, {removed} go"));
    }
    if preview.kept > 0 {
        let kept = preview.kept;
        line(format!(
            "  values that stay, because later files say the same or something else: {kept}"
        ));
    }
    if !preview.along.is_empty() {
        line("Files that are taken back:".to_owned());
    }
    for UndoneDrop { id, file, at, release } in &preview.along {
        let release = release.map(|release| format!(", release {release}")).unwrap_or_default();
        line(format!("  {}  {file} (drop {id}{release})", at.0));
    }
    if preview.more_along > 0 {
        line(format!("  … and {} more", preview.more_along));
    }
    if preview.photo_drops > 0 {
        line(format!(
            "Photos stay as they are: {} drops of photos came since.",
            preview.photo_drops
        ));
    }
    text
}

/// An error of the preview, through the store's snapshot.
struct AskError(rikaste_http::PreviewError);

impl From<rikaste_store::StoreError> for AskError {
    fn from(error: rikaste_store::StoreError) -> Self {
        Self(error.into())
    }
}
