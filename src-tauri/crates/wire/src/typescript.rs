//! The same shapes in TypeScript.

use ts_rs::{Config, TS};

use crate::*;

/// The text of `ui/src/wire/types.ts`.
pub fn typescript() -> String {
    let names = Config::new();
    let mut declarations = Vec::new();
    macro_rules! declare { ($($shape:ty),* $(,)?) => { $( declarations.push(declaration::<$shape>(&names)); )* } }
    declare!(
        Error,
        ErrorCode,
        Done,
        Start,
        Started,
        Settings,
        Language,
        Scheme,
        ChangeSetting,
        SessionState,
        TabState,
        Layout,
        OpenOutside,
        RevealFile,
        CodeStyle,
        CodeStyleSheet,
        CodeTheme,
        PreviewAgain,
        PreviewBlock,
        PreviewPatch,
        ChangedLines,
        PatchOp,
        ResizedBlock,
        ListDrafts,
        DraftList,
        DraftRow,
        LinkedFile,
        NewDraft,
        OpenPost,
        ClosePost,
        TrashDraft,
        RestoreDraft,
        DuplicateDraft,
        ImportChosen,
        Imported,
        ImportedDraft,
        ReadImport,
        ReadChosenFile,
        ChosenImport,
        ImportProposal,
        TextEncoding,
        ImportStepName,
        ImportStep,
        ImportSeamReason,
        ImportSeam,
        ProposedDraft,
        ChangeImport,
        ImportChoice,
        ShowImported,
        ImportedView,
        ImportLine,
        ImportChange,
        TakeImport,
        ConvertClip,
        ConvertedClip,
        OpenedPost,
        Selection,
        Change,
        Edit,
        ReplaceText,
        Edited,
        Applied,
        Stale,
        Details,
        FrontMatterFormat,
        FrontMatterProblem,
        Field,
        FieldRole,
        FieldValue,
        FieldKind,
        ChangeField,
        FieldChange,
        UsualFields,
        UsualFieldList,
        UsualField,
        UsualShape,
        FindAddress,
        PostAddress,
        AskOffers,
        Offers,
        OfferedPost,
        OfferedMacro,
        FieldChanges,
        AddImage,
        AddedImage,
        SavePost,
        Saved,
        ReadFileAgain,
        ShowRemoteImages,
        FileChanges,
        KeepMine,
        MergeOutside,
        OutsidePicks,
        OutsidePick,
        MergedOutside,
        TakenOver,
        OutsideConflicts,
        OutsideHunk,
        OutsideHunkKind,
        AskHistory,
        PostHistory,
        KeptRevision,
        KeptKind,
        CompareRevision,
        CompareWith,
        Comparison,
        ComparedLine,
        Piece,
        BringBack,
        BroughtBack,
        ShownDifference,
        NameRevision,
        AskParagraph,
        ParagraphHistory,
        Wording,
        HistoryStep,
        UndoHistory,
        UndoneEdit,
        ListSites,
        SiteList,
        SiteRow,
        SiteProfile,
        Generator,
        AskSiteHabits,
        FoundHabits,
        SiteCandidate,
        SiteHabits,
        SiteCorrections,
        DateForm,
        ListForm,
        Quotes,
        CorrectSite,
        AddPlainSite,
        NewSitePost,
        OfferSlugs,
        OfferedSlugs,
        SlugOffer,
        SlugWay,
        BegunPost,
        ListTemplates,
        TemplateList,
        TemplateRow,
        SaveTemplate,
        RenameTemplate,
        RemoveTemplate,
        Evidence,
        PostLayout,
        AddChosenSite,
        ChosenSite,
        RemoveSite,
        ListSitePosts,
        SitePostList,
        SitePostRow,
        OpenSitePost,
        PlanPublish,
        PublishChoices,
        PublishPlan,
        PlannedFile,
        DiffLine,
        DiffKind,
        Finding,
        FindingLevel,
        Publish,
        Published,
        UndoPublish,
        PublishUndone,
        PlanMove,
        MovePost,
        PostMove,
        Renaming,
        AskGit,
        SiteRepository,
        BranchState,
        GitOperation,
        PlanCommit,
        CommitPlan,
        FileToCommit,
        FileToCommitChange,
        Commit,
        Committed,
        Push,
        Pushed,
        BuildCheck,
        BuildChecked,
        BuiltPage,
        PageComparison,
        BlockDifference,
        BuildMessage,
        StopWork,
        Search,
        SearchResults,
        FoundPost,
        FoundRevision,
        FoundPlace,
        FoundState,
        Mark,
        FoundSnippet,
        PlanReplace,
        ReplacePlan,
        ReplaceInPost,
        PlannedReplace,
        ReplaceEverywhere,
        Replaced,
        UndoReplace,
        SearchFilled,
        Progressed,
        ListBackups,
        BackUpNow,
        ChooseBackupFolder,
        BackupList,
        BackupRow,
        LookIntoBackup,
        BackupContents,
        BackupDraft,
        BackupDraftNow,
        TakeFromBackup,
        RestoreBackup,
        BackupRestored,
        Event,
        Stored,
        StoreFailed,
        FindingsOfPost,
        TextFinding,
        FilePlace,
        Mend,
        PreviewOutdated,
        SitePostsChanged,
        FileChanged,
        OutsideChange,
        ShowPost,
        ShowSite,
        MenuChosen,
    );
    let mut text =
        String::from("// Generated by `cargo xtask types` from the crate postwright-wire. Do not edit.\n\n");
    for declaration in declarations {
        text.push_str(&declaration);
        text.push_str("\n\n");
    }
    text.push_str("/** Each call: what it takes and what it answers. */\nexport interface Calls {\n");
    for [name, request, reply] in calls::table(&names) {
        text.push_str(&format!("  {}: [{request}, {reply}];\n", snake_case(&name)));
    }
    text.push_str("}\n");
    text
}

fn declaration<Shape: TS>(names: &Config) -> String {
    let docs = Shape::docs().map(|docs| docs.trim_end().to_owned() + "\n").unwrap_or_default();
    format!("{docs}export {}", Shape::decl(names))
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_and_event_is_declared() {
        let text = typescript();
        for shape in ["export type Edited", "export type Event", "edit: [Edit, Edited];", "open_site_post: ["]
        {
            assert!(text.contains(shape), "{shape} is missing in\n{text}");
        }
        assert!(!text.contains("bigint"), "a number that JSON cannot carry as one");
    }

    #[test]
    fn names_on_the_wire_are_snake_case() {
        assert_eq!(snake_case("OpenSitePost"), "open_site_post");
    }
}
