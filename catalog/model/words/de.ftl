# Was das Programm auf Eingangsbelegen sagt, auf Deutsch. Quelltext: en.ftl.

row-not-taken = { $problem }; die Zeile wurde nicht übernommen
value-left-out = { $problem }; der Wert wurde weggelassen
plugin-said = { $message } (Plugin { $plugin })
names-more = und { $count } weitere
message-repeated = { $message } ({ $count }-mal{ $places })
repeated-rows = , zuerst in den Zeilen { $rows }
repeated-products = , zuerst bei { $skus }
or-meant = ; meinten Sie „{ $near }“?
hint-meant = meinten Sie „{ $near }“?
hint-option = schreiben Sie eine davon oder ergänzen Sie sie in model.toml
hint-define = legen Sie sie in model.toml an oder schreiben Sie eine vorhandene

file-io = die Datei konnte nicht gelesen werden: { $reason }; legen Sie sie noch einmal ab
file-empty = die Datei ist leer; legen Sie eine mit einer Kopfzeile und einer Zeile je Produkt ab
file-header-only = die Datei hat keine Zeile mit Inhalt; legen Sie sie noch einmal ab, wenn sie welche hat
file-foreign = { $what }; { $advice }
foreign-zip = die Datei ist ein ZIP-Archiv
foreign-pdf = die Datei ist ein PDF
foreign-picture = die Datei ist ein Bild
foreign-compressed = die Datei ist komprimiert
foreign-utf32 = die Datei ist UTF-32-Text
foreign-page = die Datei ist eine Webseite
foreign-binary = die Datei ist kein Text: Sie enthält NUL-Bytes
foreign-photo = die Datei liegt bei den Bildern
advice-photo = Bilder gehören nach inbox/images
advice-export = exportieren Sie sie als CSV oder JSON und legen Sie diese ab
advice-unpack-zip = entpacken Sie es und legen Sie die Dateien darin ab
advice-unpack = entpacken Sie sie und legen Sie die Datei darin ab
advice-utf8 = speichern Sie sie als UTF-8 und legen Sie sie noch einmal ab
advice-login = wahrscheinlich wurde statt des Exports eine Anmeldeseite gespeichert; exportieren Sie noch einmal
advice-text = speichern Sie sie als CSV oder JSON in UTF-8 und legen Sie sie noch einmal ab
advice-tables = Tabellen gehören in einen anderen Ordner der Inbox
file-not-utf8 = das Byte { $byte } an Position { $position } ist kein UTF-8-Text{ $likely }; speichern Sie die Datei als UTF-8 (in Excel „CSV UTF-8“) und legen Sie sie noch einmal ab
file-likely-1252 = ; die Datei ist wahrscheinlich Windows-1252, dann steht hier „{ $likely }“
file-broken-encoding = die Datei soll { $encoding }-Text sein, ist aber bei Byte { $position } beschädigt; berichtigen Sie `encoding` ihrer Zuordnung, oder speichern Sie sie als UTF-8, und legen Sie sie noch einmal ab
file-uncertain-encoding = die Datei ist nicht UTF-8, und sie kann in mehreren Kodierungen sein, in denen ihre Buchstaben andere sind: { $readings }; geben Sie in einer Datei in mappings/ an, welche es ist, etwa encoding = "{ $first }", oder speichern Sie sie als UTF-8, und legen Sie sie noch einmal ab
file-row-too-long = eine Zeile, die hier beginnt, ist länger als { $limit } MiB; wahrscheinlich wird in ihr ein Anführungszeichen geöffnet und nie geschlossen
file-too-many-columns = die Datei hat mehr als { $limit } Spalten; teilen Sie sie auf mehrere Dateien auf
file-open-quote = die Datei endet innerhalb von Anführungszeichen, die in dieser Zeile geöffnet werden: Sie ist abgeschnitten, oder ein schließendes Zeichen fehlt; exportieren Sie noch einmal oder ergänzen Sie das Zeichen
file-cut-short = die Datei endet mitten in diesem Eintrag: Sie ist abgeschnitten; exportieren Sie noch einmal
file-not-json = die Datei ist nicht das JSON, das gebraucht wird: { $problem }; schreiben Sie eine Liste von Objekten oder ein Objekt je Zeile
json-start = sie beginnt weder mit [ noch mit {"{"}
json-line-over = ein Objekt geht über das Zeilenende hinaus
json-after-array = nach dem Ende kommt noch etwas
json-comma = zwischen zwei Einträgen fehlt ein Komma
json-no-array = sie beginnt nicht mit [
json-no-element = zwischen zwei Kommas fehlt ein Eintrag
file-not-xml = die Datei ist bei Zeile { $line } kein wohlgeformtes XML: { $problem }; lassen Sie sie dort berichtigen, wo sie herkommt
file-no-records = bei „{ $records }“ gibt es keine Einträge: die Datei hat dort kein „{ $missing }“; berichtigen Sie `records` in der Zuordnung
xml-letters = ein Buchstabe ist kein UTF-8, und die Datei nennt keine andere Kodierung
json-between = zwischen zwei Objekten steht etwas
json-name = ein Name in Anführungszeichen fehlt
json-colon = nach einem Namen fehlt ein Doppelpunkt
file-no-header = die Datei hat keine Kopfzeile: Zeile { $row } enthält schon Daten ({ $cells }); schreiben Sie die Namen der Spalten darüber, oder nennen Sie die Spalten in einer Datei in mappings/ bei ihrer Nummer: files = ["{ $file }"], header_row = 0, sku = "1"; `rikaste import --explain` zeigt, was in jeder steht
file-no-sku = keine Spalte ist die Artikelnummer (SKU); die Spalten sind { $headers }; nennen Sie eine davon „sku“ oder geben Sie in einer Datei in mappings/ an, welche es ist: files = ["{ $file }"], sku = "{ $first }"
file-no-mapped-sku = keine Spalte ist die Artikelnummer (SKU): { $mapping } nimmt sie aus { $wanted }, und die Spalten sind { $headers }; berichtigen Sie { $mapping } oder die Kopfzeile
file-no-column = es fehlt { $what }; die Spalten sind { $headers }; { $advice }
column-rating = eine Spalte für die Bewertung
column-stock = eine Spalte für den Lagerbestand
column-location = eine Spalte für den Lagerort
column-price = eine Spalte für den Preis
column-edit = eine Spalte, die eine Änderung braucht
advice-rating = nennen Sie sie „rating“
advice-stock = schreiben Sie die Spalten „location“ und „quantity“ oder eine je Lagerort, zum Beispiel „stock-helsinki“
advice-location = nennen Sie oben in shop.toml, wohin Bestände solcher Dateien gehen: stock_location = "{ $first }"; oder schreiben Sie eine Spalte „location“ oder eine je Lagerort, zum Beispiel „stock-{ $first }“
advice-price = schreiben Sie eine Spalte „price“ oder eine je Preisliste, zum Beispiel „price-retail“
advice-edit = schreiben Sie die Spalten „sku“, „attribute“ und „value“, oder „sku“ und eine je Attribut, zum Beispiel „name-de“
file-unclear-column = die Spalte „{ $column }“ ist nicht eindeutig, und die anderen hängen von ihr ab: { $reason }; oder schreiben Sie die Spalten „sku“, „attribute“ und „value“
file-sale-in-edits = die Spalte „{ $column }“ betrifft Preise oder Verkaufstage, und die sind keine Änderungen: Von der Datei wurde nichts übernommen; legen Sie Preise in inbox/prices und Verkaufstage in inbox/products ab, und nehmen Sie die Spalte aus dieser Datei
file-skipped = die Zuordnung lässt alle Zeilen der Datei weg; nichts wurde übernommen
file-too-many-rejected = { $bad } von { $rows } Zeilen sind fehlerhaft, und höchstens { $limit } dürfen es sein: Von der Datei wurde nichts übernommen; berichtigen Sie die Zeilen in der Datei und legen Sie sie noch einmal ab, oder ändern Sie `reject_file_above`
rejects-cut = die Datei der abgelehnten Zeilen hat die ersten { $rows }; für { $left } weitere war kein Platz
file-two-mappings = für diese Datei gibt es zwei Zuordnungen, { $first } und { $second }; ändern Sie in einer davon `files`
file-mapping-broken-at = die Zuordnung { $mapping } ist für diese Datei und kann nicht verwendet werden: Zeile { $line }: { $problem }; berichtigen Sie sie, dann nimmt ein laufender Shop die Datei von selbst
file-mapping-broken = die Zuordnung { $mapping } ist für diese Datei und kann nicht verwendet werden: { $problem }; berichtigen Sie sie, dann nimmt ein laufender Shop die Datei von selbst
mapping-doubtful = die Zuordnung { $mapping } kann nicht verwendet werden, und für welche Dateien sie ist, lässt sich nicht lesen: { $problem }; ist sie für diese, berichtigen Sie sie, dann nimmt ein laufender Shop die Datei von selbst noch einmal
mapping-key-renamed = die Zuordnung { $mapping } hat in Zeile { $line } den Schlüssel { $key }, der jetzt { $name } heißt; benennen Sie ihn um, eine spätere Version liest den alten Namen nicht mehr
json-nothing = in dieser Zelle steht nichts, wo die Zuordnung es sucht; sie wurde ausgelassen
archive-in = { $name }: { $message }
archive-broken = das Archiv ist beschädigt ({ $reason }); erstellen Sie es neu und legen Sie es noch einmal ab
archive-no-zip = es beginnt nicht wie ein ZIP-Archiv
archive-entries = das Archiv hat { $count } Dateien; mehr als { $limit } werden nicht entpackt; teilen Sie es auf
archive-too-large = das Archiv wurde nicht entpackt: bei { $name } wurde es viel größer als seine Größe; legen Sie stattdessen die Dateien darin ab
archive-empty = im Archiv ist weder eine Tabelle noch ein Foto; legen Sie CSV-, JSON-, XML- oder Tabellendateien und Bilder hinein
archive-encrypted = { $name } im Archiv ist mit einem Passwort gesperrt; erstellen Sie das Archiv ohne Passwort neu
archive-path = { $name } im Archiv läge außerhalb davon; die Datei wurde ausgelassen
archive-nested = { $name } ist ein Archiv im Archiv und wurde ausgelassen; legen Sie seine Dateien in dieses
archive-other = { $name } ist weder eine Tabelle noch ein Foto; die Datei wurde ausgelassen
archive-twice = es gibt zwei Fotos namens { $name } im Archiv; das erste wurde genommen
archive-name-long = der Name von { $name } im Archiv ist zu lang für eine Datei; sie wurde ausgelassen: geben Sie ihr einen kürzeren
archive-link = { $name } im Archiv ist eine Verknüpfung und wurde weggelassen; legen Sie die Datei selbst in das Archiv
archive-table = { $name } ist eine Tabelle, und dieses Archiv liegt bei den Bildern; sie wurde weggelassen: legen Sie sie in den Ordner ihrer Art, etwa inbox/products
untaken-root = Dateien direkt im Eingang werden nicht übernommen: { $files }; verschieben Sie sie in den Ordner, der sagt, wovon sie handeln: { $folders }
untaken-folder = Dateien im Ordner „{ $folder }“ werden nicht übernommen, da er kein Ordner des Eingangs ist: { $files }; verschieben Sie sie oder den ganzen Ordner in einen von { $folders }
untaken-link = Verknüpfungen wird nicht gefolgt: { $files }; kopieren Sie die Datei oder den Ordner selbst in den Eingang
untaken-name-text = Dateien, deren Name kein UTF-8-Text ist, können nicht übernommen werden: { $files }; benennen Sie die Dateien oder ihre Ordner um
untaken-name-long = Dateien, deren Name länger als { $limit } Bytes ist, können nicht übernommen werden: { $files }; geben Sie ihnen kürzere Namen
untaken-photo-name = Produkte finden ein Bild an seinem Namen, und Bilder dieser Namen liegen in mehreren Ordnern; diese wurden nicht übernommen: { $files }; diese gelten: { $taken }; geben Sie jedem Bild einen eigenen Namen, etwa einen, der mit der SKU beginnt
taken-before = das sind dieselben Bytes mit derselben Zeit wie { $file }, die schon übernommen wurden; nichts wurde ein zweites Mal übernommen; speichern Sie die Datei neu, wenn sie noch einmal gelten soll
file-no-header-row = laut Zuordnung steht die Kopfzeile in Zeile { $row }, wo die Datei nichts hat; berichtigen Sie `header_row`, oder lassen Sie es weg
file-damaged = die Arbeitsmappe ist beschädigt: { $problem }; öffnen Sie sie in einer Tabellenkalkulation, speichern Sie sie als neue Datei, und legen Sie diese ab
workbook-crashed = ihr Inhalt entspricht nicht dem, was sie über sich sagt
file-oversized = die Arbeitsmappe ist zu groß: { $problem }; speichern Sie das Blatt als CSV, und legen Sie es ab
workbook-large = sie hat mehr als { $limit }
workbook-spans = sie umfasst mehr als { $limit } Zellen
workbook-parts = sie hat mehr als { $limit } Teile
workbook-texts = sie hat mehr als { $limit } verschiedene Texte
workbook-unpacks = entpackt hat sie mehr als { $limit }, oder ihre Texte oder Formate mehr als { $other }
workbook-cell = eine Zelle hat mehr als { $limit }
workbook-formulas = sie hat mehr als { $limit } Formeln ohne Wert
workbook-rows = sie hat mehr als { $rows } Zeilen oder { $cells } Zellen
file-no-sheet = die Arbeitsmappe hat kein Blatt „{ $wanted }“, nach dem die Zuordnung fragt; sie hat { $sheets }; berichtigen Sie `sheet` in der Zuordnung oder den Namen des Blatts
file-no-visible-sheet = die Arbeitsmappe hat kein sichtbares Blatt; sie hat { $sheets }; blenden Sie eines ein, oder geben Sie seinen Namen als `sheet` in einer Zuordnung an
foreign-locked = eine Arbeitsmappe mit Kennwort
foreign-document = ein Dokument eines Büroprogramms, aber keine Arbeitsmappe
advice-password = öffnen Sie sie, entfernen Sie das Kennwort, speichern Sie sie, und legen Sie sie noch einmal ab
advice-workbook = speichern Sie seine Tabelle als XLSX, ODS oder CSV, und legen Sie diese ab
file-importer = das Plugin { $plugin } { $version } konnte die Datei nicht weiter lesen, nach { $elements } Datensätzen, der letzte davon Nummer { $row }: { $reason }
file-importer-begin = das Plugin { $plugin } { $version } konnte die Datei nicht lesen: { $reason }
file-no-importer = die Zuordnung { $mapping } lässt die Datei vom Plugin { $plugin } lesen, und das läuft nicht; schalten Sie es mit `rikaste plugin enable { $plugin }` ein, oder ändern Sie in der Zuordnung `importer`
file-enable-importer = solche Dateien liest das Plugin { $plugin }, das mit dem Programm kommt und nicht eingeschaltet ist: `rikaste plugin enable { $plugin }`; ein laufender Shop übernimmt die Datei dann von selbst
file-two-importers = zwei Plugins lesen solche Dateien, { $first } und { $second }; nennen Sie in einer Zuordnung eines davon als `importer`

column-blank = die Überschrift von Spalte { $number } ist leer; aus ihr wurde nichts gelesen
column-repeated = Spalte { $number } sagt dasselbe wie „{ $first }“ davor; nur die erste wurde gelesen
encoding-guessed = die Datei ist nicht UTF-8; sie wurde als { $encoding } gelesen, worin hier „{ $text }“ steht; wenn das falsch ist, geben Sie `encoding` in einer Zuordnung an
cell-encoding = diese Zelle ist nicht UTF-8 wie das, was in der Datei davor steht; sie wurde als Windows-1252 gelesen, worin „{ $text }“ steht; wenn das falsch ist, speichern Sie die Datei als UTF-8, und legen Sie sie noch einmal ab
rows-above-header = die Kopfzeile ist Zeile { $row }; was darüber in { $rows } steht, wurde ausgelassen („{ $texts }“); wenn eine andere Zeile die Kopfzeile ist, geben Sie `header_row` in einer Zuordnung an
header-repeated = hier steht die Kopfzeile noch einmal, wie wo zwei Dateien zusammengefügt wurden; die Zeile wurde ausgelassen
row-total = „{ $word }“ macht dies zu einer Summenzeile; sie wurde ausgelassen
names-too-many = die Datei hat mehr als { $limit } verschiedene Namen; aus den weiteren, die in diesem Shop nichts bedeuten, wurde nichts gelesen, etwa „{ $name }“; ein Muster in einer Zuordnung lässt Namen aus, etwa "attributes.*" = "ignore"
column-again = die Überschrift „{ $name }“ steht noch einmal über Spalte { $number }; nur die erste wurde gelesen; in einer Zuordnung heißt diese „{ $other }“
cell-error = Zelle { $cell } ist der Fehler { $error }; aus ihr wurde nichts gelesen; berichtigen Sie ihre Formel
text-error = dies ist der Fehler einer Formel; daraus wurde nichts gelesen; berichtigen Sie die Formel dort, woher die Datei kommt
invisible-characters = unsichtbare Zeichen wurden entfernt
cell-false = FALSE ist kein Text; daraus wurde nichts gelesen, da Programme es in leere Felder schreiben
cell-placeholder = dies wurde als leere Zelle gelesen
cell-placeholder-kept = dies ist keine Zahl; was vorher da war, bleibt
comma-kept = Zellen dieser Spalte mit einem Komma, die als ein Name gelesen wurden: { $cells }; wenn das Komma trennt, schreiben Sie | oder setzen Sie `split = ","` in einer Zuordnung
sheets-left-out = nur das Blatt „{ $name }“ wurde gelesen; die Arbeitsmappe hat auch { $others }; um ein anderes zu lesen, geben Sie seinen Namen als `sheet` in einer Zuordnung an
sheets-hidden = ausgeblendete Blätter wurden nicht gelesen: { $others }; um eines zu lesen, blenden Sie es ein, oder geben Sie seinen Namen als `sheet` in einer Zuordnung an
rows-hidden = ausgeblendete Zeilen des Blatts wurden wie die anderen gelesen: { $count }; löschen Sie sie, wenn sie nicht gemeint sind
formula-without-value = Formeln, deren Werte nicht gespeichert sind: { $count }; aus diesen Zellen wurde nichts gelesen; öffnen Sie die Arbeitsmappe in einer Tabellenkalkulation, speichern Sie sie, und legen Sie sie noch einmal ab
column-unknown = aus dieser Spalte wurde nichts gelesen: { $reason }
columns-unknown-more = aus weiteren { $count } Spalten wurde nichts gelesen, darunter { $names }; `rikaste import --explain` zeigt alle
column-proposed = aus dieser Spalte wurde nichts gelesen: { $reason }; sie ist in { $filled } von { $rows } Zeilen gefüllt, zum Beispiel mit „{ $example }“, und scheint vom Typ { $type } zu sein; `rikaste attribute add { $code }` nimmt sie auf
header-unknown = in diesem Shop heißt nichts „{ $name }“{ $hint }
header-suffix = „{ $suffix }“ ist weder eine Sprachversion dieses Shops ({ $locales }) noch ein Kanal ({ $channels }){ $hint }
header-not-localizable = „{ $attribute }“ ist in allen Sprachen gleich; nennen Sie die Spalte „{ $attribute }“ oder geben Sie dem Attribut `localizable` in model.toml
header-not-scopable = „{ $attribute }“ ist in allen Kanälen gleich; nennen Sie die Spalte „{ $attribute }“ oder geben Sie dem Attribut `scopable` in model.toml
header-price-list = „{ $suffix }“ ist weder eine Preisliste dieses Shops noch die Währung einer solchen; es gibt { $lists }{ $hint }
header-location = es gibt keinen Lagerort „{ $suffix }“; es gibt { $locations }{ $hint }
header-which-location = der Shop hat mehrere Lagerorte ({ $locations }); nennen Sie die Spalte zum Beispiel „stock-{ $first }“, geben Sie es in einer Zuordnung an, oder nennen Sie oben in shop.toml einen für alle Dateien: stock_location = "{ $first }"
header-no-locations = der Shop hat keine Lagerorte; legen Sie einen in shop.toml an, zum Beispiel [locations.store]
header-net-price = das ist ein Preis ohne Steuer, und die Preise hier sind mit Steuer; sind die Preise dieses Shops ohne Steuer, sagt das eine Zuordnung: { $column } = "price"; neben dem Preis nimmt ihn `rikaste attribute add price_without_tax` auf
header-channel = es gibt keinen Kanal „{ $channel }“ (channels/{ $channel }.toml); gilt die Spalte für alle Kanäle, sagt eine Zuordnung: { $column } = "{ $target }"
columns-by-synonym = gelesen nach dem, wie sie anderswo heißen: { $columns }; eine Zuordnung oder eine Überschrift in den Worten des Shops sagt etwas anderes
header-taken = „{ $name }“ kann „{ $place }“ bedeuten, was schon die Spalte „{ $by }“ sagt; ist es etwas anderes, geben Sie es in einer Zuordnung an
header-rivals = „{ $name }“ kann „{ $place }“ bedeuten, „{ $other }“ aber auch; nennen Sie die gemeinte „{ $place }“, die in einer Sprache „{ $place }-fi“, oder geben Sie es in einer Zuordnung an
header-overruled = die Zuordnung { $mapping } liest „{ $place }“ aus der Spalte „{ $by }“; diese hier wurde ausgelassen
header-shared-label = „{ $name }“ ist die Bezeichnung von „{ $first }“ und von „{ $second }“; nennen Sie die Spalte nach dem gemeinten, oder geben Sie es in einer Zuordnung an
header-contested = { $column } ist in diesem Shop die Bezeichnung von „{ $attribute }“ und kann auch „{ $place }“ bedeuten; geben Sie in einer Zuordnung an, was gilt: { $column } = "{ $place }" oder { $column } = "{ $attribute }"
header-quantity = „{ $attribute }“ wird in { $own } gemessen, und { $unit } lässt sich nicht umrechnen; berichtigen Sie die Überschrift, oder geben Sie in einer Zuordnung an, was die Zahlen sind: { $column } = {"{"} to = "{ $attribute }", unit = "{ $own }" {"}"}
header-unitless = „{ $attribute }“ hat keine Einheit, und diese Spalte ist in { $unit }; sind die Zahlen so gemeint, geben Sie es in einer Zuordnung an: { $column } = "{ $attribute }"
stock-location = die Mengen dieser Spalte gingen an den Lagerort „{ $location }“, den shop.toml unter stock_location nennt
locale-foreign = Zeilen mit „{ $text }“ werden weggelassen: Das ist keine Sprachversion dieses Shops; geben Sie in einer Zuordnung an, welche es ist: [locale] values = {"{"} "{ $text }" = "…" {"}"} (einmal gemeldet)
rows-left-out = Zeilen, die die Vorgabe nach dem weglässt, was in dieser Spalte steht: { $rows } ({ $texts })

row-too-long = die Zeile hat { $cells } Zellen und die Kopfzeile { $width }; die Zeile wurde nicht übernommen; setzen Sie einen Text, der das Trennzeichen enthält, in Anführungszeichen
row-too-short = die Zeile endet vor { $names }{ $more } und sagt dazu nichts; schreiben Sie auch die Trennzeichen leerer Zellen
row-ends-early = die Zeile endet vor { $names }{ $more }, und sie zeigt nicht, welche Zellen fehlen; die Zeile wurde nicht übernommen; schreiben Sie auch die Trennzeichen leerer Zellen
row-cells = die Zeile hat { $cells } Zellen und die anderen haben { $usual }{ $line }, und sie zeigt nicht, welche fehlt oder zu viel ist; die Zeile wurde nicht übernommen; schreiben Sie auch die Trennzeichen leerer Zellen, und setzen Sie einen Text, der ein Trennzeichen enthält, in Anführungszeichen
row-moved = Spalte { $column } hat in den anderen Zeilen Zahlen und hier „{ $text }“, während eine Zahl in einer Textspalte steht{ $line }: Die Zellen der Zeile sind verschoben; die Zeile wurde nicht übernommen; berichtigen Sie sie
row-quotes = die Anführungszeichen dieser Zeile passen nicht zusammen{ $line }, und sie lässt sich auf mehr als eine Weise lesen; die Zeile wurde nicht übernommen; schreiben Sie jedes Anführungszeichen in einem Text doppelt und eines an jedes Ende
row-quotes-above = ein Anführungszeichen dieser Zeile schließt einen Text, der nicht begonnen wurde; der Zeile darüber fehlt vielleicht das Ende eines Textes: prüfen Sie beide
row-quotes-repaired = die Anführungszeichen dieser Zeile folgen den Regeln nicht; nur eine Lesart passt zu den anderen Zeilen, in der hier „{ $text }“ steht; schreiben Sie jedes Anführungszeichen in einem Text doppelt
row-quote-alone = ein Anführungszeichen steht hier allein; es wurde als Zeichen von „{ $text }“ gelesen
row-line = {" "}(Textzeile { $line } der Datei)
row-repeated = in Zeile { $first } dieser Datei steht schon { $what }; diese Zeile wurde nicht übernommen; behalten Sie eine der beiden
row-conflict = in Zeile { $first } dieser Datei steht für dieses Produkt ein anderer Wert ({ $subject }); diese Zeile wurde nicht übernommen; gleichen Sie die beiden an
row-joined = Zeile { $first } betrifft ebenfalls diese SKU; die Angaben wurden zusammengeführt
values-emptied = leere Zellen dieser Spalte haben frühere Werte entfernt: { $values } (der erste ist genannt); lassen Sie die Spalte weg, um die Werte zu behalten
group-differs = eine andere Zeile dieses Produkts sagt hier etwas anderes; die erste wurde übernommen
said-sku = dieselbe SKU
said-review = dieselbe Bewertung
said-stock = dieselbe SKU mit demselben Lagerort
said-price = dieselbe SKU mit derselben Preisliste und Zeit
said-edit = dieselbe SKU mit demselben Attribut, derselben Sprache, demselben Kanal und derselben Zeit
sku-missing = in der Zeile fehlt die Artikelnummer (SKU)
edit-no-value = der Wert der Änderung konnte nicht gelesen werden; die Zeile wurde nicht übernommen
edit-no-attribute = die Zeile nennt kein Attribut
edit-elsewhere = das ist kein Attribut; Preise, Bestände und Bewertungen kommen in Dateien ihrer eigenen Ordner, Verknüpfungen in Produktdateien
edit-two-places = beim Attribut steht etwas anderes; geben Sie es nur an einer der beiden Stellen an
edits-set = Werte, die diese Datei von Hand gesetzt hat: { $edits }
edits-empty = leere Zellen, die hier nichts besagen: { $cells }; um eine Änderung zurückzunehmen, legen Sie eine Datei mit den Spalten „sku“, „attribute“ und „value“ ab und lassen Sie den Wert leer
stock-missing = in der Zeile fehlt der Lagerbestand
stock-no-location = die Zeile nennt keinen Lagerort
stock-no-quantity = in der Zeile fehlt die Menge; schreiben Sie 0, wenn nichts mehr da ist
price-missing = in der Zeile fehlt der Preis
rating-missing = der Bewertung fehlen die Sterne; schreiben Sie eine Zahl von 1 bis 5
window-empty = die Gültigkeit endet, bevor sie beginnt: { $from } – { $until }
json-object = das ist kein Objekt; schreiben Sie jedes Produkt als {"{"} … {"}"}
json-depth = der Eintrag ist tiefer als { $limit } Ebenen verschachtelt; er wurde nicht übernommen
json-syntax = das ist kein JSON: { $reason }
xml-attribute = ein Attribut von <{ $name }> ist nicht als name="wert" geschrieben
xml-entity = nichts sagt, wofür &{ $name }; steht; schreiben Sie das Zeichen selbst
xml-reference = { $reason }; schreiben Sie das Zeichen selbst
xml-width = ein Element hat mehr als { $limit } verschiedene Kindelemente; es wurde nicht übernommen
bmecat-delete = der Katalog nimmt { $sku } aus dem Sortiment, was eine Zeile nicht tut; das Produkt blieb, wie es ist
product-unknown = es gibt kein Produkt { $sku }; importieren Sie das Produkt: Diese Datei wird dann von selbst noch einmal übernommen, solange sie im Eingang liegt
row-says-nothing = das Produkt { $sku } gibt es nicht, und die Zeile enthält nichts, woraus es entstünde, etwa einen Namen; die Zeile wurde nicht übernommen

boolean-unreadable = das ist weder ja noch nein; schreiben Sie 1 oder 0, ja oder nein
date-unreadable = das ist kein Datum; schreiben Sie es als 31.12.2026 oder 2026-12-31
date-format = das ist kein Datum, wie es die Zuordnung vorsieht: { $format }
date-ambiguous = das kann Tag/Monat oder Monat/Tag sein; schreiben Sie es als 31.12.2026 oder 2026-12-31
number-unreadable = das ist keine Zahl; schreiben Sie zum Beispiel 1299,50
number-too-large = die Zahl ist zu groß
number-too-long = die Zahl hat mehr als { $digits } Ziffern
number-not-whole = hier wird eine ganze Zahl gebraucht, zum Beispiel 12
number-ambiguous = das kann { $thousands } oder { $fraction }0 bedeuten; schreiben Sie es eindeutig oder setzen Sie `decimal` in einer Zuordnung
measurement-unreadable = das ist keine Maßangabe; schreiben Sie eine Zahl und eine Einheit, zum Beispiel 0,4 kg
measurement-unit = die Einheit fehlt; schreiben Sie sie hinter die Zahl oder geben Sie dem Attribut eine `unit` in model.toml
money-unreadable = das ist kein Preis; schreiben Sie zum Beispiel 29,90 oder 29,90 EUR
money-negative = ein Preis kann nicht unter null liegen
currency-invalid = „{ $text }“ ist keine Währung; schreiben Sie den Code aus drei Buchstaben, zum Beispiel EUR
currency-unclear = die Währung ist nicht klar; schreiben Sie ihren Code, zum Beispiel 29,90 EUR
price-currency = die Preise der Liste { $list } sind in { $currency }
price-list-unclear = es ist nicht klar, welche Preisliste in { $currency } gemeint ist; es gibt { $lists }
price-list-unknown = es gibt keine Preisliste „{ $text }“; es gibt { $lists }{ $hint }
dates-unreadable = das sind keine zwei Daten; schreiben Sie sie als 2026-12-01/2026-12-08
price-quantity-unclear = es ist nicht klar, für wie viele Stück der Preis gilt; schreiben Sie eine Zahl, zum Beispiel 100
price-quantity-inexact = { $amount } ist der Preis von { $pieces } Stück, und einer ist mit vier Dezimalen nicht genau; schreiben Sie den Preis von einem
prices-left-out = { $problem }; die Preise der Zeile wurden ausgelassen
prices-foreign = ausgelassene Preise, weil keine Preisliste dieses Shops in { $currency } ist: { $count }; werden sie gebraucht, legen Sie unter [price_lists] in shop.toml eine Liste an
prices-by-quantity = ausgelassene Preise, die erst ab mehreren Stück gelten: { $count }
sales-of-zero = Aktionspreise von 0, die als keine gelten: { $count }
sales-open-ended = Aktionspreise ohne Ende, die gelten, bis eine Datei sie zurücknimmt: { $count }
prices-open-ended = Preise mit einem ersten Tag und ohne Ende: { $count }; ist eine Aktion gemeint, schreiben Sie ihren letzten Tag in valid_until
former-prices-alone = ausgelassene frühere oder empfohlene Preise, in deren Zeilen kein Preis daneben steht: { $count }; sind sie der Preis, sagt das eine Zuordnung: to = "price"
discount-range = ein Rabatt geht von 1 bis unter 100 Prozent; schreiben Sie einen kleineren mit dem Zeichen, zum Beispiel 0,5 %
discount-above-price = der Rabatt { $discount } ist nicht kleiner als der Preis { $price }
sale-above-price = der Aktionspreis { $sale } ist höher als der Preis { $price }, also keine Aktion
sale-without-price = die Zeile hat keinen Preis, den der Aktionspreis { $sale } senkt
rating-range = eine Bewertung geht von 1 bis 5; hat sie eine andere Skala (scale), sagt das eine Zuordnung: scale = 10
rating-scale = { $beyond } von { $count } Bewertungen sind über 5, die höchste { $most }: Die Skala (scale) ist eine andere; nichts wurde gelesen; schreiben Sie die Skala in eine Zuordnung: [columns] { $column } = {"{"} to = "rating", scale = { $scale } {"}"}
table-cell = eine Tabelle kann nicht in einer Zelle stehen
gtin-rounded = eine Tabellenkalkulation hat diese Nummer gerundet; formatieren Sie die Spalte als Text und geben Sie die GTIN noch einmal ein
gtin-length = „{ $text }“ hat { $digits } Ziffern; eine GTIN hat 8, 12, 13 oder 14
gtin-several = ein Produkt hat eine GTIN: Die erste der Zelle wurde übernommen, { $others } nicht
gtin-check-digit = die Prüfziffer von „{ $text }“ ist { $found }, müsste aber { $expected } sein
code-empty = { $what } fehlt
code-too-long = { $what } hat { $length } Zeichen; höchstens { $limit } sind erlaubt
code-character = { $what } „{ $text }“ enthält { $character }; { $allowed }
code-sku = die Artikelnummer (SKU)
code-category = der Kategoriecode
allowed-code = erlaubt sind Buchstaben, Ziffern, `_`, `-` und `.`
allowed-printable = erlaubt sind nur sichtbare Zeichen
allowed-digits = erlaubt sind nur Ziffern
option-unknown = das ist keine der Optionen von { $attribute }; { $hint }
category-unknown = es gibt keine Kategorie „{ $text }“; { $hint }
category-long = der Pfad dieser Kategorie ist zu lang
family-unknown = es gibt keine Produktfamilie „{ $text }“; { $hint }
attribute-unknown = es gibt kein Attribut „{ $text }“{ $hint }
locale-invalid = „{ $text }“ ist keine Sprachversion; schreiben Sie Sprache und Land, zum Beispiel de-DE
locale-none = { $attribute } ist in allen Sprachen gleich; lassen Sie die Zelle leer
locale-unknown = „{ $text }“ ist keine Sprachversion dieses Shops
channel-none = { $attribute } ist in allen Kanälen gleich; lassen Sie die Zelle leer
channel-unknown = es gibt keinen Kanal „{ $text }“
link-itself = das Produkt ist mit sich selbst verknüpft
link-missing = Produkte sind mit anderen verknüpft, die es im Katalog nicht gibt: { $names }; die Verknüpfungen erscheinen von selbst, sobald diese kommen
link-quantity = die Menge nach * muss von 1 bis 4294967295 gehen
kind-unknown = eine Zeile ist entweder „product“ oder „model“; sie wurde als Produkt übernommen
parent-itself = das Produkt ist sein eigenes Hauptprodukt; lassen Sie die Zelle leer oder schreiben Sie die SKU des Modells
parent-number = keine Zeile dieser Datei hat die Nummer { $id }; stellen Sie das Modell in dieselbe Datei
parent-missing = Varianten nennen Modelle, die es im Katalog nicht gibt: { $names }; bis eine Datei sie bringt, stehen ihre Varianten allein; sind die Namen falsch, berichtigen Sie sie
value-repeated = die Zeile nennt { $attribute } zweimal; die erste Angabe wurde übernommen
text-garbled = die Buchstaben sind entstellt, wahrscheinlich stand hier „{ $before }“: berichtigen Sie den Text dort, wo er herkommt, und speichern Sie ihn als UTF-8 (einmal je Spalte gemeldet)
text-tags = der Text enthält HTML-Tags, die man sehen wird, weil { $attribute } reiner Text ist; machen Sie das Attribut in model.toml zu rich-text oder entfernen Sie die Tags (einmal je Spalte gemeldet)

photo-empty = { $name } ist leer; legen Sie das Bild noch einmal ab
photo-orphan = noch kein Produkt verwendet { $name }, und der Name beginnt mit keiner SKU oder GTIN; das Bild wird aufbewahrt, bis ein solches Produkt kommt
photo-unusable = { $name } kann nicht verwendet werden: { $why }
photo-remark = { $name }: { $remark }
photo-unknown = über { $name } ist noch nichts bekannt; bleibt es dabei, entwickelt `rikaste rebuild` das Bild neu
photos-undeveloped = es läuft kein Plugin, das Bilder liest: sie werden aufbewahrt, und kein Kanal zeigt sie; `rikaste plugin enable images` nimmt eines in Betrieb
photo-small = { $name } hat { $size } Pixel, und { $channels } nimmt keine Bilder unter { $least }; geben Sie ein größeres
photo-blank = { $name } ist einfarbig, oder fast; ist es die richtige Datei?
photo-misnamed = { $name } ist eine { $is }-Datei, was immer die Endung sagt; sie wurde so gelesen
photo-twice = { $name } ist dieselbe Datei wie { $other }
photo-alike = { $name } sieht aus wie { $other }; lassen Sie eines weg, wenn beide dasselbe Produkt zeigen
photo-placeholder = { $name } heißt wie ein Platzhalter für ein Produkt ohne Bild; Kanäle lehnen Produkte ab, die ein Platzhalter zeigt
photo-sibling = { $name } zeigt { $sku } mit demselben Bild wie { $other }, obwohl sie sich in { $attribute } unterscheiden; geben Sie beiden ein eigenes, denn Kanäle lehnen das Bild einer anderen Variante ab
picture-host = von { $host } werden keine Bilder geholt: legen Sie sie unter ihren Dateinamen in inbox/images, oder lassen Sie den Betreiber des Shops den Server in { $setting } aufnehmen (einmal je Server gesagt)
pictures-wait = Bilder, die mit ihrer Adresse angegeben und noch nicht geholt sind: { $count }; ein laufender Shop holt sie jetzt, und ein eigener Beleg sagt, was kam
picture-unfetched = das Bild von { $sku } konnte nicht geholt werden: { $why }
fetch-url = „{ $url }“ kann nicht geholt werden: { $reason }
fetch-url-web = es ist keine Webadresse wie https://…
fetch-url-scheme = sie beginnt weder mit https:// noch mit http://
fetch-url-login = darin steht ein Benutzername oder Passwort, und das gehört nicht in eine Produktdatei
fetch-url-host = sie nennt keinen Server
fetch-not-allowed = von { $host } wird nichts geholt: der Betreiber des Shops kann den Server in { $setting } aufnehmen
fetch-private = von { $host }, das unter { $address } liegt ({ $kind }), wird nichts geholt: sind seine Bilder gemeint, kann der Betreiber des Shops in { $setting } `private = true` dazu angeben
fetch-forbidden = von { $host }, das unter { $address } liegt ({ $kind }), wird nichts geholt
fetch-redirected = „{ $url }“ leitet an eine andere Adresse weiter: { $reason }
fetch-redirects = „{ $url }“ leitet von einer Adresse zur nächsten, mehr als { $most } Mal
fetch-no-host = { $host } wurde nicht gefunden ({ $reason }): suchen Sie einen Schreibfehler in „{ $url }“
fetch-unreachable = { $host } war nicht zu erreichen ({ $reason }); es wird später wieder versucht
fetch-untrusted = { $host } weist sich nicht aus ({ $reason }): wer den Server betreibt, muss das Zertifikat erneuern
fetch-not-found = unter „{ $url }“ ist kein Bild ({ $status })
fetch-denied = „{ $url }“ ist nicht für alle offen ({ $status }): bitten Sie den Betreiber um Adressen ohne Anmeldung
fetch-busy = { $host } bittet um { $seconds } Sekunden Ruhe; es wird später wieder versucht
fetch-status = „{ $url }“ konnte nicht beantwortet werden ({ $status })
fetch-too-large = „{ $url }“ ist zu groß: höchstens { $most } Bytes werden geholt
fetch-too-slow = „{ $url }“ ist zu langsam: { $got } Bytes kamen in { $seconds } Sekunden; es geht später weiter
fetch-cut = „{ $url }“ brach nach { $got } Bytes ab; es geht später weiter
fetch-no-picture = „{ $url }“ ist kein Bild, sondern { $type }: vielleicht eine Seite, die eines zeigt oder eine Anmeldung verlangt
fetch-empty = „{ $url }“ ist leer
fetch-answer = { $host } antwortet Unverständliches: { $reason }
fetch-disk = Geholtes kann nicht in { $file } geschrieben werden: { $reason }
address-loopback = dieser Rechner selbst
address-private = in einem privaten Netz
address-link-local = im lokalen Netz
address-metadata = wo eine Cloud ihre Geheimnisse hat
address-nobody = kein einzelner Rechner
address-reserved = reserviert
attachment-other = { $name } heißt wie { $kind } und ist es nicht; vielleicht wurde die Datei nicht ganz kopiert: legen Sie sie noch einmal ab, oder geben Sie ihr die richtige Endung
plugin-failed = das Plugin { $plugin } ist an diesem Produkt gescheitert, und seine letzten guten Werte gelten weiter: { $reason }
image-file-large = es hat mehr als { $most } MB; speichern Sie es kleiner und legen Sie es noch einmal ab
image-empty = die Datei ist leer; sie wurde vielleicht nicht ganz kopiert, legen Sie sie noch einmal ab
image-not-an-image = die Datei ist kein Bild; geben Sie eine JPEG-, PNG-, WebP-, AVIF-, GIF-, BMP- oder TIFF-Datei
image-unsupported = das Format der Datei ({ $format }) wird nicht übernommen; speichern Sie das Bild als JPEG, PNG oder WebP
image-truncated = das Bild endet zu früh; die Datei wurde vielleicht nicht ganz kopiert, legen Sie sie noch einmal ab
image-broken = das Bild ist beschädigt ({ $problem }); speichern Sie es neu und legen Sie es noch einmal ab
image-too-large = das Bild hat { $size } Pixel; höchstens 64 Megapixel und { $side } Pixel je Seite werden übernommen. Verkleinern Sie es und legen Sie es noch einmal ab
image-too-many-bytes = die Datei hat { $size } MB; höchstens { $most } MB werden übernommen. Speichern Sie sie mit weniger Details und legen Sie sie noch einmal ab
image-memory = das Bild bräuchte { $needed } MB Speicher, und { $most } MB sind da; verkleinern Sie es, oder speichern Sie es mit 8 Bit je Farbe und nicht progressiv
image-frames = das Bild hat mehr als { $most } Einzelbilder; geben Sie eines davon als eigenes Bild
image-scans = das Bild besteht aus { $scans } Durchgängen, deren Zusammensetzen zu lange dauern würde; speichern Sie es neu
image-parts = das Bild ist aus zu vielen Teilen zusammengesetzt; speichern Sie es neu als eines
image-rendition = ein gewünschtes Bild ist nicht möglich: { $problem }; ändern Sie die Bildfassung
image-profile = das Farbprofil des Bildes ist unbrauchbar ({ $problem }), daher wurden seine Farben für die üblichen gehalten{ $kind }. Wenn sie falsch aussehen, speichern Sie das Bild neu als sRGB
image-cmyk = das Bild hat Druckfarben (CMYK) und kein Profil, das sagt, welche, daher wurden sie geschätzt. Speichern Sie es als sRGB oder mit seinem Profil
image-hdr = das Bild ist für sehr helle Bildschirme (HDR) und wurde für alle anderen abgedunkelt. Wenn es falsch aussieht, speichern Sie es ohne HDR
image-pages = die Datei hat mehrere Seiten; nur die erste wird gezeigt
image-trailing-bytes = { $bytes } Bytes folgen in der Datei auf das Bild; sie wurden weggelassen. Wenn sie nicht von Ihrer Kamera oder Ihrem Programm sind, speichern Sie das Bild neu
image-animated = das Bild hat { $frames } Einzelbilder; nur das erste wird gezeigt
image-text = das Bild scheint nur Text zu zeigen, was Kanäle ablehnen; geben Sie ein Bild des Produkts
image-plugin-failed = das Plugin { $plugin } { $version } ist daran gescheitert: { $reason }
plugin-value-refused = das Plugin { $plugin } { $version } schlägt einen Wert für { $attribute } vor, der weggelassen wurde: { $reason }
plugin-values-many = das Plugin { $plugin } { $version } schlägt { $count } Werte vor; die nach den ersten { $most } wurden weggelassen
value-undeclared = sein Manifest nennt { $attribute } nicht in `writes`
value-other-type = laut seinem Manifest ist es { $declared }, und dies ist { $found }
value-locale-unknown = der Shop hat keine Sprachfassung { $locale }
value-not-localizable = er hat eine Sprachfassung, und laut Manifest hat er keine
value-channel-unknown = der Shop hat keinen Kanal { $channel }
value-not-scopable = er hat einen Kanal, und laut Manifest hat er keinen
value-window-empty = seine Gültigkeit endet, bevor sie beginnt
value-twice = es gibt einen anderen Wert für dieselbe Sprachfassung, denselben Kanal und dieselbe Zeit
failure-steps = es brauchte mehr als { $million } Millionen Schritte; gibt es eine Schleife ohne Ende?{ $place }
failure-stack = sein Stapel lief über; gibt es eine Rekursion ohne Ende?{ $place }
failure-bounds = es griff außerhalb seines Speichers zu; gibt es eine Rekursion ohne Ende?{ $place }
failure-panic = es brach mit einem Fehler ab: { $said }
failure-silent = es brach ab, ohne zu sagen, warum{ $place }
failure-output = es übergab mehr als { $most } MiB auf einmal{ $place }
failure-handles = es hat mehr als { $most } Handles offen; schließt es, was es öffnet?{ $place }
failure-contract = was es übergibt, entspricht nicht dem Vertrag; wurde es mit anderen Bindungen gebaut? { $problem }
failure-memory = es braucht mehr als { $most } MiB Speicher
failure-time-photo = es brauchte länger als { $seconds } Sekunden; die Maschine war vielleicht ausgelastet
failure-time = es brauchte länger als { $seconds } Sekunden
failure-start = es kann nicht gestartet werden: { $reason }
failure-answers = es bekam { $given } Produkte und antwortete zu { $answered }
failure-busy = zu viele Plugins laufen gleichzeitig

place-row = Zeile { $row }
receipt-title = { $file } – Eingangsbeleg
receipt-messages = Bitte prüfen
receipt-row = Zeile
receipt-column = Spalte
receipt-value = Wert
receipt-message = Was geschehen ist und was zu tun ist
receipt-nothing = leer
receipt-more =
    { $count ->
        [one] Es gibt 1 weitere Meldung, die hier nicht gezeigt wird.
       *[other] Es gibt { $count } weitere Meldungen, die hier nicht gezeigt werden.
    }
receipt-more-in = … und { $count } weitere, siehe { $page }
rejects-title =
    { $count ->
        [one] Abgelehnte Zeile berichtigen
       *[other] Abgelehnte Zeilen berichtigen
    }
rejects-link =
    { $count ->
        [one] Zeile herunterladen (CSV)
       *[other] { $count } Zeilen herunterladen (CSV)
    }
rejects-advice = Öffnen Sie die Datei in einer Tabellenkalkulation, berichtigen Sie die Zeilen und speichern Sie sie unter demselben Namen als CSV (in Excel „CSV UTF-8“). Legen Sie sie dann im Ordner { $folder } ab. Die ersten beiden Spalten sagen, was falsch war; sie dürfen bleiben.
receipt-file = Die Datei
receipt-taken = Eingegangen
receipt-taken-at = { $at } ({ $zone }), Dauer { $time }
receipt-release = Stand
receipt-none = keiner
receipt-read-as = Gelesen als
receipt-size = Größe
receipt-columns = Spalten
receipt-hash = BLAKE3
severity-error = Fehler
severity-warning = Warnung
severity-info = Hinweis

summary-unreadable = Die Datei konnte nicht gelesen werden; nichts davon wurde übernommen.
summary-skipped = Keine Zeile der Datei ist für diesen Shop; nichts davon wurde übernommen.
summary-untaken = Nichts wurde übernommen: von diesem Ort oder unter diesem Namen werden keine Dateien gelesen.
summary-no-row =
    { $all ->
        [one] Von der Datei wurde nichts übernommen: Ihre einzige Zeile war nicht zu gebrauchen.
       *[other] Von der Datei wurde nichts übernommen: Keine von { $all } Zeilen war zu gebrauchen.
    }
summary-no-photo =
    { $all ->
        [one] Nichts wurde übernommen: Das einzige Bild war nicht zu gebrauchen.
       *[other] Nichts wurde übernommen: Keines von { $all } Bildern war zu gebrauchen.
    }
summary-too-many = Von der Datei wurde nichts übernommen: { $bad } von { $rows } Zeilen sind fehlerhaft, und höchstens { $limit } dürfen es sein.
summary-nothing-said = Die Datei hat keinen Inhalt; nichts hat sich geändert.
summary-unchanged = Nichts hat sich geändert: Alles aus der Datei war schon bekannt{ $refused }.
summary-all-rows =
    { $count ->
        [one] Die einzige Zeile ist { $place }.
       *[other] Alle { $count } Zeilen sind { $place }.
    }
summary-all-photos =
    { $count ->
        [one] Das einzige Bild ist { $place }.
       *[other] Alle { $count } Bilder sind { $place }.
    }
summary-some-rows =
    { $accepted ->
        [one] 1 von { $all } Zeilen ist { $place }{ $refused }.
       *[other] { $accepted } von { $all } Zeilen sind { $place }{ $refused }.
    }
summary-some-photos =
    { $accepted ->
        [one] 1 von { $all } Bildern ist { $place }{ $refused }.
       *[other] { $accepted } von { $all } Bildern sind { $place }{ $refused }.
    }
in-release = in Stand { $number }
in-catalogue = im Katalog
refused-rows =
    { $count ->
        [one] ; 1 Zeile wurde abgelehnt
       *[other] ; { $count } Zeilen wurden abgelehnt
    }
refused-photos =
    { $count ->
        [one] ; 1 Bild wurde abgelehnt
       *[other] ; { $count } Bilder wurden abgelehnt
    }

count-new =
    { $count ->
        [one] neu
       *[other] neu
    }
count-changed =
    { $count ->
        [one] geändert
       *[other] geändert
    }
count-unchanged =
    { $count ->
        [one] wie zuvor
       *[other] wie zuvor
    }
count-refused =
    { $count ->
        [one] abgelehnt
       *[other] abgelehnt
    }
count-warnings =
    { $count ->
        [one] Warnung
       *[other] Warnungen
    }
count-left-out =
    { $count ->
        [one] Wert weggelassen
       *[other] Werte weggelassen
    }
count-touched =
    { $count ->
        [one] Produkt aktualisiert
       *[other] Produkte aktualisiert
    }
count-enriched =
    { $count ->
        [one] angereichert
       *[other] angereichert
    }
count-documents =
    { $count ->
        [one] Produktdatensatz in den Kanälen geändert
       *[other] Produktdatensätze in den Kanälen geändert
    }
size-bytes =
    { $count ->
        [one] 1 Byte
       *[other] { $count } Bytes
    }
time-seconds = { $number } Sekunden

## Drops

taken-read-anew = von selbst noch einmal übernommen: Die Attribute, die Zuordnung oder das Programm, womit die Datei gelesen wird, sind nicht mehr dieselben; was spätere Dateien sagten, bleibt
taken-products-came = von selbst noch einmal übernommen: Es gibt jetzt Produkte, die sie nannte und die es nicht gab
taken-approved = übernommen, obwohl viele Produkte wegfallen: Es wurde bestätigt
range-question =
    { $of ->
        [one] diese Datei ist das ganze Sortiment der Quelle { $source }, und deren einziges Produkt steht nicht darin ({ $names }): Es fiele aus allen Kanälen weg. Ist das richtig? Dann geben Sie ein: rikaste drop approve { $file }. Wenn nicht, legen Sie die ganze Datei noch einmal ab: Sie tritt an die Stelle dieser Datei
       *[other] diese Datei ist das ganze Sortiment der Quelle { $source }, und { $gone } von { $of } Produkten stehen nicht darin ({ $names }): Sie fielen aus allen Kanälen weg. Ist das richtig? Dann geben Sie ein: rikaste drop approve { $file }. Wenn nicht, legen Sie die ganze Datei noch einmal ab: Sie tritt an die Stelle dieser Datei
    }
range-unclear =
    { $rows ->
        [one] { $gone } des Sortiments stehen nicht in der Datei; weggenommen wurde nichts, weil die abgelehnte Zeile eines davon betreffen kann; berichtigen Sie die Zeile und legen Sie die Datei noch einmal ab
       *[other] { $gone } des Sortiments stehen nicht in der Datei; weggenommen wurde nichts, weil { $rows } abgelehnte Zeilen sie betreffen können; berichtigen Sie die Zeilen und legen Sie die Datei noch einmal ab
    }
range-cut = die letzte Zeile bricht ab, und kein Zeilenumbruch folgt: Die Datei wurde vermutlich abgeschnitten. { $gone } Produkte des Sortiments stehen nicht darin; weggenommen wurde nichts; exportieren Sie die Datei neu und legen Sie sie noch einmal ab
prices-above-ordinary = befristete Preise, die höher sind als der gewöhnliche Preis und darum nicht als Aktion gezeigt werden: { $count }: { $prices }
prices-became-zero = Produkte, die vorher etwas gekostet haben und jetzt 0 kosten: { $count }: { $prices }; ist das nicht gemeint, lassen Sie den Preis leer oder schreiben Sie ihn
model-price-ignored = Preise von Modellen, denen keine Variante folgt, weil alle eigene Preise haben (in Klammern die Zeile): { $count }: { $models }; sollen Varianten dem Modell folgen, nehmen Sie deren eigene Preise weg
prices-of-others-replaced = Preise aus anderen Preisdateien, die diese Datei ersetzt: { $count }: { $prices }; soll einer über dieser Datei gelten, legen Sie ihn noch einmal mit einem ersten Tag in valid_from ab
prices-withdrawn = Preise, die eine frühere Fassung dieser Datei nannte und diese nicht; sie wurden zurückgenommen: { $count }: { $prices }
prices-not-withdrawn = Preise, die eine frühere Fassung dieser Datei nannte und diese nicht und die bleiben: { $count }: { $prices }; weg nimmt einen seine SKU mit leerem Preis und denselben Tagen
prices-withdrawal-unclear = Preise, die eine frühere Fassung dieser Datei nannte und diese nicht: { $count }: { $prices }; sie bleiben, weil abgelehnte Zeilen sie betreffen können; berichtigen Sie die Zeilen und legen Sie die ganze Datei noch einmal ab
values-withdrawn = Werte und Verknüpfungen, die eine frühere Fassung dieser Datei nannte und diese nicht erwähnt, jetzt zurückgenommen: { $count } (Produkte: { $products }): { $examples }
values-withdrawal-unclear = Produkte, von denen eine frühere Fassung dieser Datei mehr sagt als diese: { $count }: { $skus }; das gilt weiter, weil Zellen ihrer Zeilen nicht gelesen werden konnten; berichtigen Sie sie und legen Sie die ganze Datei noch einmal ab
states-not-withdrawn = Produkte, die eine frühere Fassung dieser Datei aus dem Verkauf nahm und über deren Status diese nichts sagt: { $count }: { $skus }; sie bleiben draußen; schreiben Sie active in die Spalte status, um sie zurückzuholen
rows-not-named = Zeilen der vorigen Fassung dieser Datei über Produkte, die diese nicht nennt: { $count } von { $before }; diese Produkte bleiben, wie sie sind. Sollen sie weg, sagen Sie, dass die Datei das ganze Sortiment ist: full = true in einer Datei in mappings/
withdrawal-question = eine frühere Fassung dieser Datei nannte Werte, die diese nicht erwähnt ({ $attributes }; Werte: { $values }, Produkte: { $products }): sie würden zurückgenommen, zum Beispiel { $examples }. Sagt diese Datei alles, was zu sagen ist? Wenn ja, führen Sie aus: rikaste drop approve { $file }. Wenn sie die frühere nur ergänzt, legen Sie sie unter einem anderen Namen ab
taken-with-withdrawal = übernommen, obwohl viele Werte wegfallen: es wurde gebilligt
product-gone = es steht nicht in der Datei, die das ganze Sortiment der Quelle { $source } ist: Keine Quelle sagt mehr etwas darüber, und kein Kanal zeigt es
product-left-source = es steht nicht in der Datei; was die Quelle { $source } darüber sagte, wurde deshalb zurückgenommen; andere Quellen gelten weiter
overruled-by-source =
    { $count ->
        [one] bei 1 Wert gewinnt die Quelle { $source } (Priorität { $theirs } vor { $own }): { $skus }; soll diese Datei gewinnen, schreiben Sie in shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
       *[other] bei { $count } Werten gewinnt die Quelle { $source } (Priorität { $theirs } vor { $own }): { $skus }; soll diese Datei gewinnen, schreiben Sie in shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
    }
overruled-by-edit =
    { $count ->
        [one] 1 Wert ist von Hand gesetzt, und das gilt: { $skus }
       *[other] { $count } Werte sind von Hand gesetzt, und das gilt: { $skus }
    }
summary-held = Von der Datei wurde noch nichts übernommen: { $gone } von { $of } Produkten fielen weg. Ist das richtig?
summary-held-values = Von der Datei wurde noch nichts übernommen: Werte, die sie nicht mehr erwähnt, würden wegfallen ({ $attributes }; Werte: { $values }, Produkte: { $products }). Ist das richtig?
count-gone =
    { $count ->
        [one] Produkt weggefallen
       *[other] Produkte weggefallen
    }

sales-publication = ob ein Produkt verkauft wird
sales-availability = ab wann oder bis wann ein Produkt verkauft wird
sales-second-price = einen Preis
sales-price-impact = um wie viel eine Variante mehr oder weniger kostet als ihr Modell
sales-price-dates = wann ein Preis gilt
sales-discount = wie viel von einem Preis abgezogen wird
sales-price-quantity = für wie viele Stück ein Preis gilt
sales-currency = die Währung eines Preises
sales-tax-basis = ob ein Preis die Steuer enthält
sales-minimum-quantity = wie viele Stück mindestens gekauft werden
sales-advice-status = Schreiben Sie in eine Zuordnung, was ihre Wörter bedeuten: "{ $column }" = {"{"} to = "status", values = {"{"} "…" = "active", "…" = "draft", "…" = "archived" {"}"} {"}"}.
sales-advice-availability = Schreiben Sie in eine Zuordnung: "{ $column }" = "status_from", oder "status_until" für den letzten Tag; date = "%d%m%y" sagt, wie die Tage geschrieben sind.
sales-advice-price = Schreiben Sie in eine Zuordnung: "{ $column }" = "sale_price", oder "compare_at_price", oder "price", wo sie der Preis selbst ist; gehört er in eine eigene Preisliste, nennen Sie die Spalte „price-“ und die Liste.
sales-advice-impact = Ob Steuer darin ist, sagt die Datei nicht, also wird nichts addiert: Schreiben Sie den Preis jeder Variante in eine Spalte „price“, oder legen Sie diese Preise in inbox/prices ab.
sales-advice-dates = In einer Datei mit Preisen oder Bearbeitungen nennen Sie solche Spalten „valid_from“ und „valid_until“, in einer Datei mit Produkten „sale_from“ und „sale_until“; oder schreiben Sie in eine Zuordnung: "{ $column }" = "sale_from", "sale_until" oder, wenn beide Tage in einer Zelle stehen, "sale_dates".
sales-advice-quantity = Nennen Sie die Spalte „price_quantity“, oder schreiben Sie das in eine Zuordnung.
sales-advice-currency = Nennen Sie die Spalte „currency“, oder schreiben Sie die Währung in den Namen der Preisspalte, wie in „price-SEK“.
sales-advice-discount = Schreiben Sie in eine Zuordnung: "{ $column }" = "discount_percent", oder "discount_amount".
sales-advice-minimum = Nennen Sie die Spalte „minimum_quantity“, oder schreiben Sie das in eine Zuordnung.
column-question = diese Spalte ist nicht zu verstehen und sagt offenbar, { $class } ({ $values }); von der Datei wurde nichts übernommen. { $advice } Um sie immer wegzulassen, schreiben Sie in eine Zuordnung unter [columns]: "{ $column }" = "ignore". Um diese Datei ohne sie zu übernehmen, geben Sie ein: rikaste drop approve { $file }
column-question-left = die Datei wurde ohne diese Spalte übernommen, die offenbar sagt: { $class } ({ $values })
taken-without-columns = ohne die erfragten Spalten übernommen: Es wurde bestätigt
summary-held-columns =
    { $count ->
        [one] Von der Datei wurde noch nichts übernommen: Eine Spalte, die über einen Verkauf entscheidet, ist nicht zu verstehen ({ $names }).
       *[other] Von der Datei wurde noch nichts übernommen: { $count } Spalten, die über einen Verkauf entscheiden, sind nicht zu verstehen ({ $names }).
    }
status-unknown = das ist kein bekannter Zustand eines Produkts; schreiben Sie active, draft oder archived
products-not-offered =
    { $count ->
        [one] ein Produkt der Datei wird in keinem Kanal angeboten, weil die Datei es so sagt ({ $names })
       *[other] { $count } Produkte der Datei werden in keinem Kanal angeboten, weil die Datei es so sagt ({ $names })
    }
undo-outdated = der Shop steht inzwischen auf Stand { $current }, nicht auf Stand { $seen } wie beim Nachsehen; bitte erneut nachsehen
undo-not-kept = Stand { $wanted } ist nicht aufbewahrt; aufbewahrt sind die Stände { $floor } bis { $newest }
undo-no-earlier = es gibt keinen früheren Stand, zu dem man zurückkehren könnte
undo-photos = Fotos werden nicht zurückgenommen; bitte ein anderes Foto unter demselben Namen ablegen
undo-done = die Datei wurde schon in Stand { $release } zurückgenommen
undo-no-release = diese Datei hat im Katalog nichts geändert, also gibt es nichts zurückzunehmen
undo-too-old = Stand { $before }, der vor dieser Datei, ist nicht mehr aufbewahrt; der älteste aufbewahrte ist Stand { $floor }
undo-file-changed = { $file } kam später und sagt vielleicht dasselbe, liegt aber nicht mehr so im Eingang, wie sie gelesen wurde; bitte dorthin zurücklegen und erneut nachsehen
undo-file-archive = { $file } kam später und ist ein Archiv; ob sie dasselbe sagt, lässt sich nicht feststellen
undo-file-unreadable = { $file } kam später und ist nicht mehr lesbar; ob sie dasselbe sagt, lässt sich nicht feststellen
undo-nothing-left = von den Angaben dieser Datei ist nichts übrig: spätere Dateien sagen dasselbe oder etwas anderes
rollback-nothing = seit Stand { $to } hat sich nichts geändert
summary-undone = Die Angaben dieser Datei wurden in Stand { $release } zurückgenommen. Zum Übernehmen die Datei neu speichern.
summary-refused = Die Datei wurde abgelehnt, nichts wurde übernommen. Zum erneuten Einlesen die Datei neu speichern.
receipt-undo = Angaben dieser Datei zurücknehmen …
