//! 1. A server that does not prove its identity, or has no safe TLS, receives not a byte of a request.
//! 2. A valid server is accepted, whatever its certificate is made of.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod bare;
mod openssl;

use std::sync::Arc;

use rcgen::{DnType, ExtendedKeyUsagePurpose, GeneralSubtree, NameConstraints, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::sign::any_supported_type;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::version;

use crate::authority::{Authority, Shown, named};
use crate::faults::{GOOD, says_and};
use crate::gate::{Fault, Step};
use crate::means::Means::{self, Garbled, TimedOut, Unreachable, Untrusted, Works};
use crate::phases::{PHASES, Scene};
use crate::played::{is_played, play};
use crate::proof;

const HOST: &str = "localhost";

type Row = (&'static str, Fault, Means);

// Shows T17, N2.
#[tokio::test(flavor = "multi_thread")]
async fn an_unproven_server_receives_nothing() {
    if !is_played() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("authorities.pem");
        return play("tls::an_unproven_server_receives_nothing", &[("SSL_CERT_FILE", store.to_str().unwrap())]).await;
    }
    let company = Authority::of_this_machine();
    let weak = openssl::servers(&company);
    let weak_ones = || weak.iter().map(|(name, server)| (*name, Fault::Elsewhere(server.origin()), Untrusted));
    let mut refused = 0;
    for (turn, phase) in PHASES.into_iter().enumerate() {
        let rows = [good_ones(&company), bad_ones(&company), bare::rows(), weak_ones().collect()].concat();
        for (number, (name, fault, means)) in rows.into_iter().enumerate() {
            // Each in one phase only, unless all are to run.
            if !proof::is_full() && number % PHASES.len() != turn {
                continue;
            }
            println!("{name} ({phase:?})");
            let scene = Scene::begins(Some(&company)).await;
            scene.meets(phase, fault, &means).await;
            refused += usize::from(matches!(means, Untrusted));
        }
    }
    for (name, server) in weak {
        assert!(!server.heard().contains("client_id"), "{name} heard a request");
    }
    proof::figure("bad TLS refused, and nothing said (fault x phase)", refused, "all, at least 24");
    assert!(refused >= 24);
}

/// Valid servers, which prove that the others are refused for their fault.
fn good_ones(company: &Authority) -> Vec<Row> {
    let row = |name, server: Arc<ServerConfig>| (name, Fault::Trusted(server), Works);
    let below = company.below("A department");
    let mut with_chain = below.certifies(&named(&[HOST]));
    with_chain.chain.push(below.der());
    let mut with_more = company.certifies(&named(&[HOST]));
    with_more.chain.push(Authority::new("Somebody else").der());
    vec![
        row("a good certificate", company.serves(&[HOST])),
        row("one of several names", company.serves(&["zoho.example", HOST])),
        row("by an authority below", with_chain.served()),
        row("with a certificate too many", with_more.served()),
        row("TLS 1.2", company.certifies(&named(&[HOST])).served_by(&[&version::TLS12])),
        row("TLS 1.3", company.certifies(&named(&[HOST])).served_by(&[&version::TLS13])),
    ]
}

fn bad_ones(company: &Authority) -> Vec<Row> {
    let row = |name, shown: Shown| (name, Fault::Tls(shown.served()), Untrusted);
    let by_company = |change: &dyn Fn(&mut rcgen::CertificateParams)| {
        let mut what = named(&[HOST]);
        change(&mut what);
        company.certifies(&what)
    };
    let unknown = Authority::new("Somebody else");
    let namesake = Authority::new("The company");
    let mut with_unknown = unknown.certifies(&named(&[HOST]));
    with_unknown.chain.push(unknown.der());
    let alone = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
    let alone = Shown { chain: vec![alone.cert.der().clone()], key: alone.signing_key.into() };
    let only_elsewhere = company.limited_to("zoho.example");
    let mut beyond = only_elsewhere.certifies(&named(&[HOST]));
    beyond.chain.push(only_elsewhere.der());
    vec![
        row("expired", by_company(&|what| what.not_after = date_time_ymd(2020, 1, 1))),
        row("not yet valid", by_company(&|what| what.not_before = date_time_ymd(2090, 1, 1))),
        row("another host's", company.certifies(&named(&["accounts.zoho.eu"]))),
        row("of a host below", company.certifies(&named(&["api.localhost"]))),
        row("of this machine's number only", company.certifies(&named(&["127.0.0.1"]))),
        row("of no host", company.certifies(&named(&[]))),
        row("of a host named where none is looked for", {
            let mut what = named(&[]);
            what.distinguished_name.push(DnType::CommonName, HOST);
            company.certifies(&what)
        }),
        row("self-signed", alone),
        row("by an unknown authority", unknown.certifies(&named(&[HOST]))),
        row("by an unknown authority, which is shown too", with_unknown),
        row("by an authority of the same name", namesake.certifies(&named(&[HOST]))),
        row("a step is missing", company.below("A department").certifies(&named(&[HOST]))),
        row("by one that may not certify", by_a_server(company)),
        row("by an authority that may not certify this host", beyond),
        row("of a client", by_company(&|what| what.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth])),
        // An attacker on the network could truncate the response.
        (
            "an answer whose end nobody vouches for",
            says_and(format!("HTTP/1.1 200 OK\r\n\r\n{GOOD}"), &[Step::HangUp]),
            Garbled,
        ),
        ("a good certificate and another's key", Fault::Tls(with_another_key(company)), Untrusted),
        ("another host's for this name, and a good one for others", Fault::Tls(by_name(company)), Untrusted),
    ]
}

impl Authority {
    fn limited_to(&self, host: &str) -> Self {
        self.below_with("A subsidiary", |what| {
            what.name_constraints = Some(NameConstraints {
                permitted_subtrees: vec![GeneralSubtree::DnsName(host.to_owned())],
                excluded_subtrees: Vec::new(),
            });
        })
    }
}

/// A certificate issued with a server's certificate, which may not issue any.
fn by_a_server(company: &Authority) -> Shown {
    let server = company.below_with("A server", |what| what.is_ca = rcgen::IsCa::ExplicitNoCa);
    let mut shown = server.certifies(&named(&[HOST]));
    shown.chain.push(server.der());
    shown
}

/// A copied certificate without its key.
fn with_another_key(company: &Authority) -> Arc<ServerConfig> {
    let (copied, own) = (company.certifies(&named(&[HOST])), company.certifies(&named(&[HOST])));
    let key = CertifiedKey::new(copied.chain, any_supported_type(&own.key).unwrap());
    resolved(Always(Arc::new(key)))
}

/// A server with several names that sends the wrong certificate for the requested one.
fn by_name(company: &Authority) -> Arc<ServerConfig> {
    let key = |names: &[&str]| {
        let shown = company.certifies(&named(names));
        Arc::new(CertifiedKey::new(shown.chain, any_supported_type(&shown.key).unwrap()))
    };
    resolved(ByName { for_this: key(&["zoho.example"]), for_others: key(&[HOST]) })
}

fn resolved(resolver: impl ResolvesServerCert + 'static) -> Arc<ServerConfig> {
    let mut config = Arc::unwrap_or_clone(Authority::new("unused").serves(&[HOST]));
    config.cert_resolver = Arc::new(resolver);
    Arc::new(config)
}

#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

#[derive(Debug)]
struct ByName {
    for_this: Arc<CertifiedKey>,
    for_others: Arc<CertifiedKey>,
}

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let is_this = hello.server_name() == Some(HOST);
        Some(Arc::clone(if is_this { &self.for_this } else { &self.for_others }))
    }
}
