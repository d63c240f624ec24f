//! `rikaste import`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use rikaste_model::moment::Moment;
use rikaste_model::receipt::DropOutcome;
use rikaste_model::record::DropKind;

use super::{ImportArgs, shop_in};
use crate::open::OpenShop;
use crate::run;
use rikaste_pipeline::Drop;

pub(super) fn import(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let mut open = OpenShop::open(&shop_in(&args.shop)?, |_| ())?;
    open.notes.iter().for_each(|note| tracing::warn!("{note}"));
    let mut code = ExitCode::SUCCESS;
    for drop in drops(args)? {
        let bar = bar(&drop);
        let moved = bar.clone();
        open.line.on_progress(move |progress| {
            moved.set_length(progress.size);
            moved.set_position(progress.bytes);
            moved.set_message(format!("{} rows", progress.rows));
        });
        let receipt = if args.dry_run {
            open.line.take(&drop, Moment::now(), true)?
        } else {
            run::take(&mut open.line, &open.folder, &drop)?
        };
        bar.finish_and_clear();
        let shop = open.line.shop();
        let manner = rikaste_receipts::Manner::of(&shop);
        if args.json {
            say!("{}", rikaste_receipts::json(&receipt, manner));
        } else {
            if args.dry_run {
                say!("Only looked at; nothing was changed.");
            }
            super::say_text(&rikaste_receipts::text(&receipt, manner));
        }
        if matches!(receipt.outcome, DropOutcome::Rejected | DropOutcome::Held) {
            code = ExitCode::from(3);
        }
    }
    Ok(code)
}

/// The files as drops: photos together, every other file by itself.
fn drops(args: &ImportArgs) -> anyhow::Result<Vec<Drop>> {
    let mut drops: Vec<Drop> = Vec::new();
    for file in &args.files {
        let path = std::path::absolute(file).unwrap_or_else(|_| file.clone());
        std::fs::metadata(&path).with_context(|| format!("{} cannot be read", file.display()))?;
        let kind = args.kind.unwrap_or_else(|| kind_of(&path));
        match drops.iter_mut().find(|drop| kind == DropKind::Images && drop.kind == kind) {
            Some(photos) => photos.paths.push(path),
            None => drops.push(one(kind, path)?),
        }
    }
    Ok(drops)
}

fn one(kind: DropKind, path: PathBuf) -> anyhow::Result<Drop> {
    let shown = path.display().to_string();
    Drop::of_file(kind, path).with_context(|| format!("the name of {shown} is not text; rename it"))
}

pub(super) fn kind_of(path: &Path) -> DropKind {
    let folder = path.parent().and_then(|parent| parent.file_name()).and_then(|name| name.to_str());
    folder.and_then(DropKind::of_folder).unwrap_or(DropKind::Products)
}

/// Shown on a terminal only.
fn bar(drop: &Drop) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {bar:30} {percent:>3} %  {msg}  {eta} left")
        .expect("the template is written as it should be");
    ProgressBar::new(0).with_style(style).with_prefix(drop.file.clone())
}
