//! Bits that are no code, put where a decoder only comes when it has not found all it wants.
//!
//! The decoder goes on as if zeros followed where a pass or a part of one ends too early, and the
//! picture ends in grey. Bits of which no code consists (T.81 reserves the codes of all ones) before
//! each marker make an error of it. What only adds the last bits to numbers that are there already has
//! no codes everywhere and may end too early unseen: nobody would see it in the picture.

use super::super::DecodeError;
use super::super::broken;
use super::parts::{Parts, Scan};

/// Ones, as they are written in a pass: more than a decoder holds at once.
const FENCE: [u8; 16] = [0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0];

/// What a fence adds to a file.
pub(super) const BYTES: usize = FENCE.len();

const END: [u8; 2] = [0xff, 0xd9];

/// The picture with fences at the end of its passes and before restarts, and without what follows it.
pub(super) fn fenced(photo: &[u8], parts: &Parts) -> Vec<u8> {
    let first = parts.scans.first().map_or(0, |scan| scan.bits.end - scan.start);
    let fences = parts.restarts() + parts.scans.len() + 1;
    let mut fenced = Vec::with_capacity(parts.end + first + fences * BYTES);
    let mut at = 0;
    // Channel by channel, the decoder has to come upon the next one in the bits of the one before it.
    let is_whole = !parts.progressive && parts.is_buffered();
    for (nth, scan) in parts.scans.iter().enumerate().filter(|_| !is_whole) {
        if nth == 0 && parts.progressive {
            // Of the first, the decoder has to come upon the marker behind it, which it would not behind a
            // fence. What it makes of a first pass does not depend on what was there before.
            fenced.extend(&photo[at..scan.bits.end]);
            at = scan.start;
        }
        fenced.extend(&photo[at..scan.bits.start]);
        bits(photo, scan, &mut fenced);
        at = scan.bits.end;
    }
    fenced.extend(&photo[at..parts.end - END.len()]);
    if is_whole {
        fenced.extend(FENCE);
    }
    fenced.extend(END);
    fenced
}

/// The bits of a pass, with fences.
fn bits(photo: &[u8], scan: &Scan, fenced: &mut Vec<u8>) {
    let mut rest = &photo[scan.bits.clone()];
    while let Some(at) =
        rest.windows(2).position(|two| two[0] == 0xff && (0xd0..=0xd7).contains(&two[1]))
    {
        fenced.extend(&rest[..at]);
        fenced.extend(FENCE);
        fenced.extend(&rest[at..at + 2]);
        rest = &rest[at + 2..];
    }
    fenced.extend(rest);
    fenced.extend(FENCE);
}

/// Each channel as a grey picture of its own, where a picture has them one after another and not
/// interleaved or in passes.
pub(super) fn apart(photo: &[u8], parts: &Parts) -> Result<Vec<Vec<u8>>, DecodeError> {
    if parts.progressive || !parts.is_buffered() {
        return Ok(Vec::new());
    }
    let alone = |scan: &Scan| {
        let header = parts
            .alone(scan)
            .ok_or_else(|| broken("some of its colours are interleaved, and others are not"))?;
        let mut channel = vec![0xff, 0xd8];
        for tables in parts.tables.iter().take_while(|tables| tables.end <= scan.start) {
            channel.extend(&photo[tables.clone()]);
        }
        channel.extend(header);
        channel.extend(&photo[scan.start..scan.bits.start]);
        bits(photo, scan, &mut channel);
        channel.extend(END);
        Ok(channel)
    };
    parts.scans.iter().map(alone).collect()
}
