//! What a plugin says of itself, checked: its name, what it reads and what it writes, which files
//! it reads, or what it decodes.

use rikaste_model::code::{AttributeCode, CodeError, PluginName};
use rikaste_model::shop::{AttributeDefinition, SearchUse};
use rikaste_model::value::DataType;
use smol_str::SmolStr;

use super::bindings::image::rikaste::plugin::pictures;
use super::bindings::importer::rikaste::plugin::files;
use super::bindings::rikaste::plugin::types;

mod world;

pub use world::{FileClaims, World};

/// A checked manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Lower-case, hyphenated.
    pub name: PluginName,
    /// A semantic version.
    pub version: SmolStr,
    /// One sentence for the operator.
    pub description: String,
    /// What its products are given.
    pub reads: DeclaredReads,
    /// What it may propose values for.
    pub writes: Vec<DeclaredWrite>,
    /// JSON Schema of its configuration; may be empty.
    pub config_schema: String,
    /// What it is for.
    pub world: World,
}

/// What a plugin sees of a product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredReads {
    /// Values of these attributes, in this order.
    pub attributes: Vec<AttributeCode>,
    /// The SKU, as a value.
    pub sku: bool,
    /// Customers' reviews.
    pub reviews: bool,
    /// Pieces by location.
    pub stock: bool,
    /// Prices by list.
    pub prices: bool,
    /// Links to other products.
    pub associations: bool,
    /// Photos.
    pub images: bool,
}

impl DeclaredReads {
    /// The names that the manifest gives: attributes, then facets.
    #[must_use]
    pub fn declared_names(&self) -> Vec<SmolStr> {
        let facets = [
            ("sku", self.sku),
            ("reviews", self.reviews),
            ("stock", self.stock),
            ("prices", self.prices),
            ("associations", self.associations),
            ("images", self.images),
        ];
        let attributes = self.attributes.iter().map(|attribute| SmolStr::new(attribute.as_str()));
        attributes
            .chain(facets.into_iter().filter(|(_, read)| *read).map(|(name, _)| name.into()))
            .collect()
    }
}

/// An attribute that a plugin writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredWrite {
    /// The attribute's code.
    pub attribute: AttributeCode,
    /// What it holds.
    pub data_type: DataType,
    /// Whether it may differ by locale.
    pub localizable: bool,
    /// Whether it may differ by channel.
    pub scopable: bool,
}

/// Why a manifest cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// The name is not one.
    #[error(
        "its name {0:?} is not lower-case letters, digits and hyphens, such as `seasonal-copy`"
    )]
    Name(String),
    /// The version is not one.
    #[error("its version {0:?} is not a semantic version such as 1.0.0")]
    Version(String),
    /// An attribute's code is not one.
    #[error("in `{list}`: {source}")]
    Attribute {
        /// `reads` or `writes`.
        list: &'static str,
        /// What is wrong.
        source: CodeError,
    },
    /// Something is named twice.
    #[error("`{list}` names {name} twice")]
    Duplicate {
        /// `reads` or `writes`.
        list: &'static str,
        /// The name that stands twice.
        name: String,
    },
    /// It says too much.
    #[error("its {part} has {length} {unit}; at most {limit} are allowed")]
    TooLong {
        /// Which part of the manifest.
        part: &'static str,
        /// What is counted.
        unit: &'static str,
        /// How many there are.
        length: usize,
        /// How many there may be.
        limit: usize,
    },
    /// It wants to write what no plugin can.
    #[error("`writes` names {0}, which plugins can only read")]
    NotWritable(String),
    /// It writes nothing, so it cannot do anything.
    #[error("`writes` is empty, so there is nothing that it could do")]
    WritesNothing,
    /// An entry of a list is empty, and would fit every file.
    #[error("`{0}` has an empty entry, which would fit every file; leave it out")]
    EmptyClaim(&'static str),
    /// What it decodes is no media type of a picture.
    #[error("`media-types` has {0:?}; a media type of pictures is written as image/jpeg")]
    MediaType(String),
    /// It decodes nothing, so it cannot do anything.
    #[error("`media-types` is empty, so there is nothing that it could decode")]
    DecodesNothing,
}

/// What `reads` can name beside attributes, and `writes` cannot name.
pub const FACETS: [&str; 5] = ["reviews", "stock", "prices", "associations", "images"];

/// Bytes of a name or a version.
const NAME_BYTES: usize = 64;

/// Bytes of the description: a sentence.
const DESCRIPTION_BYTES: usize = 1 << 10;

/// Bytes of the configuration's schema. The bundled ones have less than 2 KiB.
const SCHEMA_BYTES: usize = 64 << 10;

/// Bytes that files begin with.
const MAGIC_BYTES: usize = 1 << 10;

/// Names in `reads`, and attributes in `writes`: each is looked up for every product.
const MAX_NAMES: usize = 256;

/// What a manifest of any world begins and ends with.
struct CommonFields {
    name: String,
    version: String,
    description: String,
    config_schema: String,
}

impl CommonFields {
    /// Checks it, beside lists of so many entries.
    fn check_manifest(
        self,
        lists: [(&'static str, &'static str, usize); 2],
        rest: impl FnOnce() -> Result<(DeclaredReads, Vec<DeclaredWrite>, World), ManifestError>,
    ) -> Result<Manifest, ManifestError> {
        check_lengths(&self, lists)?;
        let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let name = PluginName::new(&self.name)
            .ok()
            .filter(|name| name.as_str() == self.name && self.name.bytes().all(lower))
            .ok_or(ManifestError::Name(self.name))?;
        if !is_semantic_version(&self.version) {
            return Err(ManifestError::Version(self.version));
        }
        let (reads, writes, world) = rest()?;
        Ok(Manifest {
            name,
            version: SmolStr::new(self.version),
            description: self.description,
            reads,
            writes,
            config_schema: self.config_schema,
            world,
        })
    }
}

fn check_lengths(
    common: &CommonFields,
    lists: [(&'static str, &'static str, usize); 2],
) -> Result<(), ManifestError> {
    let texts = [
        ("name", "bytes", common.name.len(), NAME_BYTES),
        ("version", "bytes", common.version.len(), NAME_BYTES),
        ("description", "bytes", common.description.len(), DESCRIPTION_BYTES),
        ("config-schema", "bytes", common.config_schema.len(), SCHEMA_BYTES),
    ];
    let lists = lists.map(|(part, unit, length)| (part, unit, length, MAX_NAMES));
    match texts.into_iter().chain(lists).find(|(_, _, length, limit)| length > limit) {
        Some((part, unit, length, limit)) => {
            Err(ManifestError::TooLong { part, unit, length, limit })
        }
        None => Ok(()),
    }
}

impl Manifest {
    /// Checks what a guest answered.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse_enricher(raw: types::Manifest) -> Result<Self, ManifestError> {
        let types::Manifest { name, version, description, reads, writes, config_schema } = raw;
        let lists = [("`reads`", "names", reads.len()), ("`writes`", "attributes", writes.len())];
        CommonFields { name, version, description, config_schema }.check_manifest(lists, || {
            Ok((DeclaredReads::from_names(&reads)?, parse_writes(&writes)?, World::Enricher))
        })
    }

    /// Checks what an importer answered.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse_importer(raw: files::ImporterManifest) -> Result<Self, ManifestError> {
        let files::ImporterManifest { name, version, description, files, magic, config_schema } =
            raw;
        let lists = [("`files`", "patterns", files.len()), ("`magic`", "entries", magic.len())];
        CommonFields { name, version, description, config_schema }.check_manifest(lists, || {
            let claims = FileClaims::parse_claims(files, magic)?;
            Ok((DeclaredReads::default(), Vec::new(), World::Importer(claims)))
        })
    }

    /// Checks what an image processor answered.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse_image_processor(raw: pictures::ImageManifest) -> Result<Self, ManifestError> {
        let pictures::ImageManifest { name, version, description, media_types, config_schema } =
            raw;
        let lists = [("`media-types`", "entries", media_types.len()), ("", "", 0)];
        CommonFields { name, version, description, config_schema }.check_manifest(lists, || {
            let media_types = world::parse_media_types(media_types)?;
            Ok((DeclaredReads::default(), Vec::new(), World::ImageProcessor(media_types)))
        })
    }

    /// Which files it reads of itself; nothing of one that is no importer.
    #[must_use]
    pub fn file_claims(&self) -> Option<&FileClaims> {
        match &self.world {
            World::Importer(claims) => Some(claims),
            World::Enricher | World::ImageProcessor(_) => None,
        }
    }

    /// Which files it is given, in words; nothing of one that enriches products.
    #[must_use]
    pub fn describe_files(&self) -> Option<String> {
        match &self.world {
            World::Enricher => None,
            World::Importer(claims) => Some(claims.to_string()),
            World::ImageProcessor(media_types) => {
                Some(format!("photos: {}", media_types.join(", ")))
            }
        }
    }

    /// Whether it proposes values for products.
    #[must_use]
    pub fn is_enricher(&self) -> bool {
        self.world == World::Enricher
    }

    /// What it writes of this attribute.
    #[must_use]
    pub fn find_write(&self, attribute: &str) -> Option<&DeclaredWrite> {
        self.writes.iter().find(|write| write.attribute.as_str() == attribute)
    }
}

impl DeclaredReads {
    fn from_names(names: &[String]) -> Result<Self, ManifestError> {
        let mut reads = Self::default();
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                return Err(ManifestError::Duplicate { list: "reads", name: name.clone() });
            }
            match name.as_str() {
                "sku" => reads.sku = true,
                "reviews" => reads.reviews = true,
                "stock" => reads.stock = true,
                "prices" => reads.prices = true,
                "associations" => reads.associations = true,
                "images" => reads.images = true,
                _ => reads.attributes.push(parse_attribute_code("reads", name)?),
            }
        }
        Ok(reads)
    }
}

fn parse_writes(raw: &[types::Attribute]) -> Result<Vec<DeclaredWrite>, ManifestError> {
    let mut writes: Vec<DeclaredWrite> = Vec::with_capacity(raw.len());
    for write in raw {
        if FACETS.contains(&write.code.as_str())
            || ["sku", "parent", "kind"].contains(&write.code.as_str())
        {
            return Err(ManifestError::NotWritable(write.code.clone()));
        }
        let attribute = parse_attribute_code("writes", &write.code)?;
        if writes.iter().any(|known| known.attribute == attribute) {
            return Err(ManifestError::Duplicate { list: "writes", name: write.code.clone() });
        }
        writes.push(DeclaredWrite {
            attribute,
            data_type: convert_data_type(write.data_type),
            localizable: write.localizable,
            scopable: write.scopable,
        });
    }
    if writes.is_empty() { Err(ManifestError::WritesNothing) } else { Ok(writes) }
}

fn parse_attribute_code(list: &'static str, name: &str) -> Result<AttributeCode, ManifestError> {
    AttributeCode::new(name).map_err(|source| ManifestError::Attribute { list, source })
}

impl DeclaredWrite {
    /// The definition that the shop takes from the plugin.
    #[must_use]
    pub fn to_attribute_definition(&self, plugin: &PluginName) -> AttributeDefinition {
        let search = match self.data_type {
            DataType::Text | DataType::RichText => SearchUse::Text,
            _ => SearchUse::None,
        };
        AttributeDefinition {
            localizable: self.localizable,
            scopable: self.scopable,
            search,
            by_plugin: Some(SmolStr::new(plugin.as_str())),
            ..AttributeDefinition::from_data_type(self.data_type)
        }
    }
}

fn convert_data_type(raw: types::DataType) -> DataType {
    match raw {
        types::DataType::Text => DataType::Text,
        types::DataType::RichText => DataType::RichText,
        types::DataType::Boolean => DataType::Boolean,
        types::DataType::Integer => DataType::Integer,
        types::DataType::Decimal => DataType::Decimal,
        types::DataType::Date => DataType::Date,
        types::DataType::Options => DataType::Options,
        types::DataType::Measurement => DataType::Measurement,
        types::DataType::Money => DataType::Money,
        types::DataType::Assets => DataType::Assets,
        types::DataType::Table => DataType::Table,
    }
}

/// `1.2.3`, `1.2.3-rc.1`, `1.2.3+build.5` (semver.org, 2.0.0).
fn is_semantic_version(version: &str) -> bool {
    let (version, build) = version.split_once('+').map_or((version, None), |(v, b)| (v, Some(b)));
    let (core, pre) = version.split_once('-').map_or((version, None), |(v, p)| (v, Some(p)));
    let number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let identifiers = |part: &str| {
        part.split('.')
            .all(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    };
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(identifiers)
        && build.is_none_or(identifiers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(name: &str, version: &str, reads: &[&str], writes: &[&str]) -> types::Manifest {
        let attribute = |code: &&str| types::Attribute {
            code: (*code).to_owned(),
            data_type: types::DataType::Text,
            localizable: true,
            scopable: false,
        };
        types::Manifest {
            name: name.to_owned(),
            version: version.to_owned(),
            description: String::new(),
            reads: reads.iter().map(|read| (*read).to_owned()).collect(),
            writes: writes.iter().map(attribute).collect(),
            config_schema: String::new(),
        }
    }

    #[test]
    fn reads_are_attributes_and_facets() {
        let manifest = Manifest::parse_enricher(raw(
            "care",
            "1.0.0",
            &["sku", "material", "reviews"],
            &["care"],
        ))
        .expect("valid");
        let expected = DeclaredReads {
            attributes: vec![AttributeCode::new("material").expect("valid")],
            sku: true,
            reviews: true,
            ..DeclaredReads::default()
        };
        assert_eq!(manifest.reads, expected);
    }

    #[test]
    fn a_wrong_manifest_says_what_is_wrong() {
        let check = |name, version, reads: &[&str], writes: &[&str], expected: &str| {
            let error =
                Manifest::parse_enricher(raw(name, version, reads, writes)).expect_err("wrong");
            assert_eq!(error.to_string(), expected);
        };
        check(
            "Care",
            "1.0.0",
            &[],
            &["a"],
            "its name \"Care\" is not lower-case letters, digits and hyphens, such as `seasonal-copy`",
        );
        check(
            "care",
            "1.0",
            &[],
            &["a"],
            "its version \"1.0\" is not a semantic version such as 1.0.0",
        );
        check("care", "1.0.0", &["a", "a"], &["a"], "`reads` names a twice");
        check(
            "care",
            "1.0.0",
            &[],
            &["stock"],
            "`writes` names stock, which plugins can only read",
        );
        check("care", "1.0.0", &[], &[], "`writes` is empty, so there is nothing that it could do");
        check(
            "care",
            "1.0.0",
            &["a b"],
            &["a"],
            "in `reads`: the attribute code \"a b\" contains ' '; letters, digits, `_`, `-` and `.` are allowed",
        );
    }

    #[test]
    fn versions_are_semantic() {
        for version in ["0.1.0", "1.22.333", "1.0.0-rc.1", "1.0.0+5", "1.0.0-a-b+c.d"] {
            assert!(is_semantic_version(version), "{version}");
        }
        for version in ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.x", "1.0.0-", "v1.0.0"] {
            assert!(!is_semantic_version(version), "{version}");
        }
    }
}
