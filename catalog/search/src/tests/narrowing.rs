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
