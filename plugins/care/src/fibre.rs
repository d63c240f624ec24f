//! Fibres by their names, and the care that each usually takes.
//!
//! Names are those of Regulation (EU) 1007/2011, Annex I, in Finnish, Swedish, English and German,
//! and the everyday ones beside them (merino, lycra).

use crate::label::CareLabel;
use crate::treatment::CareCode;

pub(crate) struct Fibre {
    /// Stems of the names: the rest of the word is an ending.
    names: &'static [&'static str],
    codes: &'static [&'static str],
}

#[rustfmt::skip]
static FIBRES: &[Fibre] = &[
    Fibre { names: &["cotton", "puuvilla", "bomull", "baumwolle"], codes: &["W40", "BO", "T1", "I2", "P"] },
    Fibre { names: &["linen", "flax", "pellava", "lin", "linne", "leinen", "flachs"], codes: &["W40", "B0", "T0", "I2", "P"] },
    Fibre { names: &["hemp", "hamppu", "hampa", "hanf", "ramie", "rami"], codes: &["W40", "B0", "T0", "I2", "P"] },
    Fibre { names: &["wool", "villa", "ull", "wolle", "schurwolle", "merino", "merinovilla", "merinoull", "merinowolle", "lambswool", "karitsanvilla", "lammull", "uusivilla"], codes: &["W30v", "B0", "T0", "flat", "I1", "F"] },
    Fibre { names: &["cashmere", "kašmir", "kasmir", "kaschmir", "kashmir", "alpaca", "alpakka", "alpacka", "alpaka", "mohair", "angora"], codes: &["WH30", "B0", "T0", "flat", "I1", "F"] },
    Fibre { names: &["silk", "silkki", "silke", "siden", "seide"], codes: &["WH30", "B0", "T0", "line-shade", "I1", "F"] },
    Fibre { names: &["viscose", "viskoosi", "viskos", "viskose", "rayon"], codes: &["W30m", "B0", "T0", "line", "I1", "F"] },
    Fibre { names: &["modal", "modaali", "lyocell", "lyoselli", "tencel"], codes: &["W30m", "B0", "T0", "line", "I1", "F"] },
    Fibre { names: &["acetate", "asetaatti", "acetat", "triacetate", "triasetaatti", "triacetat", "cupro", "kupro"], codes: &["WH30", "B0", "T0", "line", "I1", "F"] },
    Fibre { names: &["polyester", "polyesteri"], codes: &["W40m", "B0", "T1", "I1", "F"] },
    Fibre { names: &["polyamide", "polyamidi", "polyamid", "nylon"], codes: &["W40m", "B0", "T1", "I1", "F"] },
    Fibre { names: &["acrylic", "akryyli", "akryl", "polyacryl", "polyakryyli", "polyakryl", "modacrylic", "modakryyli", "modakryl", "modacryl"], codes: &["W30m", "B0", "T0", "flat", "I1", "F"] },
    Fibre { names: &["elastane", "elastaani", "elastan", "elasthan", "spandex", "lycra"], codes: &["W40m", "B0", "T1", "I1", "F"] },
    Fibre { names: &["polypropylene", "polypropeeni", "polypropen", "polypropylen"], codes: &["W30m", "B0", "T0", "line", "I0", "D0"] },
    Fibre { names: &["polyurethane", "polyuretaani", "polyuretan", "polyurethan"], codes: &["W30m", "B0", "T0", "line", "I0", "D0"] },
    Fibre { names: &["down", "untuva", "dun", "daune", "daunen", "feather", "höyhen", "fjäder", "feder", "federn"], codes: &["W30m", "B0", "T1", "I0", "D0"] },
    Fibre { names: &["leather", "nahka", "läder", "skinn", "leder", "suede", "mokka", "mocka", "wildleder"], codes: &["W0", "B0", "T0", "I0", "D0"] },
];

/// Endings that a name may have: plural and the cases that follow a percentage.
const ENDINGS: [&str; 8] = ["", "a", "ä", "ta", "ia", "n", "s", "t"];

/// The fibre of this name, in lower case.
pub(crate) fn find_fibre(word: &str) -> Option<&'static Fibre> {
    let is = |name: &&str| word.strip_prefix(*name).is_some_and(|end| ENDINGS.contains(&end));
    FIBRES.iter().find(|fibre| fibre.names.iter().any(is))
}

/// The mildest of what the fibres take.
pub(crate) fn mildest_care<'a>(fibres: impl IntoIterator<Item = &'a Fibre>) -> CareLabel {
    let mut label = CareLabel::default();
    for code in fibres.into_iter().flat_map(|fibre| fibre.codes) {
        label.add_code(
            CareCode::find_by_name(code).expect("a test looks up the codes of every fibre"),
        );
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_exists() {
        for fibre in FIBRES {
            assert_eq!(mildest_care([fibre]).codes().len(), fibre.codes.len(), "{:?}", fibre.names);
        }
    }

    #[test]
    fn names_are_found_with_their_endings() {
        for (word, first) in [
            ("puuvillaa", "cotton"),
            ("villaa", "wool"),
            ("villa", "wool"),
            ("lin", "linen"),
            ("daunen", "down"),
        ] {
            assert_eq!(find_fibre(word).map(|fibre| fibre.names[0]), Some(first), "{word}");
        }
        assert!(find_fibre("tammi").is_none());
        assert!(find_fibre("villakoira").is_none());
    }
}
