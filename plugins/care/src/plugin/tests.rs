use std::sync::LazyLock;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rikaste_plugin::{Data, Value};

use super::*;

mod bans;
mod coverage;
mod permissions;

static PLUGIN: LazyLock<CarePlugin> = LazyLock::new(|| CarePlugin::new(Config::default()).unwrap());

fn product(texts: &[(&str, Option<&str>, &str)]) -> Product {
    let mut patch = Patch::new();
    for (attribute, locale, text) in texts {
        let value = patch.text(attribute, *text);
        if let Some(locale) = locale {
            value.locale(*locale);
        }
    }
    Product { values: patch.values, ..Product::empty() }
}

fn context() -> Context {
    let locales = ["fi-FI", "sv-SE", "en-GB", "de-DE", "fr-FR"].map(Into::into).to_vec();
    Context { locales, channels: Vec::new() }
}

fn read(text: &str) -> CareReading {
    let mut reading = CareReading::default();
    reading.add_text(&PLUGIN.lexicon, text);
    reading
}

/// The codes of a text, and what is not understood of it after `?`.
fn codes(text: &str) -> String {
    let reading = read(text);
    let mut shown: Vec<String> =
        reading.label.codes().iter().map(|code| code.as_str().to_owned()).collect();
    for remark in reading.diagnostics {
        match remark {
            CareDiagnostic::NotUnderstood { fragment }
            | CareDiagnostic::Undecided { fragment }
            | CareDiagnostic::NoTemperature { fragment } => {
                shown.push(format!("?{fragment}"));
            }
            _ => {}
        }
    }
    shown.join(" ")
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| codes(text) != *expected)
        .map(|(text, expected)| format!("{text}\n   is {}\n  not {expected}", codes(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn washing() {
    check(&[
        ("40 °C", "W40"),
        ("40°", "W40"),
        ("40ºC", "W40"),
        ("wash at 40", "W40"),
        ("Wash at 30-40 °C", "W40"),
        ("Machine wash 30 gentle", "W30m"),
        ("Machine wash cold", "W30"),
        ("machine wash warm, gentle cycle", "W40m"),
        ("Machine washable at 30°C (86°F)", "W30"),
        ("Wash at 104°F", "W40"),
        ("Gentle machine wash 40 °C", "W40m"),
        ("Konepesu 40 °C", "W40"),
        ("Konepesu 40 °C, hellävarainen", "W40m"),
        ("Konepesu enintään 60 asteessa", "W60"),
        ("Pestään koneessa 40 asteessa. Hellävarainen ohjelma.", "W40m"),
        ("Hienopesu 30", "W30v"),
        ("Villapesu 30 °C", "W30v"),
        ("Pese käsin", "WH"),
        ("Vain käsinpesu", "WH"),
        ("Käsinpesu 30 °C", "WH30"),
        ("Käsinpesu haaleassa vedessä", "WH30"),
        ("Vesipesu kielletty", "W0"),
        ("Ei vesipesua", "W0"),
        ("Maskintvätt 40 grader", "W40"),
        ("Tvättas i maskin högst 60 °C", "W60"),
        ("Skontvätt 40 °C", "W40m"),
        ("Fintvätt 30°", "W30v"),
        ("Endast handtvätt", "WH"),
        ("Får ej vattentvättas", "W0"),
        ("Maschinenwäsche bis 40 °C, Schonwaschgang", "W40m"),
        ("Bei 30 Grad waschen", "W30"),
        ("Nur Handwäsche", "WH"),
        ("Nicht waschen", "W0"),
        ("Do not wash", "W0"),
        ("Hand wash only in cold water", "WHA"),
        ("MW30", "W30"),
        ("MW 40", "W40"),
        ("W60m", "W60m"),
        ("Wash: 40", "W40"),
        ("Konepesu 90 °C", "W70"),
        ("40 astetta", "W40"),
        ("40 graders skontvätt", "W40m"),
        ("Ei konepesua, käsinpesu", "WH"),
        ("Do not machine wash or hand wash", "?hand wash ?Do not machine wash"),
        ("95°C", "W95"),
        ("30 °C, konepesu", "W30"),
        ("Machine wash at 60C inside out with like colours", "W60 similar-colours inside-out"),
    ]);
}

#[test]
fn bleaching() {
    check(&[
        ("do not bleach", "B0"),
        ("Don't bleach", "B0"),
        ("No bleach", "B0"),
        ("DNB", "B0"),
        ("Ei valkaisua", "B0"),
        ("Valkaisu kielletty", "B0"),
        ("Ei saa valkaista", "B0"),
        ("Älä käytä valkaisuainetta", "B0"),
        ("Vain happivalkaisu sallittu", "BO"),
        ("Ei kloorivalkaisua", "no-chlorine"),
        ("Only non-chlorine bleach", "BO"),
        ("Valkaisu sallittu", "BA"),
        ("Får ej blekas", "B0"),
        ("Blek ej", "B0"),
        ("Tål ej klorblekning", "no-chlorine"),
        ("Nicht bleichen", "B0"),
        ("Bleichen nicht erlaubt", "B0"),
        ("Nicht chloren", "no-chlorine"),
    ]);
}

#[test]
fn drying() {
    check(&[
        ("Ei rumpukuivausta", "T0"),
        ("Rumpukuivaus kielletty", "T0"),
        ("Ei saa rumpukuivata", "T0"),
        ("Rumpukuivaus alhaisessa lämpötilassa", "T1"),
        ("Rumpukuivaus", "?Rumpukuivaus"),
        ("Rumpukuivaus sallittu", "T1"),
        ("Tumble dry", "T1"),
        ("Normaali rumpukuivaus", "T2"),
        ("Tasokuivaus", "flat"),
        ("Kuivaus tasossa", "flat"),
        ("Ripustuskuivaus varjossa", "line-shade"),
        ("Kuivataan varjossa", "air-shade"),
        ("Kuivaus: rumpukuivaus kielletty", "T0"),
        ("do not tumble dry", "T0"),
        ("Tumble dry: no", "T0"),
        ("Not suitable for tumble drying", "T0"),
        ("Ei sovellu rumpukuivaukseen", "T0"),
        ("Tumble dry low", "T1"),
        ("Tumble dry on low heat", "T1"),
        ("Tumble dry normal", "T2"),
        ("Low tumble dry", "T1"),
        ("DNTD", "T0"),
        ("Line dry", "line"),
        ("Hang to dry in the shade", "line-shade"),
        ("Lay flat to dry", "flat"),
        ("Drip dry", "drip-line"),
        ("Drip flat dry", "drip-flat"),
        ("Torktumlas ej", "T0"),
        ("Tål ej torktumling", "T0"),
        ("Torktumling låg temperatur", "T1"),
        ("Plantorkas", "flat"),
        ("Dropptorkning", "drip-line"),
        ("Hängtorkas i skugga", "line-shade"),
        ("Nicht im Trockner trocknen", "T0"),
        ("Nicht im Wäschetrockner trocknen", "T0"),
        ("Im Trockner bei niedriger Temperatur trocknen", "T1"),
        ("Liegend trocknen", "flat"),
        ("Tropfnass auf der Leine trocknen", "drip-line"),
        ("Do not bleach, line dry", "B0 line"),
    ]);
}

#[test]
fn ironing_and_cleaning() {
    check(&[
        ("Silitys kielletty", "I0"),
        ("Ei silitystä", "I0"),
        ("Älä silitä", "I0"),
        ("Silitys: ei", "I0"),
        ("Silitys enintään 150 °C", "I2"),
        ("Silitys alhaisella lämmöllä", "I1"),
        ("Cool iron", "I1"),
        ("Silitys: 1 piste", "I1"),
        ("Strykning medelvärme", "I2"),
        ("Iron 3 dots", "I3"),
        ("Iron on low heat", "I1"),
        ("Warm iron if needed", "I2"),
        ("Iron medium", "I2"),
        ("Hot iron", "I3"),
        ("Iron max. 110°C, no steam", "I1 no-steam"),
        ("Silitä ilman höyryä 110 °C", "I1 no-steam"),
        ("Stryks ej", "I0"),
        ("Får ej strykas", "I0"),
        ("Strykning högst 150 °C", "I2"),
        ("Nicht bügeln", "I0"),
        ("Nicht heiß bügeln", "I1"),
        ("Bügeln mit zwei Punkten", "I2"),
        ("Do not iron print", "not-on-print"),
        ("Iron inside out, medium", "I2 inside-out"),
        ("Dry clean only", "W0 F"),
        ("Vain kemiallinen pesu", "W0 F"),
        ("Do not dry clean", "D0"),
        ("Ei kemiallista pesua", "D0"),
        ("Kemiallinen pesu kielletty", "D0"),
        ("Dry clean P", "P"),
        ("Kemiallinen pesu hiilivedyllä", "F"),
        ("Gentle dry clean F", "Fm"),
        ("Kemtvättas ej", "D0"),
        ("Nicht chemisch reinigen", "D0"),
        ("Professional wet clean, gentle", "Wm"),
        ("Ammattimainen vesipesu", "?Ammattimainen vesipesu"),
        ("Ammattimainen vesipesu sallittu", "W"),
        ("Ammattimainen vesipesu (W)", "W"),
    ]);
}

#[test]
fn several_in_one_text() {
    check(&[
        (
            "Konepesu 40 °C. Valkaisu kielletty. Rumpukuivaus kielletty. Silitys enintään 110 °C. Kemiallinen pesu kielletty.",
            "W40 B0 T0 I1 D0",
        ),
        ("Machine wash 30 do not bleach tumble dry low warm iron", "W30 B0 T1 I2"),
        ("Machine wash cold, do not bleach, tumble dry low, do not iron", "W30 B0 T1 I0"),
        ("Do not bleach, iron or tumble dry", "B0 T0 I0"),
        ("Do not wash or dry clean", "W0 D0"),
        ("Ei valkaisua eikä rumpukuivausta", "B0 T0"),
        ("Maskintvätt 30, blek ej, torktumlas ej, stryks ej", "W30 B0 T0 I0"),
        ("Maschinenwäsche 40 °C, nicht bleichen, nicht in den Trockner", "W40 B0 T0"),
        ("MW30, DNB, DNTD", "W30 B0 T0"),
        ("W40m B0 T0 flat I1 F", "W40m B0 T0 flat I1 F"),
        ("MW30/DNB/DNTD/I1", "W30 B0 T0 I1"),
        ("40 °C • do not bleach • line dry", "W40 B0 line"),
        ("Care instructions: Hand wash. Lay flat to dry.", "WH flat"),
        ("Wash dark colours separately", "similar-colours"),
        ("Wash separately. Iron without steam", "no-steam separately"),
        (
            "Konepesu 40 °C nurinpäin samanväristen kanssa, ei huuhteluainetta",
            "W40 similar-colours inside-out no-softener",
        ),
    ]);
}

#[test]
fn what_is_not_understood_is_not_guessed() {
    check(&[
        ("", ""),
        ("Machine wash", "?Machine wash"),
        ("Konepesu", "?Konepesu"),
        ("40", "?40"),
        ("Wash at 45 °C", "?Wash at 45 °C"),
        ("Do not iron embroidery", "?Do not iron embroidery"),
        ("Do not bleach, iron", "B0 ?iron"),
        ("Do not bleach and iron low", "B0 ?iron low"),
        ("Torktumlas ej stryks ej", "I0 ?Torktumlas ej"),
        ("Lovely jumper. Wash at 30.", "W30 ?Lovely jumper"),
        ("Konepesu 40 °C, silitä varovasti", "W40 ?silitä varovasti"),
        ("Do not tumble dry hot", "?Do not tumble dry hot"),
        ("Spot clean", "?Spot clean"),
        ("Do not", "?Do not"),
        ("Do not do not wash", "?Do not do not wash"),
    ]);
}

#[test]
fn not_only_textiles() {
    check(&[
        ("Pyyhi kostealla liinalla", "wipe-damp"),
        ("Wipe with a damp cloth. Do not use abrasive cleaners.", "wipe-damp no-abrasives"),
        ("Wipe clean with a damp cloth, wipe dry with a clean cloth", "wipe-damp wipe-dry"),
        ("Torka av med en fuktig trasa", "wipe-damp"),
        ("Do not immerse in water", "no-water"),
        ("Dishwasher safe", "dishwasher"),
    ]);
}

#[test]
fn components_take_the_mildest() {
    check(&[
        ("Outer: machine wash 40, iron medium; Lining: 30 °C gentle, cool iron", "W30m I1"),
        ("Päällinen: konepesu 60 °C\nTäyte: vain käsinpesu", "WH"),
        ("Irrotettava päällys: 40 °C. Tyyny: pyyhi kostealla liinalla", "W40 wipe-damp"),
    ]);
}

fn enrich(texts: &[(&str, Option<&str>, &str)], expected: &Expect) {
    let patch = PLUGIN.enrich(&context(), &product(texts)).unwrap();
    let value = |value: &Value| {
        let locale = value.locale.as_deref().unwrap_or("*");
        let data = match &value.data {
            Data::Options(codes) => codes.join(" "),
            Data::Text(text) => text.replace('\n', " / "),
            other => format!("{other:?}"),
        };
        format!("{} {locale}: {data}\n", value.attribute)
    };
    let lines: String = patch
        .values
        .iter()
        .map(value)
        .chain(patch.diagnostics.iter().map(|d| format!("{}: {}\n", d.code, d.message)))
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn sentences_in_the_shops_languages() {
    enrich(
        &[(
            "care_text",
            None,
            "Konepesu 40 °C, hellävarainen. Ei valkaisua. Ei rumpukuivausta. Silitys 110 °C.",
        )],
        &expect![[r#"
            care_codes *: W40m B0 T0 I1 no-steam
            care_basis *: maker
            care_edition *: ISO 3758:2012
            care fi-FI: Konepesu enintään 40 °C, hellävarainen ohjelma. / Valkaisu kielletty. / Rumpukuivaus kielletty. / Silitys enintään 110 °C. / Höyrysilitys kielletty.
            care sv-SE: Maskintvätt högst 40 °C, skonsamt program. / Får ej blekas. / Får ej torktumlas. / Strykning högst 110 °C. / Använd inte ånga.
            care en-GB: Machine wash at 40 °C or below, mild cycle. / Do not bleach. / Do not tumble dry. / Iron at 110 °C or below. / Do not use steam.
            care de-DE: Maschinenwäsche bis 40 °C, Schonwaschgang. / Nicht bleichen. / Nicht im Wäschetrockner trocknen. / Bügeln bei höchstens 110 °C. / Ohne Dampf bügeln.
        "#]],
    );
}

#[test]
fn translations_agree_or_are_remarked_on() {
    enrich(
        &[
            ("care_text", Some("fi-FI"), "Konepesu 40 °C"),
            ("care_text", Some("en-GB"), "Machine wash 30, tumble dry"),
        ],
        &expect![[r#"
            care_codes *: W30 T1
            care_basis *: maker
            care_edition *: ISO 3758:2023
            care fi-FI: Konepesu enintään 30 °C. / Rumpukuivaus sallittu, alhainen lämpötila.
            care sv-SE: Maskintvätt högst 30 °C. / Torktumling tillåten, låg temperatur.
            care en-GB: Machine wash at 30 °C or below. / Tumble dry, low temperature.
            care de-DE: Maschinenwäsche bis 30 °C. / Trocknen im Wäschetrockner möglich, niedrige Temperatur.
            care-degree-unsaid: "tumble dry" does not say how much; the mildest, T1, is taken
            care-text-contradicts: the text says both W40 and W30 of washing; W30 is within both and is taken
        "#]],
    );
}

#[test]
fn components_that_differ_are_named() {
    enrich(
        &[("care_text", None, "Outer: 40 °C; Lining: hand wash")],
        &expect![[r#"
        care_codes *: WH
        care_basis *: maker
        care_edition *: ISO 3758:2023
        care fi-FI: Vain käsinpesu, enintään 40 °C.
        care sv-SE: Endast handtvätt, högst 40 °C.
        care en-GB: Hand wash only, at 40 °C or below.
        care de-DE: Nur Handwäsche, höchstens 40 °C.
        care-components-differ: of washing, Lining takes WH and another part W40; WH is within both and is taken
    "#]],
    );
}

#[test]
fn fibres_only_suggest() {
    enrich(
        &[("material", None, "80 % villa, 20 % polyamidi")],
        &expect![[r#"
        care_codes *: W30v B0 T0 flat I1 F
        care_basis *: inferred
        care_edition *: ISO 3758:2023
        care-inferred: there is no care text, so care_codes are what the fibres usually take; give the maker's care_text, or approve them by hand
    "#]],
    );
    enrich(
        &[("material", None, "100 % villa"), ("care_text", None, "see label")],
        &expect![[r#"
            care-text-not-understood: "see label" is not understood and left out; say it in other words or in a code
        "#]],
    );
    enrich(
        &[("material", Some("en-GB"), "90% oak, 5% wool")],
        &expect![[r#"
        composition-sum: the shares do not come to 100 %: 90 % + 5 % = 95 %
    "#]],
    );
}

#[test]
fn what_is_read_in_part_is_marked() {
    enrich(
        &[("care_text", None, "Wash at 30, do not bleach. Oil the zip once a year.")],
        &expect![[r#"
            care_codes *: W30 B0
            care_basis *: maker
            care_edition *: ISO 3758:2023
            care_partial *: Data::Boolean(true)
            care fi-FI: Konepesu enintään 30 °C. / Valkaisu kielletty.
            care sv-SE: Maskintvätt högst 30 °C. / Får ej blekas.
            care en-GB: Machine wash at 30 °C or below. / Do not bleach.
            care de-DE: Maschinenwäsche bis 30 °C. / Nicht bleichen.
            care-text-not-understood: "Oil the zip once a year" is not understood and left out; say it in other words or in a code
        "#]],
    );
}

#[test]
fn a_batch_is_its_products() {
    let products = [
        product(&[("care_text", None, "MW30")]),
        product(&[("care_text", None, "MW30")]),
        product(&[("care_text", None, "MW40")]),
        product(&[]),
    ];
    let one_by_one: Vec<Outcome> =
        products.iter().map(|product| PLUGIN.enrich(&context(), product)).collect();
    assert_eq!(PLUGIN.enrich_batch(&context(), &products), one_by_one);
}

#[test]
fn every_sentence_is_read_back_as_its_code() {
    let sentences = crate::treatment::TREATMENTS
        .iter()
        .flat_map(|treatment| treatment.sentences.map(|sentence| (sentence, treatment.code)));
    check(&sentences.collect::<Vec<_>>());
}

#[test]
fn the_schema_is_json() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["type"], "object");
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        codes(&text);
    }

    #[test]
    fn never_panics_on_what_looks_like_care(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "wash", "machine wash", "40 °C", "30", "do not", "not", "ej", "bleach", ",", ".", "or", "and",
                "nor", "tumble dry", "low", "iron", "no steam", "dry clean", "P", "F", "only", "line dry", "flat",
                "drip", "shade", "gentle", "Outer:", "Lining:", ":", "MW40", "DNB", "kielletty", "hienopesu",
                "embroidery", "inside out", "-", "95",
            ]),
            0..12,
        ),
    ) {
        codes(&words.join(" "));
    }
}
