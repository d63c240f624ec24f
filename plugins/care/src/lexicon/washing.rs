//! Washing and bleaching.

use super::CareProcess::{Bleach, ChlorineBleach, HandWash, MachineWash, OxygenBleach, Wash};
use super::MechanicalAction::{Mild, VeryMild};
use super::PhraseMeaning::{Agent, Instruct, Process as Is, WashAt};
use super::PhraseTable;

#[rustfmt::skip]
pub(super) const PHRASES: PhraseTable = &[
    ("mw | machine wash* | washing machine | washer | wash* by machine | wash* in machine | wash* in the machine | wash* in a washing machine", Is(MachineWash)),
    ("konepes* | kone pes* | pesukone* | pes* koneessa | pes* pesukoneessa | konepestävä*", Is(MachineWash)),
    ("maskintvätt* | maskin tvätt* | tvätt* i maskin | tvätt* i tvättmaskin | tvättmaskin* | tål maskintvätt", Is(MachineWash)),
    ("maschinenwäsche | maschinenwaschbar | waschmaschine* | maschinen wäsche | in der maschine waschen | in der waschmaschine waschen | maschinell waschen", Is(MachineWash)),

    // Programmes for wool and silk, which a label marks with two bars.
    ("wool wash | wool machine wash", WashAt(VeryMild)),
    ("hienopesu | hienopesua | hienopesussa | hienopestävä | villapesu | villapesua | villapesussa", WashAt(VeryMild)),
    ("fintvätt | fintvätta* | ylletvätt | ulltvätt | ulltvätta*", WashAt(VeryMild)),
    ("feinwäsche | wollwäsche", WashAt(VeryMild)),
    ("skontvätt* | schonwäsche", WashAt(Mild)),

    ("wash* | laundry | launder* | water wash*", Is(Wash)),
    ("pesu | pesua | pesussa | pese | pestä | pestään | pestävä | pestävissä | peset | pesulämpö* | vesipesu* | vesi pesu | pesulämpötila*", Is(Wash)),
    ("tvätt | tvätta | tvättas | tvättbar | tvättbart | tvättemperatur | tvättning | vattentvätt* | vatten tvätt*", Is(Wash)),
    ("waschen | wäsche | waschbar | waschtemperatur | waschgang | gewaschen werden | gewaschen", Is(Wash)),

    ("hand wash* | handwash* | wash* by hand | hand washable", Is(HandWash)),
    ("käsinpesu", Instruct(HandWash)),
    ("käsinpes* | käsin pes* | käsipes* | pes* käsin", Is(HandWash)),
    ("handtvätt* | hand tvätt* | tvätt* för hand | tvätt* för han", Is(HandWash)),
    ("handwäsche | von hand waschen | mit der hand waschen | handwaschen | per hand waschen | hand wäsche", Is(HandWash)),

    ("bleach* | bleaching agent* | bleach* product*", Is(Bleach)),
    ("valkais* | valkaisuaine* | kaikki valkaisuaineet | valkaisuaineiden käyttö | valkaisuaineen käyttö", Is(Bleach)),
    ("blek* | blekmedel | blekning", Is(Bleach)),
    ("bleich* | bleichmittel* | gebleicht", Is(Bleach)),
    ("valkaisuaineella | valkaisuaineilla | valkaisuaineen kanssa | valkaisuaineiden kanssa", Agent(Bleach)),

    ("chlorine | chlorine based bleach* | chlorine bleach* | bleach* with chlorine | chlorinated bleach", Is(ChlorineBleach)),
    ("kloorivalkais* | kloori | klooria | kloori valkais* | klooripitoi* | klooripitoi* valkais*", Is(ChlorineBleach)),
    ("klorblek* | klor | klorblekmedel | klorhaltig* blek*", Is(ChlorineBleach)),
    ("chlorbleiche | chloren | chlor | chlorbleichen | chlorhaltig* bleich* | chlorbleichmittel", Is(ChlorineBleach)),

    ("oxygen bleach* | non chlorine bleach* | nonchlorine bleach* | chlorine free bleach* | bleach* without chlorine", Is(OxygenBleach)),
    ("happivalkais* | happi valkais* | kloorittoma* valkais*", Is(OxygenBleach)),
    ("syreblek* | syre blek* | syrebaserad blekning | syrgasblek* | klorfri blekning", Is(OxygenBleach)),
    ("sauerstoffbleiche | sauerstoff bleiche | chlorfreie bleiche", Is(OxygenBleach)),

];
