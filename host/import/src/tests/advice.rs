//! The advice of a receipt works when it is followed: what it asks for is read then, and nothing that was read
//! before is lost.

use std::collections::BTreeSet;

use super::*;

/// A file, before and after its advice is followed.
struct Advised<'t> {
    folder: TestShop,
    kind: DropKind,
    name: &'t str,
    text: &'t str,
    /// What it said before, value by value.
    before: BTreeSet<String>,
    /// What the receipt said then.
    messages: String,
}

impl<'t> Advised<'t> {
    fn new(kind: DropKind, name: &'t str, text: &'t str) -> Self {
        let folder = TestShop::new();
        let messages = outcome(&folder, kind, name, text.as_bytes());
        let before = list_values(&messages);
        Self { folder, kind, name, text, before, messages }
    }

    fn products(text: &'t str) -> Self {
        Self::new(DropKind::Products, "x.csv", text)
    }

    /// What the receipt says to write, from one text to another.
    fn advice(&self, from: &str, to: &str) -> String {
        let (_, rest) = self.messages.split_once(from).unwrap_or_else(|| {
            panic!("no {from:?} in:\n{}", self.messages);
        });
        rest.split(to).next().unwrap_or(rest).trim().to_owned()
    }

    /// Writes a mapping of these columns for the file.
    fn write_columns(&self, columns: &str) {
        let (name, kind) = (self.name, self.kind.folder());
        let text = format!("files = [\"{name}\"]\nkind = \"{kind}\"\n[columns]\n{columns}\n");
        self.folder.write("mappings/x.toml", &text);
    }

    fn append_to(&self, file: &str, toml: &str) {
        let before = std::fs::read_to_string(self.folder.path().join(file)).expect("a file");
        self.folder.write(file, &format!("{before}\n{toml}\n"));
    }

    /// Reads the file again. It says these values, too, and all that it said before.
    #[track_caller]
    fn check_gains(&self, gained: &[&str]) -> String {
        let outcome = outcome(&self.folder, self.kind, self.name, self.text.as_bytes());
        let after = list_values(&outcome);
        let lost: Vec<_> = self.before.difference(&after).collect();
        assert!(lost.is_empty(), "{lost:?} is lost in:\n{outcome}\nbefore:\n{}", self.messages);
        for value in gained {
            assert!(!self.before.contains(*value), "{value} was there before:\n{}", self.messages);
            assert!(after.contains(*value), "{value} is not in:\n{outcome}");
        }
        outcome
    }
}

/// The values of records, each with its SKU.
fn list_values(outcome: &str) -> BTreeSet<String> {
    let records = outcome.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let records = records.filter_map(|line| line.split_once(' ')?.1.split_once(": "));
    let values = records.flat_map(|(sku, values)| {
        values
            .split("; ")
            .filter(|value| !value.is_empty())
            .map(move |value| format!("{sku}: {value}"))
    });
    values.collect()
}

#[test]
fn a_column_named_as_the_sku_leaves_the_others_as_they_were() {
    let file = Advised::products("Numero,Nimi,Hinta,Väri,Ryhmä\nA,Takki,19.90,moss,X\n");
    let toml = file.advice("mappings/: ", "\n").replace("], ", "]\n");
    assert_eq!(toml, "files = [\"x.csv\"]\nsku = \"Numero\"");
    file.folder.write("mappings/x.toml", &toml);
    file.check_gains(&[
        "A: [1] name = Takki",
        "A: [3] color = moss",
        "A: [2] price retail = 19.90 EUR",
    ]);
}

#[test]
fn columns_by_number_are_read() {
    let file = Advised::products("A,Takki,4006381333931\nB,Housut,4006381333948\n");
    let toml = file.advice("in mappings/: ", ";").replace(", ", "\n");
    file.folder.write("mappings/x.toml", &format!("{toml}\n[columns]\n2 = \"name\"\n"));
    file.check_gains(&["A: [1] name = Takki", "B: [1] name = Housut"]);
}

#[test]
fn a_price_without_tax_is_named_as_the_price() {
    let file = Advised::products("Tuotenro,Nimi,Hinta alv 0 %,Väri\nA,Takki,9.90,moss\n");
    file.write_columns(&file.advice("a mapping says so: ", ";"));
    file.check_gains(&["A: [2] price retail = 9.90 EUR"]);
    let file = Advised::products("Tuotenro,Nimi,Hinta,Hinta alv 0 %\nA,Takki,9.90,7.98\n");
    assert_eq!(file.advice("beside the price: `", "`"), "rikaste attribute add price_without_tax");
    file.append_to("model.toml", "[attributes.price_without_tax]\ntype = \"money\"");
    file.check_gains(&["A: [3] price_without_tax = 7.98 EUR"]);
}

#[test]
fn of_two_names_each_gets_its_language() {
    let file = Advised::products("Tuotenro,Nimi,Benämning,Hinta\nA,Takki,Jacka,9.90\n");
    let word = file.advice("call the one that is meant \"", "\"");
    assert_eq!(word, "name");
    file.write_columns("\"Benämning\" = \"name-sv\"");
    file.check_gains(&["A: [1] name = Takki", "A: [2] name sv-SE = Jacka"]);
    file.write_columns("Nimi = \"name-fi\"\n\"Benämning\" = \"name-sv\"");
    file.check_gains(&["A: [1] name fi-FI = Takki", "A: [2] name sv-SE = Jacka"]);
}

#[test]
fn a_column_for_a_channel_is_read_for_all() {
    let file = Advised::products("sku,Nimi,description-fi_FI-kiosk\nA,Takki,Lämmin\n");
    file.write_columns(&file.advice("a mapping says: ", "\n"));
    file.check_gains(&["A: [2] description fi-FI = Lämmin"]);
}

#[test]
fn stock_without_a_location_gets_one() {
    let text = "Tuotenro,Nimi,Varastosaldo\nA,Takki,4\n";
    let file = Advised::products(text);
    let name = file.advice("call the column \"", "\"");
    file.write_columns(&format!("Varastosaldo = \"{name}\""));
    file.check_gains(&["A: [2] stock central = 4"]);
    let file = Advised::products(text);
    let key = file.advice("at the top of shop.toml: ", "\n");
    let shop = std::fs::read_to_string(file.folder.path().join("shop.toml")).expect("a file");
    file.folder.write("shop.toml", &format!("{key}\n{shop}"));
    let outcome = file.check_gains(&["A: [2] stock central = 4"]);
    assert!(
        outcome.contains(
            "Varastosaldo: pieces of this column went to the location \"Central warehouse\""
        ),
        "{outcome}"
    );
}

#[test]
fn a_column_that_is_asked_about_is_left_out_or_read() {
    let text = "Tuotenro,Nimi,Hinta,Jäsenhinta\nA,Takki,9.90,7.90\n";
    let file = Advised::products(text);
    assert!(file.messages.contains("nothing of the file was taken"), "{}", file.messages);
    file.write_columns(&file.advice("under [columns]: ", ". To take"));
    let outcome = file.check_gains(&[]);
    assert!(!outcome.contains("nothing of the file was taken"), "{outcome}");
    let file = Advised::products(text);
    let column = file.advice("Write in a mapping: ", ",");
    file.write_columns(&column);
    let outcome = file.check_gains(&[]);
    assert!(outcome.contains("price retail = 7.90 EUR"), "{outcome}");
}

#[test]
fn an_attribute_that_is_advised_is_read() {
    let file = Advised::products(
        "Tuotenro,Nimi,Hapot g/l,Päätuotteen väri,Yksikkö (sv)\nA,Takki,4.5,Punainen,st\n",
    );
    let shop = file.folder.shop();
    let mappings = MappingSet::default();
    let importer = FileImporter::new(&shop, &mappings).for_inspection();
    let reading = importer.open_source(DropKind::Products, "x.csv", file.text.as_bytes());
    let explained = reading.and_then(|it| it.explain_file(DropKind::Products)).expect("explained");
    for proposal in &explained.proposals {
        let advice = format!("`rikaste attribute add {}`", proposal.code);
        assert!(file.messages.contains(&advice), "{advice} in:\n{}", file.messages);
        file.append_to("model.toml", &proposal.to_toml());
    }
    expect_test::expect![[r#"
        [attributes.hapot_g_l]
        type = "decimal"
        label = { fi-FI = "Hapot g/l" }
        [attributes.paatuotteen_vari]
        type = "text"
        label = { fi-FI = "Päätuotteen väri" }
        [attributes.yksikko]
        type = "text"
        label = { fi-FI = "Yksikkö" }
        localizable = true
    "#]]
    .assert_eq(&explained.proposals.iter().map(AttributeProposal::to_toml).collect::<String>());
    file.check_gains(&[
        "A: [2] hapot_g_l = 4.5",
        "A: [3] paatuotteen_vari = Punainen",
        "A: [4] yksikko sv-SE = st",
    ]);
}

#[test]
fn a_scale_of_ratings_is_stated() {
    let text = "SKU,Arvosana,Recension,id\nA,9,Bra,1\nB,8,Bra,2\nC,10,Bra,3\nD,4,Nja,4\n";
    let file = Advised::new(DropKind::Reviews, "r.csv", text);
    let column = file.advice("[columns] ", "\n");
    file.write_columns(&column);
    let outcome = file.check_gains(&[]);
    assert!(outcome.contains("4 rows, 0 rejected") && outcome.contains("Nja"), "{outcome}");
}

#[test]
fn a_mapping_says_only_what_differs_from_a_preset() {
    let text = "\
Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price
takki,Takki,<p>Warm</p>,Havu,jacket,Size,S,T-S,3,19.90
takki,,,,,,M,T-M,4,19.90
";
    let file = Advised::new(DropKind::Products, "x.csv", text);
    assert!(file.messages.contains("preset Shopify"), "{}", file.messages);
    let name = file.advice("call the column \"", "\"");
    // In another case than the file and the preset have it.
    file.write_columns(&format!("\"variant inventory qty\" = \"{name}\""));
    let outcome = file.check_gains(&["T-S: [8] stock central = 3", "T-M: [8] stock central = 4"]);
    assert!(
        outcome.starts_with("CSV, comma, UTF-8, preset Shopify, mapping x.toml\n"),
        "{outcome}"
    );
    // Who wants no preset says so.
    let own = "files = [\"x.csv\"]\npreset = \"none\"\nsku = \"Variant SKU\"\n";
    file.folder.write("mappings/x.toml", own);
    let outcome = super::outcome(&file.folder, file.kind, file.name, file.text.as_bytes());
    assert!(outcome.starts_with("CSV, comma, UTF-8, mapping x.toml\n2 T-S: "), "{outcome}");
}

/// The preset says in which column locales are.
#[test]
fn a_locale_of_an_export_is_named() {
    let text = "\
sku,store_view_code,attribute_set_code,product_type,additional_attributes,name,price
A,,jacket,simple,,Jacket,19.90
A,suomi_shop,jacket,simple,,Takki,
";
    let file = Advised::products(text);
    assert!(file.messages.contains("preset Magento 2"), "{}", file.messages);
    let advice = file.advice("in a mapping: ", " (said once)");
    let toml = advice.replacen("] ", "]\n", 1).replace('…', "fi-FI");
    file.folder.write("mappings/x.toml", &format!("files = [\"x.csv\"]\n{toml}\n"));
    file.check_gains(&["A: [5] name fi-FI = Takki"]);
}

#[test]
fn a_mapping_goes_before_the_convention() {
    let folder = TestShop::new();
    folder.write(
        "mappings/x.toml",
        "files = [\"x.csv\"]\nsku = \"Numero\"\n[columns]\nOtsikko = \"name\"\nvari = \"ignore\"\n",
    );
    let text = "name,Nimi,Numero,Tuotenro,Otsikko,Vari,Hinta\nx,y,A,B,Takki,moss,9.90\n";
    expect_test::expect![[r#"
        CSV, comma, UTF-8, mapping x.toml
        2 A: [4] name = Takki; [6] price retail = 9.90 EUR
        info read by what they are called elsewhere: Hinta = price; a mapping or a header in the shop's own words says something else
        warning name: nothing was read from this column: the mapping x.toml reads "name" from the column "Otsikko"; this one was left out
        warning Nimi: nothing was read from this column: "Nimi" may mean "name", which the column "name" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "y", and looks like the type text; `rikaste attribute add nimi` takes it in
        warning Tuotenro: nothing was read from this column: "Tuotenro" may mean "sku", which the column "Numero" says already; if it is another thing, a mapping says so; it is filled in 1 of 1 rows, such as "B", and looks like the type text; `rikaste attribute add tuotenro` takes it in
        1 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&outcome(&folder, DropKind::Products, "x.csv", text.as_bytes()));
}
