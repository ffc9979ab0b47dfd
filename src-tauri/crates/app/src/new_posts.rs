//! New posts that begin as the posts of a site do, and the templates of the writer's own.

use std::path::{Path, PathBuf};

use postwright_drafts::NewDraft;
use postwright_post::apply_changes;
use postwright_post::front_matter::{self, Role, Value, set_field};
use postwright_post::plan::written_date;
use postwright_post::profile::{self, ArchetypeContext, NewPost, Profile};
use postwright_post::slug::slugify;
use postwright_sites as sites;
use postwright_wire::{self as wire, BegunPost, Done, Event, TemplateList, TemplateRow};

use crate::failure::Failure;
use crate::publishing::{in_zone_of, slug_offers};
use crate::{Core, lock};

/// The text that a new post begins with.
struct Beginning {
    text: String,
    archetype: Option<String>,
    left: Vec<String>,
}

impl Core {
    pub(crate) fn new_site_post(&self, new: &wire::NewSitePost) -> Result<BegunPost, Failure> {
        let root = self.root_of(new.site)?;
        let profile = self.profile_at(&root)?;
        let now = in_zone_of(&profile, &self.now());
        let title = new.title.trim();
        let beginning = match new.template {
            Some(template) => Beginning {
                text: from_template(&self.library.template(template)?.text, &profile, title, &now),
                archetype: None,
                left: Vec::new(),
            },
            None => beginning(&root, &profile, title, &now),
        };
        let slug = new.slug.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
        let text = with_slug(&beginning.text, slug.filter(|_| profile.generator.reads_slugs()));
        let draft = NewDraft { text, file: None, form: String::new(), at: self.milliseconds() };
        let id = self.library.add_draft(draft)?;
        self.tell(Event::DraftsChanged(Done {}));
        let Beginning { archetype, left, .. } = beginning;
        Ok(BegunPost { post: self.open_from_library(id)?, archetype, left })
    }

    pub(crate) fn offer_slugs(&self, ask: &wire::OfferSlugs) -> Result<wire::OfferedSlugs, Failure> {
        let profile = self.known_site(ask.site)?.profile().cloned();
        let can_be_chosen = profile.is_some_and(|profile| profile.generator.reads_slugs());
        Ok(wire::OfferedSlugs { offers: slug_offers(ask.title.trim()), can_be_chosen })
    }

    pub(crate) fn list_templates(&self, list: &wire::ListTemplates) -> Result<TemplateList, Failure> {
        let root = self.root_of(list.site)?;
        let row = |template: postwright_drafts::Template| TemplateRow {
            template: template.id,
            name: template.name,
        };
        let templates = self.library.templates(&root.to_string_lossy())?;
        Ok(TemplateList { templates: templates.into_iter().map(row).collect() })
    }

    /// Keeps the text of a post as a template. One of that name stays as it is, and the writer is told.
    pub(crate) fn save_template(&self, save: &wire::SaveTemplate) -> Result<TemplateRow, Failure> {
        let root = self.root_of(save.site)?;
        let name = named(&save.name)?;
        let text = self.text_of(save.post)?;
        let added = self.library.add_template(&root.to_string_lossy(), &name, &text, self.milliseconds())?;
        let template = added.ok_or_else(|| Failure::TemplateExists { name: name.clone() })?;
        Ok(TemplateRow { template, name })
    }

    pub(crate) fn rename_template(&self, rename: &wire::RenameTemplate) -> Result<TemplateRow, Failure> {
        let name = named(&rename.name)?;
        if !self.library.rename_template(rename.template, &name)? {
            return Err(Failure::TemplateExists { name });
        }
        Ok(TemplateRow { template: rename.template, name })
    }

    pub(crate) fn remove_template(&self, remove: &wire::RemoveTemplate) -> Result<Done, Failure> {
        self.library.remove_template(remove.template)?;
        Ok(Done {})
    }

    /// Remembers a folder that is no site, for the writer to say that it is one all the same.
    pub(crate) fn remember_refused(&self, folder: PathBuf) {
        *lock(&self.refused_folder) = Some(folder);
    }
}

/// The text with a slug in its front matter; as it is where that cannot be written.
fn with_slug(text: &str, slug: Option<&str>) -> String {
    let Some(slug) = slug else { return text.to_owned() };
    let read = front_matter::read(text);
    let key = read.field(Role::Slug).map_or("slug", |field| field.key.as_str());
    let changes = set_field(text, key, &Value::Text(slug.to_owned()));
    changes.map_or_else(|_| text.to_owned(), |changes| apply_changes(text, &changes))
}

fn named(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    if name.is_empty() { Err(Failure::NoName) } else { Ok(name.to_owned()) }
}

/// The site's archetype or scaffold, if somebody wrote one and it can be read; else the way of most of its posts.
fn beginning(root: &Path, profile: &Profile, title: &str, now: &jiff::Zoned) -> Beginning {
    let has_posts = profile.new_posts.fields.iter().any(|field| field.is_common);
    let archetype = sites::archetype(root, profile)
        .filter(|archetype| !(has_posts && profile::is_hugos_own_archetype(&archetype.text)));
    let Some(archetype) = archetype else {
        let post = NewPost { title: title.to_owned(), tags: Vec::new() };
        return Beginning { text: profile::new_post(profile, &post, now), archetype: None, left: Vec::new() };
    };
    let slug = slugify(title).unwrap_or_else(|| "post".to_owned());
    let name = if profile.new_posts.dated_names { format!("{}-{slug}", now.date()) } else { slug };
    let context = ArchetypeContext { name: &name, section: sites::section(profile), title, now };
    let filled = profile::post_from_archetype(profile.generator, &archetype.text, &context);
    Beginning { text: filled.text, archetype: Some(archetype.path), left: filled.left }
}

/// A template's text with the new post's title and date, where it has such fields.
fn from_template(template: &str, profile: &Profile, title: &str, now: &jiff::Zoned) -> String {
    let mut text = template.to_owned();
    let format = front_matter::read(&text).format;
    let date = written_date(now, profile.new_posts.date_form.within(format));
    for (role, value) in [(Role::Title, title.to_owned()), (Role::Date, date)] {
        let read = front_matter::read(&text);
        let Some(field) = read.field(role) else { continue };
        if let Ok(changes) = set_field(&text, &field.key, &Value::Text(value)) {
            text = apply_changes(&text, &changes);
        }
    }
    text
}
