//! How each site generator reads Markdown: its settings as data, and the passes they ask for.

mod astro;
mod autolink;
mod bare_table;
mod chars;
pub(crate) mod common;
mod commonmark;
mod doubt;
mod hexo;
mod hugo;
mod jekyll;
mod note_style;
mod strikethrough;
mod text_run;
mod zola;

pub use astro::Astro;
pub use commonmark::CommonMark;
pub use doubt::{Doubt, SettingDoubt, Shape};
pub use hexo::{AnchorCase, Hexo};
pub use hugo::{Cjk, Extras, Footnotes, Hugo, IdType, LineBreaks, Passthrough, Typographer};
pub use jekyll::{Jekyll, KramdownInput};
pub use zola::{Anchors, ExternalLinks, Zola};

use serde_json::Value;

use crate::code::{CodeSetting, Flavour, Notation};
use crate::macros::{self, Syntax};
use crate::reading::{Definitions, HeadingAnchor, Reading, Spanned};

/// Everything that decides what a site makes of a post's text. The default of each is its generator's own.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialect {
    /// CommonMark 0.31 with GitHub's tables, strikethrough, task lists and autolinks.
    CommonMark(CommonMark),
    /// Hugo's goldmark.
    Hugo(Hugo),
    /// Jekyll's kramdown.
    Jekyll(Jekyll),
    /// Zola's pulldown-cmark.
    Zola(Zola),
    /// Hexo's marked.
    Hexo(Hexo),
    /// Astro's Sätteri or remark.
    Astro(Astro),
}

impl Default for Dialect {
    fn default() -> Self {
        Self::CommonMark(CommonMark::default())
    }
}

impl Dialect {
    /// The same generator's Markdown with the settings of a site's configuration, which is a tree, or one text where it
    /// is a program (Astro's); and what of them could not be taken as it stands.
    pub fn configured(self, config: &Value) -> (Self, Vec<SettingDoubt>) {
        match self {
            Self::CommonMark(_) => (self, Vec::new()),
            Self::Hugo(_) => with(Self::Hugo, Hugo::from_config(config)),
            Self::Jekyll(_) => with(Self::Jekyll, Jekyll::from_config(config)),
            Self::Zola(_) => with(Self::Zola, Zola::from_config(config)),
            Self::Hexo(_) => with(Self::Hexo, Hexo::from_config(config)),
            Self::Astro(_) => with(Self::Astro, Astro::from_config(config.as_str().unwrap_or_default())),
        }
    }

    /// As the generator reads a file of this name: Astro takes `.mdx` for MDX.
    #[must_use]
    pub fn for_file_name(self, name: &str) -> Self {
        match self {
            Self::Astro(astro) => {
                Self::Astro(Astro { mdx: name.to_ascii_lowercase().ends_with(".mdx"), ..astro })
            }
            other => other,
        }
    }

    /// The macro language of the generator.
    pub(crate) fn macros(&self) -> Option<Syntax> {
        match self {
            Self::Hugo(_) => Some(Syntax::Hugo),
            Self::Jekyll(_) => Some(Syntax::Liquid),
            Self::Hexo(_) => Some(Syntax::Nunjucks),
            Self::Zola(_) => Some(Syntax::Tera),
            Self::Astro(astro) if astro.mdx => Some(Syntax::Mdx),
            Self::CommonMark(_) | Self::Astro(_) => None,
        }
    }

    /// How the generator shows code.
    pub(crate) fn code(&self) -> CodeSetting {
        let (notation, flavour) = match self {
            Self::CommonMark(_) => (Notation::Generic, Flavour::Own),
            Self::Hugo(_) => (Notation::Hugo, Flavour::Chroma),
            Self::Jekyll(_) => (Notation::Jekyll, Flavour::Rouge),
            Self::Zola(_) => (Notation::Zola, Flavour::Own),
            Self::Hexo(_) => (Notation::Hexo, Flavour::Own),
            Self::Astro(astro) if astro.expressive_code => (Notation::ExpressiveCode, Flavour::Own),
            Self::Astro(_) => (Notation::Astro, Flavour::Own),
        };
        let numbered = match self {
            Self::Hugo(hugo) => hugo.line_numbers,
            Self::Hexo(hexo) => hexo.own_fences && hexo.line_numbers,
            _ => false,
        };
        CodeSetting { notation, flavour, numbered }
    }

    /// The engine that reads by these settings, macros and all.
    pub(crate) fn engine(&self) -> &dyn Engine {
        self
    }

    /// The engine that takes macros for text.
    pub(crate) fn without_macros(&self) -> &dyn Engine {
        match self {
            Self::CommonMark(engine) => engine,
            Self::Hugo(engine) => engine,
            Self::Jekyll(engine) => engine,
            Self::Zola(engine) => engine,
            Self::Hexo(engine) => engine,
            Self::Astro(engine) => engine,
        }
    }
}

fn with<Settings>(
    dialect: impl Fn(Settings) -> Dialect,
    (settings, doubts): (Settings, Vec<SettingDoubt>),
) -> (Dialect, Vec<SettingDoubt>) {
    (dialect(settings), doubts)
}

impl Engine for Dialect {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let Some(masked) = self.macros().and_then(|syntax| macros::mask(source, syntax)) else {
            return self.without_macros().read(source, known);
        };
        let mut reading = self.without_macros().read(masked.text(), known);
        masked.restore(&mut reading, self, known);
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        self.without_macros().heading_ids()
    }

    fn notes(&self) -> &dyn NoteStyle {
        self.without_macros().notes()
    }

    fn later_definitions_win(&self) -> bool {
        self.without_macros().later_definitions_win()
    }
}

/// Reads Markdown as one generator does.
pub(crate) trait Engine {
    /// Reads whole top-level blocks. `known` holds what the whole text defines, these blocks included.
    fn read(&self, source: &str, known: &Definitions) -> Reading;

    /// Gives the headings of one text their ids, asked in the order of the text.
    fn heading_ids(&self) -> Box<dyn AssignIds>;

    /// Where footnotes go.
    fn notes(&self) -> &dyn NoteStyle;

    /// Of two definitions of one label, in different blocks, the later one counts. CommonMark takes the first.
    fn later_definitions_win(&self) -> bool {
        false
    }
}

/// Ready to give the headings of one text their ids, in its order.
pub(crate) fn ids_for<'h>(
    engine: &dyn Engine,
    headings: impl Iterator<Item = &'h HeadingAnchor>,
) -> Box<dyn AssignIds> {
    let mut ids = engine.heading_ids();
    for heading in headings.filter(|heading| heading.given) {
        ids.reserve(heading.wanted.as_deref().unwrap_or_default());
    }
    ids
}

/// A generator's rule for headings that ask for the same id.
pub(crate) trait AssignIds {
    /// Told of every id that a writer gave, before the first is assigned.
    fn reserve(&mut self, _given: &str) {}

    /// The id that a heading gets; `given` by the writer, not made from its text.
    fn assign(&mut self, wanted: &str, given: bool) -> String;

    /// Whether an id without a character stands in the page all the same.
    fn shows_empty_ids(&self) -> bool {
        true
    }

    /// The id that a heading's element has; asked in the order of the text.
    fn id_of(&mut self, heading: &HeadingAnchor) -> Option<String> {
        let id = self.assign(heading.wanted.as_deref()?, heading.given);
        (!id.is_empty() || self.shows_empty_ids()).then_some(id)
    }
}

/// How a generator shows footnotes.
pub(crate) trait NoteStyle {
    /// The HTML of a reference: the note's number from 1, its label, and which reference to it this is, from 1.
    fn reference(&self, number: usize, label: &str, occurrence: usize) -> String;

    /// All notes that are referred to, in the order of their numbers, as one block at the end of the text; nothing
    /// if definitions stay where they are, each shown by [`NoteStyle::in_place`]. Which of the two it is must not
    /// depend on the notes: it is asked with none.
    fn section(&self, notes: Vec<Note>) -> Option<Vec<Spanned>>;

    /// A definition that stays where it is; `number` is nothing if nothing refers to it.
    fn in_place(&self, number: Option<usize>, label: &str, content: Vec<Spanned>) -> Vec<Spanned>;
}

/// A footnote that something refers to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note {
    /// From 1, by first reference.
    pub(crate) number: usize,
    /// As the definition writes it.
    pub(crate) label: String,
    /// How many references there are.
    pub(crate) references: usize,
    /// The events inside its definition, its own footnote references resolved.
    pub(crate) content: Vec<Spanned>,
}
