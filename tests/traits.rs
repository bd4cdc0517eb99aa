//! Auto traits and sizes are part of the promise to users.

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
    check::<Report>();
    check::<Crosswalk>();
    check::<ListDiff>();
    check::<History>();
    check::<Measure>();
    check::<Provision>();
    check::<Span>();
    check::<Event<'static>>();
    check::<rules::ContentRule>();
    check::<rules::LicenceRule>();
    check::<LicenceRow>();
    check::<ParseCodeError>();
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    error::<ParseCodeError>();
    error::<Unavailable>();
    error::<ParseProvisionError>();
    error::<rules::ParseShareError>();
    fn copy<T: Copy + std::hash::Hash + Ord>() {}
    copy::<Code>();
    copy::<Fingerprint>();
    copy::<ChangeKind>();
    copy::<Reason>();
    copy::<CountingRule>();
    copy::<Subject>();
    copy::<rules::Share>();
    copy::<rules::Ceiling>();
    copy::<rules::Floor>();
    copy::<rules::LicenceKind>();
}
