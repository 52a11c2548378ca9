//! Tests with the real `xdg-mime`, in a temporary home folder.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;

#[tokio::test]
async fn an_unowned_scheme_is_claimed_once() {
    let home = Home::new();
    let keyfob = home.program("keyfob");
    assert_eq!(home.desktop(&keyfob).prove().await, Ok(()));
    for scheme in SCHEMES {
        assert_eq!(home.default(scheme).await, OURS);
    }
    let written = home.read(OURS);
    assert!(written.contains(&format!("Exec={} %u\n", keyfob.display())), "{written}");

    home.remove(OURS);
    home.write("other.desktop", &DesktopEntry::of(&keyfob, &[]));
    home.set_default("other.desktop").await;
    assert_eq!(home.desktop(&keyfob).prove().await, Ok(()));
    assert!(!home.has(OURS), "an existing file that leads here is enough");
}

// Shows T3.
#[tokio::test]
async fn another_program_keeps_its_scheme_and_is_named() {
    let home = Home::new();
    let (keyfob, other) = (home.program("keyfob"), home.program("zoho-helper"));
    home.write("helper.desktop", &DesktopEntry::of(&other, &[]).replace("Name=Keyfob", "Name=Helper for Cliq"));
    home.set_default("helper.desktop").await;

    let owner = Some("Helper for Cliq".to_owned());
    assert_eq!(home.desktop(&keyfob).prove().await, Err(Problem::LinkNotOurs { owner }));
    assert_eq!(home.default(SCHEMES[0]).await, "helper.desktop");
}

// Shows D4.
#[tokio::test]
async fn a_scheme_of_a_removed_program_is_claimed() {
    let home = Home::new();
    let (keyfob, gone) = (home.program("keyfob"), home.program("zoho-helper"));
    home.write("helper.desktop", &DesktopEntry::of(&gone, &[]));
    home.set_default("helper.desktop").await;
    fs::remove_file(gone).unwrap();

    assert_eq!(home.desktop(&keyfob).prove().await, Ok(()));
    assert_eq!(home.default(SCHEMES[0]).await, OURS);
}

#[tokio::test]
async fn the_running_keyfob_takes_over_from_another_copy() {
    let home = Home::new();
    let (installed, built) = (home.program("installed/keyfob"), home.program("built/keyfob"));
    home.write("Keyfob.desktop", &DesktopEntry::of(&installed, &[]));
    home.set_default("Keyfob.desktop").await;

    assert_eq!(home.desktop(&built).prove().await, Ok(()));
    assert_eq!(home.default(SCHEMES[0]).await, OURS);
    assert_eq!(home.desktop(&installed).prove().await, Ok(()));
    assert!(home.read(OURS).contains("installed/keyfob %u"), "Keyfob's own file is updated");
}

#[tokio::test]
async fn an_entry_that_passes_no_link_is_not_enough() {
    let home = Home::new();
    let keyfob = home.program("keyfob");
    home.write("Keyfob.desktop", &DesktopEntry::of(&keyfob, &[]).replace(" %u", ""));
    home.set_default("Keyfob.desktop").await;

    assert_eq!(home.desktop(&keyfob).prove().await, Ok(()));
    assert_eq!(home.default(SCHEMES[0]).await, OURS);
}

// Shows D4.
#[tokio::test]
async fn without_the_desktops_tools_the_check_fails() {
    let home = Home::new();
    let mut desktop = home.desktop(&home.program("keyfob"));
    desktop.environment.push(("PATH", home.0.path().join("nothing-here")));
    assert_eq!(desktop.prove().await, Err(Problem::LinkNotOurs { owner: None }));
}

#[test]
fn any_path_written_to_a_desktop_file_is_read_back() {
    for path in ["/usr/bin/keyfob", "/home/An Admin/keyfob", r#"/odd "$`\ %u/key%fob"#, "/a\nb\tc/keyfob", "/ü/keyfob"]
    {
        let entry = DesktopEntry::read(&DesktopEntry::of(Path::new(path), &[])).unwrap();
        assert_eq!((entry.program.as_str(), entry.takes_links), (path, true));
    }
}

#[test]
fn a_plain_path_is_written_without_quotes() {
    let written = DesktopEntry::of(Path::new("/usr/bin/keyfob"), &[kind_of("cliqkeyfob")]);
    assert!(written.contains("\nExec=/usr/bin/keyfob %u\n"), "{written}");
    assert!(written.contains("\nMimeType=x-scheme-handler/cliqkeyfob;\n"), "{written}");
}

#[test]
fn percent_signs_in_a_path_are_escaped() {
    let written = DesktopEntry::of(Path::new("/100%u/keyfob"), &[]);
    assert!(written.contains("\nExec=\"/100%%u/keyfob\" %u\n"), "{written}");
}

#[test]
fn only_the_main_group_of_a_desktop_file_counts() {
    let text = "# ours\n[Other]\nExec=a\n[Desktop Entry]\nName = B\nExec = b --new %U\n[Desktop Action x]\nExec=c\n";
    let read = DesktopEntry::read(text);
    assert_eq!(read, Some(DesktopEntry { name: "B".into(), program: "b".into(), takes_links: true }));
    assert_eq!(DesktopEntry::read("[Desktop Entry]\nExec=b %u\nHidden=true\n"), None);
    assert_eq!(DesktopEntry::read("[Desktop Entry]\nName=b\n"), None);
}

/// An empty home folder with empty desktop settings.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(home.applications()).unwrap();
        fs::create_dir_all(home.0.path().join("config")).unwrap();
        home
    }

    fn desktop(&self, program: &Path) -> Desktop {
        let at = |name: &str| self.0.path().join(name);
        Desktop {
            program: program.to_owned(),
            folders: vec![self.applications()],
            environment: vec![
                ("HOME", at("")),
                ("XDG_DATA_HOME", at("data")),
                ("XDG_DATA_DIRS", at("none")),
                ("XDG_CONFIG_HOME", at("config")),
                ("XDG_CONFIG_DIRS", at("none")),
                ("XDG_CURRENT_DESKTOP", "GNOME".into()),
            ],
        }
    }

    fn applications(&self) -> PathBuf {
        self.0.path().join("data/applications")
    }

    fn program(&self, name: &str) -> PathBuf {
        let path = self.0.path().join("programs").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        path
    }

    async fn default(&self, scheme: &str) -> String {
        let asked = self.desktop(Path::new("")).run("xdg-mime", &["query", "default", &kind_of(scheme)]).await;
        String::from_utf8(asked.unwrap().stdout).unwrap().trim().to_owned()
    }

    async fn set_default(&self, file: &str) {
        let kinds = SCHEMES.map(kind_of);
        let set = self.desktop(Path::new("")).run("xdg-mime", &["default", file, &kinds[0], &kinds[1]]).await;
        assert!(set.unwrap().status.success());
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.applications().join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.applications().join(file)).unwrap()
    }

    fn has(&self, file: &str) -> bool {
        self.applications().join(file).exists()
    }

    fn remove(&self, file: &str) {
        fs::remove_file(self.applications().join(file)).unwrap();
    }
}
