//! Code blocks of a Markdown file, and how what is expected of them is written anew.

use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::read;
use crate::manual::parse_markdown;

/// A fenced block.
#[derive(Debug, Clone)]
pub(super) struct CodeBlock {
    pub(super) path: PathBuf,
    /// The words behind the fence: the language, then what the block is.
    pub(super) info: Vec<String>,
    pub(super) text: String,
    /// Where the text is in the file.
    place: Range<usize>,
}

/// The blocks of a file, in order.
pub(super) fn read_blocks(path: &Path) -> Vec<CodeBlock> {
    let source = read(path);
    let fenced = parse_markdown(&source).filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some((info, range)),
        _ => None,
    });
    fenced
        .map(|(info, range)| {
            let whole = &source[range.clone()];
            let start = range.start + whole.find('\n').expect("a fence ends its line") + 1;
            let end =
                range.start + whole.trim_end().rfind('\n').expect("a fence begins a line") + 1;
            CodeBlock {
                path: path.to_owned(),
                info: info.split_whitespace().map(str::to_owned).collect(),
                text: source[start..end].to_owned(),
                place: start..end,
            }
        })
        .collect()
}

impl CodeBlock {
    /// The word at a place of the info string.
    pub(super) fn word(&self, at: usize) -> &str {
        self.info.get(at).map_or("", String::as_str)
    }

    /// Whether its info string begins with these words.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(at, word)| self.word(at) == *word)
    }

    /// Where it is, for messages.
    pub(super) fn place(&self) -> String {
        format!("{}: ```{}\n{}", self.path.display(), self.info.join(" "), self.text)
    }
}

/// What blocks of one file should say; with `UPDATE_EXPECT=1` the file is made to say it.
pub(super) struct ExpectedBlocks {
    path: PathBuf,
    differing: Vec<(CodeBlock, String)>,
}

impl ExpectedBlocks {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), differing: Vec::new() }
    }

    pub(super) fn compare(&mut self, block: &CodeBlock, actual: String) {
        if block.text != actual {
            self.differing.push((block.clone(), actual));
        }
    }

    pub(super) fn finish(self) {
        if self.differing.is_empty() {
            return;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let mut text = read(&self.path);
            for (block, actual) in self.differing.iter().rev() {
                text.replace_range(block.place.clone(), actual);
            }
            std::fs::write(&self.path, text).expect("written");
            return;
        }
        let report = self.differing.iter().map(|(block, actual)| {
            format!("{}--- is not what comes of it:\n{actual}", block.place())
        });
        panic!("{}\nUPDATE_EXPECT=1 writes what comes", report.collect::<Vec<_>>().join("\n"));
    }
}
