//! A fault server: it stands where a region is, before Practice. It lets everything through, or does one thing wrong.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use keyfob_practice::Practice;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One thing a server does; after the last it says goodbye.
#[derive(Clone)]
pub enum Step {
    /// Hears the whole request.
    Hear,
    Say(Vec<u8>),
    /// A byte at a time, for longer than anybody waits.
    Drip(Vec<u8>),
    /// The same again and again, up to so many bytes.
    Repeat(Vec<u8>, usize),
    /// Says no more, until the other one leaves.
    Silence,
    /// Leaves without TLS's goodbye.
    HangUp,
    /// Breaks the connection.
    Reset,
}

/// What is wrong.
#[derive(Clone)]
pub enum Fault {
    Nothing,
    /// In what is said, within TLS where there is TLS.
    Said(Vec<Step>),
    /// Before or instead of TLS.
    Bare(Vec<Step>),
    /// In how it proves who it is: what it hears then is heard by nobody it was meant for.
    Tls(Arc<ServerConfig>),
    /// Nothing: it proves who it is in another way, which is to be trusted.
    Trusted(Arc<ServerConfig>),
    /// It is not there: the region is at this origin, where nobody or somebody else is.
    Elsewhere(String),
}

impl Fault {
    fn resets(&self) -> bool {
        matches!(self, Self::Said(steps) | Self::Bare(steps) if matches!(steps.last(), Some(Step::Reset)))
    }
}

/// The server; every copy is the same one. It listens as long as the test's runtime lives.
#[derive(Clone)]
pub struct Gate {
    pub origin: String,
    inner: Arc<Inner>,
}

struct Inner {
    /// Gone once its test is over. Its port is another's by then, so nothing is passed on any more.
    practice: Weak<Practice>,
    tls: Option<TlsAcceptor>,
    fault: Mutex<Fault>,
    visits: AtomicUsize,
    heard: AtomicUsize,
    said: AtomicUsize,
}

impl Gate {
    /// Before this Practice; with TLS, where it has a certificate.
    pub async fn before(practice: &Arc<Practice>, tls: Option<Arc<ServerConfig>>) -> Self {
        Self::opens(Arc::downgrade(practice), tls).await
    }

    /// Before nobody.
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

    /// The same server, which is known by this name and only found through a proxy.
    pub fn known_as(self, host: &str) -> Self {
        Self { origin: format!("https://{host}:{}", self.port()), ..self }
    }

    /// From now on this is wrong; what was counted is forgotten.
    pub fn does(&self, fault: Fault) {
        *self.inner.fault.lock().unwrap() = fault;
        for count in [&self.inner.visits, &self.inner.heard, &self.inner.said] {
            count.store(0, Ordering::SeqCst);
        }
    }

    pub fn is_well(&self) {
        *self.inner.fault.lock().unwrap() = Fault::Nothing;
    }

    /// How many connections there were since the fault began.
    pub fn visits(&self) -> usize {
        self.inner.visits.load(Ordering::SeqCst)
    }

    /// How many bytes of requests it heard since, within TLS where there is TLS.
    pub fn heard(&self) -> usize {
        self.inner.heard.load(Ordering::SeqCst)
    }

    /// How many bytes it got rid of since.
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

/// Practice answers, which knows this machine's names only.
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

/// Hears up to the end of the body that was announced.
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
