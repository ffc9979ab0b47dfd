//! What is known of a site, as data: its generator, where its posts and images lie, how a new post is written.

mod archetype;
mod corrections;
mod habits;
mod jekyll_name;
mod learning;
mod new_post;
mod posts;

use crate::addresses::Addresses;
use crate::front_matter::Format;

pub use archetype::{
    ArchetypeContext, FilledArchetype, fill_archetype, is_hugos_own_archetype, post_from_archetype,
};
pub use corrections::Corrections;
pub use habits::{FieldHabit, FieldShape, FieldStyle};
pub(crate) use jekyll_name::{JekyllName, date_of_jekyll_stem, jekyll_name};
pub use learning::{KnownPost, learn};
pub use new_post::{NewPost, new_post, new_post_fields};
pub(crate) use posts::date_in_stem;
pub use posts::{PostRow, date_of_name, drafts_beside, is_post_path, row};

/// Static-site generators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generator {
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
    /// No generator known: a folder of Markdown files.
    Plain,
}

/// Whether a generator tells keys of a front matter apart that differ in letter case alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum KeyCase {
    /// `Title` is another field than `title`.
    #[default]
    Counts,
    /// `Title` and `title` are one field.
    Ignored,
}

impl Generator {
    /// Whether the front matter can give a post the last part of its address, without the file having that name (run:
    /// Hugo 0.168, Jekyll 4.3, and Hexo 8.1, which knows no such field; Zola and Astro by their documentation).
    pub fn reads_slugs(self) -> bool {
        match self {
            Generator::Hugo | Generator::Jekyll | Generator::Zola | Generator::Astro => true,
            Generator::Hexo | Generator::Plain => false,
        }
    }

    /// How it reads the keys of a front matter: Hugo folds their letter case (run: 0.168 takes `Title` for `title`).
    pub fn key_case(self) -> KeyCase {
        match self {
            Generator::Hugo => KeyCase::Ignored,
            Generator::Jekyll | Generator::Zola | Generator::Hexo | Generator::Astro | Generator::Plain => {
                KeyCase::Counts
            }
        }
    }
}

/// One thing that speaks for a generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The file or folder, relative to the site, with `/`.
    pub path: String,
    /// What it says.
    pub fact: EvidenceFact,
}

/// What a file or folder says about a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFact {
    /// A configuration file that only this generator has.
    Configuration,
    /// A configuration file that other generators have too, with a setting of this one's.
    Setting {
        /// The setting's key.
        key: String,
    },
    /// A list of dependencies that names the generator.
    Dependency {
        /// The dependency's name.
        name: String,
    },
    /// A folder that the generator's convention names.
    Folder,
    /// A folder with posts.
    Posts {
        /// How many.
        count: usize,
    },
    /// The version that the site asks for.
    Version {
        /// As written.
        version: String,
    },
}

/// What is known of a site. Paths are relative to the site's folder, use `/`, and neither begin nor end with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The generator.
    pub generator: Generator,
    /// Its version, where the site says one.
    pub version: Option<String>,
    /// What speaks for the generator, strongest first.
    pub evidence: Vec<Evidence>,
    /// How loudly that speaks for it, from 0 (nothing does) to 100 (a file that no other generator has).
    pub confidence: u32,
    /// Other generators that the folder speaks for as clearly, so that only the writer can say which builds it.
    pub rivals: Vec<Generator>,
    /// The folder that the URLs of posts start from: `content` for Hugo, empty for the site's own folder.
    pub content_folder: String,
    /// Folders with posts; new posts go into the first.
    pub post_folders: Vec<String>,
    /// How a new post is written.
    pub new_posts: NewPosts,
    /// Where images lie that do not lie beside their post.
    pub image_places: ImagePlaces,
    /// What stands before every path in the site's URLs: empty, or like `/blog`.
    pub base_path: String,
    /// The zone of dates without an offset, as in the time zone database.
    pub time_zone: Option<String>,
    /// What the configuration says of the addresses of posts.
    pub addresses: Addresses,
}

/// How a new post is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPosts {
    /// How it lies in its folder.
    pub layout: Layout,
    /// Whether the file's (or the bundle's) name begins with the date: `2026-11-21-slug`.
    pub dated_names: bool,
    /// The form of the date in the front matter.
    pub date_form: DateForm,
    /// The key of the date in the front matter.
    pub date_key: String,
    /// The notation of the front matter.
    pub format: Format,
    /// How most fields are written, for those that have no way of their own.
    pub style: FieldStyle,
    /// Whether a new post is held back until it is published: `draft: true`.
    pub begins_as_draft: bool,
    /// The fields that the site's posts have, in the order in which most have them.
    pub fields: Vec<FieldHabit>,
    /// Fields that each post has besides title and date, with their values: `layout: post` for Jekyll.
    pub front_matter: Vec<(String, String)>,
}

/// How the file of a post lies in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One file, `slug.md`.
    File,
    /// A page bundle, `slug/index.md`, with its images beside it.
    Bundle,
}

/// The form of a date in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// `2026-11-21T13:05:00+09:00`.
    Rfc3339,
    /// `2026-11-21T04:05:00Z`.
    Utc,
    /// `2026-11-21T04:05:00.000Z`, as JavaScript writes it.
    UtcMilliseconds,
    /// `2026-11-21 13:05:00 +0900`.
    SpacedOffset,
    /// `2026-11-21 13:05:00 +09:00`.
    SpacedColonOffset,
    /// `2026-11-21 13:05:00`, in the site's zone.
    Spaced,
    /// `2026-11-21`.
    Day,
}

/// Where images lie that do not lie beside their post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImagePlaces {
    /// The folder whose content is served at `/`: `static` for Hugo, empty for the site's own folder.
    pub static_folder: String,
    /// The folder inside it that takes new images, by post: `images`.
    pub images_folder: String,
}

impl DateForm {
    /// The form that a notation has of it: TOML writes a time in one way only.
    pub fn within(self, format: Format) -> DateForm {
        match (format, self) {
            (Format::Toml, DateForm::Day | DateForm::Utc | DateForm::UtcMilliseconds)
            | (Format::Yaml | Format::Json | Format::None, _) => self,
            (Format::Toml, _) => DateForm::Rfc3339,
        }
    }
}

impl Profile {
    /// What a generator does when the site says nothing else.
    pub fn conventional(generator: Generator) -> Profile {
        let (content_folder, post_folder, static_folder, images_folder) = match generator {
            Generator::Hugo => ("content", "content/posts", "static", "images"),
            Generator::Jekyll => ("", "_posts", "", "assets/images"),
            Generator::Zola => ("content", "content", "static", "images"),
            Generator::Hexo => ("source", "source/_posts", "source", "images"),
            Generator::Astro => ("src/content", "src/content/blog", "public", "images"),
            Generator::Plain => ("", "", "", "images"),
        };
        Profile {
            generator,
            version: None,
            evidence: Vec::new(),
            confidence: 0,
            rivals: Vec::new(),
            content_folder: content_folder.to_owned(),
            post_folders: vec![post_folder.to_owned()],
            new_posts: NewPosts::conventional(generator),
            image_places: ImagePlaces {
                static_folder: static_folder.to_owned(),
                images_folder: images_folder.to_owned(),
            },
            base_path: String::new(),
            time_zone: None,
            addresses: Addresses::of(generator, &serde_json::Value::Null),
        }
    }
}

impl NewPosts {
    fn conventional(generator: Generator) -> NewPosts {
        let layout = match generator {
            Generator::Hugo | Generator::Zola => Layout::Bundle,
            Generator::Jekyll | Generator::Hexo | Generator::Astro | Generator::Plain => Layout::File,
        };
        let date_form = match generator {
            Generator::Hugo | Generator::Zola | Generator::Astro | Generator::Plain => DateForm::Rfc3339,
            Generator::Jekyll => DateForm::SpacedOffset,
            // Hexo reads a date with an offset as if it had none.
            Generator::Hexo => DateForm::Spaced,
        };
        let date_key = if generator == Generator::Astro { "pubDate" } else { "date" };
        let front_matter = match generator {
            Generator::Jekyll => vec![("layout".to_owned(), "post".to_owned())],
            _ => Vec::new(),
        };
        NewPosts {
            layout,
            dated_names: generator == Generator::Jekyll,
            date_form,
            date_key: date_key.to_owned(),
            format: if generator == Generator::Zola { Format::Toml } else { Format::Yaml },
            style: FieldStyle::default(),
            begins_as_draft: matches!(generator, Generator::Hugo | Generator::Zola),
            fields: FieldHabit::conventional(generator),
            front_matter,
        }
    }
}

#[cfg(test)]
mod tests;
