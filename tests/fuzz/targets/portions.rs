//! What an importer answers: its portions counted and checked, what stands of them read as rows.
//!
//! Each line is something that it says; its first character tells what: `@` begins an element with
//! this row, `=`, `#` and `*` are a path with a text, a number, texts, parted by tabs; `!`, `?` and `.`
//! are an error, a warning and an information: row, code, message, column, value. `x` makes the text
//! before as many bytes long, `+` repeats the element before, `&` its last leaf under other paths.
//! `-` ends a portion, `~` says that the file cannot be read.
#![no_main]

use std::collections::{HashSet, VecDeque};
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use rikaste_fuzz::{check_explanation, folder, kind, shop, write};
use rikaste_import::{FileError, FileImporter, ImportStream, MappingSet, StreamProgress};
use rikaste_model::code::PluginName;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::record::{DropKind, ImportRecord};
use rikaste_pipeline::decode_answer;
use rikaste_runtime::manifest_types::Severity;
use rikaste_runtime::portion_types::{Content as Given, Element, Leaf, Portion, Remark};
use rikaste_runtime::{ImportedContent, ImportedItem, ImporterError, PortionChecker, limits};

/// Of what is repeated: more than is allowed.
const MOST: usize = 70_000;

const MAPPING: &str = r#"
files = ["m.*"]
kind = "products"
sku = ["id", "sku"]
[where]
store = ["FI", "ALL"]
[columns]
title = "name-fi_FI"
"texts *" = { to = "description-*", strip_html = true }
group = { to = "categories", split = "/", slug = true, values = { "Old" = "sale" } }
shade = { to = "color", case = "lower", default = "moss" }
grams = { to = "weight", unit = "g", decimal = "," }
cents = { to = "price-retail", divide = 100 }
extra = { pairs = { between = ",", within = "=" } }
json = { to = "images", json = "images[].url" }
[[pairs]]
key = "key_*"
value = "value_*"
"#;

type Answer = Result<Portion, String>;

fuzz_target!(|text: &str| {
    let kind = kind(text.as_bytes());
    let mapped = text.len() / 8 % 2 == 1;
    let _ =
        check_explanation(open(text, kind, mapped).and_then(|reading| reading.explain_file(kind)));
    let at_once = read(text, kind, mapped, MOST * 2);
    let one_by_one = read(text, kind, mapped, 1);
    match (at_once, one_by_one) {
        (Ok(all), Ok(each)) => assert!(all == each, "batches matter: {all:?}\n{each:?}"),
        (Err(all), Err(each)) => assert_eq!(all.to_string(), each.to_string()),
        (all, each) => panic!("batches matter: {all:?}\n{each:?}"),
    }
});

/// Opens the text as a file and as what the plugin answers to it.
fn open(text: &str, kind: DropKind, mapped: bool) -> Result<ImportStream<'static>, FileError> {
    static MAPPINGS: OnceLock<MappingSet> = OnceLock::new();
    let mappings = MAPPINGS.get_or_init(|| {
        write("mappings/m.toml", MAPPING.as_bytes());
        MappingSet::load_folder(folder(), shop()).expect("a mapping")
    });
    let plugin = PluginName::new("importer").expect("a name");
    let mut tally = PortionChecker::new(plugin.clone());
    let mut answers = answers(text);
    let mut given = 0;
    let mut answer = move |chunk: Option<&[u8]>| {
        tally.count_chunk(chunk.unwrap_or_default());
        given += chunk.map_or(0, <[u8]>::len);
        let answer = answers.pop_front().unwrap_or_else(|| Ok(nothing()));
        let (_, before) = tally.elements_and_row();
        let found = answer.and_then(|portion| {
            tally.check_portion(portion).map_err(|refusal| refusal.to_string())
        });
        let (elements, row) = tally.elements_and_row();
        match found {
            Ok(found) => {
                assert!(elements <= given as u64, "more elements than bytes");
                hold(&found, before);
                Ok(found)
            }
            Err(reason) => {
                let (plugin, version) = (plugin.clone(), "0.1.0".into());
                Err(ImporterError { plugin, version, elements, row, reason })
            }
        }
    };
    let decoder = Box::new(move |chunk: Option<&[u8]>| decode_answer(answer(chunk)));
    let source = std::io::Cursor::new(text.as_bytes().to_vec());
    let name = if mapped { "m.edi" } else { "a.edi" };
    FileImporter::new(shop(), mappings).open_decoded(kind, name, source, decoder)
}

/// Reads so many rows at a time.
fn read(
    text: &str,
    kind: DropKind,
    mapped: bool,
    limit: usize,
) -> Result<(StreamProgress, Vec<ImportRecord>), FileError> {
    let mut reading = open(text, kind, mapped)?;
    let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
    let mut progress = StreamProgress::default();
    while !progress.finished {
        progress = reading.next_batch(limit, &mut records, &mut messages)?;
    }
    assert!(progress.rejected + progress.skipped <= progress.rows, "{progress:?}");
    for message in messages.into_diagnostics().0 {
        assert!(!message.to_string().is_empty());
    }
    Ok((progress, records))
}

/// What holds of everything that gets in.
fn hold(found: &[ImportedItem], before: u32) {
    let mut last = before;
    for found in found {
        match found {
            ImportedItem::Element(element) => {
                assert!(element.row >= last.max(1), "rows go back");
                last = element.row;
                assert!(element.leaves.len() <= limits::LEAVES, "leaves");
                let mut paths = HashSet::new();
                let mut bytes = 0;
                for (path, content) in &element.leaves {
                    assert!(!path.trim().is_empty() && path.len() <= limits::PATH_BYTES, "path");
                    assert!(paths.insert(path), "the same path twice");
                    bytes += path.len();
                    bytes += match content {
                        ImportedContent::Text(text) => text.len(),
                        ImportedContent::Number(text) => {
                            let is_number = text.parse::<f64>().is_ok_and(|it| !it.is_nan());
                            assert!(is_number, "{text:?} is no number");
                            text.len()
                        }
                        ImportedContent::Texts(texts) => texts.iter().map(String::len).sum(),
                    };
                }
                assert!(bytes <= limits::ELEMENT_BYTES, "bytes");
            }
            ImportedItem::Diagnostic(remark) => {
                assert_ne!(remark.place.row, Some(0));
                assert!((1..=64).contains(&remark.code.len()), "code");
                let message = remark.message.to_string();
                assert!(message.chars().count() <= limits::MESSAGE_BYTES, "message");
                assert!(!message.contains('\x1b'), "message");
            }
        }
    }
}

fn nothing() -> Portion {
    Portion { elements: Vec::new(), remarks: Vec::new() }
}

/// What the plugin answers, call by call.
fn answers(text: &str) -> VecDeque<Answer> {
    let mut answers = VecDeque::new();
    let (mut portion, mut row) = (nothing(), 0_u32);
    for line in text.split('\n') {
        let mut characters = line.chars();
        let what = characters.next();
        let rest = characters.as_str();
        let element = portion.elements.last_mut();
        match (what, element) {
            (Some('@'), _) => {
                row = rest.parse().unwrap_or(row.wrapping_add(1));
                portion.elements.push(Element { row, leaves: Vec::new() });
            }
            (Some(what @ ('=' | '#' | '*')), Some(element)) => {
                element.leaves.push(leaf(what, rest));
            }
            (Some('x'), Some(element)) => {
                if let Some(leaf) = element.leaves.last_mut() {
                    lengthen(leaf, rest.parse().unwrap_or(0));
                }
            }
            (Some('+'), Some(element))
                if element.leaves.iter().map(size).sum::<usize>() < 1_000
                    && element.leaves.len() < 10 =>
            {
                let element = element.clone();
                let room = MOST.saturating_sub(portion.elements.len());
                let more = rest.parse().unwrap_or(0_usize).min(room);
                portion.elements.extend(std::iter::repeat_n(element, more));
            }
            (Some('&'), Some(element)) => {
                let more = rest.parse().unwrap_or(0_usize).min(limits::LEAVES + 1);
                if let Some(last) = element.leaves.last().cloned()
                    && size(&last) < 100
                    && element.leaves.len() <= limits::LEAVES
                {
                    let other =
                        |at: usize| Leaf { path: format!("{}{at}", last.path), ..last.clone() };
                    element.leaves.extend((0..more).map(other));
                }
            }
            (Some('!'), _) => portion.remarks.push(remark(Severity::Error, rest)),
            (Some('?'), _) => portion.remarks.push(remark(Severity::Warning, rest)),
            (Some('.'), _) => portion.remarks.push(remark(Severity::Info, rest)),
            (Some('-'), _) => answers.push_back(Ok(std::mem::replace(&mut portion, nothing()))),
            (Some('~'), _) => answers.push_back(Err(rest.to_owned())),
            _ => {}
        }
    }
    answers.push_back(Ok(portion));
    answers
}

fn leaf(what: char, rest: &str) -> Leaf {
    let (path, text) = rest.split_once('\t').unwrap_or((rest, ""));
    let text = text.replace("\\n", "\n");
    let content = match what {
        '=' => Given::Text(text),
        '#' => Given::Number(text),
        _ => Given::Texts(text.split('\t').map(str::to_owned).collect()),
    };
    Leaf { path: path.to_owned(), content }
}

fn remark(severity: Severity, rest: &str) -> Remark {
    let mut parts = rest.split('\t').map(|part| part.replace("\\n", "\n"));
    let mut next = || parts.next();
    let row = next().and_then(|row| row.parse().ok());
    let (code, message) = (next().unwrap_or_default(), next().unwrap_or_default());
    Remark { severity, row, code, message, column: next(), value: next() }
}

fn size(leaf: &Leaf) -> usize {
    match &leaf.content {
        Given::Text(text) | Given::Number(text) => text.len(),
        Given::Texts(texts) => texts.iter().map(|text| text.len() + 1).sum(),
    }
}

/// Repeats what stands there until it has so many bytes.
fn lengthen(leaf: &mut Leaf, bytes: usize) {
    let bytes = bytes.min(limits::ELEMENT_BYTES + 1);
    match &mut leaf.content {
        Given::Text(text) | Given::Number(text) if !text.is_empty() => {
            *text = text.repeat(bytes.div_ceil(text.len()));
        }
        Given::Texts(texts) if texts.len() < 100 => {
            let all = texts.iter().cycle().take(bytes.min(10_000));
            *texts = all.cloned().collect();
        }
        _ => {}
    }
}
