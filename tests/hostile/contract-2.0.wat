;; It was built for the next major version of the contract.
(component (import "rikaste:plugin/log@2.0.0" (instance)))
