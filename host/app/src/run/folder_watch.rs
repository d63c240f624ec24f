//! What is watched beside the inbox.

use std::path::Path;
use std::sync::Arc;

use crossbeam_channel::Sender;

use super::LoopEvent;
use rikaste_model::shop_folder::ShopFolder;

/// Calls back when files change that decide about the configuration or about plugins. Without it they are looked at
/// whenever the pipeline does something, and twice a minute.
pub(super) fn watch_plugins(
    folder: &ShopFolder,
    on_change: Arc<dyn Fn() + Send + Sync>,
) -> Option<notify::RecommendedWatcher> {
    use notify::Watcher;
    let is_relevant = |event: &notify::Event| {
        event.paths.iter().any(|path| {
            let name = path.file_name().unwrap_or_default();
            let ending = path.extension().unwrap_or_default();
            name == "plugins.lock" || ending == "toml" || ending == "wasm"
        }) && !event.kind.is_access()
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| is_relevant(&event)) {
            on_change();
        }
    })
    .ok()?;
    let mode = notify::RecursiveMode::NonRecursive;
    watcher.watch(folder.root(), mode).ok()?;
    let _ = watcher.watch(&folder.channels_folder(), mode);
    // A shop may come without the folder.
    let plugins = folder.plugins_folder();
    let _ = std::fs::create_dir_all(&plugins).is_ok_and(|()| watcher.watch(&plugins, mode).is_ok());
    Some(watcher)
}

/// Wakes the pipeline when something in a folder changes. Without it that waits for the next start.
pub(super) fn watch_folder(
    folder: &Path,
    wake: Sender<LoopEvent>,
    make_event: impl Fn() -> LoopEvent + Send + 'static,
) -> Option<notify::RecommendedWatcher> {
    use notify::Watcher;
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // Nobody listens any more when the shop is being closed.
            let _ = wake.send(make_event());
        }
    })
    .ok()?;
    std::fs::create_dir_all(folder).ok()?;
    watcher.watch(folder, notify::RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}
