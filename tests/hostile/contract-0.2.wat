;; It was built for a version to come.
(component (import "rikaste:plugin/log@0.2.0" (instance)))
