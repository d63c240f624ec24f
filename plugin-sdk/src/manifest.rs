//! A manifest, put together in one expression.

use crate::{Attribute, DataType, Manifest};

impl Manifest {
    /// `name` is lower-case and hyphenated, `version` semantic (`env!("CARGO_PKG_VERSION")`),
    /// `description` one sentence for the operator.
    #[must_use]
    pub fn new(name: &str, version: &str, description: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            description: description.to_owned(),
            reads: Vec::new(),
            writes: Vec::new(),
            config_schema: r#"{"type":"object","additionalProperties":false}"#.to_owned(),
        }
    }

    /// One attribute, or one of the facets `reviews`, `stock`, `prices`, `associations`, `images`.
    /// What is not named here is not in the product.
    #[must_use]
    pub fn reads(mut self, name: &str) -> Self {
        self.reads.push(name.to_owned());
        self
    }

    /// An attribute that the plugin proposes values for.
    #[must_use]
    pub fn writes(mut self, attribute: Attribute) -> Self {
        self.writes.push(attribute);
        self
    }

    /// The JSON Schema of the configuration. Without it: no keys.
    #[must_use]
    pub fn config_schema(mut self, schema: &str) -> Self {
        schema.clone_into(&mut self.config_schema);
        self
    }
}

macro_rules! constructors {
    ($($name:ident => $data_type:ident,)*) => {
        $(
            #[doc = concat!("An attribute whose data is `", stringify!($data_type), "`.")]
            #[must_use]
            pub fn $name(code: &str) -> Self {
                Self::new(code, DataType::$data_type)
            }
        )*
    };
}

impl Attribute {
    /// One value for all locales and channels, until [`localizable`](Self::localizable) or
    /// [`scopable`](Self::scopable) says otherwise.
    #[must_use]
    pub fn new(code: &str, data_type: DataType) -> Self {
        Self { code: code.to_owned(), data_type, localizable: false, scopable: false }
    }

    constructors! {
        text => Text,
        rich_text => RichText,
        boolean => Boolean,
        integer => Integer,
        decimal => Decimal,
        date => Date,
        options => Options,
        measurement => Measurement,
        money => Money,
        assets => Assets,
        table => Table,
    }

    /// May differ by locale.
    #[must_use]
    pub fn localizable(mut self) -> Self {
        self.localizable = true;
        self
    }

    /// May differ by channel.
    #[must_use]
    pub fn scopable(mut self) -> Self {
        self.scopable = true;
        self
    }
}
