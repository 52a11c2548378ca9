//! The TypeScript of what crosses to the page, kept equal to the Rust. `KEYFOB_WRITE_BINDINGS=1` writes it again.

#![allow(clippy::expect_used, reason = "a test")]

use std::path::Path;

use ts_rs::{Config, TS};

use zoho_oauth::{client, probe, region, scope};

use crate::view::qr;
use crate::{
    action, activity, connection, credential_hints, custom_regions, draft, export_choice, fields, handover_file,
    intent, keeping, notice, problem, quota, redirect_method, redirect_refused, report_place, revocation,
    script_access, settings, snapshot, standing, step, tasks, typed_scopes,
};

macro_rules! declarations {
    ($config:expr, $($kind:ty),+ $(,)?) => {
        [$(format!("export {}\n", <$kind>::decl($config))),+].concat()
    };
}

#[expect(clippy::too_many_lines, reason = "a list")]
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
        custom_regions::RegionForm,
        scope::Scope,
        scope::Scopes,
        tasks::Risk,
        typed_scopes::WhyNot,
        typed_scopes::ScopeRefused,
        client::OrganisationId,
        client::ClientType,
        redirect_method::RedirectMethod,
        credential_hints::Hint,
        credential_hints::Hints,
        redirect_refused::RedirectRefused,
        probe::Identity,
        probe::Proof,
        problem::PastedProblem,
        problem::Problem,
        export_choice::Shape,
        export_choice::Export,
        export_choice::FileFormat,
        handover_file::Lasts,
        handover_file::Lock,
        fields::FormField,
        fields::PasteField,
        fields::ZohoPage,
        fields::CorrectedField,
        step::Step,
        report_place::ReportAbout,
        intent::VaultIntent,
        intent::AppIntent,
        intent::SignInIntent,
        intent::TokensIntent,
        intent::ChecksIntent,
        intent::ShareIntent,
        intent::RevokeIntent,
        intent::CliIntent,
        intent::Intent,
        action::VaultAction,
        action::AppAction,
        action::SignInAction,
        action::TokensAction,
        action::ChecksAction,
        action::ShareAction,
        action::PreparedIntent,
        action::Action,
        script_access::ScriptAccess,
        snapshot::Masked,
        keeping::Keeping,
        standing::Standing,
        snapshot::Doing,
        standing::TestResult,
        standing::Probed,
        standing::ScopeProbe,
        activity::Act,
        activity::Happened,
        activity::Entry,
        quota::Totals,
        snapshot::Metered,
        snapshot::Level,
        snapshot::Meter,
        snapshot::Page,
        snapshot::LiveFileView,
        snapshot::Card,
        snapshot::RevocationView,
        draft::Guess,
        snapshot::ZohoForm,
        snapshot::TaskChoice,
        snapshot::ScopeChoice,
        qr::Qr,
        snapshot::DeviceView,
        snapshot::ApprovalView,
        snapshot::CodeShown,
        snapshot::GrantedBy,
        snapshot::Note,
        snapshot::CandidateView,
        snapshot::SecretElsewhere,
        draft::PasteRefused,
        draft::CandidateSource,
        draft::OtherRegion,
        draft::RegionSaid,
        snapshot::DraftView,
        snapshot::SetupView,
        snapshot::OfferView,
        snapshot::HandingOver,
        notice::NoticeKind,
        snapshot::NoticeView,
        notice::CopiedWhat,
        notice::Copied,
        snapshot::PassphraseFor,
        snapshot::Screen,
        settings::OnClose,
        settings::Settings,
        settings::Closing,
        snapshot::Snapshot,
    );
    format!("// Written from the Rust types by `make bindings`; a test fails when the two drift apart.\n\n{types}")
}

/// `text` without what the page's formatter may change: white space, `;` instead of `,` between fields, the `,` after
/// the last one, the `|` before the first member of a union, and parentheses around a member. ts-rs writes no parentheses.
fn unformatted(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect();
    bare.replace(';', ",").replace(",}", "}").replace("=|", "=")
}

#[test]
fn the_page_and_the_core_speak_of_the_same_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings.ts");
    let wanted = bindings();
    if std::env::var_os("KEYFOB_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, &wanted).expect("ui/src/bindings.ts can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(unformatted(&found) == unformatted(&wanted), "ui/src/bindings.ts is out of date; run `make bindings`");
}
