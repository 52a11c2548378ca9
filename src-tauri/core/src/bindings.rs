//! The TypeScript of what crosses to the page, kept equal to the Rust. `KEYFOB_WRITE_BINDINGS=1` writes it anew.

#![allow(clippy::expect_used, reason = "a test")]

use std::path::Path;

use ts_rs::{Config, TS};

use crate::{
    activity, cliq, connection, device, export, hand_over, intent, ledger, problem, region, registration, report,
    revocation, scope, script, settings, snapshot,
};

macro_rules! declarations {
    ($config:expr, $($kind:ty),+ $(,)?) => {
        [$(format!("export {}\n", <$kind>::decl($config))),+].concat()
    };
}

fn bindings() -> String {
    let config = Config::default();
    let types = declarations!(
        &config,
        crate::Moment,
        connection::ConnectionId,
        revocation::RevocationId,
        region::RegionCode,
        region::Origin,
        region::Region,
        snapshot::RegionShown,
        region::RegionForm,
        scope::Scope,
        scope::Scopes,
        scope::Risk,
        scope::WhyNot,
        scope::ScopeRefused,
        registration::OrganisationId,
        registration::ClientType,
        registration::WayHome,
        registration::Hint,
        registration::Hints,
        cliq::Identity,
        cliq::Proof,
        problem::PastedProblem,
        problem::Problem,
        export::Shape,
        export::Export,
        export::FileFormat,
        hand_over::Lasts,
        hand_over::Lock,
        intent::FormField,
        intent::PasteField,
        intent::ZohoPage,
        snapshot::Step,
        report::ReportAbout,
        intent::Intent,
        script::ScriptAccess,
        snapshot::Masked,
        snapshot::Keeping,
        snapshot::Standing,
        snapshot::Doing,
        snapshot::TestResult,
        snapshot::Probed,
        snapshot::ScopeProbe,
        activity::Act,
        activity::Happened,
        activity::Entry,
        ledger::Totals,
        snapshot::Metered,
        snapshot::Level,
        snapshot::Meter,
        snapshot::Page,
        snapshot::LiveFile,
        snapshot::Card,
        snapshot::Revocation,
        snapshot::Guess,
        snapshot::ZohoForm,
        snapshot::TaskChoice,
        snapshot::ScopeChoice,
        device::Qr,
        snapshot::Device,
        snapshot::Approval,
        snapshot::CodeShown,
        snapshot::Candidate,
        snapshot::SecretElsewhere,
        snapshot::PasteRefused,
        snapshot::CandidateSource,
        snapshot::OtherRegion,
        snapshot::RegionSaid,
        snapshot::Draft,
        snapshot::SetUp,
        snapshot::Offer,
        snapshot::HandingOver,
        snapshot::NoticeKind,
        snapshot::Notice,
        snapshot::CopiedWhat,
        snapshot::Copied,
        snapshot::Screen,
        settings::OnClose,
        settings::Settings,
        snapshot::Closing,
        snapshot::Snapshot,
    );
    format!("// Written from the Rust types by `make bindings`; a test fails when the two drift apart.\n\n{types}")
}

#[test]
fn the_page_and_the_core_speak_of_the_same_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings.ts");
    let wanted = bindings();
    if std::env::var_os("KEYFOB_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, &wanted).expect("ui/src/bindings.ts can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "ui/src/bindings.ts is out of date; run `make bindings`");
}
