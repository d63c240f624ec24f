;; It wants to be given code.
(component (import "code" (core module)))
