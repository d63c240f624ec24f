//! Detects pictures of lines of text, as placeholders for missing photos have them.
//!
//! A line is low and wide, crosses many letters, and is empty above and below.

use super::FactsThumbnail;
use super::thumbnail::color_luma;

/// The least difference between ink and paper, in levels of luminance.
const FAR: u8 = 40;

/// Thousandths of the pixels that are ink. Fewer are a speck, and more are no text.
const INK: std::ops::RangeInclusive<usize> = 3..=500;

/// The least number of letters that the median row of a line crosses.
const LETTERS: usize = 4;

/// The most variation of paper, and how many tenths of its pixels keep to it.
const FLAT: u8 = 6;
const MOST: usize = 8;

pub(crate) fn is_text(thumbnail: &FactsThumbnail) -> bool {
    let distances = paper_distances(thumbnail);
    let ink: Vec<bool> = distances.iter().map(|distance| *distance > FAR).collect();
    let near = |most: u8| distances.iter().filter(|distance| **distance <= most).count();
    if near(FLAT) * 10 < near(FAR) * MOST {
        return false;
    }
    let longer = thumbnail.width.max(thumbnail.height);
    let rows: Vec<&[bool]> = ink.chunks_exact(thumbnail.width).collect();
    let (mut all, mut in_lines) = (0, 0);
    for band in rows.split(|row| !row.contains(&true)).filter(|band| !band.is_empty()) {
        let inked = band.iter().map(|row| row.iter().filter(|ink| **ink).count()).sum::<usize>();
        all += inked;
        // The largest print takes a fifth of the picture, and the shortest word has some letters.
        if band.len() * 5 <= longer
            && ink_length(band) * 2 >= band.len() * 5
            && count_letters(band) >= LETTERS
        {
            in_lines += inked;
        }
    }
    INK.contains(&(all * 1000 / ink.len())) && in_lines * 10 >= all * 9
}

/// How far each pixel is from the luminance of the paper.
fn paper_distances(thumbnail: &FactsThumbnail) -> Vec<u8> {
    let levels: Vec<u8> =
        (0..thumbnail.pixels.len()).map(|at| color_luma(thumbnail.color_on_white(at))).collect();
    let mut counts = [0_usize; 256];
    levels.iter().for_each(|level| counts[usize::from(*level)] += 1);
    let most = |counts: &[usize]| {
        counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(at, _)| at)
    };
    // Paper covers several adjacent levels. The most frequent level stands for it.
    let papers: Vec<usize> = counts.chunks(16).map(|levels| levels.iter().sum()).collect();
    let start = 16 * most(&papers);
    let paper = (start + most(&counts[start..start + 16])) as u8;
    levels.into_iter().map(|level| level.abs_diff(paper)).collect()
}

/// The width from the first pixel of ink to the last.
fn ink_length(band: &[&[bool]]) -> usize {
    let first = band.iter().filter_map(|row| row.iter().position(|ink| *ink)).min();
    let last = band.iter().filter_map(|row| row.iter().rposition(|ink| *ink)).max();
    last.zip(first).map_or(0, |(last, first)| last + 1 - first)
}

/// How often ink begins in a row of pixels, as the median of the rows.
fn count_letters(band: &[&[bool]]) -> usize {
    let begins = |row: &&[bool]| {
        usize::from(row[0]) + row.windows(2).filter(|pair| !pair[0] && pair[1]).count()
    };
    let mut counts: Vec<usize> = band.iter().map(begins).collect();
    let middle = counts.len() / 2;
    *counts.select_nth_unstable(middle).1
}
