//! Advice beyond the processes of a care label, and care of what is no textile.

use super::CareProcess::{Abrasive, Dishwasher, Immerse, Soak, Softener, Spin, Wring};
use super::PhraseMeaning::{Agent, Code, Process as Is};
use super::PhraseTable;

#[rustfmt::skip]
pub(super) const PHRASES: PhraseTable = &[
    ("separately | erikseen | separat | getrennt", Code("separately")),
    ("with like colo* | with similar colo* | like colo* | similar colo* | with same colo* | wash* dark colo* separately", Code("similar-colours")),
    ("samanväris* | samanväristen kanssa | samanväristen tekstiilien kanssa | samanväristen vaatteiden kanssa", Code("similar-colours")),
    ("med liknande färger | med lika färger | med samma färger", Code("similar-colours")),
    ("mit ähnlichen farben | mit gleichen farben", Code("similar-colours")),
    ("inside out | turn inside out | wash* and iron* inside out | on reverse | reverse side | pes* ja silit* nurinpäin | auf links gedreht | on reverse side | on the reverse side", Code("inside-out")),
    ("nurinpäin | nurin | nurjalta | nurjalta puolelta | nurin käännettynä", Code("inside-out")),
    ("ut och in | tvätt* och stryk* ut och in | avigsidan | från avigsidan | på avigsidan | avigan", Code("inside-out")),
    ("auf links | auf links waschen und bügeln | links waschen | von links bügeln | von links waschen", Code("inside-out")),
    ("laundry bag | wash* bag | in a laundry bag | use a laundry bag | in laundry bag | pesupussi* | käytä pesupussia | tvättpåse | i tvättpåse | använd tvättpåse | wäschesack | im wäschesack | wäschenetz | im wäschenetz", Code("laundry-bag")),
    ("softener* | fabric softener* | fabric conditioner* | conditioner* | huuhteluain* | sköljmedel* | weichspüler*", Is(Softener)),
    ("huuhteluaineella | huuhteluaineen kanssa | huuhteluaineiden kanssa", Agent(Softener)),
    ("soak | soaking | soaked | liotus | liotusta | liotuksessa | liota | liottaa | liottamista | blötlägg* | einweich*", Is(Soak)),
    ("wring* | twist* | wring out | väännä | vääntää | vääntämi* | vääntö* | kierrä | kiertää | vrid | vrida | vridas | vrid ur | vrida ur | vridas ur | vridning | wringen | auswringen", Is(Wring)),
    ("spin | spinning | spin dry* | linkous | linkousta | linkoa | lingota | linkoamista | centrifuger* | schleudern", Is(Spin)),
    ("abrasive* | abrasive clean* | abrasive cleaning agent* | hankaav* | hankaav* puhdistusaine* | hankaav* ain* | slipande rengöringsmedel | slipmedel | slipande medel | scheuermittel | scheuernd* reinigungsmittel", Is(Abrasive)),
    ("immerse | immerse in water | submerge | submerge in water | kastella | kastele | kastelua | upota | upottaa | upota veteen | upottaa veteen | sänk* ner i vatten | doppa i vatten | sänk ner i vatten | in wasser tauchen | in wasser eintauchen", Is(Immerse)),
    ("sänk ej ner i vatten | sänk inte ner i vatten | doppa inte i vatten", Code("no-water")),
    ("vrid ej ur | vrid inte ur", Code("no-wring")),
    ("dishwasher | in the dishwasher | konetiski* | astianpesukone* | maskindisk* | diskmaskin* | spülmaschine", Is(Dishwasher)),
    ("mild detergent | use mild detergent | use a mild detergent | with mild detergent | neutral detergent | wool detergent | use wool detergent | mieto pesuaine | miedolla pesuaineella | hienopesuaine* | villapesuaine* | käytä hienopesuainetta | käytä villapesuainetta | milt tvättmedel | använd milt tvättmedel | fintvättmedel | ulltvättmedel | feinwaschmittel | feinwaschmittel verwenden | wollwaschmittel | wollwaschmittel verwenden | mildes waschmittel", Code("mild-detergent")),
    ("reshape | reshape while damp | reshape whilst damp | reshape when wet | reshape while wet | reshape and dry | pull into shape | muotoile kosteana | muotoillaan kosteana | muotoiltava kosteana | muotoile märkänä | venytä muotoonsa | sträck plagget i vått tillstånd | sträck i vått tillstånd | formas i vått tillstånd | formas i fuktigt tillstånd | forma i vått tillstånd | in form ziehen | in feuchtem zustand in form ziehen | nass in form ziehen", Code("reshape")),
    ("close zip* | close all zip* | close zip* before wash* | close all zip* before wash* | zip up before wash* | fasten zip* | fasten all zip* | sulje vetoketju* | sulje vetoketju* ennen pesua | vetoketju* suljettuna | vetoketju* kiinni | vetoketju* suljettava ennen pesua | stäng dragkedj* innan tvätt | reißverschlüsse vor dem waschen schließen | stäng dragkedj* | stäng dragkedj* före tvätt | stäng blixtlås | stäng blixtlåset | reißverschluss schließen | reißverschlüsse schließen | reissverschluss schliessen | reißverschluss vor dem waschen schließen", Code("close-fastenings")),
    ("do not iron print | do not iron on print | do not iron the print | do not iron over print | do not iron print* | do not iron decoration* | do not iron on decoration* | do not iron transfer* | dont iron print | do not iron on the print | älä silitä painatusta | painatusta ei saa silittää | älä silitä painatuksen päältä | ei saa silittää painatuksen päältä | ei silitystä painatuksen päältä | painatuksen silitys kielletty | stryk ej på tryck | stryk ej på trycket | stryk inte på trycket | stryk ej trycket | tryck får ej strykas | trycket får ej strykas | aufdruck nicht bügeln | nicht über den aufdruck bügeln | nicht auf dem aufdruck bügeln | druck nicht bügeln", Code("not-on-print")),
    ("press cloth | use a press cloth | use press cloth | with a press cloth | through a cloth | under a cloth | under duk | silitysliinan läpi | med pressduk | silitysliina* | liinan läpi | pressduk | bügeltuch | mit bügeltuch | mit einem bügeltuch", Code("press-cloth")),

    ("wipe damp | wipe* with a damp cloth | wipe* with damp cloth | wipe* clean with a damp cloth | wipe* clean with damp cloth | wipe* clean | clean with a damp cloth | clean with damp cloth | wipe* with a moist cloth | wipe* with a soft damp cloth | wipe* clean with a soft damp cloth", Code("wipe-damp")),
    ("pyyhi kostealla liinalla | pyyhitään kostealla liinalla | pyyhittävä kostealla liinalla | pyyhkiminen kostealla liinalla | puhdista kostealla liinalla | puhdistetaan kostealla liinalla | puhdistus kostealla liinalla | kostealla liinalla | pyyhi nihkeällä liinalla | pyyhi kostealla pyyhkeellä", Code("wipe-damp")),
    ("torka av med en fuktig trasa | torka av med fuktig trasa | torkas av med en fuktig trasa | torkas av med fuktig trasa | torka med fuktig trasa | torka med en fuktig trasa | rengör med fuktig trasa | rengör med en fuktig trasa | rengörs med fuktig trasa | torkas med fuktig trasa", Code("wipe-damp")),
    ("mit einem feuchten tuch abwischen | mit feuchtem tuch abwischen | feucht abwischen | feucht abwischbar | mit einem feuchten tuch reinigen | mit feuchtem tuch reinigen | abwischbar", Code("wipe-damp")),
    ("wipe dry | wipe* with a dry cloth | wipe* with dry cloth | wipe* dry with a clean cloth | wipe* dry with a soft cloth | wipe* dry with a cloth | clean with a dry cloth | dust with a dry cloth | clean with dry cloth | pyyhi kuivalla liinalla | pyyhitään kuivalla liinalla | puhdista kuivalla liinalla | kuivaa puhtaalla liinalla | torka av med en torr trasa | torka av med torr trasa | torka torrt | torka torrt med en ren trasa | torka med torr trasa | mit einem trockenen tuch abwischen | mit trockenem tuch abwischen | trocken abwischen | mit einem trockenen tuch reinigen", Code("wipe-dry")),
    ("no water | ei saa kastella eikä upottaa veteen | får ej komma i kontakt med vatten | nicht mit wasser in berührung bringen | avoid water | keep away from water | do not use water | keep dry | suojattava vedeltä | suojaa vedeltä | vältä vettä | ei vettä | undvik vatten | skydda mot vatten | vor wasser schützen | kein wasser | vor nässe schützen", Code("no-water")),
    ("dishwasher safe | dishwasher proof | konetiskin kestävä | konepesun kestävä astia | kestää konetiskin | astianpesukoneen kestävä | voidaan pestä astianpesukoneessa | tål maskindisk | diskmaskinssäker | tål diskmaskin | spülmaschinenfest | spülmaschinengeeignet", Code("dishwasher")),
];
