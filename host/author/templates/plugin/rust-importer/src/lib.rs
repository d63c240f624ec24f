//! Reads articles as lines `sku: 3001`, with an empty line between them.

use rikaste_plugin::{ConfigError, Element, Importer, ImporterManifest, NoConfig, Portion};

/// The plugin, with a file.
#[derive(Debug, Default)]
pub struct LineImporter {
    /// A line whose end is yet to come.
    waiting: Vec<u8>,
    row: u32,
    article: Option<Element>,
}

impl Importer for LineImporter {
    type Config = NoConfig;

    fn describe() -> ImporterManifest {
        let description = "Reads articles as lines with an empty line between them.";
        ImporterManifest::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"), description)
            .files("*.articles")
    }

    fn new(_: NoConfig) -> Result<Self, ConfigError> {
        Ok(Self::default())
    }

    fn read(&mut self, chunk: &[u8]) -> Result<Portion, String> {
        let mut portion = Portion::default();
        for part in chunk.split_inclusive(|byte| *byte == b'\n') {
            self.waiting.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.line(&mut portion);
            }
        }
        Ok(portion)
    }

    fn finish(&mut self) -> Result<Portion, String> {
        let mut portion = Portion::default();
        if !self.waiting.is_empty() {
            self.line(&mut portion);
        }
        portion.elements.extend(self.article.take());
        Ok(portion)
    }
}

impl LineImporter {
    fn line(&mut self, portion: &mut Portion) {
        let line = std::mem::take(&mut self.waiting);
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        self.row += 1;
        if line.is_empty() {
            portion.elements.extend(self.article.take());
            return;
        }
        let article = self.article.get_or_insert_with(|| Element::new(self.row));
        match line.split_once(':') {
            Some((path, _)) if article.get(path.trim()).is_some() => {
                let message = format!("the article has a second {path}; the first was read");
                portion.warn(self.row, "line-repeated", message).at(path, line);
            }
            Some((path, text)) => article.text(path.trim(), text.trim()),
            None => {
                let message = "the line has no colon, so it was left out; write `name: Beanie`";
                portion.warn(self.row, "line-not-understood", message).at("", line);
            }
        }
    }
}

rikaste_plugin::export_importer!(LineImporter);

#[cfg(test)]
mod tests {
    use super::*;
    use rikaste_plugin::read_all;

    #[test]
    fn articles_are_read_however_the_file_is_cut() {
        let file = b"sku: 3001\nname: Beanie\n\nsku: 3002\nsku: 3003\nMittens";
        let whole = read_all(LineImporter::default(), file, file.len()).unwrap();
        let mut first = Element::new(1);
        first.text("sku", "3001");
        first.text("name", "Beanie");
        assert_eq!((whole.elements.len(), &whole.elements[0]), (2, &first));
        let codes: Vec<_> = whole.remarks.iter().map(|remark| remark.code.as_str()).collect();
        assert_eq!(codes, ["line-repeated", "line-not-understood"]);
        for chunk in 1..file.len() {
            assert_eq!(read_all(LineImporter::default(), file, chunk).unwrap(), whole);
        }
    }
}
