//! An office proxy.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, split};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::gate::hear;

/// Its response to a request for a tunnel (RFC 9110, section 9.3.6).
#[derive(Clone, Debug)]
pub enum How {
    Tunnels,
    /// Tunnels for clients with this `Proxy-Authorization`.
    Wants(&'static str),
    /// Terminates TLS itself, and forwards what it reads.
    LooksInside(Arc<ServerConfig>),
    Says(&'static str),
    Waits,
}

/// The proxy; copies share its state.
#[derive(Clone)]
pub struct Proxy {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    passed: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    pub async fn that(how: How) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = Self { port, asked: Arc::default(), passed: Arc::default() };
        let serving = proxy.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (proxy, how) = (serving.clone(), how.clone());
                tokio::spawn(async move { proxy.attend(stream, how).await });
            }
        });
        proxy
    }

    /// The heads of the requests received.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// The data forwarded towards Zoho, as far as it is readable.
    pub fn passed(&self) -> String {
        String::from_utf8_lossy(&self.passed.lock().unwrap()).into_owned()
    }

    async fn attend(&self, mut stream: TcpStream, how: How) {
        let head = String::from_utf8_lossy(&hear(&mut stream).await).into_owned();
        self.asked.lock().unwrap().push(head.clone());
        match how {
            How::Tunnels => self.tunnel(stream, &head).await,
            How::Wants(proof) if head.contains(&format!("{proof}\r\n")) => self.tunnel(stream, &head).await,
            How::Wants(_) => {
                let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"office\"\r\ncontent-length: 0\r\n\r\n";
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            How::LooksInside(server) => {
                if stream.write_all(ESTABLISHED).await.is_ok()
                    && let Ok(inside) = TlsAcceptor::from(server).accept(stream).await
                {
                    self.pass(inside, &head).await;
                }
            }
            How::Says(text) => {
                let _ = stream.write_all(text.as_bytes()).await;
            }
            How::Waits => while stream.read(&mut [0; 1024]).await.is_ok_and(|length| length > 0) {},
        }
    }

    async fn tunnel(&self, mut stream: TcpStream, head: &str) {
        if stream.write_all(ESTABLISHED).await.is_ok() {
            self.pass(stream, head).await;
        }
    }

    /// Forwards to the requested port, whatever the host: all are on this machine.
    async fn pass(&self, from: impl AsyncRead + AsyncWrite + Unpin, head: &str) {
        let asked = head.split_whitespace().nth(1).and_then(|host| host.rsplit(':').next());
        let Some(port) = asked.and_then(|port| port.parse::<u16>().ok()) else { return };
        let Ok(mut to) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
        let (mut reads, mut writes) = split(from);
        let (mut back, mut forth) = to.split();
        let there = async {
            let mut some = [0; 4096];
            while let Ok(length @ 1..) = reads.read(&mut some).await {
                self.passed.lock().unwrap().extend_from_slice(&some[..length]);
                forth.write_all(&some[..length]).await?;
            }
            forth.shutdown().await
        };
        let here = async {
            copy(&mut back, &mut writes).await?;
            writes.shutdown().await
        };
        let _ = tokio::join!(there, here);
    }
}

const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection Established\r\n\r\n";
