//! The codes, in the order of a care label, and what each says in every language.
//!
//! `W40m` is a machine wash at 40 °C on a mild programme (`m` mild, `v` very mild), `0` forbids.
//! Ironing temperatures are those of the editions before 2023, which are 10 °C lower: under
//! either edition they are within the label.

/// What a code is about. A label has at most one code of each, but for notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    Wash,
    Bleach,
    Tumble,
    Natural,
    Iron,
    Steam,
    DryClean,
    WetClean,
    Note,
}

impl Slot {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wash => "washing",
            Self::Bleach => "bleaching",
            Self::Tumble => "tumble drying",
            Self::Natural => "natural drying",
            Self::Iron => "ironing",
            Self::Steam => "steaming",
            Self::DryClean => "dry cleaning",
            Self::WetClean => "wet cleaning",
            Self::Note => "a note",
        }
    }
}

pub(crate) struct Treatment {
    pub(crate) code: &'static str,
    pub(crate) slot: Slot,
    /// Two independent limits, each milder the smaller: of a wash °C and mechanical action (3
    /// normal, 2 mild, 1 very mild, 0 by hand); of natural drying the manner and sunlight; of dry
    /// cleaning the solvent and the action.
    pub(crate) degrees: [u8; 2],
    /// Finnish, Swedish, English, German.
    pub(crate) sentences: [&'static str; 4],
}

/// A place in [`TREATMENTS`], and so in the order of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Code(u8);

impl Code {
    pub(crate) fn named(code: &str) -> Option<Self> {
        Self::find(|treatment| treatment.code == code)
    }

    pub(crate) fn at(slot: Slot, degrees: [u8; 2]) -> Option<Self> {
        Self::find(|treatment| treatment.slot == slot && treatment.degrees == degrees)
    }

    /// The strongest code of the slot that is within both limits.
    pub(crate) fn within(slot: Slot, limits: [u8; 2]) -> Option<Self> {
        let within = |treatment: &Treatment| {
            treatment.slot == slot
                && treatment.degrees[0] <= limits[0]
                && treatment.degrees[1] <= limits[1]
        };
        let (index, _) = (0_u8..)
            .zip(TREATMENTS)
            .filter(|(_, treatment)| within(treatment))
            .max_by_key(|(_, treatment)| treatment.degrees)?;
        Some(Self(index))
    }

    /// The code that respects both.
    pub(crate) fn milder(self, other: Self) -> Self {
        let (a, b) = (self.treatment().degrees, other.treatment().degrees);
        Self::within(self.slot(), [a[0].min(b[0]), a[1].min(b[1])])
            .expect("every slot has a code that forbids, or one that is mildest in both limits")
    }

    pub(crate) fn treatment(self) -> &'static Treatment {
        &TREATMENTS[usize::from(self.0)]
    }

    pub(crate) fn slot(self) -> Slot {
        self.treatment().slot
    }

    pub(crate) fn as_str(self) -> &'static str {
        self.treatment().code
    }

    fn find(holds: impl Fn(&Treatment) -> bool) -> Option<Self> {
        (0_u8..)
            .zip(TREATMENTS)
            .find(|(_, treatment)| holds(treatment))
            .map(|(index, _)| Self(index))
    }
}

/// The language whose sentences are at this index.
pub(crate) const LANGUAGES: [&str; 4] = ["fi", "sv", "en", "de"];

const fn t(
    code: &'static str,
    slot: Slot,
    degrees: [u8; 2],
    sentences: [&'static str; 4],
) -> Treatment {
    Treatment { code, slot, degrees, sentences }
}

use Slot::{Bleach, DryClean, Iron, Natural, Note, Steam, Tumble, Wash, WetClean};

#[rustfmt::skip]
pub(crate) static TREATMENTS: &[Treatment] = &[
    t("W95", Wash, [95, 3], ["Konepesu enintään 95 °C.", "Maskintvätt högst 95 °C.", "Machine wash at 95 °C or below.", "Maschinenwäsche bis 95 °C."]),
    t("W70", Wash, [70, 3], ["Konepesu enintään 70 °C.", "Maskintvätt högst 70 °C.", "Machine wash at 70 °C or below.", "Maschinenwäsche bis 70 °C."]),
    t("W60", Wash, [60, 3], ["Konepesu enintään 60 °C.", "Maskintvätt högst 60 °C.", "Machine wash at 60 °C or below.", "Maschinenwäsche bis 60 °C."]),
    t("W60m", Wash, [60, 2], ["Konepesu enintään 60 °C, hellävarainen ohjelma.", "Maskintvätt högst 60 °C, skonsamt program.", "Machine wash at 60 °C or below, mild cycle.", "Maschinenwäsche bis 60 °C, Schonwaschgang."]),
    t("W50", Wash, [50, 3], ["Konepesu enintään 50 °C.", "Maskintvätt högst 50 °C.", "Machine wash at 50 °C or below.", "Maschinenwäsche bis 50 °C."]),
    t("W50m", Wash, [50, 2], ["Konepesu enintään 50 °C, hellävarainen ohjelma.", "Maskintvätt högst 50 °C, skonsamt program.", "Machine wash at 50 °C or below, mild cycle.", "Maschinenwäsche bis 50 °C, Schonwaschgang."]),
    t("W40", Wash, [40, 3], ["Konepesu enintään 40 °C.", "Maskintvätt högst 40 °C.", "Machine wash at 40 °C or below.", "Maschinenwäsche bis 40 °C."]),
    t("W40m", Wash, [40, 2], ["Konepesu enintään 40 °C, hellävarainen ohjelma.", "Maskintvätt högst 40 °C, skonsamt program.", "Machine wash at 40 °C or below, mild cycle.", "Maschinenwäsche bis 40 °C, Schonwaschgang."]),
    t("W40v", Wash, [40, 1], ["Konepesu enintään 40 °C, erittäin hellävarainen ohjelma.", "Maskintvätt högst 40 °C, mycket skonsamt program.", "Machine wash at 40 °C or below, very mild cycle.", "Maschinenwäsche bis 40 °C, Spezialschonwaschgang."]),
    t("W30", Wash, [30, 3], ["Konepesu enintään 30 °C.", "Maskintvätt högst 30 °C.", "Machine wash at 30 °C or below.", "Maschinenwäsche bis 30 °C."]),
    t("W30m", Wash, [30, 2], ["Konepesu enintään 30 °C, hellävarainen ohjelma.", "Maskintvätt högst 30 °C, skonsamt program.", "Machine wash at 30 °C or below, mild cycle.", "Maschinenwäsche bis 30 °C, Schonwaschgang."]),
    t("W30v", Wash, [30, 1], ["Konepesu enintään 30 °C, erittäin hellävarainen ohjelma.", "Maskintvätt högst 30 °C, mycket skonsamt program.", "Machine wash at 30 °C or below, very mild cycle.", "Maschinenwäsche bis 30 °C, Spezialschonwaschgang."]),
    t("WH", Wash, [40, 0], ["Vain käsinpesu, enintään 40 °C.", "Endast handtvätt, högst 40 °C.", "Hand wash only, at 40 °C or below.", "Nur Handwäsche, höchstens 40 °C."]),
    t("WH30", Wash, [30, 0], ["Vain käsinpesu, enintään 30 °C.", "Endast handtvätt, högst 30 °C.", "Hand wash only, at 30 °C or below.", "Nur Handwäsche, höchstens 30 °C."]),
    t("WHA", Wash, [20, 0], ["Vain käsinpesu huoneenlämpöisessä vedessä.", "Endast handtvätt i rumstempererat vatten.", "Hand wash only, in water at room temperature.", "Nur Handwäsche bei Raumtemperatur."]),
    t("W0", Wash, [0, 0], ["Vesipesu kielletty.", "Får ej vattentvättas.", "Do not wash.", "Nicht waschen."]),
    t("BA", Bleach, [2, 0], ["Valkaisu sallittu.", "Blekning tillåten.", "Any bleach allowed.", "Bleichen erlaubt."]),
    t("BO", Bleach, [1, 0], ["Vain happivalkaisu sallittu.", "Endast syrebaserad blekning tillåten.", "Only oxygen bleach allowed.", "Nur Sauerstoffbleiche erlaubt."]),
    t("B0", Bleach, [0, 0], ["Valkaisu kielletty.", "Får ej blekas.", "Do not bleach.", "Nicht bleichen."]),
    t("T2", Tumble, [2, 0], ["Rumpukuivaus sallittu, normaali lämpötila.", "Torktumling tillåten, normal temperatur.", "Tumble dry, normal temperature.", "Trocknen im Wäschetrockner möglich, normale Temperatur."]),
    t("T1", Tumble, [1, 0], ["Rumpukuivaus sallittu, alhainen lämpötila.", "Torktumling tillåten, låg temperatur.", "Tumble dry, low temperature.", "Trocknen im Wäschetrockner möglich, niedrige Temperatur."]),
    t("T0", Tumble, [0, 0], ["Rumpukuivaus kielletty.", "Får ej torktumlas.", "Do not tumble dry.", "Nicht im Wäschetrockner trocknen."]),
    t("air", Natural, [4, 1], ["Kuivaus ilmassa.", "Lufttorkning.", "Air dry.", "An der Luft trocknen."]),
    t("air-shade", Natural, [4, 0], ["Kuivaus varjossa.", "Torkas i skugga.", "Dry in the shade.", "Im Schatten trocknen."]),
    t("line", Natural, [3, 1], ["Ripustuskuivaus.", "Hängtorkning.", "Line dry.", "Auf der Leine trocknen."]),
    t("line-shade", Natural, [3, 0], ["Ripustuskuivaus varjossa.", "Hängtorkning i skugga.", "Line dry in the shade.", "Auf der Leine im Schatten trocknen."]),
    t("drip-line", Natural, [2, 1], ["Ripustuskuivaus valuvan märkänä.", "Dropptorkning.", "Drip line dry.", "Tropfnass auf der Leine trocknen."]),
    t("drip-line-shade", Natural, [2, 0], ["Ripustuskuivaus valuvan märkänä varjossa.", "Dropptorkning i skugga.", "Drip line dry in the shade.", "Tropfnass auf der Leine im Schatten trocknen."]),
    t("flat", Natural, [1, 1], ["Tasokuivaus.", "Plantorkning.", "Dry flat.", "Liegend trocknen."]),
    t("flat-shade", Natural, [1, 0], ["Tasokuivaus varjossa.", "Plantorkning i skugga.", "Dry flat in the shade.", "Liegend im Schatten trocknen."]),
    t("drip-flat", Natural, [0, 1], ["Tasokuivaus valuvan märkänä.", "Plantorkning, droppvått.", "Drip flat dry.", "Tropfnass liegend trocknen."]),
    t("drip-flat-shade", Natural, [0, 0], ["Tasokuivaus valuvan märkänä varjossa.", "Plantorkning i skugga, droppvått.", "Drip flat dry in the shade.", "Tropfnass liegend im Schatten trocknen."]),
    t("I3", Iron, [3, 0], ["Silitys enintään 200 °C.", "Strykning högst 200 °C.", "Iron at 200 °C or below.", "Bügeln bei höchstens 200 °C."]),
    t("I2", Iron, [2, 0], ["Silitys enintään 150 °C.", "Strykning högst 150 °C.", "Iron at 150 °C or below.", "Bügeln bei höchstens 150 °C."]),
    t("I1", Iron, [1, 0], ["Silitys enintään 110 °C.", "Strykning högst 110 °C.", "Iron at 110 °C or below.", "Bügeln bei höchstens 110 °C."]),
    t("I0", Iron, [0, 0], ["Silitys kielletty.", "Får ej strykas.", "Do not iron.", "Nicht bügeln."]),
    t("no-steam", Steam, [0, 0], ["Höyrysilitys kielletty.", "Använd inte ånga.", "Do not use steam.", "Ohne Dampf bügeln."]),
    t("P", DryClean, [2, 1], ["Kemiallinen pesu tetrakloorieteenillä tai hiilivedyillä (P).", "Kemtvätt med perkloretylen eller kolväten (P).", "Professional dry cleaning in tetrachloroethene or hydrocarbons (P).", "Professionelle Textilreinigung mit Perchlorethylen oder Kohlenwasserstoffen (P)."]),
    t("Pm", DryClean, [2, 0], ["Hellävarainen kemiallinen pesu tetrakloorieteenillä tai hiilivedyillä (P).", "Skonsam kemtvätt med perkloretylen eller kolväten (P).", "Professional dry cleaning in tetrachloroethene or hydrocarbons (P), mild process.", "Professionelle Textilreinigung mit Perchlorethylen oder Kohlenwasserstoffen (P), Schonverfahren."]),
    t("F", DryClean, [1, 1], ["Kemiallinen pesu hiilivedyillä (F).", "Kemtvätt med kolväten (F).", "Professional dry cleaning in hydrocarbons (F).", "Professionelle Textilreinigung mit Kohlenwasserstoffen (F)."]),
    t("Fm", DryClean, [1, 0], ["Hellävarainen kemiallinen pesu hiilivedyillä (F).", "Skonsam kemtvätt med kolväten (F).", "Professional dry cleaning in hydrocarbons (F), mild process.", "Professionelle Textilreinigung mit Kohlenwasserstoffen (F), Schonverfahren."]),
    t("D0", DryClean, [0, 0], ["Kemiallinen pesu kielletty.", "Får ej kemtvättas.", "Do not dry clean.", "Nicht chemisch reinigen."]),
    t("W", WetClean, [3, 0], ["Ammattimainen vesipesu (W).", "Professionell våttvätt (W).", "Professional wet cleaning (W).", "Professionelle Nassreinigung (W)."]),
    t("Wm", WetClean, [2, 0], ["Hellävarainen ammattimainen vesipesu (W).", "Skonsam professionell våttvätt (W).", "Professional wet cleaning (W), mild process.", "Professionelle Nassreinigung (W), Schonverfahren."]),
    t("Wv", WetClean, [1, 0], ["Erittäin hellävarainen ammattimainen vesipesu (W).", "Mycket skonsam professionell våttvätt (W).", "Professional wet cleaning (W), very mild process.", "Professionelle Nassreinigung (W), Spezialschonverfahren."]),
    t("WW0", WetClean, [0, 0], ["Ammattimainen vesipesu kielletty.", "Professionell våttvätt ej tillåten.", "Do not professionally wet clean.", "Keine professionelle Nassreinigung."]),
    t("separately", Note, [0, 0], ["Pestävä erikseen.", "Tvättas separat.", "Wash separately.", "Separat waschen."]),
    t("similar-colours", Note, [0, 0], ["Pestävä samanväristen kanssa.", "Tvättas med liknande färger.", "Wash with similar colours.", "Mit ähnlichen Farben waschen."]),
    t("inside-out", Note, [0, 0], ["Pestävä ja silitettävä nurinpäin.", "Tvättas och stryks ut och in.", "Wash and iron inside out.", "Auf links waschen und bügeln."]),
    t("laundry-bag", Note, [0, 0], ["Pestävä pesupussissa.", "Tvättas i tvättpåse.", "Wash in a laundry bag.", "Im Wäschesack waschen."]),
    t("no-softener", Note, [0, 0], ["Ei huuhteluainetta.", "Använd inte sköljmedel.", "Do not use fabric softener.", "Keinen Weichspüler verwenden."]),
    t("mild-detergent", Note, [0, 0], ["Pestävä miedolla pesuaineella.", "Använd milt tvättmedel.", "Use a mild detergent.", "Feinwaschmittel verwenden."]),
    t("no-soak", Note, [0, 0], ["Ei saa liottaa.", "Får ej blötläggas.", "Do not soak.", "Nicht einweichen."]),
    t("no-wring", Note, [0, 0], ["Ei saa vääntää.", "Får ej vridas ur.", "Do not wring.", "Nicht wringen."]),
    t("no-spin", Note, [0, 0], ["Linkous kielletty.", "Får ej centrifugeras.", "Do not spin.", "Nicht schleudern."]),
    t("reshape", Note, [0, 0], ["Muotoiltava kosteana.", "Formas i fuktigt tillstånd.", "Reshape while damp.", "In feuchtem Zustand in Form ziehen."]),
    t("close-fastenings", Note, [0, 0], ["Vetoketjut suljettava ennen pesua.", "Stäng dragkedjor före tvätt.", "Close zips before washing.", "Reißverschlüsse vor dem Waschen schließen."]),
    t("not-on-print", Note, [0, 0], ["Painatusta ei saa silittää.", "Trycket får ej strykas.", "Do not iron the print.", "Aufdruck nicht bügeln."]),
    t("press-cloth", Note, [0, 0], ["Silitettävä silitysliinan läpi.", "Stryks med pressduk.", "Iron with a press cloth.", "Mit einem Bügeltuch bügeln."]),
    t("wipe-damp", Note, [0, 0], ["Pyyhi kostealla liinalla.", "Torka av med en fuktig trasa.", "Wipe with a damp cloth.", "Mit einem feuchten Tuch abwischen."]),
    t("wipe-dry", Note, [0, 0], ["Pyyhi kuivalla liinalla.", "Torka av med en torr trasa.", "Wipe with a dry cloth.", "Mit einem trockenen Tuch abwischen."]),
    t("no-water", Note, [0, 0], ["Ei saa kastella eikä upottaa veteen.", "Får ej komma i kontakt med vatten.", "Keep away from water.", "Nicht mit Wasser in Berührung bringen."]),
    t("no-abrasives", Note, [0, 0], ["Ei hankaavia puhdistusaineita.", "Använd inte slipande rengöringsmedel.", "Do not use abrasive cleaners.", "Keine scheuernden Reinigungsmittel verwenden."]),
    t("dishwasher", Note, [0, 0], ["Konetiskin kestävä.", "Tål maskindisk.", "Dishwasher safe.", "Spülmaschinenfest."]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> Code {
        Code::named(name).unwrap()
    }

    #[test]
    fn milder_respects_both() {
        for (a, b, milder) in [
            ("W60m", "W40", "W40m"),
            ("W30", "W40v", "W30v"),
            ("W30", "WH", "WH30"),
            ("W40", "WHA", "WHA"),
            ("W95", "W0", "W0"),
            ("BA", "BO", "BO"),
            ("T2", "T0", "T0"),
            ("line-shade", "flat", "flat-shade"),
            ("I3", "I1", "I1"),
            ("Pm", "F", "Fm"),
            ("P", "D0", "D0"),
            ("Wm", "Wv", "Wv"),
        ] {
            assert_eq!(code(a).milder(code(b)).as_str(), milder, "{a} {b}");
            assert_eq!(code(b).milder(code(a)).as_str(), milder, "{b} {a}");
        }
    }

    #[test]
    fn every_pair_of_a_slot_has_a_milder_code() {
        for a in (0..TREATMENTS.len() as u8).map(Code) {
            for b in (0..TREATMENTS.len() as u8).map(Code) {
                if a.slot() == b.slot() && a.slot() != Note {
                    assert_eq!(a.milder(b).slot(), a.slot());
                }
            }
        }
    }

    #[test]
    fn codes_are_distinct_and_in_the_order_of_slots() {
        for (index, treatment) in TREATMENTS.iter().enumerate() {
            assert_eq!(code(treatment.code).0 as usize, index, "{}", treatment.code);
        }
        assert!(TREATMENTS.is_sorted_by_key(|treatment| treatment.slot));
        assert!(TREATMENTS.iter().all(|t| t.sentences.iter().all(|text| text.ends_with('.'))));
    }
}
