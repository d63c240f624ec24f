//! A shop in three locales and the rows of a file of products, some 1 KB each.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

const SHOP: &str = r#"
name = "Bench"
time_zone = "Europe/Helsinki"
locales = ["fi-FI", "sv-SE", "en-GB"]
price_list = "retail"
[price_lists.retail]
currency = "EUR"
[locations.helsinki]
[locations.central]
"#;

const MODEL: &str = r#"
[attributes.name]
type = "text"
localizable = true
search = "title"
[attributes.description]
type = "text"
localizable = true
search = "text"
[attributes.care_text]
type = "text"
[attributes.material]
type = "text"
[attributes.color]
type = "options"
facet = true
[attributes.size]
type = "options"
[families.jacket]
[families.boots]
[categories.clothing]
[categories.outerwear]
parent = "clothing"
"#;

const CHANNEL: &str = r#"
public = true
locales = ["fi-FI", "sv-SE", "en-GB"]
required = ["name", "description", "price"]
[fallback]
"sv-SE" = ["en-GB"]
"#;

const SEASONS: &str = r#"
[[seasons]]
code = "winter"
start = "2026-11-01"
end = "2027-03-01"
families = ["jacket"]
[seasons.badge]
"fi-FI" = "Talven suosikki"
"en-GB" = "Winter favourite"
[seasons.description]
"fi-FI" = "{description} {name} kuuluu talven mallistoon."
"#;

/// The configuration of the shop.
pub fn write_shop(root: &Path) {
    for (name, text) in [
        ("shop.toml", SHOP),
        ("model.toml", MODEL),
        ("channels/web.toml", CHANNEL),
        ("channels/screen.toml", CHANNEL),
        ("channels/seller.toml", CHANNEL),
        ("plugins/seasonal-copy.toml", SEASONS),
    ] {
        write(&root.join(name), text);
    }
}

/// Writes the products, each as `change` makes it; gives the file's size. Nothing of it is kept in
/// memory, which is measured.
pub fn write_rows(path: &Path, count: u32, mut change: impl FnMut(String) -> String) -> u64 {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    file.write_all(HEADER.as_bytes()).expect("written");
    for n in 0..count {
        file.write_all(change(row(n)).as_bytes()).expect("written");
    }
    file.into_inner().expect("written").metadata().expect("a size").len()
}

const HEADER: &str = "sku,family,categories,brand,gtin,name-fi_FI,name-sv_SE,name-en_GB,description-fi_FI,description-sv_SE,description-en_GB,care_text,material,color,size,price-EUR,stock-helsinki\n";

/// Words enough that no two descriptions are alike.
fn row(n: u32) -> String {
    const FI: [&str; 12] = [
        "lämmin",
        "kevyt",
        "vedenpitävä",
        "hengittävä",
        "kestävä",
        "pehmeä",
        "talvinen",
        "syksyinen",
        "käytännöllinen",
        "tyylikäs",
        "helppohoitoinen",
        "luotettava",
    ];
    const SV: [&str; 12] = [
        "varm",
        "lätt",
        "vattentät",
        "andande",
        "hållbar",
        "mjuk",
        "vintrig",
        "höstlig",
        "praktisk",
        "stilig",
        "lättskött",
        "pålitlig",
    ];
    const EN: [&str; 12] = [
        "warm",
        "light",
        "waterproof",
        "breathable",
        "durable",
        "soft",
        "wintry",
        "autumnal",
        "practical",
        "stylish",
        "easy-care",
        "reliable",
    ];
    let mut seed = n.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize
    };
    let mut text = |words: &[&str; 12], length: usize| {
        let mut text = String::new();
        for _ in 0..length {
            let _ = write!(text, "{} ", words[next() % 12]);
        }
        text.trim_end().to_owned()
    };
    let (fi, sv, en) = (text(&FI, 26), text(&SV, 26), text(&EN, 26));
    let family = ["jacket", "boots"][n as usize % 2];
    let care = [
        "Konepesu 40 °C, ei rumpukuivausta",
        "Machine wash 30 gentle, do not bleach",
        "Vain käsinpesu; tasokuivaus",
    ][n as usize % 3];
    let color = ["sand", "moss", "night", "red"][n as usize % 4];
    let digits = 952_000_000_000_u64 + u64::from(n);
    format!(
        "P{n},{family},outerwear,Brand {},{digits}{},Takki {n} {fi_name},Jacka {n},Jacket {n},{fi},{sv},{en},\"{care}\",80 % cotton 20 % polyester,{color},{},{}.90,{}\n",
        n % 50,
        check_digit(digits),
        100 + n % 6 * 10,
        10 + n % 190,
        n % 9,
        fi_name = FI[n as usize % 12],
    )
}

fn check_digit(mut digits: u64) -> u64 {
    let (mut sum, mut weight) = (0, 3);
    while digits > 0 {
        sum += digits % 10 * weight;
        digits /= 10;
        weight = 4 - weight;
    }
    (10 - sum % 10) % 10
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}
