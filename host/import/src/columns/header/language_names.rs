//! What languages are called in Finnish, Swedish, German and English, where a header says one in words:
//! `Tuotenimi ruotsiksi`, `Namn på finska`.

use crate::columns::synonyms::normalize_name;

/// The tags of a language, likeliest first, and its names as they are compared.
const LANGUAGE_NAMES: [(&[&str], &[&str]); 9] = [
    (&["fi"], &["suomi", "suomeksi", "suomenkielinen", "finska", "finnish", "finnisch"]),
    (&["sv"], &["ruotsi", "ruotsiksi", "ruotsinkielinen", "svenska", "swedish", "schwedisch"]),
    (&["en"], &["englanti", "englanniksi", "englanninkielinen", "engelska", "english", "englisch"]),
    (&["de"], &["saksa", "saksaksi", "saksankielinen", "tyska", "german", "deutsch"]),
    (&["nb", "no", "nn"], &["norja", "norjaksi", "norska", "norsk", "norwegian", "norwegisch"]),
    (&["da"], &["tanska", "tanskaksi", "danska", "dansk", "danish", "danisch"]),
    (&["et"], &["viro", "viroksi", "estniska", "eesti", "estonian", "estnisch"]),
    (&["fr"], &["ranska", "ranskaksi", "franska", "francais", "french", "franzosisch"]),
    (&["ru"], &["venaja", "venajaksi", "ryska", "russian", "russisch"]),
];

/// The tags of the language that a text names, perhaps after `på`, `in` or `auf`.
pub(super) fn language_tags(text: &str) -> &'static [&'static str] {
    let text = text.trim();
    let plain = text.split_once(' ').filter(|(word, _)| matches!(*word, "på" | "in" | "auf"));
    let name = normalize_name(plain.map_or(text, |(_, name)| name));
    let mut named = LANGUAGE_NAMES.iter().filter(|(_, names)| names.contains(&name.as_str()));
    named.next().map_or(&[], |(tags, _)| tags)
}
