//! Words in several of their inflections, a word a line. A device that searches without the server learns from them
//! which endings a word takes: see the `vocabulary` module.

use super::SearchLanguage;

const FINNISH: &str = "\
takki takin takit takkia takissa takista takkiin takkeja takkien takeissa takeista takkeihin takilla takille takilta takiksi takeilla takeille takeilta
kenkä kengän kengät kenkää kengässä kenkiä kenkien kengissä kengistä kenkiin kengillä kengästä kenkään kengällä kengälle kengältä kengäksi kengille kengiltä
paita paidan paidat paitaa paidassa paitoja paitojen paidoissa paidoista paidasta paitaan paidalla paidalle paidalta paidoilla paidoille
housut housuja housujen housuissa housuihin housuista housuilla
hame hameen hameet hametta hameita hameiden hameissa
mekko mekon mekot mekkoa mekkoja mekkojen mekoissa mekossa mekkoon mekolla mekolle mekoista mekkoihin mekoilla
sukka sukan sukat sukkaa sukkia sukkien sukissa sukassa sukasta sukkaan sukalla sukalle sukista sukkiin sukilla
saapas saappaan saappaat saappaita saappaiden saappaissa saappaassa saappaasta saappaalla saapasta saappaista saappailla
lapanen lapasen lapaset lapasia lapasten lapasissa lapasessa lapasella lapaselle lapasista lapasiin lapasilla
punainen punaisen punaiset punaista punaisia punaisten punaisissa
sininen sinisen siniset sinistä sinisiä
musta mustan mustat mustaa mustia mustien mustissa
vihreä vihreän vihreät vihreää
tuoli tuolin tuolit tuolia tuoleja tuolien tuoleissa tuolissa tuolista tuoliin tuolilla tuolille tuoleista tuoleihin tuoleilla
pöytä pöydän pöydät pöytää pöytiä pöytien pöydissä pöydässä pöydästä pöytään pöydällä pöydälle pöydältä pöydistä pöytiin pöydillä
sohva sohvan sohvat sohvaa sohvia sohvien sohvissa
sänky sängyn sängyt sänkyä sänkyjä sänkyjen sängyissä sängyssä sänkyyn sängyllä sängylle
hylly hyllyn hyllyt hyllyä hyllyjä hyllyissä hyllyssä hyllyyn hyllyllä hyllylle hyllyillä
kaappi kaapin kaapit kaappia kaappeja kaappien kaapeissa kaapissa kaapista kaappiin kaapilla
lamppu lampun lamput lamppua lamppuja lampuissa lampussa lamppuun lampulla lampulle lampuilla
valaisin valaisimen valaisimet valaisimia valaisimien valaisinta
matto maton matot mattoa mattoja mattojen matoissa
lakana lakanan lakanat lakanaa lakanoita lakanoiden
peite peitteen peitteet peitettä peitteitä
kangas kankaan kankaat kangasta kankaita kankaiden
villa villan villaa villasta
nahka nahan nahkaa nahasta
talvi talven talvet talvella talveksi
takka takan takat takkaa takkoja takkojen takoissa
pipo pipon pipot pipoja pipoissa
verho verhon verhot verhoja verhojen verhoissa
pusero puserot puseroita puseroiden
hihaton hihattoman hihattomat hihattomia
mies miehen miehet miesten miehille
lapsi lapset lasten lapsille";

const SWEDISH: &str = "\
jacka jackan jackor jackorna
byxa byxan byxor byxorna
tröja tröjan tröjor tröjorna
klänning klänningen klänningar klänningarna
sko skon skor skorna
stövel stöveln stövlar stövlarna
mössa mössan mössor
stol stolen stolar stolarna
bord bordet borden
säng sängen sängar sängarna
täcke täcket täcken
kudde kudden kuddar
gardin gardinen gardiner gardinerna
lampa lampan lampor lamporna
linne linnet linnen
röd röda rött
svart svarta
man män männen";

const GERMAN: &str = "\
jacke jacken
hose hosen
schuh schuhe schuhen
kleid kleider kleidern kleides
rock röcke röcken
stuhl stühle stühlen
schrank schränke
tisch tische tischen
rot rote roter rotes roten";

const ENGLISH: &str = "\
jacket jackets
shelf shelves
man men
woman women
dress dresses
shoe shoes";

/// The samples of a language; none of those that are only stemmed.
pub(super) fn list_samples(language: SearchLanguage) -> impl Iterator<Item = &'static str> {
    let samples = match language {
        SearchLanguage::Finnish => FINNISH,
        SearchLanguage::Swedish => SWEDISH,
        SearchLanguage::German => GERMAN,
        SearchLanguage::English => ENGLISH,
        SearchLanguage::Stemmed(_) | SearchLanguage::Plain => "",
    };
    samples.lines()
}
