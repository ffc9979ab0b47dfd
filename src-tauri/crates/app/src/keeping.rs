//! Revisions by time. A text is kept by itself
//!
//! - as it was before the first edit since it was opened, however the time before ended,
//! - when the writer has paused for two minutes,
//! - after ten minutes of writing without such a pause,
//! - when the post or the app is closed.
//!
//! On a thread of its own: a key only tells it that there is something to keep.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use postwright_drafts::RevisionKind;
use postwright_wire::{Milliseconds, PostId, Revision};

use crate::open_post::OpenPost;
use crate::text::PostText;
use crate::{Core, lock};

const PAUSE: Milliseconds = 2 * 60 * 1000;
const AT_LEAST_EVERY: Milliseconds = 10 * 60 * 1000;
/// How often the thread looks while something is to be kept.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long edits can be undone after a restart.
const UNDO_FOR: Milliseconds = 30 * 24 * 60 * 60 * 1000;

/// What of an open post no revision holds yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unkept {
    /// When the first edit was that none holds.
    pub(crate) since: Milliseconds,
    /// When the last one was.
    pub(crate) last: Milliseconds,
}

impl Unkept {
    fn is_due(self, now: Milliseconds) -> bool {
        now - self.last >= PAUSE || now - self.since >= AT_LEAST_EVERY
    }
}

/// A text to be kept.
pub(crate) struct TextToKeep {
    post: PostId,
    revision: Revision,
    text: PostText,
    at: Milliseconds,
}

impl TextToKeep {
    pub(crate) fn of(post: &OpenPost) -> Self {
        Self { post: post.id, revision: post.revision, text: post.text.clone(), at: post.edited }
    }
}

/// What the thread is told.
pub(crate) enum ToKeep {
    /// Keep this.
    Text(TextToKeep),
    /// A post has edits that no revision holds.
    Written(PostId),
    /// Tell when everything before is done.
    Finish(Sender<()>),
}

/// Starts the thread; it ends with the core.
pub(crate) fn keep_from_time_to_time(core: &Arc<Core>, told: Receiver<ToKeep>) {
    let core = Arc::downgrade(core);
    let started = std::thread::Builder::new().name("keeping".to_owned()).spawn(move || run(&core, &told));
    if let Err(error) = started {
        tracing::error!(%error, "no revisions by time: the thread could not be started");
    }
}

fn run(core: &Weak<Core>, told: &Receiver<ToKeep>) {
    let mut written = BTreeSet::new();
    let mut is_first = true;
    loop {
        let next = if written.is_empty() {
            told.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            told.recv_timeout(LOOK_EVERY)
        };
        let Some(core) = core.upgrade() else { return };
        match next {
            Ok(ToKeep::Text(text)) => core.keep_text(&text),
            Ok(ToKeep::Written(post)) => {
                written.insert(post);
            }
            Ok(ToKeep::Finish(done)) => {
                // Whoever asked may have gone.
                let _ = done.send(());
            }
            Err(RecvTimeoutError::Timeout) => {
                written.retain(|post| core.keep_if_due(*post));
                if std::mem::take(&mut is_first) {
                    core.forget_past_edits();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

impl Core {
    /// Notes an edit of an open post; `before` is the text before the first one since it was opened.
    pub(crate) fn note_edit(&self, post: &mut OpenPost, before: Option<TextToKeep>) {
        if let Some(before) = before {
            self.tell_keeper(ToKeep::Text(before));
        }
        let now = self.milliseconds();
        post.edited = now;
        match &mut post.unkept {
            Some(unkept) => unkept.last = now,
            None => {
                post.unkept = Some(Unkept { since: now, last: now });
                self.tell_keeper(ToKeep::Written(post.id));
            }
        }
    }

    /// Keeps what of a post no revision holds, soon.
    pub(crate) fn keep_unkept(&self, post: &mut OpenPost) {
        if post.unkept.take().is_some() {
            self.tell_keeper(ToKeep::Text(TextToKeep::of(post)));
        }
    }

    /// Keeps all that no revision holds, and waits for it: the app is closed.
    pub(crate) fn keep_all_unkept(&self) {
        let open: Vec<_> = lock(&self.open).values().cloned().collect();
        for post in open {
            self.keep_unkept(&mut lock(&post));
        }
        let (done, finished) = channel();
        self.tell_keeper(ToKeep::Finish(done));
        // It fails only where the thread is gone, and with it what could be waited for.
        let _ = finished.recv();
    }

    fn tell_keeper(&self, what: ToKeep) {
        // Without the thread nothing is kept by time, which it has said.
        let _ = self.to_keep.send(what);
    }

    /// Answers whether the post is to be looked at again.
    fn keep_if_due(&self, id: PostId) -> bool {
        let Some(post) = lock(&self.open).get(&id).map(Arc::clone) else { return false };
        let text = {
            let mut post = lock(&post);
            let Some(unkept) = post.unkept else { return false };
            if !unkept.is_due(self.milliseconds()) {
                return true;
            }
            post.unkept = None;
            TextToKeep::of(&post)
        };
        self.keep_text(&text);
        false
    }

    fn keep_text(&self, text: &TextToKeep) {
        let TextToKeep { post, revision, text, at } = text;
        let text = text.to_string();
        if text.trim().is_empty() {
            return;
        }
        let kept = self.library.keep_revision(*post, *revision, &text, RevisionKind::Auto, *at);
        let offset = i64::from(self.now().offset().seconds()) * 1000;
        let thinned = kept.and_then(|_| self.library.thin_revisions(*post, self.milliseconds(), offset));
        if let Err(error) = thinned {
            tracing::warn!(post, %error, "no revision was kept");
        }
    }

    fn forget_past_edits(&self) {
        if let Err(error) = self.library.forget_past_edits(self.milliseconds() - UNDO_FOR) {
            tracing::warn!(%error, "old edits stay");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_or_ten_minutes_are_enough() {
        let unkept = Unkept { since: 0, last: 9 * 60 * 1000 };
        assert!(!unkept.is_due(9 * 60 * 1000 + PAUSE - 60_001));
        assert!(unkept.is_due(AT_LEAST_EVERY));
        assert!(Unkept { since: 0, last: 0 }.is_due(PAUSE));
        assert!(!Unkept { since: 0, last: 0 }.is_due(PAUSE - 1));
        assert!(!Unkept { since: 0, last: 0 }.is_due(-PAUSE), "a clock that was set back waits");
    }
}
