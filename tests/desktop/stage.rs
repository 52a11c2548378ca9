//! A private desktop for one test: display, window manager, session bus, keyring and browser.
//!
//! Every process is started here by name and ended here by its process ID.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

mod keyring;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::own_port::OwnPort;
use crate::patience::until;

pub use self::keyring::Lock;

const SESSION_BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

/// The configuration of a bus that can start no service.
const QUIET_BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow own="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/></policy></busconfig>"#;

/// The desktop's light or dark theme.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Theme {
    Light,
    Dark,
}

/// The desktop. Its processes end with it, in reverse order.
pub struct Stage {
    processes: Vec<Running>,
    keyring: Option<Running>,
    env: Vec<(String, String)>,
    home: TempDir,
    /// The port at which the browser can be controlled.
    pub browser_port: OwnPort,
}

/// A process that is killed when dropped.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let shown = command.get_program().to_string_lossy().into_owned();
        Self(command.spawn().unwrap_or_else(|e| panic!("{shown} does not start: {e}")))
    }

    /// The same, with its process id.
    pub fn started(command: &mut Command) -> (Self, u32) {
        let running = Self::start(command);
        let pid = running.0.id();
        (running, pid)
    }

    fn first_line(&mut self) -> String {
        let mut line = String::new();
        let out = self.0.stdout.take().expect("its output is piped");
        BufReader::new(out).read_line(&mut line).expect("it says one line");
        line.trim().to_owned()
    }
}

impl Stage {
    /// Sets everything up. `practice` is the origin whose links, like those of Keyfob's own ports, the browser
    /// may hand to Keyfob without asking.
    pub fn set(theme: Theme, practice: &str) -> Self {
        let mut stage = Self::without_a_bus(theme);
        stage.starts_bus_and_keyring();
        stage.place_browser(practice);
        stage
    }

    fn starts_bus_and_keyring(&mut self) {
        let address = self.start_a_bus(&["--session"]);
        self.env.retain(|(name, _)| name != SESSION_BUS);
        self.env.push((SESSION_BUS.to_owned(), address));
        self.starts_keyring(Lock::Open);
    }

    /// Ends the session's bus, started last, under its clients, and starts it again once Keyfob has ended.
    pub fn restarts_its_bus(&mut self, program: &Path) {
        self.processes.pop();
        until("Keyfob has ended", Duration::from_secs(20), || self.running(program).is_empty());
        self.keyring = None;
        self.starts_bus_and_keyring();
    }

    /// A desktop whose bus starts no service, so that there is no keyring, and no browser.
    pub fn without_a_keyring(theme: Theme) -> Self {
        let mut stage = Self::without_a_bus(theme);
        let rules = stage.home().join("bus.conf");
        fs::write(&rules, QUIET_BUS).unwrap();
        let address = stage.start_a_bus(&[&format!("--config-file={}", rules.display())]);
        stage.env.push((SESSION_BUS.to_owned(), address));
        stage
    }

    /// A desktop without a session bus: a display and a window manager.
    pub fn without_a_bus(theme: Theme) -> Self {
        let home = tempfile::Builder::new().prefix("keyfob-stage").tempdir().unwrap();
        let mut stage =
            Self { processes: Vec::new(), keyring: None, env: Vec::new(), home, browser_port: OwnPort::take() };
        stage.furnish(theme);
        stage.start_display();
        stage
    }

    /// Sets the address of the session's bus to a missing socket.
    pub fn has_lost_its_bus(&mut self) {
        let gone = format!("unix:path={}", self.home().join("run/no-bus").display());
        self.env.push((SESSION_BUS.to_owned(), gone));
    }

    /// Returns a command that runs on this stage.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.env.iter().cloned()).stdin(Stdio::null());
        command
    }

    /// Sets the desktop's name.
    pub fn is_called(&mut self, desktop: &str) {
        let named = self.env.iter_mut().find(|(name, _)| name == "XDG_CURRENT_DESKTOP");
        desktop.clone_into(&mut named.expect("it has a name").1);
    }

    /// Returns the output of a command, which must succeed.
    pub fn run(&self, program: &str, args: &[&str]) -> String {
        let output = self.command(program).args(args).output().unwrap_or_else(|e| panic!("{program}: {e}"));
        assert!(output.status.success(), "{program} {args:?} failed: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Starts a bus in place of the system's, on which the test acts as services; returns its address.
    pub fn start_system_bus(&mut self) -> String {
        let address = self.start_a_bus(&["--session"]);
        self.env.push(("DBUS_SYSTEM_BUS_ADDRESS".to_owned(), address.clone()));
        address
    }

    /// Returns the address of the session's bus.
    pub fn bus(&self) -> &str {
        let named = self.env.iter().find(|(name, _)| name == SESSION_BUS);
        &named.expect("the bus was started").1
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn config(&self) -> PathBuf {
        self.home().join(".config/app.keyfob.cliq")
    }

    pub fn log(&self, name: &str) -> fs::File {
        fs::OpenOptions::new().create(true).append(true).open(self.home().join(name)).unwrap()
    }

    /// Photographs the whole screen.
    pub fn photograph(&self, path: &Path) {
        self.run("import", &["-window", "root", path.to_str().unwrap()]);
    }

    /// The same, in the folder of pictures besides the tour's.
    pub fn photograph_as(&self, name: &str) {
        let to = std::env::var_os("KEYFOB_PICTURES").expect("KEYFOB_PICTURES names a folder; `make demo` sets it");
        let folder = Path::new(&to).join("ways-home");
        std::fs::create_dir_all(&folder).unwrap();
        self.photograph(&folder.join(format!("{name}.png")));
    }

    /// The number of colours in the front window: few when its page is not painted.
    pub fn colours_in_front(&self) -> usize {
        let told = self.run("identify", &["-format", "%k", self.front("front.png").to_str().unwrap()]);
        told.trim().parse().unwrap_or_default()
    }

    /// Takes a picture of the front window, in a file of this name.
    pub fn front(&self, name: &str) -> PathBuf {
        let (window, picture) = (self.run("xdotool", &["getactivewindow"]), self.home().join(name));
        self.run("import", &["-window", window.trim(), picture.to_str().unwrap()]);
        picture
    }

    /// The number of pixels in which two pictures clearly differ.
    pub fn pixels_apart(&self, one: &Path, other: &Path) -> usize {
        let compared =
            self.command("compare").args(["-metric", "AE", "-fuzz", "10%"]).args([one, other]).arg("null:").output();
        String::from_utf8_lossy(&compared.unwrap().stderr).trim().parse().unwrap_or(usize::MAX)
    }

    /// The title of the front window; empty when there is none.
    pub fn in_front(&self) -> String {
        let active = self.command("xdotool").args(["getactivewindow", "getwindowname"]).output().unwrap();
        String::from_utf8_lossy(&active.stdout).trim().to_owned()
    }

    /// Presses the window's close button, once there is a window.
    pub fn presses_close(&self) {
        until("Keyfob's window can be closed", Duration::from_secs(20), || {
            self.command("wmctrl").args(["-c", "Keyfob"]).stderr(Stdio::null()).status().unwrap().success()
        });
    }

    /// Whether Keyfob has a window, minimized ones included.
    pub fn has_window(&self) -> bool {
        self.windows() > 0
    }

    /// The number of Keyfob's windows.
    pub fn windows(&self) -> usize {
        loop {
            let listed = self.command("wmctrl").arg("-l").output().unwrap();
            if listed.status.success() {
                let titles = String::from_utf8_lossy(&listed.stdout);
                return titles.lines().filter(|line| line.ends_with(" Keyfob")).count();
            }
            // A window that closes before its title is read ends the listing; the next listing is without it.
            let said = String::from_utf8_lossy(&listed.stderr);
            assert!(said.contains("BadWindow"), "wmctrl: {said}");
        }
    }

    /// Minimizes the front window, which is Keyfob's.
    pub fn looks_away(&self) {
        self.run("xdotool", &["getactivewindow", "windowminimize"]);
        until("another window is in front, or none", Duration::from_secs(20), || self.in_front() != "Keyfob");
    }

    /// Starts strace and waits until it is attached to Keyfob; it stays attached until the result is dropped.
    pub fn attach_strace(&self, mut strace: Command, log: &str) -> Running {
        let strace = Running::start(strace.stdout(Stdio::null()).stderr(self.log(log)));
        let said = self.home().join(log);
        let is_attached = || fs::read_to_string(&said).unwrap_or_default().contains("attached");
        until("strace is attached to Keyfob", Duration::from_secs(20), is_attached);
        strace
    }

    /// Ends the program as a session's end does, once it has a window, and waits until it has ended.
    pub fn closes(&self, program: &Path) {
        until("Keyfob has a window", Duration::from_secs(20), || self.has_window());
        self.signals(program, Signal::TERM);
        until("Keyfob has ended", Duration::from_secs(20), || self.running(program).is_empty());
        // The processes of a page end up to a second after the program.
        until("its page has ended", Duration::from_secs(20), || !self.has_a_page());
    }

    /// Sends the program a signal.
    pub fn signals(&self, program: &Path, signal: Signal) {
        for pid in self.running(program) {
            let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
            kill_process(pid, signal).unwrap();
        }
    }

    /// Returns the clipboard's text; `None` when it is empty.
    pub fn clipboard(&self) -> Option<String> {
        let output = self.command("xclip").args(["-selection", "clipboard", "-out"]).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Puts a text on the clipboard, as another program would.
    pub fn copies(&self, text: &str) {
        let mut xclip = self.command("xclip");
        xclip.args(["-selection", "clipboard", "-in"]).stdin(Stdio::piped());
        let mut child = xclip.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }

    fn furnish(&mut self, theme: Theme) {
        let home = self.home().to_owned();
        for folder in [".config/gtk-3.0", ".local/share/applications", ".cache", "browser/Default"] {
            fs::create_dir_all(home.join(folder)).unwrap();
        }
        fs::DirBuilder::new().mode(0o700).create(home.join("run")).unwrap();
        let dark = u8::from(theme == Theme::Dark);
        let settings = format!(
            "[Settings]\ngtk-application-prefer-dark-theme={dark}\ngtk-theme-name=Adwaita\ngtk-enable-animations=0\n"
        );
        fs::write(home.join(".config/gtk-3.0/settings.ini"), settings).unwrap();
        let at = |path: &str| home.join(path).to_str().unwrap().to_owned();
        self.env = [
            ("HOME", at("")),
            ("XDG_CONFIG_HOME", at(".config")),
            ("XDG_DATA_HOME", at(".local/share")),
            ("XDG_CACHE_HOME", at(".cache")),
            ("XDG_RUNTIME_DIR", at("run")),
            ("XDG_CURRENT_DESKTOP", "GNOME".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec();
    }

    fn start_display(&mut self) {
        let mut xvfb = self.command("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]);
        let mut xvfb = Running::start(xvfb.stdout(Stdio::piped()).stderr(Stdio::null()));
        let display = format!(":{}", xvfb.first_line());
        self.processes.push(xvfb);
        self.env.push(("DISPLAY".to_owned(), display));
        let openbox = Running::start(self.command("openbox").stdout(Stdio::null()).stderr(Stdio::null()));
        self.processes.push(openbox);
        until("the window manager is there and lists its windows", Duration::from_secs(20), || {
            let root = self.command("xprop").args(["-root", "_NET_SUPPORTING_WM_CHECK", "_NET_CLIENT_LIST"]).output();
            root.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).matches("window id").count() == 2)
        });
    }

    fn start_a_bus(&mut self, kind: &[&str]) -> String {
        let mut bus = self.command("dbus-daemon");
        bus.args(kind).args(["--nofork", "--print-address=1"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut bus = Running::start(&mut bus);
        let address = bus.first_line();
        self.processes.push(bus);
        address
    }

    /// Replaces the browser with one that records URLs and opens nothing.
    pub fn has_a_browser_that_only_notes(&self) {
        let script = format!("#!/bin/sh\necho \"$1\" >>'{}'\n", self.home().join("noted").display());
        fs::write(self.home().join("browse"), script).unwrap();
    }

    /// Waits until the browser was told to open this many URLs; returns the last, or the target if that is a one-time
    /// redirect.
    pub fn noted(&self, addresses: usize) -> String {
        let mut all = String::new();
        until("the browser is to open an address", Duration::from_secs(20), || {
            all = fs::read_to_string(self.home().join("noted")).unwrap_or_default();
            all.lines().count() >= addresses
        });
        redirect_target(all.lines().last().unwrap())
    }

    /// Makes Chromium the default browser, with its own profile that may open links in Keyfob.
    pub fn place_browser(&self, practice: &str) {
        let (home, port) = (self.home().to_owned(), self.browser_port.number());
        let profile = home.join("browser");
        let allowed = serde_json::json!({
            "protocol_handler": { "allowed_origin_protocol_pairs": {
                practice: { "cliqkeyfob": true },
                "http://localhost:28473": { "cliqkeyfob": true },
                "http://localhost:28474": { "cliqkeyfob": true },
            } },
            "browser": { "has_seen_welcome_page": true },
            "credentials_enable_service": false,
        });
        fs::write(profile.join("Default/Preferences"), allowed.to_string()).unwrap();
        fs::write(profile.join("First Run"), "").unwrap();
        let starter = home.join("browse");
        let script = format!(
            "#!/bin/sh\nexec chromium --no-sandbox --disable-gpu --disable-quic --no-first-run \
             --no-default-browser-check --disable-background-networking --disable-component-update --disable-sync \
             --password-store=basic --remote-debugging-port={port} --user-data-dir='{}' --window-size=1000,820 \
             --window-position=240,40 \"$@\" >>'{}' 2>&1\n",
            profile.display(),
            home.join("browser.log").display(),
        );
        fs::write(&starter, script).unwrap();
        fs::set_permissions(&starter, fs::Permissions::from_mode(0o755)).unwrap();
        let applications = home.join(".local/share/applications");
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Stage Browser\nExec={} %u\n\
             MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n",
            starter.display()
        );
        fs::write(applications.join("stage-browser.desktop"), entry).unwrap();
        let defaults = "[Default Applications]\nx-scheme-handler/http=stage-browser.desktop\n\
                        x-scheme-handler/https=stage-browser.desktop\ntext/html=stage-browser.desktop\n";
        fs::write(home.join(".config/mimeapps.list"), defaults).unwrap();
        self.run("update-desktop-database", &[applications.to_str().unwrap()]);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Processes that links and the browser's script started have no handle here; they are found by this stage's
        // folder.
        for pid in self.live_processes() {
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).stderr(Stdio::null()).status();
        }
        self.keyring = None;
        while let Some(running) = self.processes.pop() {
            drop(running);
        }
    }
}

impl Stage {
    /// Every process on this stage, except those that the stage itself started.
    pub fn live_processes(&self) -> Vec<u32> {
        let own: Vec<u32> = self.processes.iter().chain(&self.keyring).map(|r| r.0.id()).collect();
        processes_of(self.home()).filter(|pid| !own.contains(pid)).collect()
    }

    /// Whether one of them renders or loads a page.
    pub fn has_a_page(&self) -> bool {
        self.runs("WebKitWebProcess") || self.runs("WebKitNetworkProcess")
    }

    /// Whether one of them runs a program of this name.
    pub fn runs(&self, name: &str) -> bool {
        !self.running_named(name).is_empty()
    }

    /// Returns those of them that run a program of this name.
    pub fn running_named(&self, name: &str) -> Vec<u32> {
        let is_it = |pid: &u32| {
            fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe.file_name().is_some_and(|file| file == name))
        };
        self.live_processes().into_iter().filter(is_it).collect()
    }

    /// Returns those of them that run this program. A process that it starts is a copy of it until it executes another
    /// program, and is not counted.
    pub fn running(&self, program: &Path) -> Vec<u32> {
        let is_it = |pid: &u32| fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == program);
        let all: Vec<u32> = self.live_processes().into_iter().filter(is_it).collect();
        all.iter().copied().filter(|pid| parent_of(*pid).is_none_or(|parent| !all.contains(&parent))).collect()
    }
}

/// Returns the parent of a process; `None` when the process has ended.
fn parent_of(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

/// Every process with this `HOME`, which is the stage's own.
pub fn processes_of(home: &Path) -> impl Iterator<Item = u32> {
    let mark = format!("HOME={}", home.display());
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let all = entries.filter_map(|e| e.file_name().to_str().and_then(|n| n.parse().ok()));
    all.filter(move |pid: &u32| {
        let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environ.split(|b| *b == 0).any(|v| v.strip_suffix(b"/").unwrap_or(v) == mark.as_bytes())
    })
}

/// Returns where a browser that opens this URL arrives: it follows one redirect.
fn redirect_target(address: &str) -> String {
    let (host, path) = address.trim_start_matches("http://").split_once('/').expect("an address has a path");
    let mut line = TcpStream::connect(host).unwrap();
    write!(line, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    // The rest of a page of Zoho's is not needed.
    let _ = line.take(16 * 1024).read_to_string(&mut answer);
    let to = answer.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("location: "));
    to.unwrap_or(address).trim().to_owned()
}
