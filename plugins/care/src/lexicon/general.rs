//! Words that go with any process: forbidding, degrees, parts of a product, and what adds nothing.

use super::HeatLevel::{Cold, High, Low, Lukewarm, Medium};
use super::MechanicalAction::{Mild, Normal, VeryMild};
use super::PhraseMeaning::{
    Action, Allow, And, But, Component, Context, Degrees, Dots, Filler, ForbidEitherSide,
    ForbidFollowing, ForbidNearest, ForbidPreceding, Level, May, Nor, Only, Or, Use, With, Without,
};
use super::PhraseTable;

#[rustfmt::skip]
pub(super) const PHRASES: PhraseTable = &[
    ("do not | dont | not suitable for | not recommended for | must not | must not be | should not | should not be | may not be | cannot be | can not be | cant be | avoid | avoid using | refrain from | keep away from | stay away from | under no circumstances | skip | neither | never use | not to be", ForbidFollowing),
    ("ei saa | älä | älkää | ei tule | ei pidä | ei siedä | ei kestä | ei sovellu | ei voi | ei voida | vältä | välttäkää | älä käytä", ForbidFollowing),
    ("lämpar sig ej för | lämpar sig inte för | får ej | får inte | får aldrig | får varken | tål ej | tål inte | tål varken | ska ej | ska inte | skall ej | bör ej | bör inte | undvik | undvik att | undvik att använda | ingen | inget | inga | varken", ForbidFollowing),
    ("kein | keine | keinen | keinerlei | darf nicht | dürfen nicht | nicht geeignet für | nicht für | weder | nicht zum", ForbidFollowing),
    ("without | without using | ilman | utan | utan att | ohne | uten | uden | zonder | sans", Without),
    ("not allowed | not permitted | not recommended | not suitable | prohibited | forbidden | to be avoided | should be avoided | must be avoided | not advised | not possible", ForbidPreceding),
    ("kielletty | kiellettyä | kielletään | kiellettyjä | ei sallittu | ei sallittua | ei ole sallittu | ei ole sallittua | ei ole sallittuja | eivät ole sallittuja | ei sallita | ei suositeltava | vältettävä | on vältettävä | tulee välttää | vältetään | pitää välttää", ForbidPreceding),
    ("förbjuden | förbjudet | förbjudna | ej tillåten | ej tillåtet | ej tillåtna | inte tillåten | inte tillåtet | inte tillåtna | rekommenderas ej | rekommenderas inte | ej rekommenderad | undviks | undvikes | bör undvikas | ska undvikas | skall undvikas | tillåts ej | tillåts inte", ForbidPreceding),
    ("verboten | untersagt | nicht erlaubt | nicht möglich | nicht empfohlen | nicht geeignet | nicht zulässig | nicht gestattet | vermeiden | zu vermeiden", ForbidPreceding),
    ("no | not | ei | nicht | non | never | ei koskaan | ei suositella | ei saa käyttää | aldrig | nej | nein | niemals | nie | ❌ | ✗ | ✘ | ✖ | × | 🚫 | ⛔ | ikke | aldri | niet | geen | icke", ForbidEitherSide),
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
    ("low | cool | low heat | low temperature | low temp | low setting | reduced temperature | reduced heat", Level(Low)),
    ("alhai* | matala* | viileä* | mieto lämpö | miedolla lämmöllä | alhaisessa lämpötilassa | alhaisella lämmöllä | alhaisella lämpötilalla | alempi lämpötila | alennettu lämpötila", Level(Low)),
    ("låg | lågt | låga | låg värme | på låg värme | låg temperatur | i låg temperatur | svag värme | svalt", Level(Low)),
    ("niedrig* | geringe | geringer | kühl | reduzierte temperatur", Level(Low)),
    ("lukewarm | tepid | hand warm | handwarm | haalea* | kädenlämpöi* | kädenlämpi* | kädenlämmi* | ljummet | ljummen | ljumt | handvarm* | fingervarm* | lauwarm*", Level(Lukewarm)),
    ("medium | medium heat | warm | moderate | normal heat | normal temperature | moderate heat | medium temperature", Level(Medium)),
    ("keskilämm* | kohtalai* | lämpimä* | keskilämpö | normaali lämpötila | normaalissa lämpötilassa | normaalilämpö* | keskilämpötila*", Level(Medium)),
    ("medelvarm* | medelvärme | mellanvärme | medel | medeltemperatur | medelhög | normal temperatur | normaltemperatur | måttlig*", Level(Medium)),
    ("mittlere | mittlerer | mittel | warmes | normale temperatur | normaler temperatur", Level(Medium)),
    ("high | hot | high heat | high temperature | kuuma* | korkea* | korkeassa lämpötilassa | het | hett | hög | hög värme | hög temperatur | heiß | heiss | hohe | hoher", Level(High)),

    ("dot | dots | piste | pistettä | pisteen | pisteellä | prick | prickar | punkt | punkter | punkte | punkten", Dots),
    ("degrees | degree | celsius | deg | degrees celsius | asteessa | astetta | asteen | aste | asteella | grader | grad | graders | grad celsius", Degrees),

    ("and | as well as | along with | ja | sekä | sekä myös | och | samt | und | sowie", And),
    ("or | or even | or any | tai | taikka | eller | oder | bzw", Or),
    ("nor | and do not | or do not | and dont | eikä | äläkä | eivätkä | eikä saa | heller | och inte | och ej | noch | und nicht", Nor),
    ("but | however | instead | mutta | vaan | sen sijaan | men | aber | sondern | jedoch", But),

    ("outer | outer fabric | outer shell | outer material | shell | shell fabric | main | main fabric | body | fabric | face | upper | päällinen | päällikangas | päälli | pintakangas | pinta | kuori | päämateriaali | runko | yttertyg | ytter | skal | huvudtyg | överdel | huvudmaterial | obermaterial | oberstoff | außenmaterial | hauptmaterial | hauptstoff", Component),
    ("lining | inner | inner lining | sleeve lining | hood lining | vuori | vuorikangas | sisävuori | hihan vuori | foder | innerfoder | innertyg | futter | innenfutter | ärmelfutter", Component),
    ("filling | fill | padding | wadding | insulation | täyte | vanu | toppaus | eriste | fyllning | vaddering | stoppning | füllung | wattierung", Component),
    ("cover | removable cover | inner cover | cushion | cushion cover | pillow | pillow cover | trim | collar | hood | cuffs | rib | contrast | sleeves | pocket | päällys | irrotettava päällys | irtopäällinen | tyyny | tyynynpäällinen | kaulus | huppu | resori | tehoste | hihat | överdrag | klädsel | avtagbar klädsel | kudde | krage | huva | mudd | kontrast | bezug | abnehmbarer bezug | kissen | kissenbezug | kragen | kapuze | bündchen | besatz | legs | frame | jalat | ben | gestell", Component),

    ("care | care instructions | care instruction | care guide | care label | washing instructions | wash care | care advice | instructions | hoito | hoito ohje | hoito ohjeet | pesuohje | pesuohjeet | pesu ohje | pesuohjeena | skötselråd | tvättråd | skötsel | skötselanvisning | tvättanvisning | pflegehinweis* | pflege | pflegeanleitung | waschanleitung", Filler),
    ("at | in | on | by | up to | to | the | a | an | of | is | are | be | this | it | max | maximum | maximal | min | not exceeding | not above | below | or below | or less | or cooler | or colder | temperature | temperatures | temp | cycle | programme | program | setting | please | any | all | both | either | ever | strictly | following | treatment | treatments | should | must | must be | sie | kind | kinds | type of | kind of", Filler),
    ("enintään | korkeintaan | asti | maksimi | maksimissaan | lämpötila | lämpötilassa | lämpötilalla | ohjelma | ohjelmalla | on | ole | käsittely | käsittelyt | minkäänlaista | mitään | koskaan | myöskään | lainkaan | ehdottomasti | seuraava | seuraavat | seuraavia", Filler),
    ("högst | upp till | temperatur | vid | i | på | program | tvättprogram | att | någon | något | är | behandling | följande", Filler),
    ("bis | bei | höchstens | maximale | im | in der | auf | von | der | die | das | den | dem | ein | eine | einen | einer | einem | stufe | werden | bitte | in | in den | ist | sind | zu | behandlung | folgende | folgendes", Filler),

    ("heat | process | water | solvent | solvents | machine | clothes | garment | garments | product | products | item | rug | towel | blanket | sheets | cleaner | cleaning | clean | professional | professionally | specialist | liquid | agent | agents | products with", Context),
    ("lämmöllä | lämmössä | lämpö | vedessä | vedellä | vesi | veteen | koneessa | käyttö | käyttöä | käyttöön | tuote | tuotteen | tuotetta | vaate | vaatetta | matto | mattoa | pyyhettä | liuotin | liuottimella | liuottimilla | ainetta | aineita", Context),
    ("vatten | plagget | varan | produkten | mattan | lösningsmedel", Context),
    ("wasser | hitze | lösungsmittel | produkt | artikel | kleidungsstück", Context),

    ("yes | may be | can be | should be | allowed | permitted | ok | okay | possible | recommended | recommend | safe | suitable | suitable for | product may be | if needed | if necessary | as needed | when needed | if required | ✓ | ✔ | ✅", Allow),
    ("kyllä | sallittu | sallittua | sallitaan | mahdollinen | suositellaan | suositeltava | tarvittaessa", Allow),
    ("tillåten | tillåtet | tillåts | rekommenderas | vid behov | om det behövs", Allow),
    ("möglich | erlaubt | gestattet | geeignet | wenn nötig | falls nötig | bei bedarf", Allow),
    ("can | may | voidaan | voi | saa | sopii | kestää | soveltuu | tål | kan | får | kann | darf", May),
    ("use | used | using | käytä | käyttää | käytetään | använd | använda | används | verwenden | benutzen | verwendet | use of | användning", Use),
    ("with | med | mit", With),
];
