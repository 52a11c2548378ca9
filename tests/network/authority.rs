//! A certificate authority, and the certificates it issues: valid ones, and deliberately invalid ones.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, SupportedProtocolVersion, version};

/// An authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A server's certificate chain and private key.
pub struct Shown {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

impl Authority {
    /// Creates an authority that no store contains.
    pub fn new(name: &str) -> Self {
        Self(CertifiedIssuer::self_signed(authority(name), KeyPair::generate().unwrap()).unwrap())
    }

    /// Creates the authority that this process trusts: it is written to the store that the environment names.
    pub fn of_this_machine() -> Self {
        let new = Self::new("The company");
        fs::write(std::env::var_os("SSL_CERT_FILE").expect("the store is a test's own"), new.pem()).unwrap();
        new
    }

    /// Creates an intermediate authority.
    pub fn below(&self, name: &str) -> Self {
        self.below_with(name, |_| ())
    }

    /// The same, with changed parameters.
    pub fn below_with(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut what = authority(name);
        change(&mut what);
        Self(CertifiedIssuer::signed_by(what, KeyPair::generate().unwrap(), &self.0).unwrap())
    }

    pub fn pem(&self) -> String {
        pem("CERTIFICATE", self.0.der())
    }

    pub fn key_pem(&self) -> String {
        pem("PRIVATE KEY", self.0.key().serialized_der())
    }

    pub fn der(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    /// Issues a certificate with any parameters.
    pub fn certifies(&self, what: &CertificateParams) -> Shown {
        let key = KeyPair::generate().unwrap();
        let certificate = what.signed_by(&key, &self.0).unwrap();
        Shown { chain: vec![certificate.der().clone()], key: key.into() }
    }

    /// Configures a server with a valid certificate for these names.
    pub fn serves(&self, names: &[&str]) -> Arc<ServerConfig> {
        self.certifies(&named(names)).served()
    }
}

impl Shown {
    pub fn served(self) -> Arc<ServerConfig> {
        self.served_by(&[&version::TLS12, &version::TLS13])
    }

    pub fn served_by(self, versions: &[&'static SupportedProtocolVersion]) -> Arc<ServerConfig> {
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let builder = builder.with_protocol_versions(versions).unwrap().with_no_client_auth();
        Arc::new(builder.with_single_cert(self.chain, self.key).unwrap())
    }
}

/// The parameters of a certificate for a server with these names.
pub fn named(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    CertificateParams::new(names).unwrap()
}

fn authority(name: &str) -> CertificateParams {
    let mut what = named(&[]);
    what.distinguished_name.push(DnType::CommonName, name);
    what.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    what.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    what
}

fn pem(what: &str, der: &[u8]) -> String {
    let lines: Vec<String> =
        BASE64.encode(der).as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into()).collect();
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", lines.join("\n"))
}
