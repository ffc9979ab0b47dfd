//! A block of code: its lines, and the language that its page names.

use super::tree::{Element, Node, NodeId, Tree};

/// What names a language in classes, before the language.
const PREFIXES: [&str; 7] =
    ["language-", "lang-", "highlight-source-", "highlight-text-", "brush:", "code-", "prettyprint-lang-"];
/// Classes beside the language that name none.
const NO_LANGUAGES: [&str; 22] = [
    "hljs",
    "highlight",
    "chroma",
    "prettyprint",
    "linenums",
    "code",
    "codehilite",
    "sourcecode",
    "notranslate",
    "codeblock",
    "code-block",
    "line-numbers",
    "plaintext",
    "text",
    "none",
    "nohighlight",
    "plain",
    "undefined",
    "snippet",
    "wrapper",
    "rouge",
    "block",
];

/// A fenced block of what a `pre` holds.
pub(crate) fn fenced(tree: &Tree, pre: NodeId) -> String {
    let code = code_text(tree, pre);
    let language = language(tree, pre).unwrap_or_default();
    let longest = code.lines().map(|line| run_of_backticks(line.trim_start())).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let newline = if code.is_empty() { "" } else { "\n" };
    format!("{fence}{language}\n{code}{newline}{fence}")
}

fn run_of_backticks(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b'`').count()
}

/// The lines of code: without those numbers and buttons that pages put beside them.
pub(crate) fn code_text(tree: &Tree, pre: NodeId) -> String {
    let mut text = String::new();
    push_code(tree, pre, &mut text);
    let text = text.replace("\r\n", "\n").replace('\u{a0}', " ");
    let lines = text.trim_end().lines().map(|line| if line.trim().is_empty() { "" } else { line });
    lines.skip_while(|line| line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn push_code(tree: &Tree, id: NodeId, text: &mut String) {
    for child in tree.children(id) {
        match tree.node(child) {
            Node::Text(part) => text.push_str(part),
            Node::Element(element) if is_beside_code(element) => {}
            Node::Element(element) if element.name == "br" => text.push('\n'),
            Node::Element(element) => {
                let is_line = matches!(element.name.as_str(), "div" | "li" | "p" | "tr");
                if is_line && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                push_code(tree, child, text);
                if is_line && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
    }
}

fn is_beside_code(element: &Element) -> bool {
    let named = [
        "gutter",
        "lineno",
        "linenos",
        "line-number",
        "line-numbers-rows",
        "ln",
        "lnt",
        "hljs-ln-numbers",
        "copy-button",
    ];
    matches!(element.name.as_str(), "button" | "script" | "style" | "svg")
        || named.iter().any(|class| element.has_class(class))
}

/// The language that the block, the code in it or what stands around it names.
fn language(tree: &Tree, pre: NodeId) -> Option<String> {
    let inside = tree.inside(pre).take(3).filter(|inner| tree.name(*inner) == "code");
    let around = std::iter::successors(Some(tree.parent(pre)), |outer| Some(tree.parent(*outer)))
        .take(6)
        .filter(|outer| matches!(tree.name(*outer), "div" | "figure" | "table" | "td" | "tr" | "tbody"));
    inside.chain([pre]).chain(around).find_map(|id| language_of(tree.element(id)?))
}

fn language_of(element: &Element) -> Option<String> {
    let by_attribute = ["data-ke-language", "data-lang", "data-language", "lang-name"];
    let named = by_attribute.iter().find_map(|name| element.attribute(name));
    named
        .and_then(known_name)
        .or_else(|| {
            element.classes().find_map(|class| {
                PREFIXES.iter().find_map(|prefix| class.strip_prefix(prefix)).and_then(known_name)
            })
        })
        .or_else(|| after_marker(element))
}

/// `hljs rust` and `highlight rust`: the class beside the one that says that it is code.
fn after_marker(element: &Element) -> Option<String> {
    let is_code =
        element.classes().any(|class| ["hljs", "highlight", "sourceCode", "brush:"].contains(&class));
    if !is_code {
        return None;
    }
    element.classes().find_map(known_name)
}

fn known_name(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches(';').to_lowercase();
    let is_name = !name.is_empty()
        && name.len() <= 20
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "+#-_.".contains(letter))
        && !name.starts_with("hljs-")
        && !NO_LANGUAGES.contains(&name.as_str());
    is_name.then_some(name)
}
