//! The manual at `/docs`: the Markdown of `host/manual`, and the guide for authors of plugins, as pages.
//!
//! The same files are read on the forge. So a page links to another by its file (`photos.md#names`), and the
//! anchors of headings are formed as forges form them. The list in `README.md` is the navigation.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, ETAG, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use include_dir::{Dir, include_dir};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::etag::{match_etag, new_etag};
use super::headers::{not_modified, typed_response};
use super::links;
use super::openapi::{ManualPagePath, NotModified, ParameterProblems, UnknownFile};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ApiState;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../manual");
/// The guide lies with the SDK, because authors read it there.
const GUIDE: &str = include_str!("../../../plugin-sdk/GUIDE.md");
const GUIDE_NAME: &str = "plugin-guide";
const GUIDE_FILE: &str = "../../plugin-sdk/GUIDE.md";
const START_FILE: &str = "README.md";
/// What `/docs` is among the pages.
const START_NAME: &str = "";

/// Pages have a style sheet and an icon, and no scripts.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

static MANUAL: LazyLock<BTreeMap<String, ManualPage>> = LazyLock::new(render_manual);

/// A page as readers get it where there is no base path.
struct ManualPage {
    html: String,
    tag: HeaderValue,
}

/// The first page of the manual.
#[utoipa::path(
    get,
    path = "/docs",
    tag = "pages",
    operation_id = "manual",
    summary = "The first page of the manual",
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html", headers(("ETag"))),
        NotModified,
        ParameterProblems,
    ),
    security(())
)]
pub(super) async fn get_manual_start(
    State(app): State<Arc<ApiState>>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    serve_page(&app, START_NAME, &headers)
}

/// Any other page, by the name of its file without the ending.
#[utoipa::path(
    get,
    path = "/docs/{page}",
    tag = "pages",
    operation_id = "manualPage",
    summary = "A page of the manual",
    params(ManualPagePath),
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html", headers(("ETag"))),
        NotModified,
        ParameterProblems,
        UnknownFile,
    ),
    security(())
)]
pub(super) async fn get_manual_page(
    State(app): State<Arc<ApiState>>,
    Path(name): Path<String>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    serve_page(&app, &name, &headers)
}

fn serve_page(app: &ApiState, name: &str, headers: &HeaderMap) -> Result<Response, ApiProblem> {
    let page = MANUAL.get(name).ok_or_else(|| {
        ApiProblem::new(ProblemKind::UnknownAddress, "The manual has no such page; begin at /docs.")
    })?;
    let mut response = match match_etag(headers, &page.tag) {
        Some(known) => not_modified(known),
        None => {
            let base = app.configuration.shop.web.base_path();
            let html = links::rebase_addresses(&page.html, base);
            typed_response("text/html; charset=utf-8", html)
        }
    };
    let fields = response.headers_mut();
    fields.entry(ETAG).or_insert_with(|| page.tag.clone());
    fields.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    fields.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    Ok(response)
}

/// The Markdown of every page, by the name in its address.
pub(super) fn read_sources() -> BTreeMap<String, &'static str> {
    let of_folder = FILES.files().filter_map(|file| {
        let name = page_name(file.path().to_str()?)?;
        Some((name.to_owned(), file.contents_utf8()?))
    });
    of_folder.chain([(GUIDE_NAME.to_owned(), GUIDE)]).collect()
}

fn render_manual() -> BTreeMap<String, ManualPage> {
    let sources = read_sources();
    let navigation = read_navigation(sources[START_NAME]);
    let render = |(name, markdown): (String, &str)| {
        let html = render_page(&name, markdown, &navigation);
        let tag = new_etag(&blake3::hash(html.as_bytes()).to_hex()[..32]);
        (name, ManualPage { html, tag })
    };
    sources.into_iter().map(render).collect()
}

/// The name in the address of the page that a file is, as links in `host/manual` name it.
fn page_name(file: &str) -> Option<&str> {
    match file {
        START_FILE => Some(START_NAME),
        GUIDE_FILE => Some(GUIDE_NAME),
        _ => file.strip_suffix(".md").filter(|name| !name.contains('/')),
    }
}

/// Names and titles of the pages, in the order in which the first page links to them.
fn read_navigation(start: &str) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = Vec::new();
    let mut open: Option<(String, String)> = None;
    for event in parse_markdown(start).map(|(event, _)| event) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = page_name(&dest_url).map(|name| (name.to_owned(), String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(&text);
                }
            }
            Event::End(TagEnd::Link) => {
                let new =
                    open.take().filter(|(name, _)| pages.iter().all(|(known, _)| known != name));
                pages.extend(new);
            }
            _ => {}
        }
    }
    pages
}

/// Markdown as pages and tests read it.
pub(super) fn parse_markdown(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter()
}

/// The anchors of a page's headings, in order, as GitHub and Forgejo form them.
pub(super) fn heading_anchors(markdown: &str) -> Vec<String> {
    let mut anchors = AnchorSet::default();
    let (mut found, mut open) = (Vec::new(), None::<String>);
    for (event, _) in parse_markdown(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                found.extend(open.take().map(|title| anchors.add_heading(&title)));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(title) = &mut open {
                    title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// Anchors that a page has so far; one that stands again gets a number.
#[derive(Default)]
struct AnchorSet(HashMap<String, usize>);

impl AnchorSet {
    fn add_heading(&mut self, title: &str) -> String {
        let kept = title.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        let anchor = kept.collect::<String>().to_lowercase().replace(' ', "-");
        let count = self.0.entry(anchor.clone()).and_modify(|count| *count += 1).or_insert(0);
        match count {
            0 => anchor,
            count => format!("{anchor}-{count}"),
        }
    }
}

/// A link as `/docs` has it. Nothing where it leads to a file that the program does not serve.
fn served_link(link: &str) -> Option<String> {
    if link.starts_with('#') || link.contains("://") {
        return Some(link.to_owned());
    }
    let (file, anchor) = link.split_once('#').map_or((link, ""), |(file, anchor)| (file, anchor));
    let name = page_name(file)?;
    let slash = if name.is_empty() { "" } else { "/" };
    let hash = if anchor.is_empty() { "" } else { "#" };
    Some(format!("/docs{slash}{name}{hash}{anchor}"))
}

/// The events of a page, with anchors on headings and links for `/docs`.
fn served_events(markdown: &str) -> (String, Vec<Event<'_>>) {
    let mut anchors = heading_anchors(markdown).into_iter();
    let mut title = String::new();
    let (mut in_title, mut unserved) = (false, false);
    let mut events = Vec::new();
    for (event, _) in parse_markdown(markdown) {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                in_title = title.is_empty();
                let id = anchors.next().map(CowStr::from);
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                in_title = false;
                events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                match served_link(&dest_url).map(CowStr::from) {
                    Some(dest_url) => {
                        events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                    }
                    None => unserved = true,
                }
            }
            Event::End(TagEnd::Link) if unserved => unserved = false,
            // A wide table scrolls by itself, with the keyboard as well.
            Event::Start(Tag::Table(columns)) => {
                events.push(Event::Html("<div class=\"scroll\" tabindex=\"0\">".into()));
                events.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>".into()));
            }
            Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
            other => {
                if let (true, Event::Text(text) | Event::Code(text)) = (in_title, &other) {
                    title.push_str(text);
                }
                events.push(other);
            }
        }
    }
    (title, events)
}

fn render_page(name: &str, markdown: &str, navigation: &[(String, String)]) -> String {
    let (title, events) = served_events(markdown);
    let mut body = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut body, events.into_iter());
    let title = escape_html(&title);
    let navigation = render_navigation(name, navigation);
    format!(
        r##"<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>{title} · Rikaste</title>
  <link rel="icon" href="/pages/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/pages/style.css">
  <link rel="stylesheet" href="/pages/manual.css">
</head>
<body class="spoken manual">
  <a class="skip" href="#content">Skip to the text</a>
  <header class="top"><a class="top-name" href="/"><img src="/pages/favicon.svg" alt="" width="28" height="28"> Rikaste</a></header>
  <div class="manual-columns">
    <nav class="manual-pages" aria-label="Manual"><ul>{navigation}</ul></nav>
    <main id="content" tabindex="-1">
{body}    </main>
  </div>
  <footer class="bottom"><p><a href="/openapi.json">OpenAPI</a></p></footer>
</body>
</html>
"##
    )
}

fn render_navigation(shown: &str, pages: &[(String, String)]) -> String {
    let start = [(START_NAME.to_owned(), "Manual".to_owned())];
    let entry = |(name, title): &(String, String)| {
        let slash = if name.is_empty() { "" } else { "/" };
        let current = if name == shown { " aria-current=\"page\"" } else { "" };
        format!("<li><a href=\"/docs{slash}{name}\"{current}>{}</a></li>", escape_html(title))
    };
    start.iter().chain(pages).map(entry).collect()
}

fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    html::push_html(&mut escaped, std::iter::once(Event::Text(text.into())));
    escaped
}
