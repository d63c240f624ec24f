;; A well-behaved core module, a paragraph for each part. A hostile one brings parts of its own, and
;; takes the rest from here; parts are told apart by their first line up to the second blank.
;;
;; Strings: 0 `hostile`, 16 `1.0.0`, 32 `hostile_text`, 48 `sku`.

(memory (export "memory") 2)

(data $strings (i32.const 0)
  "hostile\00\00\00\00\00\00\00\00\00" "1.0.0\00\00\00\00\00\00\00\00\00\00\00"
  "hostile_text\00\00\00\00" "sku")

(func $pair (param $at i32) (param $first i32) (param $second i32)
  (i32.store (local.get $at) (local.get $first))
  (i32.store offset=4 (local.get $at) (local.get $second)))

(global $heap (mut i32) (i32.const 65536))

(func $realloc (export "realloc")
  (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
  (local $at i32)
  (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
  (global.set $heap (i32.add (local.get $at) (local.get $size)))
  (local.get $at))

;; At 1024; `reads` has one name, at 1100, and `writes` one attribute, at 1120: a text.
(func $describe (export "describe") (result i32)
  (call $pair (i32.const 1100) (i32.const 48) (i32.const 3))
  (call $pair (i32.const 1120) (i32.const 32) (i32.const 12))
  (call $pair (i32.const 1024) (i32.const 0) (i32.const 7))
  (call $pair (i32.const 1032) (i32.const 16) (i32.const 5))
  (call $pair (i32.const 1048) (i32.const 1100) (i32.const 1))
  (call $pair (i32.const 1056) (i32.const 1120) (i32.const 1))
  (i32.const 1024))

;; Takes whatever it is given: at 1200 there are zeros.
(func $configure (export "configure") (param $config i32) (param $length i32) (result i32)
  (i32.const 1200))

;; An empty patch for each product, 20 bytes of zeros.
(func $enrich (export "enrich")
  (param $locales i32) (param $locale-count i32) (param $channels i32) (param $channel-count i32)
  (param $products i32) (param $count i32) (result i32)
  (local $answer i32)
  (local.set $answer
    (call $realloc (i32.const 0) (i32.const 0) (i32.const 4)
      (i32.mul (local.get $count) (i32.const 20))))
  (memory.fill (local.get $answer) (i32.const 0) (i32.mul (local.get $count) (i32.const 20)))
  (call $pair (i32.const 1216) (local.get $answer) (local.get $count))
  (i32.const 1216))
