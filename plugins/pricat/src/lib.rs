//! Price catalogues as EDIFACT PRICAT messages (D.96A and D.01B, as EANCOM has them), which
//! wholesalers in the north and in Germany send in place of a spreadsheet.
//!
//! An interchange is text in segments, `PRI+AAB:25.50:CA'`, one after another and often on a single
//! line. `SegmentReader` finds them in bytes that come in chunks,
//! `InterchangeEnvelope` checks that nothing was lost on the way, and each `LIN` with what
//! follows it becomes an element (`item`):
//!
//! | path | from |
//! |---|---|
//! | `sku` | what the configuration names: the GTIN, or the supplier's or buyer's article number |
//! | `gtin` | `LIN`, or `PIA` with `EN` or `SRV` |
//! | `supplier_article`, `buyer_article` | `PIA` with `SA`, `IN` or `BP` |
//! | `name`, `description`, `brand`, `color`, `size`; any other `imd.CODE` | `IMD`; with a language `name-fi` |
//! | `weight`, `net_weight`, `height`, `width`, `length`, `depth`; any other `measure.CODE` | `MEA` |
//! | `price-EUR` | `PRI`: what a customer is to pay (`SRP`, `RTP`, or `AAE`, `AAF`, `INF`) |
//! | `purchase_price-EUR`, `gross_price-EUR` | `PRI`: what the merchant pays (`AAA`, `AAB`), which is for no shop window |
//! | `valid_from`, `valid_until` | `DTM` with 194, 206 or 273 of the message or the price |
//!
//! What is not here, such as allowances, packaging and item hierarchies, is not read.

mod date;
mod envelope;
mod item;
mod plugin;
mod segment;

pub use plugin::PricatImporter;

rikaste_plugin::export_importer!(PricatImporter);
