//! Sentinel bits that turn missing data of a scan into an error.
//!
//! The decoder continues with zeros if a scan or a restart interval ends too early, and the image
//! gets a grey end. A sentinel is a run of ones before each marker, which is no Huffman code (ITU-T
//! T.81). Refinement scans have raw bits as well and may end early unnoticed, but the loss is
//! invisible.

use super::super::DecodeError;
use super::super::broken_photo;
use super::structure::{JpegStructure, ScanSegment};

/// Ones with stuffed zero bytes, longer than the bit buffer of the decoder.
const SENTINEL: [u8; 16] = [0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0];

/// Bytes that a sentinel adds to a file.
pub(super) const SENTINEL_LENGTH: usize = SENTINEL.len();

const END: [u8; 2] = [0xff, 0xd9];

/// Copies the photo with a sentinel behind each scan and before each restart. Trailing bytes are
/// left out.
pub(super) fn add_sentinels(photo: &[u8], structure: &JpegStructure) -> Vec<u8> {
    let first = structure.scans.first().map_or(0, |scan| scan.coded_data.end - scan.start);
    let sentinels = structure.count_restarts() + structure.scans.len() + 1;
    let mut marked = Vec::with_capacity(structure.end + first + sentinels * SENTINEL_LENGTH);
    let mut at = 0;
    // Without interleaving, the decoder has to find the next scan behind the data of the one
    // before.
    let is_whole = !structure.progressive && structure.is_buffered();
    for (nth, scan) in structure.scans.iter().enumerate().filter(|_| !is_whole) {
        if nth == 0 && structure.progressive {
            // The decoder has to find the marker behind the first scan, which a sentinel would
            // hide. Decoding a first scan twice gives the same result.
            marked.extend(&photo[at..scan.coded_data.end]);
            at = scan.start;
        }
        marked.extend(&photo[at..scan.coded_data.start]);
        copy_scan_data(photo, scan, &mut marked);
        at = scan.coded_data.end;
    }
    marked.extend(&photo[at..structure.end - END.len()]);
    if is_whole {
        marked.extend(SENTINEL);
    }
    marked.extend(END);
    marked
}

/// Copies the data of a scan and adds sentinels.
fn copy_scan_data(photo: &[u8], scan: &ScanSegment, marked: &mut Vec<u8>) {
    let mut rest = &photo[scan.coded_data.clone()];
    while let Some(at) =
        rest.windows(2).position(|two| two[0] == 0xff && (0xd0..=0xd7).contains(&two[1]))
    {
        marked.extend(&rest[..at]);
        marked.extend(SENTINEL);
        marked.extend(&rest[at..at + 2]);
        rest = &rest[at + 2..];
    }
    marked.extend(rest);
    marked.extend(SENTINEL);
}

/// Splits a baseline photo without interleaving into one grey photo for each channel.
pub(super) fn split_channels(
    photo: &[u8],
    structure: &JpegStructure,
) -> Result<Vec<Vec<u8>>, DecodeError> {
    if structure.progressive || !structure.is_buffered() {
        return Ok(Vec::new());
    }
    let alone = |scan: &ScanSegment| {
        let header = structure.single_channel_header(scan).ok_or_else(|| {
            broken_photo("some of its colours are interleaved, and others are not")
        })?;
        let mut channel = vec![0xff, 0xd8];
        for tables in structure.tables.iter().take_while(|tables| tables.end <= scan.start) {
            channel.extend(&photo[tables.clone()]);
        }
        channel.extend(header);
        channel.extend(&photo[scan.start..scan.coded_data.start]);
        copy_scan_data(photo, scan, &mut channel);
        channel.extend(END);
        Ok(channel)
    };
    structure.scans.iter().map(alone).collect()
}
