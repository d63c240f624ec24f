//! The texts of the program against the Fluent files, in every language.
//!
//! `fl!` of `i18n-embed-fl` checks names and arguments when it is compiled, but it formats at once.
//! `words!` keeps the arguments until a reader's language is known, so a test has to check them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::catalogue::FILES;
use super::*;
use crate::words;

/// What a text is about, and where it has a form for one and one for more.
#[derive(Debug, Default, PartialEq, Eq)]
struct Text {
    about: BTreeSet<String>,
    selectors: BTreeSet<String>,
    forms: Vec<BTreeSet<String>>,
}

fn texts(file: &str) -> BTreeMap<String, Text> {
    let resource = fluent_syntax::parser::parse(file).expect("a Fluent file");
    let mut texts = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut text = Text::default();
            look(message.value.as_ref().expect("every message has a text"), &mut text);
            let twice = texts.insert(message.id.name.to_owned(), text);
            assert!(twice.is_none(), "{} is there twice", message.id.name);
        }
    }
    texts
}

fn look(pattern: &Pattern<&str>, text: &mut Text) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                look_inline(inline, text);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                if let InlineExpression::VariableReference { id } = selector {
                    text.selectors.insert(id.name.to_owned());
                }
                look_inline(selector, text);
                let key = |key: &fluent_syntax::ast::VariantKey<&str>| match key {
                    fluent_syntax::ast::VariantKey::Identifier { name } => (*name).to_owned(),
                    fluent_syntax::ast::VariantKey::NumberLiteral { value } => (*value).to_owned(),
                };
                text.forms.push(variants.iter().map(|variant| key(&variant.key)).collect());
                variants.iter().for_each(|variant| look(&variant.value, text));
            }
        }
    }
}

fn look_inline(inline: &InlineExpression<&str>, text: &mut Text) {
    match inline {
        InlineExpression::VariableReference { id } => {
            text.about.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } => {}
        other => panic!("only values and literals stand in texts, not {other:?}"),
    }
}

/// Every `words!` of the program, and what it says the text is about.
fn said(problems: &mut Vec<String>) -> BTreeMap<String, Vec<BTreeSet<String>>> {
    let mut said: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
    for (path, source) in sources() {
        for (at, _) in source.match_indices("words!(") {
            let line = source[..at].rsplit('\n').next().unwrap_or_default();
            if line.trim_start().starts_with("//") {
                continue;
            }
            let inside = parenthesised(&source[at + "words!(".len()..]);
            let mut parts = split(inside).into_iter();
            let name = parts.next().unwrap_or_default().trim().trim_matches('"').to_owned();
            let about: Option<BTreeSet<String>> = parts
                .filter(|part| !part.trim().is_empty())
                .map(|part| Some(part.split_once('=')?.0.trim().to_owned()))
                .collect();
            match about {
                Some(about) => said.entry(name).or_default().push(about),
                None => problems.push(format!("{}: {name}: not read", path.display())),
            }
        }
    }
    said
}

/// The program's sources up to their tests.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the workspace");
    let mut folders = vec![root.join("catalog"), root.join("host")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() && name != "tests" && name != "templates" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" && name != "words.rs" {
                let source = fs::read_to_string(&path).expect("a source");
                let program = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                sources.push((path, program.to_owned()));
            }
        }
    }
    sources
}

/// What stands before the parenthesis that closes.
fn parenthesised(text: &str) -> &str {
    let mut depth = 0;
    let end = positions(text).find(|(_, c)| {
        depth += match c {
            '(' | '[' | '{' => 1,
            ')' | ']' | '}' => -1,
            _ => 0,
        };
        depth < 0
    });
    end.map_or("", |(at, _)| &text[..at])
}

/// The parts between commas that are in no parentheses.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in positions(text) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The characters that are not inside a text of the source.
fn positions(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut quoted, mut escaped) = (false, false);
    text.char_indices().filter(move |(_, c)| {
        let was = quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        !was && *c != '"'
    })
}

#[test]
fn the_program_and_every_language_have_the_same_texts_about_the_same_things() {
    let mut problems = Vec::new();
    let said = said(&mut problems);
    assert!(said.len() > 100, "the sources were not found: {}", said.len());
    for (language, file) in Language::ALL.into_iter().zip(FILES) {
        let texts = texts(file);
        for (name, calls) in &said {
            match texts.get(name) {
                None => problems.push(format!("{language}.ftl has no text {name}")),
                Some(text) => {
                    for about in calls.iter().filter(|about| **about != text.about) {
                        let has = &text.about;
                        problems.push(format!(
                            "{language}.ftl: {name} is about {has:?}, and the program says {about:?}"
                        ));
                    }
                }
            }
        }
        // What the catalogue itself says, this file leaves out.
        for (name, text) in &texts {
            if !said.contains_key(name) {
                problems.push(format!("{language}.ftl: nobody says {name}"));
            }
            let both = ["one", "other"].map(str::to_owned).into();
            if text.forms.iter().any(|forms| *forms != both) {
                problems.push(format!("{language}.ftl: {name} lacks a form for one or for more"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn where_english_has_plurals_the_others_have_them() {
    let english = texts(FILES[0]);
    for (language, file) in Language::ALL.into_iter().zip(FILES) {
        for (name, text) in texts(file) {
            assert_eq!(text.selectors, english[&name].selectors, "{language}.ftl: {name}");
        }
    }
}

/// A sentence in the program is one that three languages do not have.
#[test]
fn the_importer_and_the_pipeline_have_no_sentences_of_their_own() {
    let mut found = Vec::new();
    for (path, source) in sources() {
        let shown = path.to_string_lossy().replace('\\', "/");
        // A mapping's mistakes are told to whoever writes it, in English as all configuration is.
        let receipts = ["host/import/", "host/tables/", "host/pipeline/", "photo_rules"]
            .iter()
            .any(|part| shown.contains(part));
        if !receipts || shown.contains("src/columns/mapping") {
            continue;
        }
        for call in [
            "Problem::new(",
            "Diagnostic::new_error(",
            "Diagnostic::new_warning(",
            "Diagnostic::new_info(",
        ] {
            for (at, _) in source.match_indices(call) {
                let inside = parenthesised(&source[at + call.len()..]);
                let message = split(inside).get(1).map(|part| part.trim()).unwrap_or_default();
                let worded =
                    ["words!(", "localized_text()"].iter().any(|words| message.contains(words));
                if !worded && !["message", "problem.message"].contains(&message) {
                    found.push(format!("{shown}: {call}{inside})"));
                }
            }
        }
        for sentence in
            ["let message = format!", "let message =\n                format!", "let message = \""]
        {
            if source.contains(sentence) {
                found.push(format!("{shown}: {sentence}"));
            }
        }
    }
    assert!(found.is_empty(), "say it with words!, and write the texts:\n{}", found.join("\n"));
}

#[test]
fn a_text_comes_out_in_each_language() {
    let hint = words!("or-meant", near = "sku");
    let unknown = words!("header-unknown", name = "suk", hint = Some(hint));
    let list = TextArgument::from_names(["a", "b"].iter().chain([&"c"; 12]));
    let columns = words!("file-no-sku", headers = list, file = "x.csv", first = "a");
    let many = words!("refused-rows", count = 12_345_u64);
    let one = words!("refused-rows", count = 1_u64);
    let mut all = String::new();
    for language in Language::ALL {
        for words in [&words!("column-unknown", reason = unknown.clone()), &columns, &many, &one] {
            all.push_str(&format!(
                "{language}: {}\n",
                words.to_text(language).replace('\u{a0}', "~")
            ));
        }
    }
    expect![[r#"
        en: nothing was read from this column: nothing in this shop is called "suk"; did you mean "sku"?
        en: no column is the SKU; the columns are "a", "b", "c", "c", "c", "c", "c", "c", "c", "c", "c", "c", and 2 more; call one of them "sku", or say which it is in a file in mappings/: files = ["x.csv"], sku = "a"
        en: ; 12~345 rows were refused
        en: ; 1 row was refused
        fi: tästä sarakkeesta ei luettu mitään: mikään tässä kaupassa ei ole nimeltään ”suk”; tarkoititko ”sku”?
        fi: mikään sarake ei ole tuotenumero (SKU); sarakkeet ovat ”a”, ”b”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ja vielä 2 muuta; anna yhden nimeksi ”sku” tai kerro mappings-kansion tiedostossa, mikä se on: files = ["x.csv"], sku = "a"
        fi: ; 12~345 riviä hylättiin
        fi: ; 1 rivi hylättiin
        sv: inget lästes från den här kolumnen: inget i den här butiken heter ”suk”; menade du ”sku”?
        sv: ingen kolumn är artikelnumret (SKU); kolumnerna är ”a”, ”b”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, ”c”, och 2 till; döp en av dem till ”sku” eller ange i en fil i mappings/ vilken det är: files = ["x.csv"], sku = "a"
        sv: ; 12~345 rader avvisades
        sv: ; 1 rad avvisades
        de: aus dieser Spalte wurde nichts gelesen: in diesem Shop heißt nichts „suk“; meinten Sie „sku“?
        de: keine Spalte ist die Artikelnummer (SKU); die Spalten sind „a“, „b“, „c“, „c“, „c“, „c“, „c“, „c“, „c“, „c“, „c“, „c“, und 2 weitere; nennen Sie eine davon „sku“ oder geben Sie in einer Datei in mappings/ an, welche es ist: files = ["x.csv"], sku = "a"
        de: ; 12.345 Zeilen wurden abgelehnt
        de: ; 1 Zeile wurde abgelehnt
    "#]].assert_eq(&all);
}

#[test]
fn clocks_and_numbers_are_the_languages_own() {
    let zone = jiff::tz::TimeZone::get("Europe/Helsinki").expect("bundled zone");
    let mut all = String::new();
    for language in Language::ALL {
        let minute = language.format_minute(crate::moment::Moment(1_795_000_000), &zone);
        let number = language.format_number(1_234_567).replace('\u{a0}', "~");
        all.push_str(&format!(
            "{language}: {minute} · {number} · {}\n",
            language.format_tenths(12.34)
        ));
    }
    expect![[r#"
        en: 2026-11-18 13:06 · 1~234~567 · 12.3
        fi: 18.11.2026 klo 13.06 · 1~234~567 · 12,3
        sv: 2026-11-18 kl. 13.06 · 1~234~567 · 12,3
        de: 18.11.2026, 13:06 Uhr · 1.234.567 · 12,3
    "#]]
    .assert_eq(&all);
}
