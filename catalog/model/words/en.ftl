# What the program says on receipts, in English.
# A test holds this file, its translations and the program together.

## Around other words

row-not-taken = { $problem }; the row was not taken
value-left-out = { $problem }; the value was left out
plugin-said = { $message } (plugin { $plugin })
names-more = and { $count } more
message-repeated = { $message } ({ $count } times{ $places })
repeated-rows = , first in rows { $rows }
repeated-products = , first with { $skus }
or-meant = ; did you mean "{ $near }"?
hint-meant = did you mean "{ $near }"?
hint-option = write one of them, or add it to model.toml
hint-define = define it in model.toml or write one that is there

## Files

file-io = the file could not be read: { $reason }; drop it again
file-empty = the file is empty; drop one with a header row and a row for each product
file-header-only = the file has no rows that say anything; drop it again when it has some
file-foreign = the file is { $what }; { $advice }
foreign-zip = a ZIP archive
foreign-pdf = a PDF
foreign-picture = a picture
foreign-compressed = compressed
foreign-utf32 = UTF-32 text
foreign-page = a web page
foreign-binary = binary: it contains NUL bytes
foreign-photo = among the photos
advice-photo = photos go into inbox/images
advice-export = export it as CSV or JSON and drop that
advice-unpack-zip = unpack it and drop the files in it
advice-unpack = unpack it and drop the file in it
advice-utf8 = save it as UTF-8 and drop it again
advice-login = most likely a login page was saved in place of the export; export it again
advice-text = save it as CSV or JSON in UTF-8 and drop it again
advice-tables = tables go into another folder of the inbox
file-not-utf8 = the byte { $byte } at position { $position } is not UTF-8 text{ $likely }; save the file as UTF-8 (in Excel: "CSV UTF-8") and drop it again
file-likely-1252 = ; the file is most likely Windows-1252, where this reads "{ $likely }"
file-broken-encoding = the file is to be { $encoding } text, but is broken near byte { $position }; correct the `encoding` of its mapping, or save it as UTF-8 and drop it again
file-uncertain-encoding = the file is not UTF-8, and it may be in several encodings, in which its letters are others: { $readings }; say which it is in a file in mappings/, such as encoding = "{ $first }", or save it as UTF-8 and drop it again
file-row-too-long = a row that starts here is longer than { $limit } MiB; most likely a quotation mark is opened in it and never closed
file-too-many-columns = the file has more than { $limit } columns; split it into files with fewer
file-open-quote = the file ends inside quotation marks that are opened in this row: it was cut short, or a closing mark is missing; export it again, or close the mark
file-cut-short = the file ends in the middle of this element: it was cut short; export it again
file-not-json = the file is not the JSON that is asked for: { $problem }; write an array of objects, or one object a line
json-start = it starts neither with [ nor with {"{"}
json-line-over = an object goes on over the end of the line
json-after-array = something follows its end
json-comma = a comma is missing between two elements
json-no-array = it does not start with [
json-no-element = an element is missing between two commas
file-not-xml = the file is not well-formed XML near line { $line }: { $problem }; have it mended where it comes from
file-no-records = there are no records at "{ $records }": the file has no "{ $missing }" there; correct `records` in the mapping
xml-letters = a letter is not UTF-8, and the file names no other encoding
json-between = something stands between two objects
json-name = a name in quotation marks is missing
json-colon = a colon is missing after a name
file-no-header = the file has no header: row { $row } is one of data ({ $cells }); write the names of the columns above it, or name the columns by number in a file in mappings/: files = ["{ $file }"], header_row = 0, sku = "1"; `rikaste import --explain` shows what stands in each
file-no-sku = no column is the SKU; the columns are { $headers }; call one of them "sku", or say which it is in a file in mappings/: files = ["{ $file }"], sku = "{ $first }"
file-no-mapped-sku = no column is the SKU: the mapping { $mapping } takes it from { $wanted }, and the columns are { $headers }; correct the mapping, or the header row
file-no-column = no column is { $what }; the columns are { $headers }; { $advice }
column-rating = the rating
column-stock = a stock level
column-location = a stock location
column-price = a price
column-edit = an edit
advice-rating = call it "rating"
advice-stock = write columns "location" and "quantity", or one for each location, such as "stock-helsinki"
advice-location = name the location of all such files at the top of shop.toml: stock_location = "{ $first }"; or write a column "location", or one for each location, such as "stock-{ $first }"
advice-price = write a column "price", or one for each list, such as "price-retail"
advice-edit = write columns "sku", "attribute" and "value", or "sku" and one for each attribute, such as "name-fi"
file-unclear-column = the column "{ $column }" is not clear, and the others depend on it: { $reason }; or write columns "sku", "attribute" and "value"
file-sale-in-edits = the column "{ $column }" is about prices or days of sale, which are no edits: nothing of the file was taken; drop prices into inbox/prices and days of sale into inbox/products, and take the column out of this file
file-skipped = the mapping leaves out every row of the file; nothing was taken
file-too-many-rejected = { $bad } of { $rows } rows are bad, and at most { $limit } may be: nothing of the file was taken; mend the rows in the file and drop it again, or change `reject_file_above`
rejects-cut = the file of refused rows has the first { $rows } of them; there was no room for { $left } more
file-two-mappings = two mappings are for this file, { $first } and { $second }; change the `files` of one
file-mapping-broken-at = the mapping { $mapping } is for this file, and it cannot be used: line { $line }: { $problem }; correct it, and a shop that runs takes the file by itself
file-mapping-broken = the mapping { $mapping } is for this file, and it cannot be used: { $problem }; correct it, and a shop that runs takes the file by itself
mapping-doubtful = the mapping { $mapping } cannot be used, and for which files it is cannot be read: { $problem }; if it is for this one, correct it, and a shop that runs takes the file again by itself
mapping-key-renamed = the mapping { $mapping } has the key { $key } in line { $line }, which is called { $name } now; rename it, a later version will not read the old name
json-nothing = nothing stands in this cell where the mapping looks for it; it was left out
archive-in = { $name }: { $message }
archive-broken = the archive is broken ({ $reason }); make it again and drop it again
archive-no-zip = it does not begin as a ZIP archive does
archive-entries = the archive has { $count } files; more than { $limit } are not unpacked; split it
archive-too-large = the archive was not unpacked: at { $name } it came to far more than its size; drop the files in it instead
archive-empty = there is no table and no photo in the archive; put CSV, JSON, XML or spreadsheet files and pictures into it
archive-encrypted = { $name } in the archive is locked with a password; make it again without one
archive-path = { $name } in the archive would lie outside of it; it was left out
archive-nested = { $name } is an archive inside the archive and was left out; put its files into this one
archive-other = { $name } is neither a table nor a photo; it was left out
archive-twice = there are two photos called { $name } in the archive; the first was taken
archive-name-long = the name of { $name } in the archive is too long for a file; it was left out: give it a shorter one
archive-link = { $name } in the archive is a link and was left out; put the file itself into the archive
archive-table = { $name } is a table, and this archive lies among photos; it was left out: drop it into the folder of its kind, such as inbox/products
untaken-root = files in the inbox itself are not taken: { $files }; move them into the folder that says what they are about: { $folders }
untaken-folder = files in the folder "{ $folder }" are not taken, since it is no folder of the inbox: { $files }; move them, or the whole folder, into one of { $folders }
untaken-link = links are not followed: { $files }; copy the file or folder itself into the inbox
untaken-name-text = names that are not UTF-8 text cannot be taken: { $files }; rename the files or their folders
untaken-name-long = names of more than { $limit } bytes cannot be taken: { $files }; give the files shorter names
untaken-photo-name = products find a photo by its name, and photos of these names lie in several folders; these were not taken: { $files }; these count: { $taken }; give each photo a name of its own, such as one that begins with the SKU
taken-before = these are the bytes of { $file }, of the same time, which were taken before; nothing was taken a second time; to take them again, save the file anew
file-no-header-row = the mapping has the header in row { $row }, where the file has nothing; correct its `header_row`, or leave it out
file-damaged = the workbook is damaged: { $problem }; open it in a spreadsheet program, save it as a new file, and drop that
workbook-crashed = what it says about itself is not what is in it
file-oversized = the workbook { $problem }; save the sheet as CSV and drop that
workbook-large = has more than { $limit }
workbook-spans = spans more than { $limit } cells
workbook-parts = has more than { $limit } parts
workbook-texts = has more than { $limit } different texts
workbook-unpacks = unpacks to more than { $limit }, or its texts or styles to more than { $other }
workbook-cell = has a cell of more than { $limit }
workbook-formulas = has more than { $limit } formulas without values
workbook-rows = has more than { $rows } rows or { $cells } cells
file-no-sheet = the workbook has no sheet "{ $wanted }", which the mapping asks for; it has { $sheets }; correct `sheet` in the mapping, or the name of the sheet
file-no-visible-sheet = the workbook has no sheet that can be seen; it has { $sheets }; make one visible, or give its name as `sheet` in a mapping
foreign-locked = a workbook with a password
foreign-document = a document of an office program, but no workbook
advice-password = open it, take the password away, save it, and drop it again
advice-workbook = save its table as XLSX, ODS or CSV and drop that
file-importer = the plugin { $plugin } { $version } could not read the file any further, after { $elements } records, the last of them number { $row }: { $reason }
file-importer-begin = the plugin { $plugin } { $version } could not read the file: { $reason }
file-no-importer = the mapping { $mapping } has the plugin { $plugin } read the file, and that does not run; enable it with `rikaste plugin enable { $plugin }`, or change `importer` in the mapping
file-enable-importer = the plugin { $plugin }, which comes with the program, reads such files, and is not enabled: `rikaste plugin enable { $plugin }`; a running shop then takes the file by itself
file-two-importers = two plugins read such files, { $first } and { $second }; name one of them as `importer` in a mapping

## Columns

column-blank = the header of column { $number } is empty; nothing was read from it
column-repeated = the column { $number } says the same as "{ $first }" before it; only the first was read
encoding-guessed = the file is not UTF-8; it was read as { $encoding }, in which this says "{ $text }"; if that is wrong, give the `encoding` in a mapping
cell-encoding = this cell is not UTF-8 as what is before it in the file; it was read as Windows-1252, in which it says "{ $text }"; if that is wrong, save the file as UTF-8 and drop it again
rows-above-header = the header is in row { $row }; what stands above it in { $rows } was left out ("{ $texts }"); if another row is the header, give `header_row` in a mapping
header-repeated = the header stands here again, as where two exports were put together; the row was left out
row-total = "{ $word }" makes this a row of totals; it was left out
names-too-many = the file has more than { $limit } different names; nothing was read from further ones that mean nothing in this shop, such as "{ $name }"; a pattern in a mapping leaves names out, such as "attributes.*" = "ignore"
column-again = the header "{ $name }" stands over column { $number } again; only the first was read; a mapping can name this one "{ $other }"
cell-error = cell { $cell } is the error { $error }; nothing was read from it; correct its formula
text-error = this is the error of a formula; nothing was read from it; correct the formula where the file comes from
invisible-characters = characters that nobody sees were taken off
cell-false = FALSE is no text; nothing was read from it, since programs write it for an empty field
cell-placeholder = this was read as an empty cell
cell-placeholder-kept = this is no number; what was there before stays
comma-kept = cells of this column with a comma that were read as one name: { $cells }; if the comma divides, write | in its place, or set `split = ","` in a mapping
sheets-left-out = only the sheet "{ $name }" was read; the workbook has { $others } as well; to read another, give its name as `sheet` in a mapping
sheets-hidden = hidden sheets were not read: { $others }; to read one, make it visible, or give its name as `sheet` in a mapping
rows-hidden = hidden rows of the sheet were read as the others: { $count }; delete them if they are not meant
formula-without-value = formulas whose values are not saved: { $count }; nothing was read from these cells; open the workbook in a spreadsheet program, save it, and drop it again
column-unknown = nothing was read from this column: { $reason }
columns-unknown-more = nothing was read from { $count } more columns, among them { $names }; `rikaste import --explain` shows all of them
column-proposed = nothing was read from this column: { $reason }; it is filled in { $filled } of { $rows } rows, such as "{ $example }", and looks like the type { $type }; `rikaste attribute add { $code }` takes it in
header-unknown = nothing in this shop is called "{ $name }"{ $hint }
header-suffix = "{ $suffix }" is neither a locale of this shop ({ $locales }) nor a channel ({ $channels }){ $hint }
header-not-localizable = "{ $attribute }" is the same in every locale; call the column "{ $attribute }", or make it `localizable` in model.toml
header-not-scopable = "{ $attribute }" is the same in every channel; call the column "{ $attribute }", or make it `scopable` in model.toml
header-price-list = "{ $suffix }" is neither a price list of this shop nor the currency of one; there are { $lists }{ $hint }
header-location = there is no stock location "{ $suffix }"; there are { $locations }{ $hint }
header-which-location = the shop has several stock locations ({ $locations }); call the column "stock-{ $first }" or the like, say it in a mapping, or name one for all files at the top of shop.toml: stock_location = "{ $first }"
header-no-locations = the shop has no stock locations; define one in shop.toml, as in [locations.store]
header-net-price = this is a price without tax, and prices here include it; if the prices of this shop are without tax, a mapping says so: { $column } = "price"; to keep it beside the price: `rikaste attribute add price_without_tax`
header-channel = there is no channel "{ $channel }" (channels/{ $channel }.toml); to read the column for all channels, a mapping says: { $column } = "{ $target }"
columns-by-synonym = read by what they are called elsewhere: { $columns }; a mapping or a header in the shop's own words says something else
header-taken = "{ $name }" may mean "{ $place }", which the column "{ $by }" says already; if it is another thing, a mapping says so
header-rivals = "{ $name }" may mean "{ $place }", and so may "{ $other }"; call the one that is meant "{ $place }", or that in a language "{ $place }-fi", or say it in a mapping
header-overruled = the mapping { $mapping } reads "{ $place }" from the column "{ $by }"; this one was left out
header-shared-label = "{ $name }" is the label of "{ $first }" and of "{ $second }"; call the column by the one that is meant, or say it in a mapping
header-contested = { $column } is the label of "{ $attribute }" in this shop, and may also mean "{ $place }"; say in a mapping which one it is: { $column } = "{ $place }" or { $column } = "{ $attribute }"
header-quantity = "{ $attribute }" is measured in { $own }, and { $unit } cannot be made of it; correct the header, or say in a mapping what the numbers are: { $column } = {"{"} to = "{ $attribute }", unit = "{ $own }" {"}"}
header-unitless = "{ $attribute }" has no unit, and this is in { $unit }; if its numbers are meant so, say it in a mapping: { $column } = "{ $attribute }"
stock-location = pieces of this column went to the location "{ $location }", which shop.toml names in stock_location
locale-foreign = rows of "{ $text }" are left out: it is no locale of this shop; say which one it is in a mapping: [locale] values = {"{"} "{ $text }" = "…" {"}"} (said once)
rows-left-out = rows that the preset leaves out, by what stands in this column: { $rows } ({ $texts })

## Rows

row-too-long = the row has { $cells } cells and the header { $width }; the row was not taken; put a text that contains the separator in quotation marks
row-too-short = the row ends before { $names }{ $more }, which it says nothing about; write the separators of empty cells as well
row-ends-early = the row ends before { $names }{ $more }, and it does not show which of its cells are missing; the row was not taken; write the separators of empty cells as well
row-cells = the row has { $cells } cells and the others have { $usual }{ $line }, and it does not show which one is missing or too many; the row was not taken; write the separators of empty cells as well, and put a text that contains a separator in quotation marks
row-moved = column { $column } has numbers in the other rows and "{ $text }" here, where a number stands in a column of texts{ $line }: the cells of the row have moved; the row was not taken; correct it
row-quotes = the quotation marks of this row do not match{ $line }, and more than one reading of it is possible; the row was not taken; write each mark inside a text twice, and one at each of its ends
row-quotes-above = a quotation mark of this line closes a text that was not opened; the row above may lack the end of a text: look at both
row-quotes-repaired = the quotation marks of this row do not follow the rules; only one reading fits the other rows, in which this says "{ $text }"; write each mark inside a text twice
row-quote-alone = a quotation mark stands here by itself; it was read as a character of "{ $text }"
row-line = {" "}(line { $line } of the file)
row-repeated = row { $first } of this file speaks about { $what } already; this row was not taken; keep one of the two
row-conflict = row { $first } of this file says another { $subject } of this product; this row was not taken; make the two agree
row-joined = row { $first } is about this SKU, too; what both say was put together
values-emptied = empty cells of this column took away values that were there before: { $values } (the first is named); leave a column out to keep its values
group-differs = another row of this product says something else here; the first was taken
said-sku = this SKU
said-review = this review
said-stock = this SKU and location
said-price = this SKU, price list and time
said-edit = this SKU, attribute, locale, channel and time
sku-missing = the row has no SKU
edit-no-value = the edit has no value that can be read; the row was not taken
edit-no-attribute = the row names no attribute
edit-elsewhere = this is no attribute; prices, stock and reviews come in files of their own folders, and links in files of products
edit-two-places = the attribute names another one; name it in one of the two only
edits-set = values that this file set by hand: { $edits }
edits-empty = empty cells, which say nothing here: { $cells }; to take an edit back, drop a file with the columns "sku", "attribute" and "value", and leave the value empty
stock-missing = the row has no stock level
stock-no-location = the row names no stock location
stock-no-quantity = the row has no quantity; write 0 where there is none left
price-missing = the row has no price
rating-missing = the review has no rating; write one from 1 to 5
window-empty = it ends before it begins: { $from } – { $until }
json-object = this is not an object; write each product as {"{"} … {"}"}
json-depth = the element is nested deeper than { $limit } levels; it was not taken
json-syntax = this is not JSON: { $reason }
xml-attribute = an attribute of <{ $name }> is not written as name="value"
xml-entity = nothing says what &{ $name }; stands for; write the character itself
xml-reference = { $reason }; write the character itself
xml-width = an element has more than { $limit } different children; it was not taken
bmecat-delete = the catalogue takes { $sku } out of the range, which a row does not do; the product was left as it is
product-unknown = there is no product { $sku }; import the product: this file is then taken again by itself, as long as it lies in the inbox
row-says-nothing = there is no product { $sku }, and the row says nothing that would make one, such as a name; the row was not taken

## Cells

boolean-unreadable = this is neither yes nor no; write 1 or 0, true or false
date-unreadable = this is not a date; write it as 2026-12-31
date-format = this is not a date as the mapping has them: { $format }
date-ambiguous = this may be day/month or month/day; write it as 2026-12-31
number-unreadable = this is not a number; write one such as 1299.50
number-too-large = the number is too large
number-too-long = the number has more than { $digits } digits
number-not-whole = a whole number is asked for; write one such as 12
number-ambiguous = this may mean { $thousands } or { $fraction }0; write the one that is meant, or set `decimal` in a mapping
measurement-unreadable = this is not a measurement; write a number and a unit, such as 0.4 kg
measurement-unit = the unit is missing; write it after the number, or give the attribute a `unit` in model.toml
money-unreadable = this is not a price; write one such as 29.90 or 29.90 EUR
money-negative = a price cannot be below zero
currency-invalid = "{ $text }" is not a currency; write its three-letter code, such as EUR
currency-unclear = the currency is not clear; write its code, as in 29.90 EUR
price-currency = prices of the list { $list } are in { $currency }
price-list-unclear = it is not clear which price list in { $currency } is meant; there are { $lists }
price-list-unknown = there is no price list "{ $text }"; there are { $lists }{ $hint }
dates-unreadable = these are not two dates; write them as 2026-12-01/2026-12-08
price-quantity-unclear = it is not clear how many pieces the price is for; write a number, such as 100
price-quantity-inexact = { $amount } is the price of { $pieces } pieces, and one is not exact to four decimals; write the price of one
prices-left-out = { $problem }; the prices of the row were left out
prices-foreign = prices left out because no price list of this shop is in { $currency }: { $count }; if they are meant, add a list under [price_lists] in shop.toml
prices-by-quantity = prices left out because they hold from a second piece on only: { $count }
sales-of-zero = sale prices of 0 taken for none: { $count }
sales-open-ended = sale prices without an end, which hold until a file takes them back: { $count }
prices-open-ended = prices that begin on a day and have no end: { $count }; if a sale is meant, write its last day in valid_until
former-prices-alone = former or recommended prices left out because their rows have no price that they stand beside: { $count }; if they are the price, a mapping says so: to = "price"
discount-range = a discount is from 1 to less than 100 percent; write a smaller one with its sign, as in 0.5 %
discount-above-price = the discount { $discount } is not less than the price { $price }
sale-above-price = the sale price { $sale } is above the price { $price }, so it is no sale
sale-without-price = the row has no price that the sale price { $sale } reduces
rating-range = a rating is from 1 to 5; if it is on another scale, a mapping says so: scale = 10
rating-scale = { $beyond } of { $count } ratings are above 5, up to { $most }: they are on another scale; nothing was read; write the scale in a mapping: [columns] { $column } = {"{"} to = "rating", scale = { $scale } {"}"}
table-cell = a table cannot be written in a cell
gtin-rounded = a spreadsheet has rounded this number; format the column as text and enter the GTIN again
gtin-length = "{ $text }" has { $digits } digits; a GTIN has 8, 12, 13 or 14
gtin-several = a product has one GTIN: the first of the cell was taken, and { $others } left out
gtin-check-digit = the check digit of "{ $text }" is { $found }, but it should be { $expected }
code-empty = the { $what } is empty
code-too-long = the { $what } has { $length } characters; at most { $limit } are allowed
code-character = the { $what } "{ $text }" contains { $character }; { $allowed }
code-sku = SKU
code-category = category code
allowed-code = letters, digits, `_`, `-` and `.` are allowed
allowed-printable = printable characters are allowed
allowed-digits = only digits are allowed
option-unknown = this is none of the options of { $attribute }; { $hint }
category-unknown = there is no category "{ $text }"; { $hint }
category-long = the path of this category is too long
family-unknown = there is no family "{ $text }"; { $hint }
attribute-unknown = there is no attribute "{ $text }"{ $hint }
locale-invalid = "{ $text }" is not a locale; write a language and a region, such as fi-FI
locale-none = { $attribute } is the same in every locale; leave the cell empty
locale-unknown = "{ $text }" is no locale of this shop
channel-none = { $attribute } is the same in every channel; leave the cell empty
channel-unknown = there is no channel "{ $text }"
link-itself = the product is linked to itself
link-missing = products are linked to others that the catalogue does not have: { $names }; the links show by themselves when these come
link-quantity = the quantity after * must be from 1 to 4294967295
kind-unknown = a row is either a "product" or a "model"; it was taken as a product
parent-itself = the product is its own parent; leave the cell empty, or write its model's SKU
parent-number = no row of this file has the number { $id }; put the model into the same file
parent-missing = variants name models that the catalogue does not have: { $names }; until a file brings them, their variants stand alone; if the names are wrong, correct them
value-repeated = the row says { $attribute } twice; the first was taken
text-garbled = the letters are garbled, most likely from "{ $before }": mend the text where it comes from, and save it as UTF-8 (said once for the column)
text-tags = the text has HTML tags, which readers will see, because { $attribute } is plain text; make it rich-text in model.toml, or take the tags out (said once for the column)

## Photos and plugins

photo-empty = { $name } is empty; drop the photo again
photo-orphan = no product uses { $name } yet, and its name begins with no SKU or GTIN; it is kept until such a product comes
photo-unusable = { $name } cannot be used: { $why }
photo-remark = { $name }: { $remark }
photo-unknown = nothing is known of { $name } yet; if it stays so, `rikaste rebuild` has it developed again
photos-undeveloped = no plugin that decodes photos runs, so they are kept and no channel shows them; `rikaste plugin enable images` has one run
photo-small = { $name } is { $size } pixels, and { $channels } takes none below { $least }; give a larger photo
photo-blank = { $name } is one colour, or hardly more; is it the right file?
photo-misnamed = { $name } is a { $is } file, whatever its ending says; it was read as that
photo-twice = { $name } is the same file as { $other }
photo-alike = { $name } looks like { $other }; leave one of them out if they are of the same product
photo-placeholder = { $name } is called as the picture of a product without one is; channels refuse products that are shown by a placeholder
photo-sibling = { $name } shows { $sku } by the same picture as { $other }, though they differ in { $attribute }; give each its own, since channels refuse the picture of another variant
picture-host = no pictures are fetched from { $host }: drop them into inbox/images under their file names, or have whoever runs the shop add it to { $setting } (said once for the host)
pictures-wait = pictures that are named by URL and not fetched yet: { $count }; a running shop fetches them now, and a receipt of their own says what came
picture-unfetched = the picture of { $sku } could not be fetched: { $why }
fetch-url = “{ $url }” cannot be fetched: { $reason }
fetch-url-web = it is not a web address such as https://…
fetch-url-scheme = it begins with neither https:// nor http://
fetch-url-login = it has a user name or password in it, which is nothing for a product file
fetch-url-host = it names no host
fetch-not-allowed = nothing is fetched from { $host }: whoever runs the shop can add it to { $setting }
fetch-private = nothing is fetched from { $host }, which is at { $address } ({ $kind }): if its pictures are meant, whoever runs the shop can say `private = true` with it in { $setting }
fetch-forbidden = nothing is fetched from { $host }, which is at { $address } ({ $kind })
fetch-redirected = “{ $url }” sends on to another address: { $reason }
fetch-redirects = “{ $url }” sends from one address to the next, more than { $most } times
fetch-no-host = { $host } could not be found ({ $reason }): look for a slip in “{ $url }”
fetch-unreachable = { $host } could not be reached ({ $reason }); it is tried again later
fetch-untrusted = { $host } does not prove who it is ({ $reason }): its certificate has to be renewed by who runs it
fetch-not-found = there is no picture at “{ $url }” ({ $status })
fetch-denied = “{ $url }” is not for everybody ({ $status }): ask who runs it for addresses without a login
fetch-busy = { $host } asks to be left alone for { $seconds } seconds; it is tried again later
fetch-status = “{ $url }” could not be answered ({ $status })
fetch-too-large = “{ $url }” is too large: at most { $most } bytes are fetched
fetch-too-slow = “{ $url }” is too slow: { $got } bytes came in { $seconds } seconds; it is gone on with later
fetch-cut = “{ $url }” broke off after { $got } bytes; it is gone on with later
fetch-no-picture = “{ $url }” is no picture but { $type }: it may be a page that shows one, or asks for a login
fetch-empty = “{ $url }” is empty
fetch-answer = { $host } answers what is not understood: { $reason }
fetch-disk = what is fetched cannot be written to { $file }: { $reason }
address-loopback = this machine itself
address-private = in a private network
address-link-local = in the local network
address-metadata = where a cloud keeps its secrets
address-nobody = no single machine
address-reserved = reserved
attachment-other = { $name } is called as { $kind } are and is none; it was perhaps not copied whole: drop it again, or give it its right ending
plugin-failed = the plugin { $plugin } failed on this product, and its last good values stay: { $reason }
image-file-large = it has more than { $most } MB; save it smaller and drop it again
image-empty = The file is empty; it was perhaps not copied whole, give it again
image-not-an-image = The file is not an image; give a JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF file
image-unsupported = The file is { $format }, which is not taken; save the picture as JPEG, PNG or WebP
image-truncated = The picture ends too early; the file was perhaps not copied whole, give it again
image-broken = The picture is broken: { $problem }; save it anew and give it again
image-too-large = The picture is { $size } pixels; at most 64 megapixels and { $side } pixels a side are taken. Scale it down and give it again
image-too-many-bytes = The file has { $size } MB; at most { $most } MB are taken. Save it with less detail and give it again
image-memory = The picture would take { $needed } MB of memory, and { $most } MB are there; scale it down, or save it with 8 bits for each colour and not progressive
image-frames = The picture has more than { $most } frames; give one of them as a picture of its own
image-scans = The picture is in { $scans } passes, which would take too long to put together; save it anew
image-parts = The picture is put together from too many parts; save it anew as one
image-rendition = A picture that is wanted cannot be: { $problem }; change the rendition
image-profile = The colour profile in the picture { $problem }, so its colours were taken for the usual ones{ $kind }. If they look wrong, save the picture anew as sRGB
image-cmyk = The picture has the colours of print (CMYK) and no profile that says of which, so they were estimated. Save it as sRGB, or with its profile
image-hdr = The picture is for very bright screens (HDR), and was made darker for all others. If it looks wrong, save it without HDR
image-pages = The file has more pages; only the first is shown
image-trailing-bytes = { $bytes } bytes follow the picture in its file; they were left out. If they are not from your camera or program, save the picture anew
image-animated = The picture has { $frames } frames; only the first is shown
image-text = The picture seems to show text and nothing else, which channels refuse; give a picture of the product
image-plugin-failed = the plugin { $plugin } { $version } fails on it: { $reason }
plugin-value-refused = the plugin { $plugin } { $version } proposes a value of { $attribute } that is left out: { $reason }
plugin-values-many = the plugin { $plugin } { $version } proposes { $count } values; those after the first { $most } are left out
value-undeclared = its manifest does not name { $attribute } in `writes`
value-other-type = its manifest says that it is { $declared }, and this is { $found }
value-locale-unknown = the shop has no locale { $locale }
value-not-localizable = it has a locale, and its manifest says that it is not localizable
value-channel-unknown = the shop has no channel { $channel }
value-not-scopable = it has a channel, and its manifest says that it is not scopable
value-window-empty = its window ends before it begins
value-twice = there is another value for the same locale, channel and window
failure-steps = it took more than { $million } million steps; is there a loop without an end?{ $place }
failure-stack = its stack overflowed; is there a recursion without an end?{ $place }
failure-bounds = it reached outside its memory; is there a recursion without an end?{ $place }
failure-panic = it panicked: { $said }
failure-silent = it stopped itself without saying why{ $place }
failure-output = it handed over more than { $most } MiB at once{ $place }
failure-handles = it has more than { $most } handles open; does it close what it opens?{ $place }
failure-contract = what it hands over is not of the contract; was it built with other bindings? { $problem }
failure-memory = it needs more than { $most } MiB of memory
failure-time-photo = it took longer than { $seconds } seconds; the machine may have been busy
failure-time = it took longer than { $seconds } seconds
failure-start = it cannot be started: { $reason }
failure-answers = it was given { $given } products and answered { $answered }
failure-busy = too many plugins are running at once

## The receipt

place-row = row { $row }
receipt-title = { $file } – receipt
receipt-messages = What to look at
receipt-row = Row
receipt-column = Column
receipt-value = It says
receipt-message = What happened, what to do
receipt-nothing = nothing
receipt-more =
    { $count ->
        [one] There is 1 more message than is shown here.
       *[other] There are { $count } more messages than are shown here.
    }
receipt-more-in = … and { $count } more, in { $page }
rejects-title =
    { $count ->
        [one] Mend the refused row
       *[other] Mend the refused rows
    }
rejects-link =
    { $count ->
        [one] Download the row (CSV)
       *[other] Download the { $count } rows (CSV)
    }
rejects-advice = Open the file in a spreadsheet, mend the rows and save it under the same name as CSV (in Excel: "CSV UTF-8"). Then drop it into { $folder }. The first two columns say what was wrong; they may stay.
receipt-file = The file
receipt-taken = Taken in
receipt-taken-at = { $at } ({ $zone }), in { $time }
receipt-release = Release
receipt-none = none
receipt-read-as = Read as
receipt-size = Size
receipt-columns = Columns
receipt-hash = BLAKE3
severity-error = error
severity-warning = warning
severity-info = info

summary-unreadable = The file could not be read; nothing of it was taken.
summary-skipped = No row of the file is for this shop; nothing of it was taken.
summary-untaken = Nothing was taken: files are not read from this place or under this name.
summary-no-row =
    { $all ->
        [one] Nothing of the file was taken: none of 1 row could be used.
       *[other] Nothing of the file was taken: none of { $all } rows could be used.
    }
summary-no-photo =
    { $all ->
        [one] Nothing of the file was taken: none of 1 photo could be used.
       *[other] Nothing of the file was taken: none of { $all } photos could be used.
    }
summary-too-many = Nothing of the file was taken: { $bad } of { $rows } rows are bad, and at most { $limit } may be.
summary-nothing-said = The file says nothing; nothing changed.
summary-unchanged = Nothing changed: all that the file says was known already{ $refused }.
summary-all-rows =
    { $count ->
        [one] The only row is { $place }.
       *[other] All { $count } rows are { $place }.
    }
summary-all-photos =
    { $count ->
        [one] The only photo is { $place }.
       *[other] All { $count } photos are { $place }.
    }
summary-some-rows =
    { $accepted ->
        [one] 1 of { $all } rows is { $place }{ $refused }.
       *[other] { $accepted } of { $all } rows are { $place }{ $refused }.
    }
summary-some-photos =
    { $accepted ->
        [one] 1 of { $all } photos is { $place }{ $refused }.
       *[other] { $accepted } of { $all } photos are { $place }{ $refused }.
    }
in-release = in release { $number }
in-catalogue = in the catalogue
refused-rows =
    { $count ->
        [one] ; 1 row was refused
       *[other] ; { $count } rows were refused
    }
refused-photos =
    { $count ->
        [one] ; 1 photo was refused
       *[other] ; { $count } photos were refused
    }

# Each stands after its number.
count-new =
    { $count ->
        [one] new
       *[other] new
    }
count-changed =
    { $count ->
        [one] changed
       *[other] changed
    }
count-unchanged =
    { $count ->
        [one] as before
       *[other] as before
    }
count-refused =
    { $count ->
        [one] refused
       *[other] refused
    }
count-warnings =
    { $count ->
        [one] warning
       *[other] warnings
    }
count-left-out =
    { $count ->
        [one] value left out
       *[other] values left out
    }
count-touched =
    { $count ->
        [one] product touched
       *[other] products touched
    }
count-enriched =
    { $count ->
        [one] enriched
       *[other] enriched
    }
count-documents =
    { $count ->
        [one] channel document changed
       *[other] channel documents changed
    }
size-bytes =
    { $count ->
        [one] 1 byte
       *[other] { $count } bytes
    }
time-seconds = { $number } seconds

## Drops

taken-read-anew = taken again by itself: the attributes, the mapping or the program that it is read by are not what they were; what later files said stays
taken-products-came = taken again by itself: there are products now that it named and that were not there
taken-approved = taken in although many products go: it was approved
range-question =
    { $of ->
        [one] this file is the whole range of the source { $source }, and the only product of it is not in the file ({ $names }): it would go from every channel. Is that right? If so, run: rikaste drop approve { $file }. If not, drop the whole file again: it takes the place of this one
       *[other] this file is the whole range of the source { $source }, and { $gone } of { $of } products are not in it ({ $names }): they would go from every channel. Is that right? If so, run: rikaste drop approve { $file }. If not, drop the whole file again: it takes the place of this one
    }
range-unclear =
    { $rows ->
        [one] { $gone } of the range are not in the file, and nothing was taken out, because the refused row may be about one of them; mend the row and drop the file again
       *[other] { $gone } of the range are not in the file, and nothing was taken out, because { $rows } refused rows may be about them; mend the rows and drop the file again
    }
range-cut = the last row breaks off and no line break follows: the file was most likely cut short. { $gone } products of the range are not in it, and nothing was taken out; export it again and drop it
prices-above-ordinary = prices for a time that are above the ordinary price, and so not shown as a sale: { $count }: { $prices }
prices-became-zero = products that cost something before and cost 0 now: { $count }: { $prices }; if that is not meant, leave the price empty or write it
model-price-ignored = prices of models that no variant follows, because all have prices of their own (with the row): { $count }: { $models }; to let variants follow their model, take their own prices away
prices-of-others-replaced = prices of other price files that this file replaces: { $count }: { $prices }; to let one hold over this file, drop it again with a first day in valid_from
prices-withdrawn = prices that an earlier version of this file stated and this one does not, now withdrawn: { $count }: { $prices }
prices-not-withdrawn = prices that an earlier version of this file stated and this one does not, and that stay: { $count }: { $prices }; to take one away, drop its SKU with an empty price and the same days
prices-withdrawal-unclear = prices that an earlier version of this file stated and this one does not: { $count }: { $prices }; they stay because refused rows may be about them; mend the rows and drop the whole file again
values-withdrawn = values and links that an earlier version of this file stated and this one does not mention, now withdrawn: { $count } (products: { $products }): { $examples }
values-withdrawal-unclear = products of which an earlier version of this file says more than this one: { $count }: { $skus }; that stays because cells of their rows could not be read; mend them and drop the whole file again
states-not-withdrawn = products that an earlier version of this file took out of the shop, and of whose state this one says nothing: { $count }: { $skus }; they stay out; write active in the column status to bring them back
rows-not-named = rows of the version of this file before that are about products which this one does not name: { $count } of { $before }; these products stay as they are. To take them out, say that the file is the whole range: full = true in a file in mappings/
withdrawal-question = an earlier version of this file stated values that this one does not mention ({ $attributes }; values: { $values }, products: { $products }): they would be withdrawn, such as { $examples }. Does this file say all that there is to say? If so, run: rikaste drop approve { $file }. If it only adds to the earlier one, drop it under another name
taken-with-withdrawal = taken in although many values go: it was approved
product-gone = it is not in the file, which is the whole range of the source { $source }: no source says anything about it any more, and no channel shows it
product-left-source = it is not in the file, and so what the source { $source } said of it was taken back; other sources go on
overruled-by-source =
    { $count ->
        [one] in 1 value the source { $source } wins (priority { $theirs } over { $own }): { $skus }; to have this file win, write in shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
       *[other] in { $count } values the source { $source } wins (priority { $theirs } over { $own }): { $skus }; to have this file win, write in shop.toml: [sources.…] attributes = {"{"} { $attribute } = … {"}"}
    }
overruled-by-edit =
    { $count ->
        [one] 1 value was set by hand, and that wins: { $skus }
       *[other] { $count } values were set by hand, and that wins: { $skus }
    }
summary-held = Nothing of the file was taken yet: { $gone } of { $of } products would go. Is that right?
summary-held-values = Nothing of the file was taken yet: values that it does not mention any more would go ({ $attributes }; values: { $values }, products: { $products }). Is that right?
count-gone =
    { $count ->
        [one] product gone
       *[other] products gone
    }

## Columns that decide about a sale

sales-publication = whether a product is for sale
sales-availability = from when or until when a product is for sale
sales-second-price = a price
sales-price-impact = how much a variant costs more or less than its model
sales-price-dates = when a price holds
sales-discount = how much is taken off a price
sales-price-quantity = for how many pieces a price is
sales-currency = the currency of a price
sales-tax-basis = whether a price includes tax
sales-minimum-quantity = how many pieces are bought at least
sales-advice-status = Write in a mapping what its words mean: "{ $column }" = {"{"} to = "status", values = {"{"} "…" = "active", "…" = "draft", "…" = "archived" {"}"} {"}"}.
sales-advice-availability = Write in a mapping: "{ $column }" = "status_from", or "status_until" for the last day; date = "%d%m%y" says how its days are written.
sales-advice-price = Write in a mapping: "{ $column }" = "sale_price", or "compare_at_price", or "price" where it is the price itself; if it belongs to a list of its own, call it "price-" and the list.
sales-advice-impact = Whether tax is in it, the file does not say, so it is not added up: write the price of each variant into a column "price", or drop these prices into inbox/prices.
sales-advice-dates = In a file of prices or edits, call such columns "valid_from" and "valid_until"; in a file of products, "sale_from" and "sale_until"; or write in a mapping: "{ $column }" = "sale_from", "sale_until", or "sale_dates" where both days stand in one cell.
sales-advice-quantity = Call the column "price_quantity", or write so in a mapping.
sales-advice-currency = Call the column "currency", or write the currency into the name of the price column, as in "price-SEK".
sales-advice-discount = Write in a mapping: "{ $column }" = "discount_percent", or "discount_amount".
sales-advice-minimum = Call the column "minimum_quantity", or write so in a mapping.
column-question = this column is not understood, and it seems to say { $class } ({ $values }); nothing of the file was taken. { $advice } To leave it out for good, write in a mapping, under [columns]: "{ $column }" = "ignore". To take this file without it, run: rikaste drop approve { $file }
column-question-left = the file was taken without this column, which seems to say { $class } ({ $values })
taken-without-columns = taken without the columns that were asked about: it was approved
summary-held-columns =
    { $count ->
        [one] Nothing of the file was taken yet: a column that decides about a sale is not understood ({ $names }).
       *[other] Nothing of the file was taken yet: { $count } columns that decide about a sale are not understood ({ $names }).
    }
status-unknown = this is no state of a product that is known; write active, draft or archived
products-not-offered =
    { $count ->
        [one] one product of the file is not offered in any channel, because the file says so ({ $names })
       *[other] { $count } products of the file are not offered in any channel, because the file says so ({ $names })
    }
undo-outdated = the shop stands on release { $current } by now, not on release { $seen } as when it was looked at; look again
undo-not-kept = release { $wanted } is not kept; releases { $floor } to { $newest } are
undo-no-earlier = there is no earlier release to go back to
undo-photos = photos are not taken back; drop another photo under the same name
undo-done = it was taken back already, in release { $release }
undo-no-release = nothing of this file changed the catalogue, so there is nothing to take back
undo-too-old = release { $before }, the one before this file, is not kept any more; the oldest that is kept is release { $floor }
undo-file-changed = { $file } came later and may say the same, but does not lie in the inbox as it was imported; put it back there and look again
undo-file-archive = { $file } came later and is an archive; whether it says the same cannot be told
undo-file-unreadable = { $file } came later and cannot be read any more; whether it says the same cannot be told
undo-nothing-left = nothing is left of what this file said: later files say the same or something else
rollback-nothing = nothing changed since release { $to }
summary-undone = What this file said was taken back in release { $release }. Save the file again to take it in.
summary-refused = Nothing was taken from the file: somebody refused it. Save the file again to have it read.
receipt-undo = Take back what this file said …
