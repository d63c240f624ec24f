;; A component of the world `rikaste:plugin/enricher@0.1.0` around a core module: the types of the
;; contract, and the lifting of the three functions. The module is put in place of the line below. It
;; may import `subscribe` of `host`, a part of WASI that makes a handle.
(component
  (import "wasi:io/poll@0.2.6" (instance $poll (export "pollable" (type (sub resource)))))
  (alias export $poll "pollable" (type $pollable))
  (import "wasi:clocks/monotonic-clock@0.2.6" (instance $clock
    (alias outer 1 $pollable (type $outer-pollable))
    (export "pollable" (type $inner-pollable (eq $outer-pollable)))
    (export "subscribe-duration" (func (param "when" u64) (result (own $inner-pollable))))))
  (core func $subscribe (canon lower (func $clock "subscribe-duration")))

  (core module $module
    ;; MODULE
  )
  (core instance $host (export "subscribe" (func $subscribe)))
  (core instance $it (instantiate $module (with "host" (instance $host))))

  (type $window-of (record (field "start" (option string)) (field "end" (option string))))
  (export $window "window" (type $window-of))
  (type $measurement-of (record (field "amount" string) (field "unit" string)))
  (export $measurement "measurement" (type $measurement-of))
  (type $money-of (record (field "amount" string) (field "currency" string)))
  (export $money "money" (type $money-of))
  (type $table-of (record (field "columns" (list string)) (field "rows" (list (list string)))))
  (export $table "table" (type $table-of))
  (type $data-of (variant
    (case "text" string) (case "rich-text" string) (case "boolean" bool) (case "integer" s64)
    (case "decimal" string) (case "date" string) (case "options" (list string))
    (case "measurement" $measurement) (case "money" $money) (case "assets" (list string))
    (case "table" $table)))
  (export $data "data" (type $data-of))
  (type $value-of (record
    (field "attribute" string) (field "locale" (option string)) (field "channel" (option string))
    (field "window" (option $window)) (field "data" $data)))
  (export $value "value" (type $value-of))
  (type $review-of (record
    (field "source" string) (field "id" string) (field "rating" string)
    (field "locale" (option string)) (field "title" string) (field "text" string)
    (field "author" string) (field "date" (option string)) (field "verified" bool)
    (field "incentivised" bool)))
  (export $review "review" (type $review-of))
  (type $stock-of (record (field "location" string) (field "quantity" s64)))
  (export $stock "stock" (type $stock-of))
  (type $price-of (record
    (field "price-list" string) (field "money" $money) (field "window" (option $window))))
  (export $price "price" (type $price-of))
  (type $association-of (record
    (field "kind" string) (field "sku" string) (field "quantity" u32)))
  (export $association "association" (type $association-of))
  (type $image-of (record
    (field "asset" string) (field "file-name" string) (field "role" string) (field "size" u64)))
  (export $image "image" (type $image-of))
  (type $product-of (record
    (field "values" (list $value)) (field "reviews" (list $review)) (field "stock" (list $stock))
    (field "prices" (list $price)) (field "associations" (list $association))
    (field "images" (list $image))))
  (export $product "product" (type $product-of))
  (type $context-of (record (field "locales" (list string)) (field "channels" (list string))))
  (export $context "context" (type $context-of))
  (type $severity-of (enum "info" "warning" "error"))
  (export $severity "severity" (type $severity-of))
  (type $diagnostic-of (record
    (field "severity" $severity) (field "code" string) (field "message" string)
    (field "attribute" (option string)) (field "locale" (option string))))
  (export $diagnostic "diagnostic" (type $diagnostic-of))
  (type $patch-of (record
    (field "values" (list $value)) (field "diagnostics" (list $diagnostic))))
  (export $patch "patch" (type $patch-of))
  (type $data-type-of (enum
    "text" "rich-text" "boolean" "integer" "decimal" "date" "options" "measurement" "money"
    "assets" "table"))
  (export $data-type "data-type" (type $data-type-of))
  (type $attribute-of (record
    (field "code" string) (field "data-type" $data-type) (field "localizable" bool)
    (field "scopable" bool)))
  (export $attribute "attribute" (type $attribute-of))
  (type $manifest-of (record
    (field "name" string) (field "version" string) (field "description" string)
    (field "reads" (list string)) (field "writes" (list $attribute))
    (field "config-schema" string)))
  (export $manifest "manifest" (type $manifest-of))

  (func (export "describe") (result $manifest)
    (canon lift (core func $it "describe") (memory (core memory $it "memory"))))
  (func (export "configure") (param "config" string) (result (result (error string)))
    (canon lift (core func $it "configure") (memory (core memory $it "memory"))
      (realloc (core func $it "realloc"))))
  (func (export "enrich")
    (param "context" $context) (param "products" (list $product))
    (result (list (result $patch (error string))))
    (canon lift (core func $it "enrich") (memory (core memory $it "memory"))
      (realloc (core func $it "realloc")))))
