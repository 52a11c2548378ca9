//! A fault server in place of a region, in front of Practice: it forwards everything, or produces one fault.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use keyfob_practice::Practice;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One step of a server; after the last it closes the connection.
#[derive(Clone)]
pub enum Step {
    /// Reads the whole request.
    Hear,
    Say(Vec<u8>),
    /// Sends a byte at a time, for longer than any time-out.
    Drip(Vec<u8>),
    /// Sends the same repeatedly, up to so many bytes.
    Repeat(Vec<u8>, usize),
    /// Sends nothing more until the client disconnects.
    Silence,
    /// Disconnects without TLS's `close_notify`.
    HangUp,
    /// Resets the connection.
    Reset,
}

/// The fault of a server.
#[derive(Clone)]
pub enum Fault {
    Nothing,
    /// In the response, within TLS if there is TLS.
    Said(Vec<Step>),
    /// Before or instead of TLS.
    Bare(Vec<Step>),
    /// In its TLS identity: no request is meant to be received.
    Tls(Arc<ServerConfig>),
    /// None: its TLS identity is different but trusted.
    Trusted(Arc<ServerConfig>),
    /// The region is at this origin instead, where there is no server or another one.
    Elsewhere(String),
}

impl Fault {
    fn resets(&self) -> bool {
        matches!(self, Self::Said(steps) | Self::Bare(steps) if matches!(steps.last(), Some(Step::Reset)))
    }
}

/// The server; copies share its state. It listens as long as the test's runtime lives.
#[derive(Clone)]
pub struct Gate {
    pub origin: String,
    inner: Arc<Inner>,
}

struct Inner {
    /// Dropped once its test is over: its port may be another server's by then, so nothing is forwarded any more.
    practice: Weak<Practice>,
    tls: Option<TlsAcceptor>,
    fault: Mutex<Fault>,
    visits: AtomicUsize,
    heard: AtomicUsize,
    said: AtomicUsize,
}

impl Gate {
    /// Starts a server in front of this Practice; with TLS if there is a certificate.
    pub async fn before(practice: &Arc<Practice>, tls: Option<Arc<ServerConfig>>) -> Self {
        Self::opens(Arc::downgrade(practice), tls).await
    }

    /// Starts a server in front of nothing.
    pub async fn alone() -> Self {
        Self::opens(Weak::new(), None).await
    }

    async fn opens(practice: Weak<Practice>, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let origin =
            if tls.is_some() { format!("https://localhost:{port}") } else { format!("http://127.0.0.1:{port}") };
        let inner = Arc::new(Inner {
            practice,
            tls: tls.map(TlsAcceptor::from),
            fault: Mutex::new(Fault::Nothing),
            visits: AtomicUsize::new(0),
            heard: AtomicUsize::new(0),
            said: AtomicUsize::new(0),
        });
        let served = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                served.visits.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(attend(Arc::clone(&served), stream));
            }
        });
        Self { origin, inner }
    }

    pub fn port(&self) -> u16 {
        self.origin.rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Gives the server a name that only a proxy resolves.
    pub fn known_as(self, host: &str) -> Self {
        Self { origin: format!("https://{host}:{}", self.port()), ..self }
    }

    /// Sets the fault and resets the counters.
    pub fn does(&self, fault: Fault) {
        *self.inner.fault.lock().unwrap() = fault;
        for count in [&self.inner.visits, &self.inner.heard, &self.inner.said] {
            count.store(0, Ordering::SeqCst);
        }
    }

    pub fn is_well(&self) {
        *self.inner.fault.lock().unwrap() = Fault::Nothing;
    }

    /// The number of connections since the fault was set.
    pub fn visits(&self) -> usize {
        self.inner.visits.load(Ordering::SeqCst)
    }

    /// The number of request bytes received since, within TLS if there is TLS.
    pub fn heard(&self) -> usize {
        self.inner.heard.load(Ordering::SeqCst)
    }

    /// The number of bytes sent since.
    pub fn said(&self) -> usize {
        self.inner.said.load(Ordering::SeqCst)
    }
}

/// A connection, with or without TLS.
trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

async fn attend(inner: Arc<Inner>, mut stream: TcpStream) {
    let fault = inner.fault.lock().unwrap().clone();
    let _ = stream.set_nodelay(true);
    if fault.resets() {
        stream.set_zero_linger().unwrap();
    }
    let tls = match &fault {
        Fault::Bare(steps) => return play(&inner, &mut stream, steps).await,
        Fault::Tls(config) | Fault::Trusted(config) => Some(TlsAcceptor::from(Arc::clone(config))),
        _ => inner.tls.clone(),
    };
    let mut line: Box<dyn Line> = match tls {
        Some(tls) => match tls.accept(stream).await {
            Ok(stream) => Box::new(stream),
            Err(_) => return,
        },
        None => Box::new(stream),
    };
    match &fault {
        Fault::Nothing | Fault::Trusted(_) => pass_on(&inner, &mut line).await,
        Fault::Said(steps) => play(&inner, &mut line, steps).await,
        Fault::Tls(_) | Fault::Bare(_) | Fault::Elsewhere(_) => play(&inner, &mut line, &[Step::Hear]).await,
    }
}

/// Forwards to Practice, which only accepts this machine's names.
async fn pass_on(inner: &Inner, line: &mut Box<dyn Line>) {
    let request = String::from_utf8(hear(line).await).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((&request, ""));
    let named = |line: &str| if line.starts_with("host: ") { "host: localhost".to_owned() } else { line.to_owned() };
    let head: Vec<String> = head.lines().map(named).collect();
    let Some(practice) = inner.practice.upgrade() else { return };
    let Ok(mut stream) = TcpStream::connect(practice.origin().trim_start_matches("http://")).await else { return };
    let _ = stream.write_all(format!("{}\r\n\r\n{body}", head.join("\r\n")).as_bytes()).await;
    let _ = copy_bidirectional(line, &mut stream).await;
}

async fn play(inner: &Inner, line: &mut (impl Line + ?Sized), steps: &[Step]) {
    for step in steps {
        let done = match step {
            Step::Hear => {
                inner.heard.fetch_add(hear(line).await.len(), Ordering::SeqCst);
                Ok(())
            }
            Step::Say(text) => say(inner, line, text).await,
            Step::Drip(text) => drip(line, text).await,
            Step::Repeat(text, most) => repeat(inner, line, text, *most).await,
            Step::Silence => {
                while line.read(&mut [0; 1024]).await.is_ok_and(|length| length > 0) {}
                Ok(())
            }
            Step::HangUp | Step::Reset => return,
        };
        if done.is_err() {
            return;
        }
    }
    let _ = line.shutdown().await;
}

async fn say(inner: &Inner, line: &mut (impl Line + ?Sized), text: &[u8]) -> std::io::Result<()> {
    line.write_all(text).await?;
    line.flush().await?;
    inner.said.fetch_add(text.len(), Ordering::SeqCst);
    Ok(())
}

async fn repeat(inner: &Inner, line: &mut (impl Line + ?Sized), text: &[u8], most: usize) -> std::io::Result<()> {
    let mut said = 0;
    while said < most {
        say(inner, line, text).await?;
        said += text.len();
    }
    Ok(())
}

async fn drip(line: &mut (impl Line + ?Sized), text: &[u8]) -> std::io::Result<()> {
    let mut drops = tokio::time::interval(Duration::from_millis(100));
    for byte in text {
        drops.tick().await;
        line.write_all(&[*byte]).await?;
        line.flush().await?;
    }
    Ok(())
}

/// Reads up to the end of the announced body.
pub async fn hear(line: &mut (impl AsyncRead + Unpin + ?Sized)) -> Vec<u8> {
    let mut heard = Vec::new();
    let mut part = [0; 4096];
    loop {
        let length = line.read(&mut part).await.unwrap_or_default();
        heard.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&heard);
        let announced = |head: &str| {
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |text| text.parse().unwrap())
        };
        let is_whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| body.len() >= announced(head));
        if length == 0 || is_whole {
            return heard;
        }
    }
}
