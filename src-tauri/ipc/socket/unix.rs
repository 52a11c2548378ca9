//! The socket on Unix, in the same folder as the instance lock.
#![expect(clippy::disallowed_methods, reason = "writes and reads the socket")]

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use keyfob_core::Event;
use keyfob_core::cli::{CliReply, CliRequest};
use secrecy::{ExposeSecret, SecretSlice};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{Silent, TakesOver};
use crate::app::engine::Engine;
use crate::diagnostics::flight_recorder::{self, Entry};
use crate::ipc::callers::Callers;
use crate::ipc::wire::{self, LONGEST_LINE, SecondStart, TAKEN};

/// How long a program may take to send its request.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most connections that are open at a time; the rest stay in the system's queue.
const AT_ONCE: usize = 300;

const NAME: &str = "keyfob.socket";

/// The socket's path, and an address that is valid while this value lives. An address holds about a hundred bytes; on
/// Linux a longer path is reached by a short one through the opened folder.
struct SocketPath {
    path: PathBuf,
    address: PathBuf,
    _folder: Option<File>,
}

impl SocketPath {
    fn within(folder: &Path) -> io::Result<Self> {
        let path = folder.join(NAME);
        if cfg!(target_os = "linux") && SocketAddr::from_pathname(&path).is_err() {
            let folder = File::open(folder)?;
            let address = Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(NAME);
            return Ok(Self { path, address, _folder: Some(folder) });
        }
        Ok(Self { address: path.clone(), path, _folder: None })
    }

    async fn connected(folder: &Path) -> io::Result<UnixStream> {
        UnixStream::connect(&Self::within(folder)?.address).await
    }
}

/// Serves connections as long as the runtime lives. The folder's lock must be held, so that an existing socket belongs
/// to a Keyfob that has ended. Must be called on a tokio runtime.
pub fn attend(folder: &Path, engine: Engine, callers: Callers, takes_over: TakesOver) -> io::Result<()> {
    let place = SocketPath::within(folder)?;
    match fs::remove_file(&place.path) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => return Err(problem),
        _ => {}
    }
    let door = UnixListener::bind(&place.address)?;
    fs::set_permissions(&place.path, fs::Permissions::from_mode(0o600))?;
    let room = Arc::new(Semaphore::new(AT_ONCE));
    tokio::spawn(async move {
        while let Ok(seat) = Arc::clone(&room).acquire_owned().await {
            let Ok((stream, _)) = door.accept().await else {
                // The process may be out of file descriptors until a connection ends.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let (engine, callers, takes_over) = (engine.clone(), callers.clone(), Arc::clone(&takes_over));
            tokio::spawn(async move {
                talk(stream, &engine, &callers, &takes_over).await;
                drop(seat);
            });
        }
    });
    Ok(())
}

async fn talk(stream: UnixStream, engine: &Engine, callers: &Callers, takes_over: &TakesOver) -> Option<()> {
    is_ours(&stream).then_some(())?;
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let said = timeout(PATIENCE, line(&mut reader)).await.ok()??;
    if let Some(start) = wire::read_start(said.expose_secret()) {
        takes_over(start).then_some(())?;
        return timeout(PATIENCE, writer.write_all(TAKEN)).await.ok()?.ok();
    }
    if wire::asks_for_log(said.expose_secret()) {
        let entries = flight_recorder::as_json(&engine.recorder().entries());
        return timeout(PATIENCE, writer.write_all(entries.as_bytes())).await.ok()?.ok();
    }
    let request = wire::read_request(said.expose_secret())?;
    let mut hearing = callers.arrives();
    let caller = hearing.caller;
    engine.tell(Event::ScriptAsked { caller, request });
    loop {
        let told = tokio::select! {
            told = hearing.hears(engine) => told?,
            // A program sends nothing after its request, so it has ended.
            _ = reader.read_u8() => {
                engine.tell(Event::ScriptLeft(caller));
                return None;
            }
        };
        if say(&mut writer, &told).await.is_none() {
            engine.tell(Event::ScriptLeft(caller));
            return None;
        }
        if !matches!(told, CliReply::Asking) {
            return Some(());
        }
    }
}

async fn say(writer: &mut OwnedWriteHalf, told: &CliReply) -> Option<()> {
    let line = wire::told_line(told)?;
    timeout(PATIENCE, writer.write_all(line.expose_secret().as_bytes())).await.ok()?.ok()
}

/// A connection to the running Keyfob.
#[derive(Debug)]
pub struct Talk {
    reader: BufReader<OwnedReadHalf>,
    _writer: OwnedWriteHalf,
}

/// Whether a Keyfob serves this folder's socket.
pub async fn is_attended(folder: &Path) -> bool {
    SocketPath::connected(folder).await.is_ok_and(|stream| is_ours(&stream))
}

/// Tells the Keyfob of this folder that it was started again. Returns whether it accepted.
pub async fn handover(folder: &Path, start: &SecondStart) -> bool {
    let handing = async {
        let stream = SocketPath::connected(folder).await.ok().filter(is_ours)?;
        let (reader, mut writer) = stream.into_split();
        writer.write_all(wire::start_line(start)?.expose_secret().as_bytes()).await.ok()?;
        let said = line(&mut BufReader::new(reader)).await?;
        (said.expose_secret() == TAKEN).then_some(())
    };
    timeout(PATIENCE, handing).await.is_ok_and(|taken| taken.is_some())
}

/// The flight recorder's entries of the Keyfob of this folder; `None` when none runs. Fails when it does not answer in
/// time or is another version.
pub async fn recorded(folder: &Path) -> Result<Option<Vec<Entry>>, Silent> {
    let Ok(stream) = SocketPath::connected(folder).await else { return Ok(None) };
    let asking = async {
        let (reader, mut writer) = Some(stream).filter(is_ours)?.into_split();
        writer.write_all(wire::log_request()?.expose_secret().as_bytes()).await.ok()?;
        let said = line(&mut BufReader::new(reader)).await?;
        flight_recorder::read_json(said.expose_secret())
    };
    timeout(PATIENCE, asking).await.ok().flatten().map(Some).ok_or(Silent)
}

impl Talk {
    /// Sends a request to the Keyfob of this folder; `None` when none runs.
    pub async fn begin(folder: &Path, request: &CliRequest) -> Option<Self> {
        let stream = SocketPath::connected(folder).await.ok().filter(is_ours)?;
        let (reader, mut writer) = stream.into_split();
        let line = wire::request_line(request)?;
        writer.write_all(line.expose_secret().as_bytes()).await.ok()?;
        Some(Self { reader: BufReader::new(reader), _writer: writer })
    }

    /// The next reply; `None` when the connection has ended.
    pub async fn hears(&mut self) -> Option<CliReply> {
        wire::read_told(line(&mut self.reader).await?.expose_secret())
    }
}

/// A whole line; `None` when it is too long or incomplete.
async fn line(reader: &mut (impl AsyncBufReadExt + Unpin)) -> Option<SecretSlice<u8>> {
    let mut bytes = Vec::new();
    let read = reader.take(LONGEST_LINE).read_until(b'\n', &mut bytes).await;
    let line = SecretSlice::from(bytes);
    (read.is_ok() && line.expose_secret().ends_with(b"\n")).then_some(line)
}

/// Whether the other end runs as the same user.
fn is_ours(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|peer| peer.uid() == rustix::process::geteuid().as_raw())
}
