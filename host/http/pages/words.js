// The pages' own words. A plural is `one|other`; `{n}` is a number, written as the locale writes it.

/** @typedef {[fi: string, sv: string, en: string, de: string]} Texts */
/** @typedef {keyof typeof WORDS} Word */
/** @typedef {Record<string, string | number | undefined>} Filling */
/**
 * @typedef {{
 *   (key: Word, parameters?: Filling): string,
 *   language: string,
 *   code: (code: string) => string,
 *   option: (attribute: string, option: Rikaste.Option) => string,
 *   inLanguage: (other: string) => string,
 *   date: (moment: string | number, style?: Intl.DateTimeFormatOptions) => string,
 * }} Words
 */

export const LANGUAGES = ['fi', 'sv', 'en', 'de'];

/** @satisfies {Record<string, Texts>} */
export const WORDS = {
  // Everywhere
  language: ['Kieli', 'Språk', 'Language', 'Sprache'],
  skip: ['Siirry sisältöön', 'Gå till innehållet', 'Skip to content', 'Zum Inhalt springen'],
  shop: ['Verkkokauppa', 'Webbutik', 'Web shop', 'Webshop'],
  screen: ['Hyllynäyttö', 'Hyllskärm', 'Shelf screen', 'Regalbildschirm'],
  seller: ['Myyjän laite', 'Säljarens enhet', 'Seller device', 'Verkäufergerät'],
  release: ['Julkaisu {n}', 'Utgåva {n}', 'Release {n}', 'Ausgabe {n}'],
  away: ['Palvelimeen ei saada yhteyttä. Näytetään viimeksi saadut tiedot.', 'Servern kan inte nås. De senast hämtade uppgifterna visas.', 'The server cannot be reached. Showing the last data received.', 'Der Server ist nicht erreichbar. Die zuletzt geladenen Daten werden angezeigt.'],
  goneTitle: ['Palvelimeen ei saada yhteyttä', 'Servern kan inte nås', 'The server cannot be reached', 'Der Server ist nicht erreichbar'],
  goneText: ['Yritämme uudelleen muutaman sekunnin välein. Sivu jatkaa itsestään.', 'Vi försöker igen med några sekunders mellanrum. Sidan fortsätter av sig själv.', 'Trying again every few seconds. The page will go on by itself.', 'Alle paar Sekunden ein neuer Versuch. Die Seite läuft von selbst weiter.'],
  problemTitle: ['Jokin meni vikaan', 'Något gick fel', 'Something went wrong', 'Etwas ist schiefgegangen'],
  noChannelTitle: ['Kanavaa ei ole', 'Kanalen finns inte', 'There is no such channel', 'Den Kanal gibt es nicht'],
  noChannel: ['Kanavaa ”{code}” ei ole. Kaupan kansiossa ei ole tiedostoa channels/{code}.toml.', 'Kanalen ”{code}” finns inte. Butikens mapp har ingen fil channels/{code}.toml.', 'There is no channel “{code}”. The shop’s folder has no file channels/{code}.toml.', 'Den Kanal „{code}“ gibt es nicht. Der Ordner des Shops hat keine Datei channels/{code}.toml.'],
  noChannels: ['Kaupassa ei ole yhtään kanavaa. Lisää kaupan kansioon tiedosto channels/KOODI.toml.', 'Butiken har ingen kanal. Lägg till en fil channels/KOD.toml i butikens mapp.', 'The shop has no channel. Add a file channels/CODE.toml to the shop’s folder.', 'Der Shop hat keinen Kanal. Legen Sie im Ordner des Shops eine Datei channels/CODE.toml an.'],
  chooseChannel: ['Valitse kanava', 'Välj kanal', 'Choose a channel', 'Kanal wählen'],
  chooseChannelText: ['Kanavia on useita. Kanavan voi antaa myös osoitteessa: {address}.', 'Det finns flera kanaler. Du kan också ange en i adressen: {address}.', 'There are several channels. You can name one in the address too: {address}.', 'Es gibt mehrere Kanäle. Sie können einen auch in der Adresse nennen: {address}.'],
  notOpenTitle: ['Tunnisteesi ei avaa tätä', 'Din token öppnar inte detta', 'Your token does not open this', 'Ihr Token öffnet das nicht'],
  notOpen: ['Tunniste ”{name}” ei avaa kanavaa ”{code}”, tai kanavaa ei ole. Pyydä kaupan ylläpitäjältä toinen linkki: rikaste token new NIMI --for channel:{code}.', 'Token ”{name}” öppnar inte kanalen ”{code}”, eller så finns den inte. Be den som sköter butiken om en annan länk: rikaste token new NAMN --for channel:{code}.', 'The token “{name}” does not open the channel “{code}”, or there is no such channel. Ask whoever runs the shop for another link: rikaste token new NAME --for channel:{code}.', 'Das Token „{name}“ öffnet den Kanal „{code}“ nicht, oder es gibt ihn nicht. Bitten Sie den Betreiber des Shops um einen anderen Link: rikaste token new NAME --for channel:{code}.'],
  notPublicChannel: ['Kanava ”{code}” ei ole julkinen, tai sitä ei ole. Kirjaudu sisään. Kaupan ylläpitäjä antaa linkin: rikaste token new NIMI --for channel:{code}.', 'Kanalen ”{code}” är inte offentlig, eller så finns den inte. Logga in. Den som sköter butiken ger en länk: rikaste token new NAMN --for channel:{code}.', 'The channel “{code}” is not public, or there is no such channel. Sign in. Whoever runs the shop gives you a link: rikaste token new NAME --for channel:{code}.', 'Der Kanal „{code}“ ist nicht öffentlich, oder es gibt ihn nicht. Melden Sie sich an. Wer den Shop betreibt, gibt Ihnen einen Link: rikaste token new NAME --for channel:{code}.'],
  addressTitle: ['Osoite ei kelpaa', 'Adressen är fel', 'The address is wrong', 'Die Adresse ist falsch'],
  unknownParameters: ['Osoitteessa on tuntematon kohta: {names}. Sivu tuntee nämä: {known}.', 'Adressen har en okänd del: {names}. Sidan känner till: {known}.', 'The page does not know this in its address: {names}. It knows: {known}.', 'Das kennt die Seite in der Adresse nicht: {names}. Sie kennt: {known}.'],
  badParameter: ['Osoitteen kohta {name}={value} ei kelpaa. Sallitut arvot: {allowed}.', '{name}={value} i adressen är fel. Tillåtna värden: {allowed}.', '{name}={value} in the address is wrong. Write one of these: {allowed}.', '{name}={value} in der Adresse ist falsch. Erlaubt ist: {allowed}.'],
  noneKnown: ['ei yhtään', 'inga', 'none', 'keine'],
  notPublicTitle: ['Vain kirjautuneille', 'Bara för inloggade', 'Only for those signed in', 'Nur für Angemeldete'],
  notPublic: ['Kirjaudu sisään, niin näet tämän. Kaupan ylläpitäjä antaa linkin: rikaste token new NIMI.', 'Logga in för att se detta. Den som sköter butiken ger en länk: rikaste token new NAMN.', 'Sign in to see this. Whoever runs the shop gives you a link: rikaste token new NAME.', 'Melden Sie sich an, um das zu sehen. Wer den Shop betreibt, gibt Ihnen einen Link: rikaste token new NAME.'],
  signIn: ['Kirjaudu sisään', 'Logga in', 'Sign in', 'Anmelden'],
  signOut: ['Kirjaudu ulos', 'Logga ut', 'Sign out', 'Abmelden'],
  signInText: ['Avaa linkki, jonka sait kaupan ylläpitäjältä, tai kirjoita sen tunniste tähän.', 'Öppna länken som du fick av den som sköter butiken, eller skriv dess token här.', 'Open the link that you got from whoever runs the shop, or type its token here.', 'Öffnen Sie den Link, den Sie vom Betreiber des Shops bekommen haben, oder geben Sie dessen Token hier ein.'],
  token: ['Tunniste', 'Token', 'Token', 'Token'],
  unknownToken: ['Kauppa ei tunne tätä tunnistetta. Se on ehkä peruutettu tai jäänyt kesken. Pyydä uusi linkki.', 'Butiken känner inte till denna token. Den kan vara återkallad eller avklippt. Be om en ny länk.', 'The shop does not know this token. It may be revoked or cut off. Ask for another link.', 'Der Shop kennt dieses Token nicht. Es ist vielleicht widerrufen oder abgeschnitten. Bitten Sie um einen neuen Link.'],
  signedInAs: ['Olet kirjautunut: {name}.', 'Du är inloggad: {name}.', 'You are signed in: {name}.', 'Sie sind angemeldet: {name}.'],
  shopIsOpen: ['Kirjautumista ei tarvita: kauppa on auki tällä koneella.', 'Ingen inloggning behövs: butiken är öppen på den här datorn.', 'There is no need to sign in: the shop is open on this machine.', 'Eine Anmeldung ist nicht nötig: Der Shop ist auf diesem Rechner offen.'],
  retry: ['Yritä uudelleen', 'Försök igen', 'Try again', 'Erneut versuchen'],
  loading: ['Ladataan…', 'Laddar…', 'Loading…', 'Wird geladen…'],

  // Search
  search: ['Hae tuotteita', 'Sök produkter', 'Search products', 'Produkte suchen'],
  filter: ['Rajaa', 'Filtrera', 'Filter', 'Filtern'],
  filterCount: ['Rajaa ({n})', 'Filtrera ({n})', 'Filter ({n})', 'Filtern ({n})'],
  clear: ['Poista rajaukset', 'Rensa filtren', 'Clear filters', 'Filter löschen'],
  category: ['Tuoteryhmä', 'Kategori', 'Category', 'Kategorie'],
  brand: ['Merkki', 'Märke', 'Brand', 'Marke'],
  family: ['Tuoteperhe', 'Produktfamilj', 'Product family', 'Produktfamilie'],
  onlyInStock: ['Vain varastossa olevat', 'Endast i lager', 'Only in stock', 'Nur verfügbare'],
  sort: ['Järjestys', 'Ordning', 'Sort by', 'Sortierung'],
  relevance: ['Osuvimmat', 'Mest relevanta', 'Most relevant', 'Relevanteste'],
  cheapest: ['Edullisin ensin', 'Lägst pris först', 'Lowest price first', 'Niedrigster Preis zuerst'],
  dearest: ['Kallein ensin', 'Högst pris först', 'Highest price first', 'Höchster Preis zuerst'],
  byName: ['Nimen mukaan', 'Efter namn', 'By name', 'Nach Namen'],
  newest: ['Uusimmat ensin', 'Nyast först', 'Newest first', 'Neueste zuerst'],
  found: ['{n} tuote|{n} tuotetta', '{n} produkt|{n} produkter', '{n} product|{n} products', '{n} Produkt|{n} Produkte'],
  resultsFor: ['Haku: {q}', 'Sökning: {q}', 'Search: {q}', 'Suche: {q}'],
  more: ['Näytä lisää', 'Visa fler', 'Show more', 'Mehr anzeigen'],
  nothing: ['Mitään ei löytynyt', 'Inga träffar', 'Nothing found', 'Nichts gefunden'],
  nothingText: ['Kokeile lyhyempää sanaa tai poista rajauksia.', 'Pröva ett kortare ord eller ta bort filter.', 'Try a shorter word, or remove filters.', 'Versuchen Sie ein kürzeres Wort oder entfernen Sie Filter.'],
  noProducts: ['Tässä kanavassa ei ole vielä tuotteita', 'Den här kanalen har inga produkter än', 'This channel has no products yet', 'Dieser Kanal hat noch keine Produkte'],
  noProductsText: ['Pudota tuotetiedosto kansioon inbox/products, niin tuotteet ilmestyvät tähän.', 'Släpp en produktfil i mappen inbox/products så visas produkterna här.', 'Drop a product file into inbox/products and the products appear here.', 'Legen Sie eine Produktdatei in inbox/products ab, dann erscheinen die Produkte hier.'],

  // Product
  allProducts: ['Kaikki tuotteet', 'Alla produkter', 'All products', 'Alle Produkte'],
  notHere: ['Tuotetta ei ole tässä kanavassa', 'Produkten finns inte i den här kanalen', 'This product is not in this channel', 'Dieses Produkt gibt es in diesem Kanal nicht'],
  from: ['alkaen {price}', 'från {price}', 'from {price}', 'ab {price}'],
  regular: ['Norm. {price}', 'Ord. {price}', 'Regular {price}', 'Regulär {price}'],
  lowest30: ['Alin hinta 30 pv ennen alennusta {price}', 'Lägsta pris 30 dagar före sänkningen {price}', 'Lowest price in the 30 days before {price}', 'Niedrigster Preis der letzten 30 Tage {price}'],
  until: ['{date} asti', 'till och med {date}', 'until {date}', 'bis {date}'],
  noPrice: ['Hintaa ei ole annettu', 'Inget pris angivet', 'No price given', 'Kein Preis angegeben'],
  askPrice: ['Kysy hintaa henkilökunnalta', 'Fråga personalen om priset', 'Ask the staff for the price', 'Fragen Sie das Personal nach dem Preis'],
  ratingLabel: ['{average} / 5, {n} arvostelu|{average} / 5, {n} arvostelua', '{average} av 5, {n} recension|{average} av 5, {n} recensioner', '{average} out of 5, {n} review|{average} out of 5, {n} reviews', '{average} von 5, {n} Bewertung|{average} von 5, {n} Bewertungen'],
  starsLabel: ['{n} / 5 tähteä', '{n} av 5 stjärnor', '{n} out of 5 stars', '{n} von 5 Sternen'],
  reviews: ['{n} arvostelu|{n} arvostelua', '{n} recension|{n} recensioner', '{n} review|{n} reviews', '{n} Bewertung|{n} Bewertungen'],
  colors: ['{n} väri|{n} väriä', '{n} färg|{n} färger', '{n} colour|{n} colours', '{n} Farbe|{n} Farben'],
  sizes: ['{n} koko|{n} kokoa', '{n} storlek|{n} storlekar', '{n} size|{n} sizes', '{n} Größe|{n} Größen'],
  variants: ['{n} vaihtoehto|{n} vaihtoehtoa', '{n} variant|{n} varianter', '{n} option|{n} options', '{n} Variante|{n} Varianten'],
  in_stock: ['Varastossa', 'I lager', 'In stock', 'Auf Lager'],
  last: ['Viimeiset kappaleet', 'De sista exemplaren', 'The last ones', 'Die letzten Stücke'],
  out_of_stock: ['Loppu', 'Slut', 'Out of stock', 'Ausverkauft'],
  stockUnknown: ['Saldo ei tiedossa', 'Saldo okänt', 'Stock unknown', 'Bestand unbekannt'],
  piecesOver: ['yli {n} kpl', 'över {n} st.', 'over {n}', 'über {n} St.'],
  pieces: ['{n} kpl', '{n} st.', '{n}', '{n} St.'],
  picture: ['Kuva {n}', 'Bild {n}', 'Picture {n}', 'Bild {n}'],
  pictures: ['Kuvat', 'Bilder', 'Pictures', 'Bilder'],
  description: ['Kuvaus', 'Beskrivning', 'Description', 'Beschreibung'],
  facts: ['Tiedot', 'Fakta', 'Details', 'Details'],
  code: ['Tuotenumero', 'Artikelnummer', 'Item number', 'Artikelnummer'],
  gtin: ['Viivakoodi (GTIN)', 'Streckkod (GTIN)', 'Barcode (GTIN)', 'Strichcode (GTIN)'],
  care: ['Hoito-ohjeet', 'Skötselråd', 'Care', 'Pflege'],
  carePartial: ['Tässä on vain osa hoito-ohjeesta. Katso kaikki ohjeet tuotteen hoitolapusta.', 'Detta är bara en del av skötselråden. Se alla råd på produktens etikett.', 'This is only a part of the care instructions. See the product’s label for all of them.', 'Das ist nur ein Teil der Pflegehinweise. Alle Hinweise stehen auf dem Etikett des Produkts.'],
  careWhole: ['Valmistajan ohje kokonaan:', 'Tillverkarens råd i sin helhet:', 'The maker’s text in full:', 'Der ganze Text des Herstellers:'],
  storesTitle: ['Saatavuus myymälöissä', 'Tillgänglighet i butiker', 'Availability in stores', 'Verfügbarkeit in den Filialen'],
  reviewsTitle: ['Arvostelut', 'Recensioner', 'Reviews', 'Bewertungen'],
  noReviews: ['Ei vielä arvosteluja.', 'Inga recensioner än.', 'No reviews yet.', 'Noch keine Bewertungen.'],
  verified: ['Vahvistettu ostos', 'Verifierat köp', 'Verified purchase', 'Verifizierter Kauf'],
  yes: ['Kyllä', 'Ja', 'Yes', 'Ja'],
  no: ['Ei', 'Nej', 'No', 'Nein'],

  // Origin
  originTitle: ['Mistä nämä tiedot ovat peräisin?', 'Varifrån kommer uppgifterna?', 'Where does this come from?', 'Woher stammen diese Angaben?'],
  originText: ['Jokainen tieto kertoo, kuka tai mikä sen toi.', 'Varje uppgift berättar vem eller vad den kommer från.', 'Every value says who or what brought it.', 'Jede Angabe sagt, wer oder was sie geliefert hat.'],
  attribute: ['Ominaisuus', 'Egenskap', 'Attribute', 'Merkmal'],
  value: ['Arvo', 'Värde', 'Value', 'Wert'],
  origin: ['Alkuperä', 'Ursprung', 'Origin', 'Herkunft'],
  fromFile: ['Tiedosto {file}', 'Filen {file}', 'File {file}', 'Datei {file}'],
  row: ['rivi {row}', 'rad {row}', 'row {row}', 'Zeile {row}'],
  column: ['sarake ”{column}”', 'kolumnen ”{column}”', 'column “{column}”', 'Spalte „{column}“'],
  fromPlugin: ['Lisäosa {plugin}', 'Tillägget {plugin}', 'Plugin {plugin}', 'Plugin {plugin}'],
  reading: ['perustuu tietoihin: {inputs}', 'bygger på: {inputs}', 'from: {inputs}', 'aus: {inputs}'],
  fromHand: ['Muokattu käsin', 'Redigerad för hand', 'Edited by hand', 'Von Hand bearbeitet'],
  inherited: ['peritty tuotemallilta', 'ärvd från produktmodellen', 'inherited from the product model', 'vom Produktmodell geerbt'],
  stale: ['vanhentunut', 'föråldrad', 'stale', 'veraltet'],
  overruled: ['ei käytössä', 'används inte', 'not in use', 'nicht in Gebrauch'],
  window: ['voimassa {from}–{until}', 'gäller {from}–{until}', 'valid {from}–{until}', 'gültig {from}–{until}'],
  remarks: ['Huomautukset', 'Anmärkningar', 'Remarks', 'Hinweise'],
  noOrigin: ['Alkuperätietoja ei ole.', 'Inga uppgifter om ursprung.', 'Nothing is known of the origin.', 'Zur Herkunft ist nichts bekannt.'],

  // Previewing a date
  preview: ['Katso kauppaa toisena päivänä', 'Se butiken en annan dag', 'See the shop on another day', 'Den Shop an einem anderen Tag ansehen'],
  previewShort: ['Esikatselu', 'Förhandsvisning', 'Preview', 'Vorschau'],
  show: ['Näytä', 'Visa', 'Show', 'Anzeigen'],
  christmas: ['Jouluaatto', 'Julafton', 'Christmas Eve', 'Heiligabend'],
  previewing: ['Näet kaupan sellaisena kuin se on {date}.', 'Du ser butiken som den är {date}.', 'You see the shop as it is on {date}.', 'Sie sehen den Shop, wie er am {date} ist.'],
  leavePreview: ['Palaa tähän päivään', 'Tillbaka till i dag', 'Back to today', 'Zurück zu heute'],

  // Shelf screen
  hereIn: ['Tässä myymälässä', 'I den här butiken', 'In this store:', 'In dieser Filiale'],
  hereOut: ['Loppu tästä myymälästä', 'Slut i den här butiken', 'Sold out in this store', 'In dieser Filiale ausverkauft'],
  hereUnknown: ['Saldo tässä myymälässä ei tiedossa', 'Saldo i den här butiken okänt', 'Stock in this store unknown', 'Bestand in dieser Filiale unbekannt'],
  nothingHere: ['Näillä rajauksilla ei ole näytettävää: {filters}', 'Inget att visa med dessa filter: {filters}', 'Nothing to show with these filters: {filters}', 'Mit diesen Filtern gibt es nichts zu zeigen: {filters}'],
  careFits: ['Hoida näin', 'Sköt om den med', 'Care for it with', 'Dazu die passende Pflege'],
  screenEmpty: ['Ei vielä näytettävää', 'Inget att visa än', 'Nothing to show yet', 'Noch nichts zu zeigen'],
  pause: ['Pysäytä', 'Pausa', 'Pause', 'Anhalten'],
  goOn: ['Jatka', 'Fortsätt', 'Continue', 'Weiter'],
  order: ['{at} / {n}', '{at} / {n}', '{at} / {n}', '{at} / {n}'],

  // Seller
  find: ['Hae tai skannaa', 'Sök eller skanna', 'Search or scan', 'Suchen oder scannen'],
  findHelp: ['Nimi, merkki, tuotenumero tai viivakoodi', 'Namn, märke, artikelnummer eller streckkod', 'Name, brand, item number or barcode', 'Name, Marke, Artikelnummer oder Strichcode'],
  myStore: ['Oma myymälä', 'Min butik', 'My store', 'Meine Filiale'],
  offline: ['Ilman yhteyttä', 'Utan anslutning', 'Offline', 'Ohne Verbindung'],
  upToDate: ['Ajan tasalla', 'Uppdaterad', 'Up to date', 'Aktuell'],
  fetching: ['Haetaan tuotteita…', 'Hämtar produkter…', 'Getting products…', 'Produkte werden geladen…'],
  asOf: ['haettu {time}', 'hämtat {time}', 'received {time}', 'geladen {time}'],
  noData: ['Tuotteita ei ole vielä haettu tälle laitteelle', 'Produkterna har inte hämtats till enheten än', 'No products on this device yet', 'Noch keine Produkte auf diesem Gerät'],
  noDataText: ['Yhdistä laite kaupan verkkoon kerran. Sen jälkeen haku toimii myös ilman yhteyttä.', 'Anslut enheten till butikens nät en gång. Därefter fungerar sökningen också utan anslutning.', 'Connect once to the shop’s network. After that, search works without a connection too.', 'Verbinden Sie das Gerät einmal mit dem Netz des Shops. Danach funktioniert die Suche auch ohne Verbindung.'],
  gtinLength: ['Viivakoodissa on 8, 12, 13 tai 14 numeroa; tässä on {n}. Skannaa uudelleen.', 'En streckkod har 8, 12, 13 eller 14 siffror; den här har {n}. Skanna igen.', 'A barcode has 8, 12, 13 or 14 digits; this has {n}. Scan again.', 'Ein Strichcode hat 8, 12, 13 oder 14 Ziffern; dieser hat {n}. Bitte erneut scannen.'],
  gtinCheck: ['Viivakoodi on luettu väärin: viimeisen numeron pitäisi olla {expected}, nyt se on {actual}. Skannaa uudelleen.', 'Streckkoden är felläst: sista siffran ska vara {expected}, nu är den {actual}. Skanna igen.', 'The barcode was misread: its last digit should be {expected}, but is {actual}. Scan again.', 'Der Strichcode wurde falsch gelesen: Die letzte Ziffer müsste {expected} sein, ist aber {actual}. Bitte erneut scannen.'],
  gtinUnknown: ['Viivakoodi {gtin} on oikein, mutta tuotetta ei ole valikoimassa.', 'Streckkoden {gtin} är rätt, men produkten finns inte i sortimentet.', 'Barcode {gtin} is right, but the product is not in the range.', 'Der Strichcode {gtin} stimmt, aber das Produkt ist nicht im Sortiment.'],
  scanByCamera: ['Skannaa kameralla', 'Skanna med kameran', 'Scan with the camera', 'Mit der Kamera scannen'],
  scanning: ['Pidä viivakoodi kuvan keskellä.', 'Håll streckkoden mitt i bilden.', 'Hold the barcode in the middle of the picture.', 'Halten Sie den Strichcode in die Bildmitte.'],
  close: ['Sulje', 'Stäng', 'Close', 'Schließen'],
  noDetector: ['Tämä selain ei osaa lukea viivakoodeja kameralla. Käytä viivakoodinlukijaa tai kirjoita numero.', 'Den här webbläsaren kan inte läsa streckkoder med kameran. Använd en streckkodsläsare eller skriv numret.', 'This browser cannot read barcodes with the camera. Use a scanner, or type the number.', 'Dieser Browser kann mit der Kamera keine Strichcodes lesen. Benutzen Sie einen Scanner oder tippen Sie die Nummer ein.'],
  cameraNeedsHttps: ['Selain sallii kameran vain suojatulla sivulla. Avaa sivu https-osoitteesta.', 'Webbläsaren ger kameran bara till en säker sida. Öppna sidan med en https-adress.', 'A browser gives the camera to a secure page only. Open the page at an https address.', 'Der Browser gibt die Kamera nur einer sicheren Seite. Öffnen Sie die Seite unter einer https-Adresse.'],
  cameraRefused: ['Kameran käyttö on estetty. Salli se selaimen asetuksista.', 'Kameran är blockerad. Tillåt den i webbläsarens inställningar.', 'The camera is blocked. Allow it in the browser’s settings.', 'Die Kamera ist gesperrt. Erlauben Sie sie in den Einstellungen des Browsers.'],
  noCamera: ['Kameraa ei löydy, tai toinen ohjelma käyttää sitä.', 'Ingen kamera hittades, eller så används den av ett annat program.', 'There is no camera, or another program uses it.', 'Es gibt keine Kamera, oder ein anderes Programm benutzt sie.'],
  availability: ['Saatavuus', 'Tillgänglighet', 'Availability', 'Verfügbarkeit'],
  location: ['Paikka', 'Ställe', 'Location', 'Ort'],
  warehouse: ['varasto', 'lager', 'warehouse', 'Lager'],
  total: ['Yhteensä', 'Totalt', 'Total', 'Gesamt'],
  amount: ['Määrä', 'Antal', 'Quantity', 'Menge'],
  results: ['{n} osuma|{n} osumaa', '{n} träff|{n} träffar', '{n} result|{n} results', '{n} Treffer|{n} Treffer'],
  resultsOver: ['yli {n} osumaa', 'över {n} träffar', 'over {n} results', 'über {n} Treffer'],
  similarOnly: ['Täsmällisiä osumia ei ole, nämä ovat samankaltaisia', 'Inga exakta träffar, dessa är liknande', 'No exact results, these are similar', 'Keine genauen Treffer, diese sind ähnlich'],
  someOnly: ['Kaikkia sanoja ei löytynyt, näissä on osa niistä', 'Alla ord finns inte, dessa innehåller några av dem', 'Not all words match, these have some of them', 'Nicht alle Wörter passen, diese enthalten einige davon'],
  searchedHere: ['laitteen oma haku', 'enhetens egen sökning', 'searched on this device', 'auf diesem Gerät gesucht'],
  searchedThere: ['palvelimen haku', 'serverns sökning', 'searched on the server', 'auf dem Server gesucht'],
  photosKept: ['Kuvat laitteella: {n} / {all}', 'Bilder på enheten: {n} av {all}', 'Photos on this device: {n} of {all}', 'Bilder auf dem Gerät: {n} von {all}'],
  notKept: ['Laite ei voi tallentaa tuotteita (muisti täynnä tai yksityinen ikkuna). Ne ovat käytössä vain, kun sivu on auki.', 'Enheten kan inte spara produkterna (minnet fullt eller privat fönster). De finns medan sidan är öppen.', 'The device cannot keep the products (no room, or a private window). They are here while the page is open.', 'Das Gerät kann die Produkte nicht speichern (kein Platz oder privates Fenster). Sie sind da, solange die Seite offen ist.'],
  needsHttps: ['Sivu avautuu ilman yhteyttä vain https-osoitteesta.', 'Utan anslutning öppnas sidan bara från en https-adress.', 'Without a connection the page opens from an https address only.', 'Ohne Verbindung öffnet sich die Seite nur unter einer https-Adresse.'],
  shownFromCopy: ['näytetään {time} haettu kopio', 'kopian från {time} visas', 'showing the copy of {time}', 'gezeigt wird die Kopie von {time}'],
  notGiven: ['ei tiedossa', 'okänt', 'unknown', 'unbekannt'],
  back: ['Takaisin', 'Tillbaka', 'Back', 'Zurück'],

  // Start page
  startLead: ['Tiedostot sisään, yhtenäinen ja perusteltu tuotetieto ulos jokaiseen kanavaan.', 'Filer in, enhetlig och förklarad produktinformation ut till varje kanal.', 'Files in; consistent, explained product information out to every channel.', 'Dateien hinein, einheitliche und begründete Produktinformation hinaus in jeden Kanal.'],
  tryTitle: ['Kokeile', 'Pröva', 'Try this', 'Zum Ausprobieren'],
  tryText: ['Pudota hintatiedosto kansioon {folder} ja katso, kuinka jokainen sivu vaihtuu samaan julkaisuun.', 'Släpp en prisfil i {folder} och se hur varje sida byter till samma utgåva.', 'Drop a price file into {folder} and watch every page switch to the same release.', 'Legen Sie eine Preisdatei in {folder} ab und sehen Sie, wie jede Seite zur selben Ausgabe wechselt.'],
  shopText: ['Mitä asiakas näkee: haku, tuotteet, arvostelut ja alkuperä.', 'Vad kunden ser: sökning, produkter, recensioner och ursprung.', 'What a customer sees: search, products, reviews and origin.', 'Was Kunden sehen: Suche, Produkte, Bewertungen und Herkunft.'],
  screenText: ['Hyllyn reunassa: kuva, hinta, arvostelu ja saldo.', 'Vid hyllan: bild, pris, recension och saldo.', 'At the shelf: picture, price, a review and stock.', 'Am Regal: Bild, Preis, Bewertung und Bestand.'],
  sellerText: ['Taskussa: skannaa ja näe kaikki, myös ilman yhteyttä.', 'I fickan: skanna och se allt, också utan anslutning.', 'In the pocket: scan and see everything, offline too.', 'In der Tasche: scannen und alles sehen, auch ohne Verbindung.'],
  photosCard: ['Mitä kuvista tiedetään, minkä tuotteen ne ovat ja mikä niissä on vialla.', 'Vad man vet om bilderna, vilken produkt de hör till och vad som är fel med dem.', 'What is known of each photo, whose it is, and what is wrong with it.', 'Was über die Bilder bekannt ist, zu welchem Produkt sie gehören und was nicht stimmt.'],
  manual: ['Käsikirja (englanniksi)', 'Handbok (på engelska)', 'Manual', 'Handbuch (englisch)'],
  channels: ['Kanavat', 'Kanaler', 'Channels', 'Kanäle'],
  products: ['Tuotteita', 'Produkter', 'Products', 'Produkte'],
  languages: ['Kielet', 'Språk', 'Languages', 'Sprachen'],
  receipts: ['Kuitit', 'Kvitton', 'Receipts', 'Belege'],
  plugins: ['Lisäosat', 'Insticksprogram', 'Plugins', 'Plugins'],
  pluginsText: ['Mitä tuotetietoja rikastaa, missä järjestyksessä ja mitä se on tehnyt käynnistyksen jälkeen.', 'Vad som berikar produkterna, i vilken ordning och vad det har gjort sedan starten.', 'What enriches the products, in which order, and what it did since the start.', 'Was die Produkte anreichert, in welcher Reihenfolge, und was es seit dem Start getan hat.'],
  noPlugins: ['Mikään lisäosa ei ole käytössä.', 'Inget insticksprogram används.', 'No plugin runs.', 'Kein Plugin läuft.'],
  plugin: ['Lisäosa', 'Insticksprogram', 'Plugin', 'Plugin'],
  writes: ['Kirjoittaa', 'Skriver', 'Writes', 'Schreibt'],
  ranOn: ['Ajettu', 'Körd på', 'Ran on', 'Gelaufen für'],
  known: ['Ennestään tuttuja', 'Redan kända', 'Known already', 'Schon bekannt'],
  microseconds: ['µs / tuote', 'µs / produkt', 'µs per product', 'µs je Produkt'],
  staleHead: ['Epäonnistuu', 'Misslyckas', 'Fails on', 'Scheitert an'],
  receiptsText: ['Mitä kustakin pudotetusta tiedostosta tuli.', 'Vad det blev av varje fil som släpptes.', 'What became of each file that was dropped.', 'Was aus jeder abgelegten Datei geworden ist.'],
  approve: ['Hyväksy', 'Godkänn', 'Approve', 'Freigeben'],
  approveAsk: ['{summary}\n\nOtetaanko tiedosto {file} silti mukaan?', '{summary}\n\nSka filen {file} tas med ändå?', '{summary}\n\nTake the file {file} in all the same?', '{summary}\n\nDie Datei {file} trotzdem übernehmen?'],
  refuse: ['Hylkää', 'Avvisa', 'Refuse', 'Ablehnen'],
  refuseAsk: ['{summary}\n\nHylätäänkö tiedosto {file}? Siitä ei oteta mitään.', '{summary}\n\nSka filen {file} avvisas? Ingenting tas ur den.', '{summary}\n\nRefuse the file {file}? Nothing of it is taken.', '{summary}\n\nDie Datei {file} ablehnen? Nichts davon wird übernommen.'],
  refused: ['Hylättiin', 'Avvisades', 'Refused', 'Abgelehnt'],
  undone: ['Peruttu', 'Ångrad', 'Taken back', 'Zurückgenommen'],
  noReceipts: ['Yhtään tiedostoa ei ole vielä pudotettu.', 'Ingen fil har släppts än.', 'No file has been dropped yet.', 'Noch keine Datei wurde abgelegt.'],
  file: ['Tiedosto', 'Fil', 'File', 'Datei'],
  when: ['Aika', 'Tid', 'When', 'Zeit'],
  added: ['Uusia', 'Nya', 'New', 'Neu'],
  changed: ['Muuttuneita', 'Ändrade', 'Changed', 'Geändert'],
  unchanged: ['Ennallaan', 'Oförändrade', 'Unchanged', 'Unverändert'],
  rejected: ['Hylätty', 'Avvisat', 'Rejected', 'Abgelehnt'],
  held: ['Odottaa vastausta', 'Väntar på svar', 'Waits for an answer', 'Wartet auf Antwort'],
  releaseHead: ['Julkaisu', 'Utgåva', 'Release', 'Ausgabe'],

  // Trying a file out
  dropTitle: ['Kokeile tiedostoa', 'Prova en fil', 'Try a file', 'Datei ausprobieren'],
  dropCard: ['Mitä tiedostosta tulisi, ennen kuin pudotat sen.', 'Vad det skulle bli av en fil, innan du släpper den.', 'What would become of a file, before you drop it.', 'Was aus einer Datei würde, bevor Sie sie ablegen.'],
  dropText: ['Valitse, mitä tiedostossa on, ja vedä tiedosto tälle sivulle. Näet, mitä siitä tulisi. Mikään ei muutu, ennen kuin pudotat sen oikeasti.', 'Välj vad filen innehåller och dra filen till den här sidan. Du ser vad det skulle bli av den. Ingenting ändras förrän du släpper den på riktigt.', 'Choose what is in the file, and drag the file onto this page. You see what would become of it. Nothing changes until you drop it for real.', 'Wählen Sie, was in der Datei steht, und ziehen Sie die Datei auf diese Seite. Sie sehen, was aus ihr würde. Nichts ändert sich, bis Sie sie wirklich ablegen.'],
  dropKind: ['Mitä tiedostossa on', 'Vad filen innehåller', 'What is in the file', 'Was in der Datei steht'],
  dropChoose: ['Valitse…', 'Välj …', 'Choose…', 'Bitte wählen …'],
  kind_products: ['Tuotteita', 'Produkter', 'Products', 'Produkte'],
  kind_prices: ['Hintoja', 'Priser', 'Prices', 'Preise'],
  kind_stock: ['Saldoja', 'Lagersaldon', 'Stock', 'Bestände'],
  kind_reviews: ['Arvosteluja', 'Recensioner', 'Reviews', 'Bewertungen'],
  kind_edits: ['Käsin tehtyjä muutoksia', 'Ändringar för hand', 'Edits by hand', 'Änderungen von Hand'],
  dropFile: ['Tiedosto (CSV, XLSX, JSON, XML)', 'Fil (CSV, XLSX, JSON, XML)', 'File (CSV, XLSX, JSON, XML)', 'Datei (CSV, XLSX, JSON, XML)'],
  dropTry: ['Näytä, mitä tapahtuisi', 'Visa vad som skulle hända', 'Show what would happen', 'Zeigen, was geschähe'],
  dropRuns: ['Kokeillaan…', 'Provar …', 'Trying…', 'Wird ausprobiert …'],
  dropNeedsKind: ['Valitse ensin, mitä tiedostossa on.', 'Välj först vad filen innehåller.', 'First choose what is in the file.', 'Wählen Sie zuerst, was in der Datei steht.'],
  dropNeedsFile: ['Valitse yksi tiedosto tai vedä se tälle sivulle.', 'Välj en fil eller dra den till den här sidan.', 'Choose one file, or drag it onto this page.', 'Wählen Sie eine Datei oder ziehen Sie sie auf diese Seite.'],
  dropTooLarge: ['Tiedosto on yli {n} Mt. Vie se kansioon inbox.', 'Filen är större än {n} MB. Lägg den i mappen inbox.', 'The file is larger than {n} MB. Put it into the folder inbox.', 'Die Datei ist größer als {n} MB. Legen Sie sie in den Ordner inbox.'],
  dropArchive: ['ZIP-tiedostoa ei voi kokeilla. Vie se kansioon inbox, niin kuitti kertoo, mitä siitä tuli.', 'En ZIP-fil kan inte provas. Lägg den i mappen inbox, så berättar kvittot vad det blev av den.', 'A ZIP file cannot be tried. Put it into the folder inbox: its receipt says what became of it.', 'Eine ZIP-Datei lässt sich nicht ausprobieren. Legen Sie sie in den Ordner inbox; der Beleg sagt, was aus ihr wurde.'],
  would_released: ['Tiedosto otettaisiin', 'Filen skulle tas in', 'The file would be taken', 'Die Datei würde übernommen'],
  would_unchanged: ['Tiedostossa ei ole mitään uutta', 'Filen innehåller ingenting nytt', 'The file has nothing new', 'Die Datei enthält nichts Neues'],
  would_held: ['Tiedosto jäisi odottamaan vastaustasi', 'Filen skulle vänta på ditt svar', 'The file would wait for your answer', 'Die Datei würde auf Ihre Antwort warten'],
  would_rejected: ['Tiedostosta ei otettaisi mitään', 'Ingenting av filen skulle tas in', 'Nothing of the file would be taken', 'Von der Datei würde nichts übernommen'],
  wouldHeldText: ['Huomautukset kertovat syyn. Kun pudotat tiedoston oikeasti, vastaa siihen etusivulla.', 'Anmärkningarna säger varför. När du släpper filen på riktigt svarar du på startsidan.', 'The remarks say why. Once you have dropped it for real, answer on the start page.', 'Die Hinweise sagen, warum. Wenn Sie sie wirklich ablegen, antworten Sie auf der Startseite.'],
  wouldReadAs: ['Luetaan näin: {how}', 'Läses så här: {how}', 'Read as: {how}', 'Gelesen als: {how}'],
  wouldRows: ['Rivejä: uusia {fresh}, muuttavia {changed}, ennallaan {unchanged}, hylättäviä {rejected}', 'Rader: nya {fresh}, ändrande {changed}, oförändrade {unchanged}, avvisade {rejected}', 'Rows: new {fresh}, changed {changed}, unchanged {unchanged}, refused {rejected}', 'Zeilen: neu {fresh}, geändert {changed}, unverändert {unchanged}, abgelehnt {rejected}'],
  wouldSkip: ['{n} rivi jätettäisiin väliin mappauksen mukaan|{n} riviä jätettäisiin väliin mappauksen mukaan', '{n} rad skulle hoppas över enligt mappningen|{n} rader skulle hoppas över enligt mappningen', '{n} row would be left out by the mapping|{n} rows would be left out by the mapping', '{n} Zeile würde laut Mapping ausgelassen|{n} Zeilen würden laut Mapping ausgelassen'],
  wouldChange: ['{n} tuotteen tiedot muuttuisivat|{n} tuotteen tiedot muuttuisivat', '{n} produkt skulle ändras|{n} produkter skulle ändras', 'The data of {n} product would change|The data of {n} products would change', 'Die Daten von {n} Produkt würden sich ändern|Die Daten von {n} Produkten würden sich ändern'],
  wouldGo: ['{n} tuote poistuisi valikoimasta|{n} tuotetta poistuisi valikoimasta', '{n} produkt skulle försvinna ur sortimentet|{n} produkter skulle försvinna ur sortimentet', '{n} product would leave the range|{n} products would leave the range', '{n} Produkt würde aus dem Sortiment fallen|{n} Produkte würden aus dem Sortiment fallen'],
  wouldReplace: ['Kansiossa on samanniminen tiedosto, jonka sisältö on toinen. Tämä korvaisi sen.', 'I mappen finns en fil med samma namn och annat innehåll. Den här skulle ersätta den.', 'A file of this name with other contents lies in the folder. This one would replace it.', 'Im Ordner liegt eine Datei dieses Namens mit anderem Inhalt. Diese würde sie ersetzen.'],
  wouldRepeat: ['Sama tiedosto on jo kansiossa.', 'Samma fil finns redan i mappen.', 'The same file lies in the folder already.', 'Dieselbe Datei liegt schon im Ordner.'],
  moreRemarks: ['… ja {n} muuta', '… och {n} till', '… and {n} more', '… und {n} weitere'],
  columns: ['Sarakkeet', 'Kolumner', 'Columns', 'Spalten'],
  columnName: ['Sarake', 'Kolumn', 'Column', 'Spalte'],
  columnTo: ['Mihin', 'Vart', 'Goes to', 'Wohin'],
  columnFilled: ['Täytettyjä rivejä', 'Ifyllda rader', 'Filled rows', 'Gefüllte Zeilen'],
  columnExample: ['Esimerkki', 'Exempel', 'Example', 'Beispiel'],
  columnUnread: ['ei lueta', 'läses inte', 'not read', 'nicht gelesen'],
  columnUnit: ['toisen sarakkeen yksikkö', 'enhet för en annan kolumn', 'the unit of another column', 'Einheit einer anderen Spalte'],
  columnPair: ['nimi tai sen arvo', 'ett namn eller dess värde', 'a name, or its value', 'ein Name oder sein Wert'],
  columnPairs: ['nimiä ja arvoja', 'namn och värden', 'names and values', 'Namen und Werte'],
  wouldChanges: ['Mikä muuttuisi', 'Vad som skulle ändras', 'What would change', 'Was sich ändern würde'],
  firstChanges: ['Ensimmäiset {n} tuotetta', 'De första {n} produkterna', 'The first {n} products', 'Die ersten {n} Produkte'],
  dropReal: ['Pudota oikeasti', 'Släpp på riktigt', 'Drop it for real', 'Wirklich ablegen'],
  dropReplace: ['Pudota ja korvaa', 'Släpp och ersätt', 'Drop and replace', 'Ablegen und ersetzen'],
  dropAsk: ['Tiedosto {file} menee kansioon {folder}. Pudotetaanko se?', 'Filen {file} läggs i {folder}. Ska den släppas?', '{file} goes into {folder}. Drop it?', '{file} kommt in {folder}. Ablegen?'],
  dropReplaceAsk: ['Kansiossa {folder} oleva tiedosto {file} korvataan. Pudotetaanko?', 'Filen {file} i {folder} ersätts. Ska den släppas?', 'The file {file} in {folder} is replaced. Drop it?', 'Die Datei {file} in {folder} wird ersetzt. Ablegen?'],
  dropPlaced: ['{file} on kansiossa. Odotetaan kuittia…', '{file} ligger i mappen. Väntar på kvittot …', '{file} lies in the folder. Waiting for its receipt…', '{file} liegt im Ordner. Warten auf den Beleg …'],
  dropWaits: ['{file} on kansiossa, mutta kuittia ei ole vielä. Katso etusivu.', '{file} ligger i mappen, men kvittot finns inte än. Se startsidan.', '{file} lies in the folder, but there is no receipt yet. See the start page.', '{file} liegt im Ordner, aber es gibt noch keinen Beleg. Siehe Startseite.'],
  dropNotAllowed: ['Tunnisteesi avaa tämän sivun, mutta ei salli pudottamista. Siihen tarvitaan manage.', 'Din token öppnar sidan men får inte släppa filer. Det kräver manage.', 'Your token opens this page but may not drop files. That needs manage.', 'Ihr Token öffnet diese Seite, darf aber nichts ablegen. Dafür braucht es manage.'],

  // Undoing
  undoTitle: ['Peru', 'Ångra', 'Undo', 'Zurücknehmen'],
  undoDrop: ['Perutaanko tiedoston {file} tiedot?', 'Ångra det som filen {file} sade?', 'Take back what the file {file} said?', 'Angaben der Datei {file} zurücknehmen?'],
  undoDropText: ['Se, mikä on yhä niin kuin tiedosto sen jätti, palautuu ennalleen. Myöhempien tiedostojen tiedot säilyvät. Kuvat ja aiemmin veloitetut hinnat säilyvät.', 'Det som ännu är så som filen lämnade det blir som det var. Det som senare filer säger blir kvar. Bilder och priser som redan tagits ut blir kvar.', 'What still is as the file left it becomes what it was. What later files say stays. Photos, and prices that were charged, stay on record.', 'Was noch so ist, wie die Datei es hinterließ, wird wieder wie zuvor. Angaben späterer Dateien bleiben. Bilder und bereits verlangte Preise bleiben.'],
  undoReadAt: ['Luettu {when}', 'Läst {when}', 'Read {when}', 'Gelesen {when}'],
  undoRelease: ['Palataanko julkaisuun {n}?', 'Gå tillbaka till utgåva {n}?', 'Go back to release {n}?', 'Zu Ausgabe {n} zurückkehren?'],
  undoReleaseText: ['Tuotteet, hinnat, saldot, arvostelut ja käsin tehdyt muutokset palautuvat siihen, mitä ne olivat. Kuvat säilyvät.', 'Produkter, priser, saldon, recensioner och ändringar för hand blir vad de var. Bilder blir kvar.', 'Products, prices, stock, reviews and edits become what they were. Photos stay.', 'Produkte, Preise, Bestände, Bewertungen und Änderungen von Hand werden wieder, was sie waren. Bilder bleiben.'],
  undoProducts: ['{n} tuotteen tiedot muuttuvat|{n} tuotteen tiedot muuttuvat', '{n} produkt ändras|{n} produkter ändras', 'The data of {n} product changes|The data of {n} products changes', 'Die Daten von {n} Produkt ändern sich|Die Daten von {n} Produkten ändern sich'],
  undoKept: ['{n} tieto säilyy, koska myöhempi tiedosto sanoo saman tai muuta|{n} tietoa säilyy, koska myöhemmät tiedostot sanovat saman tai muuta', '{n} uppgift blir kvar, eftersom en senare fil säger detsamma eller något annat|{n} uppgifter blir kvar, eftersom senare filer säger detsamma eller något annat', '{n} value stays, because a later file says the same or something else|{n} values stay, because later files say the same or something else', '{n} Angabe bleibt, weil eine spätere Datei dasselbe oder anderes sagt|{n} Angaben bleiben, weil spätere Dateien dasselbe oder anderes sagen'],
  undoChanged: ['Muuttuu', 'Ändras', 'Change', 'Ändern sich'],
  undoAdded: ['Tulee', 'Tillkommer', 'Come', 'Kommen hinzu'],
  undoRemoved: ['Poistuu', 'Försvinner', 'Go', 'Fallen weg'],
  undoAlong: ['Nämä myöhemmät tiedostot perutaan samalla', 'Dessa senare filer ångras också', 'These later files are taken back as well', 'Diese späteren Dateien werden mit zurückgenommen'],
  undoMore: ['… ja {n} muuta', '… och {n} till', '… and {n} more', '… und {n} weitere'],
  undoPhotos: ['Kuvia ei peruta: niitä on tullut sen jälkeen.', 'Bilder ångras inte: det har kommit nya sedan dess.', 'Photos stay as they are: some came since.', 'Bilder bleiben, wie sie sind: seitdem sind welche gekommen.'],
  undoDo: ['Peru', 'Ångra', 'Take it back', 'Zurücknehmen'],
  undoGoBack: ['Palaa julkaisuun {n}', 'Gå tillbaka till utgåva {n}', 'Go back to release {n}', 'Zu Ausgabe {n} zurückkehren'],
  undoRefused: ['Tätä ei voi perua', 'Detta kan inte ångras', 'This cannot be undone', 'Das lässt sich nicht zurücknehmen'],
  undoInstead: ['Palaa sen sijaan julkaisuun {n}', 'Gå i stället tillbaka till utgåva {n}', 'Go back to release {n} instead', 'Stattdessen zu Ausgabe {n} zurückkehren'],
  undoAsk: ['Muutos näkyy heti jokaisessa kanavassa. Tehdäänkö se?', 'Ändringen syns genast i varje kanal. Ska den göras?', 'Every channel shows it at once. Do it?', 'Jeder Kanal zeigt es sofort. Ausführen?'],
  undoRuns: ['Perutaan…', 'Ångrar …', 'Undoing …', 'Wird zurückgenommen …'],
  undoWaits: ['Kauppa ei ole vielä tehnyt tätä. Katso kuitti ja ohjelman loki.', 'Butiken har inte gjort det än. Se kvittot och programmets logg.', 'The shop has not done it yet. See the receipt and the log of the program.', 'Der Shop hat es noch nicht getan. Siehe Beleg und Protokoll des Programms.'],
  undoIsDone: ['Peruttu: kauppa on nyt julkaisussa {n}.', 'Ångrat: butiken står nu på utgåva {n}.', 'Done: the shop stands on release {n} now.', 'Erledigt: der Shop steht jetzt auf Ausgabe {n}.'],
  undoNothing: ['Mitä perutaan?', 'Vad ska ångras?', 'What is to be undone?', 'Was soll zurückgenommen werden?'],
  undoNothingText: ['Avaa tiedoston kuitti tai julkaisujen luettelo ja valitse sieltä.', 'Öppna filens kvitto eller listan över utgåvor och välj där.', 'Open the receipt of a file, or the list of releases, and choose there.', 'Öffnen Sie den Beleg einer Datei oder die Liste der Ausgaben und wählen Sie dort.'],
  toReceipt: ['Kuittiin', 'Till kvittot', 'To the receipt', 'Zum Beleg'],
  toReleases: ['Julkaisuihin', 'Till utgåvorna', 'To the releases', 'Zu den Ausgaben'],

  // Releases
  releasesTitle: ['Julkaisut', 'Utgåvor', 'Releases', 'Ausgaben'],
  releasesText: ['Jokainen muutos tekee uuden julkaisun. Katso, mitä muuttui, tai palaa aiempaan.', 'Varje ändring gör en ny utgåva. Se vad som ändrades, eller gå tillbaka till en tidigare.', 'Every change makes a release. See what changed, or go back to an earlier one.', 'Jede Änderung macht eine Ausgabe. Sehen Sie, was sich geändert hat, oder kehren Sie zu einer früheren zurück.'],
  releasesCard: ['Mitä muuttui, minkä tiedoston takia, ja tie takaisin.', 'Vad som ändrades, av vilken fil, och vägen tillbaka.', 'What changed, by which file, and the way back.', 'Was sich geändert hat, durch welche Datei, und der Weg zurück.'],
  noReleases: ['Julkaisuja ei ole vielä', 'Det finns inga utgåvor än', 'There is no release yet', 'Es gibt noch keine Ausgabe'],
  noReleasesText: ['Ensimmäinen syntyy, kun tiedosto pudotetaan saapuvien kansioon.', 'Den första görs när en fil släpps i inkorgen.', 'The first is made when a file is dropped into the inbox.', 'Die erste entsteht, wenn eine Datei in den Eingang gelegt wird.'],
  cause: ['Syy', 'Orsak', 'Cause', 'Ursache'],
  causeWindow: ['Voimassaolo alkoi tai päättyi', 'En giltighet började eller slutade', 'A validity began or ended', 'Eine Gültigkeit begann oder endete'],
  causeConfiguration: ['Asetukset tai lisäosat muuttuivat', 'Inställningar eller insticksprogram ändrades', 'The configuration or plugins changed', 'Einstellungen oder Plugins änderten sich'],
  causeRollback: ['Palattiin julkaisuun {n}', 'Gick tillbaka till utgåva {n}', 'Went back to release {n}', 'Zurück zu Ausgabe {n}'],
  causeUndo: ['Peruttiin {file}', 'Ångrade {file}', 'Took back {file}', '{file} zurückgenommen'],
  whatChanged: ['Mitä muuttui', 'Vad ändrades', 'What changed', 'Was sich änderte'],
  goBackTo: ['Palaa tähän', 'Gå tillbaka hit', 'Go back to this', 'Hierhin zurück'],
  changesTitle: ['Mitä muuttui julkaisussa {n}', 'Vad ändrades i utgåva {n}', 'What changed in release {n}', 'Was sich in Ausgabe {n} geändert hat'],
  changesBetween: ['Mitä muuttui julkaisusta {since} julkaisuun {n}', 'Vad ändrades från utgåva {since} till utgåva {n}', 'What changed from release {since} to release {n}', 'Was sich von Ausgabe {since} bis Ausgabe {n} geändert hat'],
  noChanges: ['Minkään tuotteen tiedot eivät muuttuneet.', 'Inga produktuppgifter ändrades.', 'The data of no product changed.', 'Die Daten keines Produkts haben sich geändert.'],
  change_added: ['Uusi', 'Ny', 'New', 'Neu'],
  change_removed: ['Poistui', 'Borta', 'Gone', 'Entfallen'],
  wasNothing: ['ei mitään', 'ingenting', 'nothing', 'nichts'],
  compared_price: ['Hinta: {name}', 'Pris: {name}', 'Price: {name}', 'Preis: {name}'],
  compared_stock: ['Saldo: {name}', 'Lagersaldo: {name}', 'Stock: {name}', 'Bestand: {name}'],
  compared_photos: ['Kuvat', 'Bilder', 'Photos', 'Bilder'],
  compared_reviews: ['Arvosteluja', 'Recensioner', 'Reviews', 'Bewertungen'],
  compared_model: ['Tuotemalli', 'Produktmodell', 'Product model', 'Produktmodell'],
  fromUntil: ['{from} – {until}', '{from} – {until}', '{from} – {until}', '{from} – {until}'],
  rowOf: ['{file}, rivi {row}', '{file}, rad {row}', '{file}, row {row}', '{file}, Zeile {row}'],
  moreValues: ['ja {n} tieto lisää|ja {n} tietoa lisää', 'och {n} uppgift till|och {n} uppgifter till', 'and {n} more value|and {n} more values', 'und {n} weitere Angabe|und {n} weitere Angaben'],
  showMore: ['Näytä lisää', 'Visa fler', 'Show more', 'Mehr anzeigen'],

  // Gaps
  gapsTitle: ['Puutteet', 'Luckor', 'Gaps', 'Lücken'],
  gapsCard: ['Miltä tuotteilta puuttuu vaadittu tieto, kanavittain ja kielittäin.', 'Vilka produkter som saknar en uppgift som krävs, per kanal och språk.', 'Which products lack a required value, by channel and language.', 'Welchen Produkten eine Pflichtangabe fehlt, je Kanal und Sprache.'],
  gapsText: ['Mitä vaaditaan, sanovat kanava ja tuoteperhe. Lataa luettelo, täytä sarake new_value ja pudota tiedosto kansioon {folder}. Tyhjäksi jätetty rivi ei muuta mitään.', 'Kanalen och produktfamiljen säger vad som krävs. Ladda ner listan, fyll i kolumnen new_value och släpp filen i {folder}. En rad som lämnas tom ändrar ingenting.', 'The channel and the family say what is required. Download the list, fill in the column new_value, and drop the file into {folder}. A row that is left empty changes nothing.', 'Was verlangt wird, sagen Kanal und Produktfamilie. Liste herunterladen, Spalte new_value ausfüllen und die Datei in {folder} ablegen. Eine leere Zeile ändert nichts.'],
  gapsDownload: ['Lataa täytettäväksi (CSV)', 'Ladda ner för ifyllnad (CSV)', 'Download to fill in (CSV)', 'Zum Ausfüllen herunterladen (CSV)'],
  gapsChannel: ['Kanava', 'Kanal', 'Channel', 'Kanal'],
  gapsLocale: ['Kieli', 'Språk', 'Language', 'Sprache'],
  gapsAllLocales: ['Kaikki kielet', 'Alla språk', 'All languages', 'Alle Sprachen'],
  gapsOnlyMissing: ['Vain kokonaan puuttuvat', 'Bara det som saknas helt', 'Only what is missing altogether', 'Nur was ganz fehlt'],
  gapsCounts: ['Valmiita {complete}, toisella kielellä täydennettyjä {fallback}, puutteellisia {incomplete}', 'Kompletta {complete}, kompletterade från ett annat språk {fallback}, ofullständiga {incomplete}', 'Complete {complete}, filled from another language {fallback}, incomplete {incomplete}', 'Vollständig {complete}, aus anderer Sprache ergänzt {fallback}, unvollständig {incomplete}'],
  gapsMissing: ['Puuttuu', 'Saknas', 'Missing', 'Fehlt'],
  gapsFallback: ['Toisella kielellä', 'På ett annat språk', 'In another language', 'In anderer Sprache'],
  gapsWithheld: ['Ei näy kanavassa', 'Visas inte i kanalen', 'Not shown in the channel', 'Im Kanal nicht gezeigt'],
  noGaps: ['Mitään vaadittua ei puutu', 'Inget som krävs saknas', 'Nothing that is required is missing', 'Keine Pflichtangabe fehlt'],
  noGapsText: ['Vaadittavat tiedot luetellaan kanavan asetuksissa (required) ja tuoteperheissä.', 'De uppgifter som krävs står i kanalens inställningar (required) och i produktfamiljerna.', 'What is required stands in the profile of the channel (required) and in the families.', 'Pflichtangaben stehen im Profil des Kanals (required) und in den Produktfamilien.'],
  gapsNothingYet: ['Tässä kohdassa ei puutteita; luettelo jatkuu.', 'Inga luckor här; listan fortsätter.', 'No gaps up to here; the list goes on.', 'Bis hierher keine Lücken; die Liste geht weiter.'],

  // One product
  productTitle: ['Tuote', 'Produkt', 'Product', 'Produkt'],
  productCard: ['Missä kanavissa tuote näkyy, ja sen poisto ja palautus.', 'I vilka kanaler en produkt visas, och hur den tas bort och tillbaka.', 'Which channels show a product, and taking it out or back.', 'Welche Kanäle ein Produkt zeigen, und wie man es herausnimmt und zurückholt.'],
  productFind: ['Tuotenumero (SKU)', 'Artikelnummer (SKU)', 'SKU', 'Artikelnummer (SKU)'],
  productShow: ['Näytä', 'Visa', 'Show', 'Anzeigen'],
  productShown: ['Näkyy', 'Visas', 'Shown', 'Gezeigt'],
  productHidden: ['Ei näy', 'Visas inte', 'Not shown', 'Nicht gezeigt'],
  productOut: ['Poista myynnistä', 'Ta ur försäljning', 'Take it out', 'Aus dem Verkauf nehmen'],
  productBack: ['Palauta myyntiin', 'Ta tillbaka', 'Bring it back', 'Zurückholen'],
  productOutAsk: ['Tuote {sku} poistuu kaikista kanavista. Poistetaanko se?', 'Produkten {sku} försvinner ur alla kanaler. Ska den tas ur försäljning?', '{sku} goes from every channel. Take it out?', '{sku} verschwindet aus allen Kanälen. Herausnehmen?'],
  productBackAsk: ['Tuote {sku} palaa kanaviin, joihin sen tiedostot sen asettavat. Palautetaanko se?', 'Produkten {sku} kommer tillbaka till de kanaler som dess filer anger. Ska den tas tillbaka?', '{sku} comes back where its files offer it. Bring it back?', '{sku} kommt dahin zurück, wo seine Dateien es anbieten. Zurückholen?'],
  productIsOut: ['Poistettu myynnistä käsin: {who}', 'Tagen ur försäljning för hand: {who}', 'Taken out by hand: {who}', 'Von Hand herausgenommen: {who}'],
  modelMissing: ['Valikoimassa ei ole mallia {model}, jonka muunnelma tämä on. Muunnelma on yksin, kunnes jokin tiedosto tuo mallin.', 'Sortimentet saknar modellen {model}, som det här är en variant av. Varianten står ensam tills en fil ger modellen.', 'The catalogue does not have the model {model}, of which this is a variant. It stands alone until a file brings the model.', 'Im Sortiment fehlt das Modell {model}, dessen Variante das hier ist. Die Variante steht allein, bis eine Datei das Modell bringt.'],
  modelNamedBy: ['Mallin nimeää', 'Modellen anges av', 'The model is named by', 'Das Modell nennt'],
  productRuns: ['Odotetaan kauppaa…', 'Väntar på butiken …', 'Waiting for the shop …', 'Warten auf den Shop …'],

  // Contact sheet
  photosTitle: ['Kuvat', 'Bilder', 'Photos', 'Bilder'],
  photosText: ['Kaikki pudotetut kuvat, videot ja PDF-tiedostot: mitä niistä tiedetään, minkä tuotteen ne ovat ja mikä niissä on vialla.', 'Alla bilder, filmer och PDF-filer som har släppts: vad man vet om dem, vilken produkt de hör till och vad som är fel med dem.', 'Every photo, film and PDF that was dropped: what is known of it, whose it is, and what is wrong with it.', 'Alle abgelegten Bilder, Filme und PDF-Dateien: was über sie bekannt ist, zu welchem Produkt sie gehören und was nicht stimmt.'],
  onlyAll: ['Kaikki', 'Alla', 'All', 'Alle'],
  onlyRemarks: ['Huomautettavaa', 'Med anmärkningar', 'With remarks', 'Mit Hinweisen'],
  onlyOrphans: ['Tuotetta odottavat', 'Väntar på en produkt', 'Waiting for a product', 'Warten auf ein Produkt'],
  onlyRefused: ['Hylätyt', 'Avvisade', 'Refused', 'Abgelehnte'],
  files: ['{n} tiedosto|{n} tiedostoa', '{n} fil|{n} filer', '{n} file|{n} files', '{n} Datei|{n} Dateien'],
  filesOf: ['Näkyvissä {n} / {all}', 'Visar {n} av {all}', 'Showing {n} of {all}', '{n} von {all} angezeigt'],
  filesSoFar: ['{n} tähän mennessä', '{n} hittills', '{n} so far', 'bisher {n}'],
  morePhotos: ['Näytä lisää', 'Visa fler', 'Show more', 'Mehr anzeigen'],
  noPhotosTitle: ['Yhtään kuvaa ei ole vielä pudotettu', 'Ingen bild har släppts än', 'No photo has been dropped yet', 'Noch kein Bild wurde abgelegt'],
  noPhotosText: ['Pudota kuvia kansioon {folder}. Kuva löytää tuotteensa nimestään: SKU.jpg, SKU_2.jpg, SKU-front.webp.', 'Släpp bilder i {folder}. En bild hittar sin produkt på namnet: SKU.jpg, SKU_2.jpg, SKU-front.webp.', 'Drop photos into {folder}. A photo finds its product by its name: SKU.jpg, SKU_2.jpg, SKU-front.webp.', 'Legen Sie Bilder in {folder} ab. Ein Bild findet sein Produkt über den Namen: SKU.jpg, SKU_2.jpg, SKU-front.webp.'],
  noneRemarks: ['Missään kuvassa ei ole huomautettavaa', 'Ingen bild har anmärkningar', 'No photo has remarks', 'Zu keinem Bild gibt es Hinweise'],
  noneOrphans: ['Jokaisella kuvalla on tuotteensa', 'Varje bild har sin produkt', 'Every photo has its product', 'Jedes Bild hat sein Produkt'],
  noneRefused: ['Yhtään kuvaa ei ole hylätty', 'Ingen bild är avvisad', 'No photo was refused', 'Kein Bild wurde abgelehnt'],
  state_orphan: ['Odottaa tuotettaan', 'Väntar på sin produkt', 'Waits for its product', 'Wartet auf sein Produkt'],
  state_refused: ['Hylätty', 'Avvisad', 'Refused', 'Abgelehnt'],
  state_undeveloped: ['Ei vielä kehitetty', 'Inte framkallad än', 'Not developed yet', 'Noch nicht entwickelt'],
  kind_video: ['Video', 'Film', 'Film', 'Film'],
  kind_document: ['PDF', 'PDF', 'PDF', 'PDF'],
  open: ['Avaa {file}', 'Öppna {file}', 'Open {file}', '{file} öffnen'],
  role_main: ['pääkuva', 'huvudbild', 'main photo', 'Hauptbild'],
  role_detail: ['lisäkuva', 'detaljbild', 'further photo', 'weiteres Bild'],
  role_swatch: ['värimalli', 'färgprov', 'swatch', 'Farbmuster'],
  'role_care-label': ['hoitolappu', 'skötselråd', 'care label', 'Pflegeetikett'],
  role_video: ['video', 'film', 'film', 'Film'],
  role_document: ['asiakirja', 'dokument', 'document', 'Dokument'],
  nth: ['{n}. kuva', 'bild {n}', 'photo {n}', 'Bild {n}'],
  isModel: ['tuotemalli', 'produktmodell', 'product model', 'Produktmodell'],
  moreProducts: ['ja {n} muuta tuotetta', 'och {n} produkter till', 'and {n} more products', 'und {n} weitere Produkte'],
  isWhite: ['valkoinen tausta', 'vit bakgrund', 'white background', 'weißer Hintergrund'],
  isClear: ['läpinäkyvää', 'genomskinlig', 'transparent', 'transparent'],
  isGraphic: ['piirros tai teksti', 'teckning eller text', 'drawing or text', 'Zeichnung oder Text'],
  isBlank: ['yksivärinen', 'enfärgad', 'one colour', 'einfarbig'],
  framesOf: ['{n} ruutua, ensimmäinen näytetään', '{n} rutor, den första visas', '{n} frames, the first is shown', '{n} Einzelbilder, das erste wird gezeigt'],
  sharpness: ['terävyys {n}', 'skärpa {n}', 'sharpness {n}', 'Schärfe {n}'],
  colorsOf: ['Värit: {list}', 'Färger: {list}', 'Colours: {list}', 'Farben: {list}'],
  altText: ['Kuvateksti: {text}', 'Alternativtext: {text}', 'Alternative text: {text}', 'Alternativtext: {text}'],
  byMachine: ['koneen kirjoittama', 'skriven av maskin', 'written by machine', 'maschinell verfasst'],
};

/** @type {Record<string, Texts>} */
export const IN_LANGUAGE = {
  fi: ['Teksti suomeksi', 'Text på finska', 'Text in Finnish', 'Text auf Finnisch'],
  sv: ['Teksti ruotsiksi', 'Text på svenska', 'Text in Swedish', 'Text auf Schwedisch'],
  en: ['Teksti englanniksi', 'Text på engelska', 'Text in English', 'Text auf Englisch'],
  de: ['Teksti saksaksi', 'Text på tyska', 'Text in German', 'Text auf Deutsch'],
  other: ['Tekstin kieli: {language}', 'Textens språk: {language}', 'Text language: {language}', 'Sprache des Textes: {language}'],
};

// What the program itself names and a shop’s model may leave without a name: its own attributes, those of the bundled
// plugins, association types.
/** @type {Record<string, Texts>} */
export const CODES = {
  name: ['Nimi', 'Namn', 'Name', 'Name'],
  title: ['Nimi', 'Namn', 'Name', 'Name'],
  description: WORDS.description,
  price: ['Hinta', 'Pris', 'Price', 'Preis'],
  images: WORDS.pictures,
  stock: ['Saldo', 'Lagersaldo', 'Stock', 'Bestand'],
  image_alt: ['Kuvateksti', 'Bildtext', 'Picture text', 'Bildtext'],
  categories: WORDS.category,
  family: WORDS.family,
  brand: WORDS.brand,
  gtin: WORDS.gtin,
  color: ['Väri', 'Färg', 'Colour', 'Farbe'],
  size: ['Koko', 'Storlek', 'Size', 'Größe'],
  status: ['Tila', 'Status', 'Status', 'Status'],
  care: WORDS.care,
  care_text: ['Valmistajan hoito-ohje', 'Tillverkarens skötselråd', 'Maker’s care text', 'Pflegetext des Herstellers'],
  care_basis: ['Hoito-ohjeen peruste', 'Skötselrådets grund', 'Basis of the care', 'Grundlage der Pflegehinweise'],
  care_edition: ['Hoitomerkkien standardi', 'Standard för skötselråd', 'Care symbol standard', 'Norm der Pflegesymbole'],
  care_partial: ['Hoito-ohjeesta luettu vain osa', 'Bara en del av skötselråden lästa', 'Care read only in part', 'Pflegehinweise nur teilweise gelesen'],
  care_codes: ['Hoitokoodit', 'Skötselkoder', 'Care codes', 'Pflegecodes'],
  badge: ['Merkintä', 'Märkning', 'Badge', 'Hinweis'],
  review_average: ['Arvostelujen keskiarvo', 'Recensionernas medelvärde', 'Mean of reviews', 'Mittel der Bewertungen'],
  reviews: WORDS.reviewsTitle,
  review_rank: ['Arvostelujen painotettu arvo', 'Recensionernas viktade värde', 'Weighted rating', 'Gewichtete Bewertung'],
  review_count: ['Arvostelujen määrä', 'Antal recensioner', 'Number of reviews', 'Anzahl Bewertungen'],
  review_distribution: ['Arvostelujen jakauma', 'Recensionernas fördelning', 'Distribution of reviews', 'Verteilung der Bewertungen'],
  review_excerpts: ['Poimintoja arvosteluista', 'Utdrag ur recensioner', 'Excerpts from reviews', 'Auszüge aus Bewertungen'],
  'care-product': ['Hoitotuotteet', 'Skötselprodukter', 'Care products', 'Pflegeprodukte'],
  accessory: ['Tarvikkeet', 'Tillbehör', 'Accessories', 'Zubehör'],
  'spare-part': ['Varaosat', 'Reservdelar', 'Spare parts', 'Ersatzteile'],
  'cross-sell': ['Sopii yhteen', 'Passar ihop', 'Goes well with', 'Passt dazu'],
  'up-sell': ['Vaihtoehtoja', 'Alternativ', 'Alternatives', 'Alternativen'],
};

/**
 * Options that the program itself gives, where the shop has no name for them.
 * @type {Record<string, Texts>}
 */
export const OPTIONS = {
  'status.active': ['Myynnissä', 'Till salu', 'On sale', 'Im Verkauf'],
  'status.draft': ['Luonnos', 'Utkast', 'Draft', 'Entwurf'],
  'status.archived': ['Poistunut', 'Utgången', 'Discontinued', 'Ausgelaufen'],
};

/**
 * The words of a locale's language; English where the pages do not speak it. `labels` are the shop's own names of codes.
 * @param {string} locale
 * @param {ReadonlyMap<string, string>} [labels]
 * @returns {Words}
 */
export function words(locale, labels) {
  const language = languageOf(locale);
  const column = Math.max(0, LANGUAGES.indexOf(LANGUAGES.includes(language) ? language : 'en'));
  const plural = new Intl.PluralRules(LANGUAGES[column]);
  const number = new Intl.NumberFormat(locale);

  /**
   * @param {Texts} texts
   * @param {Filling} [parameters]
   */
  function filled(texts, parameters = {}) {
    const forms = texts[column].split('|');
    const form = forms.length > 1 && plural.select(Number(parameters.n)) !== 'one' ? forms[1] : forms[0];
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = parameters[name];
      return typeof value === 'number' ? number.format(value) : String(value);
    });
  }

  /** @type {Map<string, Intl.DateTimeFormat>} */
  const dates = new Map();

  return Object.assign(/** @type {(key: Word, parameters?: Filling) => string} */ ((key, parameters) => filled(WORDS[key], parameters)), {
    language: LANGUAGES[column],
    /** @param {string} code */
    code: (code) => labels?.get(code) ?? (Object.hasOwn(CODES, code) ? CODES[code][column] : humane(code)),
    /**
     * @param {string} attribute
     * @param {Rikaste.Option} option
     */
    option: (attribute, { code, label }) => (label === code && OPTIONS[`${attribute}.${code}`]?.[column]) || label,
    /** @param {string} other */
    inLanguage: (other) => filled(IN_LANGUAGE[languageOf(other)] ?? IN_LANGUAGE.other, { language: nameOf(other, locale) }),
    /**
     * A date without a time is that day everywhere; noon keeps it so in every time zone.
     * @param {string | number} moment
     * @param {Intl.DateTimeFormatOptions} style
     */
    date(moment, style = { dateStyle: 'long' }) {
      const key = `${style.dateStyle} ${style.timeStyle}`;
      const format = dates.get(key) ?? new Intl.DateTimeFormat(locale, style);
      dates.set(key, format);
      return format.format(new Date(typeof moment === 'string' && /^\d{4}-\d\d-\d\d$/.test(moment) ? `${moment}T12:00:00` : moment));
    },
  });
}

/** @param {string} locale */
export function languageOf(locale) {
  return locale.split('-')[0];
}

/**
 * A language's name in its own language: `suomi`, `svenska`.
 * @param {string} locale
 */
export function nameOf(locale, inLocale = locale) {
  const name = new Intl.DisplayNames([inLocale], { type: 'language' }).of(languageOf(locale)) ?? locale;
  return name[0].toLocaleUpperCase(inLocale) + name.slice(1);
}

/** @param {string} code */
function humane(code) {
  const text = code.replace(/[_-]+/g, ' ').trim();
  return text && text[0].toUpperCase() + text.slice(1);
}

/** What the pages can speak before they know what the shop speaks. */
export const LOCALES = ['en-GB', 'fi-FI', 'sv-SE', 'de-DE'];

/**
 * The locale to begin with: asked for in the address, chosen before, the browser's, the first.
 * @param {string[]} locales
 * @param {string | null} [asked]
 */
export function chooseLocale(locales, asked) {
  for (const each of [asked, localStorage.getItem('rikaste.locale'), ...navigator.languages]) {
    if (!each) continue;
    const found = locales.find((locale) => locale === each) ?? locales.find((locale) => languageOf(locale) === languageOf(each));
    if (found) return found;
  }
  return locales[0];
}

/** @param {string} locale */
export function rememberLocale(locale) {
  localStorage.setItem('rikaste.locale', locale);
}
