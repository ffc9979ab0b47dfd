//! Asks the site's own generator: builds a copy of the site with the post as it is now.

use std::path::{Path, PathBuf};

use postwright_markdown::Dialect;
use postwright_post::front_matter;
use postwright_post::profile::Profile;
use postwright_sites::build::{self, Build, BuildError, Built, Gravity};
use postwright_sites::program::Stop;
use postwright_sites::{self as sites, FileChange};
use postwright_wire::{
    self as wire, BuildChecked, BuildMessage, Error, ErrorCode, FindingLevel, Generator, Language,
};

use crate::failure::Failure;
use crate::messages::{self, Say, Told};
use crate::site_settings::SiteSettings;
use crate::text::PostText;
use crate::{Core, convert, git_messages, lock, page_comparison};

/// A post in its site, with all that is written for it.
struct Ask<'a> {
    root: &'a Path,
    profile: Profile,
    /// The post first.
    files: Vec<(String, Vec<u8>)>,
    text: &'a str,
    /// What the site makes of the post's Markdown.
    dialect: Dialect,
    program_folders: &'a [PathBuf],
    language: Language,
}

/// Builds the site that a file lies in, with the file as it is on disk.
pub fn check_file(
    file: &Path,
    site: Option<&Path>,
    program_folders: &[PathBuf],
    language: Language,
    on_line: &mut dyn FnMut(&str),
) -> Result<BuildChecked, Error> {
    let checked = check_a_file(file, site, program_folders, language, on_line);
    checked.map_err(|failure| failure.on_the_wire(language))
}

fn check_a_file(
    file: &Path,
    site: Option<&Path>,
    program_folders: &[PathBuf],
    language: Language,
    on_line: &mut dyn FnMut(&str),
) -> Result<BuildChecked, Failure> {
    let real = |path: &Path| {
        path.canonicalize().map_err(|source| Failure::NoSuchPath { path: path.to_owned(), source })
    };
    let file = real(file)?;
    let root = match site {
        Some(site) => real(site)?,
        None => crate::files::site_above(&file).ok_or(BuildError::NoGenerator)?,
    };
    let below = file.strip_prefix(&root).ok().and_then(Path::to_str);
    let path = below.ok_or_else(|| Failure::BadPath { path: file.to_string_lossy().into_owned() })?;
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    let sites::PostFile { text, form, .. } = sites::read_file(&root, &path)?;
    let profile = sites::detect(&root)?;
    let dialect = SiteSettings::of(profile.generator, &root).dialect.for_file_name(&path);
    let files = vec![(path, sites::encode(&text, &form))];
    let ask = Ask { root: &root, profile, files, text: &text, dialect, program_folders, language };
    ask.build(&Stop::default(), on_line)
}

impl Core {
    /// Builds the site of a post, with its text as it is in the editor; of a draft, with what publishing would write.
    pub(crate) fn build_check(&self, check: &wire::BuildCheck) -> Result<BuildChecked, Failure> {
        let (link, text, form) = {
            let post = self.open(check.post)?;
            let post = lock(&post);
            let form = post.file.as_ref().map(|file| file.form.clone()).unwrap_or_default();
            let base = post.file.as_ref().map(|file| file.link.base_text.clone()).unwrap_or_default();
            let text = post.text.to_string();
            let form = crate::saving::form_after(&form, &base, &text);
            (post.link().cloned(), text, form)
        };
        let site = link.as_ref().map(|link| link.site).or(check.site);
        let site = site.ok_or(Failure::NoFile { post: check.post })?;
        let root = self.root_of(site)?;
        let (files, text) = match &link {
            Some(link) => {
                let mut files = vec![(link.path.clone(), sites::encode(&text, &form))];
                let images = self.images_to_write(check.post, link, &text)?;
                files.extend(images.into_iter().filter_map(with_content));
                (files, text)
            }
            None => {
                let (planned, obstacle) = self.planned_files(check.post, &root, &check.choices)?;
                if let Some(obstacle) = obstacle {
                    return Err(Failure::Told(obstacle));
                }
                let files: Vec<_> = planned.into_iter().filter_map(with_content).collect();
                let text = files.first().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
                (files, text.unwrap_or_default())
            }
        };
        let work = self.begin_work(check.work);
        let profile = self.profile_at(&root)?;
        let path = files.first().map(|(path, _)| path.as_str()).unwrap_or_default();
        let dialect = self.known_site(site)?.settings.dialect.clone().for_file_name(path);
        let program_folders = &self.program_folders;
        let language = self.language();
        let ask = Ask { root: &root, profile, files, text: &text, dialect, program_folders, language };
        ask.build(&work.stop, &mut |line| work.tell(line))
    }
}

/// A file that will be there.
fn with_content(change: FileChange) -> Option<(String, Vec<u8>)> {
    change.content.map(|content| (change.path, content))
}

impl Ask<'_> {
    fn build(&self, stop: &Stop, on_line: &mut dyn FnMut(&str)) -> Result<BuildChecked, Failure> {
        let profile = &self.profile;
        let path = self.files.first().map(|(path, _)| path.clone()).unwrap_or_default();
        let built = build::build(
            &Build {
                site: self.root,
                generator: profile.generator,
                base_path: &profile.base_path,
                post: &path,
                lines_above: convert::small(lines_above(self.text)),
                files: &self.files,
                program_folders: self.program_folders,
            },
            stop,
            on_line,
        )?;
        let page = built.page.as_ref().and_then(|page| page.html.as_deref());
        let comparison = page.map(|html| page_comparison::of(self.text, &self.dialect, html, self.language));
        let mut checked = on_the_wire(built, path, convert::generator(profile.generator));
        checked.comparison = comparison;
        if checked.generator == Generator::Hugo {
            checked.messages.iter_mut().for_each(|message| count_in_utf16(message, self.text));
        }
        Ok(checked)
    }
}

/// Jekyll takes the blank lines below the front matter for its end (`Document::YAML_FRONT_MATTER_REGEXP`).
fn lines_above(text: &str) -> usize {
    let (above, body) = text.split_at(front_matter::split(text).body_start);
    let blank = body.split_inclusive('\n').take_while(|line| line.trim().is_empty()).count();
    above.matches('\n').count() + if above.is_empty() { 0 } else { blank }
}

/// Hugo's columns count bytes.
fn count_in_utf16(message: &mut BuildMessage, text: &str) {
    let (Some(line), Some(column)) = (message.line, message.column) else { return };
    let line = text.split('\n').nth((line as usize).saturating_sub(1)).unwrap_or_default();
    if let Some(before) = line.get(..(column as usize).saturating_sub(1)) {
        message.column = Some(PostText::new(line).position_of(before.len()) + 1);
    }
}

fn on_the_wire(built: Built, path: String, generator: Generator) -> BuildChecked {
    let mut messages: Vec<BuildMessage> = built
        .messages
        .into_iter()
        .map(|message| BuildMessage {
            level: match message.gravity {
                Gravity::Warning => FindingLevel::Warning,
                Gravity::Error => FindingLevel::Error,
            },
            message: message.text,
            of_post: message.of_post,
            line: message.line,
            column: message.column,
        })
        .collect();
    messages.sort_by_key(|message| (!message.of_post, message.level != FindingLevel::Error));
    BuildChecked {
        generator,
        path,
        success: built.success,
        page: built.page.map(|page| wire::BuiltPage { url: page.url, appeared: page.appeared }),
        comparison: None,
        messages,
        took: u32::try_from(built.took.as_millis()).unwrap_or(u32::MAX),
    }
}

/// What the writer is told when there was no build.
pub(crate) fn build_error(error: &BuildError, say: &Say) -> Error {
    match error {
        BuildError::NoGenerator => say.error(
            ErrorCode::NotASite,
            "This folder has no generator that could build it.",
            "이 폴더에는 빌드할 생성기가 없습니다.",
        ),
        BuildError::NotInstalled { generator } => {
            let (name, command) = installation(convert::generator(*generator));
            say.error(
                ErrorCode::System,
                format!("{name} is not installed."),
                format!("{name}이(가) 설치되어 있지 않습니다."),
            )
            .hint(
                say,
                &format!("Get it with {command}; everything else works without."),
                &format!("{command} 명령으로 설치하세요. 다른 기능은 그대로 됩니다."),
            )
        }
        BuildError::TooLarge { files, bytes } => {
            let megabytes = bytes / 1_048_576;
            say.error(
                ErrorCode::TooLarge,
                format!("The site is too large to copy ({files} files, {megabytes} MB so far)."),
                format!("사이트가 너무 커서 복사할 수 없습니다(지금까지 파일 {files}개, {megabytes} MB)."),
            )
        }
        BuildError::Stopped => say.error(ErrorCode::Stopped, "Stopped.", "멈췄습니다."),
        BuildError::Site(error) => messages::site(error, say),
        BuildError::Program(error) => git_messages::program(error, say),
    }
}

/// How each generator is had, as its own documentation says.
fn installation(generator: Generator) -> (&'static str, &'static str) {
    match generator {
        Generator::Hugo => (
            "Hugo",
            "`brew install hugo`, `winget install Hugo.Hugo.Extended`, `snap install hugo` (gohugo.io/installation)",
        ),
        Generator::Jekyll => ("Jekyll", "`gem install bundler jekyll` (jekyllrb.com/docs/installation)"),
        Generator::Zola => ("Zola", "`brew install zola`, `winget install getzola.zola` (getzola.org)"),
        Generator::Hexo => ("Hexo", "`npm install` (in the site’s folder; hexo.io/docs)"),
        Generator::Astro => ("Astro", "`npm install` (in the site’s folder; docs.astro.build)"),
        Generator::Plain => ("?", "?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jekylls_first_line_is_the_first_with_text() {
        for (text, above) in
            [("---\na: b\n---\nx", 3), ("---\na: b\n---\n\n  \n  x\n\ny", 5), ("\n\nno front matter", 0)]
        {
            assert_eq!(lines_above(text), above, "{text:?}");
        }
    }

    #[test]
    fn bytes_become_utf16_units() {
        let mut message = BuildMessage {
            level: FindingLevel::Error,
            message: String::new(),
            of_post: true,
            line: Some(2),
            column: Some(9),
        };
        count_in_utf16(&mut message, "a\n글 😀x");
        assert_eq!(message.column, Some(5));
        // In the middle of a letter, or past the line: as it was.
        for column in [2, 90] {
            message.column = Some(column);
            count_in_utf16(&mut message, "a\n글 😀x");
            assert_eq!(message.column, Some(column));
        }
    }
}
