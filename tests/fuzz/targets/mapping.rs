//! Mapping files: loaded as a shop's own, and where they can be used, used on a table, a list of
//! objects and an XML file.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use rikaste_fuzz::{explain_by, folder, shop, write};
use rikaste_import::MappingSet;
use rikaste_model::record::DropKind;

const TABLE: &str = "id;sku;parent;type;title;name-fi_FI;price;weight;Option1 Name;Option1 Value;extra;images;store\n\
    1;A;;parent;Takki;Takki;1.299,00 €;0,75 kg;Size;M;size=32,color=Black;a.jpg|b.jpg;FI\n\
    2;A-1;A;child;<b>Takki</b>;;12;75 g;Color;moss;;;ALL\n\
    3;B;id:1;;ä;x;;;;;;;\n";
const TREE: &str = r#"{"data":{"items":[{"sku":"A","title":"x","images":[{"url":"a.jpg"}],"prices":[{"value":1}],
    "attributes":[{"name":"color","value":"moss"}],"variants":[{"sku":"A-1","size":"M"}],
    "reviews":[{"rating":5,"comment":"x"}]}]}}"#;
const XML: &str = "<data><items><item sku='A'><title>x</title><images><url>a.jpg</url><url>b.jpg</url></images>\
    <attributes name='color'>moss</attributes></item><item><sku>B</sku></item></items></data>";

fuzz_target!(|toml: &str| -> Corpus {
    // It would be read, and take the time of whatever it is.
    if toml.contains("lookup") && toml.contains('/') {
        return Corpus::Reject;
    }
    write("mappings/a.toml", toml.as_bytes());
    if let Ok(mappings) = MappingSet::load_folder(folder(), shop()) {
        for kind in DropKind::ALL {
            let _ = explain_by(&mappings, kind, "a.csv", TABLE.as_bytes());
        }
        let _ = explain_by(&mappings, DropKind::Products, "a.json", TREE.as_bytes());
        let _ = explain_by(&mappings, DropKind::Products, "a.xml", XML.as_bytes());
    }
    Corpus::Keep
});
