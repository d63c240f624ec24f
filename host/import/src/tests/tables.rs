//! Tables as people make them: other encodings, titles above the header, totals below.

use expect_test::{Expect, expect};

use super::*;

fn check(bytes: &[u8], expected: Expect) {
    expected.assert_eq(&outcome(&TestShop::new(), DropKind::Products, "a.csv", bytes));
}

fn check_mapped(mapping: &str, bytes: &[u8], expected: Expect) {
    let folder = TestShop::new();
    folder
        .write("mappings/a.toml", &format!("files = [\"a.csv\"]\nkind = \"products\"\n{mapping}"));
    expected.assert_eq(&outcome(&folder, DropKind::Products, "a.csv", bytes));
}

#[test]
fn letters_are_told_where_the_first_comes() {
    check(
        b"sku;name-fi_FI;price\nA;\x8akki;1,90\nB;P\x8a\x8allystakki;2,90\n",
        expect![[r#"
        CSV, semicolon, Mac Roman
        2 A: [1] name fi-FI = äkki; [2] price retail = 1.90 EUR
        3 B: [1] name fi-FI = Päällystakki; [2] price retail = 2.90 EUR
        info row 2: the file is not UTF-8; it was read as Mac Roman, in which this says "äkki"; if that is wrong, give the `encoding` in a mapping
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"sku;name-fi_FI\nA;Hinta 5 \xa4\nB;P\xe4\xe4llystakki\n",
        expect![[r#"
        CSV, semicolon, ISO-8859-15
        2 A: [1] name fi-FI = Hinta 5 €
        3 B: [1] name fi-FI = Päällystakki
        info row 2: the file is not UTF-8; it was read as ISO-8859-15, in which this says "Hinta 5 €"; if that is wrong, give the `encoding` in a mapping
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        "sku;name\nA;Päällystakki\nB;P".as_bytes(),
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = Päällystakki
        3 B: [1] name = P
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    let mut mixed = "sku;name-fi_FI\nA;Päällystakki, yönsininen\n".as_bytes().to_vec();
    mixed.extend(b"B;P\xe4\xe4llystakki\nC;Takki\n");
    check(
        &mixed,
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name fi-FI = Päällystakki, yönsininen
        3 B: [1] name fi-FI = Päällystakki
        4 C: [1] name fi-FI = Takki
        warning row 3, name-fi_FI: this cell is not UTF-8 as what is before it in the file; it was read as Windows-1252, in which it says "Päällystakki"; if that is wrong, save the file as UTF-8 and drop it again
        3 rows, 0 rejected, 0 skipped
    "#]],
    );
    let mut late = b"sku;name-fi_FI\n".to_vec();
    (0..60_000).for_each(|row| late.extend(format!("A-{row};Takki numero {row}\n").bytes()));
    assert!(late.len() > 1 << 20);
    let (ascii, mut utf8) = (late.clone(), late.clone());
    late.extend(b"B;P\xe4\xe4llystakki\n");
    utf8.extend("B;Päällystakki\n".bytes());
    for (bytes, name, read_as) in [
        (late, Some("Päällystakki"), "CSV, semicolon, Windows-1252"),
        (utf8, Some("Päällystakki"), "CSV, semicolon, UTF-8"),
        (ascii, None, "CSV, semicolon, UTF-8"),
    ] {
        let folder = TestShop::new();
        let (shop, mappings) = (folder.shop(), MappingSet::default());
        let imported =
            import(&shop, &mappings, DropKind::Products, "a.csv", &bytes).expect("readable");
        assert_eq!(imported.read_as, read_as);
        let last = describe_body(&imported.records.last().expect("a row").body);
        assert_eq!(last.contains("Päällystakki"), name.is_some(), "{last}");
    }
}

#[test]
fn a_mapping_overrides_what_is_told() {
    check_mapped(
        "encoding = \"windows-1250\"\n",
        b"sku;name\nA;\xe8\n",
        expect![[r#"
        CSV, semicolon, windows-1250, mapping a.toml
        2 A: [1] name = č
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_mapped(
        "encoding = \"utf-16le\"\n",
        b"s\0k\0u\0\n\0A\0\n\0",
        expect![[r#"
        CSV, comma, UTF-16, mapping a.toml
        2 A: 
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_mapped(
        "quote = \"\"\n",
        b"sku;name\nA;\"a\"\nB;\"b\"\n",
        expect![[r#"
        CSV, semicolon, no quotation marks, UTF-8, mapping a.toml
        2 A: [1] name = "a"
        3 B: [1] name = "b"
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_mapped(
        "quote = \"'\"\ndelimiter = \":\"\n",
        b"sku:name\nA:'a:b'\n",
        expect![[r#"
        CSV, colon, single quotation marks, UTF-8, mapping a.toml
        2 A: [1] name = a:b
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_mapped(
        "header_row = 2\n",
        b"sku;name\nname;sku\na;A\n",
        expect![[r#"
            CSV, semicolon, UTF-8, header in row 2, mapping a.toml
            3 A: [0] name = a
            info the header is in row 2; what stands above it in 1 was left out ("sku name"); if another row is the header, give `header_row` in a mapping
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check_mapped(
        "header_row = 9\n",
        b"sku;name\nA;a\n",
        expect![[r#"
        file-columns: the mapping has the header in row 9, where the file has nothing; correct its `header_row`, or leave it out
    "#]],
    );
    check_mapped(
        "header_row = 10001\n",
        b"sku;name\nA;a\n",
        expect![
            "SHOP/mappings/a.toml: header_row: rows are counted from 1, the header is not below row 10000, and 0 stands for no header"
        ],
    );
    check_mapped(
        "quote = \"q\"\n",
        b"",
        expect![[r#"SHOP/mappings/a.toml: quote: write '"', "'", or "" for none"#]],
    );
    check_mapped(
        "delimiter = \"ab\"\n",
        b"",
        expect![[
            r#"SHOP/mappings/a.toml: delimiter: write one character that is no letter and no digit, such as ",", ";", "\t" or "|""#
        ]],
    );
    check_mapped(
        "encoding = \"replacement\"\n",
        b"",
        expect![[
            r#"SHOP/mappings/a.toml: encoding: "replacement" is not read here; write the name of an encoding, such as utf-8, utf-16le, windows-1252, iso-8859-2, macintosh, cp850, shift_jis or gbk; or save the file as UTF-8"#
        ]],
    );
}

#[test]
fn letters_with_several_readings_are_asked_for() {
    let encode =
        |encoding: &'static encoding_rs::Encoding, text: &str| encoding.encode(text).0.into_owned();
    check(
        &encode(encoding_rs::ISO_8859_2, "sku;name\nA;Kubek\nB;Čaj\n"),
        expect![[r#"
        file-encoding: the file is not UTF-8, and it may be in several encodings, in which its letters are others: windows-1252 “Èaj”, windows-1250 “Čaj”; say which it is in a file in mappings/, such as encoding = "windows-1252", or save it as UTF-8 and drop it again
    "#]],
    );
    check(
        &encode(encoding_rs::ISO_8859_2, "sku;name\nA;Kółko żółte, świeże\n"),
        expect![[r#"
        CSV, semicolon, ISO-8859-2
        2 A: [1] name = Kółko żółte, świeże
        info row 2: the file is not UTF-8; it was read as ISO-8859-2, in which this says "Kółko żółte, świeże"; if that is wrong, give the `encoding` in a mapping
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        &encode(encoding_rs::SHIFT_JIS, "sku,name\nA,レインコート\nB,カップ\n"),
        expect![[r#"
            file-encoding: the file is not UTF-8, and it may be in several encodings, in which its letters are others: shift_jis “レインコート”, gbk “儗僀儞僐乕僩”, cp850 “âîâCâôâRü[âg”; say which it is in a file in mappings/, such as encoding = "shift_jis", or save it as UTF-8 and drop it again
        "#]],
    );
    check(
        &encode(encoding_rs::EUC_KR, "sku,name\nA,우비 어린이\n"),
        expect![[r#"
        file-encoding: the file is not UTF-8, and it may be in several encodings, in which its letters are others: euc-kr “우비 어린이”, gbk “快厚 绢赴捞”, big5 “辦綠 橫萼檜”, euc-jp “酔搾 嬢鍵戚”, iso-8859-15 “¿ìºñ Ÿîž°ÀÌ”; say which it is in a file in mappings/, such as encoding = "euc-kr", or save it as UTF-8 and drop it again
    "#]],
    );
    // Signs are the same in most; what the first letters tell counts for them all.
    let mut late = "sku;name\n".to_owned();
    late.extend((0..9_000).map(|row| format!("A-{row};Mug 12 °C\n")));
    late.push_str("B;Чай\n");
    check(
        &encode(encoding_rs::WINDOWS_1251, &late),
        expect![[r#"
            file-encoding: the file is not UTF-8, and it may be in several encodings, in which its letters are others: windows-1252 “×àé”, windows-1251 “Чай”, shift_jis “ﾗ琺”; say which it is in a file in mappings/, such as encoding = "windows-1252", or save it as UTF-8 and drop it again
        "#]],
    );
    let mapped = |encoding: &'static encoding_rs::Encoding, text: &str, expected: Expect| {
        let mapping = format!("encoding = \"{}\"\n", encoding.name());
        check_mapped(&mapping, &encode(encoding, text), expected);
    };
    mapped(
        encoding_rs::ISO_8859_2,
        "sku;name\nA;Čaj\n",
        expect![[r#"
        CSV, semicolon, ISO-8859-2, mapping a.toml
        2 A: [1] name = Čaj
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    mapped(
        encoding_rs::SHIFT_JIS,
        "sku|name\nA|ソース, カップ\n",
        expect![[r#"
        CSV, bar, Shift_JIS, mapping a.toml
        2 A: [1] name = ソース, カップ
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    mapped(
        encoding_rs::GBK,
        "sku,name\nA,雨衣\n",
        expect![[r#"
        CSV, comma, GBK, mapping a.toml
        2 A: [1] name = 雨衣
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    mapped(
        encoding_rs::EUC_KR,
        "sku,name\nA,우비\n",
        expect![[r#"
        CSV, comma, EUC-KR, mapping a.toml
        2 A: [1] name = 우비
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_mapped(
        "encoding = \"gbk\"\n",
        b"sku,name\nA,\xff\xff\n",
        expect![[r#"
        file-encoding: the file is to be GBK text, but is broken near byte 12; correct the `encoding` of its mapping, or save it as UTF-8 and drop it again
    "#]],
    );
}

#[test]
fn a_file_without_a_header_names_its_columns_by_number() {
    check(
        b"A-1;Takki;29,90\nA-2;Housut;19,90\n",
        expect![[r#"
        file-columns: the file has no header: row 1 is one of data ("A-1", "Takki", "29,90"); write the names of the columns above it, or name the columns by number in a file in mappings/: files = ["a.csv"], header_row = 0, sku = "1"; `rikaste import --explain` shows what stands in each
    "#]],
    );
    check(
        b"6410405085436;Takki;\n",
        expect![[r#"
        file-columns: the file has no header: row 1 is one of data ("6410405085436", "Takki"); write the names of the columns above it, or name the columns by number in a file in mappings/: files = ["a.csv"], header_row = 0, sku = "1"; `rikaste import --explain` shows what stands in each
    "#]],
    );
    check(
        b"Hinnasto;;\nA-1;Takki;29,90\nA-2;Housut;19,90\n",
        expect![[r#"
            file-columns: the file has no header: row 2 is one of data ("A-1", "Takki", "29,90"); write the names of the columns above it, or name the columns by number in a file in mappings/: files = ["a.csv"], header_row = 0, sku = "1"; `rikaste import --explain` shows what stands in each
        "#]],
    );
    let mapping = "header_row = 0\nsku = \"1\"\n[columns]\n2 = \"name-fi_FI\"\n3 = \"price\"\n";
    check_mapped(
        mapping,
        b"A-1;Takki;29,90\nA-2;Housut;19,90;9\nA-3;;9,90\n;Sukat;4,90\n",
        expect![[r#"
            CSV, semicolon, UTF-8, no header, mapping a.toml
            1 A-1: [1] name fi-FI = Takki; [2] price retail = 29.90 EUR
            3 A-3: [1] name fi-FI cleared; [2] price retail = 9.90 EUR
            error row 2: the row has 4 cells and the others have 3, and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            error row 4, 1 "": the row has no SKU; the row was not taken
            4 rows, 2 rejected, 0 skipped
        "#]],
    );
    // The rows that were refused are dropped again with the numbers above them.
    let folder = TestShop::new();
    folder
        .write("mappings/a.toml", &format!("files = [\"a.csv\"]\nkind = \"products\"\n{mapping}"));
    expect![[r#"
        CSV, semicolon, UTF-8, mapping a.toml
        2 A-4: [3] name fi-FI = Sukat; [4] price retail = 4.90 EUR
        1 rows, 0 rejected, 0 skipped
    "#]]
    .assert_eq(&outcome(
        &folder,
        DropKind::Products,
        "a.csv.rejected.csv",
        b"rikaste_reason;rikaste_row;1;2;3\nno SKU;4;A-4;Sukat;4,90\n",
    ));
}

#[test]
fn titles_stand_above_the_header() {
    check(
        b"Hinnasto;;\nSade Oy, 1.3.2026;;\n;;\nsku;name;price\nA;a;1,90\n",
        expect![[r#"
            CSV, semicolon, UTF-8, header in row 4
            5 A: [1] name = a; [2] price retail = 1.90 EUR
            info the header is in row 4; what stands above it in 1–3 was left out ("Hinnasto Sade Oy, 1.3.2026"); if another row is the header, give `header_row` in a mapping
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        b"Price list\n\nsku,name,price\nA,a,1.90\nB,b\n",
        expect![[r#"
            CSV, comma, UTF-8, header in row 3
            4 A: [1] name = a; [2] price retail = 1.90 EUR
            info the header is in row 3; what stands above it in 1 was left out ("Price list"); if another row is the header, give `header_row` in a mapping
            error row 5: the row has 2 cells and the others have 3, and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
            2 rows, 1 rejected, 0 skipped
        "#]],
    );
    check(
        b"sep=;\r\nsku;name\r\nA;a, b\r\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a, b
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"sku;name\rA;a\rB;\"b\rc\"\r",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a
        3 B: [1] name = b
        c
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn headers_may_be_blank_repeated_and_followed_by_nothing() {
    check(
        b"sku;name;;color;\nA;a;x;moss;\nB;b;;night;\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a; [3] color = moss
        3 B: [1] name = b; [3] color = night
        info the header of column 3 is empty; nothing was read from it
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"sku;name;\nA;a;\nB;b;c\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a
        3 B: [1] name = b
        info the header of column 3 is empty; nothing was read from it
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"sku;name;size;name;name\nA;a;98;b;c\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a; [2] size = 98
        warning the header "name" stands over column 4 again; only the first was read; a mapping can name this one "name (2)"
        warning the header "name" stands over column 5 again; only the first was read; a mapping can name this one "name (3)"
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check_mapped(
        "columns = { \"name (2)\" = \"name-sv_SE\" }\n",
        b"sku;name-fi_FI;name;name\nA;a;b;c\n",
        expect![[r#"
            CSV, semicolon, UTF-8, mapping a.toml
            2 A: [1] name fi-FI = a; [2] name = b; [3] name sv-SE = c
            1 rows, 0 rejected, 0 skipped
        "#]],
    );
    check(
        b"sku;name\nA;a\nsku;name\nB;b\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a
        4 B: [1] name = b
        info row 3: the header stands here again, as where two exports were put together; the row was left out
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn totals_are_no_products() {
    check(
        b"sku;name;price\nA;a;1,90\n;Yhteens\xc3\xa4:;1,90\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a; [2] price retail = 1.90 EUR
        info row 3: "Yhteensä:" makes this a row of totals; it was left out
        1 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"sku;name;price\nA;a;1,90\nSumme;;1,90\n;;2\n",
        expect![[r#"
        CSV, semicolon, UTF-8
        2 A: [1] name = a; [2] price retail = 1.90 EUR
        info row 3: "Summe" makes this a row of totals; it was left out
        error row 4, sku "": the row has no SKU; the row was not taken
        2 rows, 1 rejected, 0 skipped
    "#]],
    );
}

#[test]
fn quotation_marks_are_read_as_the_file_has_them() {
    check(
        b"sku,name\nA,\"a \\\"b\\\", c\\n\"\nB,\"d\"\n",
        expect![[r#"
        CSV, comma, \" for a quotation mark, UTF-8
        2 A: [1] name = a "b", c\n
        3 B: [1] name = d
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"'sku','name'\n'A','a, b'\n'B','it''s'\n",
        expect![[r#"
        CSV, comma, single quotation marks, UTF-8
        2 A: [1] name = a, b
        3 B: [1] name = it's
        2 rows, 0 rejected, 0 skipped
    "#]],
    );
    check(
        b"sku;name\nA;\"55\nB;b\nC;c\n",
        expect![[r#"
            CSV, semicolon, UTF-8
            3 B: [1] name = b
            4 C: [1] name = c
            error row 2: the quotation marks of this row do not match, and more than one reading of it is possible; the row was not taken; write each mark inside a text twice, and one at each of its ends
            3 rows, 1 rejected, 0 skipped
        "#]],
    );
}

#[test]
fn few_messages_tell_of_a_thousand_columns_that_say_nothing() {
    let headers: Vec<String> = (0..1_000).map(|number| format!("metafield_{number}")).collect();
    let cells = vec!["x"; 1_000].join(",");
    let text = format!("sku,{}\nA,{cells}\nB,{cells}\n", headers.join(","));
    let shop = TestShop::new().shop();
    let imported =
        import(&shop, &MappingSet::default(), DropKind::Products, "wide.csv", text.as_bytes())
            .unwrap_or_else(|error| panic!("{}", error.to_diagnostic()));
    let unknown = |message: &&String| message.contains("nothing was read from");
    let unknown: Vec<_> = imported.messages.iter().filter(unknown).collect();
    assert_eq!(unknown.len(), 41);
    assert!(unknown[40].contains("960 more columns") && unknown[40].contains("metafield_40"));
}
