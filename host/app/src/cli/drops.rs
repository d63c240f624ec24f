//! `rikaste drop`: files that wait for an answer.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use rikaste_model::receipt::{DropOutcome, Receipt};
use rikaste_model::shop::Shop;
use rikaste_model::shop_request::ShopRequest;
use rikaste_store::{Store, StoreReader};

use super::{absolute_shop_folder, poll_until};
use crate::open::{OpenShop, is_running};
use crate::request_folder::StoredRequest;
use crate::run;
use rikaste_model::shop_folder::ShopFolder;
use rikaste_receipts::ReceiptLocale;

/// How long a running shop is waited for; what it does after that, its receipts say.
const RECEIPT_TIMEOUT: Duration = Duration::from_secs(120);

pub(super) fn list_awaiting_approval(shop: &Path) -> anyhow::Result<ExitCode> {
    let (folder, reader) = open_reader(shop)?;
    let zone = Shop::load_from_folder(folder.root())?.zone;
    let held = reader.list_awaiting_approval()?;
    if held.is_empty() {
        say!("No file waits for an answer.");
    }
    for receipt in held {
        let at = receipt.at.to_text(&zone);
        let question = receipt.question.as_ref().map(|asked| asked.summary().to_string());
        let question = question.unwrap_or_default();
        say!("{}  {at}  {question}", receipt.file);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn approve_drop(shop: &Path, file: &str) -> anyhow::Result<ExitCode> {
    let (folder, reader) = open_reader(shop)?;
    let held = find_awaiting_approval(&reader, file)?;
    let path = folder.inbox_folder().join(&held.file);
    let hash = rikaste_store::asset_folder::hash_file(&path).ok().map(|(hash, _)| hash);
    let approval = ShopRequest::approve(&held).filter(|_| hash == held.hash);
    let Some(approval) = approval else {
        bail!(
            "{} is not in the inbox any more as it was when it was held; drop the file again",
            held.file
        );
    };
    let written = StoredRequest::write_to_folder(&approval, &folder);
    written.context("the approval cannot be written")?;
    let done = match is_running(&folder) {
        true => wait_for_receipt(&reader, &held)?,
        false => {
            let mut open = OpenShop::open_folder(folder.root(), |_| ())?;
            run::perform_requests(&mut open.pipeline, &open.folder)?.pop()
        }
    };
    let Some(receipt) = done else {
        say!(
            "Approved; the running shop has not taken it in yet. Its receipt will be receipts/{}.html.",
            held.file
        );
        return Ok(ExitCode::SUCCESS);
    };
    let shop = Shop::load_from_folder(folder.root())?;
    super::say_text(&rikaste_receipts::render_text(&receipt, ReceiptLocale::from_shop(&shop)));
    let refused = matches!(receipt.outcome, DropOutcome::Rejected | DropOutcome::Held);
    Ok(if refused { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

pub(super) fn refuse_drop(shop: &Path, file: &str) -> anyhow::Result<ExitCode> {
    let (folder, reader) = open_reader(shop)?;
    let held = find_awaiting_approval(&reader, file)?;
    let refusal = ShopRequest::refuse(&held).context("photos are never held")?;
    let written = StoredRequest::write_to_folder(&refusal, &folder);
    written.context("the refusal cannot be written")?;
    if !is_running(&folder) {
        let mut open = OpenShop::open_folder(folder.root(), |_| ())?;
        run::perform_requests(&mut open.pipeline, &open.folder)?;
    }
    let refused = poll_until(RECEIPT_TIMEOUT, || {
        let receipt = reader.load_receipt(held.drop)?;
        Ok(receipt.filter(|receipt| receipt.outcome == DropOutcome::Refused))
    })?;
    match refused {
        Some(_) => say!("{} is refused: nothing of it is taken.", held.file),
        None => say!("Refused; the running shop has not noted it yet."),
    }
    Ok(ExitCode::SUCCESS)
}

fn open_reader(shop: &Path) -> anyhow::Result<(ShopFolder, StoreReader)> {
    let folder = ShopFolder::new(absolute_shop_folder(shop)?);
    let reader = Store::open_or_create(&folder.state_folder())?.open_reader()?;
    Ok((folder, reader))
}

/// The held drop of this name: `products/range.csv`, `range.csv` or a path to it.
fn find_awaiting_approval(reader: &StoreReader, file: &str) -> anyhow::Result<Receipt> {
    let held = reader.list_awaiting_approval()?;
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

/// Waits until a running shop imported the file.
fn wait_for_receipt(reader: &StoreReader, held: &Receipt) -> anyhow::Result<Option<Receipt>> {
    poll_until(RECEIPT_TIMEOUT, || {
        let last = reader.find_last_drop(held.kind, &held.file)?;
        let Some(later) = last.filter(|last| last.id > held.drop) else { return Ok(None) };
        Ok(reader.load_receipt(later.id)?)
    })
}
