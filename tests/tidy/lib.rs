//! House rules that a test can hold. The rules are in `tests/`; this crate has nothing else.
