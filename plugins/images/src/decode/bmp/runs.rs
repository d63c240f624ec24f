//! The run lengths of BMP.

use super::super::{DecodeError, broken};

/// Numbers of the palette, as rows are stored. What is left out has the first colour.
pub(super) fn unpack(
    packed: &[u8],
    bits: u32,
    width: usize,
    height: usize,
) -> Result<Vec<u8>, DecodeError> {
    let mut indexes = vec![0; width * height];
    let (mut x, mut y) = (0, 0);
    let mut bytes = packed.iter().copied();
    let mut next = || bytes.next().ok_or(DecodeError::Truncated);
    loop {
        match (next()?, next()?) {
            (0, 0) => (x, y) = (0, y + 1),
            (0, 1) => return Ok(indexes),
            (0, 2) => {
                x += usize::from(next()?);
                y += usize::from(next()?);
            }
            (0, count) => {
                let count = usize::from(count);
                let size = if bits == 8 { count } else { count.div_ceil(2) };
                let mut pair = 0;
                for at in 0..count {
                    if bits == 8 || at.is_multiple_of(2) {
                        pair = next()?;
                    }
                    put(&mut indexes, (width, height), (x, y), number(pair, bits, at))?;
                    x += 1;
                }
                // Filled up to pairs of bytes.
                if size % 2 == 1 {
                    next()?;
                }
            }
            (count, pair) => {
                for at in 0..usize::from(count) {
                    put(&mut indexes, (width, height), (x, y), number(pair, bits, at))?;
                    x += 1;
                }
            }
        }
        if y > height {
            return Err(broken("its runs go beyond its last row"));
        }
    }
}

fn number(pair: u8, bits: u32, at: usize) -> u8 {
    match bits {
        8 => pair,
        _ if at.is_multiple_of(2) => pair >> 4,
        _ => pair & 15,
    }
}

fn put(
    indexes: &mut [u8],
    (width, height): (usize, usize),
    (x, y): (usize, usize),
    index: u8,
) -> Result<(), DecodeError> {
    if y >= height {
        return Err(broken("its runs go beyond its last row"));
    }
    // Beyond a row's end programs write rubbish, and nobody shows it.
    if x < width {
        indexes[y * width + x] = index;
    }
    Ok(())
}
