//! What a plugin implements, and how the component's exports reach it.

use serde::de::DeserializeOwned;

use crate::{ConfigError, Context, Manifest, Outcome, Product};

/// A plugin that proposes values for products.
///
/// One value of the type lives as long as the instance and serves every batch; nothing that it
/// learns from one product may show in the outcome of another, because outcomes are kept by the
/// product's own inputs.
pub trait Enricher: Sized + 'static {
    /// The configuration. Derive `Deserialize` with `deny_unknown_fields`, so that a misspelt key
    /// is an error and not a default. [`NoConfig`](crate::NoConfig) where there is none.
    type Config: DeserializeOwned;

    /// Name, version, what is read and written. The same answer always.
    fn describe() -> Manifest;

    /// Takes the configuration, already of the right shape, and prepares all that does not depend
    /// on a product: parsed templates, sorted tables.
    ///
    /// # Errors
    /// The key whose value cannot be used, and what it should be.
    fn new(config: Self::Config) -> Result<Self, ConfigError>;

    /// The patch for one product.
    ///
    /// # Errors
    /// Why there is none. The last good patch stays in use, so an empty patch and an error are
    /// different things: the first withdraws what the plugin proposed before.
    fn enrich(&self, context: &Context, product: &Product) -> Outcome;

    /// One outcome for each product, in the same order. Worth writing where something depends on
    /// the context alone and is dear to make.
    fn enrich_batch(&self, context: &Context, products: &[Product]) -> Vec<Outcome> {
        products.iter().map(|product| self.enrich(context, product)).collect()
    }
}

/// Makes a type that implements [`Enricher`] the plugin of this component. Once per crate.
///
/// Outside WebAssembly it only checks the type, so that several plugins can be linked into one
/// test binary.
#[macro_export]
macro_rules! export {
    ($plugin:ty) => {
        #[cfg(target_family = "wasm")]
        const _: () = {
            ::std::thread_local! {
                static SLOT: $crate::Slot<$plugin> = const { $crate::Slot::new() };
            }

            struct EnricherComponent;

            impl $crate::bindings::Guest for EnricherComponent {
                fn describe() -> $crate::Manifest {
                    $crate::log::report_panics();
                    <$plugin as $crate::Enricher>::describe()
                }

                fn configure(
                    config: ::std::string::String,
                ) -> ::std::result::Result<(), ::std::string::String> {
                    $crate::log::report_panics();
                    SLOT.with(|slot| slot.configure(&config, <$plugin as $crate::Enricher>::new))
                }

                fn enrich(
                    context: $crate::Context,
                    products: ::std::vec::Vec<$crate::Product>,
                ) -> ::std::vec::Vec<$crate::Outcome> {
                    $crate::log::report_panics();
                    SLOT.with(|slot| {
                        slot.with(|it| $crate::Enricher::enrich_batch(it, &context, &products))
                    })
                }
            }

            $crate::bindings::export_enricher!(EnricherComponent);
        };

        #[cfg(not(target_family = "wasm"))]
        const _: fn() -> $crate::Manifest = <$plugin as $crate::Enricher>::describe;
    };
}
