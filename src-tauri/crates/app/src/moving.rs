//! Moving a published post: to a draft and back, or to another name; a plan that is shown, then carried out.

use std::cmp::Reverse;
use std::path::Path;

use postwright_drafts::{FileLink, NewText, Note};
use postwright_post::moving::{self as post_moving, Move, MoveInput, MoveTo, OtherPost};
use postwright_post::profile::Profile;
use postwright_sites::{self as sites, FileChange, PostFile};
use postwright_wire::{
    self as wire, Done, Event, PlannedFile, PostMove, PublishPlan, Published, SitePostsChanged,
};

use crate::applying::{Undertaking, hash_of_text};
use crate::failure::Failure;
use crate::open_post::OpenPost;
use crate::publishing::{ShownPlan, failure_of, fingerprint, in_zone_of, slug_offers};
use crate::{Core, convert, lock, saving};

/// The plugin by which Jekyll leads from old addresses to new ones.
const JEKYLL_REDIRECTS: &str = "jekyll-redirect-from";

/// A move with the bytes of all its files.
struct WholeMove {
    moved: Move,
    changes: Vec<FileChange>,
    /// The post's own file afterwards.
    link: FileLink,
    form: sites::FileForm,
    left_folders: Vec<String>,
    shown: PublishPlan,
}

impl Core {
    pub(crate) fn plan_move(&self, ask: &wire::PlanMove) -> Result<PublishPlan, Failure> {
        let made = self.now();
        let (whole, _) = self.holding(ask.post, |post| self.whole_move(post, &ask.to, &made))?;
        let fingerprint = whole.shown.fingerprint.clone();
        lock(&self.shown_plans).insert(ask.post, ShownPlan { fingerprint, made });
        Ok(whole.shown)
    }

    /// Carries out the move that was shown: all of it, or nothing.
    pub(crate) fn move_post(&self, ask: &wire::MovePost) -> Result<Published, Failure> {
        let made = self.when_shown(ask.post, &ask.fingerprint)?;
        let ((publication, written, link, opened), was_open) = self.holding(ask.post, |post| {
            if let Some(error) = &post.read_only {
                return Err(Failure::ReadOnly(error.clone()));
            }
            let whole = self.whole_move(post, &ask.to, &made)?;
            if let Some(obstacle) = whole.shown.obstacle {
                return Err(Failure::Told(obstacle));
            }
            if whole.shown.fingerprint != ask.fingerprint {
                return Err(Failure::PlanChanged);
            }
            self.expect_own_file(post.id, whole.link.site, &whole.link.path)?;
            let note = self.note_of_move(post, &whole)?;
            let root = self.root_of(whole.link.site)?;
            let done = self.carry_out(Undertaking {
                site: whole.link.site,
                root: &root,
                changes: &whole.changes,
                left_folders: whole.left_folders.clone(),
                note: note.clone(),
            })?;
            let publication = done.publication;
            self.take_note(post, done, &note)?;
            let written: Vec<String> = whole.changes.into_iter().map(|change| change.path).collect();
            Ok((publication, written, whole.link, self.shown_afresh(post)?))
        })?;
        self.tell(Event::DraftsChanged(Done {}));
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: link.site }));
        let file = self.linked_file(link.site, &link.path)?;
        Ok(Published { publication, written, file, copy: None, post: was_open.then_some(opened) })
    }

    fn note_of_move(&self, post: &OpenPost, whole: &WholeMove) -> Result<Note, Failure> {
        let text = post.text.to_string();
        let former = post.file.as_ref().map(|file| (file.link.clone(), file.form.to_json()));
        let (former_file, former_form) = former.unzip();
        Ok(Note {
            draft: post.id,
            file: Some(whole.link.clone()),
            form: whole.form.to_json(),
            text: Some(NewText { text: whole.moved.text.clone(), replaces: hash_of_text(&text) }),
            former_file,
            former_form: former_form.unwrap_or_default(),
            former_text: Some(text),
            undoable: true,
            ..Note::default()
        })
    }

    fn whole_move(&self, post: &OpenPost, to: &PostMove, now: &jiff::Zoned) -> Result<WholeMove, Failure> {
        let file = post.file.as_ref().ok_or(Failure::NoFile { post: post.id })?;
        let (old, text) = (&file.link, post.text.to_string());
        let root = self.root_of(old.site)?;
        let profile = self.profile_at(&root)?;
        let files = sites::files_of(&root, "");
        let posts = posts_beside(&root, &profile, &old.path);
        let others: Vec<OtherPost> = posts
            .iter()
            .map(|(path, post)| OtherPost { path: path.clone(), text: post.text.clone() })
            .collect();
        let moved = post_moving::plan_move(&MoveInput {
            profile: &profile,
            path: &old.path,
            text: &text,
            to: move_for_post(to)?,
            now: in_zone_of(&profile, now),
            files: &files,
            others: &others,
            redirects: redirects(&root),
        });
        let form = saving::form_after(&file.form, &old.base_text, &moved.text);
        let bytes = sites::encode(&moved.text, &form);
        let link = FileLink {
            site: old.site,
            path: moved.path.clone(),
            base_text: moved.text.clone(),
            base_hash: sites::hash_of(&bytes),
        };
        let (changes, planned) = changes_of(&root, old, bytes, &moved, &posts)?;
        let refused = || sites::prepare(&root, &changes).err().map(Failure::Site);
        let obstacle = moved.obstacle.as_ref().map(failure_of).or_else(refused);
        let shown = PublishPlan {
            fingerprint: fingerprint(&changes),
            path: moved.path.clone(),
            slug: moved.slug.clone(),
            folder: moved.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
            layout: if moved.path.contains("/index.") {
                wire::PostLayout::Bundle
            } else {
                wire::PostLayout::File
            },
            url: moved.url.clone(),
            alias: moved.alias.clone(),
            slug_offers: slug_offers(&text),
            files: planned,
            findings: Vec::new(),
            obstacle: obstacle.map(|failure| failure.on_the_wire(self.language())),
        };
        let left_folders = left_folders(&changes, &profile);
        Ok(WholeMove { moved, changes, link, form, left_folders, shown })
    }
}

/// The site's other posts.
fn posts_beside(root: &Path, profile: &Profile, path: &str) -> Vec<(String, PostFile)> {
    let indexed = sites::index(root, profile).into_iter().map(|post| post.path).filter(|other| other != path);
    indexed.filter_map(|other| sites::read_file(root, &other).ok().map(|file| (other, file))).collect()
}

/// Every file that changes, and how it is shown; the post first.
fn changes_of(
    root: &Path,
    old: &FileLink,
    bytes: Vec<u8>,
    moved: &Move,
    posts: &[(String, PostFile)],
) -> Result<(Vec<FileChange>, Vec<PlannedFile>), Failure> {
    let mut planned = vec![PlannedFile {
        path: moved.path.clone(),
        size: convert::small(bytes.len()),
        diff: Some(convert::diff_lines(&old.base_text, &moved.text)),
        from: (moved.path != old.path).then(|| old.path.clone()),
    }];
    let mut changes = if moved.path == old.path {
        vec![FileChange::replacing(&old.path, &old.base_hash, bytes)]
    } else {
        vec![FileChange::new(&moved.path, bytes), FileChange::removing(&old.path, &old.base_hash)]
    };
    for file in &moved.files {
        let bytes = sites::read_bytes(root, &file.from, u64::MAX)?;
        planned.push(PlannedFile {
            path: file.to.clone(),
            size: convert::small(bytes.len()),
            diff: None,
            from: Some(file.from.clone()),
        });
        changes.push(FileChange::removing(&file.from, sites::hash_of(&bytes)));
        changes.push(FileChange::new(&file.to, bytes));
    }
    for other in &moved.others {
        let Some((_, before)) = posts.iter().find(|(path, _)| *path == other.path) else { continue };
        let form = saving::form_after(&before.form, &before.text, &other.text);
        let bytes = sites::encode(&other.text, &form);
        planned.push(PlannedFile {
            path: other.path.clone(),
            size: convert::small(bytes.len()),
            diff: Some(convert::diff_lines(&before.text, &other.text)),
            from: None,
        });
        changes.push(FileChange::replacing(&other.path, &before.hash, bytes));
    }
    Ok((changes, planned))
}

/// The folders of the files that go, each before the one that it lies in. The folders that the generator looks for
/// posts in stay.
fn left_folders(changes: &[FileChange], profile: &Profile) -> Vec<String> {
    let gone = changes.iter().filter(|change| change.content.is_none());
    let mut folders: Vec<String> =
        gone.filter_map(|change| Some(change.path.rsplit_once('/')?.0.to_owned())).collect();
    folders.sort();
    folders.dedup();
    folders.retain(|folder| !profile.post_folders.contains(folder));
    folders.sort_by_key(|folder| Reverse(folder.matches('/').count()));
    folders
}

fn redirects(root: &Path) -> bool {
    // Named in the configuration or the Gemfile, which Jekyll takes plugins from alike.
    ["_config.yml", "_config.yaml", "Gemfile"].into_iter().any(|name| {
        sites::read_file(root, name).is_ok_and(|file| {
            let mut lines = file.text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
            lines.any(|line| line.contains(JEKYLL_REDIRECTS))
        })
    })
}

fn move_for_post(to: &PostMove) -> Result<MoveTo, Failure> {
    Ok(match to {
        PostMove::Draft(_) => MoveTo::Draft,
        PostMove::Published(_) => MoveTo::Published,
        PostMove::Rename(renaming) => {
            let day = renaming
                .day
                .as_ref()
                .map(|day| day.trim().parse().map_err(|_| Failure::NoDay { day: day.clone() }));
            MoveTo::Name { slug: renaming.slug.clone(), day: day.transpose()?, alias: renaming.alias }
        }
    })
}
