//! What the window shows from one start to the next, and the writer's settings.

use postwright_markdown as markdown;
use postwright_wire::{self as wire, Done, Language, Scheme, SessionState, Settings, Started};

use crate::failure::Failure;
use crate::{App, Core, code_colours, lock};

const LANGUAGE: &str = "language";
const SCHEME: &str = "scheme";
const LIGHT_CODE_THEME: &str = "code_theme.light";
const DARK_CODE_THEME: &str = "code_theme.dark";

impl App {
    /// Everything a window needs to show what it showed last; from here on, sites are watched.
    pub(crate) fn start(&self, start: &wire::Start) -> Result<Started, Failure> {
        let core = &self.core;
        core.take_language_of_web_view(&start.languages);
        self.watch_sites();
        core.search.begin_soon();
        for told in std::mem::take(&mut *lock(&core.told_at_start)) {
            core.tell(wire::Event::Failed(told));
        }
        let mut session: SessionState = core
            .library
            .session()?
            .and_then(|session| serde_json::from_str(&session).ok())
            .unwrap_or_default();
        // A tab's cursor in the library is as old as its last edit, in the session as old as its last move.
        let active = session.active.and_then(|post| core.open_from_library(post).ok());
        if active.is_none() {
            session.active = None;
        }
        Ok(Started {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: core.settings()?,
            code_themes: code_colours::themes(),
            session,
            active,
            drafts: core.list_drafts(&wire::ListDrafts::default())?.drafts,
            sites: core.list_sites()?.sites,
            library_problem: core
                .library
                .read_only()
                .map(|newer| Failure::NewerLibrary(newer).on_the_wire(core.language())),
        })
    }
}

impl Core {
    pub(crate) fn remember(&self, state: &SessionState) -> Result<Done, Failure> {
        let session = serde_json::to_string(state).map_err(|error| Failure::Impossible(error.to_string()))?;
        self.library.set_session(&session)?;
        Ok(Done {})
    }

    pub(crate) fn change_setting(&self, change: &wire::ChangeSetting) -> Result<Settings, Failure> {
        match change {
            wire::ChangeSetting::Language(language) => {
                self.library.set_setting(LANGUAGE, language_name(*language))?;
                *lock(&self.language) = *language;
            }
            wire::ChangeSetting::Scheme(scheme) => self.library.set_setting(SCHEME, scheme_name(*scheme))?,
            wire::ChangeSetting::LightCodeTheme(name) => self.choose_code_theme(LIGHT_CODE_THEME, name)?,
            wire::ChangeSetting::DarkCodeTheme(name) => self.choose_code_theme(DARK_CODE_THEME, name)?,
        }
        self.settings()
    }

    /// The language of the last choice, if there was one.
    pub(crate) fn take_language_from_settings(&self) {
        if let Ok(Some(name)) = self.library.setting(LANGUAGE) {
            *lock(&self.language) = language_named(&name);
        }
    }

    /// The web view knows the writer's languages better than the environment; a choice of theirs beats both.
    fn take_language_of_web_view(&self, languages: &[String]) {
        if self.language_is_asked_for {
            return;
        }
        if let (Ok(None), Some(first)) = (self.library.setting(LANGUAGE), languages.first())
            && first.starts_with("ko")
        {
            *lock(&self.language) = Language::Ko;
        }
    }

    fn settings(&self) -> Result<Settings, Failure> {
        let scheme = match self.library.setting(SCHEME)?.as_deref() {
            Some("light") => Scheme::Light,
            Some("dark") => Scheme::Dark,
            _ => Scheme::System,
        };
        Ok(Settings {
            language: self.language(),
            scheme,
            light_code_theme: self.code_theme(false),
            dark_code_theme: self.code_theme(true),
        })
    }

    fn choose_code_theme(&self, setting: &str, name: &str) -> Result<(), Failure> {
        if !markdown::themes().iter().any(|theme| theme.name == name) {
            return Err(Failure::NoSuchTheme { name: name.to_owned() });
        }
        Ok(self.library.set_setting(setting, name)?)
    }

    /// The theme that the writer has chosen for one scheme; our own until then, and where a theme is gone.
    pub(crate) fn code_theme(&self, dark: bool) -> String {
        let setting = if dark { DARK_CODE_THEME } else { LIGHT_CODE_THEME };
        let chosen = self.library.setting(setting).ok().flatten();
        let themes = markdown::themes();
        let known = chosen.filter(|name| themes.iter().any(|theme| theme.name == name));
        let own = themes.iter().find(|theme| theme.dark == dark).map_or("", |theme| theme.name);
        known.unwrap_or_else(|| own.to_owned())
    }
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Ko => "ko",
    }
}

fn language_named(name: &str) -> Language {
    if name == "ko" { Language::Ko } else { Language::En }
}

fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::System => "system",
        Scheme::Light => "light",
        Scheme::Dark => "dark",
    }
}
