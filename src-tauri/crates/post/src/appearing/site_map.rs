//! The posts of a site by path and address: which two have the same one, and where links among them lead.
//!
//! A link is said to lead nowhere only where nothing else than a post can be: beside the addresses of posts, or at a
//! Markdown file's path.

use std::collections::{HashMap, HashSet};

use jiff::Zoned;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::front_matter::{self, FrontMatter, Value};
use crate::plan::{address_at, resolved};
use crate::profile::{Generator, Profile, row};

/// What a site map holds of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAddress {
    /// Its path in the site.
    pub path: String,
    /// The path of its address, where it can be told.
    pub url: Option<String>,
    /// Other addresses that lead to it.
    pub aliases: Vec<String>,
    /// Its generator keeps it back.
    pub is_kept_back: bool,
}

impl KnownAddress {
    /// Of a post, whose front matter `text` holds at least.
    pub fn of(profile: &Profile, path: &str, text: &str, now: &Zoned) -> KnownAddress {
        KnownAddress {
            path: path.to_owned(),
            url: address_at(profile, path, text, now),
            aliases: aliases(&front_matter::read(text)),
            is_kept_back: row(profile, path, text).draft,
        }
    }
}

/// Of Hugo, Zola and Jekyll's plugin.
fn aliases(read: &FrontMatter) -> Vec<String> {
    let is_one =
        |key: &str| ["aliases", "alias", "redirect_from"].contains(&key.to_ascii_lowercase().as_str());
    let fields = read.fields.iter().filter(|field| is_one(&field.key));
    let texts = fields.flat_map(|field| match &field.value {
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items.clone(),
        _ => Vec::new(),
    });
    texts.collect()
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads<'m> {
    /// Out of the site, to a page of another kind, or nobody can tell.
    Elsewhere,
    /// To the post at this path, and there to what stands behind `#`.
    ToPost {
        /// The post's path.
        path: &'m str,
        /// What follows `#`, decoded.
        fragment: Option<String>,
    },
    /// To no post of the site.
    Nowhere {
        /// The generator ends the build there.
        ends_the_build: bool,
    },
}

/// The posts of a site by path and address.
#[derive(Debug, Clone)]
pub struct SiteMap {
    profile: Profile,
    base_url: Option<String>,
    posts: Vec<KnownAddress>,
    by_path: HashMap<String, usize>,
    /// By [`key_of`].
    by_url: HashMap<String, Vec<usize>>,
    aliases: HashSet<String>,
    /// The addresses above those of posts.
    parents: HashSet<String>,
    /// Markdown files and folders of the content that are no posts, as they would stand in addresses.
    others: HashSet<String>,
    /// The names of all Markdown files.
    names: HashSet<String>,
}

impl SiteMap {
    /// Its posts, with their addresses.
    pub fn posts(&self) -> &[KnownAddress] {
        &self.posts
    }

    /// Of these posts, and of all files in the folder of the content.
    pub fn new(
        profile: &Profile,
        base_url: Option<&str>,
        posts: Vec<KnownAddress>,
        files: &[String],
    ) -> SiteMap {
        let mut map = SiteMap {
            profile: profile.clone(),
            base_url: base_url.map(ToOwned::to_owned),
            by_path: posts.iter().enumerate().map(|(at, post)| (post.path.clone(), at)).collect(),
            by_url: HashMap::new(),
            aliases: posts.iter().flat_map(|post| post.aliases.iter().map(|alias| key_of(alias))).collect(),
            parents: HashSet::new(),
            others: HashSet::new(),
            names: HashSet::new(),
            posts,
        };
        for (at, post) in map.posts.iter().enumerate() {
            let Some(key) = post.url.as_deref().map(key_of) else { continue };
            map.parents.insert(parent(&key).to_owned());
            map.by_url.entry(key).or_default().push(at);
        }
        let content = profile.content_folder.as_str();
        for file in files {
            let Some(inner) = file.strip_prefix(content) else { continue };
            let inner = key_of(inner);
            map.names.insert(inner.rsplit('/').next().unwrap_or_default().to_owned());
            for (at, _) in inner.match_indices('/').filter(|(at, _)| *at > 0) {
                map.others.insert(format!("{}{}", profile.base_path, &inner[..at]));
            }
            // `a.ko.md` is the page `a` in Korean.
            let (whole, page) = (stem(&inner), stem(stem(&inner)));
            if !map.by_path.contains_key(file) || page != whole {
                map.others.extend([whole, page].map(|page| format!("{}{page}", profile.base_path)));
            }
        }
        map
    }

    /// Another post that has the address of the one at `path`, where neither is kept back: only one of them is seen.
    pub fn twin_of(&self, path: &str) -> Option<&KnownAddress> {
        let own = self.posts.get(*self.by_path.get(path)?)?;
        let same = self.by_url.get(&key_of(own.url.as_deref()?))?;
        let mut others = same.iter().map(|at| &self.posts[*at]).filter(|post| post.path != own.path);
        let spelled = |url: &Option<String>| url.as_deref().map(decoded);
        others.find(|post| !post.is_kept_back && !own.is_kept_back && spelled(&post.url) == spelled(&own.url))
    }

    /// A post that has this address and is not kept back.
    pub fn post_with(&self, url: &str) -> Option<&KnownAddress> {
        let posts = self.by_url.get(&key_of(url))?.iter().map(|at| &self.posts[*at]);
        let mut posts = posts.filter(|post| !post.is_kept_back);
        posts.find(|post| post.url.as_deref().map(decoded) == Some(decoded(url)))
    }

    /// Where a link in the post at `from` leads.
    pub fn leads(&self, from: &str, link: &str) -> Leads<'_> {
        let own = self.base_url.as_deref().and_then(|base| link.strip_prefix(base));
        let own =
            own.filter(|rest| rest.starts_with('/')).map(|rest| format!("{}{rest}", self.profile.base_path));
        let link = own.as_deref().unwrap_or(link);
        if link.is_empty()
            || link.starts_with(['#', '?'])
            || link.starts_with("//")
            || has_scheme(link)
            || link.contains(['{', '<'])
        {
            return Leads::Elsewhere;
        }
        let (target, fragment) =
            link.split_once('#').map_or((link, None), |(target, after)| (target, Some(after)));
        let target = target.split('?').next().unwrap_or_default();
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decoded);
        match self.post_at(from, target) {
            Ok(Some(at)) => Leads::ToPost { path: &self.posts[at].path, fragment },
            Ok(None) => Leads::Elsewhere,
            Err(Nowhere { ends_the_build }) => Leads::Nowhere { ends_the_build },
        }
    }

    fn post_at(&self, from: &str, target: &str) -> Result<Option<usize>, Nowhere> {
        let decoded_target = decoded(target);
        if let Some(inner) = decoded_target.strip_prefix("@/") {
            return self.file_of_zola(inner);
        }
        if is_markdown(&decoded_target) {
            return self.file(from, &decoded_target);
        }
        match self.address_of(from, &decoded_target) {
            Some(address) => self.address(&key_of(&address)),
            None => Ok(None),
        }
    }

    /// Zola's own links from the folder of the content.
    fn file_of_zola(&self, inner: &str) -> Result<Option<usize>, Nowhere> {
        if self.profile.generator != Generator::Zola {
            return Ok(None);
        }
        let path = resolved(&self.profile.content_folder, inner).unwrap_or_default();
        let is_other = || self.others.contains(&key_of(&format!("/{}", stem(inner))));
        match self.by_path.get(&path) {
            Some(at) => Ok(Some(*at)),
            None if is_other() => Ok(None),
            None => Err(Nowhere { ends_the_build: true }),
        }
    }

    /// A file by its path from the text, or from the content.
    fn file(&self, from: &str, target: &str) -> Result<Option<usize>, Nowhere> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folders = [folder, self.profile.content_folder.as_str()];
        let paths = folders.iter().filter_map(|folder| resolved(folder, target.trim_start_matches('/')));
        if let Some(at) = paths.into_iter().find_map(|path| self.by_path.get(&path)) {
            return Ok(Some(*at));
        }
        let name = key_of(target);
        let is_somewhere = self.names.contains(name.rsplit('/').next().unwrap_or_default());
        if is_somewhere { Ok(None) } else { Err(Nowhere { ends_the_build: false }) }
    }

    /// The path from the site's root that a browser takes a link to.
    fn address_of(&self, from: &str, target: &str) -> Option<String> {
        if target.starts_with('/') {
            return Some(target.to_owned());
        }
        let own = self.posts.get(*self.by_path.get(from)?)?.url.as_deref()?;
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        resolved(folder.trim_start_matches('/'), target).map(|path| format!("/{path}"))
    }

    fn address(&self, key: &str) -> Result<Option<usize>, Nowhere> {
        let found = self.by_url.get(key).or_else(|| self.by_url.get(&format!("{key}.html")));
        if let Some(at) = found.and_then(|posts| posts.first()) {
            return Ok(Some(*at));
        }
        let is_known =
            self.aliases.contains(key) || self.others.contains(key) || self.others.contains(stem(key));
        // Next to posts; but above all of them, at the root, anything may be.
        let is_among_posts = match self.profile.generator {
            Generator::Hugo | Generator::Zola => {
                self.parents.contains(parent(key)) && parent(key) != self.profile.base_path
            }
            Generator::Jekyll => self.profile.addresses.are_dated() && has_day(key),
            Generator::Hexo | Generator::Astro | Generator::Plain => false,
        };
        let last = key.rsplit('/').next().unwrap_or_default();
        let is_a_file = last.contains('.') && !last.ends_with(".html");
        let may_be_nowhere = is_among_posts && !is_known && !is_a_file && last != "page";
        if may_be_nowhere { Err(Nowhere { ends_the_build: false }) } else { Ok(None) }
    }
}

struct Nowhere {
    ends_the_build: bool,
}

/// Addresses that lead to the same page have the same key.
fn key_of(url: &str) -> String {
    let url: String = decoded(url).nfc().collect();
    let url = url.strip_suffix("index.html").unwrap_or(&url).trim_end_matches('/');
    format!("/{}", url.trim_start_matches('/')).trim_end_matches('/').to_lowercase()
}

fn parent(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => stem,
        _ => path,
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

fn has_scheme(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

fn is_markdown(target: &str) -> bool {
    let ending = target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown" | "mdx"))
}

/// `/2020/01/02/name`, with or without categories before it.
fn has_day(key: &str) -> bool {
    let parts: Vec<&str> = key.split('/').collect();
    let is_number =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() > 4
        && matches!(parts[parts.len() - 4..], [year, month, day, name]
            if is_number(year, 4) && is_number(month, 2) && is_number(day, 2) && !name.is_empty())
}
