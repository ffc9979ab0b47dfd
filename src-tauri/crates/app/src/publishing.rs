//! Publishing: a plan that is shown, then written if it is still the same.

use std::path::Path;

use postwright_drafts::{FileLink, RevisionKind};
use postwright_post::diff;
use postwright_post::plan::{self as post_plan, Plan, PlanInput};
use postwright_post::profile::Profile;
use postwright_sites::{self as sites, Expected, FileForm, FileToWrite};
use postwright_wire::{
    self as wire, Done, Event, PlannedFile, PostId, PublishPlan, Published, SitePostsChanged,
};

use crate::failure::Failure;
use crate::open_post::{FileOfPost, OpenPost};
use crate::{App, Core, convert, lock, messages};

/// When the plan that the writer saw was made: a date that it proposes is that time, and not the time of the write.
pub(crate) struct ShownPlan {
    fingerprint: String,
    made: jiff::Zoned,
}

/// A plan with the bytes of all its files.
struct WholePlan {
    plan: Plan,
    files: Vec<FileToWrite>,
    shown: PublishPlan,
}

impl App {
    /// What publishing into a folder would write; the library and the folder stay as they are.
    pub fn plan(&self, post: PostId, site: &Path, path: Option<&str>) -> Result<PublishPlan, wire::Error> {
        let choices = wire::PublishChoices { path: path.map(str::to_owned), ..Default::default() };
        let text = self.core.text_of(post).map_err(|failure| self.core.told(failure))?;
        let whole = self.core.plan_into(post, &text, site, &choices, &self.core.now());
        Ok(whole.map_err(|failure| self.core.told(failure))?.shown)
    }

    /// Publishes into a folder, which becomes a site of the library.
    pub fn export(&self, post: PostId, site: &Path, path: Option<&str>) -> Result<Published, wire::Error> {
        let site = self.add_site(site)?.site;
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
        let was_open = lock(&self.open).contains_key(&publish.post);
        if !was_open {
            self.open_from_library(publish.post)?;
        }
        let published = self.publish_open(publish);
        if !was_open {
            lock(&self.open).remove(&publish.post);
        }
        let (files, link, opened) = published?;
        self.tell(Event::DraftsChanged(Done {}));
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: publish.site }));
        Ok(Published {
            written: files.into_iter().map(|file| file.path).collect(),
            file: self.linked_file(link.site, &link.path)?,
            post: was_open.then_some(opened),
        })
    }

    /// Holds the post from the plan to the link, so that no edit can come between what is written and what is agreed.
    fn publish_open(
        &self,
        publish: &wire::Publish,
    ) -> Result<(Vec<FileToWrite>, FileLink, wire::OpenedPost), Failure> {
        let made = {
            let plans = lock(&self.shown_plans);
            let shown = plans.get(&publish.post).filter(|plan| plan.fingerprint == publish.fingerprint);
            shown.map(|plan| plan.made.clone()).ok_or(Failure::PlanChanged)?
        };
        let post = self.open(publish.post)?;
        let mut post = lock(&post);
        if let Some(error) = &post.read_only {
            return Err(Failure::ReadOnly(error.clone()));
        }
        let root = self.root_of(publish.site)?;
        let whole = self.plan_into(publish.post, &post.text.to_string(), &root, &publish.choices, &made)?;
        if let Some(obstacle) = whole.shown.obstacle {
            return Err(Failure::Told(obstacle));
        }
        if whole.shown.fingerprint != publish.fingerprint {
            return Err(Failure::PlanChanged);
        }
        self.expect_own_file(publish.post, publish.site, &whole.plan.path)?;
        let written = sites::apply(&root, &whole.files)?;
        let link = FileLink {
            site: publish.site,
            path: whole.plan.path,
            base_text: whole.plan.text,
            base_hash: written.into_iter().next().map(|post| post.hash).unwrap_or_default(),
        };
        self.take_for_published(&mut post, &link)?;
        let options = self.preview_options(publish.post, post.link());
        let patch = post.render_afresh(options);
        Ok((whole.files, link, self.opened(&post, patch, None)?))
    }

    fn plan_into(
        &self,
        post: PostId,
        text: &str,
        root: &Path,
        choices: &wire::PublishChoices,
        now: &jiff::Zoned,
    ) -> Result<WholePlan, Failure> {
        let profile = sites::detect(root)?;
        let assets = self.library.assets(post)?;
        let images: Vec<post_plan::Image> = assets
            .iter()
            .map(|asset| post_plan::Image { name: asset.name.clone(), size: asset.size })
            .collect();
        let plan = post_plan::plan(&PlanInput {
            text,
            profile: &profile,
            choices: choices_for_post(choices),
            now: in_zone_of(&profile, now),
            images: &images,
            exists: &|path: &str| root.join(path).symlink_metadata().is_ok(),
        });
        let files = self.files_of(post, &plan)?;
        let already = self.library.draft(post)?.file.map(|file| Failure::TargetExists { path: file.path });
        let shown = self.shown(text, &plan, &files, already);
        Ok(WholePlan { plan, files, shown })
    }

    fn files_of(&self, post: PostId, plan: &Plan) -> Result<Vec<FileToWrite>, Failure> {
        let bytes = plan.text.clone().into_bytes();
        let mut files = vec![FileToWrite { path: plan.path.clone(), bytes, expected: Expected::Absent }];
        for image in &plan.images {
            let asset = self.library.asset(post, &image.name)?;
            let asset = asset.ok_or_else(|| Failure::ImageNotFound { reference: image.name.clone() })?;
            files.push(FileToWrite {
                path: image.path.clone(),
                bytes: asset.bytes,
                expected: Expected::Absent,
            });
        }
        Ok(files)
    }

    fn shown(&self, text: &str, plan: &Plan, files: &[FileToWrite], already: Option<Failure>) -> PublishPlan {
        let language = self.language();
        let diff_of_post = |place: usize| (place == 0).then(|| convert::diff_lines(text, &plan.text));
        let planned = |(place, file): (usize, &FileToWrite)| PlannedFile {
            path: file.path.clone(),
            size: convert::small(file.bytes.len()),
            diff: diff_of_post(place),
        };
        let obstacle = plan.obstacle.as_ref().map(failure_of).or(already);
        PublishPlan {
            fingerprint: fingerprint(files),
            path: plan.path.clone(),
            slug: plan.slug.clone(),
            folder: plan.folder.clone(),
            layout: convert::layout(plan.layout),
            url: plan.url.clone(),
            files: files.iter().enumerate().map(planned).collect(),
            findings: plan.findings.iter().map(|finding| messages::finding(finding, language)).collect(),
            obstacle: obstacle.map(|failure| failure.on_the_wire(language)),
        }
    }

    /// The files of a plan, the post first, and what keeps it from being written.
    pub(crate) fn planned_files(
        &self,
        post: PostId,
        root: &Path,
        choices: &wire::PublishChoices,
    ) -> Result<(Vec<FileToWrite>, Option<wire::Error>), Failure> {
        let whole = self.plan_into(post, &self.text_of(post)?, root, choices, &self.now())?;
        Ok((whole.files, whole.shown.obstacle))
    }

    /// Gives an open post the text and the file that were published.
    fn take_for_published(&self, post: &mut OpenPost, link: &FileLink) -> Result<(), Failure> {
        let (id, text) = (post.id, post.text.to_string());
        if text != link.base_text {
            self.library.keep_revision(id, post.revision, &text, RevisionKind::Auto, self.milliseconds())?;
            let changes = post.text.on_the_wire(&diff::changes_between(&text, &link.base_text));
            self.apply(post, &changes, post.selection)?;
        }
        let form = FileForm::default();
        self.library.keep_revision(
            id,
            post.revision,
            &link.base_text,
            RevisionKind::Published,
            self.milliseconds(),
        )?;
        self.link(id, link, &form)?;
        post.file = Some(FileOfPost { link: link.clone(), form, newer: None, gone: false });
        Ok(self.library.snapshot(id, post.revision, link.base_text.clone(), self.milliseconds())?)
    }
}

/// The same time in the site's zone, where the site names one.
fn in_zone_of(profile: &Profile, now: &jiff::Zoned) -> jiff::Zoned {
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

fn failure_of(obstacle: &post_plan::Obstacle) -> Failure {
    match obstacle {
        post_plan::Obstacle::EmptySlug => Failure::EmptySlug,
        post_plan::Obstacle::TargetExists { path } => Failure::TargetExists { path: path.clone() },
        post_plan::Obstacle::BadPath { path, .. } => Failure::BadPath { path: path.clone() },
        post_plan::Obstacle::FrontMatter(problem) => Failure::BrokenFrontMatter { problem: problem.clone() },
    }
}

/// Changes when any path or byte that would be written changes.
fn fingerprint(files: &[FileToWrite]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        for part in [file.path.as_bytes(), &file.bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}
