//! What a plugin for a file format implements, and how the component's exports reach it.

use serde::de::DeserializeOwned;

use crate::{
    ConfigError, Content, Element, ImporterManifest, Leaf, Portion, Severity, SourceRemark,
};

/// A plugin that reads files of a format.
///
/// A value of the type reads one file. It is given the file's bytes in chunks that end anywhere, keeps
/// what is not complete yet, and answers with what it found: elements of paths and texts. What a path
/// means to a shop a mapping says, or the convention of headers where the path is named so.
pub trait Importer: Sized + 'static {
    /// The configuration. Derive `Deserialize` with `deny_unknown_fields`, so that a misspelt key
    /// is an error and not a default. [`NoConfig`](crate::NoConfig) where there is none.
    type Config: DeserializeOwned;

    /// Name, version, which files are read. The same answer always.
    fn describe() -> ImporterManifest;

    /// Takes the configuration, and is ready for the first bytes of a file.
    ///
    /// # Errors
    /// The key whose value cannot be used, and what it should be.
    fn new(config: Self::Config) -> Result<Self, ConfigError>;

    /// The next bytes of the file.
    ///
    /// # Errors
    /// Why the file cannot be read; nothing of it is taken then. What is wrong with one element
    /// only is a remark: [`Portion::refuse`].
    fn read(&mut self, chunk: &[u8]) -> Result<Portion, String>;

    /// There are no more bytes. Called again until the answer is empty, so that much can be handed
    /// over in portions.
    ///
    /// # Errors
    /// Why the file cannot be read, such as that it ends too early.
    fn finish(&mut self) -> Result<Portion, String>;
}

/// Reads a whole file as a shop does, in chunks of this size: for a plugin's own tests.
///
/// # Errors
/// The plugin's.
pub fn read_all<I: Importer>(
    mut importer: I,
    bytes: &[u8],
    chunk: usize,
) -> Result<Portion, String> {
    let mut all = Portion::default();
    for chunk in bytes.chunks(chunk.max(1)) {
        all.append(importer.read(chunk)?);
    }
    loop {
        let portion = importer.finish()?;
        if portion.is_empty() {
            return Ok(all);
        }
        all.append(portion);
    }
}

impl ImporterManifest {
    /// `name` is lower-case and hyphenated, `version` semantic (`env!("CARGO_PKG_VERSION")`),
    /// `description` one sentence for the operator.
    #[must_use]
    pub fn new(name: &str, version: &str, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            description: description.to_owned(),
            files: Vec::new(),
            magic: Vec::new(),
            config_schema: r#"{"type":"object","additionalProperties":false}"#.to_owned(),
        }
    }

    /// Files of such names, `*.edi`. Several patterns: any of them.
    #[must_use]
    pub fn files(mut self, pattern: &str) -> Self {
        self.files.push(pattern.to_owned());
        self
    }

    /// Files that begin so. Several beginnings: any of them.
    #[must_use]
    pub fn magic(mut self, beginning: impl AsRef<[u8]>) -> Self {
        self.magic.push(beginning.as_ref().to_owned());
        self
    }

    /// The JSON Schema of the configuration. Without it: no keys.
    #[must_use]
    pub fn config_schema(mut self, schema: &str) -> Self {
        schema.clone_into(&mut self.config_schema);
        self
    }
}

impl Element {
    /// An element that says nothing yet. `row` is the number by which a person finds it in the file.
    #[must_use]
    pub const fn new(row: u32) -> Self {
        Self { row, leaves: Vec::new() }
    }

    /// Says a text, as it stands in the file.
    pub fn text(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.leaves.push(Leaf { path: path.into(), content: Content::Text(text.into()) });
    }

    /// Says a number, `-12.50`: the point is its decimal mark.
    pub fn number(&mut self, path: impl Into<String>, number: impl Into<String>) {
        self.leaves.push(Leaf { path: path.into(), content: Content::Number(number.into()) });
    }

    /// Says several texts.
    pub fn texts<T: Into<String>>(
        &mut self,
        path: impl Into<String>,
        texts: impl IntoIterator<Item = T>,
    ) {
        let texts = texts.into_iter().map(Into::into).collect();
        self.leaves.push(Leaf { path: path.into(), content: Content::Texts(texts) });
    }

    /// The value at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.leaves.iter().find(|leaf| leaf.path == path).map(|leaf| &leaf.content)
    }
}

#[allow(clippy::derivable_impls, reason = "the type is generated")]
impl Default for Portion {
    fn default() -> Self {
        Self { elements: Vec::new(), remarks: Vec::new() }
    }
}

impl Portion {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.remarks.is_empty()
    }

    /// Has what another has, too.
    pub fn append(&mut self, mut other: Self) {
        self.elements.append(&mut other.elements);
        self.remarks.append(&mut other.remarks);
    }

    /// Says that the element of this row is not read, and why.
    pub fn refuse(
        &mut self,
        row: u32,
        code: &str,
        message: impl Into<String>,
    ) -> &mut SourceRemark {
        self.push_remark(Severity::Error, Some(row), code, message.into())
    }

    /// Says that something of a row was left out or guessed.
    pub fn warn(&mut self, row: u32, code: &str, message: impl Into<String>) -> &mut SourceRemark {
        self.push_remark(Severity::Warning, Some(row), code, message.into())
    }

    fn push_remark(
        &mut self,
        severity: Severity,
        row: Option<u32>,
        code: &str,
        message: String,
    ) -> &mut SourceRemark {
        let code = code.to_owned();
        self.remarks.push(SourceRemark { severity, code, message, row, column: None, value: None });
        self.remarks.last_mut().expect("it was pushed")
    }
}

impl SourceRemark {
    /// Names the place in the row, and what stands there.
    pub fn at(&mut self, column: &str, value: &str) -> &mut Self {
        self.column = Some(column.to_owned());
        self.value = Some(value.to_owned());
        self
    }
}

/// Makes a type that implements [`Importer`] the plugin of this component. Once per crate.
///
/// Outside WebAssembly it only checks the type.
#[macro_export]
macro_rules! export_importer {
    ($plugin:ty) => {
        #[cfg(target_family = "wasm")]
        const _: () = {
            ::std::thread_local! {
                static SLOT: $crate::Slot<$plugin> = const { $crate::Slot::new() };
            }

            struct ImporterComponent;

            impl $crate::importer_bindings::Guest for ImporterComponent {
                fn describe() -> $crate::ImporterManifest {
                    $crate::log::report_panics();
                    <$plugin as $crate::Importer>::describe()
                }

                fn configure(
                    config: ::std::string::String,
                ) -> ::std::result::Result<(), ::std::string::String> {
                    $crate::log::report_panics();
                    SLOT.with(|slot| slot.configure(&config, <$plugin as $crate::Importer>::new))
                }

                fn read_chunk(
                    chunk: ::std::vec::Vec<u8>,
                ) -> ::std::result::Result<$crate::Portion, ::std::string::String> {
                    SLOT.with(|slot| slot.with(|it| $crate::Importer::read(it, &chunk)))
                }

                fn finish() -> ::std::result::Result<$crate::Portion, ::std::string::String> {
                    SLOT.with(|slot| slot.with(|it| $crate::Importer::finish(it)))
                }
            }

            $crate::importer_bindings::export_importer!(ImporterComponent);
        };

        #[cfg(not(target_family = "wasm"))]
        const _: fn() -> $crate::ImporterManifest = <$plugin as $crate::Importer>::describe;
    };
}
