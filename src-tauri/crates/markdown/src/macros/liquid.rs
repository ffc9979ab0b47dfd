//! What Liquid prints, where it is knowable: texts and numbers, the simple filters, and what a post itself assigns.
//!
//! A variable is known if a post assigns it once, without help of another variable, and has no `if`, `for` or the like but
//! such as begin and end on one line, beside it. Which of two assignments counts at a place, or whether one is reached,
//! is not decided here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::arguments::{self, named};
use super::scan::{Scanner, call};
use super::show::{Shown, card_label};
use super::{Form, Macro};
use crate::reading::Definitions;

/// Blocks whose content is no Markdown, beside those that Nunjucks has too: what opens them, and what ends them.
pub(super) const VERBATIM_TAGS: &[(&str, &str)] = &[("capture", "endcapture")];

/// Tags whose content may run once, never or often.
const CONTROL: &[&str] = &["if", "unless", "case", "for", "tablerow"];

/// Among the variables of a text, this says that it has such tags over several lines, be they in one run of blocks or
/// not. No variable has a name like it.
const HAS_CONTROL: &str = "%";

/// The variables of a text; nothing for one whose value cannot be told.
pub(crate) type Variables = BTreeMap<String, Option<String>>;

impl Scanner<'_> {
    /// `{% raw %}` prints nothing, and what follows is no macro up to `{% endraw %}`.
    pub(super) fn liquid_raw(&mut self, open: usize, end: usize) -> Option<Macro> {
        let Some(closing) = self.end_tag("endraw", end) else {
            self.scan.unclosed = true;
            return Some(raw(open..end));
        };
        self.scan.macros.push(raw(open..end));
        Some(raw(closing))
    }
}

fn raw(range: Range<usize>) -> Macro {
    call(range, "raw", Form::Raw)
}

/// What a macro that stands alone prints, where that is knowable.
pub(super) fn show(one: &Macro, known: &Definitions) -> Option<Shown> {
    match (one.name.as_str(), &one.form) {
        ("", Form::Call) => Some(match value(one, known) {
            Some(value) if value.is_empty() => Shown::Nothing,
            Some(value) => Shown::Markdown(value),
            None => Shown::Card(card_label(&one.arguments, "")),
        }),
        ("assign", Form::Call) => Some(Shown::Nothing),
        _ => None,
    }
}

/// What `{{ … }}` prints, if that can be told.
pub(super) fn value(one: &Macro, known: &Definitions) -> Option<String> {
    if is_output(one) { value_of(&one.arguments, &known.variables) } else { None }
}

/// What a macro gives within a URL; a value that cannot be told is left out.
pub(super) fn within_url(one: &Macro, known: &Definitions) -> Option<String> {
    match one.name.as_str() {
        _ if is_output(one) => Some(value(one, known).unwrap_or_default()),
        "link" | "post_url" if one.form == Form::Call => {
            Some(format!("/{}", one.arguments.trim_start_matches('/')))
        }
        _ => None,
    }
}

fn is_output(one: &Macro) -> bool {
    one.name.is_empty() && one.form == Form::Call
}

/// The image that an include shows, by its path from the site's root: `figure` of Minimal Mistakes and of al-folio, which
/// others have taken over. Nothing for one that Liquid makes when it runs.
pub(crate) fn included_image(one: &Macro) -> Option<String> {
    const FIGURES: [&str; 3] = ["figure", "figure.html", "figure.liquid"];
    let (file, _) = one.arguments.split_once(char::is_whitespace)?;
    if one.name != "include" || one.form != Form::Call || !FIGURES.contains(&file) {
        return None;
    }
    let arguments = arguments::parse(&one.arguments[file.len()..]);
    let path = ["image_path", "path"].iter().find_map(|name| named(&arguments, name))?;
    let is_written =
        one.arguments.contains(&format!("\"{path}\"")) || one.arguments.contains(&format!("'{path}'"));
    (is_written && !path.contains("{{")).then(|| rooted(path))
}

/// What the macros of a source assign.
pub(super) fn assigned(macros: &[Macro], source: &str) -> Variables {
    let mut variables = Variables::new();
    let mut open = Vec::new();
    let mut is_over_lines = false;
    let mut at = 0;
    for one in macros {
        // What is open at a line's end may hold anything.
        if !open.is_empty() && source[at..one.range.start].contains('\n') {
            is_over_lines = true;
        }
        at = one.range.start;
        if CONTROL.contains(&one.name.as_str()) {
            open.push(one.name.as_str());
        } else if let Some(name) = one.name.strip_prefix("end").filter(|name| CONTROL.contains(name)) {
            is_over_lines |= open.pop() != Some(name);
        }
        if let Some((variable, value)) = assignment(one, source) {
            let is_sure = open.is_empty() && !variables.contains_key(&variable);
            variables.insert(variable, value.filter(|_| is_sure));
        }
    }
    if is_over_lines || !open.is_empty() {
        variables.insert(HAS_CONTROL.to_owned(), None);
    }
    variables
}

fn assignment(one: &Macro, source: &str) -> Option<(String, Option<String>)> {
    match (one.name.as_str(), &one.form) {
        ("assign", Form::Call) => {
            let (name, value) = one.arguments.split_once('=')?;
            Some((name.trim().to_owned(), value_of(value, &Variables::new())))
        }
        ("capture", Form::Verbatim { content }) => {
            let text = &source[content.clone()];
            let runs_nothing = !text.contains("{{") && !text.contains("{%");
            Some((unquoted(one.arguments.trim()).to_owned(), runs_nothing.then(|| text.to_owned())))
        }
        _ => None,
    }
}

/// The variables that `{{ … }}` asks for.
pub(super) fn asked(one: &Macro) -> impl Iterator<Item = &str> {
    let output = if is_output(one) { one.arguments.as_str() } else { "" };
    let parts =
        split(output, '|').into_iter().flat_map(|part| split(part, ':')).flat_map(|part| split(part, ','));
    let mut names = parts.map(str::trim).filter(|part| is_name(part)).peekable();
    let control = names.peek().map(|_| HAS_CONTROL);
    names.chain(control)
}

/// What an expression with its filters prints; nothing if that cannot be told.
fn value_of(expression: &str, variables: &Variables) -> Option<String> {
    if names_nothing(expression) {
        return Some(String::new());
    }
    let mut parts = split(expression, '|').into_iter();
    let mut value = operand(parts.next()?, variables)?;
    for filter in parts {
        let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
        let arguments: Vec<&str> = if arguments.is_empty() { Vec::new() } else { split(arguments, ',') };
        let arguments: Option<Vec<String>> =
            arguments.into_iter().map(|argument| operand(argument, variables)).collect();
        value = filtered(name.trim(), &value, &arguments?)?;
    }
    Some(value)
}

/// Whether Liquid 4 finds neither a name nor a value in an expression, and so prints nothing, with a warning: Hugo's
/// `{{< figure >}}`, or a word in Hangul (`VariableLookup`'s `[\w\-]+`, which Ruby reads as ASCII).
fn names_nothing(expression: &str) -> bool {
    let expression = expression.trim_start();
    let first = expression.split([' ', '\t', '\n', ',', '|', '\'', '"']).next().unwrap_or_default();
    let quoted = first.is_empty() && !expression.is_empty();
    let of_a_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '[');
    !quoted && !first.contains(of_a_name) && !expression.contains('|')
}

fn operand(text: &str, variables: &Variables) -> Option<String> {
    let text = text.trim();
    if matches!(text, "site.baseurl" | "site.url" | "nil" | "null" | "empty" | "blank") {
        // What every path of the site begins with is left out of a preview.
        return Some(String::new());
    }
    if text == "true" || text == "false" || text.parse::<i64>().is_ok() {
        return Some(text.to_owned());
    }
    let inner = unquoted(text);
    if inner.len() < text.len() {
        return (!inner.contains(&text[..1])).then(|| inner.to_owned());
    }
    if variables.contains_key(HAS_CONTROL) { None } else { variables.get(text)?.clone() }
}

/// One of Liquid's and Jekyll's filters that need nothing but a text or a whole number.
fn filtered(name: &str, value: &str, arguments: &[String]) -> Option<String> {
    let first = arguments.first().map(String::as_str);
    Some(match (name, first) {
        ("append", Some(more)) => format!("{value}{more}"),
        ("prepend", Some(before)) => format!("{before}{value}"),
        ("upcase", None) => value.to_uppercase(),
        ("downcase", None) => value.to_lowercase(),
        ("capitalize", None) => {
            let mut rest = value.chars();
            let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
            first + &rest.as_str().to_lowercase()
        }
        ("strip", None) => value.trim().to_owned(),
        ("lstrip", None) => value.trim_start().to_owned(),
        ("rstrip", None) => value.trim_end().to_owned(),
        ("size", None) => value.chars().count().to_string(),
        ("escape" | "xml_escape", None) => crate::sanitise::escaped(value),
        ("replace", Some(old)) => value.replace(old, arguments.get(1)?),
        ("replace_first", Some(old)) => value.replacen(old, arguments.get(1)?, 1),
        ("remove", Some(old)) => value.replace(old, ""),
        ("remove_first", Some(old)) => value.replacen(old, "", 1),
        ("default", Some(other)) if value.is_empty() || value == "false" => other.to_owned(),
        ("default", Some(_)) => value.to_owned(),
        ("plus", Some(other)) => whole(value)?.checked_add(whole(other)?)?.to_string(),
        ("minus", Some(other)) => whole(value)?.checked_sub(whole(other)?)?.to_string(),
        ("times", Some(other)) => whole(value)?.checked_mul(whole(other)?)?.to_string(),
        ("relative_url" | "absolute_url", None) => rooted(value),
        _ => return None,
    })
}

fn whole(value: &str) -> Option<i64> {
    value.trim().parse().ok()
}

fn rooted(path: &str) -> String {
    let is_whole = path.is_empty() || path.starts_with('/') || path.contains("://");
    if is_whole { path.to_owned() } else { format!("/{path}") }
}

/// A text cut at a mark outside of quotes.
fn split(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == mark => {
                parts.push(&text[start..at]);
                start = at + mark.len_utf8();
            }
            None => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unquoted(text: &str) -> &str {
    let between = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    between('"').or_else(|| between('\'')).unwrap_or(text)
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(is_part)
}

/// Whether a macro that prints nothing leaves a blank line where it stands: alone on its lines, without the dashes
/// that eat the line ends around it.
pub(super) fn leaves_a_blank_line(one: &Macro, source: &str) -> bool {
    let prints_nothing = match &one.form {
        Form::Call => one.name == "assign",
        Form::Verbatim { .. } => one.name == "capture" || one.name == "comment",
        _ => false,
    };
    let written = &source[one.range.clone()];
    prints_nothing
        && !written.starts_with("{%-")
        && !written.ends_with("-%}")
        && one.is_alone_on_its_lines(source)
}
