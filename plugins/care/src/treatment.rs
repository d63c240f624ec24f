//! The codes, in the order of a care label, and what each says in every language.
//!
//! `W40m` is a machine wash at 40 °C on a mild programme (`m` mild, `v` very mild), `0` forbids.
//! Ironing temperatures are those of the editions before 2023, which are 10 °C lower: under
//! either edition they are within the label.

/// What a code is about. A label has at most one code of each, but for notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LabelSlot {
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

impl LabelSlot {
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

pub(crate) struct CareTreatment {
    pub(crate) code: &'static str,
    pub(crate) slot: LabelSlot,
    /// Two independent limits, each milder the smaller: of a wash °C and mechanical action (3
    /// normal, 2 mild, 1 very mild, 0 by hand); of natural drying the manner and sunlight; of dry
    /// cleaning the solvent and the action.
    pub(crate) degrees: [u8; 2],
    /// Finnish, Swedish, English, German.
    pub(crate) sentences: [&'static str; 4],
}

/// A place in [`TREATMENTS`], and so in the order of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CareCode(u8);

impl CareCode {
    pub(crate) fn find_by_name(code: &str) -> Option<Self> {
        Self::find_where(|treatment| treatment.code == code)
    }

    pub(crate) fn find_by_degrees(slot: LabelSlot, degrees: [u8; 2]) -> Option<Self> {
        Self::find_where(|treatment| treatment.slot == slot && treatment.degrees == degrees)
    }

    /// The strongest code of the slot that is within both limits.
    pub(crate) fn strongest_within(slot: LabelSlot, limits: [u8; 2]) -> Option<Self> {
        let within = |treatment: &CareTreatment| {
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
    pub(crate) fn mildest_common(self, other: Self) -> Self {
        let (a, b) = (self.treatment().degrees, other.treatment().degrees);
        Self::strongest_within(self.slot(), [a[0].min(b[0]), a[1].min(b[1])])
            .expect("every slot has a code that forbids, or one that is mildest in both limits")
    }

    pub(crate) fn treatment(self) -> &'static CareTreatment {
        &TREATMENTS[usize::from(self.0)]
    }

    pub(crate) fn slot(self) -> LabelSlot {
        self.treatment().slot
    }

    pub(crate) fn as_str(self) -> &'static str {
        self.treatment().code
    }

    /// Whether it forbids, and allows nothing.
    pub(crate) fn is_ban(self) -> bool {
        match self.slot() {
            Steam => true,
            Note => self.as_str().starts_with("no-") || self.as_str() == "not-on-print",
            Natural => false,
            _ => self.treatment().degrees == [0, 0],
        }
    }

    /// Whether it is about something that is washed.
    pub(crate) fn is_textile(self) -> bool {
        !matches!(
            self.as_str(),
            "wipe-damp" | "wipe-dry" | "no-water" | "no-abrasives" | "dishwasher"
        )
    }

    fn find_where(holds: impl Fn(&CareTreatment) -> bool) -> Option<Self> {
        (0_u8..)
            .zip(TREATMENTS)
            .find(|(_, treatment)| holds(treatment))
            .map(|(index, _)| Self(index))
    }
}

/// The language whose sentences are at this index.
pub(crate) const LANGUAGES: [&str; 4] = ["fi", "sv", "en", "de"];

const fn table_entry(
    code: &'static str,
    slot: LabelSlot,
    degrees: [u8; 2],
    sentences: [&'static str; 4],
) -> CareTreatment {
    CareTreatment { code, slot, degrees, sentences }
}

use LabelSlot::{Bleach, DryClean, Iron, Natural, Note, Steam, Tumble, Wash, WetClean};

#[rustfmt::skip]
pub(crate) static TREATMENTS: &[CareTreatment] = &[
    table_entry("W95", Wash, [95, 3], ["Konepesu enintään 95 °C.", "Maskintvätt högst 95 °C.", "Machine wash at 95 °C or below.", "Maschinenwäsche bis 95 °C."]),
    table_entry("W70", Wash, [70, 3], ["Konepesu enintään 70 °C.", "Maskintvätt högst 70 °C.", "Machine wash at 70 °C or below.", "Maschinenwäsche bis 70 °C."]),
    table_entry("W60", Wash, [60, 3], ["Konepesu enintään 60 °C.", "Maskintvätt högst 60 °C.", "Machine wash at 60 °C or below.", "Maschinenwäsche bis 60 °C."]),
    table_entry("W60m", Wash, [60, 2], ["Konepesu enintään 60 °C, hellävarainen ohjelma.", "Maskintvätt högst 60 °C, skonsamt program.", "Machine wash at 60 °C or below, mild cycle.", "Maschinenwäsche bis 60 °C, Schonwaschgang."]),
    table_entry("W50", Wash, [50, 3], ["Konepesu enintään 50 °C.", "Maskintvätt högst 50 °C.", "Machine wash at 50 °C or below.", "Maschinenwäsche bis 50 °C."]),
    table_entry("W50m", Wash, [50, 2], ["Konepesu enintään 50 °C, hellävarainen ohjelma.", "Maskintvätt högst 50 °C, skonsamt program.", "Machine wash at 50 °C or below, mild cycle.", "Maschinenwäsche bis 50 °C, Schonwaschgang."]),
    table_entry("W40", Wash, [40, 3], ["Konepesu enintään 40 °C.", "Maskintvätt högst 40 °C.", "Machine wash at 40 °C or below.", "Maschinenwäsche bis 40 °C."]),
    table_entry("W40m", Wash, [40, 2], ["Konepesu enintään 40 °C, hellävarainen ohjelma.", "Maskintvätt högst 40 °C, skonsamt program.", "Machine wash at 40 °C or below, mild cycle.", "Maschinenwäsche bis 40 °C, Schonwaschgang."]),
    table_entry("W40v", Wash, [40, 1], ["Konepesu enintään 40 °C, erittäin hellävarainen ohjelma.", "Maskintvätt högst 40 °C, mycket skonsamt program.", "Machine wash at 40 °C or below, very mild cycle.", "Maschinenwäsche bis 40 °C, Spezialschonwaschgang."]),
    table_entry("W30", Wash, [30, 3], ["Konepesu enintään 30 °C.", "Maskintvätt högst 30 °C.", "Machine wash at 30 °C or below.", "Maschinenwäsche bis 30 °C."]),
    table_entry("W30m", Wash, [30, 2], ["Konepesu enintään 30 °C, hellävarainen ohjelma.", "Maskintvätt högst 30 °C, skonsamt program.", "Machine wash at 30 °C or below, mild cycle.", "Maschinenwäsche bis 30 °C, Schonwaschgang."]),
    table_entry("W30v", Wash, [30, 1], ["Konepesu enintään 30 °C, erittäin hellävarainen ohjelma.", "Maskintvätt högst 30 °C, mycket skonsamt program.", "Machine wash at 30 °C or below, very mild cycle.", "Maschinenwäsche bis 30 °C, Spezialschonwaschgang."]),
    table_entry("WH", Wash, [40, 0], ["Vain käsinpesu, enintään 40 °C.", "Endast handtvätt, högst 40 °C.", "Hand wash only, at 40 °C or below.", "Nur Handwäsche, höchstens 40 °C."]),
    table_entry("WH30", Wash, [30, 0], ["Vain käsinpesu, enintään 30 °C.", "Endast handtvätt, högst 30 °C.", "Hand wash only, at 30 °C or below.", "Nur Handwäsche, höchstens 30 °C."]),
    table_entry("WHA", Wash, [20, 0], ["Vain käsinpesu huoneenlämpöisessä vedessä.", "Endast handtvätt i rumstempererat vatten.", "Hand wash only, in water at room temperature.", "Nur Handwäsche bei Raumtemperatur."]),
    table_entry("W0", Wash, [0, 0], ["Vesipesu kielletty.", "Får ej vattentvättas.", "Do not wash.", "Nicht waschen."]),
    table_entry("BA", Bleach, [2, 0], ["Valkaisu sallittu.", "Blekning tillåten.", "Any bleach allowed.", "Bleichen erlaubt."]),
    table_entry("BO", Bleach, [1, 0], ["Vain happivalkaisu sallittu.", "Endast syrebaserad blekning tillåten.", "Only oxygen bleach allowed.", "Nur Sauerstoffbleiche erlaubt."]),
    table_entry("B0", Bleach, [0, 0], ["Valkaisu kielletty.", "Får ej blekas.", "Do not bleach.", "Nicht bleichen."]),
    table_entry("T2", Tumble, [2, 0], ["Rumpukuivaus sallittu, normaali lämpötila.", "Torktumling tillåten, normal temperatur.", "Tumble dry, normal temperature.", "Trocknen im Wäschetrockner möglich, normale Temperatur."]),
    table_entry("T1", Tumble, [1, 0], ["Rumpukuivaus sallittu, alhainen lämpötila.", "Torktumling tillåten, låg temperatur.", "Tumble dry, low temperature.", "Trocknen im Wäschetrockner möglich, niedrige Temperatur."]),
    table_entry("T0", Tumble, [0, 0], ["Rumpukuivaus kielletty.", "Får ej torktumlas.", "Do not tumble dry.", "Nicht im Wäschetrockner trocknen."]),
    table_entry("air", Natural, [4, 1], ["Kuivaus ilmassa.", "Lufttorkning.", "Air dry.", "An der Luft trocknen."]),
    table_entry("air-shade", Natural, [4, 0], ["Kuivaus varjossa.", "Torkas i skugga.", "Dry in the shade.", "Im Schatten trocknen."]),
    table_entry("line", Natural, [3, 1], ["Ripustuskuivaus.", "Hängtorkning.", "Line dry.", "Auf der Leine trocknen."]),
    table_entry("line-shade", Natural, [3, 0], ["Ripustuskuivaus varjossa.", "Hängtorkning i skugga.", "Line dry in the shade.", "Auf der Leine im Schatten trocknen."]),
    table_entry("drip-line", Natural, [2, 1], ["Ripustuskuivaus valuvan märkänä.", "Dropptorkning.", "Drip line dry.", "Tropfnass auf der Leine trocknen."]),
    table_entry("drip-line-shade", Natural, [2, 0], ["Ripustuskuivaus valuvan märkänä varjossa.", "Dropptorkning i skugga.", "Drip line dry in the shade.", "Tropfnass auf der Leine im Schatten trocknen."]),
    table_entry("flat", Natural, [1, 1], ["Tasokuivaus.", "Plantorkning.", "Dry flat.", "Liegend trocknen."]),
    table_entry("flat-shade", Natural, [1, 0], ["Tasokuivaus varjossa.", "Plantorkning i skugga.", "Dry flat in the shade.", "Liegend im Schatten trocknen."]),
    table_entry("drip-flat", Natural, [0, 1], ["Tasokuivaus valuvan märkänä.", "Plantorkning, droppvått.", "Drip flat dry.", "Tropfnass liegend trocknen."]),
    table_entry("drip-flat-shade", Natural, [0, 0], ["Tasokuivaus valuvan märkänä varjossa.", "Plantorkning i skugga, droppvått.", "Drip flat dry in the shade.", "Tropfnass liegend im Schatten trocknen."]),
    table_entry("I3", Iron, [3, 0], ["Silitys enintään 200 °C.", "Strykning högst 200 °C.", "Iron at 200 °C or below.", "Bügeln bei höchstens 200 °C."]),
    table_entry("I2", Iron, [2, 0], ["Silitys enintään 150 °C.", "Strykning högst 150 °C.", "Iron at 150 °C or below.", "Bügeln bei höchstens 150 °C."]),
    table_entry("I1", Iron, [1, 0], ["Silitys enintään 110 °C.", "Strykning högst 110 °C.", "Iron at 110 °C or below.", "Bügeln bei höchstens 110 °C."]),
    table_entry("I0", Iron, [0, 0], ["Silitys kielletty.", "Får ej strykas.", "Do not iron.", "Nicht bügeln."]),
    table_entry("no-steam", Steam, [0, 0], ["Höyrysilitys kielletty.", "Använd inte ånga.", "Do not use steam.", "Ohne Dampf bügeln."]),
    table_entry("P", DryClean, [2, 1], ["Kemiallinen pesu tetrakloorieteenillä tai hiilivedyillä (P).", "Kemtvätt med perkloretylen eller kolväten (P).", "Professional dry cleaning in tetrachloroethene or hydrocarbons (P).", "Professionelle Textilreinigung mit Perchlorethylen oder Kohlenwasserstoffen (P)."]),
    table_entry("Pm", DryClean, [2, 0], ["Hellävarainen kemiallinen pesu tetrakloorieteenillä tai hiilivedyillä (P).", "Skonsam kemtvätt med perkloretylen eller kolväten (P).", "Professional dry cleaning in tetrachloroethene or hydrocarbons (P), mild process.", "Professionelle Textilreinigung mit Perchlorethylen oder Kohlenwasserstoffen (P), Schonverfahren."]),
    table_entry("F", DryClean, [1, 1], ["Kemiallinen pesu hiilivedyillä (F).", "Kemtvätt med kolväten (F).", "Professional dry cleaning in hydrocarbons (F).", "Professionelle Textilreinigung mit Kohlenwasserstoffen (F)."]),
    table_entry("Fm", DryClean, [1, 0], ["Hellävarainen kemiallinen pesu hiilivedyillä (F).", "Skonsam kemtvätt med kolväten (F).", "Professional dry cleaning in hydrocarbons (F), mild process.", "Professionelle Textilreinigung mit Kohlenwasserstoffen (F), Schonverfahren."]),
    table_entry("D0", DryClean, [0, 0], ["Kemiallinen pesu kielletty.", "Får ej kemtvättas.", "Do not dry clean.", "Nicht chemisch reinigen."]),
    table_entry("W", WetClean, [3, 0], ["Ammattimainen vesipesu (W).", "Professionell våttvätt (W).", "Professional wet cleaning (W).", "Professionelle Nassreinigung (W)."]),
    table_entry("Wm", WetClean, [2, 0], ["Hellävarainen ammattimainen vesipesu (W).", "Skonsam professionell våttvätt (W).", "Professional wet cleaning (W), mild process.", "Professionelle Nassreinigung (W), Schonverfahren."]),
    table_entry("Wv", WetClean, [1, 0], ["Erittäin hellävarainen ammattimainen vesipesu (W).", "Mycket skonsam professionell våttvätt (W).", "Professional wet cleaning (W), very mild process.", "Professionelle Nassreinigung (W), Spezialschonverfahren."]),
    table_entry("WW0", WetClean, [0, 0], ["Ammattimainen vesipesu kielletty.", "Professionell våttvätt ej tillåten.", "Do not professionally wet clean.", "Keine professionelle Nassreinigung."]),
    table_entry("separately", Note, [0, 0], ["Pestävä erikseen.", "Tvättas separat.", "Wash separately.", "Separat waschen."]),
    table_entry("similar-colours", Note, [0, 0], ["Pestävä samanväristen kanssa.", "Tvättas med liknande färger.", "Wash with similar colours.", "Mit ähnlichen Farben waschen."]),
    table_entry("inside-out", Note, [0, 0], ["Pestävä ja silitettävä nurinpäin.", "Tvättas och stryks ut och in.", "Wash and iron inside out.", "Auf links waschen und bügeln."]),
    table_entry("laundry-bag", Note, [0, 0], ["Pestävä pesupussissa.", "Tvättas i tvättpåse.", "Wash in a laundry bag.", "Im Wäschesack waschen."]),
    table_entry("no-chlorine", Note, [0, 0], ["Kloorivalkaisu kielletty.", "Får ej klorblekas.", "Do not use chlorine bleach.", "Nicht chloren."]),
    table_entry("no-softener", Note, [0, 0], ["Ei huuhteluainetta.", "Använd inte sköljmedel.", "Do not use fabric softener.", "Keinen Weichspüler verwenden."]),
    table_entry("mild-detergent", Note, [0, 0], ["Pestävä miedolla pesuaineella.", "Använd milt tvättmedel.", "Use a mild detergent.", "Feinwaschmittel verwenden."]),
    table_entry("no-soak", Note, [0, 0], ["Ei saa liottaa.", "Får ej blötläggas.", "Do not soak.", "Nicht einweichen."]),
    table_entry("no-wring", Note, [0, 0], ["Ei saa vääntää.", "Får ej vridas ur.", "Do not wring.", "Nicht wringen."]),
    table_entry("no-spin", Note, [0, 0], ["Linkous kielletty.", "Får ej centrifugeras.", "Do not spin.", "Nicht schleudern."]),
    table_entry("reshape", Note, [0, 0], ["Muotoiltava kosteana.", "Formas i fuktigt tillstånd.", "Reshape while damp.", "In feuchtem Zustand in Form ziehen."]),
    table_entry("close-fastenings", Note, [0, 0], ["Vetoketjut suljettava ennen pesua.", "Stäng dragkedjor före tvätt.", "Close zips before washing.", "Reißverschlüsse vor dem Waschen schließen."]),
    table_entry("not-on-print", Note, [0, 0], ["Painatusta ei saa silittää.", "Trycket får ej strykas.", "Do not iron the print.", "Aufdruck nicht bügeln."]),
    table_entry("press-cloth", Note, [0, 0], ["Silitettävä silitysliinan läpi.", "Stryks med pressduk.", "Iron with a press cloth.", "Mit einem Bügeltuch bügeln."]),
    table_entry("wipe-damp", Note, [0, 0], ["Pyyhi kostealla liinalla.", "Torka av med en fuktig trasa.", "Wipe with a damp cloth.", "Mit einem feuchten Tuch abwischen."]),
    table_entry("wipe-dry", Note, [0, 0], ["Pyyhi kuivalla liinalla.", "Torka av med en torr trasa.", "Wipe with a dry cloth.", "Mit einem trockenen Tuch abwischen."]),
    table_entry("no-water", Note, [0, 0], ["Ei saa kastella eikä upottaa veteen.", "Får ej komma i kontakt med vatten.", "Keep away from water.", "Nicht mit Wasser in Berührung bringen."]),
    table_entry("no-abrasives", Note, [0, 0], ["Ei hankaavia puhdistusaineita.", "Använd inte slipande rengöringsmedel.", "Do not use abrasive cleaners.", "Keine scheuernden Reinigungsmittel verwenden."]),
    table_entry("dishwasher", Note, [0, 0], ["Konetiskin kestävä.", "Tål maskindisk.", "Dishwasher safe.", "Spülmaschinenfest."]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> CareCode {
        CareCode::find_by_name(name).unwrap()
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
            assert_eq!(code(a).mildest_common(code(b)).as_str(), milder, "{a} {b}");
            assert_eq!(code(b).mildest_common(code(a)).as_str(), milder, "{b} {a}");
        }
    }

    #[test]
    fn every_pair_of_a_slot_has_a_milder_code() {
        for a in (0..TREATMENTS.len() as u8).map(CareCode) {
            for b in (0..TREATMENTS.len() as u8).map(CareCode) {
                if a.slot() == b.slot() && a.slot() != Note {
                    assert_eq!(a.mildest_common(b).slot(), a.slot());
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
