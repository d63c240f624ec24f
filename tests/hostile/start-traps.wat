;; Stops itself while it is instantiated.

(func $stop unreachable)

(start $stop)
