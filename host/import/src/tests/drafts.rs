//! Drafts of mappings, of whatever a file calls its columns.

use std::collections::BTreeSet;

use super::*;

#[test]
fn a_draft_is_toml_whatever_columns_are_called() {
    let folder = TestShop::new();
    let (shop, none) = (folder.shop(), MappingSet::default());
    let headers = [
        "sku", "a\nb", "c\u{8}d", "e\u{7f}", "f\"g\\", "'h'", "x", "x (2)", "x", "# i", "\u{85}",
        "[j]",
    ];
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let row = |cells: &[&str]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    // What says something is proposed, and stands in a comment with an example.
    let values = headers.map(|header| match header {
        "sku" => "A",
        "x" => "a \n \"\"\" \u{1}",
        _ => "",
    });
    let file = format!("{}\n{}\n", row(&headers), row(&values));
    let name = "new\nline.csv";
    let reading =
        FileImporter::new(&shop, &none).open_source(DropKind::Products, name, file.as_bytes());
    let explained = reading.and_then(|reading| reading.explain_file(DropKind::Products));
    let draft = explained.expect("readable").draft_mapping();
    let drafted: toml::Table =
        toml::from_str(&draft).unwrap_or_else(|error| panic!("{error}\n{draft}"));
    assert_eq!(drafted["files"], toml::Value::from(vec![name]));
    assert_eq!(drafted["sku"], toml::Value::from("sku"));
    let columns: BTreeSet<&str> =
        drafted["columns"].as_table().expect("a table").keys().map(String::as_str).collect();
    let named = headers[1..].iter().map(|header| header.trim());
    let named = named.filter(|header| !header.is_empty() && *header != "x");
    assert_eq!(columns, named.collect(), "{draft}");
}
