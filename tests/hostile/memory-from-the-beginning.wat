;; Half a gibibyte before it has done anything.

(memory (export "memory") 8192)
