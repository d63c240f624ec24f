//! Photos of the same name in several folders: products find a photo by its name alone, so one of them counts.

use std::collections::HashMap;
use std::path::Path;

/// The photos of the inbox by their names.
#[derive(Default)]
pub(super) struct PhotoNames(HashMap<String, Vec<String>>);

impl PhotoNames {
    /// Notes a photo, by its path from the inbox on.
    pub(super) fn record_photo(&mut self, file: &str) {
        let photos = self.0.entry(photo_name(file).to_owned()).or_default();
        if !photos.iter().any(|known| known == file) {
            photos.push(file.to_owned());
        }
    }

    /// The photos that are there and have the name of this one: the one that counts first.
    pub(super) fn find_same_name(&mut self, inbox: &Path, file: &str) -> &[String] {
        let Some(photos) = self.0.get_mut(photo_name(file)) else { return &[] };
        if photos.len() > 1 {
            photos.retain(|known| inbox.join(known).is_file());
            photos.sort_by(|a, b| (a.matches('/').count(), a).cmp(&(b.matches('/').count(), b)));
        }
        photos
    }
}

fn photo_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
