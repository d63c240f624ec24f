//! Which products a text finds, and in which order.

use proptest::prelude::*;

use super::*;
use crate::{MatchQuality, SearchError};

fn clothes() -> Fixture {
    Fixture::of(&[
        product(1)
            .titled(
                "fi-FI",
                "Untuvatakki naisille",
                "Lämmin talvitakki, jossa on vetoketju ja taskut.",
            )
            .titled("sv-SE", "Dunjacka dam", "En varm vinterjacka med dragkedja.")
            .titled("en-GB", "Women's down jacket", "A warm winter jacket with a zip and pockets.")
            .titled("de-DE", "Daunenjacke Damen", "Eine warme Winterjacke mit Reißverschluss.")
            .gtin("6409100040611"),
        product(2)
            .titled(
                "fi-FI",
                "Lasten kumisaappaat",
                "Vedenpitävät saappaat sateeseen. Takissa ja saappaissa on heijastimet.",
            )
            .titled("sv-SE", "Gummistövlar för barn", "Vattentäta stövlar.")
            .titled("en-GB", "Kids' rubber boots", "Waterproof boots for rain."),
        product(3).titled("fi-FI", "Juoksukengät", "Kevyet kengät lenkille.").titled(
            "en-GB",
            "Running shoes",
            "Light shoes for a run.",
        ),
        product(4).titled("fi-FI", "Takka", "Lämmittävä takka olohuoneeseen."),
        product(5).titled("fi-FI", "Takki", "Kevyt."),
    ])
}

#[test]
fn any_form_finds_any_other_in_each_language() {
    let shop = clothes();
    for (text, found) in [
        ("takit ", vec![5, 1, 2]),
        ("takkeja ", vec![5, 1, 2]),
        ("talvitakit ", vec![1]),
        ("kenkä ", vec![3]),
        ("lastenkengät ", vec![]),
        ("saapas ", vec![2]),
        ("takka ", vec![4]),
        ("jackor ", vec![1]),
        ("stövel ", vec![2]),
        ("jackets ", vec![1]),
        ("Jacken ", vec![1]),
        ("REISSVERSCHLUSS ", vec![1]),
        ("kenka\u{308} ", vec![3]),
    ] {
        assert_eq!(shop.find(text), found, "{text}");
    }
}

#[test]
fn every_word_must_be_found_but_stop_words() {
    let shop = clothes();
    assert_eq!(shop.find("naisten takki "), [1]);
    assert_eq!(shop.ask(&SearchQuery::new(&web(), "miesten takki ")).matched, MatchQuality::Some);
    assert_eq!(shop.find("takki vetoketju "), [1]);
    assert_eq!(shop.find("takki jossa on vetoketju ja taskut "), [1]);
    assert_eq!(shop.find("boots for the rain "), [2]);
}

#[test]
fn the_last_word_is_completed_until_a_space_follows() {
    let shop = clothes();
    assert_eq!(shop.find("untu"), [1]);
    assert_eq!(shop.find("untu "), NONE);
    assert_eq!(shop.find("juoksuk"), [3]);
    assert_eq!(shop.find("u"), [1]);
    assert_eq!(shop.find("warm wint"), [1]);
    assert_eq!(shop.ask(&SearchQuery::new(&web(), "win warm")).matched, MatchQuality::Some);
}

#[test]
fn a_typo_is_forgiven_when_nothing_else_is_found() {
    let shop = clothes();
    let ask = |text| shop.ask(&SearchQuery::new(&web(), text));
    for text in ["untuvatakkk ", "utuvatakki ", "unutvatakki ", "untuvatakkj"] {
        let answer = ask(text);
        assert_eq!((answer.matched, answer.products), (MatchQuality::Similar, vec![1]), "{text}");
    }
    assert_eq!(ask("boost ").total, 1, "two letters changed about");
    assert_eq!(ask("zib ").total, 0, "too short for a typo");
    assert_eq!(ask("takka ").matched, MatchQuality::Every);
    let some = ask("waterproof xylophone ");
    assert_eq!((some.matched, some.products), (MatchQuality::Some, vec![2]));
    assert_eq!(ask("xylophone ").total, 0);
}

#[test]
fn a_code_is_found_exactly_and_by_its_beginning() {
    let shop = Fixture::of(&[
        product(1).sku("HH-1001-110").gtin("6409100040611").titled("fi-FI", "Takki", ""),
        product(2).sku("HH-1001-120").titled("fi-FI", "HH", "1001 110"),
        product(3).sku("AB 12/3").gtin("96385074"),
    ]);
    assert_eq!(shop.find("HH-1001-110"), [1, 2]);
    assert_eq!(shop.find("hh-1001-110 "), [1, 2]);
    assert_eq!(shop.find("hh-1001-1"), [1, 2]);
    assert_eq!(shop.find("ab 12/3"), [3]);
    for text in ["6409100040611", "06409100040611", "6409 1000 40611", " 6409-1000-40611 "] {
        assert_eq!(shop.find(text), [1], "{text}");
    }
    assert_eq!(shop.find("96385074"), [3]);
    assert_eq!(shop.find("00000096385074"), [3]);
}

#[test]
fn titles_count_more_than_texts_and_words_more_than_their_forms() {
    let shop = Fixture::of(&[
        product(1).titled("fi-FI", "Matto", "Hylly hylly hylly hylly hylly."),
        product(2).titled("fi-FI", "Hyllyt", "Puuta."),
        product(3).titled("fi-FI", "Hylly", "Puuta."),
        product(4).titled("fi-FI", "Kirjahylly", "Puuta."),
    ]);
    assert_eq!(shop.find("hylly "), [3, 2, 4, 1]);
}

#[test]
fn a_channel_searches_its_locale_and_then_its_fallbacks() {
    let shop = Fixture::of(&[
        product(1).titled("sv-SE", "Jacka", "").titled("de-DE", "Mantel", "").sold(
            &till(),
            None,
            true,
        ),
        product(2).titled("en-GB", "Jacka brand jacket", "").sold(&till(), None, true),
        product(3).titled("fi-FI", "Jacka", "").sold(&till(), None, true),
        product(4).titled("sv-SE", "Jacka", ""),
    ]);
    assert_eq!(shop.find_in(&till(), "sv-SE", "jacka "), [1, 2]);
    assert_eq!(shop.find_in(&till(), "fi-FI", "jacka "), [3]);
    assert_eq!(shop.find_in(&web(), "de-DE", "mantel "), [1]);
    assert_eq!(shop.ask(&SearchQuery::new(&till(), "mantel ")).total, 0);
}

#[test]
fn what_does_not_exist_is_named() {
    let shop = clothes();
    let unknown = ChannelCode::new("kiosk").expect("a code");
    let german = Locale::new("de-DE").expect("a locale");
    assert!(
        matches!(shop.index.search_products(&SearchQuery::new(&unknown, "")), Err(SearchError::UnknownChannel(c)) if c == unknown)
    );
    let till = till();
    let query = SearchQuery { locale: Some(&german), ..SearchQuery::new(&till, "") };
    assert!(
        matches!(shop.index.search_products(&query), Err(SearchError::UnknownLocale(l)) if l == german)
    );
}

#[test]
fn no_text_is_an_error() {
    let shop = clothes();
    proptest!(|(text in prop_oneof!["\\PC{0,400}", ".{0,40}", "[a-zäö0-9 *\"():+~^-]{0,60}", "([a-z]{1,9} ){0,30}"])| {
        let answer = shop.index.search_products(&SearchQuery::new(&web(), &text));
        prop_assert!(answer.is_ok(), "{text:?}: {answer:?}");
    });
    for text in
        ["", "   ", "\0", "\u{1f}", "***", "AND OR NOT", "title:takki", "a".repeat(10_000).as_str()]
    {
        shop.ask(&SearchQuery::new(&web(), text));
    }
    assert_eq!(shop.find("!!!"), NONE);
    assert_eq!(shop.find(" ").len(), 5);
}
