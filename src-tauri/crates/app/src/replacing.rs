//! Replacing everywhere: in the library alone. A post of a site becomes one with unsaved changes; no file is written.

use std::collections::HashSet;

use postwright_drafts::RevisionKind;
use postwright_post::{TextChange, diff, merge};
use postwright_search::{FoundDocument, Query, Source};
use postwright_sites as sites;
use postwright_wire::{
    self as wire, Done, Event, PlannedReplace, PostId, ReplaceInPost, ReplacePlan, Replaced,
};

use crate::editing::EditMarks;
use crate::failure::Failure;
use crate::open_post::OpenPost;
use crate::{Core, convert, lock};

/// So much of a line is shown on each side of a change, in characters.
const SHOWN: usize = 60;

/// A post in which something was replaced.
#[derive(Debug, Clone)]
pub(crate) struct ReplacedText {
    post: PostId,
    before: String,
    after: String,
}

/// A post in which something is to be replaced.
struct Planned {
    source: Source,
    title: String,
    text: String,
    changes: Vec<TextChange>,
}

impl Core {
    /// What would be changed where.
    pub(crate) fn plan_replace(&self, plan: &wire::PlanReplace) -> Result<ReplacePlan, Failure> {
        let planned = self.planned(plan)?;
        let post = |planned: &Planned| ReplaceInPost {
            key: planned.source.to_string(),
            title: planned.title.clone(),
            file: self.file_of_source(&planned.source),
            changes: shown(&planned.text, &planned.changes),
        };
        Ok(ReplacePlan { posts: planned.iter().map(post).collect(), hash: hash_of(&planned) })
    }

    /// Replaces as was shown, if nothing that it was made from has changed since. What each post was is kept as a revision.
    pub(crate) fn replace_everywhere(&self, replace: &wire::ReplaceEverywhere) -> Result<Replaced, Failure> {
        let planned = self.planned(&replace.plan)?;
        if hash_of(&planned) != replace.hash {
            return Err(Failure::ReplacePlanChanged);
        }
        let except: HashSet<&str> = replace.except.iter().map(String::as_str).collect();
        let mut done = Vec::new();
        let mut replaced = Replaced { posts: 0, changes: 0, open: Vec::new(), left: Vec::new() };
        for planned in planned.into_iter().filter(|it| !except.contains(it.source.to_string().as_str())) {
            let changed = self.replace_in(&planned);
            // What was done before can still be taken back.
            let text = changed.inspect_err(|_| *lock(&self.last_replaced) = done.clone())?;
            let Some((text, opened)) = text else {
                replaced.left.push(planned.title);
                continue;
            };
            done.push(text);
            replaced.posts += 1;
            replaced.changes += convert::small(planned.changes.len());
            replaced.open.extend(opened);
        }
        *lock(&self.last_replaced) = done;
        self.tell(Event::DraftsChanged(Done {}));
        Ok(replaced)
    }

    /// Takes back what was replaced last. What was written since stays, where it is in other lines.
    pub(crate) fn undo_replace(&self) -> Result<Replaced, Failure> {
        let done = std::mem::take(&mut *lock(&self.last_replaced));
        if done.is_empty() {
            return Err(Failure::NotUndoable);
        }
        let mut undone = Replaced { posts: 0, changes: 0, open: Vec::new(), left: Vec::new() };
        for ReplacedText { post, before, after } in done {
            let (left, opened) = self.change_text(post, |post, text| {
                let hunks = merge::hunks(&after, text, &before);
                Ok(match merge::merged(&hunks, &[]) {
                    Some(back) => (None, diff::changes_between(text, &back)),
                    None => (Some(post.details.shown_title.clone()), Vec::new()),
                })
            })?;
            undone.posts += u32::from(left.is_none());
            undone.left.extend(left);
            undone.open.extend(opened);
        }
        self.tell(Event::DraftsChanged(Done {}));
        Ok(undone)
    }

    fn planned(&self, plan: &wire::PlanReplace) -> Result<Vec<Planned>, Failure> {
        let query = self.query(&plan.query, plan.initials)?;
        if query.wanted() != 1 || query.is_in_history() {
            return Err(Failure::NotOneToReplace);
        }
        self.read_everything(&query)?;
        let found = self.all_found(&query)?.into_iter().filter(|found| !found.state.trashed);
        let planned = found.filter_map(|found| self.planned_in(&query, found, &plan.replacement));
        Ok(planned.filter(|planned| !planned.changes.is_empty()).collect())
    }

    /// What to change in the text as it is now. A post that went since is passed over.
    fn planned_in(&self, query: &Query, found: FoundDocument, replacement: &str) -> Option<Planned> {
        let text = match &found.source {
            Source::Draft(draft) => self.text_of(*draft).ok()?,
            Source::SitePost { site, path } => sites::read_file(&self.root_of(*site).ok()?, path).ok()?.text,
            Source::Revision { .. } => return None,
        };
        let replacement = replacement.replace("\r\n", "\n").replace('\r', "\n");
        let change = |hit: std::ops::Range<usize>| TextChange {
            from: hit.start,
            to: hit.end,
            insert: replacement.clone(),
        };
        let changes =
            query.hits(&text).into_iter().filter(|hit| text[hit.clone()] != replacement).map(change);
        Some(Planned { changes: changes.collect(), source: found.source, title: found.title, text })
    }

    /// Changes one post; none if its text is another by now, or cannot be edited.
    fn replace_in(
        &self,
        planned: &Planned,
    ) -> Result<Option<(ReplacedText, Option<wire::OpenedPost>)>, Failure> {
        let id = match &planned.source {
            Source::Draft(draft) => *draft,
            Source::SitePost { site, path } => self.draft_of_file(*site, path)?,
            Source::Revision { .. } => return Ok(None),
        };
        let (after, opened) = self.change_text(id, |post, text| {
            if text != planned.text || post.read_only.is_some() {
                return Ok((None, Vec::new()));
            }
            let mut after = text.to_owned();
            for change in planned.changes.iter().rev() {
                after.replace_range(change.from..change.to, &change.insert);
            }
            Ok((Some(after), planned.changes.clone()))
        })?;
        Ok(after.map(|after| (ReplacedText { post: id, before: planned.text.clone(), after }, opened)))
    }

    /// Changes a text as an edit does, after what it was is kept. Answers the post as it is then, if it is open.
    fn change_text<Answer>(
        &self,
        id: PostId,
        decide: impl FnOnce(&OpenPost, &str) -> Result<(Answer, Vec<TextChange>), Failure>,
    ) -> Result<(Answer, Option<wire::OpenedPost>), Failure> {
        let ((answer, opened), was_open) = self.holding(id, |post| {
            let text = post.text.to_string();
            let (answer, changes) = decide(post, &text)?;
            if changes.is_empty() {
                return Ok((answer, None));
            }
            self.library.keep_revision(id, post.revision, &text, RevisionKind::Auto, self.milliseconds())?;
            let marks = EditMarks { selection: post.selection, takes_over: None, step: None };
            self.apply(post, &post.text.on_the_wire(&changes), marks)?;
            self.library.snapshot(id, post.revision, post.text.to_string(), self.milliseconds())?;
            Ok((answer, Some(self.shown_afresh(post)?)))
        })?;
        Ok((answer, opened.filter(|_| was_open)))
    }

    fn file_of_source(&self, source: &Source) -> Option<wire::LinkedFile> {
        match source {
            Source::SitePost { site, path } => self.linked_file(*site, path).ok(),
            Source::Draft(draft) => {
                let file = self.library.draft(*draft).ok()?.file?;
                self.linked_file(file.site, &file.path).ok()
            }
            Source::Revision { .. } => None,
        }
    }
}

/// Each change with what stands around it in its line.
fn shown(text: &str, changes: &[TextChange]) -> Vec<PlannedReplace> {
    let (mut line, mut counted) = (1, 0);
    let shown = changes.iter().map(|change| {
        line += text[counted..change.from].bytes().filter(|&byte| byte == b'\n').count();
        counted = change.from;
        let line_start = text[..change.from].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[change.to..].find('\n').map_or(text.len(), |at| change.to + at);
        let start = text[line_start..change.from].char_indices().rev().take(SHOWN).last();
        PlannedReplace {
            line: convert::small(line),
            before: text[line_start + start.map_or(change.from - line_start, |(at, _)| at)..change.from]
                .to_owned(),
            removed: text[change.from..change.to].to_owned(),
            behind: text[change.to..line_end].chars().take(SHOWN).collect(),
        }
    });
    shown.collect()
}

fn hash_of(planned: &[Planned]) -> String {
    let mut hasher = blake3::Hasher::new();
    for Planned { source, text, changes, .. } in planned {
        for part in [source.to_string().as_str(), text] {
            hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
        }
        for change in changes {
            hasher.update(&change.from.to_le_bytes()).update(&change.to.to_le_bytes());
            hasher.update(&change.insert.len().to_le_bytes()).update(change.insert.as_bytes());
        }
    }
    hasher.finalize().to_hex().to_string()
}
