//! The public contract: every JSON body that the program hands out or takes, as types.
//!
//! What is served, what `/openapi.json` describes and what commands print all come from here. The
//! order of fields is the order of members on the wire. A member that is `None` is left out, unless
//! its documentation says that it is `null`. Amounts, decimals, moments and hashes are texts: a
//! reader's floating-point number would change them.

mod channel_model;
mod channels;
mod devices;
mod diagnostics;
mod document;
mod drop_previews;
mod explanation;
mod gaps;
mod offers;
mod ordered_map;
mod photos;
mod plugins;
mod problem;
mod products;
mod receipts;
mod release_diff;
mod releases;
mod search;
mod session;
mod text;
mod undo;
mod vocabulary;

pub use channel_model::{ChannelModel, ModelAttribute, ModelCategory, ModelFamily, ModelName};
pub use channels::{ChannelInfo, ChannelList, LocationInfo, PlaceKind, PriceListInfo};
pub use devices::{DeviceAckAnswer, DeviceAckRequest, DeviceList, DeviceState};
pub use diagnostics::{DiagnosticEntry, MessageSeverity};
pub use document::{
    AssociatedProduct, AttributeData, CategoryPath, ChannelChange, ChannelDocument,
    DocumentAttachment, DocumentPhoto, LabelText, LocalizedContent, MeasurementData,
    NamedRendition, SourceSetImage, StockAvailability,
};
pub use drop_previews::{DropAnswer, DropPreview, FileReading, InboxFileState, ReadColumn};
pub use explanation::{
    ChannelExplanation, CompletenessExplanation, CompletenessLevel, FallbackExplanation,
    MissingModel, PhotoExplanation, PluginExplanation, PluginRemark, PriceExplanation,
    PriceListExplanation, PricePoint, ProductExplanation, ProductRole, StockExplanation,
    ValidityWindow, ValueExplanation, ValueLayer, ValueSource, ValueUse,
};
pub use gaps::{GapAttribute, GapReport, LocaleGaps, ProductGaps};
pub use offers::{OfferAnswer, OfferRequest};
pub use ordered_map::OrderedMap;
pub use photos::{
    AltText, PhotoColor, PhotoDetails, PhotoEntry, PhotoFacts, PhotoPreview, PhotoReport,
    PhotoState, PhotoUser, PictureContent, StoredFileKind,
};
pub use plugins::{
    PluginActivity, PluginDetails, PluginInfo, PluginList, PluginResourceLimits, StaleProduct,
    WrittenAttribute,
};
pub use problem::ProblemDetails;
pub use products::{ModelDocument, ProductAnswer, ProductBatch, ProductList};
pub use receipts::{
    ApprovalAnswer, AskedColumn, DroppedFileKind, ReceiptDocument, ReceiptLanguage, ReceiptList,
    ReceiptOutcome, ReceiptProductCounts, ReceiptQuestion, ReceiptRowCounts, ReceiptSummary,
    RejectedRowsFile, TooManyRejectedRows,
};
pub use release_diff::{ComparedKind, ProductChange, ProductDiff, ReleaseDiff, ValueDiff};
pub use releases::{
    ChannelFingerprint, CompletenessCounts, HealthReport, HealthStatus, ReleaseEvent, ReleaseInfo,
    ReleaseList, ReleaseReason,
};
pub use search::{FacetValue, MatchedWords, PriceBounds, SearchAnswer};
pub use session::{SessionInfo, SignInRequest};
pub use text::{MoneyText, TimeText};
pub use undo::{UndoAnswer, UndoPreview, UndoRefusal, UndoneChannel, UndoneDrop};
pub use vocabulary::{ChannelVocabulary, LanguageWords};
