//! What the info string of a fence says, in the notation of each generator.
//!
//! | generator | notation |
//! |---|---|
//! | Hugo 0.168 | `go {linenos=inline,hl_lines=[2,"4-6"],linenostart=199}`; braces that it cannot read end its build |
//! | Zola 0.22 | `rust,linenos,linenostart=20,hl_lines=1 3-5,hide_lines=1-2,name=x` |
//! | Jekyll 4 | `ruby`; `ruby linenos mark_lines="1 3"` from `{% highlight %}` |
//! | Hexo 8 | `js title https://… link text mark:1,4-7 first_line:5 line_number:false` |
//! | Astro 7 (Shiki) | `js`; what follows the language says nothing |
//! | Astro with Expressive Code, Docusaurus | `js title="a.js" {1,3-5} showLineNumbers startLineNumber=5` |

use std::ops::RangeInclusive;

/// Whose notation a fence is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Notation {
    /// What can be understood of any.
    #[default]
    Generic,
    /// goldmark attributes in braces.
    Hugo,
    /// A list parted by commas.
    Zola,
    /// One word, or the arguments of `{% highlight %}`.
    Jekyll,
    /// Language, title, address and words for it.
    Hexo,
    /// The language alone.
    Astro,
    /// Expressive Code's words and ranges.
    ExpressiveCode,
}

/// What a fence says of its code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fence {
    /// The language as the writer calls it.
    pub language: Option<String>,
    /// The caption.
    pub title: Option<String>,
    /// What the caption leads to, and in which words.
    pub link: Option<(String, String)>,
    /// Whether lines are numbered; `None` leaves it to the site.
    pub line_numbers: Option<bool>,
    /// The number of the first line, if it is not 1.
    pub start: Option<usize>,
    /// Lines to be marked, the first line being 1 whatever its number is.
    pub marked: Vec<RangeInclusive<usize>>,
    /// Lines that the site leaves out.
    pub hidden: Vec<RangeInclusive<usize>>,
    /// What the generator will not take.
    pub problem: Option<FenceProblem>,
}

/// What a generator will not take of a fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FenceProblem {
    /// Hugo ends its build with an error at these braces.
    EndsTheBuild,
    /// kramdown takes no fence whose info string has a space: the site shows inline code.
    NoFence,
    /// A line or a range that is none: it is passed over.
    NotALine,
}

/// Reads the info string of a fence.
pub(crate) fn parse(info: &str, notation: Notation) -> Fence {
    let info = info.trim();
    match notation {
        Notation::Hugo => hugo(info),
        Notation::Zola => zola(info),
        Notation::Jekyll => jekyll(info),
        Notation::Hexo => hexo(info),
        Notation::Astro => Fence::named(first_word(info).0),
        Notation::ExpressiveCode => words(info),
        Notation::Generic => generic(info),
    }
}

impl Fence {
    /// Whether a line, counted from 1, is marked.
    pub fn marks(&self, line: usize) -> bool {
        self.marked.iter().any(|range| range.contains(&line))
    }

    /// Whether a line, counted from 1, is left out.
    pub fn hides(&self, line: usize) -> bool {
        self.hidden.iter().any(|range| range.contains(&line))
    }

    /// The number that a line shows, if lines are numbered.
    pub fn number(&self, line: usize, otherwise: bool) -> Option<usize> {
        self.line_numbers.unwrap_or(otherwise).then(|| self.start.unwrap_or(1).saturating_add(line - 1))
    }

    fn named(language: &str) -> Self {
        Self { language: Some(language.to_owned()).filter(|name| !name.is_empty()), ..Self::default() }
    }

    /// An option by its name, whatever the notation around it was; false if it is none of a fence.
    fn set(&mut self, key: &str, value: Option<&str>) -> bool {
        let value = value.map(unquoted);
        match (key.to_ascii_lowercase().as_str(), value) {
            ("linenos" | "showlinenumbers" | "line_number" | "lineno" | "line-numbers", value) => {
                let number = value.and_then(|value| value.parse().ok());
                self.start = self.start.or(number);
                self.line_numbers = Some(!matches!(value, Some("false" | "none" | "off")));
            }
            ("linenostart" | "startlinenumber" | "first_line" | "start", Some(value)) => {
                match value.parse() {
                    Ok(start) => self.start = Some(start),
                    Err(_) => self.problem = Some(FenceProblem::NotALine),
                }
            }
            ("hl_lines" | "mark_lines" | "mark", Some(value)) => {
                let list = lines(value, &mut self.problem);
                self.marked.extend(list);
            }
            ("hide_lines", Some(value)) => {
                let list = lines(value, &mut self.problem);
                self.hidden.extend(list);
            }
            ("title" | "name" | "filename" | "file", Some(value)) => self.title = Some(value.to_owned()),
            _ => return false,
        }
        true
    }
}

/// goldmark's attributes after the language, as Hugo 0.168 takes them.
fn hugo(info: &str) -> Fence {
    let (language, rest) = info.split_at(info.find(['{', ' ', '\t']).unwrap_or(info.len()));
    let mut fence = Fence::named(language);
    let Some((_, attributes)) = rest.split_once('{') else { return fence };
    // Without its other brace, it is no attribute list; Hugo passes it over.
    let Some((attributes, _)) = attributes.rsplit_once('}') else { return fence };
    if attributes_of(attributes, &mut fence).is_none() {
        fence.problem = Some(FenceProblem::EndsTheBuild);
    }
    fence
}

/// `.class #id key=value`, parted by spaces or commas; a value is a word, a quoted text or a list.
fn attributes_of(attributes: &str, fence: &mut Fence) -> Option<()> {
    let mut rest = attributes.trim_start_matches([' ', ',']);
    while !rest.is_empty() {
        if let Some(name) = rest.strip_prefix(['.', '#']) {
            let end = name.find([' ', ',']).unwrap_or(name.len());
            rest = &name[end..];
        } else {
            let (key, after) = rest.split_once('=')?;
            if !key.starts_with(|c: char| c.is_alphabetic() || "_:".contains(c)) || key.contains([' ', ',']) {
                return None;
            }
            let end = value_end(after)?;
            let (value, after) = after.split_at(end);
            // What is no option of the highlighter becomes an attribute of the element, a title among them.
            if key != "title" && key != "name" {
                fence.set(key, Some(value));
            }
            rest = after;
        }
        rest = rest.trim_start_matches([' ', ',']);
    }
    Some(())
}

fn value_end(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '"' => Some(1 + closing(&text[1..], '"')? + 1),
        '[' => Some(text.find(']')? + 1),
        _ => Some(text.find([' ', ',']).unwrap_or(text.len())),
    }
}

fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}

fn zola(info: &str) -> Fence {
    let mut parts = info.split(',').map(str::trim);
    let mut fence = Fence::named(parts.next().unwrap_or_default());
    for part in parts {
        let (key, value) = part.split_once('=').map_or((part, None), |(key, value)| (key, Some(value)));
        // A name goes into an attribute, which shows nothing of itself.
        if key != "name" {
            fence.set(key, value);
        }
    }
    fence
}

fn jekyll(info: &str) -> Fence {
    let (language, rest) = first_word(info);
    let mut fence = Fence::named(language);
    // Rouge options after a question mark are part of kramdown's language: `ruby?start_line=3`.
    if let Some((language, options)) = language.split_once('?') {
        fence.language = Some(language.to_owned());
        for option in options.split('&') {
            let (key, value) = option.split_once('=').unwrap_or((option, ""));
            fence.set(if key == "start_line" { "start" } else { key }, Some(value));
        }
    }
    options(rest, &mut fence);
    if !rest.is_empty() && fence.line_numbers.is_none() && fence.marked.is_empty() {
        fence.problem = Some(FenceProblem::NoFence);
    }
    fence
}

/// Hexo's backtick blocks: `language title url link text`, and `key:value` anywhere.
fn hexo(info: &str) -> Fence {
    const OPTIONS: [&str; 7] =
        ["line_number", "line_threshold", "first_line", "wrap", "mark", "language_attr", "highlight"];
    let (language, rest) = first_word(info);
    let mut fence = Fence::named(language);
    let mut words = Vec::new();
    for word in rest.split_whitespace() {
        match word.split_once(':').filter(|(key, _)| OPTIONS.contains(key)) {
            Some((key, value)) => _ = fence.set(key, Some(value)),
            None => words.push(word),
        }
    }
    let url = words.iter().skip(1).position(|word| is_url(word)).map(|at| at + 1);
    if let Some(at) = url {
        let text = words[at + 1..].join(" ");
        fence.link = Some((words[at].to_owned(), if text.is_empty() { "link".to_owned() } else { text }));
        words.truncate(at);
    }
    fence.title = Some(words.join(" ")).filter(|title| !title.is_empty());
    fence
}

fn is_url(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://") || word.starts_with('/')
}

/// The notation of Expressive Code and Docusaurus: words, `key="value"` and ranges in braces.
fn words(info: &str) -> Fence {
    let end = info.find(['{', ' ', '\t']).unwrap_or(info.len());
    let (language, rest) = info.split_at(end);
    let mut fence = Fence::named(language);
    options(rest, &mut fence);
    fence
}

fn options(rest: &str, fence: &mut Fence) {
    let mut rest = rest.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = if first == '{' {
            let end = rest.find('}').unwrap_or(rest.len());
            let inner = &rest[1..end];
            // `{1,3-5}` marks lines; after a word, `showLineNumbers{5}`, it is where numbers begin.
            let list = lines(inner, &mut fence.problem);
            fence.marked.extend(list);
            rest.get(end + 1..).unwrap_or_default()
        } else {
            option(rest, fence)
        };
        rest = after.trim_start();
    }
}

/// One `key`, `key=value` or `key{value}`; gives what follows it.
fn option<'i>(rest: &'i str, fence: &mut Fence) -> &'i str {
    let end = rest.find(['=', ' ', '\t', '{']).unwrap_or(rest.len());
    let (key, after) = rest.split_at(end.max(1).min(rest.len()));
    if let Some(value) = after.strip_prefix('=') {
        let length = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => closing(&value[1..], quote).map_or(value.len(), |at| at + 2),
            Some('{') => value.find('}').map_or(value.len(), |at| at + 1),
            _ => value.find([' ', '\t']).unwrap_or(value.len()),
        };
        let (value, after) = value.split_at(length);
        fence.set(key, Some(value.trim_matches(['{', '}'])));
        return after;
    }
    if after.starts_with('{') && key.eq_ignore_ascii_case("showLineNumbers") {
        let inner = &after[1..after.find('}').unwrap_or(after.len())];
        fence.set(key, Some(inner));
        return after.get(inner.len() + 2..).unwrap_or_default();
    }
    fence.set(key, None);
    after
}

/// Any of the others, by its looks.
fn generic(info: &str) -> Fence {
    // Pandoc's `{.python}`.
    let info = info.strip_prefix("{.").map_or(info, |inner| inner.trim_end_matches('}'));
    let word = info.find([' ', '\t', '{', ',', ';']).unwrap_or(info.len());
    let rest = &info[word..];
    let mut fence = match rest.chars().next() {
        Some(',') => zola(info),
        _ if rest.contains('{')
            && rest.contains('=')
            && !rest.trim_start().starts_with(char::is_alphabetic) =>
        {
            hugo(info)
        }
        _ => words(info),
    };
    // `js:app.js`: the name after the language.
    let language = fence.language.take().unwrap_or_default();
    let (language, name) = language.split_once([':', ';']).unwrap_or((&language, ""));
    if fence.title.is_none() && !name.is_empty() {
        fence.title = Some(name.to_owned());
    }
    fence.language = Some(language.to_owned()).filter(|language| !language.is_empty());
    fence.problem = None;
    fence
}

fn first_word(info: &str) -> (&str, &str) {
    let (word, rest) = info.split_at(info.find([' ', '\t']).unwrap_or(info.len()));
    (word, rest.trim_start())
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

/// `2`, `1 3-5`, `[2,"4-6"]`: lines and ranges.
fn lines(list: &str, problem: &mut Option<FenceProblem>) -> Vec<RangeInclusive<usize>> {
    let parts =
        list.split(|c: char| c.is_whitespace() || ",[]\"'".contains(c)).filter(|part| !part.is_empty());
    let mut ranges = Vec::new();
    for part in parts {
        match range(part) {
            Some(range) => ranges.push(range),
            None => *problem = problem.or(Some(FenceProblem::NotALine)),
        }
    }
    ranges
}

fn range(part: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (1..=last).contains(&first).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fence(info: &str, notation: Notation) -> Fence {
        parse(info, notation)
    }

    #[test]
    fn hugo_reads_attributes_in_braces() {
        let found = fence("go {linenos=inline,hl_lines=[2,\"4-6\"],linenostart=199}", Notation::Hugo);
        assert_eq!(found.language.as_deref(), Some("go"));
        assert_eq!((found.line_numbers, found.start), (Some(true), Some(199)));
        assert_eq!(found.marked, [2..=2, 4..=6]);
        assert!(found.marks(5) && !found.marks(3) && found.problem.is_none());
        assert_eq!(found.number(3, false), Some(201));
        let found = fence("js {lineNos=true hl_lines=\"2 3\" lineNoStart=5 .wide #first}", Notation::Hugo);
        assert_eq!((found.line_numbers, found.start), (Some(true), Some(5)));
        assert_eq!(found.marked, [2..=2, 3..=3]);
        assert_eq!(fence("js {linenos=false}", Notation::Hugo).line_numbers, Some(false));
    }

    /// As Hugo 0.168 answers them: the first three end its build.
    #[test]
    fn hugo_fails_at_braces_of_other_notations() {
        for info in ["js title=\"a.js\" {1,3} showLineNumbers", "js{1,3-5}", "js {linenos}"] {
            assert_eq!(fence(info, Notation::Hugo).problem, Some(FenceProblem::EndsTheBuild), "{info}");
        }
        for info in ["js linenos", "js {linenos=table", "js title=\"a.js\"", "js {title=\"x\"}"] {
            let found = fence(info, Notation::Hugo);
            assert_eq!(
                (found.problem, found.title, found.language.as_deref()),
                (None, None, Some("js")),
                "{info}"
            );
        }
        assert_eq!(fence("js,linenos", Notation::Hugo).language.as_deref(), Some("js,linenos"));
        let found = fence("js {hl_lines=[\"2-\"]}", Notation::Hugo);
        assert_eq!((found.problem, found.marked.len()), (Some(FenceProblem::NotALine), 0));
    }

    #[test]
    fn zola_reads_a_list_of_options() {
        let found =
            fence("rust,linenos,linenostart=20,hl_lines=1 3-5,hide_lines=1-2,name=main.rs", Notation::Zola);
        assert_eq!(found.language.as_deref(), Some("rust"));
        assert_eq!((found.line_numbers, found.start), (Some(true), Some(20)));
        assert_eq!(found.marked, [1..=1, 3..=5]);
        assert!(found.hides(2) && !found.hides(3));
        assert_eq!(found.title, None);
    }

    #[test]
    fn jekyll_takes_one_word() {
        assert_eq!(fence("ruby", Notation::Jekyll).problem, None);
        assert_eq!(fence("ruby title", Notation::Jekyll).problem, Some(FenceProblem::NoFence));
        let found = fence("ruby linenos mark_lines=\"1 3\"", Notation::Jekyll);
        assert_eq!((found.line_numbers, found.problem), (Some(true), None));
        assert_eq!(found.marked, [1..=1, 3..=3]);
        assert_eq!(fence("ruby?start_line=3", Notation::Jekyll).start, Some(3));
    }

    #[test]
    fn hexo_reads_a_caption_and_a_link() {
        let found =
            fence("js 첫 예제 https://example.com/a 원본 보기 mark:1,4-7 first_line:5", Notation::Hexo);
        assert_eq!(found.title.as_deref(), Some("첫 예제"));
        assert_eq!(found.link, Some(("https://example.com/a".to_owned(), "원본 보기".to_owned())));
        assert_eq!((found.marked, found.start), (vec![1..=1, 4..=7], Some(5)));
        assert_eq!(fence("js line_number:false", Notation::Hexo).line_numbers, Some(false));
        assert_eq!(fence("js", Notation::Hexo).title, None);
    }

    #[test]
    fn expressive_code_reads_words_and_ranges() {
        let found =
            fence("js title=\"a b.js\" {1,3-5} showLineNumbers startLineNumber=7", Notation::ExpressiveCode);
        assert_eq!(found.language.as_deref(), Some("js"));
        assert_eq!(found.title.as_deref(), Some("a b.js"));
        assert_eq!((found.line_numbers, found.start), (Some(true), Some(7)));
        assert_eq!(found.marked, [1..=1, 3..=5]);
        assert_eq!(fence("js{2}", Notation::ExpressiveCode).marked, [2..=2]);
        assert_eq!(fence("ts showLineNumbers{5}", Notation::ExpressiveCode).start, Some(5));
        assert_eq!(fence("ts showLineNumbers=false", Notation::ExpressiveCode).line_numbers, Some(false));
    }

    #[test]
    fn astro_itself_reads_the_language_alone() {
        let found = fence("js title=\"a.js\" {1,3} showLineNumbers", Notation::Astro);
        assert_eq!(found, Fence::named("js"));
    }

    #[test]
    fn any_notation_is_understood_where_none_is_said() {
        for (info, language) in [
            ("rust,ignore", "rust"),
            ("go {linenos=table}", "go"),
            ("js{1,3}", "js"),
            ("{.python}", "python"),
            ("ts:src/a.ts", "ts"),
            ("js title=\"x\"", "js"),
        ] {
            assert_eq!(fence(info, Notation::Generic).language.as_deref(), Some(language), "{info}");
        }
        assert_eq!(fence("", Notation::Generic), Fence::default());
        assert_eq!(fence("js{1,3}", Notation::Generic).marked, [1..=1, 3..=3]);
    }

    #[test]
    fn odd_info_strings_are_survived() {
        for notation in [
            Notation::Generic,
            Notation::Hugo,
            Notation::Zola,
            Notation::Jekyll,
            Notation::Hexo,
            Notation::Astro,
            Notation::ExpressiveCode,
        ] {
            for info in [
                "{",
                "}",
                "{}",
                "js {",
                "js {a=\"}",
                "js {a=[}",
                "=",
                "js =",
                "js ={}",
                "js {{}}",
                "ㄱ=\"ㄴ",
                "js '",
                "js \"\\",
                "js {1-99999999999999999999999}",
                "js showLineNumbers{",
                "js {.}",
                "js , ,",
                "js title=",
                "js 가{나}다",
            ] {
                parse(info, notation);
            }
        }
    }
}
