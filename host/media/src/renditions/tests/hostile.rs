//! Plugins that decode photos and do their worst: each costs its photo, the message names plugin,
//! version and file, and the photos beside it come out as they do alone. `tests/guests/picture` does
//! what a photo tells it to.

use std::fmt::Write as _;
use std::time::Duration;

use expect_test::{Expect, expect};

use super::*;
use rikaste_test_guests::TEST_PICTURE;

/// What never ends, ends sooner than in a shop.
const LIMITS: PluginLimits = PluginLimits {
    steps: 100_000_000,
    memory: 160 << 20,
    output: 16 << 20,
    ..PluginLimits::IMAGES
};

fn load_guest(limits: PluginLimits) -> Arc<Plugin> {
    let described = PluginComponent::load_bundled(&RUNTIME, TEST_PICTURE.name, TEST_PICTURE.wasm);
    let terms = PluginPolicy { limits, ceded_attributes: Vec::new() };
    let plugin = described.expect("a plugin").into_plugin("{}".to_owned(), terms);
    Arc::new(plugin.expect("it takes nothing"))
}

fn photo(fault: &str) -> Vec<u8> {
    format!("%PICTURE 250 120 {fault}").into_bytes()
}

/// All that the store holds of a photo.
fn made(yard: &Yard, photo: &ContentHash, facts: &PhotoMetadata) -> Vec<Vec<u8>> {
    let wanted = yard.service.list_wanted_renditions(Some(facts.width));
    let files = wanted.iter().flat_map(|rendition| {
        let name = rendition.name(photo, &facts.maker);
        rendition.formats.iter().map(move |format| yard.service.store.rendition_path(name, *format))
    });
    files.map(|path| std::fs::read(path).expect("it is there")).collect()
}

/// Gives the service all of these with a good photo after each.
fn check(faults: &[&str], expected: &Expect) {
    let yard = Yard::with(&[load_guest(LIMITS), Arc::clone(&IMAGES)], square());
    let neighbour = |number: usize| png(120, 90, number as u8);
    let mut photos = Vec::new();
    for (number, fault) in faults.iter().enumerate() {
        photos.extend([yard.put(&photo(fault)), yard.put(&neighbour(number))]);
    }
    let (developed, _) = yard.develop(&photos);
    let alone = Yard::with(&[load_guest(LIMITS), Arc::clone(&IMAGES)], square());
    let mut text = String::new();
    for (number, pair) in developed.chunks(2).enumerate() {
        let outcome = match &pair[0] {
            Ok(facts) => {
                let remarks: Vec<_> = facts.remarks.iter().map(|(code, _)| code.as_str()).collect();
                format!("taken {}", remarks.join(" ")).trim_end().to_owned()
            }
            Err(unusable) => format!("{}: {}", unusable.code, unusable.message),
        };
        assert!(outcome.len() < 1_200, "{}", outcome.len());
        let outcome = outcome.replace(&"no ".repeat(100), "");
        let _ = writeln!(text, "{}: {outcome}", faults[number]);

        let hash = alone.put(&neighbour(number));
        let (by_itself, _) = alone.develop(&[hash]);
        let (Ok(beside), Ok(by_itself)) = (&pair[1], &by_itself[0]) else {
            panic!("the photo beside {:?} is lost: {:?}", faults[number], pair[1]);
        };
        assert_eq!(beside, by_itself);
        assert_eq!(made(&yard, &hash, beside), made(&alone, &hash, by_itself));
    }
    expected.assert_eq(&text);
    // They are remembered, and their bytes are kept for another plugin.
    assert_eq!(yard.develop(&photos).1, 0);
    for (number, fault) in faults.iter().enumerate() {
        let kept =
            std::fs::read(yard.service.assets.asset_path(&photos[number * 2])).expect("kept");
        assert_eq!(kept, photo(fault));
    }
}

#[test]
fn pictures_that_are_not_what_was_wanted_are_not_taken() {
    check(
        &[
            "well",
            "none",
            "fewer",
            "more",
            "ever-more",
            "other-order",
            "short",
            "long",
            "no-bytes",
            "too-many-bytes",
            "smaller",
            "turned",
            "no-size",
            "endless",
            "other-layout",
            "transparent",
        ],
        &expect![[r#"
            well: taken
            none: image-plugin-failed: the plugin told 0.1.0 fails on it: it was asked for 4 pictures and gave 0
            fewer: image-plugin-failed: the plugin told 0.1.0 fails on it: it was asked for 4 pictures and gave 3
            more: image-plugin-failed: the plugin told 0.1.0 fails on it: it was asked for 4 pictures and gave 5
            ever-more: image-plugin-failed: the plugin told 0.1.0 fails on it: it was asked for 4 pictures and gave 200000
            other-order: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 is 300×300 pixels, and is to be 100×48 of a photo of 250×120
            short: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 has 14399 bytes; 100×48 pixels of 3 channels have 14400
            long: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 has 14401 bytes; 100×48 pixels of 3 channels have 14400
            no-bytes: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 2 has 0 bytes; 200×96 pixels of 3 channels have 57600
            too-many-bytes: image-plugin-failed: the plugin told 0.1.0 fails on it: it handed over more than 16 MiB at once
            smaller: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 is 99×48 pixels, and is to be 100×48 of a photo of 250×120
            turned: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 2 is 96×200 pixels, and is to be 200×96 of a photo of 250×120
            no-size: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 is 0×48 pixels, and is to be 100×48 of a photo of 250×120
            endless: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 is 4294967295×4294967295 pixels, and is to be 100×48 of a photo of 250×120
            other-layout: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 1 has 14400 bytes; 100×48 pixels of 4 channels have 19200
            transparent: image-plugin-failed: the plugin told 0.1.0 fails on it: picture 4 is transparent, and was wanted with a background
        "#]],
    );
}

#[test]
fn facts_that_no_photo_has_are_not_taken() {
    check(
        &[
            "lies-of-its-size",
            "nothing-of-it",
            "orientation",
            "media-type",
            "media-type-with-an-escape",
            "profile",
            "sharpness",
            "focus",
            "thumbhash",
            "colors",
            "share",
            "frames",
        ],
        &expect![[r#"
            lies-of-its-size: image-plugin-failed: the plugin told 0.1.0 fails on it: its width is 4294967295; at most 1048576 is possible
            nothing-of-it: image-plugin-failed: the plugin told 0.1.0 fails on it: the photo's size is 0×120, which no photo has
            orientation: image-plugin-failed: the plugin told 0.1.0 fails on it: the orientation is 0; EXIF has 1 to 8
            media-type: image-plugin-failed: the plugin told 0.1.0 fails on it: the media type "text/html" is none of a picture
            media-type-with-an-escape: image-plugin-failed: the plugin told 0.1.0 fails on it: the media type "image/ [31m  X: y" is none of a picture
            profile: image-plugin-failed: the plugin told 0.1.0 fails on it: its profile's name, in bytes, is 1048576; at most 64 is possible
            sharpness: image-plugin-failed: the plugin told 0.1.0 fails on it: its sharpness is 65535; at most 1000 is possible
            focus: image-plugin-failed: the plugin told 0.1.0 fails on it: its focal point is 65535; at most 1000 is possible
            thumbhash: image-plugin-failed: the plugin told 0.1.0 fails on it: its thumbhash, in bytes, is 1048576; at most 25 is possible
            colors: image-plugin-failed: the plugin told 0.1.0 fails on it: its number of colours is 1048576; at most 5 is possible
            share: image-plugin-failed: the plugin told 0.1.0 fails on it: its share of a colour is 65535; at most 1000 is possible
            frames: taken
        "#]],
    );
}

#[test]
fn who_takes_too_much_or_breaks_loses_the_photo_only() {
    check(
        &["loop", "recurse", "panic", "abort", "memory", "log"],
        &expect![[r#"
            loop: image-plugin-failed: the plugin told 0.1.0 fails on it: it took more than 100 million steps; is there a loop without an end? (in rikaste_test_picture::Told::process, called by rikaste_test_picture::_::ImageComponent::process)
            recurse: image-plugin-failed: the plugin told 0.1.0 fails on it: it reached outside its memory; is there a recursion without an end? (in rikaste_test_picture::deeper)
            panic: image-plugin-failed: the plugin told 0.1.0 fails on it: it panicked: panicked at tests/guests/picture/src/lib.rs:98:20:
            it was told to (in rikaste_test_picture::Told::process, called by rikaste_test_picture::_::ImageComponent::process)
            abort: image-plugin-failed: the plugin told 0.1.0 fails on it: it stopped itself without saying why (in rikaste_test_picture::Told::process, called by rikaste_test_picture::_::ImageComponent::process)
            memory: image-plugin-failed: the plugin told 0.1.0 fails on it: it needs more than 160 MiB of memory
            log: taken
        "#]],
    );
}

#[test]
fn what_is_said_without_end_is_cut() {
    check(
        &["remarks", "remark-without-end", "refusal"],
        &expect![[r#"
            remarks: taken told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to told-to
            remark-without-end: image-plugin-failed: the plugin told 0.1.0 fails on it: it handed over more than 16 MiB at once
            refusal: image-refused: �no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no n (plugin told)
        "#]],
    );
}

#[test]
fn a_clock_that_ran_out_is_not_remembered() {
    let limits = PluginLimits { steps: u64::MAX / 2, time: Duration::from_millis(300), ..LIMITS };
    let yard = Yard::with(&[load_guest(limits), Arc::clone(&IMAGES)], square());
    let photos = [yard.put(&photo("loop"))];
    let (developed, _) = yard.develop(&photos);
    let message = &developed[0].as_ref().expect_err("it never ends").message;
    expect!["the plugin told 0.1.0 fails on it: it took longer than 0 seconds; the machine may have been busy"].assert_eq(message);
    assert_eq!(yard.develop(&photos).1, 1);
}

#[test]
fn a_plugin_that_fails_takes_a_photo_from_nobody() {
    let yard = Yard::with(&[load_guest(LIMITS), Arc::clone(&IMAGES)], square());
    let hash = yard.put(&[png(250, 120, 0), b" fails-on-it".to_vec()].concat());
    let (developed, _) = yard.develop(&[hash]);
    let facts = developed[0].as_ref().expect("the other decodes it");
    let remarks = facts.remarks.iter().map(|(code, message)| format!("{code}: {message}\n"));
    expect![[r#"
        image-trailing-bytes: 12 bytes follow the picture in its file; they were left out. If they are not from your camera or program, save the picture anew
        image-plugin-failed: the plugin told 0.1.0 fails on it: it panicked: panicked at tests/guests/picture/src/lib.rs:41:17:
        it was told to (in rikaste_test_picture::Told::process, called by rikaste_test_picture::_::ImageComponent::process)
    "#]].assert_eq(&remarks.collect::<String>());
    assert_eq!(made(&yard, &hash, facts).len(), 7);
}
