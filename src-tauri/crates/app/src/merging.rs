//! A post and its file brought together, after both changed.

use postwright_drafts::{FileLink, RevisionKind};
use postwright_post::diff;
use postwright_post::merge::{self, Hunk, HunkKind, Pick};
use postwright_wire::{
    self as wire, MergedOutside, OutsideConflicts, OutsideHunk, OutsideHunkKind, OutsidePick, Stale,
    TakenOver,
};

use crate::failure::Failure;
use crate::open_post::OpenPost;
use crate::{Core, lock};

/// Whether nobody need be asked.
pub(crate) fn is_clean(base: &str, mine: &str, theirs: &str) -> bool {
    merge::conflicts(&merge::hunks(base, mine, theirs)) == 0
}

impl Core {
    /// The changes that give the editor what the file came to hold, or the conflicts that keep them apart. What the
    /// file holds counts as known once an edit says that it takes it over: until then a save is refused, and a crash
    /// leaves both as they were.
    pub(crate) fn merge_outside(&self, ask: &wire::MergeOutside) -> Result<MergedOutside, Failure> {
        let post = self.open(ask.post)?;
        let mut post = lock(&post);
        if ask.base != post.revision {
            return Ok(MergedOutside::Stale(Stale { revision: post.revision }));
        }
        let text = post.text.to_string();
        let Some(file) = post.file.as_mut() else { return Err(Failure::NoFile { post: ask.post }) };
        let (theirs, form) = self.read_link(&file.link)?;
        let hunks = merge::hunks(&file.link.base_text, &text, &theirs.base_text);
        let hash = theirs.base_hash.clone();
        let picks: Vec<Pick> = match &ask.picks {
            Some(chosen) if chosen.hash == hash => chosen.picks.iter().map(pick).collect(),
            _ => Vec::new(),
        };
        let Some(merged) = merge::merged(&hunks, &picks) else {
            return Ok(MergedOutside::Conflicts(OutsideConflicts { hash, hunks: shown(&hunks) }));
        };
        let changes = diff::changes_between(&text, &merged);
        let kept = theirs.clone();
        file.newer = Some((theirs, form));
        self.keep_both(&post, &text, &kept, &merged)?;
        let changes = post.text.on_the_wire(&changes);
        if changes.is_empty() {
            self.agree_on(&mut post, Some(&hash))?;
        }
        Ok(MergedOutside::Changes(TakenOver { changes, takes_over: hash }))
    }

    /// Both texts can be had back, if the merged one is neither.
    fn keep_both(&self, post: &OpenPost, mine: &str, theirs: &FileLink, merged: &str) -> Result<(), Failure> {
        for text in [theirs.base_text.as_str(), mine] {
            if text != merged {
                self.library.keep_revision(
                    post.id,
                    post.revision,
                    text,
                    RevisionKind::Merged,
                    self.milliseconds(),
                )?;
            }
        }
        Ok(())
    }
}

fn pick(pick: &OutsidePick) -> Pick {
    match pick {
        OutsidePick::Mine => Pick::Mine,
        OutsidePick::Theirs => Pick::Theirs,
        OutsidePick::Both => Pick::Both,
    }
}

fn shown(hunks: &[Hunk<'_>]) -> Vec<OutsideHunk> {
    let mut line = 1;
    hunks
        .iter()
        .map(|hunk| {
            let lines = u32::try_from(hunk.mine.lines().count()).unwrap_or(u32::MAX);
            let shown = OutsideHunk {
                kind: kind(hunk.kind),
                line,
                lines,
                base: changed(hunk, hunk.base),
                mine: changed(hunk, hunk.mine),
                theirs: changed(hunk, hunk.theirs),
            };
            line += lines;
            shown
        })
        .collect()
}

/// Lines that nobody changed are not sent: there may be a megabyte of them.
fn changed(hunk: &Hunk<'_>, text: &str) -> String {
    if hunk.kind == HunkKind::Same { String::new() } else { text.to_owned() }
}

fn kind(kind: HunkKind) -> OutsideHunkKind {
    match kind {
        HunkKind::Same => OutsideHunkKind::Same,
        HunkKind::Mine => OutsideHunkKind::Mine,
        HunkKind::Theirs => OutsideHunkKind::Theirs,
        HunkKind::Both => OutsideHunkKind::Both,
        HunkKind::Conflict => OutsideHunkKind::Conflict,
    }
}
