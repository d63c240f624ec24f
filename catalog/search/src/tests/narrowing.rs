//! Filters, counts, order and pages.

use super::*;
use crate::{FacetFilter, FacetName, SortOrder};

fn furniture() -> Fixture {
    Fixture::of(&[
        product(1)
            .category("home/chairs")
            .category("home/office")
            .brand("Hilla")
            .family("chair")
            .option("color", "sand")
            .sold(&web(), Some(9_900), true),
        product(2)
            .category("home/chairs")
            .brand("Havu")
            .family("chair")
            .option("color", "red")
            .sold(&web(), Some(4_900), false),
        product(3)
            .category("home/tables")
            .brand("Hilla")
            .family("table")
            .option("color", "sand")
            .option("color", "red")
            .sold(&web(), None, true),
        product(4)
            .category("garden")
            .brand("Hilla")
            .family("chair")
            .sold(&web(), Some(4_900), true)
            .sold(&till(), Some(100), true),
    ])
}

fn category(code: &str) -> FacetFilter {
    FacetFilter { facet: FacetName::Category, any_of: vec![code.into()] }
}

fn brands(any_of: &[&str]) -> FacetFilter {
    FacetFilter {
        facet: FacetName::Brand,
        any_of: any_of.iter().copied().map(Into::into).collect(),
    }
}

/// The facets as `name: value count, …`, a line each.
fn lines(results: &SearchResults) -> String {
    let line = |facet: &super::super::FacetCounts| {
        let values: Vec<_> =
            facet.values.iter().map(|value| format!("{} {}", value.code, value.count)).collect();
        format!("{:?}: {}\n", facet.name, values.join(", "))
    };
    results.facets.iter().map(line).collect()
}

#[test]
fn facets_count_what_matches_and_a_category_those_below_it() {
    let shop = furniture();
    let all = shop.ask(&SearchQuery::new(&web(), ""));
    assert_eq!(all.total, 4);
    expect_test::expect![[r#"
        Category: home 3, chairs 2, garden 1, office 1, tables 1
        Family: chair 3, table 1
        Brand: Hilla 3, Havu 1
        Attribute("color"): red 2, sand 2
    "#]]
    .assert_eq(&lines(&all));
    let chairs =
        shop.ask(&SearchQuery { filters: &[category("chairs")], ..SearchQuery::new(&web(), "") });
    expect_test::expect![[r#"
        Category: chairs 2, home 2, office 1
        Family: chair 2
        Brand: Havu 1, Hilla 1
        Attribute("color"): red 1, sand 1
    "#]]
    .assert_eq(&lines(&chairs));
}

#[test]
fn all_filters_hold_and_any_value_of_one_will_do() {
    let shop = furniture();
    let with = |filters: &[FacetFilter]| {
        shop.ask(&SearchQuery { filters, ..SearchQuery::new(&web(), "") }).products
    };
    let color = FacetName::Attribute(AttributeCode::new("color").expect("a code"));
    assert_eq!(with(&[category("home")]), [1, 2, 3]);
    assert_eq!(with(&[category("home"), brands(&["Hilla"])]), [1, 3]);
    assert_eq!(with(&[brands(&["Hilla", "Havu"])]), [1, 2, 3, 4]);
    assert_eq!(with(&[brands(&["Nobody"])]), NONE);
    assert_eq!(with(&[brands(&[])]), NONE);
    assert_eq!(with(&[FacetFilter { facet: color, any_of: vec!["red".into()] }]), [2, 3]);
    assert_eq!(
        with(&[FacetFilter { facet: FacetName::Family, any_of: vec!["table".into()] }]),
        [3]
    );
}

#[test]
fn stock_and_price_are_the_channels_own() {
    let shop = furniture();
    let ask = |change: fn(&mut SearchQuery<'_>)| {
        let (web, till) = (web(), till());
        let mut query = SearchQuery::new(&web, "");
        change(&mut query);
        let here = shop.ask(&query).products;
        (here, shop.ask(&SearchQuery { channel: &till, ..query }).products)
    };
    assert_eq!(ask(|query| query.in_stock = true), (vec![1, 3, 4], vec![4]));
    assert_eq!(ask(|query| query.max_price = Some(4_900)), (vec![2, 4], vec![4]));
    assert_eq!(ask(|query| query.min_price = Some(4_901)), (vec![1], vec![]));
    assert_eq!(ask(|query| query.min_price = Some(i64::MIN)), (vec![1, 2, 4], vec![4]));
}

#[test]
fn the_price_orders_with_ties_by_number_and_the_priceless_last() {
    let shop = furniture();
    let sorted = |sort| shop.ask(&SearchQuery { sort, ..SearchQuery::new(&web(), "") }).products;
    assert_eq!(sorted(SortOrder::PriceAscending), [2, 4, 1, 3]);
    assert_eq!(sorted(SortOrder::PriceDescending), [1, 2, 4, 3]);
    assert_eq!(sorted(SortOrder::Relevance), [1, 2, 3, 4]);
}

#[test]
fn pages_join_without_gap_or_overlap() {
    let documents: Vec<_> = (1..=60).map(|n| product(n).titled("fi-FI", "Tuoli", "")).collect();
    let shop = Fixture::of(&documents);
    let page = |offset, limit| {
        let answer = shop.ask(&SearchQuery { offset, limit, ..SearchQuery::new(&web(), "tuoli") });
        assert_eq!(answer.total, 60);
        answer.products
    };
    let joined: Vec<u32> = (0..6).flat_map(|n| page(n * 10, 10)).collect();
    assert_eq!(joined, (1..=60).collect::<Vec<_>>());
    assert_eq!(page(55, 10).len(), 5);
    assert_eq!(page(usize::MAX, usize::MAX), NONE);
    assert_eq!(page(0, 0), NONE);
}

#[test]
fn names_are_sorted_in_the_locale_that_is_asked_for() {
    let shop = Fixture::of(&[
        product(1).titled("fi-FI", "Öljylamppu", "").titled("en-GB", "Oil lamp", ""),
        product(2).titled("fi-FI", "Zeniitti", "").titled("en-GB", "Zenith", ""),
        product(3).sku("NAMELESS"),
        product(4).titled("fi-FI", "Ämpäri 10 l", "").titled("en-GB", "Bucket 10 l", ""),
        product(5).titled("fi-FI", "Ämpäri 5 l", "").sold(&till(), None, true),
        product(6).titled("sv-SE", "Åra", "").titled("en-GB", "Oar", "").sold(&till(), None, true),
        product(7).titled("en-GB", "Anchor", "").sold(&till(), None, true),
    ]);
    let sorted = |channel: &ChannelCode, locale: Option<&str>| {
        let locale = locale.map(|tag| Locale::new(tag).expect("a locale"));
        let query = SearchQuery::new(channel, "");
        let named = SearchQuery { locale: locale.as_ref(), sort: SortOrder::Name, ..query };
        shop.ask(&named).products
    };
    assert_eq!(sorted(&web(), Some("fi-FI")), [2, 5, 4, 1, 3, 6, 7]);
    assert_eq!(sorted(&web(), Some("en-GB")), [7, 4, 6, 1, 2, 3, 5]);
    assert_eq!(sorted(&web(), None), sorted(&web(), Some("fi-FI")));
    // Swedish falls back to English there.
    assert_eq!(sorted(&till(), Some("sv-SE")), [7, 6, 5]);
}

#[test]
fn names_are_sorted_across_segments_and_pages() {
    let mut shop = Fixture::of(&[]);
    for n in 0..40_u32 {
        let name = format!("Tuoli {}", (n * 7) % 40);
        shop.writer.insert_document(&product(n).titled("fi-FI", &name, "")).expect("put");
        if n % 9 == 0 {
            shop.writer.commit_release(ReleaseNumber(u64::from(n) + 2)).expect("commit");
        }
    }
    shop.writer.commit_release(ReleaseNumber(99)).expect("commit");
    let web = web();
    let query = SearchQuery { sort: SortOrder::Name, ..SearchQuery::new(&web, "tuoli") };
    let page = |offset| shop.ask(&SearchQuery { offset, limit: 8, ..query.clone() }).products;
    let sorted: Vec<u32> = (0..5).flat_map(|n| page(n * 8)).collect();
    let expected: Vec<u32> =
        (0..40).map(|place| (0..40).find(|n| n * 7 % 40 == place).expect("one")).collect();
    assert_eq!(sorted, expected);
}

#[test]
fn the_newest_come_first() {
    let shop = furniture();
    let web = web();
    let newest = SearchQuery { sort: SortOrder::Newest, ..SearchQuery::new(&web, "") };
    assert_eq!(shop.ask(&newest).products, [4, 3, 2, 1]);
}

#[test]
fn prices_range_over_all_that_match_but_for_the_price() {
    let shop = furniture();
    let (web, till) = (web(), till());
    let range =
        |query: SearchQuery<'_>| shop.ask(&query).prices.map(|prices| (prices.min, prices.max));
    let all = SearchQuery::new(&web, "");
    assert_eq!(range(all.clone()), Some((4_900, 9_900)));
    assert_eq!(range(SearchQuery { max_price: Some(5_000), ..all.clone() }), Some((4_900, 9_900)));
    assert_eq!(
        range(SearchQuery { filters: &[category("garden")], ..all.clone() }),
        Some((4_900, 4_900))
    );
    assert_eq!(range(SearchQuery { filters: &[category("tables")], ..all.clone() }), None);
    assert_eq!(range(SearchQuery { limit: 0, ..SearchQuery::new(&till, "") }), Some((100, 100)));
}
