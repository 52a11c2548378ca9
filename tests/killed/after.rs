//! The state that the next start finds, compared with what was reported.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use keyfob::storage::atomic_file;
use keyfob::storage::instance_lock::Instance;
use keyfob::storage::vault::{Generation, VaultProblem};
use secrecy::{ExposeSecret, SecretSlice};

use crate::home::{Home, is_part};
use crate::story::{Operation, Story};

/// The number of a written content; `None` for no file.
type State = Option<usize>;

/// The allowed states: the one last reported as saved, and those tried since.
#[derive(Debug)]
struct Allowed {
    said: State,
    tried: Vec<State>,
}

impl Allowed {
    fn by(story: &Story, said: &[String]) -> Self {
        let mut allowed = Self { said: story.operation.before(), tried: Vec::new() };
        for line in said {
            if let Some(what) = line.strip_prefix("saving ") {
                allowed.tried.push(state(what));
            } else if let Some(what) = line.strip_prefix("saved ") {
                allowed = Self { said: state(what), tried: Vec::new() };
            }
        }
        allowed
    }

    fn holds(&self, found: State) -> bool {
        found == self.said || self.tried.contains(&found)
    }
}

fn state(word: &str) -> State {
    if word == "nothing" { None } else { Some(word.parse().unwrap()) }
}

/// Checks the home as the next start does; fails with what is wrong.
pub fn look(story: &Story, home: &Home, said: &[String]) -> Result<(), String> {
    let allowed = Allowed::by(story, said);
    if story.operation.is_on_the_vault() { vault(story, home, said, &allowed) } else { file(story, home, &allowed) }
}

fn vault(story: &Story, home: &Home, said: &[String], allowed: &Allowed) -> Result<(), String> {
    let before = Home::files(&home.folder());
    for keepsake in Home::keepsakes(story) {
        if !before.iter().any(|(_, held)| held == keepsake) {
            return Err(format!("{:?} was overwritten", String::from_utf8_lossy(keepsake)));
        }
    }
    if story.operation == Operation::PutAway {
        return put_away(story, home, said, allowed, &before);
    }
    let found = next_start(story, home, "open sesame")?;
    if !allowed.holds(found) {
        return Err(format!("found {found:?}, {allowed:?}"));
    }
    Ok(())
}

/// Checks that the put-away files are not lost, and that the vault after them is a new one.
fn put_away(
    story: &Story,
    home: &Home,
    said: &[String],
    allowed: &Allowed,
    files: &[(String, Vec<u8>)],
) -> Result<(), String> {
    let old = |name: &str| {
        let is_old = |(file, _): &&(String, Vec<u8>)| file.starts_with(name);
        files.iter().filter(is_old).count()
    };
    if old("vault.age") + old("vault.put-away") < 1 || old("vault.previous") < 1 {
        return Err("what was to be put away is gone".to_owned());
    }
    let is_away = said.iter().any(|line| line == "put away");
    match home.open(story.held_by, "open barley") {
        Err(VaultProblem::KeyMissing | VaultProblem::PassphraseWrong) if !is_away => Ok(()),
        Err(problem) => Err(problem.to_string()),
        Ok(_) => match next_start(story, home, "open barley")? {
            None if allowed.tried.contains(&Some(3)) || allowed.said == Some(2) => Ok(()),
            found if allowed.holds(found) => Ok(()),
            found => Err(format!("found {found:?}, {allowed:?}")),
        },
    }
}

/// Starts, returns the state found, and checks that saving continues from it.
fn next_start(story: &Story, home: &Home, passphrase: &str) -> Result<State, String> {
    let held_by = story.held_by;
    let _instance = Instance::claim(&home.folder()).map_err(|why| format!("the next start: {why}"))?;
    let mut opened = home.open(held_by, passphrase).map_err(|why| format!("the next start: {why}"))?;
    let damage_is_ours = story.operation == Operation::SaveOverDamage;
    if !damage_is_ours && (opened.generation == Generation::Previous || !opened.set_aside.is_empty()) {
        return Err(format!("torn: {:?} {:?}", opened.generation, opened.set_aside));
    }
    if let Some(why) = &opened.not_renewed {
        return Err(format!("the next start does not renew it: {why}"));
    }
    if !opened.not_authentic.is_empty() || opened.is_older {
        return Err(format!("Keyfob takes its own for another's: {:?} {}", opened.not_authentic, opened.is_older));
    }
    let found = match &opened.contents {
        None => None,
        Some(contents) => {
            Some(story.number_of(contents.expose_secret()).ok_or("the next start finds half of a record")?)
        }
    };
    let files = Home::files(&home.folder());
    let strays: Vec<_> = files.iter().filter(|(name, _)| is_part(name)).collect();
    if !strays.is_empty() {
        return Err(format!("left behind: {strays:?}"));
    }
    for (name, _) in &files {
        let mode = fs::metadata(home.folder().join(name)).unwrap().permissions().mode() & 0o777;
        if mode & 0o077 != 0 && !name.contains("damaged") {
            return Err(format!("{name} is open to others: {mode:o}"));
        }
    }
    opened.vault.save(&SecretSlice::from(b"the next one".to_vec())).map_err(|why| format!("the next save: {why}"))?;
    fs::remove_file(home.folder().join("vault.age")).unwrap();
    let previous = home.open(held_by, passphrase).map_err(|why| format!("the generation before: {why}"))?;
    let kept = previous.contents.as_ref().and_then(|contents| story.number_of(contents.expose_secret()));
    if kept != found {
        return Err(format!("the generation before is {kept:?}, not {found:?}"));
    }
    Ok(found)
}

fn file(story: &Story, home: &Home, allowed: &Allowed) -> Result<(), String> {
    let read = |when: &str| {
        let held = atomic_file::read(&home.file(), u64::MAX - 1).map_err(|why| format!("{when}: {why}"))?;
        held.map(|held| story.number_of(&held).ok_or(format!("{when}: half of a file"))).transpose()
    };
    let found = read("afterwards")?;
    if !allowed.holds(found) {
        return Err(format!("found {found:?}, {allowed:?}"));
    }
    atomic_file::replace(&home.file(), &story.content(5)).map_err(|why| format!("the next writing: {why}"))?;
    if read("after the next writing")? != Some(5) {
        return Err("the next writing is not there".to_owned());
    }
    let names: Vec<String> = Home::files(&home.persons_folder()).into_iter().map(|(name, _)| name).collect();
    if names != ["token.env"] {
        return Err(format!("left behind: {names:?}"));
    }
    Ok(())
}
