//! The place of an instance's one plugin, between `configure` and the calls that follow.

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use crate::{ConfigError, config};

#[doc(hidden)]
pub struct Slot<P>(RefCell<Option<P>>);

impl<P> Default for Slot<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P> Slot<P> {
    pub const fn new() -> Self {
        Self(RefCell::new(None))
    }

    pub fn configure<C: DeserializeOwned>(
        &self,
        json: &str,
        new: impl FnOnce(C) -> Result<P, ConfigError>,
    ) -> Result<(), String> {
        let plugin = config::parse_config(json).and_then(new).map_err(|error| error.to_string())?;
        *self.0.borrow_mut() = Some(plugin);
        Ok(())
    }

    pub fn with<T>(&self, run: impl FnOnce(&mut P) -> T) -> T {
        let mut plugin = self.0.borrow_mut();
        run(plugin.as_mut().expect("the host calls `configure` before anything else"))
    }
}
