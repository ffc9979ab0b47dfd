//! The templates that Hugo (archetypes) and Hexo (scaffolds) make a new post from, filled as far as they can be without
//! their generator.

use jiff::Zoned;

use crate::apply_changes;
use crate::front_matter::{self, Value, set_field};
use crate::plan::written_date;
use crate::profile::{DateForm, Generator};

/// What a template may ask for.
#[derive(Debug, Clone)]
pub struct ArchetypeContext<'a> {
    /// The file's name without its extension; a bundle's folder's.
    pub name: &'a str,
    /// The section: the first folder below the content folder.
    pub section: &'a str,
    /// The post's title: Hexo's templates ask for it, Hugo's make it of the name.
    pub title: &'a str,
    /// The time, in the site's zone.
    pub now: &'a Zoned,
}

/// A template that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledArchetype {
    /// The text of the post.
    pub text: String,
    /// The actions that only the generator could run, as written. They stand in the text still.
    pub left: Vec<String>,
}

/// Fills a template: the common actions are evaluated, all others stay for the writer.
pub fn fill_archetype(
    generator: Generator,
    template: &str,
    context: &ArchetypeContext<'_>,
) -> FilledArchetype {
    let mut filled = FilledArchetype { text: String::new(), left: Vec::new() };
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}").map(|end| end + 2) else { break };
        let action = &rest[start..start + length];
        let inner = &action[2..length - 2];
        let (inner, trims_before) = inner.strip_prefix('-').map_or((inner, false), |inner| (inner, true));
        let (inner, trims_after) = inner.strip_suffix('-').map_or((inner, false), |inner| (inner, true));
        filled.text.push_str(&rest[..start]);
        rest = &rest[start + length..];
        let value = match generator {
            Generator::Hexo => of_hexo(inner.trim(), context),
            _ => of_hugo(inner.trim(), context),
        };
        let Some(value) = value else {
            filled.left.push(action.to_owned());
            filled.text.push_str(action);
            continue;
        };
        if trims_before {
            filled.text.truncate(filled.text.trim_end().len());
        }
        filled.text.push_str(&value);
        if trims_after {
            rest = rest.trim_start();
        }
    }
    filled.text.push_str(rest);
    filled
}

/// A new post from a template, with the title that the writer gave it; what is left of a title that the template would
/// have made is none then.
pub fn post_from_archetype(
    generator: Generator,
    template: &str,
    context: &ArchetypeContext<'_>,
) -> FilledArchetype {
    let FilledArchetype { text, left } = fill_archetype(generator, template, context);
    // An action in quotes has quotes of its own, which would end those around it: words stand for them meanwhile.
    let stand_in = |place: usize| format!("postwright{place}left");
    let mut masked = text.clone();
    for (place, action) in left.iter().enumerate() {
        masked = masked.replacen(action, &stand_in(place), 1);
    }
    // Hexo's title is written as it is, and may need quotes.
    let bare = fill_archetype(generator, template, &ArchetypeContext { title: "x", ..context.clone() }).text;
    let broken = front_matter::read(&masked).problem.is_some() && generator == Generator::Hexo;
    let masked = if broken { bare } else { masked };
    let title = Value::Text(context.title.to_owned());
    let titled = match set_field(&masked, "title", &title) {
        Ok(changes) if !context.title.is_empty() => apply_changes(&masked, &changes),
        _ => masked,
    };
    let mut filled = FilledArchetype { text: titled, left: Vec::new() };
    for (place, action) in left.into_iter().enumerate() {
        if filled.text.contains(&stand_in(place)) {
            filled.text = filled.text.replace(&stand_in(place), &action);
            filled.left.push(action);
        }
    }
    filled
}

/// Whether a template says no more than the one that Hugo makes for every site, so that nobody has thought about it.
pub fn is_hugos_own_archetype(template: &str) -> bool {
    let keys = template.lines().filter(|line| !matches!(line.trim(), "" | "---" | "+++"));
    keys.into_iter().all(|line| {
        let key = line.split([':', '=']).next().unwrap_or_default().trim();
        matches!(key, "title" | "date" | "draft")
    })
}

/// The names that Hexo gives its scaffolds (<https://hexo.io/docs/writing#Scaffolds>).
fn of_hexo(name: &str, context: &ArchetypeContext<'_>) -> Option<String> {
    match name {
        "title" => Some(context.title.to_owned()),
        "date" => Some(written_date(context.now, DateForm::Spaced)),
        "layout" => Some("post".to_owned()),
        "slug" => Some(context.name.to_owned()),
        _ => None,
    }
}

/// An action of Go's templates with the functions that archetypes mostly have
/// (<https://gohugo.io/content-management/archetypes/>); none for any other.
fn of_hugo(action: &str, context: &ArchetypeContext<'_>) -> Option<String> {
    if action.starts_with("/*") && action.ends_with("*/") {
        return Some(String::new());
    }
    let words = words_of(action)?;
    match pipeline(&words, context)? {
        Piece::Text(text) => Some(text),
        Piece::Now => Some(written_date(context.now, DateForm::Rfc3339)),
    }
}

/// A value of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Now,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Name(String),
    Text(String),
    Pipe,
    Group(Vec<Word>),
}

/// The words of an action; none where it cannot be read.
fn words_of(action: &str) -> Option<Vec<Word>> {
    let mut groups: Vec<Vec<Word>> = vec![Vec::new()];
    let mut rest = action.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '`' => {
                let end = rest[1..].find(first)? + 2;
                let text = &rest[1..end - 1];
                if text.contains('\\') {
                    return None;
                }
                groups.last_mut()?.push(Word::Text(text.to_owned()));
                end
            }
            '(' => {
                groups.push(Vec::new());
                1
            }
            ')' => {
                let group = groups.pop()?;
                groups.last_mut()?.push(Word::Group(group));
                1
            }
            '|' => {
                groups.last_mut()?.push(Word::Pipe);
                1
            }
            _ => {
                let end = rest.find([' ', '\t', '\n', ')', '(', '|', '"', '`']).unwrap_or(rest.len());
                groups.last_mut()?.push(Word::Name(rest[..end].to_owned()));
                end
            }
        };
        rest = rest[length..].trim_start();
    }
    let words = groups.pop()?;
    groups.is_empty().then_some(words)
}

fn pipeline(words: &[Word], context: &ArchetypeContext<'_>) -> Option<Piece> {
    let mut piped: Option<Piece> = None;
    for step in words.split(|word| *word == Word::Pipe) {
        piped = Some(command(step, piped, context)?);
    }
    piped
}

fn command(words: &[Word], piped: Option<Piece>, context: &ArchetypeContext<'_>) -> Option<Piece> {
    let (first, arguments) = words.split_first()?;
    let mut values: Vec<Piece> =
        arguments.iter().map(|word| value(word, context)).collect::<Option<Vec<Piece>>>()?;
    values.extend(piped);
    let Word::Name(name) = first else {
        return values.is_empty().then(|| value(first, context))?;
    };
    if values.is_empty() {
        return value(first, context);
    }
    let text = |place: usize| match values.get(place) {
        Some(Piece::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let alone = |made: String| (values.len() == 1).then_some(Piece::Text(made));
    match name.as_str() {
        "replace" | "strings.Replace" if values.len() == 3 => {
            Some(Piece::Text(text(0)?.replace(text(1)?, text(2)?)))
        }
        "title" | "strings.Title" => alone(title_case(text(0)?)),
        "lower" | "strings.ToLower" => alone(text(0)?.to_lowercase()),
        "upper" | "strings.ToUpper" => alone(text(0)?.to_uppercase()),
        "humanize" | "inflect.Humanize" => alone(humanized(text(0)?)),
        "now.Format" | "time.Now.Format" => alone(go_date(context.now, text(0)?)?),
        "dateFormat" | "time.Format" if values.len() == 2 => {
            let is_now = match &values[1] {
                Piece::Now => true,
                Piece::Text(_) => false,
            };
            is_now.then(|| go_date(context.now, text(0)?).map(Piece::Text))?
        }
        _ => None,
    }
}

fn value(word: &Word, context: &ArchetypeContext<'_>) -> Option<Piece> {
    match word {
        Word::Text(text) => Some(Piece::Text(text.clone())),
        Word::Group(words) => pipeline(words, context),
        Word::Pipe => None,
        Word::Name(name) => match name.as_str() {
            ".Date" | "now" | "time.Now" => Some(Piece::Now),
            ".Name" | ".TranslationBaseName" | ".File.ContentBaseName" | ".File.TranslationBaseName" => {
                Some(Piece::Text(context.name.to_owned()))
            }
            ".Type" | ".Section" => Some(Piece::Text(context.section.to_owned())),
            _ => None,
        },
    }
}

/// Words that a title in the style of the Associated Press, Hugo's default, has in small letters.
const SMALL_WORDS: [&str; 21] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per",
    "the", "to", "v", "via", "vs",
];

/// A title as Hugo's `title` writes it: each word with a capital, but for small words inside.
fn title_case(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let last = words.len().saturating_sub(1);
    let word = |(place, word): (usize, &&str)| {
        let small = word.to_lowercase();
        if place > 0 && place < last && SMALL_WORDS.contains(&small.as_str()) { small } else { capital(word) }
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// As Hugo's `humanize`: dashes and underscores are blanks, and the first letter is a capital.
fn humanized(text: &str) -> String {
    capital(text.replace(['-', '_'], " ").trim())
}

/// A time in a form of Go's, which shows the second of January 2006; none where it has a part that is not known here.
fn go_date(now: &Zoned, form: &str) -> Option<String> {
    const PARTS: [(&str, &str); 16] = [
        ("2006", "%Y"),
        ("January", "%B"),
        ("Monday", "%A"),
        ("Z07:00", "%:z"),
        ("-07:00", "%:z"),
        ("-0700", "%z"),
        ("Jan", "%b"),
        ("Mon", "%a"),
        ("MST", "%Z"),
        ("01", "%m"),
        ("02", "%d"),
        ("15", "%H"),
        ("04", "%M"),
        ("05", "%S"),
        ("03", "%I"),
        ("PM", "%p"),
    ];
    let mut written = String::new();
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        if let Some((part, directive)) = PARTS.iter().find(|(part, _)| rest.starts_with(part)) {
            written.push_str(&now.strftime(directive).to_string());
            rest = &rest[part.len()..];
        } else if first.is_ascii_digit() {
            return None;
        } else {
            written.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(generator: Generator, template: &str) -> FilledArchetype {
        let now: Zoned = "2026-11-21T13:05:09+09:00[Asia/Seoul]".parse().unwrap();
        let context =
            ArchetypeContext { name: "the-art-of-code", section: "posts", title: "The Art", now: &now };
        fill_archetype(generator, template, &context)
    }

    #[test]
    fn the_common_actions_are_evaluated() {
        for (action, expected) in [
            ("{{ .Date }}", "2026-11-21T13:05:09+09:00"),
            ("{{ .Name }}", "the-art-of-code"),
            ("{{ replace .Name \"-\" \" \" | title }}", "The Art of Code"),
            ("{{replace .TranslationBaseName `-` ` `|title}}", "The Art of Code"),
            ("{{ title (replace .File.ContentBaseName \"-\" \" \") }}", "The Art of Code"),
            ("{{ .Name | humanize }}", "The art of code"),
            ("{{ now.Format \"2006-01-02 15:04\" }}", "2026-11-21 13:05"),
            ("{{ dateFormat \"Jan 2006\" .Date }}", "Nov 2026"),
            ("{{ .Date | time.Format \"2006\" }}", "2026"),
            ("a {{- /* nothing */ -}} b", "ab"),
            ("{{ .Type }}", "posts"),
        ] {
            assert_eq!(filled(Generator::Hugo, action).text, expected, "{action}");
        }
    }

    #[test]
    fn what_only_the_generator_could_run_stays_and_is_told() {
        for action in [
            "{{ .Site.Params.author }}",
            "{{ if .Draft }}x{{ end }}",
            "{{ now.Format \"2\" }}",
            "{{ index (split .Name \"-\") 0 }}",
            "{{ replace .Name \"-\" }}",
            "{{ \"\\n\" }}",
            "{{ (now }}",
        ] {
            let made = filled(Generator::Hugo, action);
            assert_eq!(made.text, action);
            assert!(!made.left.is_empty(), "{action}");
        }
    }

    #[test]
    fn scaffolds_of_hexo_are_filled() {
        let made = filled(Generator::Hexo, "title: {{ title }}\ndate: {{ date }}\nauthor: {{ author }}\n");
        assert_eq!(made.text, "title: The Art\ndate: 2026-11-21 13:05:09\nauthor: {{ author }}\n");
        assert_eq!(made.left, ["{{ author }}"]);
    }
    #[test]
    fn the_writers_title_stands_for_the_one_that_is_made() {
        let now: Zoned = "2026-11-21T13:05:09+09:00[Asia/Seoul]".parse().unwrap();
        let context = ArchetypeContext { name: "a", section: "posts", title: "A: 글", now: &now };
        let template =
            "---\ntitle: \"{{ replaceRE \"a\" \"b\" .Name | title }}\"\nauthor: {{ .Site.Author }}\n---\n";
        let made = post_from_archetype(Generator::Hugo, template, &context);
        assert_eq!(made.text, "---\ntitle: \"A: 글\"\nauthor: {{ .Site.Author }}\n---\n");
        assert_eq!(made.left, ["{{ .Site.Author }}"]);
        let made = post_from_archetype(Generator::Hexo, "---\ntitle: {{ title }}\ntags:\n---\n", &context);
        assert_eq!(made.text, "---\ntitle: \"A: 글\"\ntags:\n---\n");
        assert!(is_hugos_own_archetype(
            "+++\ntitle = '{{ .Name }}'\ndate = {{ .Date }}\ndraft = true\n+++\n"
        ));
        assert!(!is_hugos_own_archetype("---\ntitle: x\nauthor: me\n---\n"));
    }
}
