;; Never comes back from being instantiated.

(func $spin (loop $again (br $again)))

(start $spin)
