//! A socket in the folder that the instance's lock is in.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use keyfob_core::Event;
use keyfob_core::cli::{Told, Wish};
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
use crate::ipc::wire::{self, LONGEST_LINE, Start, TAKEN};

/// How long a program may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than this many are not attended at once; the next one waits at the door.
const AT_ONCE: usize = 300;

const NAME: &str = "keyfob.socket";

/// Where it is, and how to get there while this lives: an address holds a hundred bytes or so. To a folder whose path is
/// longer, Linux has a way through the folder itself, once it is open.
struct Place {
    path: PathBuf,
    address: PathBuf,
    _folder: Option<File>,
}

impl Place {
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

/// Attends to whoever comes, as long as the runtime lives. The folder's lock must be held: what stands at the socket's
/// place belongs to a Keyfob that has ended. Must be called on a tokio runtime.
pub fn attend(folder: &Path, engine: Engine, callers: Callers, takes_over: TakesOver) -> io::Result<()> {
    let place = Place::within(folder)?;
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
                // No more files can be opened, perhaps; somebody leaves soon.
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
    let wish = wire::read_wish(said.expose_secret())?;
    let mut hearing = callers.arrives();
    let caller = hearing.caller;
    engine.tell(Event::ScriptAsked { caller, wish });
    loop {
        let told = tokio::select! {
            told = hearing.hears(engine) => told?,
            // It has nothing more to say, so this is its end.
            _ = reader.read_u8() => {
                engine.tell(Event::ScriptLeft(caller));
                return None;
            }
        };
        if say(&mut writer, &told).await.is_none() {
            engine.tell(Event::ScriptLeft(caller));
            return None;
        }
        if !matches!(told, Told::Asking) {
            return Some(());
        }
    }
}

async fn say(writer: &mut OwnedWriteHalf, told: &Told) -> Option<()> {
    let line = wire::told_line(told)?;
    timeout(PATIENCE, writer.write_all(line.expose_secret().as_bytes())).await.ok()?.ok()
}

/// A talk with the running Keyfob.
#[derive(Debug)]
pub struct Talk {
    reader: BufReader<OwnedReadHalf>,
    _writer: OwnedWriteHalf,
}

/// Whether a Keyfob can be talked to here.
pub async fn is_attended(folder: &Path) -> bool {
    Place::connected(folder).await.is_ok_and(|stream| is_ours(&stream))
}

/// Tells the Keyfob of this folder that it was started again; whether it took that over.
pub async fn hand_over(folder: &Path, start: &Start) -> bool {
    let handing = async {
        let stream = Place::connected(folder).await.ok().filter(is_ours)?;
        let (reader, mut writer) = stream.into_split();
        writer.write_all(wire::start_line(start)?.expose_secret().as_bytes()).await.ok()?;
        let said = line(&mut BufReader::new(reader)).await?;
        (said.expose_secret() == TAKEN).then_some(())
    };
    timeout(PATIENCE, handing).await.is_ok_and(|taken| taken.is_some())
}

/// What the Keyfob of this folder handled lately; `None` when none runs. Fails when it does not answer in time, or in a
/// way that this version does not understand.
pub async fn recorded(folder: &Path) -> Result<Option<Vec<Entry>>, Silent> {
    let Ok(stream) = Place::connected(folder).await else { return Ok(None) };
    let asking = async {
        let (reader, mut writer) = Some(stream).filter(is_ours)?.into_split();
        writer.write_all(wire::log_request()?.expose_secret().as_bytes()).await.ok()?;
        let said = line(&mut BufReader::new(reader)).await?;
        flight_recorder::read_json(said.expose_secret())
    };
    timeout(PATIENCE, asking).await.ok().flatten().map(Some).ok_or(Silent)
}

impl Talk {
    /// Asks the Keyfob of this folder; nothing where none is there to be asked.
    pub async fn begin(folder: &Path, wish: &Wish) -> Option<Self> {
        let stream = Place::connected(folder).await.ok().filter(is_ours)?;
        let (reader, mut writer) = stream.into_split();
        let line = wire::wish_line(wish)?;
        writer.write_all(line.expose_secret().as_bytes()).await.ok()?;
        Some(Self { reader: BufReader::new(reader), _writer: writer })
    }

    /// The next thing it tells; nothing when it has ended.
    pub async fn hears(&mut self) -> Option<Told> {
        wire::read_told(line(&mut self.reader).await?.expose_secret())
    }
}

/// A whole line; nothing when it is too long or breaks off.
async fn line(reader: &mut (impl AsyncBufReadExt + Unpin)) -> Option<SecretSlice<u8>> {
    let mut bytes = Vec::new();
    let read = reader.take(LONGEST_LINE).read_until(b'\n', &mut bytes).await;
    let line = SecretSlice::from(bytes);
    (read.is_ok() && line.expose_secret().ends_with(b"\n")).then_some(line)
}

/// Whether whoever is at the other end runs as the same user.
fn is_ours(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|peer| peer.uid() == rustix::process::geteuid().as_raw())
}
