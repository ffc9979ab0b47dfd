//! Work on single files, without the library: what the command line does to a post that lies somewhere.

use std::path::{Path, PathBuf};

use postwright_markdown as markdown;
use postwright_post::front_matter::{FrontMatterError, Kind, Operation};
use postwright_post::profile::{Generator, KeyCase};
use postwright_post::{TextChange, apply_changes, front_matter};
use postwright_sites::{self as sites, Expected};
use postwright_wire::{self as wire, Details, FieldValue, Language, SiteProfile};

use crate::convert;
use crate::drafting::name_of;
use crate::failure::Failure;
use crate::open_post::generator_of;
use crate::open_post::key_case_of;
use crate::site_settings::{SiteSettings, default_dialect};

/// One change of a front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldEdit {
    /// Gives a field a value: `true` and `false` for truth, `[a, b]` for a list, anything else for a text.
    Set {
        /// The field.
        key: String,
        /// Its value.
        value: String,
    },
    /// Adds an item to a list; makes the list where there is none.
    Add {
        /// The field.
        key: String,
        /// The item.
        value: String,
    },
    /// Takes a field out, or one item out of its list.
    Remove {
        /// The field.
        key: String,
        /// The item; none for the whole field.
        value: Option<String>,
    },
}

/// How a text is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rendering<'p> {
    /// The generator whose Markdown it is; none: the site's.
    pub engine: Option<Engine>,
    /// The site that it belongs to; none: the one that the file lies in, if it does.
    pub site: Option<&'p Path>,
    /// As a whole page with styles.
    pub page: bool,
}

/// The generators whose Markdown can be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Zola.
    Zola,
    /// Hexo.
    Hexo,
    /// Astro.
    Astro,
    /// CommonMark with GitHub's extensions.
    CommonMark,
}

impl Engine {
    /// All of them, by the names that they go by.
    pub const ALL: [(&'static str, Self); 6] = [
        ("hugo", Self::Hugo),
        ("jekyll", Self::Jekyll),
        ("zola", Self::Zola),
        ("hexo", Self::Hexo),
        ("astro", Self::Astro),
        ("commonmark", Self::CommonMark),
    ];

    fn generator(self) -> Generator {
        match self {
            Self::Hugo => Generator::Hugo,
            Self::Jekyll => Generator::Jekyll,
            Self::Zola => Generator::Zola,
            Self::Hexo => Generator::Hexo,
            Self::Astro => Generator::Astro,
            Self::CommonMark => Generator::Plain,
        }
    }
}

/// The preview of a file: its blocks, or a whole page with styles.
pub fn render(file: &Path, rendering: Rendering<'_>, language: Language) -> Result<String, wire::Error> {
    let read = read_file(file).map_err(|failure| failure.on_the_wire(language))?;
    let site = site_above(file);
    let site = rendering.site.or(site.as_deref());
    render_as(file, &read.text, Rendering { site, ..rendering }, language)
        .map_err(|failure| failure.on_the_wire(language))
        .map_err(|error| wire::Error { subject: Some(file.to_string_lossy().into_owned()), ..error })
}

/// The preview of a text.
pub fn render_text(text: &str, rendering: Rendering<'_>, language: Language) -> Result<String, wire::Error> {
    render_as(Path::new(""), text, rendering, language).map_err(|failure| failure.on_the_wire(language))
}

/// The preview of a text as its site reads a file of this name.
fn render_as(
    file: &Path,
    text: &str,
    rendering: Rendering<'_>,
    language: Language,
) -> Result<String, Failure> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let dialect = match (rendering.engine, rendering.site) {
        (Some(engine), Some(site)) => SiteSettings::of(engine.generator(), site).dialect,
        (Some(engine), None) => default_dialect(engine.generator()),
        (None, Some(site)) => SiteSettings::of_folder(site).dialect,
        (None, None) => markdown::Dialect::default(),
    };
    let dialect = dialect.for_file_name(&file.to_string_lossy());
    let body_start = front_matter::body_start(&text, generator_of(&dialect));
    let options = markdown::Options { dialect, ..markdown::Options::default() };
    let html = markdown::render_fragment(&text, body_start, &options)?;
    Ok(if rendering.page {
        markdown::standalone_page(&front_matter::shown_title(&text), &html, language_code(language))
    } else {
        html
    })
}

/// The folder of the site that a file lies in, if it does; named as the file is, where that names it at all.
pub(crate) fn site_above(file: &Path) -> Option<PathBuf> {
    let real = file.canonicalize().ok()?;
    let site = *sites::above(&real).first()?;
    let depth = real.strip_prefix(site).ok()?.components().count();
    let named =
        file.ancestors().nth(depth).filter(|named| named.canonicalize().is_ok_and(|real| real == site));
    Some(named.unwrap_or(site).to_owned())
}

/// What a file's front matter says.
pub fn read(file: &Path, language: Language) -> Result<Details, wire::Error> {
    let read = read_file(file).map_err(|failure| failure.on_the_wire(language))?;
    Ok(convert::details(&read.text, key_case(file), language))
}

/// What a text's front matter says.
pub fn front_matter(text: &str, language: Language) -> Details {
    convert::details(&text.replace("\r\n", "\n").replace('\r', "\n"), KeyCase::Counts, language)
}

/// Changes a file's front matter in place: only the lines of the fields that are named change, all or nothing.
pub fn change_front_matter(
    file: &Path,
    edits: &[FieldEdit],
    language: Language,
) -> Result<Details, wire::Error> {
    change(file, edits).map(|text| convert::details(&text, key_case(file), language)).map_err(|failure| {
        let error = failure.on_the_wire(language);
        let subject = error
            .subject
            .map_or_else(|| file.display().to_string(), |about| format!("{}: {about}", file.display()));
        wire::Error { subject: Some(subject), ..error }
    })
}

/// What a folder is taken for, with the evidence.
pub fn site(
    folder: &Path,
    generator: Option<wire::Generator>,
    language: Language,
) -> Result<SiteProfile, wire::Error> {
    let survey = sites::survey_as(folder, generator.map(convert::generator_for_post));
    let profile =
        survey.map(|survey| survey.profile).map_err(|error| Failure::Site(error).on_the_wire(language))?;
    Ok(convert::profile(&profile, language))
}

pub(crate) fn read_file(file: &Path) -> Result<sites::PostFile, Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(sites::read_file(folder, &name_of(file))?)
}

fn change(file: &Path, edits: &[FieldEdit]) -> Result<String, Failure> {
    let before = read_file(file)?;
    let (mut text, mut form) = (before.text.clone(), before.form.clone());
    for edit in edits {
        let changes = changes_of(&text, edit, key_case(file))
            .map_err(|(field, error)| Failure::FrontMatter { field, error })?;
        let after = apply_changes(&text, &changes);
        form = crate::saving::form_after(&form, &text, &after);
        text = after;
    }
    if text != before.text {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sites::write_file(folder, &name_of(file), &sites::encode(&text, &form), Expected::Hash(before.hash))?;
    }
    Ok(text)
}

/// The changes of an edit; the field's name with the error.
fn changes_of(
    text: &str,
    edit: &FieldEdit,
    key_case: KeyCase,
) -> Result<Vec<TextChange>, (String, FrontMatterError)> {
    let (FieldEdit::Set { key, .. } | FieldEdit::Add { key, .. } | FieldEdit::Remove { key, .. }) = edit;
    let path = &front_matter::read(text).path_of(key);
    let value;
    let operation = match edit {
        FieldEdit::Set { value: typed, .. } => {
            value = convert::value_for_post(&value_typed(typed));
            Operation::Set { path, value: &value, kind: Kind::Text }
        }
        FieldEdit::Add { value: item, .. } => Operation::AddItem { path, item },
        FieldEdit::Remove { value: None, .. } => Operation::Remove { path },
        FieldEdit::Remove { value: Some(item), .. } => Operation::RemoveItem { path, item },
    };
    front_matter::edit(text, &operation, key_case).map_err(|error| (key.clone(), error))
}

/// How the generator of the site that a file lies in reads the keys of its front matter.
fn key_case(file: &Path) -> KeyCase {
    site_above(file).map_or(KeyCase::Counts, |root| key_case_of(&SiteSettings::of_folder(&root).dialect))
}

fn value_typed(value: &str) -> FieldValue {
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    match (value, list) {
        ("true" | "false", _) => FieldValue::Boolean(value == "true"),
        (_, Some(list)) => FieldValue::List(
            list.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect(),
        ),
        _ => FieldValue::Text(value.to_owned()),
    }
}

fn language_code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Ko => "ko",
    }
}
