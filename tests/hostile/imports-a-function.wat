;; It wants a function of no interface.
(component (import "now" (func (result u64))))
