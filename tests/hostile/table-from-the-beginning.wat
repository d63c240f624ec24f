;; A million functions before it has done anything.

(table 1000000 funcref)
