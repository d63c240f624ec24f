//! `rikaste import`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use rikaste_model::moment::Moment;
use rikaste_model::receipt::DropOutcome;
use rikaste_model::record::DropKind;

use super::{ImportArgs, absolute_shop_folder};
use crate::open::OpenShop;
use crate::run;
use rikaste_pipeline::{InboxDrop, PhotoFile};

pub(super) fn import_files(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let mut open = OpenShop::open_folder(&absolute_shop_folder(&args.shop)?, |_| ())?;
    open.operator_notices.iter().for_each(|note| tracing::warn!("{note}"));
    let mut code = ExitCode::SUCCESS;
    for drop in group_into_drops(args, &open.folder.inbox_folder())? {
        let bar = new_progress_bar(&drop);
        let moved = bar.clone();
        open.pipeline.on_progress(move |progress| {
            moved.set_length(progress.size);
            moved.set_position(progress.bytes);
            moved.set_message(format!("{} rows", progress.rows));
        });
        let receipt = if args.dry_run {
            open.pipeline.import_drop(&drop, Moment::now(), true)?
        } else {
            run::import_arrived_drop(&mut open.pipeline, &open.folder, &drop)?
        };
        bar.finish_and_clear();
        let shop = open.pipeline.shop();
        let manner = rikaste_receipts::ReceiptLocale::from_shop(&shop);
        if args.json {
            say!("{}", rikaste_receipts::render_json(&receipt, manner));
        } else {
            if args.dry_run {
                say!("Only looked at; nothing was changed.");
            }
            super::say_text(&rikaste_receipts::render_text(&receipt, manner));
        }
        if matches!(receipt.outcome, DropOutcome::Rejected | DropOutcome::Held) {
            code = ExitCode::from(3);
        }
    }
    Ok(code)
}

/// The files as drops: photos together, every other file by itself.
fn group_into_drops(args: &ImportArgs, inbox: &Path) -> anyhow::Result<Vec<InboxDrop>> {
    let mut drops: Vec<InboxDrop> = Vec::new();
    for file in &args.files {
        let path = std::path::absolute(file).unwrap_or_else(|_| file.clone());
        std::fs::metadata(&path).with_context(|| format!("{} cannot be read", file.display()))?;
        match new_file_drop(args.kind, path, inbox)? {
            InboxDrop::Photos(mut new) => match drops.iter_mut().find_map(photos_of) {
                Some(photos) => photos.append(&mut new),
                None => drops.push(InboxDrop::Photos(new)),
            },
            drop => drops.push(drop),
        }
    }
    Ok(drops)
}

fn photos_of(drop: &mut InboxDrop) -> Option<&mut Vec<PhotoFile>> {
    match drop {
        InboxDrop::Photos(photos) => Some(photos),
        _ => None,
    }
}

/// A file of the inbox is called as the running shop calls it.
fn new_file_drop(kind: Option<DropKind>, path: PathBuf, inbox: &Path) -> anyhow::Result<InboxDrop> {
    let inside = path.strip_prefix(inbox).ok().and_then(Path::to_str).filter(|_| kind.is_none());
    if let Some(drop) = inside.and_then(|file| InboxDrop::from_inbox(inbox, file)) {
        return Ok(drop);
    }
    let shown = path.display().to_string();
    InboxDrop::from_file(kind.unwrap_or_else(|| drop_kind_of(&path)), path)
        .with_context(|| format!("the name of {shown} is not text; rename it"))
}

pub(super) fn drop_kind_of(path: &Path) -> DropKind {
    let folder = path.parent().and_then(|parent| parent.file_name()).and_then(|name| name.to_str());
    folder.and_then(DropKind::from_folder).unwrap_or(DropKind::Products)
}

/// Shown on a terminal only.
fn new_progress_bar(drop: &InboxDrop) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {bar:30} {percent:>3} %  {msg}  {eta} left")
        .expect("the template is written as it should be");
    ProgressBar::new(0).with_style(style).with_prefix(drop.receipt_name())
}
