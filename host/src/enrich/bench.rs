//! What enriching costs.
