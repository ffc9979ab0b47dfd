//! Backups of the library: made by themselves, looked into, brought back.

mod recovering;
mod rotation;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Weak};
use std::time::Duration;

use postwright_drafts::{BackupFolder, Library, LibraryError, NewDraft, put_backup_in_place};
use postwright_post::profile::KeyCase;
use postwright_wire::{
    self as wire, BackupContents, BackupDraft, BackupDraftNow, BackupList, BackupRow, Done, Event,
};

use crate::failure::Failure;
use crate::{App, Core, convert};

pub(crate) use recovering::{Opened, Recovery, open};

/// The first look comes when the start is over, the others from time to time.
const FIRST_LOOK: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_secs(5 * 60);

impl App {
    /// Copies the library into a file, while it is in use.
    pub fn back_up_into(&self, file: &Path) -> Result<(), wire::Error> {
        let copied = self.core.library.backup(file);
        copied.map_err(|error| Failure::from(error).on_the_wire(self.language()))
    }

    /// Makes the backups in a folder from now on; none: beside the library.
    pub fn set_backup_folder(&self, folder: Option<&Path>) -> Result<BackupList, wire::Error> {
        let chosen = self.core.backup_folder().choose(folder);
        let changed = chosen.map_err(Failure::from).and_then(|()| self.core.list_backups());
        changed.map_err(|failure| failure.on_the_wire(self.language()))
    }
}

impl Core {
    pub(crate) fn list_backups(&self) -> Result<BackupList, Failure> {
        let folder = self.backup_folder();
        let rows = backups_in(&folder).into_iter().map(|backup| BackupRow {
            size: backup.path.metadata().map_or(0, |file| file.len()),
            name: backup.name,
            at: backup.at,
        });
        Ok(BackupList {
            backups: rows.collect(),
            beside_library: folder.is_beside_library(),
            folder: folder.path().to_string_lossy().into_owned(),
        })
    }

    pub(crate) fn back_up_now(&self) -> Result<BackupList, Failure> {
        self.make_backup()?;
        self.list_backups()
    }

    /// Copies the library, reads the copy to its end, and removes what the rotation does not keep. A copy with flaws
    /// is a damaged library's: then nothing older is removed for it.
    fn make_backup(&self) -> Result<(), Failure> {
        let folder = self.backup_folder();
        let now = self.milliseconds();
        let name = rotation::name_of(now);
        // Under its name there lies only what was read to its end.
        let unchecked = format!("{name}.unchecked");
        let path = folder.make()?.join(&unchecked);
        self.library.backup(&path)?;
        if let Some(flaw) = Library::look_into(&path)?.examine()?.flaws.first() {
            folder.remove(&unchecked)?;
            return Err(LibraryError::Damaged {
                path: self.library.path().to_owned(),
                detail: flaw.to_string(),
            }
            .into());
        }
        folder.rename(&unchecked, &name)?;
        let backups = backups_in(&folder);
        let times: Vec<_> = backups.iter().map(|backup| backup.at).collect();
        let superfluous = rotation::superfluous(&times, now);
        for backup in backups.iter().filter(|backup| superfluous.contains(&backup.at)) {
            folder.remove(&backup.name)?;
        }
        Ok(())
    }

    pub(crate) fn look_into_backup(&self, look: &wire::LookIntoBackup) -> Result<BackupContents, Failure> {
        let backup = Library::look_into(&self.backup_named(&look.name)?)?;
        let mut drafts = Vec::new();
        for summary in backup.drafts(false)? {
            let title = convert::details(&summary.text_head, KeyCase::Counts, self.language()).shown_title;
            let now = self.now_of(&backup, summary.id)?;
            drafts.push(BackupDraft { post: summary.id, title, edited: summary.edited, now });
        }
        Ok(BackupContents { drafts })
    }

    fn now_of(&self, backup: &Library, post: wire::PostId) -> Result<BackupDraftNow, Failure> {
        Ok(match self.library.draft(post) {
            Err(LibraryError::NoSuchDraft { .. }) => BackupDraftNow::Missing,
            Ok(draft) if draft.trashed => BackupDraftNow::Trashed,
            Ok(draft) if draft.text == backup.draft(post)?.text => BackupDraftNow::Same,
            Ok(_) => BackupDraftNow::Different,
            Err(error) => return Err(error.into()),
        })
    }

    /// Brings drafts back beside what is there: nothing is overwritten.
    pub(crate) fn take_from_backup(&self, take: &wire::TakeFromBackup) -> Result<wire::DraftList, Failure> {
        let backup = Library::look_into(&self.backup_named(&take.name)?)?;
        let mut taken = Vec::new();
        for &post in &take.posts {
            let text = backup.draft(post)?.text;
            let new = NewDraft { text, file: None, form: String::new(), at: self.milliseconds() };
            let draft = self.library.add_draft(new)?;
            for asset in backup.assets(post)? {
                if let Some(kept) = backup.asset(post, &asset.name)? {
                    self.library.add_asset(draft, &asset.name, kept.bytes, &kept.media_type)?;
                }
            }
            taken.push(draft);
        }
        self.tell(Event::DraftsChanged(Done {}));
        let rows = self.library.drafts(false)?.into_iter().filter(|draft| taken.contains(&draft.id));
        Ok(wire::DraftList { drafts: rows.map(|draft| self.draft_row(draft)).collect::<Result<_, _>>()? })
    }

    /// Makes ready that the next start opens a backup. Everything typed is on disk before.
    pub(crate) fn restore_backup(
        &self,
        restore: &wire::RestoreBackup,
    ) -> Result<wire::BackupRestored, Failure> {
        let backup = self.backup_named(&restore.name)?;
        self.library.flush()?;
        let now = self.milliseconds();
        let kept = put_backup_in_place(self.library.path(), &backup, now)?;
        self.backup_folder().note_restored(now)?;
        Ok(wire::BackupRestored { kept: kept.to_string_lossy().into_owned() })
    }

    fn backup_folder(&self) -> BackupFolder {
        BackupFolder::of(self.library.path())
    }

    /// The window names a backup, never a path.
    fn backup_named(&self, name: &str) -> Result<PathBuf, Failure> {
        let backup = backups_in(&self.backup_folder()).into_iter().find(|backup| backup.name == name);
        backup.map(|backup| backup.path).ok_or_else(|| Failure::NoSuchBackup { name: name.to_owned() })
    }
}

/// Makes backups as long as the core is there, when there is something new to keep. The first look also reads the
/// library's pages, so that damage is known before it is met.
pub(crate) fn keep_backups(core: &Arc<Core>, ended: Receiver<()>) {
    let core = Arc::downgrade(core);
    let started = std::thread::Builder::new().name("backups".to_owned()).spawn(move || run(&core, &ended));
    if let Err(error) = started {
        tracing::error!(%error, "no backups: the thread could not be started");
    }
}

fn run(core: &Weak<Core>, ended: &Receiver<()>) {
    let mut wait = FIRST_LOOK;
    let mut last = Look::default();
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let Some(core) = core.upgrade() else { return };
        core.look_after_library(&mut last);
        wait = LOOK_EVERY;
    }
}

/// What the last look found.
#[derive(Default)]
struct Look {
    was_checked: bool,
    /// The library's files as they were when the last backup was made.
    backed_up: Option<FileStates>,
    /// A failure that was told need not be told every five minutes.
    was_told: bool,
}

impl Core {
    fn look_after_library(&self, last: &mut Look) {
        let looked = self.check_once(last).and_then(|()| self.back_up_if_due(last));
        match looked {
            Ok(()) => last.was_told = false,
            Err(failure) => {
                if matches!(&failure, Failure::Library(error) if error.is_damage())
                    && let Err(error) = self.backup_folder().note_damage()
                {
                    tracing::error!(%error, "the damage could not be noted");
                }
                if !std::mem::replace(&mut last.was_told, true) {
                    self.tell(Event::Failed(self.told(Failure::NoBackup(Box::new(failure)))));
                }
            }
        }
    }

    fn check_once(&self, last: &mut Look) -> Result<(), Failure> {
        if !last.was_checked {
            self.library.check()?;
            last.was_checked = true;
        }
        Ok(())
    }

    fn back_up_if_due(&self, last: &mut Look) -> Result<(), Failure> {
        let states = FileStates::of(self.library.path());
        let newest = backups_in(&self.backup_folder()).first().map(|backup| backup.at);
        // After a start nobody knows which state the newest backup has; the file's time tells enough.
        let is_new = match &last.backed_up {
            Some(backed_up) => *backed_up != states,
            None => newest.is_none_or(|newest| states.newest() > newest),
        };
        if self.library.read_only().is_none() && is_new && rotation::is_due(newest, self.milliseconds()) {
            self.make_backup()?;
            last.backed_up = Some(states);
        }
        Ok(())
    }
}

/// Size and time of the library's file and its log.
#[derive(Default, PartialEq, Eq)]
struct FileStates([Option<(u64, wire::Milliseconds)>; 2]);

impl FileStates {
    fn of(library: &Path) -> Self {
        let mut log = library.as_os_str().to_os_string();
        log.push("-wal");
        let state = |path: &Path| {
            let file = path.metadata().ok()?;
            let changed = file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
            Some((file.len(), i64::try_from(changed.as_millis()).ok()?))
        };
        Self([state(library), state(Path::new(&log))])
    }

    fn newest(&self) -> wire::Milliseconds {
        self.0.iter().flatten().map(|(_, changed)| *changed).max().unwrap_or_default()
    }
}

/// A backup's file.
pub(crate) struct Backup {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) at: wire::Milliseconds,
}

/// The backups in a folder, the newest first. Other files there are somebody else's.
pub(crate) fn backups_in(folder: &BackupFolder) -> Vec<Backup> {
    let path = folder.path();
    let mut backups: Vec<_> = folder
        .names()
        .into_iter()
        .filter_map(|name| Some(Backup { at: rotation::time_of(&name)?, path: path.join(&name), name }))
        .collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.at));
    backups
}
