//! Changing what is inside a ZIP: changed as they are, compressed bytes only ever become ZIPs whose
//! checksums are wrong.

use std::io::{Cursor, Read, Write};

use libfuzzer_sys::fuzzer_mutate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Changes one file of the archive, once in a while its name; what is no archive is changed as it is.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    // The package itself is as foreign as what is in it.
    let changed = if seed.is_multiple_of(8) { None } else { inside(&data[..size], most, seed / 8) };
    match changed {
        Some(changed) if changed.len() <= most => {
            data[..changed.len()].copy_from_slice(&changed);
            changed.len()
        }
        _ => fuzzer_mutate(data, size, most),
    }
}

fn inside(data: &[u8], most: usize, seed: u32) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(data)).ok()?;
    let mut parts = Vec::new();
    let mut room = most;
    for at in 0..archive.len().min(100) {
        let mut part = archive.by_index(at).ok()?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let mut bytes = Vec::new();
        part.by_ref().take(room as u64).read_to_end(&mut bytes).ok()?;
        room = room.checked_sub(bytes.len() + 2 * name.len() + 100)?;
        parts.push((name, bytes));
    }
    // The parts with cells are the longest, and changed most often.
    let total: usize = parts.iter().map(|(_, bytes)| bytes.len() + 200).sum();
    let mut at = seed as usize % total.max(1);
    let chosen = parts.iter().position(|(_, bytes)| {
        let here = at < bytes.len() + 200;
        at = at.saturating_sub(bytes.len() + 200);
        here
    })?;
    let (name, bytes) = &mut parts[chosen];
    if seed.is_multiple_of(31) {
        *name = String::from_utf8_lossy(&changed(name.as_bytes(), 200)).into_owned();
    } else {
        *bytes = changed(bytes, bytes.len() + room.min(1 << 10));
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(name, options).ok()?;
        writer.write_all(&bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn changed(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut buffer = vec![0; most.max(bytes.len()).max(1)];
    buffer[..bytes.len()].copy_from_slice(bytes);
    let (size, most) = (bytes.len(), buffer.len());
    let size = fuzzer_mutate(&mut buffer, size, most);
    buffer.truncate(size);
    buffer
}
