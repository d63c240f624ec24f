//! Pictures of text, and drawings that are none.

use std::fs;
use std::path::Path;

use crate::support::{beside, process, sample};

fn is_called_text(photo: Vec<u8>) -> bool {
    let picture = process(photo, &[]).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    picture.remarks.iter().any(|remark| remark.code == "image-text")
}

#[test]
fn a_picture_of_text_is_called_so() {
    assert!(is_called_text(sample("text.png")));
    assert!(is_called_text(sample("text.jpg")));
    assert!(!is_called_text(sample("upright.png")));
}

#[test]
fn drawings_are_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../host/app/demo/inbox/images");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the demo's photos") {
        let path = entry.expect("the folder can be read").path();
        // One is cut short, so that the demo has something to complain of.
        let Ok(picture) = process(fs::read(&path).expect("a file"), &[]) else { continue };
        count += 1;
        let named: Vec<_> = picture.remarks.iter().map(|remark| remark.code.as_str()).collect();
        assert!(!named.contains(&"image-text"), "{}", path.display());
    }
    assert!(count > 50, "{count}");
}

#[test]
fn photos_are_not() {
    let Some(files) = beside("product-photos") else { return };
    for (name, photo) in files {
        assert!(!is_called_text(photo), "{name}");
    }
}
