//! The interface asked as readers ask it, whole answers compared.

use expect_test::{Expect, expect};

use super::AccessTokens;
use fixture::Fixture;

mod access;
mod addresses;
mod base_path;
mod changed_values;
mod contact_sheet;
mod cross_origin;
mod described;
mod explaining;
mod feed;
mod fixture;
mod manual;
mod products;
mod reports;
mod search;
mod sent_files;
mod sitemap;
mod undoing;

/// Asks an address of the filled shop, which is open to all.
async fn check(address: &str, expected: Expect) {
    let shop = Fixture::filled(AccessTokens::allow_everyone());
    expected.assert_eq(&shop.get(address).await.to_string());
}
