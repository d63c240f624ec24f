//! An importer that does what a line of a file tells it to, most of it wrong. For the host's tests.
//!
//! A file begins with `%TEST`. A line is an element: `sku=A|name=Takki|weight#=0.4|colors*=sand,blue`; or a
//! remark: `?warning message`, `?error message`; or a fault: `!loop`.

use std::hint::black_box;

use rikaste_plugin::{
    ConfigError, Element, Importer, ImporterManifest, Leaf, NoConfig, Portion, log,
};

/// The plugin.
pub struct Lines {
    waiting: Vec<u8>,
    row: u32,
    /// What `finish` is to do.
    at_end: Option<String>,
}

impl Importer for Lines {
    type Config = NoConfig;

    fn describe() -> ImporterManifest {
        ImporterManifest::new("lines", "0.1.0", "Does what a line tells it to.")
            .files("*.lines")
            .files("*.txt")
            .magic("%TEST")
    }

    fn new(_: NoConfig) -> Result<Self, ConfigError> {
        Ok(Self { waiting: Vec::new(), row: 0, at_end: None })
    }

    fn read(&mut self, chunk: &[u8]) -> Result<Portion, String> {
        self.waiting.extend_from_slice(chunk);
        let mut portion = Portion::default();
        let mut from = 0;
        while let Some(length) = self.waiting[from..].iter().position(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(&self.waiting[from..from + length]).into_owned();
            from += length + 1;
            self.line(&line, &mut portion)?;
        }
        self.waiting.drain(..from);
        Ok(portion)
    }

    fn finish(&mut self) -> Result<Portion, String> {
        let mut portion = Portion::default();
        match self.at_end.as_deref() {
            Some("in-portions") if self.row < 10 => {
                self.row += 1;
                let mut element = Element::new(self.row);
                element.text("sku", format!("F{}", self.row));
                portion.elements.push(element);
            }
            Some("without-end") => portion.elements.push(Element::new(self.row)),
            Some("remarks-without-end") => drop(portion.warn(self.row, "flood", "")),
            _ if !self.waiting.is_empty() => return Err("the last line has no end".to_owned()),
            _ => {}
        }
        Ok(portion)
    }
}

impl Lines {
    fn line(&mut self, line: &str, portion: &mut Portion) -> Result<(), String> {
        self.row += 1;
        if let Some(fault) = line.strip_prefix('!') {
            return self.fault(fault, portion);
        }
        if let Some(message) = line.strip_prefix("?error ") {
            portion.refuse(self.row, "told-to", message).at("line", line);
        } else if let Some(message) = line.strip_prefix("?warning ") {
            portion.warn(self.row, "told-to", message);
        } else if !line.is_empty() && !line.starts_with('%') {
            portion.elements.push(element(self.row, line));
        }
        Ok(())
    }

    fn fault(&mut self, fault: &str, portion: &mut Portion) -> Result<(), String> {
        let row = self.row;
        let mut wrong = Element::new(row);
        match fault {
            "loop" => loop {
                black_box(());
            },
            "recurse" => {
                black_box(deeper(1));
            }
            "panic" => panic!("it was told to"),
            "memory" => {
                let mut taken = Vec::new();
                loop {
                    taken.push(black_box(Vec::<u8>::with_capacity(1 << 20)));
                }
            }
            "error" => return Err("it was told to\u{202e}".to_owned()),
            "log" => (0..1_000).for_each(|line| log::info(&format!("line {line}"))),
            "elements" => portion.elements.extend((0..70_000).map(|_| Element::new(row))),
            "more-than-bytes" => portion.elements.extend((0..5_000).map(|_| Element::new(row))),
            "remarks" => (0..70_000).for_each(|_| {
                portion.warn(row, "flood", "");
            }),
            "huge" => wrong.text("text", "x".repeat(20 << 20)),
            "large" => wrong.text("text", "x".repeat(5 << 20)),
            "leaves" => (0..2_001).for_each(|at| wrong.text(at.to_string(), "x")),
            "texts" => wrong.texts("list", vec![""; 1 << 20]),
            "path" => wrong.text("x".repeat(2_000), "x"),
            "no-path" => wrong.text(" ", "x"),
            "twice" => (0..2).for_each(|_| wrong.text("path", "x")),
            "number" => wrong.number("weight", "0,4 kg"),
            "zero" => wrong.row = 0,
            "back" => wrong.row = 1,
            at_end => self.at_end = Some(at_end.to_owned()),
        }
        if !wrong.leaves.is_empty() || wrong.row != row {
            portion.elements.push(wrong);
        }
        Ok(())
    }
}

fn element(row: u32, line: &str) -> Element {
    let mut element = Element::new(row);
    for part in line.split('|') {
        let (path, value) = part.split_once('=').unwrap_or((part, ""));
        if let Some(path) = path.strip_suffix('#') {
            element.number(path, value);
        } else if let Some(path) = path.strip_suffix('*') {
            element.texts(path, value.split(','));
        } else {
            element.leaves.push(Leaf {
                path: path.to_owned(),
                content: rikaste_plugin::Content::Text(value.to_owned()),
            });
        }
    }
    element
}

#[expect(unconditional_recursion, reason = "it is to exhaust its stack")]
fn deeper(depth: u64) -> u64 {
    let below = black_box([depth; 64]);
    black_box(deeper(depth + 1)) + below[0]
}

rikaste_plugin::export_importer!(Lines);
