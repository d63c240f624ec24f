//! `rikaste drop`: files that wait for an answer.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::shop::Shop;
use rikaste_store::{Reader, Store};

use super::shop_in;
use crate::approval::Approval;
use crate::open::{OpenShop, is_running};
use crate::run;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_receipts::Manner;

/// How long a running shop is waited for; what it does after that, its receipts say.
const PATIENCE: Duration = Duration::from_secs(120);

pub(super) fn list(shop: &Path) -> anyhow::Result<ExitCode> {
    let (folder, reader) = look(shop)?;
    let zone = Shop::load(folder.root())?.zone;
    let held = reader.held()?;
    if held.is_empty() {
        say!("No file waits for an answer.");
    }
    for receipt in held {
        let question = receipt.question.unwrap_or_default();
        let at = receipt.at.to_text(&zone);
        say!("{}  {at}  {} of {} products would go", receipt.file, question.gone, question.of);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn approve(shop: &Path, file: &str) -> anyhow::Result<ExitCode> {
    let (folder, reader) = look(shop)?;
    let held = find(&reader, file)?;
    let path = folder.inbox().join(&held.file);
    if rikaste_store::asset_folder::hash_file(&path).ok().map(|(hash, _)| hash) != Some(held.hash) {
        bail!(
            "{} is not in the inbox any more as it was when it was held; drop the file again",
            held.file
        );
    }
    let approval = Approval::of(&held);
    approval.leave(&folder).context("the approval cannot be written")?;
    let done = match is_running(&folder) {
        true => wait(&reader, &held)?,
        false => {
            let mut open = OpenShop::open(folder.root(), |_| ())?;
            run::take_approved(&mut open.line, &open.folder)?.pop()
        }
    };
    let Some(receipt) = done else {
        say!(
            "Approved; the running shop has not taken it in yet. Its receipt will be receipts/{}.html.",
            held.file
        );
        return Ok(ExitCode::SUCCESS);
    };
    let shop = Shop::load(folder.root())?;
    super::say_text(&rikaste_receipts::text(&receipt, Manner::of(&shop)));
    let refused = matches!(receipt.outcome, DropOutcome::Rejected | DropOutcome::Held);
    Ok(if refused { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

fn look(shop: &Path) -> anyhow::Result<(ShopFolder, Reader)> {
    let folder = ShopFolder::new(shop_in(shop)?);
    let reader = Store::open(&folder.state())?.reader()?;
    Ok((folder, reader))
}

/// The held drop of this name: `products/range.csv`, `range.csv` or a path to it.
fn find(reader: &Reader, file: &str) -> anyhow::Result<Receipt> {
    let held = reader.held()?;
    let typed = Path::new(file);
    let fits = |receipt: &&Receipt| {
        typed.ends_with(&receipt.file) || Path::new(&receipt.file).ends_with(typed)
    };
    if let Some(found) = held.iter().find(fits) {
        return Ok(found.clone());
    }
    let names: Vec<&str> = held.iter().map(|receipt| receipt.file.as_str()).collect();
    match names.as_slice() {
        [] => bail!("{file} does not wait for an answer, and no other file does"),
        names => bail!("{file} does not wait for an answer; {} does", names.join(", ")),
    }
}

/// Waits until a running shop took the file in.
fn wait(reader: &Reader, held: &Receipt) -> anyhow::Result<Option<Receipt>> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        let last = reader.last_drop(held.kind, &held.file)?;
        if let Some(later) = last.filter(|last| last.id > held.drop.0) {
            return Ok(reader.receipt(later.id)?);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(None)
}
