//! Colours beside those that libvips makes, which has LittleCMS for them.
//!
//! Without `vips` the test says that it is skipped; with `CI=true` it fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use moxcms::ColorProfile;

use crate::renditions::oriented;
use crate::support::{plain_png, process, rgba, sample, whole};

/// CIEDE2000: a difference of 1 can just be seen by who looks for it.
struct Bound {
    mean: f64,
    /// What 95 of 100 pixels keep to.
    most: f64,
}

const NEAR: Bound = Bound { mean: 0.5, most: 1.2 };

/// Four inks come out of tables, between whose entries both interpolate in ways of their own.
const PRINT: Bound = Bound { mean: 1.0, most: 2.5 };

/// Where each has its own way of spreading colours that are stored for four pixels.
const SPREAD: Bound = Bound { mean: 2.5, most: 12.0 };

#[test]
fn colours_are_those_of_libvips() {
    if !has_vips() {
        println!("skipped: vips is not installed (apt-get install libvips-tools)");
        return;
    }
    let bench = Bench::new();
    let original = bench.write("original.png", &chart());
    let adobe = ColorProfile::new_adobe_rgb().encode().expect("it is a profile");
    let adobe = bench.write("adobe.icc", &adobe);
    let grey = bench.write("grey.icc", &grey_profile());

    for (name, bound) in [
        ("lossless.avif", &NEAR),
        ("limited.avif", &NEAR),
        ("twelve.avif", &NEAR),
        ("alpha.avif", &NEAR),
        ("cut.avif", &NEAR),
        ("grey.avif", &NEAR),
        ("icc.avif", &NEAR),
        // Old libheif takes the colour of the nearest for four pixels.
        ("still.avif", &SPREAD),
        ("half.avif", &SPREAD),
        ("ten.avif", &SPREAD),
        ("turned.avif", &SPREAD),
        ("grid.avif", &SPREAD),
    ] {
        let file = bench.write(name, &sample(name));
        match name {
            "icc.avif" => {
                bench.vips(&["icc_transform", &file, "expected.png", "srgb", "--embedded"])
            }
            // Of sixteen bits the upper eight, rounded.
            "ten.avif" | "twelve.avif" => {
                bench.vips(&["colourspace", &file, "expected.png", "srgb"])
            }
            _ => bench.vips(&["copy", &file, "expected.png"]),
        }
        bench.compare(name, &file, bound, Some(name == "icc.avif"));
    }
    // What the container says of colours is not heeded by vips, so it is an argument.
    let file = bench.write("p3.avif", &sample("p3.avif"));
    bench.vips(&["icc_transform", &file, "expected.png", "srgb", "--input-profile", "p3"]);
    bench.compare("P3 without a profile", &file, &NEAR, Some(true));

    let jpeg = "[Q=96,subsample-mode=off]";
    for (name, profile, format) in [
        ("Display P3", "p3", format!("p3.jpg{jpeg}")),
        ("Display P3 in 16 bits", "p3", "p3.png".to_owned()),
        ("Adobe RGB", adobe.as_str(), format!("adobe.jpg{jpeg}")),
        ("CMYK", "cmyk", format!("cmyk.jpg{jpeg}")),
        ("CMYK in TIFF", "cmyk", "cmyk.tif[compression=lzw]".to_owned()),
    ] {
        let depth = if name.contains("16") { "16" } else { "8" };
        bench.vips(&["icc_transform", &original, &format, profile, "--depth", depth]);
        let file = format.split('[').next().expect("there is a name").to_owned();
        bench.vips(&["icc_transform", &file, "expected.png", "srgb", "--embedded"]);
        let bound = if profile == "cmyk" { &PRINT } else { &NEAR };
        bench.compare(name, &file, bound, Some(true));
    }

    bench.vips(&["colourspace", &original, "grey.v", "b-w"]);
    bench.vips(&["pngsave", "grey.v", "grey.png", "--profile", &grey]);
    bench.vips(&["icc_transform", "grey.png", "expected.png", "srgb", "--embedded"]);
    bench.compare("Grey with gamma 1.8", "grey.png", &NEAR, Some(true));

    bench.vips(&["jpegsave", &original, "upright.jpg", "--Q", "96", "--subsample-mode", "off"]);
    let upright = fs::read(bench.path("upright.jpg")).expect("vips wrote it");
    for orientation in 1..=8 {
        bench.write("turned.jpg", &oriented(&upright, orientation));
        bench.vips(&["autorot", "turned.jpg", "expected.png"]);
        bench.compare(&format!("Orientation {orientation}"), "turned.jpg", &NEAR, Some(false));
    }
}

/// Whether there is a `vips`; with `CI=true` it is missed.
fn has_vips() -> bool {
    let runs = Command::new("vips").arg("--version").output().is_ok_and(|o| o.status.success());
    let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(runs || !is_ci, "vips is not installed; colours must be compared in CI");
    runs
}

/// A folder in which vips works.
struct Bench(PathBuf);

impl Bench {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("colour");
        fs::create_dir_all(&folder).expect("the folder can be made");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.path(name), bytes).expect("the file can be written");
        name.to_owned()
    }

    fn vips(&self, arguments: &[&str]) {
        let output = Command::new("vips").args(arguments).current_dir(&self.0).output();
        let output = output.expect("vips can be started");
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "vips {}: {message}", arguments.join(" "));
    }

    /// Holds what the plugin makes of a file against what vips made of it.
    fn compare(&self, name: &str, file: &str, bound: &Bound, has_profile: Option<bool>) {
        let photo = fs::read(self.path(file)).expect("vips wrote it");
        let expected = plain_png(&fs::read(self.path("expected.png")).expect("vips wrote it"));
        let picture = process(photo, &[whole()]).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert!(picture.remarks.is_empty(), "{name}: {:?}", picture.remarks);
        if let Some(has_profile) = has_profile {
            assert_eq!(picture.facts.profile.is_some(), has_profile, "{name}");
        }
        let made = rgba(&picture.renditions[0]);
        assert_eq!(made.len(), expected.len(), "{name}");
        let mut apart: Vec<f64> =
            made.iter().zip(&expected).map(|(a, b)| ciede2000(lab(*a), lab(*b))).collect();
        apart.sort_by(f64::total_cmp);
        let mean = apart.iter().sum::<f64>() / apart.len() as f64;
        let most = apart[apart.len() * 95 / 100];
        println!(
            "{name}: mean {mean:.2}, 95 % within {most:.2} ({:?})",
            picture.facts.profile.as_deref().unwrap_or("sRGB")
        );
        assert!(mean <= bound.mean && most <= bound.most, "{name}: mean {mean:.2}, 95 % {most:.2}");
    }
}

/// The shortest ICC profile of a grey with gamma 1.8.
fn grey_profile() -> Vec<u8> {
    const D50: [u32; 3] = [0xf6d6, 0x1_0000, 0xd32d];
    let mut header = vec![0; 128];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &190_u32.to_be_bytes());
    put(8, &[2, 0x40]);
    put(12, b"mntrGRAYXYZ ");
    put(24, &[7, 234, 0, 1, 0, 1]);
    put(36, b"acsp");
    put(68, &D50.map(u32::to_be_bytes).concat());
    let tag =
        |name: &[u8], at: u32, size: u32| [name, &at.to_be_bytes(), &size.to_be_bytes()].concat();
    [
        header,
        2_u32.to_be_bytes().to_vec(),
        tag(b"wtpt", 156, 20),
        tag(b"kTRC", 176, 14),
        b"XYZ \0\0\0\0".to_vec(),
        D50.map(u32::to_be_bytes).concat(),
        b"curv\0\0\0\0\0\0\0\x01".to_vec(),
        0x01cd_u16.to_be_bytes().to_vec(),
    ]
    .concat()
}

/// Patches of colours in all directions, and slopes between black and white and around the hues.
fn chart() -> Vec<u8> {
    const PATCH: usize = 16;
    let (width, height) = (PATCH * 16, PATCH * 12);
    let mut bytes = Vec::with_capacity(width * height * 3);
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let (column, row) = (x / PATCH, y / PATCH);
        let level = |index: usize| [0, 64, 128, 192, 255][index % 5];
        bytes.extend(match row {
            0 => [x as u8; 3],
            1 => [x as u8, (255 - x) as u8, 128],
            2 => [40, x as u8, (255 - x) as u8],
            _ => {
                let index = (row - 3) * 16 + column;
                [level(index), level(index / 5), level(index / 25)]
            }
        });
    }
    let mut photo = Vec::new();
    let mut encoder = png::Encoder::new(&mut photo, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    let mut writer = encoder.write_header().expect("it is memory");
    writer.write_image_data(&bytes).expect("it is memory");
    drop(writer);
    photo
}

/// CIELAB of sRGB, with the white of D65.
fn lab([red, green, blue, _]: [u8; 4]) -> [f64; 3] {
    let light = |code: u8| {
        let code = f64::from(code) / 255.0;
        if code <= 0.040_45 { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
    };
    let (r, g, b) = (light(red), light(green), light(blue));
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How different two colours look (Sharma, Wu and Dalal, 2005).
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| {
        if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if is_grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let mean_hue = match h1 + h2 {
        sum if is_grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_hue - 30.0)
        + 0.24 * cos(2.0 * mean_hue)
        + 0.32 * cos(3.0 * mean_hue + 6.0)
        - 0.20 * cos(4.0 * mean_hue - 63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let turned = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let rt = -2.0 * seventh(c) * (2.0 * turned).to_radians().sin();
    let (dl, dc, dh) = (dl / sl, dc / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh + rt * dc * dh).sqrt()
}

/// Pairs of the paper.
#[test]
fn differences_are_those_of_the_paper() {
    for (one, other, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        assert!((ciede2000(one, other) - expected).abs() < 0.0001);
    }
}
