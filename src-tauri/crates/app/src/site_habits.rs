//! What is known of a site, with what the writer says of it instead. That is kept in the library, never in the site.

use std::path::{Path, PathBuf};

use postwright_post::front_matter::{self, Role};
use postwright_post::profile::{self, Corrections, Profile};
use postwright_sites::{self as sites, SiteError};
use postwright_wire::{self as wire, Done, Event, SiteCorrections, SiteId, SitePostsChanged, SiteRow};
use serde_json::{Map, Value as Json};

use crate::failure::Failure;
use crate::{App, Core, convert, lock};

/// Where in a site's settings the corrections stand.
const CORRECTIONS: &str = "corrections";

impl App {
    /// Adds a folder as a site that a generator builds, which the writer has chosen.
    pub fn add_site_of(&self, folder: &Path, generator: wire::Generator) -> Result<SiteRow, wire::Error> {
        let row = self.core.add_site_of(folder, generator);
        let row = row.map_err(|failure| failure.on_the_wire(self.language()))?;
        self.watch_sites();
        Ok(row)
    }

    /// Adds the folder that was refused last, as one of plain Markdown.
    pub(crate) fn add_plain_site(&self) -> Result<SiteRow, Failure> {
        let folder = lock(&self.core.refused_folder).take();
        let folder = folder.ok_or_else(|| Failure::Impossible("no folder was refused".to_owned()))?;
        let row = self.core.add_site_of(&folder, wire::Generator::Plain)?;
        self.watch_sites();
        Ok(row)
    }
}

impl Core {
    /// What a folder is, as the writer corrected it.
    pub(crate) fn profile_at(&self, root: &Path) -> Result<Profile, SiteError> {
        profile_with(root, &self.corrections_at(root))
    }

    /// What the writer says of the site in a folder; nothing where that is none of the library's.
    pub(crate) fn corrections_at(&self, root: &Path) -> Corrections {
        let sites = self.library.sites().unwrap_or_else(|error| {
            tracing::error!(%error, "the corrections of a site cannot be read");
            Vec::new()
        });
        let known = sites.into_iter().find(|site| Path::new(&site.root) == root);
        known.map_or_else(Corrections::default, |site| convert_corrections(&corrections_in(&site.settings)))
    }

    pub(crate) fn site_habits(&self, ask: &wire::AskSiteHabits) -> Result<wire::FoundHabits, Failure> {
        let site = self.library.site(ask.site)?;
        let root = PathBuf::from(&site.root);
        let corrections = corrections_in(&site.settings);
        let chosen = convert_corrections(&corrections).generator;
        let found = sites::survey_as(&root, chosen)?.profile;
        let candidate = |candidate: sites::Candidate| wire::SiteCandidate {
            generator: convert::generator(candidate.generator),
            confidence: candidate.confidence,
        };
        Ok(wire::FoundHabits {
            known_fields: found.new_posts.fields.iter().map(|field| field.path.join(".")).collect(),
            found: habits(&found),
            corrections,
            candidates: sites::candidates(&root).into_iter().map(candidate).collect(),
        })
    }

    pub(crate) fn correct_site(&self, correct: &wire::CorrectSite) -> Result<Done, Failure> {
        check(&correct.corrections)?;
        let site = self.library.site(correct.site)?;
        let mut settings = settings_of(&site.settings);
        let corrections = serde_json::to_value(&correct.corrections)
            .map_err(|error| Failure::Impossible(error.to_string()))?;
        settings.insert(CORRECTIONS.to_owned(), corrections);
        self.library.set_site(correct.site, &site.name, &Json::Object(settings).to_string())?;
        self.know_site_anew(correct.site, Path::new(&site.root));
        self.tell(Event::SitesChanged(Done {}));
        self.tell(Event::SitePostsChanged(SitePostsChanged { site: correct.site }));
        Ok(Done {})
    }

    fn add_site_of(&self, folder: &Path, generator: wire::Generator) -> Result<SiteRow, Failure> {
        let site = self.add_folder(folder, Some(convert::generator_for_post(generator)))?;
        let stored = self.library.site(site)?;
        let corrections = SiteCorrections { generator: Some(generator), ..corrections_in(&stored.settings) };
        self.correct_site(&wire::CorrectSite { site, corrections })?;
        Ok(self.site_row(self.library.site(site)?))
    }
}

/// What a folder is with these corrections.
pub(crate) fn profile_with(root: &Path, corrections: &Corrections) -> Result<Profile, SiteError> {
    let mut profile = sites::survey_as(root, corrections.generator)?.profile;
    corrections.apply(&mut profile);
    Ok(profile)
}

fn settings_of(stored: &str) -> Map<String, Json> {
    match serde_json::from_str(stored) {
        Ok(Json::Object(settings)) => settings,
        _ => Map::new(),
    }
}

/// What a stored site's settings say instead of what is found.
pub(crate) fn corrections_of_stored(settings: &str) -> Corrections {
    convert_corrections(&corrections_in(settings))
}

fn corrections_in(settings: &str) -> SiteCorrections {
    let corrections = settings_of(settings).remove(CORRECTIONS);
    corrections.and_then(|corrections| serde_json::from_value(corrections).ok()).unwrap_or_default()
}

/// Refuses what could not be followed.
fn check(corrections: &SiteCorrections) -> Result<(), Failure> {
    for folder in corrections.post_folders.iter().flatten() {
        // The site's own folder is the empty path.
        let leads_out =
            folder.split('/').any(|part| part.is_empty() || part.starts_with('.')) || folder.contains('\\');
        if !folder.is_empty() && leads_out {
            return Err(Failure::BadPath { path: folder.clone() });
        }
    }
    if let Some(zone) = &corrections.time_zone {
        jiff::tz::TimeZone::get(zone).map_err(|_| Failure::NoTimeZone { zone: zone.clone() })?;
    }
    Ok(())
}

/// What the writer says of a site; nothing where it is none of the library's.
pub(crate) fn corrections_of(core: &Core, site: SiteId) -> Corrections {
    let stored = core.library.site(site);
    stored
        .map_or_else(|_| Corrections::default(), |site| convert_corrections(&corrections_in(&site.settings)))
}

fn convert_corrections(corrections: &SiteCorrections) -> Corrections {
    Corrections {
        generator: corrections.generator.map(convert::generator_for_post),
        post_folders: corrections.post_folders.clone(),
        layout: corrections.layout.map(convert::layout_for_post),
        dated_names: corrections.dated_names,
        date_form: corrections.date_form.map(date_form_for_post),
        time_zone: corrections.time_zone.clone(),
        list: corrections.list.map(list_for_post),
        quotes: corrections.quotes.map(quotes_for_post),
        fields: corrections.fields.clone(),
        begins_as_draft: corrections.begins_as_draft,
    }
}

fn habits(profile: &Profile) -> wire::SiteHabits {
    let new_posts = &profile.new_posts;
    // One answer stands for all fields: that of the field which the writer knows best.
    let of_role = |role| {
        let field = new_posts.fields.iter().find(|field| front_matter::role_at(&field.path) == Some(role));
        field.map(|field| field.style).unwrap_or_default()
    };
    let list_form = of_role(Role::Tags).list.or(new_posts.style.list);
    let text_quotes = of_role(Role::Title).quotes.or(new_posts.style.quotes);
    wire::SiteHabits {
        generator: convert::generator(profile.generator),
        post_folders: profile.post_folders.clone(),
        layout: convert::layout(new_posts.layout),
        dated_names: new_posts.dated_names,
        date_form: date_form(new_posts.date_form),
        time_zone: profile.time_zone.clone(),
        list: list(list_form.unwrap_or_default()),
        quotes: quotes(text_quotes.unwrap_or_default()),
        fields: profile::new_post_fields(profile),
        begins_as_draft: new_posts.begins_as_draft,
    }
}

fn date_form(form: profile::DateForm) -> wire::DateForm {
    match form {
        profile::DateForm::Rfc3339 => wire::DateForm::Rfc3339,
        profile::DateForm::Utc => wire::DateForm::Utc,
        profile::DateForm::UtcMilliseconds => wire::DateForm::UtcMilliseconds,
        profile::DateForm::SpacedOffset => wire::DateForm::SpacedOffset,
        profile::DateForm::SpacedColonOffset => wire::DateForm::SpacedColonOffset,
        profile::DateForm::Spaced => wire::DateForm::Spaced,
        profile::DateForm::Day => wire::DateForm::Day,
    }
}

fn date_form_for_post(form: wire::DateForm) -> profile::DateForm {
    match form {
        wire::DateForm::Rfc3339 => profile::DateForm::Rfc3339,
        wire::DateForm::Utc => profile::DateForm::Utc,
        wire::DateForm::UtcMilliseconds => profile::DateForm::UtcMilliseconds,
        wire::DateForm::SpacedOffset => profile::DateForm::SpacedOffset,
        wire::DateForm::SpacedColonOffset => profile::DateForm::SpacedColonOffset,
        wire::DateForm::Spaced => profile::DateForm::Spaced,
        wire::DateForm::Day => profile::DateForm::Day,
    }
}

fn list(form: front_matter::ListForm) -> wire::ListForm {
    match form {
        front_matter::ListForm::Brackets => wire::ListForm::Brackets,
        front_matter::ListForm::Dashes { indented: false } => wire::ListForm::Dashes,
        front_matter::ListForm::Dashes { indented: true } => wire::ListForm::IndentedDashes,
    }
}

fn list_for_post(form: wire::ListForm) -> front_matter::ListForm {
    match form {
        wire::ListForm::Brackets => front_matter::ListForm::Brackets,
        wire::ListForm::Dashes => front_matter::ListForm::Dashes { indented: false },
        wire::ListForm::IndentedDashes => front_matter::ListForm::Dashes { indented: true },
    }
}

fn quotes(quotes: front_matter::Quotes) -> wire::Quotes {
    match quotes {
        front_matter::Quotes::Without => wire::Quotes::Without,
        front_matter::Quotes::Single => wire::Quotes::Single,
        front_matter::Quotes::Double => wire::Quotes::Double,
    }
}

fn quotes_for_post(quotes: wire::Quotes) -> front_matter::Quotes {
    match quotes {
        wire::Quotes::Without => front_matter::Quotes::Without,
        wire::Quotes::Single => front_matter::Quotes::Single,
        wire::Quotes::Double => front_matter::Quotes::Double,
    }
}
