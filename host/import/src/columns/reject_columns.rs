//! Files of rejects: how they are called, and the columns that the program adds to them.

/// What the name of a file of rejects ends in, after the whole name of the file that they were in.
pub const REJECTED_SUFFIX: &str = ".rejected.csv";

/// The columns of our own. They say nothing in whatever file they stand.
pub(crate) const REJECT_COLUMNS: [&str; 2] = ["rikaste_reason", "rikaste_row"];

/// The name of the file that rows were refused of: its own, unless it is a file of rejects.
pub(crate) fn original_name(file_name: &str) -> &str {
    file_name.strip_suffix(REJECTED_SUFFIX).filter(|name| !name.is_empty()).unwrap_or(file_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_rejects_is_known_by_its_name() {
        assert_eq!(original_name("spring.csv.rejected.csv"), "spring.csv");
        assert_eq!(original_name("spring.csv"), "spring.csv");
        assert_eq!(original_name(".rejected.csv"), ".rejected.csv");
    }
}
