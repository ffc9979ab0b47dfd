//! The use cases: one function for each thing a writer does, whether in the window or on the command line.
//!
//! It joins the library (`drafts`), the sites on disk (`sites`), the rules of posts (`post`) and the preview
//! (`markdown`), and speaks to the outside in the shapes of `wire` alone.
//!
//! It must not know Tauri, a window, or a terminal: a shell hands it calls and paths, and takes replies and events.
//! The clock and the places of things are arguments of [`Options`].

mod appearing;
mod applying;
mod backup_messages;
mod backups;
pub mod build_check;
pub mod checking;
mod code_colours;
mod convert;
pub mod doctor;
mod drafting;
mod editing;
mod failure;
mod fields;
pub mod files;
mod findings;
mod git;
mod git_messages;
mod history;
mod images;
mod importing;
mod installed_hugo;
mod keeping;
mod known_site;
mod macro_faults;
mod merging;
mod messages;
mod missing_pages;
mod moving;
mod new_posts;
mod offers;
mod open_post;
mod outside;
mod page_comparison;
mod proposing;
mod publishing;
mod remote_images;
mod replacing;
mod saving;
mod search_documents;
mod search_index;
mod search_messages;
mod searching;
mod seen_posts;
mod session;
mod site_habits;
mod site_posts;
mod site_settings;
mod text;
mod undoing;
mod work;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use postwright_drafts::Library;
pub use postwright_sites::Step;
use postwright_sites::program::Stop;
use postwright_sites::{Watcher, all_steps};
use postwright_wire::{self as wire, Call, Event, Language, Milliseconds, PostId, Reply, SiteId};

pub use crate::images::Image;
pub use crate::site_posts::Shown;

use crate::failure::Failure;
use crate::installed_hugo::InstalledHugo;
use crate::keeping::ToKeep;
use crate::known_site::KnownSite;
use crate::open_post::OpenPost;
use crate::publishing::ShownPlan;

/// What the core needs from the shell that holds it.
pub struct Options {
    /// The library's file; it and its folder are made where they are missing.
    pub library: PathBuf,
    /// The language that was asked for at the start, before any setting.
    pub language: Option<Language>,
    /// The system's language: used until the writer chooses one.
    pub system_language: Language,
    /// The time, in the writer's zone.
    pub now: Arc<dyn Fn() -> jiff::Zoned + Send + Sync>,
    /// Where the web view finds images: `{image_base}/post/{id}/{reference}`.
    pub image_base: String,
    /// The folders in which programs of the writer's, such as Hugo, are looked for; the first first.
    pub program_folders: Vec<PathBuf>,
    /// What is done about a library that is damaged.
    pub on_damage: OnDamage,
    /// Takes the events for the window.
    pub events: Arc<dyn Fn(Event) + Send + Sync>,
}

/// What opening does about a damaged library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDamage {
    /// It says so, and leaves everything as it is.
    Say,
    /// It keeps the damaged file, opens the newest good backup with what can be read of the damaged one, and tells.
    /// Backups are made from then on.
    Recover,
}

/// The core, for one library.
pub struct App {
    core: Arc<Core>,
    watcher: Mutex<Option<Watcher>>,
    watched: Mutex<Vec<PathBuf>>,
}

/// What the use cases share with the threads that watch and store.
struct Core {
    library: Library,
    language: Mutex<Language>,
    /// The language was asked for at the start, which no guess may change.
    language_is_asked_for: bool,
    now: Arc<dyn Fn() -> jiff::Zoned + Send + Sync>,
    image_base: String,
    events: Arc<dyn Fn(Event) + Send + Sync>,
    open: Mutex<HashMap<PostId, Arc<Mutex<OpenPost>>>>,
    shown_plans: Mutex<HashMap<PostId, ShownPlan>>,
    /// The text that the writer looks at before it is imported.
    import: Mutex<Option<proposing::Import>>,
    /// The sites of posts that were shown.
    sites: Mutex<HashMap<SiteId, Arc<KnownSite>>>,
    /// Where programs of the writer's are looked for.
    program_folders: Vec<PathBuf>,
    /// Work that takes long and can be stopped.
    under_way: Mutex<HashMap<wire::WorkId, Stop>>,
    hugo: InstalledHugo,
    /// The folder that was no site when the writer wanted to add it last.
    refused_folder: Mutex<Option<PathBuf>>,
    /// Takes the posts that are to be looked through once the writer pauses.
    to_look_through: mpsc::Sender<PostId>,
    /// Takes what is to be kept as a revision by itself.
    to_keep: mpsc::Sender<ToKeep>,
    search: search_index::SearchIndex,
    /// What was replaced last, to be taken back.
    last_replaced: Mutex<Vec<replacing::ReplacedText>>,
    steps: Arc<AskBeforeStep>,
    /// What came out while the library was opened, when there was no window to tell it to.
    told_at_start: Mutex<Vec<wire::Error>>,
    /// Ends the thread that makes backups by going.
    _keeps_backups: mpsc::Sender<()>,
}

/// Asked before each step of a write into a site; what it fails with is taken for the disk's own failure.
pub type AskBeforeStep = dyn Fn(Step) -> std::io::Result<()> + Send + Sync;

impl App {
    /// Opens the library.
    ///
    /// Fails where the file is no library, or is damaged and that is only to be said; it is then left as it is. A library of a newer version
    /// opens, and can only be read.
    pub fn open(options: Options) -> Result<Self, wire::Error> {
        Self::open_in_steps(options, Arc::new(all_steps))
    }

    /// The same, asking `steps` before each step of a write into a site: for tests that stop one in its middle.
    pub fn open_in_steps(options: Options, steps: Arc<AskBeforeStep>) -> Result<Self, wire::Error> {
        let language = options.language.unwrap_or(options.system_language);
        let now = milliseconds(&(options.now)());
        let backups::Opened { library, recovery } =
            backups::open(&options.library, options.on_damage, now)
                .map_err(|error| Failure::Library(error).on_the_wire(language))?;
        let (to_look_through, waiting) = mpsc::channel();
        let (keeps_backups, ended) = mpsc::channel();
        let (to_keep, told_to_keep) = mpsc::channel();
        let (search_woken, search_waits) = mpsc::channel();
        let core = Core {
            search: search_index::SearchIndex::beside(&options.library, search_woken),
            last_replaced: Mutex::default(),
            library,
            language: Mutex::new(language),
            language_is_asked_for: options.language.is_some(),
            now: options.now,
            image_base: options.image_base,
            events: options.events,
            open: Mutex::default(),
            shown_plans: Mutex::default(),
            import: Mutex::default(),
            sites: Mutex::default(),
            hugo: InstalledHugo::new(&options.program_folders),
            program_folders: options.program_folders,
            under_way: Mutex::default(),
            refused_folder: Mutex::default(),
            to_look_through,
            to_keep,
            steps,
            told_at_start: Mutex::default(),
            _keeps_backups: keeps_backups,
        };
        if options.language.is_none() {
            core.take_language_from_settings();
        }
        let core = Arc::new(core);
        findings::look_through_when_idle(&core, waiting);
        keeping::keep_from_time_to_time(&core, told_to_keep);
        search_index::fill_when_idle(&core, search_waits);
        let mut told = core.settle_publications(None);
        told.extend(recovery.map(|recovery| core.told(Failure::Recovered(recovery))));
        *lock(&core.told_at_start) = told;
        if options.on_damage == OnDamage::Recover {
            backups::keep_backups(&core, ended);
        }
        Ok(Self { core, watcher: Mutex::default(), watched: Mutex::default() })
    }

    /// Answers one call of the window. The calls that show a dialog or leave the app are the shell's.
    pub fn answer(&self, call: Call) -> Result<Reply, wire::Error> {
        self.reply(call).map_err(|failure| failure.on_the_wire(self.language()))
    }

    /// The language of everything that is said.
    pub fn language(&self) -> Language {
        *lock(&self.core.language)
    }

    /// Waits until everything typed is on disk, and kept as revisions.
    pub fn close(&self) {
        lock(&self.watcher).take();
        self.core.keep_all_unkept();
        self.core.search.stop();
        if let Err(error) = self.core.library.flush() {
            tracing::error!(%error, "the library was not flushed");
        }
    }

    fn reply(&self, call: Call) -> Result<Reply, Failure> {
        let core = &self.core;
        Ok(match call {
            Call::Start(start) => Reply::Start(self.start(&start)?),
            Call::Remember(state) => Reply::Remember(core.remember(&state)?),
            Call::ChangeSetting(change) => Reply::ChangeSetting(core.change_setting(&change)?),
            Call::CodeStyle(style) => Reply::CodeStyle(core.code_style(&style)),
            Call::ListDrafts(list) => Reply::ListDrafts(core.list_drafts(&list)?),
            Call::NewDraft(new) => Reply::NewDraft(core.new_draft(&new)?),
            Call::OpenPost(open) => Reply::OpenPost(core.open_post(&open)?),
            Call::ClosePost(close) => Reply::ClosePost(core.close_post(&close)?),
            Call::TrashDraft(trash) => Reply::TrashDraft(core.trash_draft(&trash)?),
            Call::RestoreDraft(restore) => Reply::RestoreDraft(core.restore_draft(&restore)?),
            Call::DuplicateDraft(duplicate) => Reply::DuplicateDraft(core.duplicate_draft(&duplicate)?),
            Call::ReadImport(read) => Reply::ReadImport(core.read_import(&read)?),
            Call::ChangeImport(change) => Reply::ChangeImport(core.change_import(&change)?),
            Call::ShowImported(show) => Reply::ShowImported(core.show_imported(&show)?),
            Call::TakeImport(take) => Reply::TakeImport(core.take_import(&take)?),
            Call::ConvertClip(clip) => Reply::ConvertClip(core.convert_clip(&clip)?),
            Call::Edit(edit) => Reply::Edit(core.edit(edit)?),
            Call::ReplaceText(replace) => Reply::ReplaceText(core.replace_text(&replace)?),
            Call::ChangeField(change) => Reply::ChangeField(core.change_field(&change)?),
            Call::Offers(ask) => Reply::Offers(core.offers(&ask)?),
            Call::UsualFields(ask) => Reply::UsualFields(core.usual_fields(&ask)?),
            Call::FindAddress(ask) => Reply::FindAddress(core.find_address(&ask)?),
            Call::AddImage(add) => Reply::AddImage(core.add_image(&add)?),
            Call::SavePost(save) => Reply::SavePost(core.save_post(&save)?),
            Call::ReadFileAgain(read) => Reply::ReadFileAgain(core.read_file_again(&read)?),
            Call::ShowRemoteImages(show) => Reply::ShowRemoteImages(core.show_remote_images(&show)?),
            Call::PreviewAgain(again) => Reply::PreviewAgain(core.preview_again(&again)?),
            Call::MergeOutside(merge) => Reply::MergeOutside(core.merge_outside(&merge)?),
            Call::History(ask) => Reply::History(core.history(ask.post)?),
            Call::CompareRevision(ask) => Reply::CompareRevision(core.compare_revision(&ask)?),
            Call::BringBack(ask) => Reply::BringBack(core.bring_back(&ask)?),
            Call::NameRevision(ask) => Reply::NameRevision(core.name_revision(&ask)?),
            Call::ParagraphHistory(ask) => Reply::ParagraphHistory(core.paragraph_history(&ask)?),
            Call::KeepMine(keep) => Reply::KeepMine(core.keep_mine(&keep)?),
            Call::ListSites(_) => Reply::ListSites(core.list_sites()?),
            Call::AddPlainSite(_) => {
                Reply::AddPlainSite(wire::ChosenSite { site: Some(self.add_plain_site()?) })
            }
            Call::SiteHabits(ask) => Reply::SiteHabits(core.site_habits(&ask)?),
            Call::CorrectSite(correct) => Reply::CorrectSite(core.correct_site(&correct)?),
            Call::OfferSlugs(ask) => Reply::OfferSlugs(core.offer_slugs(&ask)?),
            Call::NewSitePost(new) => Reply::NewSitePost(core.new_site_post(&new)?),
            Call::ListTemplates(list) => Reply::ListTemplates(core.list_templates(&list)?),
            Call::SaveTemplate(save) => Reply::SaveTemplate(core.save_template(&save)?),
            Call::RenameTemplate(rename) => Reply::RenameTemplate(core.rename_template(&rename)?),
            Call::RemoveTemplate(remove) => Reply::RemoveTemplate(core.remove_template(&remove)?),
            Call::RemoveSite(remove) => Reply::RemoveSite(self.remove_site(&remove)?),
            Call::ListSitePosts(list) => Reply::ListSitePosts(core.list_site_posts(&list)?),
            Call::OpenSitePost(open) => Reply::OpenSitePost(core.open_site_post(&open)?),
            Call::PlanPublish(plan) => Reply::PlanPublish(core.plan_publish(&plan)?),
            Call::Publish(publish) => Reply::Publish(core.publish(&publish)?),
            Call::PlanMove(plan) => Reply::PlanMove(core.plan_move(&plan)?),
            Call::MovePost(post) => Reply::MovePost(core.move_post(&post)?),
            Call::UndoPublish(undo) => Reply::UndoPublish(core.undo_publish(&undo)?),
            Call::AskGit(ask) => Reply::AskGit(core.ask_git(&ask)?),
            Call::PlanCommit(plan) => Reply::PlanCommit(core.plan_commit(&plan)?),
            Call::Commit(commit) => Reply::Commit(core.commit(&commit)?),
            Call::Push(push) => Reply::Push(core.push(&push)?),
            Call::BuildCheck(check) => Reply::BuildCheck(core.build_check(&check)?),
            Call::StopWork(stop) => Reply::StopWork(core.stop_work(&stop)),
            Call::Search(search) => Reply::Search(core.search(&search)?),
            Call::PlanReplace(plan) => Reply::PlanReplace(core.plan_replace(&plan)?),
            Call::ReplaceEverywhere(replace) => Reply::ReplaceEverywhere(core.replace_everywhere(&replace)?),
            Call::UndoReplace(_) => Reply::UndoReplace(core.undo_replace()?),
            Call::ListBackups(_) => Reply::ListBackups(core.list_backups()?),
            Call::BackUpNow(_) => Reply::BackUpNow(core.back_up_now()?),
            Call::LookIntoBackup(look) => Reply::LookIntoBackup(core.look_into_backup(&look)?),
            Call::TakeFromBackup(take) => Reply::TakeFromBackup(core.take_from_backup(&take)?),
            Call::RestoreBackup(restore) => Reply::RestoreBackup(core.restore_backup(&restore)?),
            Call::ImportChosen(_)
            | Call::ReadChosenFile(_)
            | Call::AddChosenSite(_)
            | Call::ChooseBackupFolder(_)
            | Call::OpenOutside(_)
            | Call::RevealFile(_) => return Err(Failure::NeedsAWindow),
        })
    }
}

impl Core {
    fn now(&self) -> jiff::Zoned {
        (self.now)()
    }

    fn milliseconds(&self) -> Milliseconds {
        milliseconds(&self.now())
    }

    fn tell(&self, event: Event) {
        self.search.follow(&event);
        (self.events)(event);
    }

    fn language(&self) -> Language {
        *lock(&self.language)
    }
}

fn milliseconds(time: &jiff::Zoned) -> Milliseconds {
    time.timestamp().as_millisecond()
}

/// Locks, also after a thread panicked while it held the lock: what is behind our locks is whole between statements,
/// and the writer's text must stay reachable.
fn lock<Guarded>(mutex: &Mutex<Guarded>) -> MutexGuard<'_, Guarded> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
