//! `rikaste release diff`: what changed between two releases.

use std::path::Path;
use std::process::ExitCode;

use rikaste_contract::{ComparedKind, ProductChange, ProductDiff, ReleaseDiff, ValueDiff};

use super::api_client::ApiClient;

pub(super) fn print_changes(
    shop: &Path,
    [since, release]: [u64; 2],
    json: bool,
) -> anyhow::Result<ExitCode> {
    let (client, _) = ApiClient::open_shop(shop)?;
    let mut after = None;
    let mut count = 0;
    loop {
        let mut path = format!("/v1/releases/{release}/changes?since={since}&limit=200");
        if let Some(after) = after {
            path.push_str(&format!("&after={after}"));
        }
        let page: ReleaseDiff = client.get_json(&path)?;
        count += page.products.len();
        for product in &page.products {
            match json {
                true => say!("{}", serde_json::to_string(product)?),
                false => super::say_text(&format_product(product)),
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    if count == 0 && !json {
        say!("The data of no product changed from release {since} to release {release}.");
    }
    Ok(ExitCode::SUCCESS)
}

fn format_product(product: &ProductDiff) -> String {
    let ProductDiff { sku, name, change, values, more_values } = product;
    let change = match change {
        ProductChange::Added => ", new",
        ProductChange::Removed => ", gone",
        ProductChange::Changed => "",
    };
    let mut text = format!("{sku} {}{change}\n", name.as_deref().unwrap_or_default());
    for value in values {
        text.push_str(&format!("  {}\n", format_value(value)));
    }
    if *more_values > 0 {
        text.push_str(&format!("  … and {more_values} more\n"));
    }
    text
}

fn format_value(value: &ValueDiff) -> String {
    let kind = match value.kind {
        ComparedKind::Value => "",
        ComparedKind::Price => "price ",
        ComparedKind::Stock => "stock ",
        ComparedKind::Links => "links ",
        ComparedKind::Photos => "photos",
        ComparedKind::Reviews => "reviews",
        ComparedKind::Model => "model",
    };
    let window = value.window.as_ref().map(|window| {
        let bound = |bound: &Option<rikaste_contract::TimeText>| {
            bound.as_ref().map_or("…", |bound| &bound.0).to_owned()
        };
        format!("{} – {}", bound(&window.from), bound(&window.until))
    });
    let place = [&value.locale, &value.channel, &window];
    let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
    let place = if place.is_empty() { String::new() } else { format!(" [{}]", place.join(", ")) };
    let side = |text: &Option<String>| match text {
        Some(text) => text.replace('\n', " "),
        None => "(none)".to_owned(),
    };
    let origin = value.origin.as_ref().map(|origin| format!("   ({})", origin.text()));
    let (old, new) = (side(&value.old), side(&value.new));
    format!("{kind}{}{place}: {old} → {new}{}", value.code, origin.unwrap_or_default())
}
