//! The one table of calls: its name, what it takes, what it answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// The reply of a call that has nothing to tell but that it was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Done {}

macro_rules! calls {
    ($( $(#[$doc:meta])* $name:ident: $request:ident => $reply:ident; )*) => {
        /// One call, as the window sends it: `{"call": "edit", "with": {…}}`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "call", content = "with", rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each call is documented in the table, which is what TypeScript shows")]
        pub enum Call { $( $(#[$doc])* $name($request), )* }

        /// What a call answers; on the wire the bare shape, since the caller knows what it asked.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "each reply is named after its call")]
        #[allow(clippy::large_enum_variant, reason = "there is one at a time, which is written out at once")]
        pub enum Reply { $( $name($reply), )* }

        /// Name, request and reply of each call, for the generated TypeScript.
        pub(crate) fn table(names: &ts_rs::Config) -> Vec<[String; 3]> {
            vec![ $( [stringify!($name).to_owned(), <$request as TS>::name(names), <$reply as TS>::name(names)], )* ]
        }
    };
}

calls! {
    /// The first call of a window: everything it needs to show what it showed last.
    Start: Start => Started;
    /// Keeps tabs, cursors, scroll and panels for the next start.
    Remember: SessionState => Done;
    /// Changes a setting of the writer's.
    ChangeSetting: ChangeSetting => Settings;
    /// The style sheet that colours code in the preview, for one colour scheme.
    CodeStyle: CodeStyle => CodeStyleSheet;

    /// The drafts of the library, or its trash.
    ListDrafts: ListDrafts => DraftList;
    /// A new draft, opened.
    NewDraft: NewDraft => OpenedPost;
    /// Opens a post of the library.
    OpenPost: OpenPost => OpenedPost;
    /// Lets go of an open post; its text stays in the library.
    ClosePost: ClosePost => Done;
    /// Puts a draft into the trash.
    TrashDraft: TrashDraft => Done;
    /// Takes a draft out of the trash.
    RestoreDraft: RestoreDraft => Done;
    /// A draft of its own with the same text and images.
    DuplicateDraft: DuplicateDraft => DraftRow;
    /// Lets the writer choose files or folders, which become drafts.
    ImportChosen: ImportChosen => Imported;
    /// Reads a text that may hold several posts, and answers what it would become.
    ReadImport: ReadImport => ImportProposal;
    /// Lets the writer choose a file, and answers what it would become.
    ReadChosenFile: ReadChosenFile => ChosenImport;
    /// Says what the writer wants otherwise of an import.
    ChangeImport: ChangeImport => ImportProposal;
    /// A post of an import before and after.
    ShowImported: ShowImported => ImportedView;
    /// Makes drafts of an import.
    TakeImport: TakeImport => Imported;
    /// Turns pasted HTML into Markdown.
    ConvertClip: ConvertClip => ConvertedClip;

    /// One edit of an open post.
    Edit: Edit => Edited;
    /// The whole text of an open post: the way back after `stale`.
    ReplaceText: ReplaceText => Edited;
    /// The changes that change a front matter field; the editor applies them as an edit of the writer's.
    ChangeField: ChangeField => FieldChanges;
    /// The fields that the posts of a post's site have: for the form.
    UsualFields: UsualFields => UsualFieldList;
    /// Where a post is or would be, and under which address.
    FindAddress: FindAddress => PostAddress;
    /// What a post's site has to offer to what is being written.
    Offers: AskOffers => Offers;
    /// Keeps an image for a post; answers the reference to write.
    AddImage: AddImage => AddedImage;
    /// Keeps a revision, and writes the file of a post that has one.
    SavePost: SavePost => Saved;
    /// The changes that make an open post equal to its file, after it changed outside.
    ReadFileAgain: ReadFileAgain => FileChanges;
    /// What to change so that an open post has what its file came to hold, too.
    MergeOutside: MergeOutside => MergedOutside;
    /// Shows the images on other machines in the posts of a post's site, or hides them again.
    ShowRemoteImages: ShowRemoteImages => OpenedPost;
    /// The whole preview of an open post as its site is set now; a patch of an empty list.
    PreviewAgain: PreviewAgain => PreviewPatch;
    /// The kept revisions of a post.
    History: AskHistory => PostHistory;
    /// What differs between a kept revision and the post, or the one before it.
    CompareRevision: CompareRevision => Comparison;
    /// The changes that bring a kept revision back, or a part of it.
    BringBack: BringBack => FileChanges;
    /// Gives a kept revision, or the post as it is, a name.
    NameRevision: NameRevision => PostHistory;
    /// What the paragraph at a position said before.
    ParagraphHistory: AskParagraph => ParagraphHistory;
    /// Keeps the writer's text over a file that changed outside; the next save writes it.
    KeepMine: KeepMine => Done;

    /// The sites the writer has added.
    ListSites: ListSites => SiteList;
    /// Lets the writer choose a folder, which becomes a site.
    AddChosenSite: AddChosenSite => ChosenSite;
    /// Adds the folder that was refused last, as one of plain Markdown.
    AddPlainSite: AddPlainSite => ChosenSite;
    /// What was found about a site, and what the writer says instead.
    SiteHabits: AskSiteHabits => FoundHabits;
    /// Says of a site what the writer knows better.
    CorrectSite: CorrectSite => Done;
    /// A new draft that begins as the posts of a site do, opened.
    NewSitePost: NewSitePost => BegunPost;
    /// The slugs that a new post of a site may have.
    OfferSlugs: OfferSlugs => OfferedSlugs;
    /// The templates of the writer's for a site.
    ListTemplates: ListTemplates => TemplateList;
    /// Keeps the text of an open post as a template.
    SaveTemplate: SaveTemplate => TemplateRow;
    /// Gives a template another name.
    RenameTemplate: RenameTemplate => TemplateRow;
    /// Forgets a template.
    RemoveTemplate: RemoveTemplate => Done;
    /// Forgets a site; nothing in its folder changes.
    RemoveSite: RemoveSite => Done;
    /// The posts of a site.
    ListSitePosts: ListSitePosts => SitePostList;
    /// Opens a post of a site.
    OpenSitePost: OpenSitePost => OpenedPost;

    /// What publishing would write; writes nothing.
    PlanPublish: PlanPublish => PublishPlan;
    /// Writes a plan that was shown, if nothing it was made from has changed since.
    Publish: Publish => Published;
    /// What moving a published post would change: to a draft and back, or to another name; writes nothing.
    PlanMove: PlanMove => PublishPlan;
    /// Carries out a move that was shown, if nothing it was made from has changed since.
    MovePost: MovePost => Published;
    /// Undoes a publication or a move, if its files are still as they were published.
    UndoPublish: UndoPublish => PublishUndone;

    /// Branch and state of a site's repository; changes nothing and asks no server.
    AskGit: AskGit => SiteRepository;
    /// What a commit of a post would hold.
    PlanCommit: PlanCommit => CommitPlan;
    /// Commits files of a site, and nothing else.
    Commit: Commit => Committed;
    /// Pushes the branch of a site's repository.
    Push: Push => Pushed;
    /// Has the site's own generator build the post in a copy of the site.
    BuildCheck: BuildCheck => BuildChecked;
    /// Stops work that takes long.
    StopWork: StopWork => Done;

    /// Finds posts by what they hold: drafts, the posts of all sites, older texts.
    Search: Search => SearchResults;
    /// What replacing would change everywhere; changes nothing.
    PlanReplace: PlanReplace => ReplacePlan;
    /// Replaces as was shown, in the library alone.
    ReplaceEverywhere: ReplaceEverywhere => Replaced;
    /// Takes back what was replaced last.
    UndoReplace: UndoReplace => Replaced;

    /// Opens a link outside: http, https or mailto.
    OpenOutside: OpenOutside => Done;
    /// Shows the file of a post in the system's file browser.
    RevealFile: RevealFile => Done;

    /// The library's backups.
    ListBackups: ListBackups => BackupList;
    /// Makes a backup now, and reads it to its end.
    BackUpNow: BackUpNow => BackupList;
    /// Lets the writer choose where the backups are made.
    ChooseBackupFolder: ChooseBackupFolder => BackupList;
    /// What a backup holds, beside what the library has.
    LookIntoBackup: LookIntoBackup => BackupContents;
    /// Brings drafts of a backup back, as new drafts.
    TakeFromBackup: TakeFromBackup => DraftList;
    /// Starts the app again with a backup in the library's place.
    RestoreBackup: RestoreBackup => BackupRestored;
}
