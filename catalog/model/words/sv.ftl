# Det som programmet säger på kvittenser, på svenska. Källtext: en.ftl.

row-not-taken = { $problem }; raden togs inte in
value-left-out = { $problem }; värdet utelämnades
plugin-said = { $message } (insticksprogram { $plugin })
names-more = och { $count } till
message-repeated = { $message } ({ $count } gånger{ $places })
repeated-rows = , först på raderna { $rows }
repeated-products = , först hos { $skus }
or-meant = ; menade du ”{ $near }”?
hint-meant = menade du ”{ $near }”?
hint-option = skriv ett av dem eller lägg till det i model.toml
hint-define = lägg till den i model.toml eller skriv en som finns

file-io = filen kunde inte läsas: { $reason }; släpp den igen
file-empty = filen är tom; släpp en fil med en rubrikrad och en rad för varje produkt
file-header-only = filen har inga rader med innehåll; släpp den igen när den har några
file-foreign = { $what }; { $advice }
foreign-zip = filen är ett ZIP-arkiv
foreign-pdf = filen är en PDF
foreign-picture = filen är en bild
foreign-compressed = filen är komprimerad
foreign-utf32 = filen är UTF-32-text
foreign-page = filen är en webbsida
foreign-binary = filen är inte text: den innehåller NUL-byte
foreign-photo = filen ligger bland bilderna
advice-photo = bilder hör hemma i inbox/images
advice-export = exportera den som CSV eller JSON och släpp den
advice-unpack-zip = packa upp den och släpp filerna i den
advice-unpack = packa upp den och släpp filen i den
advice-utf8 = spara den som UTF-8 och släpp den igen
advice-login = troligen sparades en inloggningssida i stället för exporten; exportera igen
advice-text = spara den som CSV eller JSON i UTF-8 och släpp den igen
advice-tables = tabeller hör hemma i en annan mapp i inboxen
file-not-utf8 = byten { $byte } på position { $position } är inte UTF-8-text{ $likely }; spara filen som UTF-8 (i Excel ”CSV UTF-8”) och släpp den igen
file-likely-1252 = ; filen är troligen Windows-1252, och då står det ”{ $likely }” här
file-broken-encoding = filen ska vara { $encoding }-text men är trasig vid byte { $position }; rätta mappningens `encoding`, eller spara filen som UTF-8 och släpp den igen
file-uncertain-encoding = filen är inte UTF-8, och den kan vara i flera kodningar, där bokstäverna blir olika: { $readings }; ange i en fil i mappings/ vilken det är, till exempel encoding = "{ $first }", eller spara den som UTF-8 och släpp den igen
file-row-too-long = en rad som börjar här är längre än { $limit } MiB; troligen öppnas ett citattecken i den som aldrig stängs
file-too-many-columns = filen har fler än { $limit } kolumner; dela upp den i flera filer
file-open-quote = filen slutar inuti citattecken som öppnas på den här raden: den är avklippt eller så saknas ett avslutande citattecken; exportera igen eller sätt dit citattecknet
file-cut-short = filen slutar mitt i den här posten: den är avklippt; exportera igen
file-not-json = filen är inte den JSON som behövs: { $problem }; skriv en lista med objekt eller ett objekt per rad
json-start = den börjar varken med [ eller med {"{"}
json-line-over = ett objekt fortsätter efter radens slut
json-after-array = det kommer något efter slutet
json-comma = det saknas ett kommatecken mellan två poster
json-no-array = den börjar inte med [
json-no-element = det saknas en post mellan två kommatecken
file-not-xml = filen är inte välformad XML omkring rad { $line }: { $problem }; be att få den rättad där den kommer ifrån
file-no-records = det finns inga poster vid ”{ $records }”: filen har ingen ”{ $missing }” där; rätta `records` i mappningen
xml-letters = en bokstav är inte UTF-8, och filen anger ingen annan teckenkodning
json-between = det står något mellan två objekt
json-name = det saknas ett namn inom citattecken
json-colon = det saknas ett kolon efter ett namn
file-no-header = filen har ingen rubrikrad: rad { $row } har redan uppgifter ({ $cells }); skriv kolumnernas namn ovanför den eller ange kolumnerna med nummer i en fil i mappings/: files = ["{ $file }"], header_row = 0, sku = "1"; `rikaste import --explain` visar vad som står i var och en
file-no-sku = ingen kolumn är artikelnumret (SKU); kolumnerna är { $headers }; döp en av dem till ”sku” eller ange i en fil i mappings/ vilken det är: files = ["{ $file }"], sku = "{ $first }"
file-no-mapped-sku = ingen kolumn är artikelnumret (SKU): { $mapping } hämtar det från { $wanted }, och kolumnerna är { $headers }; rätta { $mapping } eller rubrikraden
file-no-column = det saknas { $what }; kolumnerna är { $headers }; { $advice }
column-rating = en kolumn för betyget
column-stock = en kolumn för lagersaldot
column-location = en kolumn för lagerplatsen
column-price = en kolumn för priset
column-edit = kolumner som en ändring behöver
advice-rating = döp den till ”rating”
advice-stock = skriv kolumnerna ”location” och ”quantity” eller en kolumn per lagerplats, till exempel ”stock-helsinki”
advice-location = ange överst i shop.toml vart saldon i sådana filer går: stock_location = "{ $first }"; eller skriv en kolumn ”location”, eller en per lagerplats, till exempel ”stock-{ $first }”
advice-price = skriv en kolumn ”price” eller en kolumn per prislista, till exempel ”price-retail”
advice-edit = skriv kolumnerna ”sku”, ”attribute” och ”value”, eller ”sku” och en kolumn per egenskap, till exempel ”name-sv”
file-unclear-column = kolumnen ”{ $column }” är inte entydig, och de andra beror på den: { $reason }; eller skriv kolumnerna ”sku”, ”attribute” och ”value”
file-sale-in-edits = kolumnen ”{ $column }” gäller priser eller försäljningsdagar, som inte är ändringar: inget togs in från filen; släpp priser i inbox/prices och försäljningsdagar i inbox/products, och ta bort kolumnen ur den här filen
file-skipped = mappningen utelämnar alla rader i filen; inget togs in
file-too-many-rejected = { $bad } av { $rows } rader är felaktiga, och högst { $limit } får vara det: inget togs in från filen; rätta raderna i filen och släpp den igen, eller ändra `reject_file_above`
rejects-cut = filen med avvisade rader har de första { $rows }; { $left } till fick inte plats
file-two-mappings = två mappningar gäller den här filen, { $first } och { $second }; ändra `files` i den ena
file-mapping-broken-at = mappningen { $mapping } gäller den här filen, men den kan inte användas: rad { $line }: { $problem }; rätta den, så tar en butik som är igång filen av sig själv
file-mapping-broken = mappningen { $mapping } gäller den här filen, men den kan inte användas: { $problem }; rätta den, så tar en butik som är igång filen av sig själv
mapping-doubtful = mappningen { $mapping } kan inte användas, och det framgår inte vilka filer den gäller: { $problem }; om den gäller den här, rätta den, så tar en butik som är igång filen på nytt av sig själv
mapping-key-renamed = mappningen { $mapping } har på rad { $line } nyckeln { $key }, som nu heter { $name }; byt namn på den, en senare version läser inte det gamla namnet
json-nothing = det står inget i den här cellen där mappningen söker det; den utelämnades
archive-in = { $name }: { $message }
archive-broken = arkivet är trasigt ({ $reason }); gör om det och släpp det igen
archive-no-zip = det börjar inte som ett ZIP-arkiv
archive-entries = arkivet har { $count } filer; fler än { $limit } packas inte upp; dela upp det
archive-too-large = arkivet packades inte upp: vid { $name } blev det mycket större än sin storlek; släpp filerna i det i stället
archive-empty = det finns varken tabell eller foto i arkivet; lägg CSV-, JSON-, XML- eller kalkylfiler och bilder i det
archive-encrypted = { $name } i arkivet är låst med lösenord; gör om arkivet utan lösenord
archive-path = { $name } i arkivet skulle hamna utanför det; filen utelämnades
archive-nested = { $name } är ett arkiv i arkivet och utelämnades; lägg dess filer i det här arkivet
archive-other = { $name } är varken en tabell eller ett foto; filen utelämnades
archive-twice = det finns två foton som heter { $name } i arkivet; det första togs
archive-name-long = namnet på { $name } i arkivet är för långt för en fil; den utelämnades: ge den ett kortare namn
archive-link = { $name } i arkivet är en länk och lämnades bort; lägg själva filen i arkivet
archive-table = { $name } är en tabell, och det här arkivet ligger bland bilderna; den lämnades bort: släpp den i mappen för sitt slag, till exempel inbox/products
untaken-root = filer direkt i inboxen tas inte: { $files }; flytta dem till den mapp som säger vad de handlar om: { $folders }
untaken-folder = filer i mappen ”{ $folder }” tas inte, eftersom den inte är någon av inboxens mappar: { $files }; flytta dem eller hela mappen till någon av { $folders }
untaken-link = länkar följs inte: { $files }; kopiera själva filen eller mappen till inboxen
untaken-name-text = filer vars namn inte är UTF-8-text kan inte tas: { $files }; byt namn på filerna eller deras mappar
untaken-name-long = filer vars namn är längre än { $limit } byte kan inte tas: { $files }; ge dem kortare namn
untaken-photo-name = produkter hittar en bild på dess namn, och bilder med de här namnen ligger i flera mappar; de här togs inte: { $files }; de här används: { $taken }; ge varje bild ett eget namn, till exempel ett som börjar med SKU:n
taken-before = det här är samma byte från samma tid som { $file }, som togs tidigare; inget togs en andra gång; spara filen på nytt om den ska tas igen
file-no-header-row = enligt mappningen står rubriken på rad { $row }, där filen inte har något; rätta `header_row` eller utelämna den
file-damaged = arbetsboken är skadad: { $problem }; öppna den i ett kalkylprogram, spara den som en ny fil och släpp den
workbook-crashed = innehållet stämmer inte med vad den säger om sig själv
file-oversized = arbetsboken är för stor: { $problem }; spara bladet som CSV och släpp det
workbook-large = den har mer än { $limit }
workbook-spans = den spänner över mer än { $limit } celler
workbook-parts = den har fler än { $limit } delar
workbook-texts = den har fler än { $limit } olika texter
workbook-unpacks = uppackad har den mer än { $limit }, eller dess texter eller format mer än { $other }
workbook-cell = en cell har mer än { $limit }
workbook-formulas = den har fler än { $limit } formler utan värde
workbook-rows = den har fler än { $rows } rader eller { $cells } celler
file-no-sheet = arbetsboken har inget blad ”{ $wanted }”, som mappningen frågar efter; den har { $sheets }; rätta `sheet` i mappningen eller bladets namn
file-no-visible-sheet = arbetsboken har inget synligt blad; den har { $sheets }; visa ett av dem eller ange dess namn som `sheet` i en mappning
foreign-locked = en arbetsbok med lösenord
foreign-document = ett dokument från ett kontorsprogram, men ingen arbetsbok
advice-password = öppna den, ta bort lösenordet, spara och släpp den igen
advice-workbook = spara dess tabell som XLSX, ODS eller CSV och släpp den
file-importer = insticksprogrammet { $plugin } { $version } kunde inte läsa filen längre, efter { $elements } poster, den sista av dem nummer { $row }: { $reason }
file-importer-begin = insticksprogrammet { $plugin } { $version } kunde inte läsa filen: { $reason }
file-no-importer = mappningen { $mapping } låter insticksprogrammet { $plugin } läsa filen, och det körs inte; aktivera det med `rikaste plugin enable { $plugin }` eller ändra `importer` i mappningen
file-enable-importer = sådana filer läses av insticksprogrammet { $plugin }, som följer med programmet men inte är aktiverat: `rikaste plugin enable { $plugin }`; en butik som körs tar sedan filen själv
file-two-importers = två insticksprogram läser sådana filer, { $first } och { $second }; ange ett av dem som `importer` i en mappning

column-blank = rubriken i kolumn { $number } är tom; inget lästes från kolumnen
column-repeated = kolumn { $number } säger samma sak som ”{ $first }” före den; bara den första lästes
encoding-guessed = filen är inte UTF-8; den lästes som { $encoding }, där det här står ”{ $text }”; om det är fel, ange `encoding` i en mappning
cell-encoding = den här cellen är inte UTF-8 som det som står före den i filen; den lästes som Windows-1252, där det står ”{ $text }”; om det är fel, spara filen som UTF-8 och släpp den igen
rows-above-header = rubriken står på rad { $row }; det som står ovanför på { $rows } utelämnades (”{ $texts }”); om en annan rad är rubriken, ange `header_row` i en mappning
header-repeated = rubriken står här igen, som när två filer har satts ihop; raden utelämnades
row-total = ”{ $word }” gör detta till en summarad; den utelämnades
names-too-many = filen har fler än { $limit } olika namn; inget lästes från de övriga som inte betyder något i den här butiken, till exempel ”{ $name }”; ett mönster i en mappning utelämnar namn, till exempel "attributes.*" = "ignore"
column-again = rubriken ”{ $name }” står igen över kolumn { $number }; bara den första lästes; i en mappning heter den här ”{ $other }”
cell-error = cell { $cell } är felet { $error }; inget lästes från den; rätta dess formel
text-error = detta är ett formelfel; inget lästes från det; rätta formeln där filen kommer ifrån
invisible-characters = osynliga tecken togs bort
cell-false = FALSE är ingen text; inget lästes från det, eftersom program skriver det i tomma fält
cell-placeholder = detta lästes som en tom cell
cell-placeholder-kept = detta är inget tal; det tidigare värdet står kvar
comma-kept = celler i kolumnen med ett kommatecken som lästes som ett namn: { $cells }; om kommat skiljer värden åt, skriv | i stället eller sätt `split = ","` i en mappning
sheets-left-out = bara bladet ”{ $name }” lästes; arbetsboken har även { $others }; för att läsa ett annat, ange dess namn som `sheet` i en mappning
sheets-hidden = dolda blad lästes inte: { $others }; för att läsa ett, visa det eller ange dess namn som `sheet` i en mappning
rows-hidden = bladets dolda rader lästes som de andra: { $count }; ta bort dem om de inte är avsedda
formula-without-value = formler vars värde inte har sparats: { $count }; inget lästes från de cellerna; öppna arbetsboken i ett kalkylprogram, spara den och släpp den igen
column-unknown = inget lästes från den här kolumnen: { $reason }
columns-unknown-more = inget lästes från ytterligare { $count } kolumner, bland annat { $names }; `rikaste import --explain` visar alla
column-proposed = inget lästes från den här kolumnen: { $reason }; den är ifylld på { $filled } av { $rows } rader, till exempel ”{ $example }”, och typen verkar vara { $type }; `rikaste attribute add { $code }` tar med den
header-unknown = inget i den här butiken heter ”{ $name }”{ $hint }
header-suffix = ”{ $suffix }” är varken en språkversion i den här butiken ({ $locales }) eller en kanal ({ $channels }){ $hint }
header-not-localizable = ”{ $attribute }” är lika på alla språk; döp kolumnen till ”{ $attribute }” eller ge attributet `localizable` i model.toml
header-not-scopable = ”{ $attribute }” är lika i alla kanaler; döp kolumnen till ”{ $attribute }” eller ge attributet `scopable` i model.toml
header-price-list = ”{ $suffix }” är varken en prislista i den här butiken eller valutan för någon; det finns { $lists }{ $hint }
header-location = det finns ingen lagerplats ”{ $suffix }”; det finns { $locations }{ $hint }
header-which-location = butiken har flera lagerplatser ({ $locations }); döp kolumnen till exempelvis ”stock-{ $first }”, ange det i en mappning, eller ange en för alla filer överst i shop.toml: stock_location = "{ $first }"
header-no-locations = butiken har inga lagerplatser; lägg till en i shop.toml, till exempel [locations.store]
header-net-price = det här är ett pris utan skatt, och priserna här är med skatt; om butikens priser är utan skatt säger en mappning det: { $column } = "price"; bredvid priset tas det in med `rikaste attribute add price_without_tax`
header-channel = det finns ingen kanal ”{ $channel }” (channels/{ $channel }.toml); om kolumnen gäller alla kanaler säger en mappning: { $column } = "{ $target }"
columns-by-synonym = lästa efter vad de kallas på annat håll: { $columns }; en mappning eller en rubrik med butikens egna ord säger något annat
header-taken = ”{ $name }” kan betyda ”{ $place }”, som kolumnen ”{ $by }” redan anger; om den är något annat, ange det i en mappning
header-rivals = ”{ $name }” kan betyda ”{ $place }”, men det kan även ”{ $other }”; döp den som menas till ”{ $place }”, en på ett visst språk till ”{ $place }-fi”, eller ange det i en mappning
header-overruled = mappningen { $mapping } läser ”{ $place }” ur kolumnen ”{ $by }”; den här utelämnades
header-shared-label = ”{ $name }” är etiketten för både ”{ $first }” och ”{ $second }”; döp kolumnen efter den som menas, eller ange det i en mappning
header-contested = { $column } är etiketten för ”{ $attribute }” i den här butiken och kan även betyda ”{ $place }”; ange i en mappning vilket som gäller: { $column } = "{ $place }" eller { $column } = "{ $attribute }"
header-quantity = ”{ $attribute }” mäts i { $own }, och { $unit } kan inte räknas om till det; rätta rubriken, eller ange i en mappning vad talen är: { $column } = {"{"} to = "{ $attribute }", unit = "{ $own }" {"}"}
header-unitless = ”{ $attribute }” har ingen enhet, och den här kolumnen är i { $unit }; om talen är menade så, ange det i en mappning: { $column } = "{ $attribute }"
stock-location = antalen i den här kolumnen gick till lagerplatsen ”{ $location }”, som shop.toml anger i stock_location
locale-foreign = rader med ”{ $text }” utelämnas: det är ingen språkversion i den här butiken; ange i en mappning vilken det är: [locale] values = {"{"} "{ $text }" = "…" {"}"} (sägs en gång)
rows-left-out = rader som förinställningen utelämnar efter vad som står i den här kolumnen: { $rows } ({ $texts })

row-too-long = raden har { $cells } celler och rubrikraden { $width }; raden togs inte in; sätt en text som innehåller skiljetecknet inom citattecken
row-too-short = raden slutar före { $names }{ $more } och säger inget om dem; skriv skiljetecknen även för tomma celler
row-ends-early = raden slutar före { $names }{ $more }, och den visar inte vilka celler som saknas; raden togs inte in; skriv skiljetecknen även för tomma celler
row-cells = raden har { $cells } celler och de andra { $usual }{ $line }, och den visar inte vilken som saknas eller är för mycket; raden togs inte in; skriv skiljetecknen även för tomma celler och sätt en text som innehåller ett skiljetecken inom citattecken
row-moved = kolumn { $column } har tal på de andra raderna och ”{ $text }” här, där ett tal står i en textkolumn{ $line }: radens celler har flyttats; raden togs inte in; rätta den
row-quotes = radens citattecken stämmer inte{ $line }, och den kan läsas på mer än ett sätt; raden togs inte in; skriv varje citattecken inuti en text två gånger och ett i vardera änden
row-quotes-above = ett citattecken på den här raden avslutar en text som inte har börjat; raden ovanför kan sakna slutet av en text: se över båda
row-quotes-repaired = radens citattecken följer inte reglerna; bara en läsning passar de andra raderna, och i den står det ”{ $text }” här; skriv varje citattecken inuti en text två gånger
row-quote-alone = ett citattecken står ensamt här; det lästes som ett tecken i ”{ $text }”
row-line = {" "}(rad { $line } i filen)
row-repeated = rad { $first } i filen gäller redan { $what }; den här raden togs inte in; behåll en av de två
row-conflict = rad { $first } i filen anger en annan { $subject } för produkten; den här raden togs inte in; gör de två raderna lika
row-joined = rad { $first } gäller också denna SKU; uppgifterna slogs ihop
values-emptied = tomma celler i kolumnen tog bort tidigare värden: { $values } (det första anges); utelämna kolumnen för att behålla värdena
group-differs = en annan rad för produkten anger något annat här; den första togs
said-sku = samma SKU
said-review = samma recension
said-stock = samma SKU och lagerplats
said-price = samma SKU, prislista och tid
said-edit = samma SKU, attribut, språk, kanal och tid
sku-missing = raden saknar artikelnummer (SKU)
edit-no-value = ändringens värde kunde inte läsas; raden togs inte in
edit-no-attribute = raden anger inget attribut
edit-elsewhere = det här är inget attribut; priser, lagersaldon och recensioner kommer i filer i sina egna mappar, och länkar i produktfiler
edit-two-places = attributet anger något annat; ange det bara på ett av de två ställena
edits-set = värden som den här filen satte för hand: { $edits }
edits-empty = tomma celler, som inte säger något här: { $cells }; för att ta tillbaka en ändring, släpp en fil med kolumnerna ”sku”, ”attribute” och ”value” och lämna värdet tomt
stock-missing = raden saknar lagersaldo
stock-no-location = raden anger ingen lagerplats
stock-no-quantity = raden saknar antal; skriv 0 om inget finns kvar
price-missing = raden saknar pris
rating-missing = recensionen saknar betyg; skriv ett från 1 till 5
window-empty = giltighetstiden slutar innan den börjar: { $from } – { $until }
json-object = det här är inget objekt; skriv varje produkt som {"{"} … {"}"}
json-depth = posten har fler än { $limit } nivåer; den togs inte in
json-syntax = det här är inte JSON: { $reason }
xml-attribute = ett attribut i <{ $name }> är inte skrivet som namn="värde"
xml-entity = inget säger vad &{ $name }; står för; skriv själva tecknet
xml-reference = { $reason }; skriv själva tecknet
xml-width = ett element har fler än { $limit } olika underelement; det togs inte in
bmecat-delete = katalogen tar { $sku } ur sortimentet, vilket en rad inte gör; produkten lämnades som den är
product-unknown = det finns ingen produkt { $sku }; importera produkten: filen tas sedan in igen av sig själv, så länge den ligger i inkorgen
row-says-nothing = produkten { $sku } finns inte, och raden har inget som skapar den, till exempel ett namn; raden togs inte in

boolean-unreadable = det här är varken ja eller nej; skriv 1 eller 0, ja eller nej
date-unreadable = det här är inget datum; skriv det som 2026-12-31
date-format = det här är inget datum så som mappningen skriver dem: { $format }
date-ambiguous = det här kan vara dag/månad eller månad/dag; skriv det som 2026-12-31
number-unreadable = det här är inget tal; skriv till exempel 1299,50
number-too-large = talet är för stort
number-too-long = talet har fler än { $digits } siffror
number-not-whole = det ska vara ett heltal, till exempel 12
number-ambiguous = det här kan betyda { $thousands } eller { $fraction }0; skriv det som avses eller ange `decimal` i en mappning
measurement-unreadable = det här är inget mått; skriv ett tal och en enhet, till exempel 0,4 kg
measurement-unit = enheten saknas; skriv den efter talet eller ge attributet en `unit` i model.toml
money-unreadable = det här är inget pris; skriv till exempel 29,90 eller 29,90 EUR
money-negative = ett pris kan inte vara under noll
currency-invalid = ”{ $text }” är ingen valuta; skriv koden på tre bokstäver, till exempel EUR
currency-unclear = valutan är oklar; skriv koden, till exempel 29,90 EUR
price-currency = priserna i prislistan { $list } är i { $currency }
price-list-unclear = det är oklart vilken prislista i { $currency } som avses; det finns { $lists }
price-list-unknown = det finns ingen prislista ”{ $text }”; det finns { $lists }{ $hint }
dates-unreadable = det här är inte två datum; skriv dem som 2026-12-01/2026-12-08
price-quantity-unclear = det är oklart hur många styck priset gäller; skriv ett tal, till exempel 100
price-quantity-inexact = { $amount } är priset för { $pieces } styck, och ett blir inte exakt med fyra decimaler; skriv priset för ett
prices-left-out = { $problem }; radens priser utelämnades
prices-foreign = priser som utelämnades för att ingen prislista i butiken är i { $currency }: { $count }; om de behövs, lägg till en prislista under [price_lists] i shop.toml
prices-by-quantity = priser som utelämnades för att de gäller först från flera styck: { $count }
sales-of-zero = kampanjpriser på 0 som togs för inga: { $count }
sales-open-ended = kampanjpriser utan slut, som gäller tills en fil tar tillbaka dem: { $count }
prices-open-ended = priser med en första dag men inget slut: { $count }; om en kampanj avses, skriv dess sista dag i valid_until
former-prices-alone = tidigare eller rekommenderade priser som utelämnades för att raderna saknar ett pris att stå bredvid: { $count }; om de är priset säger en mappning det: to = "price"
discount-range = en rabatt är från 1 till mindre än 100 procent; skriv en mindre med tecknet, till exempel 0,5 %
discount-above-price = rabatten { $discount } är inte mindre än priset { $price }
sale-above-price = kampanjpriset { $sale } är högre än priset { $price }, så det är ingen kampanj
sale-without-price = raden har inget pris som kampanjpriset { $sale } sänker
rating-range = ett betyg är från 1 till 5; om skalan (scale) är en annan säger en mappning det: scale = 10
rating-scale = { $beyond } av { $count } betyg är över 5, högst { $most }: skalan (scale) är en annan; inget lästes; skriv skalan i en mappning: [columns] { $column } = {"{"} to = "rating", scale = { $scale } {"}"}
table-cell = en tabell kan inte skrivas i en cell
gtin-rounded = ett kalkylprogram har avrundat det här numret; formatera kolumnen som text och skriv in GTIN igen
gtin-length = ”{ $text }” har { $digits } siffror; ett GTIN har 8, 12, 13 eller 14
gtin-several = en produkt har ett GTIN: det första i cellen togs, men inte { $others }
gtin-check-digit = kontrollsiffran i ”{ $text }” är { $found } men borde vara { $expected }
code-empty = { $what } saknas
code-too-long = { $what } har { $length } tecken; högst { $limit } är tillåtna
code-character = { $what } ”{ $text }” innehåller { $character }; { $allowed }
code-sku = artikelnumret (SKU)
code-category = kategorikoden
allowed-code = bokstäver, siffror, `_`, `-` och `.` är tillåtna
allowed-printable = bara synliga tecken är tillåtna
allowed-digits = bara siffror är tillåtna
option-unknown = det här är inget av alternativen för { $attribute }; { $hint }
category-unknown = det finns ingen kategori ”{ $text }”; { $hint }
category-long = kategorins sökväg är för lång
family-unknown = det finns ingen produktfamilj ”{ $text }”; { $hint }
attribute-unknown = det finns inget attribut ”{ $text }”{ $hint }
locale-invalid = ”{ $text }” är ingen språkversion; skriv ett språk och ett land, till exempel sv-SE
locale-none = { $attribute } är lika på alla språk; lämna cellen tom
locale-unknown = ”{ $text }” är ingen språkversion i den här butiken
channel-none = { $attribute } är lika i alla kanaler; lämna cellen tom
channel-unknown = det finns ingen kanal ”{ $text }”
link-itself = produkten är länkad till sig själv
link-missing = produkter är länkade till andra som inte finns i sortimentet: { $names }; länkarna visas av sig själva när dessa kommer
link-quantity = antalet efter * ska vara från 1 till 4294967295
kind-unknown = en rad är antingen ”product” eller ”model”; den togs in som produkt
parent-itself = produkten är sin egen överordnade produkt; lämna cellen tom eller skriv modellens SKU
parent-number = ingen rad i filen har numret { $id }; sätt modellen i samma fil
parent-missing = varianter anger modeller som inte finns i sortimentet: { $names }; varianterna står ensamma tills en fil ger modellerna; rätta namnen om de är fel
value-repeated = raden anger { $attribute } två gånger; den första togs
text-garbled = bokstäverna är förvanskade, det stod troligen ”{ $before }”: rätta texten där den kommer ifrån och spara den som UTF-8 (sägs en gång per kolumn)
text-tags = texten har HTML-taggar som läsarna kommer att se, eftersom { $attribute } är ren text; gör attributet till rich-text i model.toml eller ta bort taggarna (sägs en gång per kolumn)

photo-empty = { $name } är tom; släpp bilden igen
photo-orphan = ingen produkt använder { $name } ännu, och namnet börjar inte med någon produkts SKU eller GTIN; bilden sparas tills en sådan kommer
photo-unusable = { $name } kan inte användas: { $why }
photo-remark = { $name }: { $remark }
photo-unknown = ännu är inget känt om { $name }; om det förblir så framkallar `rikaste rebuild` bilden på nytt
photos-undeveloped = inget insticksprogram som läser bilder är i bruk, så de sparas och ingen kanal visar dem; `rikaste plugin enable images` tar ett i bruk
photo-small = { $name } är { $size } pixlar, och { $channels } tar inga bilder under { $least }; ge en större bild
photo-blank = { $name } har en enda färg, eller nästan; är det rätt fil?
photo-misnamed = { $name } är en { $is }-fil, vad filändelsen än säger; den lästes som en sådan
photo-twice = { $name } är samma fil som { $other }
photo-alike = { $name } ser ut som { $other }; lämna bort en av dem om de är av samma produkt
photo-placeholder = { $name } heter som en platshållare för en produkt utan bild; kanaler avvisar produkter som visas med en platshållare
photo-sibling = { $name } visar { $sku } med samma bild som { $other }, fastän de skiljer sig i { $attribute }; ge båda en egen, eftersom kanaler avvisar en annan variants bild
picture-host = inga bilder hämtas från { $host }: släpp dem i inbox/images under sina filnamn, eller be den som sköter butiken att lägga till servern i { $setting } (sägs en gång per server)
pictures-wait = bilder som anges med adress och ännu inte har hämtats: { $count }; en butik som är igång hämtar dem nu, och ett eget kvitto talar om vad som kom
picture-unfetched = bilden till { $sku } kunde inte hämtas: { $why }
fetch-url = ”{ $url }” kan inte hämtas: { $reason }
fetch-url-web = det är ingen webbadress som https://…
fetch-url-scheme = den börjar varken med https:// eller http://
fetch-url-login = den har ett användarnamn eller lösenord i sig, och det hör inte hemma i en produktfil
fetch-url-host = den nämner ingen server
fetch-not-allowed = inget hämtas från { $host }: den som sköter butiken kan lägga till servern i { $setting }
fetch-private = inget hämtas från { $host }, som finns på { $address } ({ $kind }): om dess bilder är avsedda kan den som sköter butiken ange `private = true` för den i { $setting }
fetch-forbidden = inget hämtas från { $host }, som finns på { $address } ({ $kind })
fetch-redirected = ”{ $url }” skickar vidare till en annan adress: { $reason }
fetch-redirects = ”{ $url }” skickar från den ena adressen till den andra, mer än { $most } gånger
fetch-no-host = { $host } hittades inte ({ $reason }): leta efter ett skrivfel i ”{ $url }”
fetch-unreachable = { $host } kunde inte nås ({ $reason }); nytt försök görs senare
fetch-untrusted = { $host } bevisar inte vem den är ({ $reason }): den som driver servern måste förnya certifikatet
fetch-not-found = det finns ingen bild på ”{ $url }” ({ $status })
fetch-denied = ”{ $url }” är inte öppen för alla ({ $status }): be den som driver servern om adresser utan inloggning
fetch-busy = { $host } ber att få vara i fred i { $seconds } sekunder; nytt försök görs senare
fetch-status = ”{ $url }” kunde inte besvaras ({ $status })
fetch-too-large = ”{ $url }” är för stor: högst { $most } byte hämtas
fetch-too-slow = ”{ $url }” är för långsam: { $got } byte kom på { $seconds } sekunder; hämtningen fortsätter senare
fetch-cut = ”{ $url }” bröts efter { $got } byte; hämtningen fortsätter senare
fetch-no-picture = ”{ $url }” är ingen bild utan { $type }: det kan vara en sida som visar en, eller som kräver inloggning
fetch-empty = ”{ $url }” är tom
fetch-answer = svaret från { $host } går inte att förstå: { $reason }
fetch-disk = det som hämtas kan inte skrivas till { $file }: { $reason }
address-loopback = den här datorn själv
address-private = i ett privat nät
address-link-local = i det lokala nätet
address-metadata = där ett moln har sina hemligheter
address-nobody = ingen enskild dator
address-reserved = reserverad
attachment-other = { $name } heter som { $kind } men är det inte; kanske kopierades filen bara delvis: släpp den igen eller ge den rätt filändelse
plugin-failed = insticksprogrammet { $plugin } misslyckades med den här produkten, och dess senaste fungerande värden gäller fortfarande: { $reason }
image-file-large = den har mer än { $most } MB; spara den mindre och släpp den igen
image-empty = filen är tom; den kopierades kanske inte helt, släpp den igen
image-not-an-image = filen är ingen bild; ge en JPEG-, PNG-, WebP-, AVIF-, GIF-, BMP- eller TIFF-fil
image-unsupported = filens format ({ $format }) tas inte; spara bilden som JPEG, PNG eller WebP
image-truncated = bilden slutar för tidigt; filen kopierades kanske inte helt, släpp den igen
image-broken = bilden är trasig ({ $problem }); spara den på nytt och släpp den igen
image-too-large = bilden är { $size } pixlar; högst 64 megapixlar och { $side } pixlar per sida tas. Förminska den och släpp den igen
image-too-many-bytes = filen har { $size } MB; högst { $most } MB tas. Spara den med färre detaljer och släpp den igen
image-memory = bilden skulle ta { $needed } MB minne, och { $most } MB finns; förminska den, eller spara den med 8 bitar per färg och inte progressiv
image-frames = bilden har fler än { $most } rutor; ge en av dem som en egen bild
image-scans = bilden är i { $scans } omgångar, vilket skulle ta för lång tid att sätta ihop; spara den på nytt
image-parts = bilden är hopsatt av för många delar; spara den på nytt som en
image-rendition = en bild som önskas kan inte göras: { $problem }; ändra bildversionen
image-profile = bildens färgprofil duger inte ({ $problem }), så dess färger togs för de vanliga{ $kind }. Om de ser fel ut, spara bilden på nytt som sRGB
image-cmyk = bilden har tryckfärger (CMYK) och ingen profil som säger vilka, så de uppskattades. Spara den som sRGB eller med sin profil
image-hdr = bilden är för mycket ljusa skärmar (HDR) och gjordes mörkare för alla andra. Om den ser fel ut, spara den utan HDR
image-pages = filen har fler sidor; bara den första visas
image-trailing-bytes = { $bytes } byte följer efter bilden i filen; de lämnades bort. Om de inte kommer från din kamera eller ditt program, spara bilden på nytt
image-animated = bilden har { $frames } rutor; bara den första visas
image-text = bilden tycks visa text och inget annat, och sådant avvisar kanaler; ge en bild av produkten
image-plugin-failed = insticksprogrammet { $plugin } { $version } misslyckades med den: { $reason }
plugin-value-refused = insticksprogrammet { $plugin } { $version } föreslår ett värde för { $attribute } som lämnades bort: { $reason }
plugin-values-many = insticksprogrammet { $plugin } { $version } föreslår { $count } värden; de efter de första { $most } lämnades bort
value-undeclared = dess manifest nämner inte { $attribute } i `writes`
value-other-type = dess manifest säger att det är { $declared }, och det här är { $found }
value-locale-unknown = butiken har ingen språkversion { $locale }
value-not-localizable = det har en språkversion, och manifestet säger att det inte har någon
value-channel-unknown = butiken har ingen kanal { $channel }
value-not-scopable = det har en kanal, och manifestet säger att det inte har någon
value-window-empty = dess giltighet slutar innan den börjar
value-twice = det finns ett annat värde för samma språkversion, kanal och tid
failure-steps = det tog mer än { $million } miljoner steg; finns där en slinga utan slut?{ $place }
failure-stack = dess stack svämmade över; finns där en rekursion utan slut?{ $place }
failure-bounds = det läste utanför sitt minne; finns där en rekursion utan slut?{ $place }
failure-panic = det avbröts av ett fel: { $said }
failure-silent = det avbröt sig självt utan att säga varför{ $place }
failure-output = det lämnade över mer än { $most } MiB på en gång{ $place }
failure-handles = det har fler än { $most } handtag öppna; stänger det vad det öppnar?{ $place }
failure-contract = dess svar följer inte kontraktet; byggdes det med andra bindningar? { $problem }
failure-memory = det behöver mer än { $most } MiB minne
failure-time-photo = det tog längre än { $seconds } sekunder; maskinen kan ha varit upptagen
failure-time = det tog längre än { $seconds } sekunder
failure-start = det kan inte startas: { $reason }
failure-answers = det fick { $given } produkter och svarade om { $answered }
failure-busy = för många insticksprogram körs samtidigt

place-row = rad { $row }
receipt-title = { $file } – kvittens
receipt-messages = Att gå igenom
receipt-row = Rad
receipt-column = Kolumn
receipt-value = Värde
receipt-message = Vad som hände och vad du kan göra
receipt-nothing = tomt
receipt-more =
    { $count ->
        [one] Det finns 1 meddelande till som inte visas här.
       *[other] Det finns { $count } meddelanden till som inte visas här.
    }
receipt-more-in = … och { $count } till, se { $page }
rejects-title =
    { $count ->
        [one] Rätta den avvisade raden
       *[other] Rätta de avvisade raderna
    }
rejects-link =
    { $count ->
        [one] Ladda ner raden (CSV)
       *[other] Ladda ner { $count } rader (CSV)
    }
rejects-advice = Öppna filen i ett kalkylprogram, rätta raderna och spara den med samma namn som CSV (i Excel ”CSV UTF-8”). Släpp den sedan i mappen { $folder }. De två första kolumnerna säger vad som var fel; de får stå kvar.
receipt-file = Filen
receipt-taken = Mottagen
receipt-taken-at = { $at } ({ $zone }), tog { $time }
receipt-release = Version
receipt-none = ingen
receipt-read-as = Läst som
receipt-size = Storlek
receipt-columns = Kolumner
receipt-hash = BLAKE3
severity-error = fel
severity-warning = varning
severity-info = notering

summary-unreadable = Filen kunde inte läsas; inget togs in från den.
summary-skipped = Ingen rad i filen gäller den här butiken; inget togs in från den.
summary-untaken = Inget togs: filer läses inte från den här platsen eller under det här namnet.
summary-no-row =
    { $all ->
        [one] Inget togs in från filen: dess enda rad kunde inte användas.
       *[other] Inget togs in från filen: ingen av { $all } rader kunde användas.
    }
summary-no-photo =
    { $all ->
        [one] Inget togs in: den enda bilden kunde inte användas.
       *[other] Inget togs in: ingen av { $all } bilder kunde användas.
    }
summary-too-many = Inget togs in från filen: { $bad } av { $rows } rader är felaktiga, och högst { $limit } får vara det.
summary-nothing-said = Filen har inget innehåll; inget ändrades.
summary-unchanged = Inget ändrades: allt i filen var redan känt{ $refused }.
summary-all-rows =
    { $count ->
        [one] Den enda raden är { $place }.
       *[other] Alla { $count } rader är { $place }.
    }
summary-all-photos =
    { $count ->
        [one] Den enda bilden är { $place }.
       *[other] Alla { $count } bilder är { $place }.
    }
summary-some-rows =
    { $accepted ->
        [one] 1 av { $all } rader är { $place }{ $refused }.
       *[other] { $accepted } av { $all } rader är { $place }{ $refused }.
    }
summary-some-photos =
    { $accepted ->
        [one] 1 av { $all } bilder är { $place }{ $refused }.
       *[other] { $accepted } av { $all } bilder är { $place }{ $refused }.
    }
in-release = i version { $number }
in-catalogue = i katalogen
refused-rows =
    { $count ->
        [one] ; 1 rad avvisades
       *[other] ; { $count } rader avvisades
    }
refused-photos =
    { $count ->
        [one] ; 1 bild avvisades
       *[other] ; { $count } bilder avvisades
    }

count-new =
    { $count ->
        [one] ny
       *[other] nya
    }
count-changed =
    { $count ->
        [one] ändrad
       *[other] ändrade
    }
count-unchanged =
    { $count ->
        [one] oförändrad
       *[other] oförändrade
    }
count-refused =
    { $count ->
        [one] avvisad
       *[other] avvisade
    }
count-warnings =
    { $count ->
        [one] varning
       *[other] varningar
    }
count-left-out =
    { $count ->
        [one] värde utelämnat
       *[other] värden utelämnade
    }
count-touched =
    { $count ->
        [one] produkt uppdaterad
       *[other] produkter uppdaterade
    }
count-enriched =
    { $count ->
        [one] berikad
       *[other] berikade
    }
count-documents =
    { $count ->
        [one] produkt ändrad i en kanal
       *[other] produkter ändrade i kanalerna
    }
size-bytes =
    { $count ->
        [one] 1 byte
       *[other] { $count } byte
    }
time-seconds = { $number } s

## Drops

taken-read-anew = togs in igen av sig själv: attributen, mappningen eller programmet som filen läses med är inte desamma som förut; det som senare filer har sagt gäller fortfarande
taken-products-came = togs in igen av sig själv: det finns nu produkter som filen nämnde och som inte fanns
taken-approved = togs in fast många produkter försvinner: det godkändes
range-question =
    { $of ->
        [one] den här filen är hela sortimentet från källan { $source }, och dess enda produkt finns inte i filen ({ $names }): den skulle försvinna ur alla kanaler. Är det rätt? Kör i så fall: rikaste drop approve { $file }. Om inte, släpp hela filen igen: den tar den här filens plats
       *[other] den här filen är hela sortimentet från källan { $source }, och { $gone } av { $of } produkter finns inte i den ({ $names }): de skulle försvinna ur alla kanaler. Är det rätt? Kör i så fall: rikaste drop approve { $file }. Om inte, släpp hela filen igen: den tar den här filens plats
    }
range-unclear =
    { $rows ->
        [one] { $gone } i sortimentet finns inte i filen, men inget togs bort, eftersom den avvisade raden kan gälla en av dem; rätta raden och släpp filen igen
       *[other] { $gone } i sortimentet finns inte i filen, men inget togs bort, eftersom { $rows } avvisade rader kan gälla dem; rätta raderna och släpp filen igen
    }
range-cut = den sista raden slutar mitt i och ingen radbrytning följer: filen har troligen klippts av. { $gone } produkter i sortimentet finns inte i den, men inget togs bort; exportera den på nytt och släpp den igen
prices-above-ordinary = tidsbegränsade priser som är högre än det ordinarie priset och därför inte visas som kampanj: { $count }: { $prices }
prices-became-zero = produkter som kostade något förut och kostar 0 nu: { $count }: { $prices }; om det inte är meningen, lämna priset tomt eller skriv det
model-price-ignored = modellpriser som ingen variant följer, eftersom alla har egna priser (raden inom parentes): { $count }: { $models }; ta bort varianternas egna priser om de ska följa modellen
prices-of-others-replaced = priser från andra prisfiler som den här filen ersätter: { $count }: { $prices }; om något ska gälla framför den här filen, släpp det igen med en första dag i valid_from
prices-withdrawn = priser som en tidigare version av filen angav och den här inte anger; de togs tillbaka: { $count }: { $prices }
prices-not-withdrawn = priser som en tidigare version av filen angav och den här inte anger men som står kvar: { $count }: { $prices }; ta bort ett genom att släppa dess SKU med tomt pris och samma dagar
prices-withdrawal-unclear = priser som en tidigare version av filen angav och den här inte anger: { $count }: { $prices }; de står kvar eftersom avvisade rader kan gälla dem; rätta raderna och släpp hela filen igen
values-withdrawn = värden och länkar som en tidigare version av filen angav och som den här inte nämner, nu borttagna: { $count } (produkter: { $products }): { $examples }
values-withdrawal-unclear = produkter som en tidigare version av filen säger mer om än den här: { $count }: { $skus }; det gäller fortfarande, eftersom celler i deras rader inte kunde läsas; rätta dem och släpp hela filen igen
states-not-withdrawn = produkter som en tidigare version av filen tog ur butiken och vars status den här inte säger något om: { $count }: { $skus }; de förblir borta; skriv active i kolumnen status för att ta dem tillbaka
rows-not-named = rader i filens förra version om produkter som den här inte nämner: { $count } av { $before }; de produkterna förblir som de är. Om de ska bort, ange att filen är hela sortimentet: full = true i en fil i mappings/
withdrawal-question = en tidigare version av filen angav värden som den här inte nämner ({ $attributes }; värden: { $values }, produkter: { $products }): de skulle tas bort, till exempel { $examples }. Säger den här filen allt som finns att säga? I så fall, kör: rikaste drop approve { $file }. Om den bara kompletterar den tidigare, släpp den under ett annat namn
taken-with-withdrawal = togs in trots att många värden försvinner: det godkändes
product-gone = den finns inte i filen, som är hela sortimentet från källan { $source }: ingen källa säger längre något om den, och ingen kanal visar den
product-left-source = den finns inte i filen, så det som källan { $source } sade om den togs tillbaka; andra källor gäller fortfarande
overruled-by-source =
    { $count ->
        [one] i 1 värde vinner källan { $source } (prioritet { $theirs } mot { $own }): { $skus }; om den här filen ska vinna, skriv i shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
       *[other] i { $count } värden vinner källan { $source } (prioritet { $theirs } mot { $own }): { $skus }; om den här filen ska vinna, skriv i shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
    }
overruled-by-edit =
    { $count ->
        [one] 1 värde är satt för hand, och det vinner: { $skus }
       *[other] { $count } värden är satta för hand, och de vinner: { $skus }
    }
summary-held = Inget av filen har tagits in än: { $gone } av { $of } produkter skulle försvinna. Är det rätt?
summary-held-values = Inget av filen har tagits ännu: värden som den inte längre nämner skulle försvinna ({ $attributes }; värden: { $values }, produkter: { $products }). Stämmer det?
count-gone =
    { $count ->
        [one] produkt borta
       *[other] produkter borta
    }

sales-publication = om en produkt är till salu
sales-availability = från när eller till när en produkt är till salu
sales-second-price = ett pris
sales-price-impact = hur mycket en variant kostar mer eller mindre än sin modell
sales-price-dates = när ett pris gäller
sales-discount = hur mycket som dras av från ett pris
sales-price-quantity = hur många stycken ett pris gäller
sales-currency = ett pris valuta
sales-tax-basis = om ett pris är med moms
sales-minimum-quantity = hur många stycken som köps minst
sales-advice-status = Skriv i en mappning vad dess ord betyder: "{ $column }" = {"{"} to = "status", values = {"{"} "…" = "active", "…" = "draft", "…" = "archived" {"}"} {"}"}.
sales-advice-availability = Skriv i en mappning: "{ $column }" = "status_from", eller "status_until" för den sista dagen; date = "%d%m%y" säger hur dagarna är skrivna.
sales-advice-price = Skriv i en mappning: "{ $column }" = "sale_price", eller "compare_at_price", eller "price" om den är själva priset; om det hör till en egen prislista, döp den till ”price-” och listan.
sales-advice-impact = Filen säger inte om skatten ingår, så det läggs inte ihop: skriv varje variants pris i en kolumn ”price”, eller släpp priserna i inbox/prices.
sales-advice-dates = I en fil med priser eller redigeringar, döp sådana kolumner till ”valid_from” och ”valid_until”; i en fil med produkter till ”sale_from” och ”sale_until”; eller skriv i en mappning: "{ $column }" = "sale_from", "sale_until" eller, om båda dagarna står i samma cell, "sale_dates".
sales-advice-quantity = Döp kolumnen till ”price_quantity”, eller skriv så i en mappning.
sales-advice-currency = Döp kolumnen till ”currency”, eller skriv valutan i priskolumnens namn, som i ”price-SEK”.
sales-advice-discount = Skriv i en mappning: "{ $column }" = "discount_percent", eller "discount_amount".
sales-advice-minimum = Döp kolumnen till ”minimum_quantity”, eller skriv så i en mappning.
column-question = den här kolumnen förstås inte, och den verkar ange { $class } ({ $values }); inget av filen togs in. { $advice } För att alltid utelämna den, skriv i en mappning under [columns]: "{ $column }" = "ignore". För att ta in den här filen utan den, kör: rikaste drop approve { $file }
column-question-left = filen togs in utan den här kolumnen, som verkar ange { $class } ({ $values })
taken-without-columns = togs in utan de kolumner som frågades om: det godkändes
summary-held-columns =
    { $count ->
        [one] Inget av filen har tagits in än: en kolumn som avgör en försäljning förstås inte ({ $names }).
       *[other] Inget av filen har tagits in än: { $count } kolumner som avgör en försäljning förstås inte ({ $names }).
    }
status-unknown = det här är ingen känd status för en produkt; skriv active, draft eller archived
products-not-offered =
    { $count ->
        [one] en produkt i filen erbjuds inte i någon kanal, eftersom filen säger så ({ $names })
       *[other] { $count } produkter i filen erbjuds inte i någon kanal, eftersom filen säger så ({ $names })
    }
undo-outdated = butiken står nu på version { $current }, inte på version { $seen } som när man såg efter; se efter igen
undo-not-kept = version { $wanted } finns inte kvar; versionerna { $floor }–{ $newest } finns
undo-no-earlier = det finns ingen tidigare version att gå tillbaka till
undo-photos = bilder kan inte ångras; lägg in en annan bild med samma namn
undo-done = filen ångrades redan i version { $release }
undo-no-release = den här filen ändrade ingenting i katalogen, så det finns inget att ångra
undo-too-old = version { $before }, den före den här filen, finns inte kvar; den äldsta som finns är version { $floor }
undo-file-changed = { $file } kom senare och kan säga detsamma, men ligger inte i inkorgen som den lästes; lägg tillbaka den där och se efter igen
undo-file-archive = { $file } kom senare och är ett arkiv; det går inte att veta om den säger detsamma
undo-file-unreadable = { $file } kom senare och kan inte längre läsas; det går inte att veta om den säger detsamma
undo-nothing-left = ingenting är kvar av det som den här filen sade: senare filer säger detsamma eller något annat
rollback-nothing = ingenting har ändrats sedan version { $to }
summary-undone = Det som den här filen sade ångrades i version { $release }. Spara filen igen om den ska tas med på nytt.
summary-refused = Filen avvisades och ingenting togs ur den. Spara den igen om den ska läsas på nytt.
receipt-undo = Ångra det som den här filen sade …
