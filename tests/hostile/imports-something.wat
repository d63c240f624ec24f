;; It wants what somebody else's host has.
(component (import "acme:shop/prices@1.0.0" (instance (export "of" (func (result u32))))))
