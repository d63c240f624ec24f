//! Developing photos beside what a shop's developer would use: sharp (libvips) in Node, pyvips and
//! Pillow in Python. All make the widths 1600, 800, 400 and 160 of the same photos, as JPEG and WebP of
//! quality 80, on all cores, upright and without metadata; only here a photo is decoded in a sandbox.
//!
//! `cargo bench --bench images` draws 24 photos of 3000×3000 pixels; `cargo bench --bench images -- FOLDER`
//! takes a folder's. The others need `npm install --prefix target/bench sharp`, `pip install pyvips[binary] Pillow`.
//! It prints photos a second by the wall clock, and the most memory that a process had; no machine
//! that does other things gives figures that mean anything. It asserts nothing but counts.

mod allocator;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use rikaste_media::encode::{EncodeQuality, PixelSlice, encode_image};
use rikaste_media::renditions::{RenditionProgress, RenditionService, RenditionStore};
use rikaste_model::photo::PixelLayout;
use rikaste_model::photo::{ImageFormat, RenditionProfile};
use rikaste_model::product::ContentHash;
use rikaste_runtime::{Plugin, PluginComponent, PluginLimits, PluginPolicy, PluginRuntime};
use rikaste_store::asset_folder::AssetFolder;

const WIDTHS: [u32; 4] = [160, 400, 800, 1600];
const SIDE: u32 = 3000;
const DRAWN: u32 = 24;

fn main() {
    let named = std::env::args().skip(1).find(|argument| Path::new(argument).is_dir());
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = match named {
        Some(folder) => PathBuf::from(folder),
        None => drawn(&work.path().join("photos")),
    };
    let files = files(&folder);
    println!("{} photos, {} MB", files.len(), files.iter().map(|f| size(f)).sum::<u64>() >> 20);

    let service = rendition_service(work.path());
    let hashes: Vec<ContentHash> =
        files.iter().map(|file| service.assets().store_file(file).expect("stored").0).collect();
    // What is compiled once for all time is not counted.
    let first = time(|| develop(&service, &hashes));
    report("rikaste, decoded in the sandbox", files.len(), first, peak());
    let again = time(|| assert_eq!(develop(&service, &hashes), 0));
    report("rikaste, the same photos again", files.len(), again, peak());
    drop(service);
    for (what, program, script) in [
        ("Node, sharp", "node", "images.cjs"),
        ("Python, pyvips", "python3", "images_vips.py"),
        ("Python, Pillow", "python3", "images_pillow.py"),
    ] {
        other(what, program, script, &folder, work.path(), files.len());
    }
}

/// Photos of nothing, with edges, gradients and grain like those of something.
fn drawn(folder: &Path) -> PathBuf {
    std::fs::create_dir_all(folder).expect("a folder");
    for number in 0..DRAWN {
        let mut noise = 0x9e37_79b9_u32 ^ (number + 1);
        let mut pixels = Vec::with_capacity((SIDE * SIDE * 3) as usize);
        for y in 0..SIDE {
            for x in 0..SIDE {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let grain = (noise >> 28) as i32 - 8;
                let (dx, dy) = (x as i32 - 1500, y as i32 - 1500 - number as i32 * 9);
                let inside = dx * dx + dy * dy < 900_000 && (dx / 60 + dy / 90) % 3 != 0;
                let light = if inside { 90 } else { 210 } + grain;
                let shade = ((x + y) / 60) as i32;
                for channel in [light - shade / 2, light - 30 + shade / 3, light - 60] {
                    pixels.push(channel.clamp(0, 255) as u8);
                }
            }
        }
        let pixels =
            PixelSlice::new(SIDE, SIDE, PixelLayout::Rgb, &pixels).expect("as many as said");
        let quality = EncodeQuality::new(92).expect("between 1 and 100");
        let file = encode_image(&pixels, ImageFormat::Jpeg, quality).expect("a JPEG");
        std::fs::write(folder.join(format!("{number:03}.jpg")), file).expect("written");
    }
    folder.to_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

fn size(path: &Path) -> u64 {
    path.metadata().expect("it is there").len()
}

fn rendition_service(root: &Path) -> RenditionService {
    let runtime = PluginRuntime::new(&root.join("cache")).expect("the machine runs plugins");
    let images = rikaste_bundled::PLUGINS.iter().find(|plugin| plugin.name == "images");
    let wasm = images.expect("it is bundled").wasm;
    let described = PluginComponent::load_bundled(&runtime, "images", wasm).expect("it loads");
    let terms = PluginPolicy { limits: PluginLimits::IMAGES, ceded_attributes: Vec::new() };
    let plugin: Arc<Plugin> =
        Arc::new(described.into_plugin("{}".to_owned(), terms).expect("it takes it"));
    let profile = RenditionProfile {
        widths: WIDTHS.to_vec(),
        quality: Some(80),
        ..RenditionProfile::default()
    };
    let store = RenditionStore::new(root.join("renditions"));
    RenditionService::new(store, AssetFolder::new(root.join("assets")), &[plugin], [profile])
}

/// How many were decoded.
fn develop(service: &RenditionService, photos: &[ContentHash]) -> usize {
    let mut last = RenditionProgress::default();
    let developed = service.prepare_renditions(photos, &mut |far| last = far).expect("a disk");
    for one in developed {
        one.expect("a photo");
    }
    last.decoded
}

fn other(what: &str, program: &str, script: &str, photos: &Path, work: &Path, count: usize) {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bench");
    let made = work.join(script);
    std::fs::create_dir_all(&made).expect("a folder");
    let mut command = Command::new(program);
    command.arg(scripts.join(script)).arg(photos).arg(&made);
    match command.env("NODE_PATH", target().join("bench/node_modules")).output() {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            let figures: Vec<f64> =
                text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            assert_eq!(files(&made).len(), count * WIDTHS.len() * 2, "{what}");
            report(what, count, figures[0], figures[1] as u64);
        }
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            let why = text.lines().rfind(|line| line.contains("rror")).unwrap_or("it failed");
            println!("{what:>34}: left out: {why}");
        }
        Err(error) => println!("{what:>34}: left out: {program}: {error}"),
    }
}

/// The folder that is built into: the bench itself is in its `release/deps`.
fn target() -> PathBuf {
    let exe = std::env::current_exe().expect("a path");
    exe.ancestors().nth(3).expect("a target folder").to_owned()
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

fn report(what: &str, photos: usize, seconds: f64, mebibytes: u64) {
    println!("{what:>34}: {:8.2} photos/s, {mebibytes:5} MiB", photos as f64 / seconds);
}

/// The most memory that this process had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) >> 10
}
