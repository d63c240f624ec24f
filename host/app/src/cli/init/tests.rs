use super::*;
use rikaste_import::{FileImporter, MappingSet};
use rikaste_model::code::LocationCode;
use rikaste_model::diagnostic::Severity;
use rikaste_model::receipt::DiagnosticCollector;
use rikaste_model::shop::find_label;

pub(super) fn bare_args(folder: impl Into<PathBuf>) -> InitArgs {
    InitArgs {
        folder: folder.into(),
        name: None,
        locales: Vec::new(),
        stores: Vec::new(),
        currency: None,
        template: None,
    }
}

/// Makes a shop as the command does where nobody can be asked.
fn create(args: InitArgs) -> Shop {
    let folder = args.folder.clone();
    create_shop(args).expect("made");
    Shop::load_from_folder(&folder).expect("loads")
}

#[test]
fn a_new_shop_is_one_that_loads_and_is_never_made_over_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shop = create(bare_args(folder.path()));
    assert_eq!(shop.channels.len(), 3);
    let places: Vec<_> = shop.locations.iter().map(|l| l.code.as_str()).collect();
    assert_eq!(places, ["store", "warehouse"]);
    let again = create_shop(bare_args(folder.path())).expect_err("refused");
    assert!(again.to_string().contains("is a shop already"));
}

#[test]
fn a_locale_and_a_store_are_written_in_shop_toml_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    create(InitArgs {
        stores: vec!["Jyväskylä, keskusta".parse().expect("a store")],
        ..bare_args(folder.path())
    });
    let path = folder.path().join("shop.toml");
    let text = std::fs::read_to_string(&path).expect("it is there");
    let text = text.replace("\"sv-SE\", ", "").replace("fi-FI", "de-DE");
    let text = text.replace("locations.jyvaskyla-keskusta", "locations.oulu");
    std::fs::write(&path, format!("{text}\n[locations.kemi]\n")).expect("written");
    let shop = Shop::load_from_folder(folder.path()).expect("one place is enough");
    for channel in &shop.channels {
        let locales: Vec<_> = channel.locales.iter().map(|chain| chain.locale.as_str()).collect();
        assert_eq!(locales, ["de-DE", "en-GB"], "{}", channel.code);
        let places: Vec<_> = channel.locations.iter().map(LocationCode::as_str).collect();
        assert_eq!(places, ["kemi", "oulu"], "{}", channel.code);
    }
    let name = &shop.find_attribute("color").expect("it is there").label;
    assert_eq!(find_label(name, &shop.locales, "color"), "Farbe");
}

#[test]
fn two_stores_of_one_code_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let stores = ["Oulu", "oulu=Oulu, Rotuaari"].map(|name| name.parse().expect("a store")).into();
    let error = create_shop(InitArgs { stores, ..bare_args(folder.path()) }).expect_err("refused");
    assert!(error.to_string().starts_with("two stores have the code oulu"), "{error}");
}

/// Every template in shops of several languages: all is labelled, and the example is read without a remark.
#[test]
fn every_template_is_labelled_and_reads_its_example() {
    for template in ShopTemplate::value_variants() {
        for locales in [vec!["fi-FI", "sv-SE", "en-GB"], vec!["de-AT", "de-CH"], vec!["et-EE"]] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let locales: Vec<_> = locales.into_iter().map(parse_default_locale).collect();
            let args = InitArgs {
                template: Some(*template),
                locales: locales.clone(),
                ..bare_args(folder.path())
            };
            let shop = create(args);
            if locales[0].language() != "et" {
                check_labels(&shop);
            }
            check_example(&shop, folder.path());
        }
    }
}

fn check_labels(shop: &Shop) {
    let mut labels = vec![];
    for (code, attribute) in &shop.attributes {
        if rikaste_model::shop::STANDARD_ATTRIBUTES.contains(&code.as_str()) {
            continue;
        }
        labels.push((code.to_string(), &attribute.label));
        let options = attribute.options.iter();
        labels.extend(options.map(|(option, label)| (format!("{code} {option}"), label)));
    }
    labels.extend(shop.families.iter().map(|(code, f)| (code.to_string(), &f.label)));
    labels.extend(shop.categories.iter().map(|(code, c)| (code.to_string(), &c.label)));
    labels.extend(shop.associations.iter().map(|(code, label)| (code.to_string(), label)));
    for (code, label) in labels {
        for locale in &shop.locales {
            assert!(label.contains_key(locale), "{code} has no label in {locale}");
        }
    }
}

fn check_example(shop: &Shop, folder: &Path) {
    let mappings = MappingSet::default();
    let importer = FileImporter::new(shop, &mappings);
    let file = std::fs::File::open(folder.join(EXAMPLE_FILE)).expect("it is there");
    let mut reading =
        importer.open_source(DropKind::Products, "products.csv", file).expect("readable");
    let (mut records, mut messages) = (Vec::new(), DiagnosticCollector::default());
    while !reading.next_batch(100, &mut records, &mut messages).expect("read").finished {}
    let remarks: Vec<_> = messages.into_diagnostics().0;
    let remarks: Vec<_> = remarks.iter().filter(|r| r.severity != Severity::Info).collect();
    assert!(remarks.is_empty(), "{} {:?}: {remarks:?}", shop.name, shop.locales);
    assert!(!records.is_empty());
}
