//! Nothing is allowed without a word that allows it.

use super::*;

#[test]
fn a_ban_covers_what_stands_with_it() {
    check(&[
        ("Wash at 30. Avoid conditioner and bleach. Tumble dry low.", "W30 B0 T1 no-softener"),
        ("Pesu 60 °C. Vältä huuhteluainetta ja valkaisuainetta.", "W60 B0 no-softener"),
        ("Do not soak the blanket, use bleach or tumble dry.", "B0 T0 no-soak"),
        ("Silitys, valkaisu ja rumpukuivaus kielletty", "B0 T0 I0"),
        ("Rumpukuivaus ja silitys kielletty", "T0 I0"),
        ("Älä käytä valkaisuainetta, huuhteluainetta tai kuivausrumpua", "B0 T0 no-softener"),
        ("Undvik blekmedel och sköljmedel", "B0 no-softener"),
        ("Bleichmittel und Weichspüler vermeiden", "B0 no-softener"),
        ("Weder bleichen noch bügeln", "B0 I0"),
        ("Får varken blekas, strykas eller torktumlas", "B0 T0 I0"),
        ("Blek, torktumla och stryk ej", "B0 T0 I0"),
        ("Ei valkaisua, silitystä eikä rumpukuivausta", "B0 T0 I0"),
        ("Bleach and tumble dry: no. Iron: low", "B0 T0 I1"),
        ("No bleach/softener", "B0 no-softener"),
        ("Do not bleach or\ntumble dry", "B0 T0"),
        ("Do not:\n• bleach\n• iron", "B0 I0"),
        ("Kielletty:\n- valkaisu\n- silitys\nSallittu:\n- konepesu 40", "W40 B0 I0"),
        ("❌ bleach ❌ tumble dry ✓ iron low", "B0 T0 I1"),
        ("Keep away from water and bleach", "B0 no-water"),
        ("Kan strykas men inte torktumlas eller blekas", "B0 T0 I1"),
        ("Ikke blek, stryk", "B0 ?stryk"),
        ("<p>Wash at 30</p><ul><li>Do not bleach</li><li>Iron low</li></ul>", "W30 B0 I1"),
        ("Stay away from bleach and dryers", "B0 T0"),
        ("Ei valkaisua, rumpukuivausta, silitystä", "B0 T0 I0"),
        ("Ei valkaisua, rumpukuivaus, silitystä", "B0 ?rumpukuivaus ?silitystä"),
        ("Ei valkaisua, käytä huuhteluainetta", "B0 ?käytä huuhteluainetta"),
        ("Please avoid the following: bleach, iron", "B0 I0"),
        ("Treatments not allowed: bleach, iron", "B0 I0"),
        ("Pesu: 40 °C\nValkaisu: ei\nKemiallinen pesu: ei", "W40 B0 D0"),
        ("Bleach: non-chlorine bleach only. Iron: do not iron", "BO I0"),
    ]);
}

#[test]
fn what_a_ban_may_reach_allows_nothing() {
    check(&[
        ("Do not bleach or iron hot", "B0 ?iron hot"),
        ("Do not bleach, iron hot or tumble dry", "B0 ?iron hot ?tumble dry"),
        ("Silitys kuumalla, valkaisu ja rumpukuivaus kielletty", "B0 T0 ?Silitys kuumalla"),
        (
            "Rumpukuivaus alhaisella lämmöllä ja silitys kielletty",
            "I0 ?Rumpukuivaus alhaisella lämmöllä",
        ),
        ("60 °C ja valkaisu kielletty", "B0 ?60 °C"),
        ("Käsinpesu, valkaisu kielletty", "B0 ?Käsinpesu"),
        ("Do not machine wash, hand wash", "?hand wash ?Do not machine wash"),
        ("Älä käytä konepesua, käsinpesua", "?käsinpesua ?Älä käytä konepesua"),
        ("Do not\niron", "?Do not ?iron"),
        ("DNB or iron", "B0 ?iron"),
        ("Undgå blegning, stryk", "?Undgå blegning ?stryk"),
        ("Not freezer or dishwasher safe", "?Not freezer ?dishwasher safe"),
        ("Do not iron without a press cloth", "?Do not iron without a press cloth"),
        ("Ei saa pestä ilman pesupussia", "?Ei saa pestä ilman pesupussia"),
        ("Do not wash with similar colours", "?Do not wash with similar colours"),
        ("Älä pese tai kuivaa rummussa xyz", "?Älä pese ?kuivaa rummussa xyz"),
    ]);
}

#[test]
fn a_ban_lets_go_of_what_is_apart() {
    check(&[
        ("Do not bleach, tumble dry low, iron medium", "B0 T1 I2"),
        ("Do not bleach, tumble dry low and iron medium", "B0 T1 I2"),
        ("Do not bleach but iron on low", "B0 I1"),
        ("Do not tumble dry, line dry or dry flat", "T0 flat"),
        ("Do not tumble dry. Iron.", "T0 I1"),
        ("Konepesu 60 °C, valkaisu ja silitys kielletty", "W60 B0 I0"),
        ("Silitys sallittu ja valkaisu kielletty", "B0 I1"),
        ("Blek ej och stryk medelvarmt", "B0 I2"),
        ("Käsinpesu. Valkaisu kielletty.", "WH B0"),
        ("Wash at 40 without softener or bleach", "W40 B0 no-softener"),
    ]);
}

#[test]
fn what_is_washed_with_is_forbidden_and_not_the_washing() {
    check(&[
        ("Do not wash with bleach", "B0"),
        ("Tvätta inte med blekmedel", "B0"),
        ("Nicht mit Bleichmittel waschen", "B0"),
        ("Älä pese valkaisuaineella", "B0"),
        ("Do not wash with bleach or softener", "B0 no-softener"),
        ("Wash without bleach", "B0 ?Wash"),
        ("Pesu ilman valkaisuainetta", "B0 ?Pesu"),
        ("Tvätta utan blekmedel", "B0 ?Tvätta"),
        ("Waschen ohne Bleichmittel", "B0 ?Waschen"),
    ]);
}

#[test]
fn a_name_alone_allows_nothing() {
    check(&[
        ("Bleach", "?Bleach"),
        ("Use bleach", "?Use bleach"),
        ("Any bleach", "?bleach"),
        ("Valkaisu", "?Valkaisu"),
        ("Bleach only", "?Bleach only"),
        ("Bleach may, at times, harm", "?Bleach may ?times ?harm"),
        ("Kemiallinen pesu", "?Kemiallinen pesu"),
        ("Non-iron", "?Non-iron"),
        ("Helposti siliävä. 40 °C", "?Helposti siliävä ?40 °C"),
        ("Strykfri", "?Strykfri"),
        ("Valkaisu ja silitys sallittu", "I1 ?Valkaisu"),
        ("Konetiski", "?Konetiski"),
        ("May be bleached", "BA"),
        ("Saa valkaista", "BA"),
        ("Bleichen erlaubt", "BA"),
        ("Blekning tillåten, torktumling förbjuden", "BA T0"),
        ("Non-chlorine bleach when needed", "BO"),
    ]);
}

#[test]
fn a_temperature_is_not_a_machine() {
    check(&[
        (
            "Pese ryijy kädenlämpöisellä vedellä, max. 40 °C. Tuuleta.",
            "?Pese ryijy kädenlämpöisellä vedellä ?40 °C ?Tuuleta",
        ),
        ("Pese kädenlämpöisessä vedessä", "?Pese kädenlämpöisessä vedessä"),
        (
            "Pese ryijy kädenlämpöisellä vedellä, max. 40 °C. Ei valkaisua.",
            "B0 ?Pese ryijy kädenlämpöisellä vedellä ?40 °C",
        ),
        ("Hand wash in lukewarm water", "WH30"),
        ("Machine wash lukewarm", "W30"),
        ("Dishwasher safe, max 40 °C", "dishwasher ?40 °C"),
        ("Kestää 40 °C", "?Kestää 40 °C"),
        ("Withstands 40 °C", "?Withstands 40 °C"),
        ("40 °C, ei valkaisua", "W40 B0"),
    ]);
    enrich(
        &[("material", None, "Kivitavara"), ("care_text", None, "40 °C")],
        &expect![[r#"
            care-text-not-understood: "40 °C" is not understood and left out; say it in other words or in a code
        "#]],
    );
}
