# Mitä ohjelma sanoo vastaanottokuiteilla, suomeksi. Lähdeteksti: en.ftl.

row-not-taken = { $problem }; riviä ei otettu
value-left-out = { $problem }; arvo jätettiin pois
plugin-said = { $message } (lisäosa { $plugin })
names-more = ja vielä { $count } muuta
message-repeated = { $message } ({ $count } kertaa{ $places })
repeated-rows = , ensin riveillä { $rows }
repeated-products = , ensin tuotteilla { $skus }
or-meant = ; tarkoititko ”{ $near }”?
hint-meant = tarkoititko ”{ $near }”?
hint-option = kirjoita jokin niistä tai lisää se tiedostoon model.toml
hint-define = lisää se tiedostoon model.toml tai kirjoita jokin olemassa olevista

file-io = tiedostoa ei voitu lukea: { $reason }; pudota se uudelleen
file-empty = tiedosto on tyhjä; pudota tiedosto, jossa on otsikkorivi ja rivi jokaiselle tuotteelle
file-header-only = tiedostossa ei ole yhtään riviä, jolla lukisi jotain; pudota se uudelleen, kun siinä on rivejä
file-foreign = { $what }; { $advice }
foreign-zip = tiedosto on ZIP-paketti
foreign-pdf = tiedosto on PDF
foreign-picture = tiedosto on kuva
foreign-compressed = tiedosto on pakattu
foreign-utf32 = tiedosto on UTF-32-tekstiä
foreign-page = tiedosto on verkkosivu
foreign-binary = tiedosto ei ole tekstiä: siinä on NUL-tavuja
foreign-photo = tiedosto on kuvien joukossa
advice-photo = kuvat kuuluvat kansioon inbox/images
advice-export = vie tiedot CSV- tai JSON-tiedostoon ja pudota se
advice-unpack-zip = pura se ja pudota siinä olevat tiedostot
advice-unpack = pura se ja pudota siinä oleva tiedosto
advice-utf8 = tallenna se UTF-8-muodossa ja pudota se uudelleen
advice-login = luultavasti viennin sijasta tallentui kirjautumissivu; vie tiedot uudelleen
advice-text = tallenna se CSV- tai JSON-tiedostona UTF-8-muodossa ja pudota se uudelleen
advice-tables = taulukot kuuluvat muuhun inboxin kansioon
file-not-utf8 = tavu { $byte } kohdassa { $position } ei ole UTF-8-tekstiä{ $likely }; tallenna tiedosto UTF-8-muodossa (Excelissä ”CSV UTF-8”) ja pudota se uudelleen
file-likely-1252 = ; tiedosto on luultavasti Windows-1252-muodossa, jolloin tässä lukee ”{ $likely }”
file-broken-encoding = tiedoston pitäisi olla merkistöä { $encoding }, mutta se on rikki tavun { $position } tienoilla; korjaa määrityksen `encoding` tai tallenna tiedosto UTF-8-muodossa ja pudota se uudelleen
file-uncertain-encoding = tiedosto ei ole UTF-8-muodossa, ja sen merkistö voi olla jokin näistä, joilla kirjaimet ovat eri: { $readings }; kerro mappings-kansion tiedostossa, mikä se on, esimerkiksi encoding = "{ $first }", tai tallenna tiedosto UTF-8-muodossa ja pudota se uudelleen
file-row-too-long = tästä alkava rivi on pidempi kuin { $limit } Mt; luultavasti siinä alkaa lainausmerkki, jota ei ole suljettu
file-too-many-columns = tiedostossa on yli { $limit } saraketta; jaa se useampaan tiedostoon
file-open-quote = tiedosto päättyy kesken lainausmerkkien, jotka alkavat tältä riviltä: se on katkennut tai sulkeva lainausmerkki puuttuu; vie tiedot uudelleen tai lisää lainausmerkki
file-cut-short = tiedosto päättyy kesken tämän tietueen: se on katkennut; vie tiedot uudelleen
file-not-json = tiedosto ei ole sellaista JSONia kuin pitäisi: { $problem }; kirjoita olioiden taulukko tai yksi olio riville
json-start = alussa ei ole merkkiä [ eikä {"{"}
json-line-over = olio jatkuu rivin lopun yli
json-after-array = lopun jälkeen tulee vielä jotain
json-comma = kahden tietueen välistä puuttuu pilkku
json-no-array = alussa ei ole merkkiä [
json-no-element = kahden pilkun välistä puuttuu tietue
file-not-xml = tiedosto ei ole oikein muotoiltua XML:ää rivin { $line } tienoilla: { $problem }; pyydä korjaamaan se siellä, mistä se tulee
file-no-records = kohdassa ”{ $records }” ei ole tietueita: tiedostossa ei ole siellä kohtaa ”{ $missing }”; korjaa ohjeen kohta `records`
xml-letters = jokin kirjain ei ole UTF-8:aa, eikä tiedosto nimeä muuta merkistöä
json-between = kahden olion välissä on jotain
json-name = lainausmerkeissä oleva nimi puuttuu
json-colon = nimen jälkeen puuttuu kaksoispiste
file-no-header = tiedostossa ei ole otsikkoriviä: rivillä { $row } on jo tietoja ({ $cells }); kirjoita sen yläpuolelle sarakkeiden nimet tai nimeä sarakkeet numeroilla mappings-kansion tiedostossa: files = ["{ $file }"], header_row = 0, sku = "1"; `rikaste import --explain` näyttää, mitä kussakin on
file-no-sku = mikään sarake ei ole tuotenumero (SKU); sarakkeet ovat { $headers }; anna yhden nimeksi ”sku” tai kerro mappings-kansion tiedostossa, mikä se on: files = ["{ $file }"], sku = "{ $first }"
file-no-mapped-sku = mikään sarake ei ole tuotenumero (SKU): { $mapping } hakee sen sarakkeesta { $wanted }, ja sarakkeet ovat { $headers }; korjaa { $mapping } tai otsikkorivi
file-no-column = tiedostosta puuttuu { $what }; sarakkeet ovat { $headers }; { $advice }
column-rating = sarake arvosanalle
column-stock = sarake varastosaldolle
column-location = sarake varastopaikalle
column-price = sarake hinnalle
column-edit = sarakkeita, jotka muokkaus tarvitsee
advice-rating = anna sille nimeksi ”rating”
advice-stock = lisää sarakkeet ”location” ja ”quantity” tai oma sarake jokaiselle varastopaikalle, esimerkiksi ”stock-helsinki”
advice-location = nimeä shop.toml-tiedoston alussa paikka, johon tällaisten tiedostojen saldot menevät: stock_location = "{ $first }"; tai lisää sarake ”location” tai oma sarake jokaiselle varastopaikalle, esimerkiksi ”stock-{ $first }”
advice-price = lisää sarake ”price” tai oma sarake jokaiselle hinnastolle, esimerkiksi ”price-retail”
advice-edit = lisää sarakkeet ”sku”, ”attribute” ja ”value” tai ”sku” ja oma sarake jokaiselle ominaisuudelle, esimerkiksi ”name-fi”
file-unclear-column = sarake ”{ $column }” ei ole yksiselitteinen, ja muut sarakkeet riippuvat siitä: { $reason }; tai käytä sarakkeita ”sku”, ”attribute” ja ”value”
file-sale-in-edits = sarake ”{ $column }” koskee hintoja tai myyntipäiviä, eivätkä ne ole muokkauksia: tiedostosta ei otettu mitään; pudota hinnat kansioon inbox/prices ja myyntipäivät kansioon inbox/products, ja poista sarake tästä tiedostosta
file-skipped = ohjetiedosto jättää pois tiedoston kaikki rivit; mitään ei otettu
file-too-many-rejected = virheellisiä rivejä on { $bad }/{ $rows }, ja enintään { $limit } sallitaan: tiedostosta ei otettu mitään; korjaa rivit tiedostoon ja pudota se uudelleen tai muuta kohtaa `reject_file_above`
rejects-cut = hylättyjen rivien tiedostossa on niistä ensimmäiset { $rows }; { $left } ei mahtunut mukaan
file-two-mappings = tiedostolle on kaksi ohjetta, { $first } ja { $second }; muuta toisen kohtaa `files`
file-mapping-broken-at = ohje { $mapping } on tätä tiedostoa varten, mutta sitä ei voi käyttää: rivi { $line }: { $problem }; korjaa se, niin käynnissä oleva kauppa ottaa tiedoston itse
file-mapping-broken = ohje { $mapping } on tätä tiedostoa varten, mutta sitä ei voi käyttää: { $problem }; korjaa se, niin käynnissä oleva kauppa ottaa tiedoston itse
mapping-doubtful = ohjetta { $mapping } ei voi käyttää, eikä siitä käy ilmi, mitä tiedostoja varten se on: { $problem }; jos se on tätä varten, korjaa se, niin käynnissä oleva kauppa ottaa tiedoston itse uudelleen
mapping-key-renamed = ohjeessa { $mapping } on rivillä { $line } avain { $key }, jonka nimi on nyt { $name }; vaihda nimi, sillä myöhempi versio ei lue vanhaa nimeä
json-nothing = tässä solussa ei ole mitään siinä kohdassa, josta ohje sitä hakee; se jätettiin pois
archive-in = { $name }: { $message }
archive-broken = paketti on rikki ({ $reason }); tee se uudelleen ja pudota se uudelleen
archive-no-zip = se ei ala niin kuin ZIP-paketti
archive-entries = paketissa on { $count } tiedostoa; yli { $limit } tiedoston pakettia ei pureta; jaa se osiin
archive-too-large = pakettia ei purettu: kohdassa { $name } se paisui paljon kokoaan suuremmaksi; pudota sen tiedostot sellaisinaan
archive-empty = paketissa ei ole taulukkoa eikä kuvaa; laita siihen CSV-, JSON-, XML- tai laskentataulukkotiedostoja ja kuvia
archive-encrypted = paketin tiedosto { $name } on lukittu salasanalla; tee paketti uudelleen ilman salasanaa
archive-path = paketin tiedosto { $name } menisi paketin ulkopuolelle; se jätettiin pois
archive-nested = { $name } on paketti paketin sisällä ja jätettiin pois; laita sen tiedostot tähän pakettiin
archive-other = { $name } ei ole taulukko eikä kuva; se jätettiin pois
archive-twice = paketissa on kaksi kuvaa nimeltä { $name }; ensimmäinen otettiin
archive-name-long = paketin tiedoston { $name } nimi on liian pitkä; se jätettiin pois: anna sille lyhyempi nimi
archive-link = paketin { $name } on linkki ja jätettiin pois; laita pakettiin itse tiedosto
archive-table = { $name } on taulukko, ja tämä paketti on kuvien joukossa; taulukko jätettiin pois: pudota se oman lajinsa kansioon, esimerkiksi inbox/products
untaken-root = tiedostoja ei oteta suoraan saapuvien kansiosta: { $files }; siirrä ne kansioon, joka kertoo, mitä ne koskevat: { $folders }
untaken-folder = kansiosta ”{ $folder }” ei oteta tiedostoja, koska se ei ole mikään saapuvien kansioista: { $files }; siirrä tiedostot tai koko kansio johonkin näistä: { $folders }
untaken-link = linkkejä ei seurata: { $files }; kopioi itse tiedosto tai kansio saapuvien kansioon
untaken-name-text = tiedostoja, joiden nimi ei ole UTF-8-tekstiä, ei voi ottaa: { $files }; nimeä tiedostot tai niiden kansiot uudelleen
untaken-name-long = tiedostoja, joiden nimi on pidempi kuin { $limit } tavua, ei voi ottaa: { $files }; anna niille lyhyemmät nimet
untaken-photo-name = tuotteet löytävät kuvan sen nimellä, ja näillä nimillä on kuvia useassa kansiossa; näitä ei otettu: { $files }; näitä käytetään: { $taken }; anna jokaiselle kuvalle oma nimi, esimerkiksi SKU:lla alkava
taken-before = tässä on samat tavut samalta ajalta kuin tiedostossa { $file }, joka otettiin aiemmin; mitään ei otettu toista kertaa; jos tiedot pitää ottaa uudelleen, tallenna tiedosto uudestaan
file-no-header-row = määrityksen mukaan otsikko on rivillä { $row }, mutta siellä ei ole mitään; korjaa `header_row` tai jätä se pois
file-damaged = työkirja on vioittunut: { $problem }; avaa se taulukkolaskennassa, tallenna uutena tiedostona ja pudota se
workbook-crashed = sen sisältö ei vastaa sitä, mitä se itsestään kertoo
file-oversized = työkirja on liian suuri: { $problem }; tallenna taulukko CSV-muodossa ja pudota se
workbook-large = kokoa on yli { $limit }
workbook-spans = alueella on yli { $limit } solua
workbook-parts = osia on yli { $limit }
workbook-texts = eri tekstejä on yli { $limit }
workbook-unpacks = purettuna kokoa on yli { $limit }, tai sen teksteillä tai tyyleillä yli { $other }
workbook-cell = yhdessä solussa on yli { $limit }
workbook-formulas = kaavoja ilman arvoa on yli { $limit }
workbook-rows = rivejä on yli { $rows } tai soluja yli { $cells }
file-no-sheet = työkirjassa ei ole taulukkoa ”{ $wanted }”, jonka määritys pyytää; siinä on { $sheets }; korjaa määrityksen `sheet` tai taulukon nimi
file-no-visible-sheet = työkirjassa ei ole näkyvää taulukkoa; siinä on { $sheets }; tuo jokin näkyviin tai anna sen nimi määrityksessä kohdassa `sheet`
foreign-locked = salasanalla suojattu työkirja
foreign-document = toimisto-ohjelman asiakirja mutta ei työkirja
advice-password = avaa se, poista salasana, tallenna ja pudota uudelleen
advice-workbook = tallenna sen taulukko XLSX-, ODS- tai CSV-muodossa ja pudota se
file-importer = lisäosa { $plugin } { $version } ei pystynyt lukemaan tiedostoa pidemmälle, { $elements } tietueen jälkeen, joista viimeinen on numero { $row }: { $reason }
file-importer-begin = lisäosa { $plugin } { $version } ei pystynyt lukemaan tiedostoa: { $reason }
file-no-importer = ohjeen { $mapping } mukaan tiedoston lukee lisäosa { $plugin }, joka ei ole käytössä; ota se käyttöön komennolla `rikaste plugin enable { $plugin }` tai muuta ohjeen kohtaa `importer`
file-enable-importer = tällaisia tiedostoja lukee ohjelman mukana tuleva lisäosa { $plugin }, joka ei ole käytössä: `rikaste plugin enable { $plugin }`; käynnissä oleva kauppa ottaa tiedoston sen jälkeen itse
file-two-importers = kaksi lisäosaa lukee tällaisia tiedostoja, { $first } ja { $second }; nimeä toinen niistä ohjeen kohdassa `importer`

column-blank = sarakkeen { $number } otsikko on tyhjä; siitä ei luettu mitään
column-repeated = sarake { $number } kertoo saman asian kuin aiempi sarake ”{ $first }”; vain ensimmäinen luettiin
encoding-guessed = tiedosto ei ole UTF-8-muodossa; se luettiin merkistöllä { $encoding }, jolla tässä lukee ”{ $text }”; jos se on väärin, anna määrityksessä `encoding`
cell-encoding = tämä solu ei ole UTF-8-muodossa niin kuin tiedosto ennen sitä; se luettiin merkistöllä Windows-1252, jolla siinä lukee ”{ $text }”; jos se on väärin, tallenna tiedosto UTF-8-muodossa ja pudota uudelleen
rows-above-header = otsikko on rivillä { $row }; sen yläpuolelta jätettiin pois { $rows } (”{ $texts }”); jos otsikko on toisella rivillä, anna määrityksessä `header_row`
header-repeated = otsikko toistuu tässä, kuten silloin, kun kaksi tiedostoa on yhdistetty; rivi jätettiin pois
row-total = ”{ $word }” tekee tästä summarivin; se jätettiin pois
names-too-many = tiedostossa on yli { $limit } eri nimeä; lopuista niistä, jotka eivät tarkoita tässä kaupassa mitään, ei luettu mitään, esimerkiksi ”{ $name }”; nimiä voi jättää pois määrityksessä, esimerkiksi "attributes.*" = "ignore"
column-again = otsikko ”{ $name }” toistuu sarakkeessa { $number }; vain ensimmäinen luettiin; määrityksessä tämän nimi on ”{ $other }”
cell-error = solussa { $cell } on virhe { $error }; siitä ei luettu mitään; korjaa sen kaava
text-error = tämä on kaavan virhe; siitä ei luettu mitään; korjaa kaava siellä, mistä tiedosto tulee
invisible-characters = näkymättömät merkit poistettiin
cell-false = FALSE ei ole teksti; siitä ei luettu mitään, koska ohjelmat kirjoittavat sen tyhjään kenttään
cell-placeholder = tämä luettiin tyhjänä soluna
cell-placeholder-kept = tämä ei ole luku; aiempi arvo jää voimaan
comma-kept = tämän sarakkeen solut, joissa on pilkku ja jotka luettiin yhtenä nimenä: { $cells }; jos pilkku erottaa arvoja, kirjoita sen tilalle | tai aseta `split = ","` mappings-kansion ohjeessa
sheets-left-out = vain taulukko ”{ $name }” luettiin; työkirjassa on myös { $others }; jos haluat lukea toisen, anna sen nimi määrityksessä kohdassa `sheet`
sheets-hidden = piilotettuja taulukoita ei luettu: { $others }; jos haluat lukea jonkin, tuo se näkyviin tai anna sen nimi määrityksessä kohdassa `sheet`
rows-hidden = taulukon piilotetut rivit luettiin niin kuin muutkin: { $count }; poista ne, jos niitä ei ole tarkoitettu luettaviksi
formula-without-value = kaavoja, joiden arvoa ei ole tallennettu: { $count }; näistä soluista ei luettu mitään; avaa työkirja taulukkolaskennassa, tallenna ja pudota uudelleen
column-unknown = tästä sarakkeesta ei luettu mitään: { $reason }
columns-unknown-more = lisäksi { $count } sarakkeesta ei luettu mitään, muun muassa näistä: { $names }; kaikki näyttää `rikaste import --explain`
column-proposed = tästä sarakkeesta ei luettu mitään: { $reason }; siinä on tietoa { $filled } rivillä { $rows } rivistä, esimerkiksi ”{ $example }”, ja sen tyyppi näyttää olevan { $type }; `rikaste attribute add { $code }` ottaa sen mukaan
header-unknown = mikään tässä kaupassa ei ole nimeltään ”{ $name }”{ $hint }
header-suffix = ”{ $suffix }” ei ole tämän kaupan kieliversio ({ $locales }) eikä kanava ({ $channels }){ $hint }
header-not-localizable = ”{ $attribute }” on sama kaikilla kielillä; anna sarakkeen nimeksi ”{ $attribute }” tai lisää sille `localizable` tiedostoon model.toml
header-not-scopable = ”{ $attribute }” on sama kaikissa kanavissa; anna sarakkeen nimeksi ”{ $attribute }” tai lisää sille `scopable` tiedostoon model.toml
header-price-list = ”{ $suffix }” ei ole tämän kaupan hinnasto eikä minkään hinnaston valuutta; hinnastot ovat { $lists }{ $hint }
header-location = varastopaikkaa ”{ $suffix }” ei ole; varastopaikat ovat { $locations }{ $hint }
header-which-location = kaupalla on useita varastopaikkoja ({ $locations }); anna sarakkeelle nimeksi esimerkiksi ”stock-{ $first }”, kerro paikka määrityksessä tai nimeä shop.toml-tiedoston alussa yksi kaikille tiedostoille: stock_location = "{ $first }"
header-no-locations = kaupalla ei ole varastopaikkoja; lisää sellainen tiedostoon shop.toml, esimerkiksi [locations.store]
header-net-price = tämä on veroton hinta, ja hinnat ovat täällä verollisia; jos kaupan hinnat ovat verottomia, kirjoita kuvaukseen: { $column } = "price"; hinnan rinnalle sen saa komennolla `rikaste attribute add price_without_tax`
header-channel = kanavaa ”{ $channel }” ei ole (channels/{ $channel }.toml); jos sarake koskee kaikkia kanavia, kirjoita kuvaukseen: { $column } = "{ $target }"
columns-by-synonym = tulkittu muualla käytetyn nimen mukaan: { $columns }; ohje tai kaupan oma nimi otsikossa kertoo muuta
header-taken = ”{ $name }” voi tarkoittaa samaa kuin ”{ $place }”, jonka sarake ”{ $by }” jo kertoo; jos se on jotain muuta, kerro se ohjeessa
header-rivals = ”{ $name }” voi tarkoittaa samaa kuin ”{ $place }”, mutta niin voi myös ”{ $other }”; anna oikealle nimeksi ”{ $place }”, tietyn kielen sarakkeelle ”{ $place }-fi”, tai kerro se ohjeessa
header-overruled = määritys { $mapping } lukee kohteen ”{ $place }” sarakkeesta ”{ $by }”; tämä jätettiin pois
header-shared-label = ”{ $name }” on nimi sekä kohteella ”{ $first }” että kohteella ”{ $second }”; nimeä sarake sen mukaan, kumpaa tarkoitetaan, tai kerro se määrityksessä
header-contested = { $column } on tässä kaupassa kohteen ”{ $attribute }” nimi ja voi tarkoittaa myös kohdetta ”{ $place }”; kerro määrityksessä, kumpi se on: { $column } = "{ $place }" tai { $column } = "{ $attribute }"
header-quantity = kohteen ”{ $attribute }” yksikkö on { $own }, eikä yksikköä { $unit } voi muuntaa siihen; korjaa otsikko tai kerro määrityksessä, mitä luvut ovat: { $column } = {"{"} to = "{ $attribute }", unit = "{ $own }" {"}"}
header-unitless = kohteella ”{ $attribute }” ei ole yksikköä, ja tämän sarakkeen yksikkö on { $unit }; jos luvut on tarkoitettu niin, kerro se määrityksessä: { $column } = "{ $attribute }"
stock-location = tämän sarakkeen kappaleet menivät varastopaikkaan ”{ $location }”, jonka shop.toml nimeää kohdassa stock_location
locale-foreign = rivit, joilla lukee ”{ $text }”, jätetään pois, koska se ei ole tämän kaupan kieliversio; kerro ohjetiedostossa, mikä se on: [locale] values = {"{"} "{ $text }" = "…" {"}"} (kerrotaan kerran)
rows-left-out = rivejä, jotka esiasetus jättää pois sen mukaan, mitä tässä sarakkeessa lukee: { $rows } ({ $texts })

row-too-long = rivillä on { $cells } solua ja otsikkorivillä { $width }; riviä ei otettu; laita teksti, jossa on erotinmerkki, lainausmerkkeihin
row-too-short = rivi päättyy ennen sarakkeita { $names }{ $more } eikä kerro niistä mitään; kirjoita myös tyhjien solujen erottimet
row-ends-early = rivi päättyy ennen sarakkeita { $names }{ $more }, eikä siitä näe, mitkä solut puuttuvat; riviä ei otettu; kirjoita myös tyhjien solujen erottimet
row-cells = rivillä on { $cells } solua ja muilla { $usual }{ $line }, eikä siitä näe, mikä puuttuu tai on liikaa; riviä ei otettu; kirjoita myös tyhjien solujen erottimet ja laita teksti, jossa on erotinmerkki, lainausmerkkeihin
row-moved = sarakkeessa { $column } on muilla riveillä lukuja ja tässä ”{ $text }”, ja luku on tekstisarakkeessa{ $line }: rivin solut ovat siirtyneet; riviä ei otettu; korjaa se
row-quotes = rivin lainausmerkit eivät täsmää{ $line }, ja sen voi lukea useammalla tavalla; riviä ei otettu; kirjoita tekstin sisällä oleva lainausmerkki kahdesti ja tekstin kumpaankin päähän yksi
row-quotes-above = tämän rivin lainausmerkki päättää tekstin, jota ei ole aloitettu; yllä olevasta rivistä saattaa puuttua tekstin loppu: tarkista molemmat
row-quotes-repaired = rivin lainausmerkit eivät noudata sääntöjä; vain yksi lukutapa sopii muihin riveihin, ja siinä tässä lukee ”{ $text }”; kirjoita tekstin sisällä oleva lainausmerkki kahdesti
row-quote-alone = lainausmerkki on tässä yksinään; se luettiin merkkinä tekstistä ”{ $text }”
row-line = {" "}(tiedoston rivi { $line })
row-repeated = tämän tiedoston rivillä { $first } on jo sama { $what }; tätä riviä ei otettu; jätä niistä vain toinen
row-conflict = tämän tiedoston rivillä { $first } on samalle tuotteelle toinen { $subject }; tätä riviä ei otettu; korjaa rivit yhtäpitäviksi
row-joined = rivi { $first } koskee samaa SKU:ta; rivien tiedot yhdistettiin
values-emptied = tämän sarakkeen tyhjät solut poistivat aiempia arvoja: { $values } (ensimmäinen on nimetty); jätä sarake pois, jos arvot säilyvät
group-differs = saman tuotteen toisella rivillä on tässä muuta; ensimmäinen otettiin
said-sku = SKU
said-review = arvostelu
said-stock = SKU ja varastopaikka
said-price = SKU, hinnasto ja voimassaoloaika
said-edit = SKU, ominaisuus, kieli, kanava ja voimassaoloaika
sku-missing = riviltä puuttuu tuotenumero (SKU)
edit-no-value = muokkauksen arvoa ei voitu lukea; riviä ei otettu
edit-no-attribute = riviltä puuttuu ominaisuuden nimi
edit-elsewhere = tämä ei ole ominaisuus; hinnat, saldot ja arvostelut tuodaan omien kansioidensa tiedostoissa ja liitokset tuotetiedostoissa
edit-two-places = ominaisuuden kohdalla lukee toinen; kerro se vain toisessa paikassa
edits-set = arvot, jotka tämä tiedosto asetti käsin: { $edits }
edits-empty = tyhjiä soluja, jotka eivät tässä sano mitään: { $cells }; jos haluat perua muokkauksen, pudota tiedosto, jossa on sarakkeet ”sku”, ”attribute” ja ”value”, ja jätä arvo tyhjäksi
stock-missing = riviltä puuttuu varastosaldo
stock-no-location = riviltä puuttuu varastopaikka
stock-no-quantity = riviltä puuttuu määrä; kirjoita 0, jos tuotetta ei ole jäljellä
price-missing = riviltä puuttuu hinta
rating-missing = arvostelusta puuttuu arvosana; kirjoita luku 1–5
window-empty = voimassaolo päättyy ennen kuin se alkaa: { $from } – { $until }
json-object = tämä ei ole olio; kirjoita jokainen tuote muodossa {"{"} … {"}"}
json-depth = tietueessa on yli { $limit } sisäkkäistä tasoa; sitä ei otettu
json-syntax = tämä ei ole JSONia: { $reason }
xml-attribute = elementin <{ $name }> määritettä ei ole kirjoitettu muodossa nimi="arvo"
xml-entity = mikään ei kerro, mitä &{ $name }; tarkoittaa; kirjoita merkki sellaisenaan
xml-reference = { $reason }; kirjoita merkki sellaisenaan
xml-width = elementissä on yli { $limit } erilaista alielementtiä; sitä ei otettu
bmecat-delete = luettelo poistaa tuotteen { $sku } valikoimasta, mitä rivi ei tee; tuote jätettiin ennalleen
product-unknown = tuotetta { $sku } ei ole; tuo tuote: tämä tiedosto otetaan sitten itsestään uudelleen, kunhan se on yhä saapuvien kansiossa
row-says-nothing = tuotetta { $sku } ei ole, eikä rivillä ole mitään, mistä se syntyisi, kuten nimeä; riviä ei otettu

boolean-unreadable = tämä ei ole kyllä eikä ei; kirjoita 1 tai 0, kyllä tai ei
date-unreadable = tämä ei ole päivämäärä; kirjoita se muodossa 31.12.2026 tai 2026-12-31
date-format = tämä ei ole päivämäärä ohjetiedoston muodossa { $format }
date-ambiguous = tämä voi olla päivä/kuukausi tai kuukausi/päivä; kirjoita se muodossa 31.12.2026 tai 2026-12-31
number-unreadable = tämä ei ole luku; kirjoita luku esimerkiksi muodossa 1299,50
number-too-large = luku on liian suuri
number-too-long = luvussa on yli { $digits } numeroa
number-not-whole = tähän tarvitaan kokonaisluku, esimerkiksi 12
number-ambiguous = tämä voi olla { $thousands } tai { $fraction }0; kirjoita se yksiselitteisesti tai lisää ohjetiedostoon kohta `decimal`
measurement-unreadable = tämä ei ole mitta; kirjoita luku ja yksikkö, esimerkiksi 0,4 kg
measurement-unit = yksikkö puuttuu; kirjoita se luvun perään tai lisää ominaisuudelle `unit` tiedostoon model.toml
money-unreadable = tämä ei ole hinta; kirjoita hinta esimerkiksi muodossa 29,90 tai 29,90 EUR
money-negative = hinta ei voi olla alle nollan
currency-invalid = ”{ $text }” ei ole valuutta; kirjoita kolmikirjaiminen tunnus, esimerkiksi EUR
currency-unclear = valuutta ei ole selvä; kirjoita sen tunnus, esimerkiksi 29,90 EUR
price-currency = hinnaston { $list } hinnat ovat valuutassa { $currency }
price-list-unclear = ei ole selvää, mitä hinnastoa tarkoitetaan, kun valuutta on { $currency }; hinnastot ovat { $lists }
price-list-unknown = hinnastoa ”{ $text }” ei ole; hinnastot ovat { $lists }{ $hint }
dates-unreadable = nämä eivät ole kaksi päivää; kirjoita ne muodossa 2026-12-01/2026-12-08
price-quantity-unclear = ei ole selvää, montako kappaletta hinta koskee; kirjoita luku, esimerkiksi 100
price-quantity-inexact = { $amount } on { $pieces } kappaleen hinta, eikä yhden hinta ole tarkka neljällä desimaalilla; kirjoita yhden hinta
prices-left-out = { $problem }; rivin hinnat jätettiin pois
prices-foreign = hintoja jätetty pois, koska mikään kaupan hinnasto ei ole valuutassa { $currency }: { $count }; jos niitä tarvitaan, lisää hinnasto kohtaan [price_lists] tiedostossa shop.toml
prices-by-quantity = hintoja jätetty pois, koska ne koskevat vasta useampaa kappaletta: { $count }
sales-of-zero = tarjoushintoja, joissa on 0 ja joita ei siksi luettu: { $count }
sales-open-ended = tarjoushintoja, joilla ei ole loppua ja jotka ovat voimassa, kunnes jokin tiedosto poistaa ne: { $count }
prices-open-ended = hintoja, joilla on alkupäivä mutta ei loppua: { $count }; jos kyse on tarjouksesta, kirjoita sen viimeinen päivä sarakkeeseen valid_until
former-prices-alone = aiempia hintoja tai ohjehintoja jätetty pois, koska niiden riveillä ei ole hintaa, jonka rinnalla ne olisivat: { $count }; jos ne ovat hinta, kirjoita kuvaukseen: to = "price"
discount-range = alennuksen pitää olla vähintään 1 ja alle 100 prosenttia; kirjoita pienempi merkin kanssa, esimerkiksi 0,5 %
discount-above-price = alennus { $discount } ei ole pienempi kuin hinta { $price }
sale-above-price = tarjoushinta { $sale } on korkeampi kuin hinta { $price }, joten se ei ole tarjous
sale-without-price = rivillä ei ole hintaa, jota tarjoushinta { $sale } alentaisi
rating-range = arvosanan pitää olla 1–5; jos asteikko (scale) on toinen, kirjoita se kuvaukseen: scale = 10
rating-scale = { $beyond }/{ $count } arvosanaa on yli 5, suurin { $most }: asteikko (scale) on toinen; mitään ei luettu; kirjoita asteikko kuvaukseen: [columns] { $column } = {"{"} to = "rating", scale = { $scale } {"}"}
table-cell = taulukkoa ei voi kirjoittaa soluun
gtin-rounded = taulukkolaskenta on pyöristänyt tämän numeron; muotoile sarake tekstiksi ja kirjoita GTIN uudelleen
gtin-length = numerossa ”{ $text }” on { $digits } numeroa; GTIN-numerossa niitä on 8, 12, 13 tai 14
gtin-several = tuotteella on yksi GTIN: solusta otettiin ensimmäinen, eikä muita ({ $others })
gtin-check-digit = numeron ”{ $text }” tarkistusnumero on { $found }, mutta sen pitäisi olla { $expected }
code-empty = { $what } on tyhjä
code-too-long = liian pitkä { $what }: siinä on { $length } merkkiä, ja enintään { $limit } sallitaan
code-character = { $what } ”{ $text }” sisältää merkin { $character }; { $allowed }
code-sku = tuotenumero (SKU)
code-category = tuoteryhmän tunnus
allowed-code = sallittuja ovat kirjaimet, numerot, `_`, `-` ja `.`
allowed-printable = sallittuja ovat vain näkyvät merkit
allowed-digits = sallittuja ovat vain numerot
option-unknown = tämä ei ole mikään ominaisuuden { $attribute } vaihtoehdoista; { $hint }
category-unknown = tuoteryhmää ”{ $text }” ei ole; { $hint }
category-long = tuoteryhmän polku on liian pitkä
family-unknown = tuoteperhettä ”{ $text }” ei ole; { $hint }
attribute-unknown = ominaisuutta ”{ $text }” ei ole{ $hint }
locale-invalid = ”{ $text }” ei ole kieliversio; kirjoita kieli ja alue, esimerkiksi fi-FI
locale-none = { $attribute } on sama kaikilla kielillä; jätä solu tyhjäksi
locale-unknown = ”{ $text }” ei ole tämän kaupan kieliversio
channel-none = { $attribute } on sama kaikissa kanavissa; jätä solu tyhjäksi
channel-unknown = kanavaa ”{ $text }” ei ole
link-itself = tuote on linkitetty itseensä
link-missing = tuotteet on linkitetty tuotteisiin, joita valikoimassa ei ole: { $names }; linkit näkyvät itsestään, kun ne tulevat
link-quantity = merkin * jälkeen tulevan määrän pitää olla 1–4294967295
kind-unknown = rivin pitää olla ”product” tai ”model”; tämä otettiin tuotteena
parent-itself = tuote on oma päätuotteensa; jätä solu tyhjäksi tai kirjoita siihen mallin SKU
parent-number = millään tämän tiedoston rivillä ei ole numeroa { $id }; laita malli samaan tiedostoon
parent-missing = muunnelmat nimeävät malleja, joita valikoimassa ei ole: { $names }; niiden muunnelmat ovat yksin, kunnes tiedosto tuo mallit; jos nimet ovat väärin, korjaa ne
value-repeated = rivillä on { $attribute } kahdesti; ensimmäinen otettiin
text-garbled = kirjaimet ovat vääristyneet; luultavasti tässä on lukenut ”{ $before }”: korjaa teksti siellä, mistä se tulee, ja tallenna se UTF-8-muodossa (kerrotaan kerran sarakkeesta)
text-tags = tekstissä on HTML-merkintöjä, jotka näkyvät lukijoille, koska { $attribute } on pelkkää tekstiä; muuta sen tyypiksi rich-text tiedostossa model.toml tai poista merkinnät (kerrotaan kerran sarakkeesta)

photo-empty = { $name } on tyhjä; pudota kuva uudelleen
photo-orphan = mikään tuote ei vielä käytä kuvaa { $name }, eikä sen nimi ala minkään tuotteen SKU:lla tai GTIN-koodilla; kuva odottaa, kunnes sellainen tuote tulee
photo-unusable = kuvaa { $name } ei voi käyttää: { $why }
photo-remark = { $name }: { $remark }
photo-unknown = kuvasta { $name } ei tiedetä vielä mitään; jos niin on myöhemminkin, `rikaste rebuild` kehittää sen uudelleen
photos-undeveloped = mikään kuvia lukeva lisäosa ei ole käytössä, joten kuvat säilytetään eikä mikään kanava näytä niitä; `rikaste plugin enable images` ottaa sellaisen käyttöön
photo-small = kuva { $name } on { $size } pikseliä, ja { $channels } ei ota kuvia, jotka ovat pienempiä kuin { $least }; anna suurempi kuva
photo-blank = kuva { $name } on yhtä väriä tai melkein; onko tiedosto oikea?
photo-misnamed = { $name } on päätteestään huolimatta { $is }-tiedosto, ja se luettiin sellaisena
photo-twice = { $name } on sama tiedosto kuin { $other }
photo-alike = { $name } näyttää samalta kuin { $other }; jätä toinen pois, jos ne ovat samasta tuotteesta
photo-placeholder = { $name } on nimeltään kuin paikkakuva tuotteelle, jolla ei ole kuvaa; kanavat hylkäävät tuotteet, joilla on paikkakuva
photo-sibling = { $name } näyttää tuotteen { $sku } samalla kuvalla kuin { $other }, vaikka ne eroavat ominaisuudessa { $attribute }; anna kummallekin oma kuva, sillä kanavat hylkäävät toisen vaihtoehdon kuvan
picture-host = kuvia ei haeta palvelimelta { $host }: pudota ne kansioon inbox/images omilla tiedostonimillään, tai pyydä kaupan ylläpitäjää lisäämään palvelin asetukseen { $setting } (sanotaan kerran palvelinta kohti)
pictures-wait = kuvia, jotka on nimetty osoitteella eikä vielä haettu: { $count }; käynnissä oleva kauppa hakee ne nyt, ja niiden oma kuitti kertoo, mitä tuli
picture-unfetched = tuotteen { $sku } kuvaa ei saatu haettua: { $why }
fetch-url = osoitteesta ”{ $url }” ei voida hakea: { $reason }
fetch-url-web = se ei ole verkko-osoite kuten https://…
fetch-url-scheme = sen alussa ei ole https:// eikä http://
fetch-url-login = siinä on käyttäjätunnus tai salasana, eivätkä ne kuulu tuotetiedostoon
fetch-url-host = siinä ei ole palvelimen nimeä
fetch-not-allowed = palvelimelta { $host } ei haeta mitään: kaupan ylläpitäjä voi lisätä sen asetukseen { $setting }
fetch-private = palvelimelta { $host }, joka on osoitteessa { $address } ({ $kind }), ei haeta mitään: jos sen kuvia tarkoitetaan, kaupan ylläpitäjä voi antaa sille arvon `private = true` asetuksessa { $setting }
fetch-forbidden = palvelimelta { $host }, joka on osoitteessa { $address } ({ $kind }), ei haeta mitään
fetch-redirected = ”{ $url }” ohjaa toiseen osoitteeseen: { $reason }
fetch-redirects = ”{ $url }” ohjaa osoitteesta toiseen yli { $most } kertaa
fetch-no-host = palvelinta { $host } ei löytynyt ({ $reason }): tarkista, onko osoitteessa ”{ $url }” kirjoitusvirhe
fetch-unreachable = palvelimeen { $host } ei saatu yhteyttä ({ $reason }); yritetään myöhemmin uudelleen
fetch-untrusted = palvelin { $host } ei todista, kuka se on ({ $reason }): sen ylläpitäjän on uusittava varmenne
fetch-not-found = osoitteessa ”{ $url }” ei ole kuvaa ({ $status })
fetch-denied = ”{ $url }” ei ole kaikille avoin ({ $status }): pyydä sen ylläpitäjältä osoitteita, jotka eivät vaadi kirjautumista
fetch-busy = palvelin { $host } pyytää odottamaan { $seconds } sekuntia; yritetään myöhemmin uudelleen
fetch-status = osoitteeseen ”{ $url }” ei saatu vastausta ({ $status })
fetch-too-large = ”{ $url }” on liian suuri: enintään { $most } tavua haetaan
fetch-too-slow = ”{ $url }” on liian hidas: { $got } tavua tuli { $seconds } sekunnissa; hakua jatketaan myöhemmin
fetch-cut = ”{ $url }” katkesi { $got } tavun jälkeen; hakua jatketaan myöhemmin
fetch-no-picture = ”{ $url }” ei ole kuva vaan { $type }: se voi olla sivu, jolla kuva on, tai kirjautumissivu
fetch-empty = ”{ $url }” on tyhjä
fetch-answer = palvelimen { $host } vastausta ei ymmärretä: { $reason }
fetch-disk = haettua ei voida kirjoittaa tiedostoon { $file }: { $reason }
address-loopback = tämä kone itse
address-private = yksityisessä verkossa
address-link-local = lähiverkossa
address-metadata = paikassa, jossa pilvi säilyttää salaisuutensa
address-nobody = ei mikään yksittäinen kone
address-reserved = varattu
attachment-other = { $name } on nimetty kuin { $kind }, mutta ei ole sellainen; ehkä se kopioitui vain osittain: pudota se uudelleen tai anna sille oikea pääte
plugin-failed = lisäosa { $plugin } epäonnistui tässä tuotteessa, ja sen viimeiset kunnolliset arvot jäävät voimaan: { $reason }
image-file-large = kuvassa on yli { $most } Mt; tallenna se pienempänä ja pudota uudelleen
image-empty = tiedosto on tyhjä; ehkä se kopioitui vain osittain, pudota se uudelleen
image-not-an-image = tiedosto ei ole kuva; anna JPEG-, PNG-, WebP-, AVIF-, GIF-, BMP- tai TIFF-tiedosto
image-unsupported = tiedoston muoto ({ $format }) ei kelpaa; tallenna kuva JPEG-, PNG- tai WebP-muodossa
image-truncated = kuva loppuu kesken; ehkä tiedosto kopioitui vain osittain, pudota se uudelleen
image-broken = kuva on rikki ({ $problem }); tallenna se uudestaan ja pudota uudelleen
image-too-large = kuvan koko on { $size } pikseliä; enintään 64 megapikseliä ja { $side } pikseliä sivua kohti kelpaa. Pienennä kuva ja pudota se uudelleen
image-too-many-bytes = tiedostossa on { $size } Mt; enintään { $most } Mt kelpaa. Tallenna kuva pienemmällä tarkkuudella ja pudota se uudelleen
image-memory = kuva veisi muistia { $needed } Mt, ja käytössä on { $most } Mt; pienennä kuvaa tai tallenna se 8 bitillä väriä kohti eikä progressiivisena
image-frames = kuvassa on yli { $most } ruutua; anna yksi niistä omana kuvanaan
image-scans = kuva on { $scans } kerroksessa, ja niiden kokoaminen kestäisi liian kauan; tallenna kuva uudestaan
image-parts = kuva on koottu liian monesta osasta; tallenna se uudestaan yhtenä
image-rendition = pyydettyä kuvaa ei voi tehdä: { $problem }; muuta kuvaversion asetuksia
image-profile = kuvan väriprofiili ei kelpaa ({ $problem }), joten värit tulkittiin tavallisiksi{ $kind }. Jos ne näyttävät vääriltä, tallenna kuva uudestaan sRGB-väreillä
image-cmyk = kuvassa on painovärit (CMYK) eikä profiilia, joka kertoisi mitkä, joten värit arvioitiin. Tallenna kuva sRGB-väreillä tai profiilin kanssa
image-hdr = kuva on tehty hyvin kirkkaille näytöille (HDR), ja se tummennettiin muita varten. Jos se näyttää väärältä, tallenna se ilman HDR:ää
image-pages = tiedostossa on useita sivuja; vain ensimmäinen näytetään
image-trailing-bytes = kuvan perässä on tiedostossa { $bytes } tavua; ne jätettiin pois. Jos ne eivät ole kamerasta tai ohjelmasta, tallenna kuva uudestaan
image-animated = kuvassa on { $frames } ruutua; vain ensimmäinen näytetään
image-text = kuvassa näyttää olevan pelkkää tekstiä, ja kanavat hylkäävät sellaiset; anna kuva tuotteesta
image-plugin-failed = lisäosa { $plugin } { $version } epäonnistui siinä: { $reason }
plugin-value-refused = lisäosa { $plugin } { $version } ehdottaa ominaisuudelle { $attribute } arvoa, joka jätettiin pois: { $reason }
plugin-values-many = lisäosa { $plugin } { $version } ehdottaa { $count } arvoa; ensimmäisten { $most } jälkeiset jätettiin pois
value-undeclared = sen kuvaus ei nimeä ominaisuutta { $attribute } kohdassa `writes`
value-other-type = sen kuvauksen mukaan tyyppi on { $declared }, ja tämä on { $found }
value-locale-unknown = kaupassa ei ole kieliversiota { $locale }
value-not-localizable = arvolla on kieliversio, vaikka lisäosan kuvauksen mukaan sitä ei ole
value-channel-unknown = kaupassa ei ole kanavaa { $channel }
value-not-scopable = arvolla on kanava, vaikka lisäosan kuvauksen mukaan sitä ei ole
value-window-empty = sen voimassaolo päättyy ennen kuin alkaa
value-twice = samalle kieliversiolle, kanavalle ja ajalle on toinen arvo
failure-steps = se käytti yli { $million } miljoonaa askelta; onko siinä päättymätön silmukka?{ $place }
failure-stack = sen pino vuoti yli; onko siinä päättymätön rekursio?{ $place }
failure-bounds = se käytti muistia oman alueensa ulkopuolelta; onko siinä päättymätön rekursio?{ $place }
failure-panic = se keskeytyi virheeseen: { $said }
failure-silent = se keskeytyi kertomatta syytä{ $place }
failure-output = se antoi yli { $most } MiB kerralla{ $place }
failure-handles = sillä on yli { $most } kahvaa auki; sulkeeko se avaamansa?{ $place }
failure-contract = sen vastaus ei ole sopimuksen mukainen; onko se koottu muilla rajapinnoilla? { $problem }
failure-memory = se tarvitsee muistia yli { $most } MiB
failure-time-photo = siltä kesti yli { $seconds } sekuntia; kone on voinut olla kuormitettu
failure-time = siltä kesti yli { $seconds } sekuntia
failure-start = sitä ei voi käynnistää: { $reason }
failure-answers = se sai { $given } tuotetta ja vastasi { $answered } tuotteesta
failure-busy = liian monta lisäosaa on käynnissä yhtä aikaa

place-row = rivi { $row }
receipt-title = { $file } – vastaanottokuitti
receipt-messages = Tarkista nämä
receipt-row = Rivi
receipt-column = Sarake
receipt-value = Arvo
receipt-message = Mitä tapahtui ja mitä tehdä
receipt-nothing = tyhjä
receipt-more =
    { $count ->
        [one] Lisäksi on 1 viesti, jota ei näytetä tässä.
       *[other] Lisäksi on { $count } viestiä, joita ei näytetä tässä.
    }
receipt-more-in = … ja { $count } muuta, katso { $page }
rejects-title =
    { $count ->
        [one] Korjaa hylätty rivi
       *[other] Korjaa hylätyt rivit
    }
rejects-link =
    { $count ->
        [one] Lataa rivi (CSV)
       *[other] Lataa { $count } riviä (CSV)
    }
rejects-advice = Avaa tiedosto taulukkolaskennassa, korjaa rivit ja tallenna se samalla nimellä CSV-muodossa (Excelissä ”CSV UTF-8”). Pudota se sitten kansioon { $folder }. Kaksi ensimmäistä saraketta kertovat, mikä oli vialla; ne saavat jäädä.
receipt-file = Tiedosto
receipt-taken = Vastaanotettu
receipt-taken-at = { $at } ({ $zone }), käsittely kesti { $time }
receipt-release = Julkaisu
receipt-none = ei julkaisua
receipt-read-as = Luettu muodossa
receipt-size = Koko
receipt-columns = Sarakkeet
receipt-hash = BLAKE3
severity-error = virhe
severity-warning = varoitus
severity-info = huomautus

summary-unreadable = Tiedostoa ei voitu lukea; siitä ei otettu mitään.
summary-skipped = Mikään tiedoston rivi ei koske tätä kauppaa; siitä ei otettu mitään.
summary-untaken = Mitään ei otettu: tästä paikasta tai tällä nimellä ei lueta tiedostoja.
summary-no-row =
    { $all ->
        [one] Tiedostosta ei otettu mitään: sen ainoaa riviä ei voitu käyttää.
       *[other] Tiedostosta ei otettu mitään: yhtäkään sen { $all } rivistä ei voitu käyttää.
    }
summary-no-photo =
    { $all ->
        [one] Mitään ei otettu: ainoaa kuvaa ei voitu käyttää.
       *[other] Mitään ei otettu: yhtäkään { $all } kuvasta ei voitu käyttää.
    }
summary-too-many = Tiedostosta ei otettu mitään: virheellisiä rivejä on { $bad }/{ $rows }, ja enintään { $limit } sallitaan.
summary-nothing-said = Tiedostossa ei ole mitään sisältöä; mikään ei muuttunut.
summary-unchanged = Mikään ei muuttunut: kaikki tiedoston tiedot olivat jo tiedossa{ $refused }.
summary-all-rows =
    { $count ->
        [one] Ainoa rivi on { $place }.
       *[other] Kaikki { $count } riviä ovat { $place }.
    }
summary-all-photos =
    { $count ->
        [one] Ainoa kuva on { $place }.
       *[other] Kaikki { $count } kuvaa ovat { $place }.
    }
summary-some-rows =
    { $accepted ->
        [one] 1 rivi { $all } rivistä on { $place }{ $refused }.
       *[other] { $accepted } riviä { $all } rivistä on { $place }{ $refused }.
    }
summary-some-photos =
    { $accepted ->
        [one] 1 kuva { $all } kuvasta on { $place }{ $refused }.
       *[other] { $accepted } kuvaa { $all } kuvasta on { $place }{ $refused }.
    }
in-release = julkaisussa { $number }
in-catalogue = tuotetiedoissa
refused-rows =
    { $count ->
        [one] ; 1 rivi hylättiin
       *[other] ; { $count } riviä hylättiin
    }
refused-photos =
    { $count ->
        [one] ; 1 kuva hylättiin
       *[other] ; { $count } kuvaa hylättiin
    }

count-new =
    { $count ->
        [one] uusi
       *[other] uutta
    }
count-changed =
    { $count ->
        [one] muuttunut
       *[other] muuttunutta
    }
count-unchanged =
    { $count ->
        [one] ennallaan
       *[other] ennallaan
    }
count-refused =
    { $count ->
        [one] hylätty
       *[other] hylättyä
    }
count-warnings =
    { $count ->
        [one] varoitus
       *[other] varoitusta
    }
count-left-out =
    { $count ->
        [one] arvo jätetty pois
       *[other] arvoa jätetty pois
    }
count-touched =
    { $count ->
        [one] tuote päivittyi
       *[other] tuotetta päivittyi
    }
count-enriched =
    { $count ->
        [one] rikastettu
       *[other] rikastettua
    }
count-documents =
    { $count ->
        [one] tuotetieto muuttui kanavissa
       *[other] tuotetietoa muuttui kanavissa
    }
size-bytes =
    { $count ->
        [one] 1 tavu
       *[other] { $count } tavua
    }
time-seconds = { $number } s

## Drops

taken-read-anew = otettiin itsestään uudelleen: ominaisuudet, kuvaus tai ohjelma, joilla se luetaan, ovat muuttuneet; myöhempien tiedostojen tiedot jäävät voimaan
taken-products-came = otettiin itsestään uudelleen: tuotteita, jotka siinä mainittiin ja joita ei ollut, on nyt olemassa
taken-approved = otettiin, vaikka monta tuotetta poistuu: se hyväksyttiin
range-question =
    { $of ->
        [one] tämä tiedosto on lähteen { $source } koko valikoima, eikä sen ainoaa tuotetta ole tiedostossa ({ $names }): se poistuisi kaikista kanavista. Onko se oikein? Jos on, aja: rikaste drop approve { $file }. Jos ei, pudota koko tiedosto uudelleen: se tulee tämän tilalle
       *[other] tämä tiedosto on lähteen { $source } koko valikoima, ja siitä puuttuu { $gone }/{ $of } tuotetta ({ $names }): ne poistuisivat kaikista kanavista. Onko se oikein? Jos on, aja: rikaste drop approve { $file }. Jos ei, pudota koko tiedosto uudelleen: se tulee tämän tilalle
    }
range-unclear =
    { $rows ->
        [one] valikoiman tuotteista { $gone } ei ole tiedostossa, mutta mitään ei poistettu, koska hylätty rivi voi koskea yhtä niistä; korjaa rivi ja pudota tiedosto uudelleen
       *[other] valikoiman tuotteista { $gone } ei ole tiedostossa, mutta mitään ei poistettu, koska { $rows } hylättyä riviä voi koskea niitä; korjaa rivit ja pudota tiedosto uudelleen
    }
range-cut = viimeinen rivi jää kesken eikä sitä seuraa rivinvaihto: tiedosto on todennäköisesti katkennut. Valikoiman tuotteista { $gone } ei ole siinä, mutta mitään ei poistettu; vie tiedosto uudelleen ja pudota se
prices-above-ordinary = määräaikaisia hintoja, jotka ovat korkeampia kuin tavallinen hinta eivätkä siksi näy tarjouksina: { $count }: { $prices }
prices-became-zero = tuotteita, joilla oli hinta ja joiden hinta on nyt 0: { $count }: { $prices }; jos näin ei ole tarkoitus, jätä hinta tyhjäksi tai kirjoita se
model-price-ignored = mallien hintoja, joita yksikään muunnelma ei noudata, koska kaikilla on oma hinta (suluissa rivi): { $count }: { $models }; jos muunnelmien pitää noudattaa mallin hintaa, poista niiden omat hinnat
prices-of-others-replaced = muiden hintatiedostojen hintoja, jotka tämä tiedosto korvaa: { $count }: { $prices }; jos jonkin pitää voittaa tämä tiedosto, pudota se uudelleen ja kirjoita sille alkupäivä sarakkeeseen valid_from
prices-withdrawn = hintoja, jotka tämän tiedoston aiempi versio kertoi ja tämä ei; ne poistettiin: { $count }: { $prices }
prices-not-withdrawn = hintoja, jotka tämän tiedoston aiempi versio kertoi ja tämä ei mutta jotka jäävät voimaan: { $count }: { $prices }; poista hinta pudottamalla sen SKU, tyhjä hinta ja samat päivät
prices-withdrawal-unclear = hintoja, jotka tämän tiedoston aiempi versio kertoi ja tämä ei: { $count }: { $prices }; ne jäävät voimaan, koska hylätyt rivit voivat koskea niitä; korjaa rivit ja pudota koko tiedosto uudelleen
values-withdrawn = arvoja ja linkkejä, jotka tämän tiedoston aiempi versio kertoi ja joita tämä ei mainitse; ne poistettiin: { $count } (tuotteita: { $products }): { $examples }
values-withdrawal-unclear = tuotteita, joista tämän tiedoston aiempi versio kertoi enemmän kuin tämä: { $count }: { $skus }; aiemmat tiedot jäävät voimaan, koska niiden rivien soluja ei voitu lukea; korjaa solut ja pudota koko tiedosto uudelleen
states-not-withdrawn = tuotteita, jotka tämän tiedoston aiempi versio poisti myynnistä ja joiden tilasta tämä ei kerro mitään: { $count }: { $skus }; ne pysyvät poissa; palauta ne kirjoittamalla active sarakkeeseen status
rows-not-named = edellisen version rivejä, joiden tuotteita tässä tiedostossa ei ole: { $count }/{ $before }; nämä tuotteet jäävät ennalleen. Jos niiden pitää poistua, kerro, että tiedosto on koko valikoima: full = true mappings-kansion tiedostossa
withdrawal-question = tämän tiedoston aiempi versio kertoi arvoja, joita tämä ei mainitse ({ $attributes }; arvoja: { $values }, tuotteita: { $products }): ne poistuisivat, esimerkiksi { $examples }. Onko tässä tiedostossa kaikki, mitä tuotteista pitää kertoa? Jos on, aja: rikaste drop approve { $file }. Jos se vain täydentää aiempaa, pudota se toisella nimellä
taken-with-withdrawal = otettiin, vaikka monta arvoa poistuu: se hyväksyttiin
product-gone = se ei ole tiedostossa, joka on lähteen { $source } koko valikoima: mikään lähde ei enää kerro siitä, eikä mikään kanava näytä sitä
product-left-source = se ei ole tiedostossa, joten lähteen { $source } tiedot siitä poistettiin; muiden lähteiden tiedot jäävät voimaan
overruled-by-source =
    { $count ->
        [one] 1 arvossa lähde { $source } voittaa (tärkeys { $theirs }, tällä { $own }): { $skus }; jos tämän tiedoston pitää voittaa, kirjoita tiedostoon shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
       *[other] { $count } arvossa lähde { $source } voittaa (tärkeys { $theirs }, tällä { $own }): { $skus }; jos tämän tiedoston pitää voittaa, kirjoita tiedostoon shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
    }
overruled-by-edit =
    { $count ->
        [one] 1 arvo on asetettu käsin, ja se voittaa: { $skus }
       *[other] { $count } arvoa on asetettu käsin, ja ne voittavat: { $skus }
    }
summary-held = Tiedostosta ei otettu vielä mitään: { $gone }/{ $of } tuotetta poistuisi. Onko se oikein?
summary-held-values = Tiedostosta ei otettu vielä mitään: arvoja, joita se ei enää mainitse, poistuisi ({ $attributes }; arvoja: { $values }, tuotteita: { $products }). Onko se oikein?
count-gone =
    { $count ->
        [one] tuote poistui
       *[other] tuotetta poistui
    }

sales-publication = onko tuote myynnissä
sales-availability = mistä tai mihin asti tuote on myynnissä
sales-second-price = hinnan
sales-price-impact = paljonko muunnelma maksaa enemmän tai vähemmän kuin mallinsa
sales-price-dates = milloin hinta on voimassa
sales-discount = kuinka paljon hinnasta vähennetään
sales-price-quantity = montako kappaletta hinta koskee
sales-currency = hinnan valuutan
sales-tax-basis = sisältyykö hintaan vero
sales-minimum-quantity = montako kappaletta ostetaan vähintään
sales-advice-status = Kirjoita kuvaukseen, mitä sen sanat tarkoittavat: "{ $column }" = {"{"} to = "status", values = {"{"} "…" = "active", "…" = "draft", "…" = "archived" {"}"} {"}"}.
sales-advice-availability = Kirjoita kuvaukseen: "{ $column }" = "status_from" tai viimeisestä päivästä "status_until"; date = "%d%m%y" kertoo, miten päivät on kirjoitettu.
sales-advice-price = Kirjoita kuvaukseen: "{ $column }" = "sale_price" tai "compare_at_price", tai "price", jos se on itse hinta; jos se kuuluu omaan hinnastoonsa, anna sille nimeksi ”price-” ja hinnasto.
sales-advice-impact = Tiedosto ei kerro, onko siinä vero, joten sitä ei lasketa yhteen: kirjoita jokaisen muunnelman hinta sarakkeeseen ”price” tai pudota hinnat kansioon inbox/prices.
sales-advice-dates = Hinta- ja muokkaustiedostoissa anna tällaisille sarakkeille nimet ”valid_from” ja ”valid_until”, tuotetiedostossa ”sale_from” ja ”sale_until”, tai kirjoita kuvaukseen: "{ $column }" = "sale_from", "sale_until" tai, jos molemmat päivät ovat samassa solussa, "sale_dates".
sales-advice-quantity = Anna sarakkeelle nimeksi ”price_quantity” tai kirjoita niin kuvaukseen.
sales-advice-currency = Anna sarakkeelle nimeksi ”currency” tai kirjoita valuutta hintasarakkeen nimeen, kuten ”price-SEK”.
sales-advice-discount = Kirjoita kuvaukseen: "{ $column }" = "discount_percent" tai "discount_amount".
sales-advice-minimum = Anna sarakkeelle nimeksi ”minimum_quantity” tai kirjoita niin kuvaukseen.
column-question = tätä saraketta ei ymmärretä, ja se näyttää kertovan: { $class } ({ $values }); tiedostosta ei otettu mitään. { $advice } Jos sarake jätetään aina pois, kirjoita kuvaukseen kohtaan [columns]: "{ $column }" = "ignore". Jos tämä tiedosto otetaan ilman sitä, aja: rikaste drop approve { $file }
column-question-left = tiedosto otettiin ilman tätä saraketta, joka näyttää kertovan: { $class } ({ $values })
taken-without-columns = otettiin ilman sarakkeita, joita kysyttiin: se hyväksyttiin
summary-held-columns =
    { $count ->
        [one] Tiedostosta ei otettu vielä mitään: yhtä myynnistä päättävää saraketta ei ymmärretä ({ $names }).
       *[other] Tiedostosta ei otettu vielä mitään: { $count } myynnistä päättävää saraketta ei ymmärretä ({ $names }).
    }
status-unknown = tämä ei ole tunnettu tuotteen tila; kirjoita active, draft tai archived
products-not-offered =
    { $count ->
        [one] yksi tiedoston tuote ei ole myynnissä missään kanavassa, koska tiedosto sanoo niin ({ $names })
       *[other] { $count } tiedoston tuotetta ei ole myynnissä missään kanavassa, koska tiedosto sanoo niin ({ $names })
    }
undo-outdated = kauppa on nyt julkaisussa { $current }, ei enää julkaisussa { $seen } kuten katsottaessa; katso uudelleen
undo-not-kept = julkaisua { $wanted } ei ole tallessa; tallessa ovat julkaisut { $floor }–{ $newest }
undo-no-earlier = aiempaa julkaisua, johon palata, ei ole
undo-photos = kuvia ei voi perua; pudota toinen kuva samalla nimellä
undo-done = tiedosto peruttiin jo julkaisussa { $release }
undo-no-release = tämä tiedosto ei muuttanut luetteloa, joten peruttavaa ei ole
undo-too-old = tätä tiedostoa edeltävää julkaisua { $before } ei ole enää tallessa; vanhin tallessa oleva on julkaisu { $floor }
undo-file-changed = { $file } tuli myöhemmin ja voi sanoa saman, mutta se ei ole enää saapuvien kansiossa sellaisena kuin se luettiin; palauta se sinne ja katso uudelleen
undo-file-archive = { $file } tuli myöhemmin ja on pakattu tiedosto; siitä ei saada selville, sanooko se saman
undo-file-unreadable = { $file } tuli myöhemmin, eikä sitä voi enää lukea; ei saada selville, sanooko se saman
undo-nothing-left = tämän tiedoston tiedoista mitään ei ole jäljellä: myöhemmät tiedostot sanovat saman tai muuta
rollback-nothing = mikään ei ole muuttunut julkaisun { $to } jälkeen
summary-undone = Tämän tiedoston tiedot peruttiin julkaisussa { $release }. Tallenna tiedosto uudelleen, jos se pitää ottaa taas mukaan.
summary-refused = Tiedosto hylättiin, eikä siitä otettu mitään. Tallenna se uudelleen, jos se pitää lukea uudestaan.
receipt-undo = Peru tämän tiedoston tiedot…
