//! How fast it is. Run by hand, optimised:
//! `cargo test --release -p rikaste --lib import::tests::speed -- --ignored --nocapture`

use std::time::Duration;

use super::*;

/// The processor's time that this thread has had, so that a busy machine does not count.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds = stat.split(' ').next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.expect("a number"))
}

/// The most memory that the process has had, in MiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") >> 10
}

#[test]
#[ignore = "it measures, and says nothing unless optimised"]
fn rows_of_a_workbook_a_second() {
    const ROWS: u32 = 200_000;
    let csv = range(ROWS);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(&csv[..]);
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(&record.expect("a row")) {
            match cell.replace(',', ".").parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).expect("a cell"),
                Err(_) => sheet.write(row, column, cell).expect("a cell"),
            };
        }
    }
    let file = tempfile::NamedTempFile::new().expect("a file");
    workbook.save(file.path()).expect("saved");
    drop(workbook);
    let size = file.path().metadata().expect("a file").len();
    println!(
        "a workbook of {ROWS} rows, {:.1} MB; peak before {} MiB",
        size as f64 / 1e6,
        peak_memory()
    );
    let folder = Folder::new();
    let shop = folder.shop();
    let mappings = Mappings::default();
    // The peak was reached by writing it; from here on it is the reader's.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    for _ in 0..2 {
        let began = std::time::Instant::now();
        let mut reading = Importer::new(&shop, &mappings)
            .open_file(DropKind::Products, "spring.xlsx", file.path())
            .expect("readable");
        let opened = began.elapsed();
        let (mut records, mut messages) = (Vec::new(), Messages::default());
        loop {
            records.clear();
            let progress = reading.next(1_000, &mut records, &mut messages).expect("readable");
            if progress.finished {
                assert_eq!((progress.rows, progress.rejected), (u64::from(ROWS), 0));
                break;
            }
        }
        println!(
            "{}: {:.0} rows/s by the clock, of {:.1} s {:.1} s to open it; peak {} MiB",
            reading.read_as(),
            f64::from(ROWS) / began.elapsed().as_secs_f64(),
            began.elapsed().as_secs_f64(),
            opened.as_secs_f64(),
            peak_memory(),
        );
    }
}

/// Ten columns of a plausible range.
fn range(rows: u32) -> Vec<u8> {
    let mut csv = String::from(
        "sku;parent;family;name-fi_FI;name-en_GB;color;size;weight;price-EUR;available_from\n",
    );
    for row in 0..rows {
        writeln!(
            csv,
            "HH-{row:06}-{size};HH-{row:06};jacket;Sadetakki Kuura {row};Rain jacket Kuura, lined {row};{color};{size};0,{weight} kg;{price},90;2026-0{month}-1{day}",
            size = 98 + row % 7 * 6,
            color = ["moss", "Sammal", "night"][row as usize % 3],
            weight = 1 + row % 9,
            price = 19 + row % 200,
            month = 1 + row % 9,
            day = row % 10,
        )
        .expect("text");
    }
    csv.into_bytes()
}

/// Twelve digits and their check digit.
fn gtin(digits: u64) -> u64 {
    let digit = |place: u32| digits / 10_u64.pow(place) % 10;
    let sum: u64 = (0..12).map(|place| digit(place) * if place % 2 == 0 { 3 } else { 1 }).sum();
    digits * 10 + (10 - sum % 10) % 10
}

/// A price catalogue of so many articles.
fn catalogue(articles: u32) -> Vec<u8> {
    let mut text = String::from(
        "UNB+UNOC:3+A+B+261115:0930+1'\nUNH+1+PRICAT:D:96A:UN'\nBGM+9+1+9'\nCUX+2:EUR:8'\n",
    );
    for article in 0..articles {
        let gtin = gtin(400_000_000_000 + u64::from(article));
        write!(
            text,
            "LIN+{article}+1+{gtin}:EN'\nPIA+1+BL-{article}:SA'\nIMD+F+ANM+:::Untuvatakki {article}:, vuorillinen:FI'\nIMD+F+ANM+:::Down jacket {article}, lined::EN'\nIMD+F+BRN+:::Hilla'\nMEA+PD+AAB+KGM:0.{weight}'\nPRI+AAA:{net}.50:CA'\nPRI+AAE:{price}.90:CA:SRP'\n",
            weight = 1 + article % 9,
            net = 9 + article % 100,
            price = 19 + article % 200,
        )
        .expect("text");
    }
    let segments = 4 + u64::from(articles) * 8;
    write!(text, "UNT+{segments}+1'\nUNZ+1+1'\n").expect("text");
    text.into_bytes()
}

#[test]
#[ignore = "it measures, and says nothing unless optimised"]
fn catalogues_a_second() {
    const ARTICLES: u32 = 200_000;
    let bytes = catalogue(ARTICLES);
    let folder = Folder::new();
    let shop = folder.shop();
    let path = folder.0.path().join("catalogue");
    std::fs::write(&path, &bytes).expect("written");
    let mappings = Mappings::default();
    let plugin = importers::pricat();
    let importers = crate::import::Importers::new(std::slice::from_ref(&plugin));
    let importer = Importer::new(&shop, &mappings).with(importers);
    let report = |what: &str, began: Duration| {
        let seconds = (cpu_time() - began).as_secs_f64();
        let megabytes = bytes.len() as f64 / 1e6 / seconds;
        println!("{what}: {:.0} articles/s, {megabytes:.0} MB/s", f64::from(ARTICLES) / seconds);
    };
    for _ in 0..3 {
        let began = cpu_time();
        let mut reader = crate::plugin::Reader::open(&plugin).expect("it starts");
        let found: usize =
            bytes.chunks(64 << 10).map(|chunk| reader.read(chunk).expect("read").len()).sum();
        assert_eq!(found, ARTICLES as usize);
        report("the plugin, elements        ", began);
        let began = cpu_time();
        let mut reading =
            importer.open_file(DropKind::Products, "catalogue", &path).expect("readable");
        let (mut records, mut messages) = (Vec::new(), Messages::default());
        loop {
            records.clear();
            let progress = reading.next(1_000, &mut records, &mut messages).expect("readable");
            if progress.finished {
                assert_eq!((progress.rows, progress.rejected), (u64::from(ARTICLES), 0));
                break;
            }
        }
        report("importer, records of them   ", began);
    }
}

#[test]
#[ignore = "it measures, and says nothing unless optimised"]
fn rows_a_second() {
    const ROWS: u32 = 500_000;
    let csv = range(ROWS);
    let folder = Folder::new();
    let shop = folder.shop();
    let mappings = Mappings::default();
    let report = |what: &str, began: Duration| {
        let seconds = (cpu_time() - began).as_secs_f64();
        let megabytes = csv.len() as f64 / 1e6 / seconds;
        println!("{what}: {:.0} rows/s, {megabytes:.0} MB/s", f64::from(ROWS) / seconds);
    };
    for _ in 0..3 {
        let began = cpu_time();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&csv[..]);
        let mut record = csv::StringRecord::new();
        let mut cells = 0;
        while reader.read_record(&mut record).expect("a row") {
            cells += record.len();
        }
        assert_eq!(cells, ROWS as usize * 10);
        report("csv crate, cells only looked at", began);
        let began = cpu_time();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&csv[..]);
        let rows: usize = reader
            .records()
            .map(|record| {
                record.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>().len()
            })
            .sum();
        assert_eq!(rows, ROWS as usize * 10);
        report("csv crate, cells as strings    ", began);
        let began = cpu_time();
        let mut reading = Importer::new(&shop, &mappings)
            .open(DropKind::Products, "spring.csv", &csv[..])
            .expect("readable");
        let (mut records, mut messages, mut cells) = (Vec::new(), Messages::default(), 0);
        loop {
            records.clear();
            let progress = reading.next(1_000, &mut records, &mut messages).expect("readable");
            cells += records.iter().map(|record| record.row as usize).sum::<usize>();
            if progress.finished {
                assert_eq!((progress.rows, progress.rejected), (u64::from(ROWS), 0));
                break;
            }
        }
        assert!(cells > 0 && messages.finish().0.is_empty());
        report("importer, records              ", began);
        let western = String::from_utf8(csv.clone()).expect("text").replace("Kuura", "Yö");
        let western = encoding_rs::WINDOWS_1252.encode(&western).0;
        let began = cpu_time();
        let mut reading = Importer::new(&shop, &mappings)
            .open(DropKind::Products, "spring.csv", &western[..])
            .expect("readable");
        let mut messages = Messages::default();
        loop {
            records.clear();
            if reading.next(1_000, &mut records, &mut messages).expect("readable").finished {
                break;
            }
        }
        assert_eq!(reading.read_as(), "CSV, semicolon, Windows-1252");
        report("importer, from Windows-1252    ", began);
    }
}

/// The same ten columns as documents.
fn documents(rows: u32) -> [(&'static str, Vec<u8>); 3] {
    let csv = String::from_utf8(range(rows)).expect("text");
    let mut lines = csv.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(';').collect();
    let (mut json, mut jsonl, mut xml) = (
        String::from("{\"total\":1,\"data\":{\"items\":["),
        String::new(),
        String::from("<range>\n"),
    );
    for (at, line) in lines.enumerate() {
        let cells = header.iter().zip(line.split(';'));
        let object: serde_json::Map<String, serde_json::Value> =
            cells.clone().map(|(name, cell)| ((*name).to_owned(), cell.into())).collect();
        let object = serde_json::Value::Object(object).to_string();
        writeln!(jsonl, "{object}").expect("text");
        write!(json, "{}{object}", if at == 0 { "" } else { "," }).expect("text");
        xml.push_str("<product>");
        cells.for_each(|(name, cell)| write!(xml, "<{name}>{cell}</{name}>").expect("text"));
        xml.push_str("</product>\n");
    }
    json.push_str("]}}");
    xml.push_str("</range>\n");
    [("a.jsonl", jsonl.into_bytes()), ("a.json", json.into_bytes()), ("a.xml", xml.into_bytes())]
}

#[test]
#[ignore = "it measures, and says nothing unless optimised"]
fn documents_a_second() {
    const ROWS: u32 = 200_000;
    let folder = Folder::new();
    let shop = folder.shop();
    let mappings = Mappings::default();
    for (name, bytes) in documents(ROWS) {
        for _ in 0..3 {
            let began = cpu_time();
            let mut reading = Importer::new(&shop, &mappings)
                .open(DropKind::Products, name, &bytes[..])
                .expect("readable");
            let (mut records, mut messages) = (Vec::new(), Messages::default());
            loop {
                records.clear();
                let progress = reading.next(1_000, &mut records, &mut messages).expect("readable");
                if progress.finished {
                    assert_eq!((progress.rows, progress.rejected), (u64::from(ROWS), 0));
                    break;
                }
            }
            let seconds = (cpu_time() - began).as_secs_f64();
            let megabytes = bytes.len() as f64 / 1e6 / seconds;
            println!(
                "{}: {:.0} rows/s, {megabytes:.0} MB/s",
                reading.read_as(),
                f64::from(ROWS) / seconds
            );
        }
    }
}
