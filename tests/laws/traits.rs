//! Auto traits and sizes, which are part of the promise to users.

use export_control::identifier::{CasNumber, Element, HsCode, Species};
use export_control::list::license::LicenseRequirement;
use export_control::list::{Fingerprint, SearchHit, Span};
use export_control::measure::{MeasurePart, Subject};
use export_control::*;

#[test]
fn public_types_are_send_sync_and_static() {
    fn check<T: Send + Sync + Unpin + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    check::<Code>();
    check::<Item>();
    check::<ControlList>();
    check::<ItemSet<'static>>();
    check::<Count>();
    check::<Scope>();
    check::<Comparison<'static>>();
    check::<export_control::compare::Report>();
    check::<Crosswalk>();
    check::<ListDiff>();
    check::<History>();
    check::<Measure>();
    check::<MeasurePart>();
    check::<Span>();
    check::<Event<'static>>();
    check::<rules::ContentRule>();
    check::<rules::LicenseRule>();
    check::<LicenseRequirement>();
    check::<ParseError>();
    check::<CasNumber>();
    check::<HsCode>();
    check::<Element>();
    check::<Species>();
    check::<Quantity>();
    check::<SearchHit<'static>>();
    check::<ParseError>();
    // A list of ten thousand items takes little more than a megabyte.
    assert!(std::mem::size_of::<Item>() <= 128);
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    error::<Unavailable>();
    error::<ParseError>();
    fn copy<T: Copy + std::hash::Hash + Ord>() {}
    copy::<Code>();
    copy::<Fingerprint>();
    copy::<ChangeKind>();
    copy::<Reason>();
    copy::<CountingRule>();
    copy::<CasNumber>();
    copy::<HsCode>();
    copy::<Element>();
    copy::<Subject>();
    copy::<rules::Percentage>();
    copy::<rules::Ceiling>();
    copy::<rules::Floor>();
    copy::<rules::LicenseKind>();
}
