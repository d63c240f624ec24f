//! Words that go with any process: forbidding, degrees, parts of a product, and what adds nothing.

use super::HeatLevel::{Cold, High, Low, Medium};
use super::MechanicalAction::{Mild, Normal, VeryMild};
use super::PhraseMeaning::{
    Action, And, Component, Degrees, Dots, Filler, ForbidEitherSide, ForbidFollowing,
    ForbidNearest, ForbidPreceding, Level, Nor, Only, Or,
};
use super::PhraseTable;

#[rustfmt::skip]
pub(super) const PHRASES: PhraseTable = &[
    ("do not | dont | never | not suitable for | not recommended for | must not be | should not be | cannot be | can not be | avoid", ForbidFollowing),
    ("ei saa | älä | ei siedä | ei kestä | ei suositella | ei sovellu | ei voi | vältä", ForbidFollowing),
    ("lämpar sig ej för | lämpar sig inte för | får ej | får inte | tål ej | tål inte | ska ej | ska inte | undvik | ingen | inget", ForbidFollowing),
    ("kein | keine | keinen | darf nicht | niemals | nicht geeignet für | nicht für", ForbidFollowing),
    ("not allowed | not permitted | not recommended | not suitable | prohibited | forbidden", ForbidPreceding),
    ("kielletty | kielletään | ei sallittu | ei sallita | ei suositeltava | ei saa käyttää", ForbidPreceding),
    ("förbjuden | förbjudet | ej tillåten | ej tillåtet | inte tillåten | inte tillåtet | rekommenderas ej | ej rekommenderad", ForbidPreceding),
    ("verboten | nicht erlaubt | nicht möglich | nicht empfohlen | nicht geeignet | nicht zulässig", ForbidPreceding),
    ("no | not | ei | nicht | non", ForbidEitherSide),
    ("ej | inte", ForbidNearest),

    ("only | vain | ainoastaan | endast | bara | nur | ausschließlich", Only),

    ("normal | normal cycle | normal programme | normal program | normaali | normaali ohjelma | normalt program | normalwaschgang | cotton cycle", Action(Normal)),
    ("gentle | gently | mild | mild process | delicate* | gentle cycle | delicate cycle | permanent press | synthetics cycle | easy care | reduced spin | short spin", Action(Mild)),
    ("hellävarai* | varovai* | varovasti | siliävien ohjelma | siliävät | siliävien | hellävarainen ohjelma | mieto | lyhyt linkous | kevyt linkous | tekokuituohjelma", Action(Mild)),
    ("skonsam* | skonsam tvätt | skonsamt program | strykfritt program | syntetprogram | varsam* | kort centrifugering | lätt centrifugering", Action(Mild)),
    ("schonend* | schonwaschgang | schongang | pflegeleicht* | schonverfahren | schonprogramm | mildes verfahren", Action(Mild)),
    ("very gentle | very mild | extra gentle | very delicate | wool cycle | wool programme | wool program | woollen cycle | handwash programme | handwash cycle | hand wash cycle | hand wash programme", Action(VeryMild)),
    ("erittäin hellävarai* | erittäin varovai* | hyvin hellävarai* | villaohjelma* | villapesuohjelma* | hienopesuohjelma* | käsinpesuohjelma*", Action(VeryMild)),
    ("mycket skonsam* | extra skonsam* | ullprogram* | ulltvättsprogram* | fintvättsprogram* | fintvättprogram* | handtvättsprogram* | handtvättprogram*", Action(VeryMild)),
    ("spezialschonwaschgang | sehr schonend* | extra schonend* | wollwaschgang | wollprogramm | feinwaschgang | feinwaschprogramm | handwaschprogramm | handwaschgang | spezialschonverfahren", Action(VeryMild)),

    ("cold | cold water | kylmä | kylmä* vede* | kylmässä | kylmällä | kallt | kallt vatten | kall | kalt | kaltes wasser | kaltem wasser | room temperature | ambient | ambient temperature | huoneenlämpöi* | huoneenlämmö* | rumstempererat | rumstemperatur | raumtemperatur | zimmertemperatur", Level(Cold)),
    ("low | cool | low heat | low temperature | low temp | low setting | lukewarm | lukewarm water | tepid | reduced temperature | reduced heat", Level(Low)),
    ("alhai* | matala* | viileä* | haalea* | mieto lämpö | miedolla lämmöllä | alhaisessa lämpötilassa | alhaisella lämmöllä | alhaisella lämpötilalla | alempi lämpötila | alennettu lämpötila", Level(Low)),
    ("låg | lågt | låga | låg värme | på låg värme | låg temperatur | i låg temperatur | svag värme | ljummet | ljummen | svalt", Level(Low)),
    ("niedrig* | geringe | geringer | lauwarm* | kühl | handwarm | reduzierte temperatur", Level(Low)),
    ("medium | medium heat | warm | moderate | normal heat | normal temperature | moderate heat | medium temperature", Level(Medium)),
    ("keskilämm* | kohtalai* | lämpimä* | keskilämpö | normaali lämpötila | normaalissa lämpötilassa | normaalilämpö* | keskilämpötila*", Level(Medium)),
    ("medelvarm* | medelvärme | mellanvärme | medel | medeltemperatur | medelhög | normal temperatur | normaltemperatur | måttlig*", Level(Medium)),
    ("mittlere | mittlerer | mittel | warmes | normale temperatur | normaler temperatur", Level(Medium)),
    ("high | hot | high heat | high temperature | kuuma* | korkea* | korkeassa lämpötilassa | het | hett | hög | hög värme | hög temperatur | heiß | heiss | hohe | hoher", Level(High)),

    ("dot | dots | piste | pistettä | pisteen | pisteellä | prick | prickar | punkt | punkter | punkte | punkten", Dots),
    ("degrees | degree | celsius | deg | degrees celsius | asteessa | astetta | asteen | aste | asteella | grader | grad | graders | grad celsius", Degrees),

    ("and | ja | och | und | sekä | samt", And),
    ("or | tai | eller | oder", Or),
    ("nor | eikä | noch | heller", Nor),

    ("outer | outer fabric | outer shell | outer material | shell | shell fabric | main | main fabric | body | fabric | face | upper | päällinen | päällikangas | päälli | pintakangas | pinta | kuori | päämateriaali | runko | yttertyg | ytter | skal | huvudtyg | överdel | huvudmaterial | obermaterial | oberstoff | außenmaterial | hauptmaterial | hauptstoff", Component),
    ("lining | inner | inner lining | sleeve lining | hood lining | vuori | vuorikangas | sisävuori | hihan vuori | foder | innerfoder | innertyg | futter | innenfutter | ärmelfutter", Component),
    ("filling | fill | padding | wadding | insulation | täyte | vanu | toppaus | eriste | fyllning | vaddering | stoppning | füllung | wattierung", Component),
    ("cover | removable cover | inner cover | cushion | cushion cover | pillow | pillow cover | trim | collar | hood | cuffs | rib | contrast | sleeves | pocket | päällys | irrotettava päällys | irtopäällinen | tyyny | tyynynpäällinen | kaulus | huppu | resori | tehoste | hihat | överdrag | klädsel | avtagbar klädsel | kudde | krage | huva | mudd | kontrast | bezug | abnehmbarer bezug | kissen | kissenbezug | kragen | kapuze | bündchen | besatz | legs | frame | jalat | ben | gestell", Component),

    ("care | care instructions | care instruction | care guide | care label | washing instructions | wash care | care advice | instructions | hoito | hoito ohje | hoito ohjeet | pesuohje | pesuohjeet | pesu ohje | pesuohjeena | skötselråd | tvättråd | skötsel | skötselanvisning | tvättanvisning | pflegehinweis* | pflege | pflegeanleitung | waschanleitung", Filler),
    ("yes | at | in | on | with | by | up to | to | the | a | an | of | use | using | is | be | it | if needed | if necessary | as needed | when needed | if required | max | maximum | maximal | min | not exceeding | not above | below | or below | or less | or cooler | or colder | temperature | temperatures | temp | heat | cycle | programme | program | setting | process | water | solvent | solvents | machine | clothes | garment | product | product may be | may be | can be | should be | allowed | permitted | ok | possible | recommended | recommend | safe | please | cleaner | cleaning | clean | professional | professionally | specialist", Filler),
    ("enintään | korkeintaan | asti | maksimi | maksimissaan | kyllä | lämpötila | lämpötilassa | lämpötilalla | lämmöllä | lämmössä | lämpö | ohjelma | ohjelmalla | vedessä | vedellä | vesi | veteen | sallittu | sallitaan | mahdollinen | suositellaan | suositeltava | voidaan | voi | saa | on | koneessa | tarvittaessa | käytä | käyttää | käyttö | tuote | tuotteen | vaate | sopii | kestää | soveltuu | liuotin | liuottimella | liuottimilla", Filler),
    ("högst | upp till | temperatur | vid | med | i | på | program | vatten | tillåten | tillåtet | tillåts | tål | kan | får | vid behov | om det behövs | använd | rekommenderas | plagget | varan | lösningsmedel | tvättprogram", Filler),
    ("bis | bei | höchstens | maximale | mit | im | in der | auf | von | der | die | das | den | dem | ein | einer | einem | wasser | stufe | hitze | möglich | erlaubt | gestattet | kann | darf | werden | wenn nötig | falls nötig | bei bedarf | bitte | lösungsmittel | geeignet", Filler),
];
