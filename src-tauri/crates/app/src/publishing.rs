//! Publishing: a plan that is shown, then written if it is still the same.

use std::path::Path;
use std::sync::Arc;

use postwright_drafts::{FileLink, NewDraft, NewText, Note};
use postwright_post::plan::{self as post_plan, Plan, PlanInput};
use postwright_post::profile::{Corrections, Profile};
use postwright_post::slug;
use postwright_sites::{self as sites, Expected, FileChange, FileForm};
use postwright_wire::{
    self as wire, Done, Event, PlannedFile, PostId, PublishPlan, Published, SitePostsChanged,
};

use crate::applying::{Undertaking, hash_of_text};
use crate::failure::Failure;
use crate::known_site::KnownSite;
use crate::open_post::OpenPost;
use crate::{App, Core, appearing, convert, images, lock, messages, site_habits};

/// When the plan that the writer saw was made: a date that it proposes is that time, and not the time of the write.
pub(crate) struct ShownPlan {
    pub(crate) fingerprint: String,
    pub(crate) made: jiff::Zoned,
}

/// A plan with the bytes of all its files.
struct WholePlan {
    plan: Plan,
    changes: Vec<FileChange>,
    shown: PublishPlan,
}

impl App {
    /// What publishing into a folder would write; the library and the folder stay as they are. A generator that is
    /// named counts more than the folder's marks.
    pub fn plan(
        &self,
        post: PostId,
        site: &Path,
        generator: Option<wire::Generator>,
        path: Option<&str>,
    ) -> Result<PublishPlan, wire::Error> {
        let choices = wire::PublishChoices { path: path.map(str::to_owned), ..Default::default() };
        let text = self.core.text_of(post).map_err(|failure| self.core.told(failure))?;
        let corrections = match generator {
            Some(generator) => Corrections {
                generator: Some(convert::generator_for_post(generator)),
                ..self.core.corrections_at(site)
            },
            None => self.core.corrections_at(site),
        };
        let whole = site_habits::profile_with(site, &corrections)
            .map_err(Failure::from)
            .and_then(|profile| self.core.plan_with(post, &text, site, &profile, &choices, &self.core.now()));
        Ok(whole.map_err(|failure| self.core.told(failure))?.shown)
    }

    /// Publishes into a folder, which becomes a site of the library, built by the generator that is named.
    pub fn export(
        &self,
        post: PostId,
        site: &Path,
        generator: Option<wire::Generator>,
        path: Option<&str>,
    ) -> Result<Published, wire::Error> {
        let site = match generator {
            Some(generator) => self.add_site_of(site, generator)?.site,
            None => self.add_site(site)?.site,
        };
        let choices = wire::PublishChoices { path: path.map(str::to_owned), ..Default::default() };
        let published = self
            .core
            .plan_publish(&wire::PlanPublish { post, site, choices: choices.clone() })
            .and_then(|plan| {
                self.core.publish(&wire::Publish { post, site, choices, fingerprint: plan.fingerprint })
            });
        published.map_err(|failure| self.core.told(failure))
    }
}

impl Core {
    pub(crate) fn plan_publish(&self, ask: &wire::PlanPublish) -> Result<PublishPlan, Failure> {
        let made = self.now();
        let whole = self.plan_into(
            ask.post,
            &self.text_of(ask.post)?,
            &self.root_of(ask.site)?,
            &ask.choices,
            &made,
        )?;
        let fingerprint = whole.shown.fingerprint.clone();
        lock(&self.shown_plans).insert(ask.post, ShownPlan { fingerprint, made });
        Ok(whole.shown)
    }

    /// Writes the plan that was shown: all of it, or nothing. The post is linked to its file from then on.
    pub(crate) fn publish(&self, publish: &wire::Publish) -> Result<Published, Failure> {
        // Held from the plan to the link, so that no edit can come between what is written and what is agreed.
        let ((published, link, opened), was_open) =
            self.holding(publish.post, |post| self.publish_held(post, publish))?;
        self.tell(Event::DraftsChanged(Done {}));
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: publish.site }));
        Ok(Published {
            publication: published.publication,
            written: published.written,
            file: self.linked_file(link.site, &link.path)?,
            copy: published.copy,
            post: was_open.then_some(opened),
        })
    }

    fn publish_held(
        &self,
        post: &mut OpenPost,
        publish: &wire::Publish,
    ) -> Result<(Written, FileLink, wire::OpenedPost), Failure> {
        let made = self.when_shown(publish.post, &publish.fingerprint)?;
        if let Some(error) = &post.read_only {
            return Err(Failure::ReadOnly(error.clone()));
        }
        let root = self.root_of(publish.site)?;
        let text = post.text.to_string();
        let whole = self.plan_into(publish.post, &text, &root, &publish.choices, &made)?;
        if let Some(obstacle) = whole.shown.obstacle {
            return Err(Failure::Told(obstacle));
        }
        if whole.shown.fingerprint != publish.fingerprint {
            return Err(Failure::PlanChanged);
        }
        self.expect_own_file(publish.post, publish.site, &whole.plan.path)?;
        let form = FileForm::default();
        let link = FileLink {
            site: publish.site,
            path: whole.plan.path,
            base_hash: sites::hash_of(&sites::encode(&whole.plan.text, &form)),
            base_text: whole.plan.text,
        };
        // A post that is in a site stays there, and its copy is a post of its own.
        let copy = match &post.file {
            Some(_) => Some(self.library.add_draft(NewDraft {
                text: text.clone(),
                at: self.milliseconds(),
                ..NewDraft::default()
            })?),
            None => None,
        };
        let note = Note {
            draft: copy.unwrap_or(post.id),
            is_copy: copy.is_some(),
            file: Some(link.clone()),
            form: form.to_json(),
            text: Some(NewText { text: link.base_text.clone(), replaces: hash_of_text(&text) }),
            former_form: self.library.draft(post.id)?.form,
            former_text: Some(text),
            undoable: true,
            ..Note::default()
        };
        let done = self.carry_out(Undertaking {
            site: publish.site,
            root: &root,
            changes: &whole.changes,
            left_folders: Vec::new(),
            note: note.clone(),
        });
        let done = done.inspect_err(|_| self.drop_copy(&note))?;
        let publication = done.publication;
        match copy {
            Some(_) => self.note_done(done, None),
            None => self.take_note(post, done, &note)?,
        }
        let written = whole.changes.into_iter().map(|change| change.path).collect();
        Ok((Written { publication, written, copy }, link, self.shown_afresh(post)?))
    }

    /// When the plan with this fingerprint was made, if it is the one that was shown last.
    pub(crate) fn when_shown(&self, post: PostId, fingerprint: &str) -> Result<jiff::Zoned, Failure> {
        let plans = lock(&self.shown_plans);
        let shown = plans.get(&post).filter(|plan| plan.fingerprint == fingerprint);
        shown.map(|plan| plan.made.clone()).ok_or(Failure::PlanChanged)
    }

    fn plan_into(
        &self,
        post: PostId,
        text: &str,
        root: &Path,
        choices: &wire::PublishChoices,
        now: &jiff::Zoned,
    ) -> Result<WholePlan, Failure> {
        self.plan_with(post, text, root, &self.profile_at(root)?, choices, now)
    }

    fn plan_with(
        &self,
        post: PostId,
        text: &str,
        root: &Path,
        profile: &Profile,
        choices: &wire::PublishChoices,
        now: &jiff::Zoned,
    ) -> Result<WholePlan, Failure> {
        let here = self.library.draft(post)?.file;
        let site = here.as_ref().map(|file| self.root_of(file.site)).transpose()?;
        // In its own site the post is there already; in another one it gets a copy of its own.
        let is_own_site = site.as_deref().is_some_and(|own| own == root);
        let source = here.as_ref().filter(|_| !is_own_site).map(|file| self.source_of(file)).transpose()?;
        let images = self.images_for(post, text, source.as_ref())?;
        let plan = post_plan::plan(&PlanInput {
            text,
            profile,
            source: source.as_ref().map(|source| &source.profile),
            choices: choices_for_post(choices),
            now: in_zone_of(profile, now),
            images: &images,
            exists: &|path: &str| root.join(path).symlink_metadata().is_ok(),
        });
        let changes = self.files_of(post, &plan, source.as_ref())?;
        let already = here.filter(|_| is_own_site).map(|file| Failure::TargetExists { path: file.path });
        let unclear = (!profile.rivals.is_empty()).then(|| Failure::TwoGenerators {
            root: root.to_owned(),
            generators: [profile.generator].iter().chain(&profile.rivals).copied().collect(),
        });
        let already = already.or(unclear);
        let refused = || sites::prepare(root, &changes).err().map(Failure::Site);
        let mut shown = self.shown(text, &plan, &changes, already.or_else(refused));
        // What is copied from another site is mended there, where it is meant for that site.
        let own = source.is_none().then_some(text);
        shown.findings.extend(appearing::of_plan(&*self.site_at(root)?, &plan, own, now, self.language()));
        Ok(WholePlan { plan, changes, shown })
    }

    /// The files of a plan, the post first, and what keeps it from being written.
    pub(crate) fn planned_files(
        &self,
        post: PostId,
        root: &Path,
        choices: &wire::PublishChoices,
    ) -> Result<(Vec<FileChange>, Option<wire::Error>), Failure> {
        let whole = self.plan_into(post, &self.text_of(post)?, root, choices, &self.now())?;
        Ok((whole.changes, whole.shown.obstacle))
    }

    /// What is known of the site in a folder, which need not be one of the library's.
    fn site_at(&self, root: &Path) -> Result<Arc<KnownSite>, Failure> {
        let known = self.library.sites()?.into_iter().find(|site| Path::new(&site.root) == root);
        known.map_or_else(|| Ok(Arc::new(KnownSite::read(root))), |site| self.known_site(site.id))
    }

    fn source_of(&self, file: &FileLink) -> Result<Source, Failure> {
        let root = self.root_of(file.site)?;
        Ok(Source { profile: self.profile_at(&root)?, root, path: file.path.clone() })
    }

    /// The images that the library holds for a post, and those that its text shows from the site it comes from.
    fn images_for(
        &self,
        post: PostId,
        text: &str,
        source: Option<&Source>,
    ) -> Result<Vec<post_plan::Image>, Failure> {
        let mut images: Vec<post_plan::Image> = self
            .library
            .assets(post)?
            .into_iter()
            .map(|asset| post_plan::Image { name: asset.name, size: asset.size, hash: asset.hash })
            .collect();
        let Some(source) = source else { return Ok(images) };
        let shown = post_plan::image_references(text).into_iter().chain(post_plan::front_matter_texts(text));
        for name in shown {
            let is_known = images.iter().any(|image| image.name == name);
            if let Some(bytes) = (!is_known).then(|| source.image(&name)).flatten() {
                let size = bytes.len() as u64;
                images.push(post_plan::Image { name, size, hash: sites::hash_of(&bytes) });
            }
        }
        Ok(images)
    }

    fn files_of(
        &self,
        post: PostId,
        plan: &Plan,
        source: Option<&Source>,
    ) -> Result<Vec<FileChange>, Failure> {
        let bytes = sites::encode(&plan.text, &FileForm::default());
        let mut files = vec![FileChange::new(&plan.path, bytes)];
        for image in &plan.images {
            let asset = self.library.asset(post, &image.name)?.map(|asset| asset.bytes);
            let bytes = asset.or_else(|| source.and_then(|source| source.image(&image.name)));
            let bytes = bytes.ok_or_else(|| Failure::ImageNotFound { reference: image.name.clone() })?;
            files.push(FileChange::new(&image.path, bytes));
        }
        Ok(files)
    }

    fn shown(&self, text: &str, plan: &Plan, files: &[FileChange], already: Option<Failure>) -> PublishPlan {
        let language = self.language();
        let diff_of_post = |place: usize| (place == 0).then(|| convert::diff_lines(text, &plan.text));
        let planned = |(place, file): (usize, &FileChange)| PlannedFile {
            path: file.path.clone(),
            size: convert::small(file.content.as_ref().map_or(0, Vec::len)),
            diff: diff_of_post(place),
            from: None,
        };
        let obstacle = plan.obstacle.as_ref().map(failure_of).or(already);
        PublishPlan {
            fingerprint: fingerprint(files),
            path: plan.path.clone(),
            slug: plan.slug.clone(),
            folder: plan.folder.clone(),
            layout: convert::layout(plan.layout),
            url: plan.url.clone(),
            alias: None,
            slug_offers: slug_offers(text),
            files: files.iter().enumerate().map(planned).collect(),
            findings: plan.findings.iter().map(|finding| messages::finding(finding, language)).collect(),
            obstacle: obstacle.map(|failure| failure.on_the_wire(language)),
        }
    }
}

/// The site that a post is copied from.
struct Source {
    root: std::path::PathBuf,
    profile: Profile,
    /// The post's file in it.
    path: String,
}

impl Source {
    /// The bytes of an image that the post names; none if there is none, or it is no image.
    fn image(&self, reference: &str) -> Option<Vec<u8>> {
        let path = images::path_of_reference(&self.profile, &self.root, &self.path, reference)?;
        let bytes = sites::read_bytes(&self.root, &path, images::LARGEST).ok()?;
        images::media_type_of(&path, &bytes).map(|_| bytes)
    }
}

/// What a publication wrote.
struct Written {
    publication: u32,
    written: Vec<String>,
    /// The post that the copy of a post of another site is.
    copy: Option<PostId>,
}

/// The same time in the site's zone, where the site names one.
pub(crate) fn in_zone_of(profile: &Profile, now: &jiff::Zoned) -> jiff::Zoned {
    profile.time_zone.as_deref().and_then(|zone| now.in_tz(zone).ok()).unwrap_or_else(|| now.clone())
}

fn choices_for_post(choices: &wire::PublishChoices) -> post_plan::Choices {
    post_plan::Choices {
        slug: choices.slug.clone(),
        folder: choices.folder.clone(),
        layout: choices.layout.map(convert::layout_for_post),
        path: choices.path.clone(),
    }
}

pub(crate) fn failure_of(obstacle: &post_plan::Obstacle) -> Failure {
    match obstacle {
        post_plan::Obstacle::EmptySlug => Failure::EmptySlug,
        post_plan::Obstacle::TargetExists { path } => Failure::TargetExists { path: path.clone() },
        post_plan::Obstacle::BadPath { path, .. } => Failure::BadPath { path: path.clone() },
        post_plan::Obstacle::NoDrafts => Failure::NoDrafts,
        post_plan::Obstacle::NothingToMove => Failure::NothingToMove,
        post_plan::Obstacle::FieldNotWritten { key } => Failure::FieldNotWritten { field: key.clone() },
        post_plan::Obstacle::FrontMatter(problem) => Failure::BrokenFrontMatter { problem: problem.clone() },
    }
}

/// The slugs that a post is offered.
pub(crate) fn slug_offers(text: &str) -> Vec<wire::SlugOffer> {
    let offers = slug::slug_offers(text);
    let ways = [(wire::SlugWay::Kept, offers.kept), (wire::SlugWay::Romanised, offers.romanised)];
    ways.into_iter().filter_map(|(way, slug)| Some(wire::SlugOffer { way, slug: slug? })).collect()
}

/// Changes when any path or byte that would be written changes, or what is there now.
pub(crate) fn fingerprint(changes: &[FileChange]) -> String {
    let mut hasher = blake3::Hasher::new();
    for change in changes {
        let before = match &change.expected {
            Expected::Absent => "",
            Expected::Hash(hash) => hash.as_str(),
        };
        let mark: &[u8] = if change.content.is_some() { b"write" } else { b"remove" };
        let content = change.content.as_deref().unwrap_or_default();
        for part in [change.path.as_bytes(), before.as_bytes(), mark, content] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}
