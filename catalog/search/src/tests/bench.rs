//! Measures, for who changes the index:
//! `cargo test --release -p rikaste-catalog -- search::tests::bench --ignored --nocapture --test-threads 1`.

use std::time::{Duration, Instant};

use super::*;
use crate::{FacetFilter, FacetName, SortOrder};

const PRODUCTS: u32 = 100_000;

/// Numbers that look random and are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// Number n comes about 1/n times as often as the first, as words do (Zipf's law).
    fn skewed(&mut self, limit: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64).powf(share) as usize - 1).min(limit - 1)
    }
}

const NOUNS: [[&str; 12]; 3] = [
    [
        "untuvatakki",
        "kenkä",
        "paita",
        "housut",
        "hame",
        "saapas",
        "tuoli",
        "pöytä",
        "lamppu",
        "matto",
        "hylly",
        "sohva",
    ],
    [
        "dunjacka", "sko", "skjorta", "byxa", "kjol", "stövel", "stol", "bord", "lampa", "matta",
        "hylla", "soffa",
    ],
    [
        "jacket", "shoe", "shirt", "trousers", "skirt", "boot", "chair", "table", "lamp", "rug",
        "shelf", "sofa",
    ],
];

/// Words made of syllables: 20,000 a language, as long as its words are.
fn word(language: usize, n: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "lo", "mi", "tun", "ra", "ve", "sil", "pe", "ko", "nu", "hal", "ti", "mar", "sa",
        "len", "vi", "jo", "pu", "ker", "da",
    ];
    const ENDINGS: [[&str; 5]; 3] = [
        ["ssa", "n", "t", "a", "inen"],
        ["en", "ar", "a", "or", "t"],
        ["s", "ing", "ed", "", "er"],
    ];
    let mut text = String::new();
    let mut left = n + 7;
    while left > 0 {
        text.push_str(SYLLABLES[left % 20]);
        left /= 20;
    }
    text.push_str(ENDINGS[language][n % 5]);
    text
}

fn documents() -> Vec<SearchDocument> {
    let words: Vec<Vec<String>> =
        (0..3).map(|language| (0..20_000).map(|n| word(language, n)).collect()).collect();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    (1..=PRODUCTS).map(|n| document(n, &words, &mut numbers)).collect()
}

fn document(n: u32, words: &[Vec<String>], numbers: &mut Numbers) -> SearchDocument {
    let noun = numbers.below(12);
    let mut document = product(n)
        .brand(&format!("Brand {}", numbers.skewed(200)))
        .family(NOUNS[2][noun])
        .category(&format!("all/group{}/{}", noun / 4, NOUNS[2][noun]))
        .option("color", words[2][numbers.skewed(30)].as_str())
        .option("size", words[2][numbers.skewed(20)].as_str())
        .sold(&web(), Some(numbers.below(50_000) as i64), numbers.below(4) > 0)
        .sold(&till(), Some(numbers.below(50_000) as i64), numbers.below(4) > 0);
    for (language, locale) in ["fi-FI", "sv-SE", "en-GB"].into_iter().enumerate() {
        let mut pick = || words[language][numbers.skewed(20_000)].as_str();
        let title = format!("{} {} {} {n}", pick(), NOUNS[language][noun], pick());
        let mut text = String::new();
        while text.len() < 480 {
            text.push_str(pick());
            text.push_str(if text.len().is_multiple_of(7) { ". " } else { " " });
        }
        document = document.titled(locale, &title, &text);
    }
    document
}

fn size_of(folder: &Path) -> u64 {
    std::fs::read_dir(folder)
        .expect("listed")
        .map(|entry| entry.expect("entry").metadata().expect("metadata").len())
        .sum()
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    format!("p50 {:?}, p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100])
}

/// An index of all documents, and how it was made.
fn indexed(
    documents: &[SearchDocument],
    threads: usize,
    megabytes: usize,
) -> (TempDir, OpenedIndex) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = SearchOptions { threads, memory_per_thread: megabytes << 20 };
    let mut opened = open_index(folder.path(), &shop(), options).expect("an index");
    let start = Instant::now();
    documents.iter().for_each(|document| opened.writer.insert_document(document).expect("put"));
    let put = start.elapsed();
    opened.writer.commit_release(ReleaseNumber(1)).expect("commit");
    let all = start.elapsed();
    println!(
        "{threads} threads, {megabytes} MB each: {:.0} products/s (commit {:?}), {} MB",
        documents.len() as f64 / all.as_secs_f64(),
        all.checked_sub(put).unwrap_or_default(),
        size_of(folder.path()) >> 20,
    );
    (folder, opened)
}

#[test]
#[ignore = "measures"]
fn measure_indexing() {
    let documents = documents();
    let bytes: usize =
        documents.iter().flat_map(|d| &d.texts).map(|t| t.title.len() + t.text.len()).sum();
    println!("{PRODUCTS} products, {} bytes of text each", bytes / PRODUCTS as usize);
    for (threads, megabytes) in [(1, 32), (1, 64), (2, 32), (2, 64)] {
        let (folder, opened) = indexed(&documents, threads, megabytes);
        let start = Instant::now();
        opened.writer.finish_merges().expect("merged");
        println!("  merges took {:?} more, {} MB", start.elapsed(), size_of(folder.path()) >> 20);
    }
}

#[test]
#[ignore = "measures"]
fn measure_queries_and_commits() {
    let documents = documents();
    let (folder, mut opened) = indexed(&documents, 2, 64);
    queries(&opened.index);
    single_commits(&mut opened.writer, &documents);
    queries(&opened.index);
    opened.writer.finish_merges().expect("merged");
    drop(opened.index);
    let start = Instant::now();
    let again = open_index(folder.path(), &shop(), OPTIONS).expect("an index");
    println!("  opened in {:?}", start.elapsed());
    let start = Instant::now();
    again.index.read_fingerprints().expect("readable");
    println!("  fingerprints in {:?}", start.elapsed());
}

fn single_commits(writer: &mut SearchWriter, documents: &[SearchDocument]) {
    let times = documents.iter().step_by(500).zip(2..).map(|(document, release)| {
        let start = Instant::now();
        writer.insert_document(document).expect("put");
        writer.commit_release(ReleaseNumber(release)).expect("commit");
        start.elapsed()
    });
    println!("  commit of one product: {}", percentiles(times.collect()));
}

fn queries(index: &SearchIndex) {
    let (web, finnish) = (web(), Locale::new("fi-FI").expect("a locale"));
    let brand = [FacetFilter { facet: FacetName::Brand, any_of: vec!["Brand 3".into()] }];
    let rare = word(0, 9_000);
    let texts = [
        "",
        "HH-5000-110",
        "takki ",
        "t",
        "ta",
        "tak",
        "kenkiä punaisia",
        "untuvatakki halka",
        "untuvatakkk ",
        rare.as_str(),
    ];
    for text in texts {
        for (name, query) in [
            ("fi", SearchQuery { locale: Some(&finnish), ..SearchQuery::new(&web, text) }),
            ("all locales", SearchQuery::new(&web, text)),
            (
                "fi, brand",
                SearchQuery {
                    locale: Some(&finnish),
                    filters: &brand,
                    ..SearchQuery::new(&web, text)
                },
            ),
            (
                "fi, price",
                SearchQuery {
                    locale: Some(&finnish),
                    sort: SortOrder::PriceAscending,
                    max_price: Some(20_000),
                    ..SearchQuery::new(&web, text)
                },
            ),
        ] {
            let times = (0..200).map(|_| {
                let start = Instant::now();
                index.search_products(&query).expect("an answer");
                start.elapsed()
            });
            let times = times.collect();
            let answer = index.search_products(&query).expect("an answer");
            println!(
                "  {text:?} ({name}): {} found ({:?}), {}",
                answer.total,
                answer.matched,
                percentiles(times)
            );
        }
    }
}
