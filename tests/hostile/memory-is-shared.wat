;; A memory for threads.

(memory 1 2 shared)
