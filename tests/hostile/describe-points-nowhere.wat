;; Answers with an address that its memory does not have.

(func $describe (export "describe") (result i32) (i32.const 0x7ffffff0))
