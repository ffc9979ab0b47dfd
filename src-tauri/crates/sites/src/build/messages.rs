//! What a generator complains of, and where.

use postwright_post::profile::Generator;

use super::Build;
use crate::site_copy::SiteCopy;

/// How many lines of a failed build are shown that named no error.
const LAST_LINES: usize = 12;

/// One thing that a generator said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildMessage {
    /// How grave it is.
    pub gravity: Gravity,
    /// Its words, without the place of the copy.
    pub text: String,
    /// Whether it is about the post.
    pub of_post: bool,
    /// The line in the post, from 1, where it says one.
    pub line: Option<u32>,
    /// The column, from 1, where it says one.
    pub column: Option<u32>,
}

/// How grave something is to a generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// It goes on.
    Warning,
    /// Something is not built.
    Error,
}

/// Reads errors and warnings out of all that a generator said.
pub(super) fn read(said: &str, ask: &Build<'_>, copy: &SiteCopy, success: bool) -> Vec<BuildMessage> {
    let root = copy.root();
    let places: Vec<String> = [root.canonicalize().ok(), Some(root)]
        .into_iter()
        .flatten()
        .map(|folder| format!("{}/", folder.display()))
        .collect();
    let plain = places.iter().fold(without_colours(said), |said, place| said.replace(place, ""));
    let mut messages: Vec<BuildMessage> = Vec::new();
    for line in plain.lines() {
        let Some(gravity) = gravity_of(line) else { continue };
        let message = message(line.trim(), gravity, ask);
        if !messages.contains(&message) {
            messages.push(message);
        }
    }
    let named = messages.iter().any(|message| message.gravity == Gravity::Error);
    if !success && !named {
        let lines: Vec<&str> = plain.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines[lines.len().saturating_sub(LAST_LINES)..].join("\n");
        messages.push(message(&last, Gravity::Error, ask));
    }
    messages
}

/// Without the sequences by which a terminal is told of colours: ESC, a bracket, and all up to a letter.
fn without_colours(said: &str) -> String {
    let mut pieces = said.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| {
        let end = piece.find(|c: char| c.is_ascii_alphabetic()).map_or(0, |letter| letter + 1);
        plain + &piece[end..]
    })
}

/// Only lines that a generator begins with its word for it: a trace or a hint is none.
fn gravity_of(line: &str) -> Option<Gravity> {
    const ERRORS: &[&str] =
        &["ERROR", "Error:", "[ERROR]", "Liquid Exception:", "FATAL", "YAMLException", "error "];
    const WARNINGS: &[&str] = &["WARN", "Warning:", "Build Warning:", "[WARN]", "Skipping:"];
    // What Jekyll says once more below, and the frame around it.
    if line.contains("YOUR SITE COULD NOT BE BUILT") {
        return None;
    }
    let line = line.trim_start();
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    // `TypeError:`, `Nunjucks Error:`, as JavaScript names what it throws.
    let names_error =
        line.split_once(':').is_some_and(|(name, _)| name.ends_with("Error") && name.split(' ').count() <= 2);
    if begins(ERRORS) || names_error {
        Some(Gravity::Error)
    } else if begins(WARNINGS) {
        Some(Gravity::Warning)
    } else {
        None
    }
}

fn message(text: &str, gravity: Gravity, ask: &Build<'_>) -> BuildMessage {
    let named = names_of(ask).into_iter().find_map(|name| Some((text.find(&name)?, name)));
    let (line, column) = match &named {
        Some((at, name)) => place_behind(&text[at + name.len()..]).or_else(|| place_in(text, ask)).unzip(),
        None => (None, None),
    };
    BuildMessage { gravity, text: text.to_owned(), of_post: named.is_some(), line, column: column.flatten() }
}

/// How generators write the post's path: in the site, or in their folder for content.
fn names_of(ask: &Build<'_>) -> Vec<String> {
    let mut names = vec![ask.post.to_owned()];
    if ask.generator == Generator::Hexo {
        names.extend(ask.post.strip_prefix("source/").map(str::to_owned));
    }
    names
}

/// `:12:3`, right behind the path.
fn place_behind(rest: &str) -> Option<(u32, Option<u32>)> {
    let mut numbers = rest.strip_prefix(':')?.split(':').map_while(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        part[..digits].parse::<u32>().ok()
    });
    let line = numbers.next()?;
    Some((line, numbers.next()))
}

/// Words for a place elsewhere in the message.
fn place_in(text: &str, ask: &Build<'_>) -> Option<(u32, Option<u32>)> {
    // Liquid counts from the first line behind the front matter.
    if let Some(line) = number_behind(text, "(line ") {
        let above = if ask.generator == Generator::Jekyll { ask.lines_above } else { 0 };
        return Some((line + above, None));
    }
    // Nunjucks counts in the HTML that Hexo hands it, which is no place in the post.
    if ask.generator == Generator::Hexo {
        return None;
    }
    // Psych.
    number_behind(text, " at line ").map(|line| (line, number_behind(text, " column ")))
}

fn number_behind(text: &str, words: &str) -> Option<u32> {
    let (_, rest) = text.split_once(words)?;
    rest[..rest.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn places(generator: Generator, post: &str, said: &[&str]) -> Vec<(bool, Option<u32>, Option<u32>)> {
        let ask = Build {
            site: Path::new("/site"),
            generator,
            base_path: "",
            post,
            lines_above: 4,
            files: &[],
            program_folders: &[],
        };
        let place = |text: &&str| {
            let message = message(text, Gravity::Error, &ask);
            (message.of_post, message.line, message.column)
        };
        said.iter().map(place).collect()
    }

    #[test]
    fn each_generators_words_for_a_place_are_read() {
        let hugo = [
            "ERROR assemble: \"content/a.md:5:4\": failed to extract shortcode",
            "WARN  Raw HTML omitted while rendering \"content/a.md\"; see",
            "ERROR \"content/b.md:5:4\": no",
        ];
        let expected = [(true, Some(5), Some(4)), (true, None, None), (false, None, None)];
        assert_eq!(places(Generator::Hugo, "content/a.md", &hugo), expected);
        let jekyll = [
            "Liquid Exception: Liquid syntax error (line 3): Unknown tag 'nope' in _posts/a.md",
            "Error: YAML Exception reading _posts/a.md: (<unknown>): mapping at line 3 column 9",
        ];
        let expected = [(true, Some(7), None), (true, Some(3), Some(9))];
        assert_eq!(places(Generator::Jekyll, "_posts/a.md", &jekyll), expected);
        let hexo = ["ERROR Nunjucks Error: _posts/a.md [Line 9, Column 4] unknown block tag: nope"];
        assert_eq!(places(Generator::Hexo, "source/_posts/a.md", &hexo), [(true, None, None)]);
    }

    #[test]
    fn colours_are_taken_out_and_only_complaints_count() {
        assert_eq!(without_colours("\u{1b}[31m  Error: x\u{1b}[0m y"), "  Error: x y");
        for (line, gravity) in [
            ("ERROR a", Some(Gravity::Error)),
            ("   Build Warning: b", Some(Gravity::Warning)),
            ("Nunjucks Error: _posts/a.md [Line 2, Column 4] x", Some(Gravity::Error)),
            ("Total in 24 ms", None),
            ("\tfrom /usr/lib/x.rb: Error: c", None),
            ("ERROR: YOUR SITE COULD NOT BE BUILT:", None),
        ] {
            assert_eq!(gravity_of(line), gravity, "{line}");
        }
    }
}
