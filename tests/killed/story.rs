//! The cases: an operation of Keyfob's, on existing files, with the key in one kind of custody.

use std::fmt;

/// The operation during which Keyfob is killed or system calls fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The very first start, with its first save.
    FirstSave,
    /// A save over the only existing generation.
    SaveOver,
    /// Three saves in a row over two generations. To the vault, renaming and removing a connection and a refresh token
    /// that Zoho replaced are each a save of another record.
    SavesInARow,
    /// A start that finds its vault damaged, sets it aside beside an older one, and saves.
    SaveOverDamage,
    /// A start that sweeps the files of killed saves.
    Sweep,
    /// A start with a vault from before vaults were authenticated, which adds authentication, and a save.
    Renew,
    /// The files of a vault whose key is lost are put away, and a new vault is begun.
    PutAway,
    /// A new file in a place that the user chose.
    Export,
    /// The same over an existing file, beside the file of a killed export.
    ExportOver,
    /// The live file is overwritten.
    LiveFile,
    /// The live file is removed.
    LiveFileRemoved,
}

/// The custody of the vault's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBy {
    Keyring,
    Passphrase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    pub operation: Operation,
    pub held_by: HeldBy,
    /// The length of a record, or of a file.
    pub size: usize,
}

impl Operation {
    const ON_THE_VAULT: [Self; 7] = [
        Self::FirstSave,
        Self::SaveOver,
        Self::SavesInARow,
        Self::SaveOverDamage,
        Self::Sweep,
        Self::Renew,
        Self::PutAway,
    ];
    const ON_A_PERSONS_FILE: [Self; 4] = [Self::Export, Self::ExportOver, Self::LiveFile, Self::LiveFileRemoved];

    pub fn is_on_the_vault(self) -> bool {
        Self::ON_THE_VAULT.contains(&self)
    }

    /// The number of the content before the operation, if there is any. Later contents are numbered on from it.
    pub fn before(self) -> Option<usize> {
        match self {
            Self::FirstSave | Self::Export => None,
            Self::SavesInARow | Self::Sweep | Self::Renew | Self::PutAway => Some(2),
            // The second save over damage is the damaged one.
            Self::SaveOver | Self::SaveOverDamage | Self::ExportOver | Self::LiveFile | Self::LiveFileRemoved => {
                Some(1)
            }
        }
    }

    /// The numbers of the contents that it writes.
    pub fn writes(self) -> std::ops::Range<usize> {
        match self {
            Self::Sweep | Self::LiveFileRemoved => 0..0,
            Self::SavesInARow => 3..6,
            _ => 3..4,
        }
    }
}

impl Story {
    /// Every operation, with each custody that affects it.
    pub fn all(sizes: &[usize]) -> Vec<Self> {
        let of = |size: usize| {
            let vaults = [HeldBy::Keyring, HeldBy::Passphrase]
                .map(|held_by| Operation::ON_THE_VAULT.map(|operation| Self { operation, held_by, size }));
            let files =
                Operation::ON_A_PERSONS_FILE.map(|operation| Self { operation, held_by: HeldBy::Keyring, size });
            vaults.into_iter().flatten().chain(files)
        };
        sizes.iter().copied().flat_map(of).collect()
    }

    /// The content with this number.
    pub fn content(&self, number: usize) -> Vec<u8> {
        let word = format!("{number}. 1000.a-refresh-token-of-record-{number} ");
        word.bytes().cycle().take(self.size).collect()
    }

    /// The number of this content; `None` when it is not one complete content.
    pub fn number_of(&self, content: &[u8]) -> Option<usize> {
        (1..6).find(|number| self.content(*number) == content)
    }
}

/// The form in which the child process gets it.
impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} {}", self.operation, self.held_by, self.size)
    }
}

impl Story {
    pub fn told(text: &str) -> Self {
        let size = text.rsplit(' ').next().unwrap().parse().unwrap();
        Self::all(&[size]).into_iter().find(|story| story.to_string() == text).unwrap()
    }
}
