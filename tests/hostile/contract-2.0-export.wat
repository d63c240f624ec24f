;; It was built for a version in which what plugins do is an interface.
(component
  (component $c)
  (instance $i (instantiate $c))
  (export "rikaste:plugin/enricher-guest@2.0.0" (instance $i)))
