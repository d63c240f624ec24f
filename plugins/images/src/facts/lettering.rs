//! Whether a picture shows lines of text and nothing else, as a picture that stands in for one does.
//!
//! A line is low and long, a row of pixels through it meets letter after letter, and above and below it
//! there is nothing.

use super::Small;
use super::small::luma;

/// How far ink is from the paper, in levels of brightness.
const FAR: u8 = 40;

/// Of a thousand pixels so many are ink: fewer are a speck, more are no paper.
const INK: std::ops::RangeInclusive<usize> = 3..=500;

/// Letters that the middle one of a line's rows of pixels meets.
const LETTERS: usize = 4;

/// How far paper is from itself, and in how many of ten of its pixels.
const FLAT: u8 = 6;
const MOST: usize = 8;

pub(crate) fn is_text(small: &Small) -> bool {
    let distances = distances(small);
    let ink: Vec<bool> = distances.iter().map(|distance| *distance > FAR).collect();
    let near = |most: u8| distances.iter().filter(|distance| **distance <= most).count();
    if near(FLAT) * 10 < near(FAR) * MOST {
        return false;
    }
    let longer = small.width.max(small.height);
    let rows: Vec<&[bool]> = ink.chunks_exact(small.width).collect();
    let (mut all, mut in_lines) = (0, 0);
    for band in rows.split(|row| !row.contains(&true)).filter(|band| !band.is_empty()) {
        let inked = band.iter().map(|row| row.iter().filter(|ink| **ink).count()).sum::<usize>();
        all += inked;
        // A fifth of the picture is the largest print, and the shortest word has some letters.
        if band.len() * 5 <= longer
            && length(band) * 2 >= band.len() * 5
            && letters(band) >= LETTERS
        {
            in_lines += inked;
        }
    }
    INK.contains(&(all * 1000 / ink.len())) && in_lines * 10 >= all * 9
}

/// How far pixels are from the brightness that most have.
fn distances(small: &Small) -> Vec<u8> {
    let levels: Vec<u8> = (0..small.pixels.len()).map(|at| luma(small.on_white(at))).collect();
    let mut counts = [0_usize; 256];
    levels.iter().for_each(|level| counts[usize::from(*level)] += 1);
    let most = |counts: &[usize]| {
        counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(at, _)| at)
    };
    // Paper is of some levels beside each other, of which the most frequent stands for it.
    let papers: Vec<usize> = counts.chunks(16).map(|levels| levels.iter().sum()).collect();
    let start = 16 * most(&papers);
    let paper = (start + most(&counts[start..start + 16])) as u8;
    levels.into_iter().map(|level| level.abs_diff(paper)).collect()
}

/// From the first pixel of ink to the last.
fn length(band: &[&[bool]]) -> usize {
    let first = band.iter().filter_map(|row| row.iter().position(|ink| *ink)).min();
    let last = band.iter().filter_map(|row| row.iter().rposition(|ink| *ink)).max();
    last.zip(first).map_or(0, |(last, first)| last + 1 - first)
}

/// How often ink begins in a row of pixels: in half of the rows at least so often.
fn letters(band: &[&[bool]]) -> usize {
    let begins = |row: &&[bool]| {
        usize::from(row[0]) + row.windows(2).filter(|pair| !pair[0] && pair[1]).count()
    };
    let mut counts: Vec<usize> = band.iter().map(begins).collect();
    let middle = counts.len() / 2;
    *counts.select_nth_unstable(middle).1
}
