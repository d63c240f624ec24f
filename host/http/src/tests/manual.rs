//! The documentation: every page of the manual is served, every link leads somewhere, and what the text shows
//! as an example is one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use pulldown_cmark::{Event, Tag};
use rikaste_model::code::Gtin;

use super::{AccessTokens, Fixture};
use crate::manual::{heading_anchors, parse_markdown, read_sources};

mod blocks;
mod documents;
mod examples;
mod keys;
mod records;
mod served_keys;
mod shop;

/// The repository's folder.
fn root() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    path.canonicalize().expect("the crate lies two folders deep in the repository")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The Markdown files of a folder of the repository, without those below it.
fn markdown_in(folder: &str) -> Vec<PathBuf> {
    let folder = root().join(folder);
    let entries = std::fs::read_dir(&folder).expect("a folder of the repository");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

fn manual_files() -> Vec<PathBuf> {
    markdown_in("host/manual")
}

/// All that is written for people who use Rikaste or work on it.
fn documentation() -> Vec<PathBuf> {
    let guide = root().join("plugin-sdk/GUIDE.md");
    let folders = ["", ".github", ".github/ISSUE_TEMPLATE"].into_iter().flat_map(markdown_in);
    manual_files().into_iter().chain(folders).chain([guide]).collect()
}

/// The addresses that links and sources of a page name.
fn served_links(html: &str) -> Vec<&str> {
    let after = ["href=\"", "src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    after.filter_map(|rest| rest.split_once('"')).map(|(link, _)| link).collect()
}

#[tokio::test]
async fn every_page_is_served_and_its_links_lead_to_pages_and_headings() {
    let shop = Fixture::filled(AccessTokens::new(["kuusi"]));
    let mut pages = BTreeMap::new();
    for name in read_sources().into_keys() {
        let address = if name.is_empty() { "/docs".to_owned() } else { format!("/docs/{name}") };
        let answer = shop.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        let tag = answer.header("etag").to_owned();
        let again = shop.get_with(&address, &[("If-None-Match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{address}");
        pages.insert(address, answer.text());
    }
    for (address, html) in &pages {
        assert!(html.contains("<h1 id=\""), "{address} has no title");
        assert!(!html.contains("<script"), "{address} has a script");
        assert_eq!(html.matches("aria-current").count(), 1, "{address} is not in the navigation");
        for link in served_links(html).into_iter().filter(|link| !link.contains("://")) {
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let page = if page.is_empty() { address } else { page };
            let Some(target) = pages.get(page) else {
                assert_eq!(shop.get(page).await.status, StatusCode::OK, "{address}: {link}");
                continue;
            };
            let id = format!("id=\"{anchor}\"");
            assert!(anchor.is_empty() || target.contains(&id), "{address}: {link}");
        }
    }
    let missing = shop.get("/docs/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.header("content-type"), "application/problem+json");
}

#[test]
fn every_relative_link_of_the_documentation_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for path in documentation() {
        let text = read(&path);
        for (event, _) in parse_markdown(&text) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
            else {
                continue;
            };
            if dest_url.contains("://") || dest_url.starts_with("mailto:") {
                continue;
            }
            // Forges have pages of their own beside the files, such as the form for reports.
            if dest_url.starts_with("../../../security/") {
                continue;
            }
            let (file, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let target = match file {
                "" => path.clone(),
                _ => path.parent().expect("a folder").join(file),
            };
            let is_there = match anchor {
                "" => target.exists(),
                _ => {
                    let text = std::fs::read_to_string(&target).unwrap_or_default();
                    heading_anchors(&text).iter().any(|known| known == anchor)
                }
            };
            if !is_there {
                broken.push(format!("{}: {dest_url}", path.display()));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn every_page_of_the_manual_is_in_its_table_of_contents() {
    let start = read(&root().join("host/manual/README.md"));
    let linked: BTreeSet<_> = parse_markdown(&start)
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect();
    for path in manual_files() {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        assert!(name == "README.md" || linked.contains(&name), "{name} is not linked to");
    }
}

#[test]
fn the_manual_has_every_preset() {
    let folder = root().join("host/import/src/columns/presets");
    let entries = std::fs::read_dir(&folder).expect("the folder of presets");
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let presets: BTreeSet<_> =
        entries.filter_map(|entry| stem(entry.expect("an entry").path())).collect();
    let page = read(&root().join("host/manual/presets.md"));
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let listed: BTreeSet<_> = cells
        .flat_map(|cell| cell.split(['`', ',', ' ']).filter(|name| !name.is_empty()))
        .collect();
    assert_eq!(listed, presets.iter().map(String::as_str).collect());
}

#[test]
fn the_manual_has_every_message_about_photos() {
    let words = read(&root().join("catalog/model/words/en.ftl"));
    let names = words.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let about_photos = |name: &&str| {
        let first = name.split_once('-').map_or(*name, |(first, _)| first);
        // Remarks of a plugin have codes of their own.
        matches!(first, "photo" | "photos" | "picture" | "pictures") && *name != "photo-remark"
    };
    let known: BTreeSet<_> = names.filter(about_photos).collect();
    let page = read(&root().join("host/manual/photos.md"));
    let (_, section) = page.split_once("## What receipts say").expect("a section");
    let (section, _) = section.split_once("\n## ").expect("another section");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    assert_eq!(rows.map(|(code, _)| code).collect::<BTreeSet<_>>(), known);
}

/// These are where a stranger looks first.
#[test]
fn every_path_for_newcomers_is_there() {
    for name in ["ARCHITECTURE.md", "host/manual/internals.md", "host/manual/contributing-tasks.md"]
    {
        let text = read(&root().join(name));
        for path in text.split('`').skip(1).step_by(2) {
            let is_path = ["host/", "catalog/", "plugins/", "tests/", "wit/"]
                .iter()
                .any(|folder| path.starts_with(folder));
            if is_path && !path.contains('*') {
                assert!(root().join(path).exists(), "{name}: {path}");
            }
        }
    }
}

#[test]
fn every_gtin_has_the_right_check_digit() {
    for path in documentation() {
        let text = read(&path);
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            if is_number && (12..=14).contains(&word.len()) {
                assert!(Gtin::new(word).is_ok(), "{}: {word}", path.display());
            }
        }
    }
}

#[test]
fn lines_are_short_and_name_no_machine() {
    let documentation = documentation();
    let own = documentation.iter().filter(|path| !path.ends_with("plugin-sdk/GUIDE.md"));
    for path in own {
        for (number, line) in (1..).zip(read(path).lines()) {
            let length = line.chars().count();
            assert!(length <= 120, "{}:{number} has {length} characters", path.display());
            assert!(!line.contains("/home/"), "{}:{number}", path.display());
        }
    }
}
