//! XML: the same records as from JSON, and nothing that its authors should not be able to do.

use std::io::{self, Read};

use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn mapped(mapping: &str, bytes: &[u8], expected: Expect) {
    let folder = TestShop::new();
    if !mapping.is_empty() {
        let head = "files = [\"*\"]\nkind = \"products\"\n";
        folder.write("mappings/m.toml", &format!("{head}{mapping}"));
    }
    expected.assert_eq(&outcome(&folder, DropKind::Products, "a.xml", bytes));
}

fn check(text: &str, expected: Expect) {
    mapped("", text.as_bytes(), expected);
}

#[test]
fn elements_that_repeat_are_records() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- a catalogue -->
<catalogue date="2026-01-01">
  <sender><name>Kuura Oy</name></sender>
  <products>
    <product sku="A">
      <name lang="fi">Takki &amp; l&#228;mp&ouml;</name><name lang="en"><![CDATA[Coat <warm>]]></name>
      <color/>
      <price currency="EUR">19,90</price>
      <images><image>a.jpg</image><image>b.jpg</image></images>
    </product>
    <product sku="B"><size>98</size></product>
  </products>
</catalogue>"#,
        expect![[r#"
            XML, records in catalogue/products/product, UTF-8
            1 A: [1] name fi-FI = Takki & lämpö; [2] name en-GB = Coat <warm>; [3] color cleared; [5] images = a.jpg, b.jpg; [4] price retail = 19.90 EUR
            2 B: [6] size = 98
            2 rows, 0 rejected, 0 skipped
        "#]],
    );
    mapped(
        "records = \"items/item\"\nsku = \"code\"\nunknown = \"ignore\"\n[columns]\n\"images.image[]\" = \"images\"\n\"spec[@name=x]\" = \"ignore\"",
        b"<shop><other><item><code>no</code></item></other><items><item code='A'><images><image><url/></image></images></item></items></shop>",
        expect![[r#"
            XML, records in items/item, UTF-8, mapping m.toml
            1 A: 
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    mapped(
        "records = \"a/b\"",
        b"<shop><item sku='A'/></shop>",
        expect![[r#"
        file-records: there are no records at "a/b": the file has no "a/b" there; correct `records` in the mapping
    "#]],
    );
}

#[test]
fn google_feeds() {
    let mapping = "sku = \"id\"\nparent = \"item_group_id\"\nunknown = \"ignore\"\n[columns]\ntitle = \"name-en_GB\"\nprice = \"price-EUR\"\n";
    mapped(
        mapping,
        br#"<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><link>https://x</link>
<item><g:id>A-98</g:id><g:item_group_id>A</g:item_group_id><title>Coat</title><g:title>Coat, warm</g:title><g:price>19.90 EUR</g:price><g:color>moss</g:color></item>
</channel></rss>"#,
        expect![[r#"
            XML, records in rss/channel/item, UTF-8, mapping m.toml
            1 A-98: parent A; [2] name en-GB = Coat; [5] color = moss; [4] price retail = 19.90 EUR
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    mapped(
        mapping,
        br#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title><link rel="self" href="https://x"/><link rel="x" href="https://x"/>
<entry><g:id>A-98</g:id><title>Coat</title><link href="https://x/a"/><g:price>19.90 EUR</g:price></entry></feed>"#,
        expect![[r#"
            XML, records in feed/entry, UTF-8, mapping m.toml
            1 A-98: [1] name en-GB = Coat; [3] price retail = 19.90 EUR
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn the_declaration_names_the_encoding() {
    mapped(
        "",
        b"<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><ps><p><sku>A</sku><name>P\xe4\xe4llys \xa4</name></p></ps>",
        expect![[r#"
            XML, records in ps/p, ISO-8859-15
            1 A: [1] name = Päällys €
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    mapped(
        "",
        b"<ps><p><sku>A</sku><name>P\xe4\xe4llys</name></p></ps>",
        expect![[r#"
            file-xml: row 1: the file is not well-formed XML near line 1: a letter is not UTF-8, and the file names no other encoding; have it mended where it comes from
        "#]],
    );
}

const BMECAT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE BMECAT SYSTEM "bmecat_new_catalog_1_2.dtd">
<BMECAT version="2005" xmlns="http://www.bmecat.org/bmecat/2005fd">
<HEADER><CATALOG><LANGUAGE default="true">fin</LANGUAGE><CATALOG_ID>K</CATALOG_ID><CURRENCY>EUR</CURRENCY></CATALOG></HEADER>
<T_NEW_CATALOG>
<CATALOG_GROUP_SYSTEM>
<CATALOG_STRUCTURE type="root"><GROUP_ID>1</GROUP_ID><GROUP_NAME>Kuura</GROUP_NAME><PARENT_ID>0</PARENT_ID></CATALOG_STRUCTURE>
<CATALOG_STRUCTURE type="node"><GROUP_ID>2</GROUP_ID><GROUP_NAME>Outerwear</GROUP_NAME><PARENT_ID>1</PARENT_ID></CATALOG_STRUCTURE>
<CATALOG_STRUCTURE type="leaf"><GROUP_ID>3</GROUP_ID><GROUP_NAME>Sale</GROUP_NAME><PARENT_ID>1</PARENT_ID></CATALOG_STRUCTURE>
</CATALOG_GROUP_SYSTEM>
<PRODUCT mode="new"><SUPPLIER_PID type="supplier_specific">A</SUPPLIER_PID>
<PRODUCT_DETAILS>
<DESCRIPTION_SHORT lang="fin">Takki</DESCRIPTION_SHORT><DESCRIPTION_SHORT lang="swe">Jacka</DESCRIPTION_SHORT><DESCRIPTION_LONG>Lämmin.</DESCRIPTION_LONG>
<INTERNATIONAL_PID type="gtin">6417931000010</INTERNATIONAL_PID><MANUFACTURER_NAME>Kuura</MANUFACTURER_NAME><KEYWORD>a</KEYWORD><KEYWORD>b</KEYWORD>
</PRODUCT_DETAILS>
<PRODUCT_FEATURES><REFERENCE_FEATURE_SYSTEM_NAME>ETIM-8.0</REFERENCE_FEATURE_SYSTEM_NAME>
<FEATURE><FNAME>weight</FNAME><FVALUE>1.5</FVALUE><FUNIT>kg</FUNIT></FEATURE>
<FEATURE><FNAME>color</FNAME><FVALUE>moss</FVALUE><FVALUE>night</FVALUE></FEATURE></PRODUCT_FEATURES>
<PRODUCT_ORDER_DETAILS><ORDER_UNIT>C62</ORDER_UNIT></PRODUCT_ORDER_DETAILS>
<PRODUCT_PRICE_DETAILS>
<PRODUCT_PRICE price_type="net_customer"><PRICE_AMOUNT>9.00</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY><TAX>0.255</TAX><LOWER_BOUND>1</LOWER_BOUND></PRODUCT_PRICE>
<PRODUCT_PRICE price_type="net_customer"><PRICE_AMOUNT>8.00</PRICE_AMOUNT><LOWER_BOUND>10</LOWER_BOUND></PRODUCT_PRICE>
<PRODUCT_PRICE price_type="nrp"><PRICE_AMOUNT>19.90</PRICE_AMOUNT></PRODUCT_PRICE></PRODUCT_PRICE_DETAILS>
<MIME_INFO><MIME><MIME_TYPE>image/jpeg</MIME_TYPE><MIME_SOURCE>img\a-2.jpg</MIME_SOURCE><MIME_ORDER>2</MIME_ORDER></MIME>
<MIME><MIME_TYPE>image/jpeg</MIME_TYPE><MIME_SOURCE>a-1.jpg</MIME_SOURCE><MIME_ORDER>1</MIME_ORDER></MIME>
<MIME><MIME_TYPE>application/pdf</MIME_TYPE><MIME_SOURCE>a.pdf</MIME_SOURCE></MIME></MIME_INFO>
<PRODUCT_REFERENCE type="care-product" quantity="2"><PROD_ID_TO>HC-1</PROD_ID_TO></PRODUCT_REFERENCE>
</PRODUCT>
<PRODUCT><SUPPLIER_PID>B</SUPPLIER_PID><PRODUCT_DETAILS><DESCRIPTION_SHORT>Housut</DESCRIPTION_SHORT></PRODUCT_DETAILS></PRODUCT>
<PRODUCT mode="delete"><SUPPLIER_PID>C</SUPPLIER_PID></PRODUCT>
<PRODUCT_TO_CATALOGGROUP_MAP><PROD_ID>A</PROD_ID><CATALOG_GROUP_ID>2</CATALOG_GROUP_ID></PRODUCT_TO_CATALOGGROUP_MAP>
<PRODUCT_TO_CATALOGGROUP_MAP><PROD_ID>A</PROD_ID><CATALOG_GROUP_ID>3</CATALOG_GROUP_ID></PRODUCT_TO_CATALOGGROUP_MAP>
</T_NEW_CATALOG></BMECAT>"#;

#[test]
fn bmecat_2005() {
    check(
        BMECAT,
        expect![[r#"
            BMEcat, UTF-8
            1 A: [1] name fi-FI = Takki; [2] name sv-SE = Jacka; [3] description fi-FI = Lämmin.; [5] brand = Kuura; [8] weight = 1.5 kg; [9] color = moss, night; [15] images = a-1.jpg, a-2.jpg; care-product → HC-1×2; [13] price retail = 19.90 EUR
            2 B: [1] name fi-FI = Housut
            4 A: [17] categories = outerwear, sale
            warning keyword: nothing was read from this column: nothing in this shop is called "keyword"; it is filled in 1 of 3 rows, such as "a, b", and looks like the type text; `rikaste attribute add keyword` takes it in
            warning reference_feature_system_name: nothing was read from this column: nothing in this shop is called "reference_feature_system_name"; it is filled in 1 of 3 rows, such as "ETIM-8.0", and looks like the type text; `rikaste attribute add reference_feature_system_name` takes it in
            warning order_unit: nothing was read from this column: nothing in this shop is called "order_unit"; it is filled in 1 of 3 rows, such as "C62", and looks like the type text; `rikaste attribute add order_unit` takes it in
            warning net_customer.EUR: nothing was read from this column: nothing in this shop is called "net_customer.EUR"; it is filled in 1 of 3 rows, such as "9.00", and looks like the type integer; `rikaste attribute add net_customer_eur` takes it in
            warning net_customer.EUR.10: nothing was read from this column: nothing in this shop is called "net_customer.EUR.10"; it is filled in 1 of 3 rows, such as "8.00", and looks like the type integer; `rikaste attribute add net_customer_eur_10` takes it in
            warning documents: nothing was read from this column: nothing in this shop is called "documents"; it is filled in 1 of 3 rows, such as "a.pdf", and looks like the type text; `rikaste attribute add documents` takes it in
            warning row 1, A, gtin "6417931000010": the check digit of "6417931000010" is 0, but it should be 8; the value was left out
            error row 3: the catalogue takes C out of the range, which a row does not do; the product was left as it is
            4 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn bmecat_1_2_is_the_same_with_articles() {
    let articles = BMECAT
        .replace("PRODUCT", "ARTICLE")
        .replace("SUPPLIER_PID", "SUPPLIER_AID")
        .replace("INTERNATIONAL_PID", "EAN")
        .replace("PROD_ID", "ART_ID");
    let read = |text: &str| {
        let folder = TestShop::new();
        outcome(&folder, DropKind::Products, "a.xml", text.as_bytes())
    };
    assert_eq!(read(&articles), read(BMECAT));
    let prices = "<BMECAT version='1.2'><HEADER/><T_UPDATE_PRICES prev_version='1'><ARTICLE><SUPPLIER_AID>A</SUPPLIER_AID><ARTICLE_PRICE_DETAILS><ARTICLE_PRICE price_type='nrp'><PRICE_AMOUNT>5</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY></ARTICLE_PRICE></ARTICLE_PRICE_DETAILS></ARTICLE></T_UPDATE_PRICES></BMECAT>";
    check(
        prices,
        expect![[r#"
        BMEcat, UTF-8
        1 A: [1] price retail = 5.00 EUR
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn what_is_not_well_formed_is_refused() {
    check(
        "<ps><p><sku>A</sku></p><p><sku>B</sku>",
        expect![[r#"
            file-cut-short: row 2: the file ends in the middle of this element: it was cut short; export it again
        "#]],
    );
    check(
        "<ps>\n<p><sku>A</sku></p>\n<p><sku>B</p></ps>",
        expect![[r#"
        file-xml: row 2: the file is not well-formed XML near line 3: ill-formed document: expected `</sku>`, but `</p>` was found; have it mended where it comes from
    "#]],
    );
    check(
        "<ps><p><sku>A</sku></p><p><sku>B</sku></p",
        expect![[r#"
        file-cut-short: row 2: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
    check(
        "<ps><p><sku>A</sku><name>a & b</name></p></ps>",
        expect![[r#"
        XML, records in ps/p, UTF-8
        1 A: [1] name = a & b
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "<ps><p><sku>A</sku><name x='a & b' y=1/></p></ps>",
        expect![[r#"
        XML, records in ps, UTF-8
        error row 1: an attribute of <name> is not written as name="value"
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
    check(
        "<ps></ps>",
        expect![[r#"
            file-empty: the file has no rows that say anything; drop it again when it has some
        "#]],
    );
    check(
        "<",
        expect![[r#"
        file-cut-short: row 1: the file ends in the middle of this element: it was cut short; export it again
    "#]],
    );
}

#[test]
fn laughs_are_not_laughed_and_files_not_fetched() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE ps [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<ps><p><sku>A</sku><name>&c;</name></p><p><sku>B</sku><name>&x;</name></p><p><sku>C</sku><name>plain</name></p></ps>"#;
    check(
        laughs,
        expect![[r#"
        XML, records in ps/p, UTF-8
        3 C: [1] name = plain
        error row 1: nothing says what &c; stands for; write the character itself
        error row 2: nothing says what &x; stands for; write the character itself
        3 rows, 2 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn depth_and_width_are_limited() {
    let deep = |levels: usize| {
        format!(
            "<ps><p><sku>A</sku>{}{}</p><p><sku>B</sku></p></ps>",
            "<d>".repeat(levels),
            "</d>".repeat(levels)
        )
    };
    check(
        &deep(10_000),
        expect![[r#"
        XML, records in ps/p, UTF-8
        2 B: 
        error row 1: the element is nested deeper than 64 levels; it was not taken
        2 rows, 1 rejected, 0 skipped
    "#]],
    );
    let around = format!("{}<p><sku>A</sku></p>{}", "<d>".repeat(10_000), "</d>".repeat(10_000));
    check(
        &around,
        expect![[r#"
        XML, records in d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d, UTF-8
        error row 1: the element is nested deeper than 64 levels; it was not taken
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
    let wide: String = (0..3_000).map(|n| format!("<a{n}/>")).collect();
    check(
        &format!("<ps><p><sku>A</sku>{wide}</p><p><sku>B</sku></p></ps>"),
        expect![[r#"
        XML, records in ps, UTF-8
        error row 1: an element has more than 2000 different children; it was not taken
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    check(
        &format!("<ps><p sku='A'{attributes}/><p sku='B'/></ps>"),
        expect![[r#"
        XML, records in ps, UTF-8
        error row 1: an element has more than 2000 different children; it was not taken
        1 rows, 1 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn a_text_of_a_hundred_megabytes_is_given_up_soon() {
    let folder = TestShop::new();
    let shop = folder.shop();
    let mappings = MappingSet::default();
    for start in
        ["<ps><p><sku>A</sku><name>", "<ps><p><sku>A</sku></p><p a='", "<ps><head>", "<ps><!--"]
    {
        let endless = start.as_bytes().chain(io::repeat(b'x')).take(100 << 20);
        let importer = FileImporter::new(&shop, &mappings);
        let mut reading =
            importer.open_source(DropKind::Products, "a.xml", endless).expect("it opens");
        let mut records = Vec::new();
        let error = reading
            .next_batch(10, &mut records, &mut DiagnosticCollector::default())
            .expect_err("refused");
        assert_eq!(error.code(), "file-too-large", "{start}: {error}");
    }
}

/// A tree as both can have it: names are words, and no list is in a list or empty.
fn tree() -> impl Strategy<Value = Value> {
    let text = "[a-z<&>\"' ]{0,5}[a-z]".prop_map(Value::String);
    let name = "[a-z]{1,4}";
    text.prop_recursive(3, 24, 4, move |inner| {
        let lists = prop::collection::vec(inner.clone(), 2..4).prop_map(Value::Array);
        let flat = lists.prop_filter("no list in a list", |list| {
            !list.as_array().expect("a list").iter().any(Value::is_array)
        });
        prop::collection::btree_map(name, prop_oneof![inner, flat], 1..4)
            .prop_map(|object| Value::Object(object.into_iter().collect()))
    })
}

fn xml(name: &str, value: &Value, text: &mut String) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| xml(name, value, text)),
        Value::Object(object) => {
            text.push_str(&format!("<{name}>"));
            object.iter().for_each(|(name, value)| xml(name, value, text));
            text.push_str(&format!("</{name}>"));
        }
        Value::String(content) => {
            text.push_str(&format!("<{name}>{}</{name}>", quick_xml::escape::escape(content)));
        }
        other => unreachable!("{other}"),
    }
}

proptest! {
    #[test]
    fn a_tree_says_the_same_in_xml_and_in_json(
        mut products in prop::collection::vec(prop::collection::btree_map("(name|size|color|x)", tree(), 0..4), 2..4)
    ) {
        for (number, product) in products.iter_mut().enumerate() {
            product.insert("sku".to_owned(), Value::String(format!("S-{number}")));
        }
        let products: Vec<Value> =
            products.into_iter().map(|product| Value::Object(product.into_iter().collect())).collect();
        let mut text = "<products>".to_owned();
        xml("product", &Value::Array(products.clone()), &mut text);
        text.push_str("</products>");
        let folder = TestShop::new();
        let after_format = |outcome: String| outcome.split_once('\n').map(|(_, rest)| rest.to_owned());
        let of_xml = outcome(&folder, DropKind::Products, "a.xml", text.as_bytes());
        let json = serde_json::to_string(&products).expect("JSON");
        let of_json = outcome(&folder, DropKind::Products, "a.json", json.as_bytes());
        prop_assert_eq!(
            after_format(of_xml.replace("a.xml", "a.json")),
            after_format(of_json)
        );
    }

    #[test]
    fn no_xml_is_too_strange(text in "<[a-c]>(</?[a-c:]{0,3}( [a-c]=['\"][a-c&;]{0,4}['\"]?)?/?>|[a-z &;#x<>\\]\\[!?-]{0,6}){0,12}") {
        let _ = outcome(&TestShop::new(), DropKind::Products, "a.xml", text.as_bytes());
    }

    #[test]
    fn nor_is_json(text in "[{\\[]([{}\\[\\],:\" ]|\"[a-c]{0,3}\"|sku|1){0,30}") {
        let _ = outcome(&TestShop::new(), DropKind::Products, "a.json", text.as_bytes());
    }
}
