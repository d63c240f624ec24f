//! Drying, in a machine and without.

use super::CareProcess::{Dry as Drying, Tumble};
use super::DryingManner::{Air, Flat, Line};
use super::PhraseMeaning::{Drip, DripDry, Dry, Instruct, Process as Is, Shade};
use super::PhraseTable;

#[rustfmt::skip]
pub(super) const PHRASES: PhraseTable = &[
    ("tumble dry | machine dry | rumpukuivaa | rumpukuivataan | torktumla | torktumlas | tumlas", Instruct(Tumble)),
    ("trocknergeeignet | im wäschetrockner trocknen | im trockner trocknen | tumbler trocknen | im tumbler trocknen", Instruct(Tumble)),
    ("tumble | tumble dr* | tumbledr* | tumbler | tumble drier | tumbling | dryer* | drier* | machine dry* | dry* in dryer | dry* in a dryer | dry* in a tumble dryer | dry* in tumble dryer", Is(Tumble)),
    ("rumpukuiv* | rumpu kuiv* | kuivausrum* | kuiva* rummussa | kuiva* kuivausrummussa", Is(Tumble)),
    ("torktuml* | tork tuml* | tumla | tumling | torka* i torktumlare | torktumlare", Is(Tumble)),
    ("wäschetrockner | trockner | trocknen im tumbler | trocknen im wäschetrockner | trocknen im trockner | maschinentrocknung | trommeltrocknen | trommeltrocknung", Is(Tumble)),

    ("dry | drying | dries | dried", Is(Drying)),
    ("kuivaus | kuivausta | kuivaa | kuivata | kuivataan | kuivattava | kuivatus | kuivuminen", Is(Drying)),
    ("torka | torkas | torkning | tork", Is(Drying)),
    ("trocknen | trocknung | trocknen lassen | getrocknet", Is(Drying)),

    ("air | air dry* | dry* in air | dry* in the air | dry* naturally | natural dry*", Dry(Air)),
    ("ilmakuiv* | ilma kuiv* | kuiva* ilmassa | kuivaus ilmavasti", Dry(Air)),
    ("lufttork* | luft tork* | lufttorka | torka* i luft*", Dry(Air)),
    ("lufttrocknen | an der luft trocknen | an der luft | lufttrocknung | lufttrocken", Dry(Air)),

    ("line | line dry* | line drying | hang dry* | hang to dry | hang up to dry | hang | dry* on a line | dry* on line | dry* on the line | dry* on hanger | dry* on a hanger | hang on hanger", Dry(Line)),
    ("ripustuskuiv* | ripustus kuiv* | narukuiv* | kuiva* ripustettuna | kuiva* ripustamalla | riippukuiv* | kuiva* narulla | ripusta kuivumaan | ripustetaan kuivumaan | kuiva* henkarissa | kuiva* riippuvana", Dry(Line)),
    ("hängtork* | häng tork* | torka* hängande | häng på tork | linetork* | lintork* | torka* på lina | hängande torkning", Dry(Line)),
    ("auf der leine trocknen | auf der leine | leinentrocknung | hängend trocknen | zum trocknen aufhängen | aufgehängt trocknen | leinentrocknen", Dry(Line)),

    ("flat | dry* flat | flat dry* | lay flat | lay flat to dry | lie flat to dry | dry* lying flat | dry* on a flat surface | dry* on flat surface", Dry(Flat)),
    ("tasokuiv* | taso kuiv* | kuiva* tasossa | kuiva* tasolla | kuiva* tasaisella alustalla | kuiva* vaakatasossa | kuiva* vaakatasolla | vaakakuiv*", Dry(Flat)),
    ("plantork* | plan tork* | torka* plant | torka* liggande | liggande torkning | torka* på plant underlag | planttork*", Dry(Flat)),
    ("liegend trocknen | flach trocknen | liegend | flachliegend trocknen | flach liegend trocknen | liegendtrocknen", Dry(Flat)),

    ("drip | dripping wet | wet", Drip),
    ("valuvan märkänä | valuvana | vettä valuvana", Drip),
    ("droppvå*", Drip),
    ("tropfnass", Drip),

    ("drip dry* | tippukuiv* | valutuskuiv* | dropptork* | dropp tork* | drypptork* | tropfnass trocknen | tropftrocknen", DripDry),

    ("shade | in shade | in the shade | away from sun* | away from direct sun* | away from direct sunlight | out of direct sunlight | not in direct sunlight", Shade),
    ("varjossa | varjo | suojassa auringolta | suojassa auringonvalolta | ei suorassa auringonvalossa | ei suorassa auringonpaisteessa", Shade),
    ("skugga | i skugga | i skuggan | ej i direkt solljus | inte i direkt solljus", Shade),
    ("schatten | im schatten | nicht in der sonne | nicht in direkter sonne", Shade),
];
