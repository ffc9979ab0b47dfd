//! Colours code by token, line by line.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::sanitise::{self, SafeHtml};
use crate::style::Token;

/// Longer lines stay plain: a grammar's patterns can take more than linear time in a line.
const MAX_LINE_BYTES: usize = 2_000;
/// Longer code stays plain.
const MAX_LINES: usize = 3_000;
/// Larger code stays plain.
const MAX_BYTES: usize = 200 * 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);
static RULES: LazyLock<Vec<(Scope, Option<Token>)>> = LazyLock::new(|| {
    let rule = |&(prefix, token): &(&str, Option<Token>)| Some((Scope::new(prefix).ok()?, token));
    RULE_TABLE.iter().filter_map(rule).collect()
});

/// The first prefix that fits a scope decides; `None` leaves the text plain whatever is around it.
const RULE_TABLE: &[(&str, Option<Token>)] = &[
    ("comment", Some(Token::Comment)),
    ("punctuation.definition.comment", Some(Token::Comment)),
    ("constant.character.escape", Some(Token::Escape)),
    ("constant.other.placeholder", Some(Token::Escape)),
    ("constant.numeric", Some(Token::Number)),
    ("keyword.other.unit", Some(Token::Number)),
    ("constant", Some(Token::Constant)),
    ("support.constant", Some(Token::Constant)),
    ("punctuation.section.interpolation", Some(Token::Escape)),
    ("punctuation.section.embedded", Some(Token::Escape)),
    ("meta.interpolation", None),
    ("meta.string.interpolated", None),
    ("source.shell.embedded", None),
    ("meta.template.expression", None),
    ("string", Some(Token::Text)),
    ("meta.attribute-with-value", Some(Token::Attribute)),
    ("entity.name.function", Some(Token::Function)),
    ("entity.name.macro", Some(Token::Function)),
    ("variable.function", Some(Token::Function)),
    ("support.function", Some(Token::Function)),
    ("support.macro", Some(Token::Function)),
    ("entity.name.tag", Some(Token::Tag)),
    ("entity.name.section", Some(Token::Heading)),
    ("markup.heading", Some(Token::Heading)),
    ("entity.other.attribute-name", Some(Token::Attribute)),
    ("variable.annotation", Some(Token::Attribute)),
    ("support.type.property-name", Some(Token::Attribute)),
    ("meta.mapping.key", Some(Token::Attribute)),
    ("entity.name.constant", Some(Token::Constant)),
    ("entity.name.label", Some(Token::Constant)),
    ("entity.name.key", Some(Token::Attribute)),
    ("entity.name", Some(Token::Type)),
    ("entity.other.inherited-class", Some(Token::Type)),
    ("support.class", Some(Token::Type)),
    ("support.type", Some(Token::Type)),
    ("storage.type.function", Some(Token::Keyword)),
    ("storage", Some(Token::Keyword)),
    ("keyword.operator.word", Some(Token::Keyword)),
    ("keyword.operator.logical.python", Some(Token::Keyword)),
    ("keyword.operator", Some(Token::Operator)),
    ("keyword", Some(Token::Keyword)),
    ("variable.language", Some(Token::Constant)),
    ("variable.parameter", Some(Token::Variable)),
    ("variable.other.readwrite.shell", Some(Token::Variable)),
    ("markup.inserted", Some(Token::Inserted)),
    ("markup.deleted", Some(Token::Deleted)),
    ("meta.diff.header", Some(Token::Heading)),
    ("meta.diff.range", Some(Token::Function)),
];

/// Names that writers use and that no grammar lists as a name or an extension.
const ALIASES: &[(&str, &str)] = &[
    ("bash", "sh"),
    ("c++", "cpp"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("docker", "Dockerfile"),
    ("dockerfile", "Dockerfile"),
    ("fsharp", "fs"),
    ("golang", "go"),
    ("gql", "graphql"),
    ("hcl", "tf"),
    ("html5", "html"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("jsx", "js"),
    ("kotlin", "kt"),
    ("make", "Makefile"),
    ("makefile", "Makefile"),
    ("mjs", "js"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("patch", "diff"),
    ("pgsql", "sql"),
    ("postgresql", "sql"),
    ("mysql", "sql"),
    ("py3", "py"),
    ("python3", "py"),
    ("shell", "sh"),
    ("shellsession", "sh"),
    ("shell-session", "sh"),
    ("sh-session", "sh"),
    ("terminal", "sh"),
    ("terraform", "tf"),
    ("viml", "vim"),
    ("yml", "yaml"),
    ("zsh", "sh"),
];

/// Names that mean no colours.
const PLAIN: &[&str] = &["text", "txt", "plain", "plaintext", "none", "output", "raw", "nohighlight"];

/// Code as it stands in the preview, coloured if its language is known.
pub(crate) fn render(info: &str, text: &str) -> SafeHtml {
    let language = language(info);
    let coloured = language.and_then(syntax).filter(|_| fits(text)).map(|syntax| tokens(syntax, text));
    match coloured {
        Some(tokens) => sanitise::code(language, tokens),
        None => sanitise::code(language, [(None, text)]),
    }
}

/// The first word of a fence's info string.
fn language(info: &str) -> Option<&str> {
    let info = info.trim_start().trim_start_matches(['{', '.']);
    let word = info.split([' ', '\t', '{', '}', ',', ':', ';']).next().unwrap_or_default();
    (!word.is_empty()).then_some(word)
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.to_lowercase();
    if PLAIN.contains(&name.as_str()) {
        return None;
    }
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, token)| token);
    SYNTAXES.find_syntax_by_token(name)
}

fn fits(text: &str) -> bool {
    text.len() <= MAX_BYTES && text.bytes().filter(|&byte| byte == b'\n').count() <= MAX_LINES
}

fn tokens<'t>(syntax: &SyntaxReference, text: &'t str) -> Vec<(Option<Token>, &'t str)> {
    let mut tokens = Tokens { text, list: Vec::new(), token: None, start: 0, end: 0 };
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    for line in text.split_inclusive('\n') {
        push_line(&mut tokens, &mut state, &mut scopes, line);
    }
    tokens.finish()
}

fn push_line(tokens: &mut Tokens<'_>, state: &mut ParseState, scopes: &mut ScopeStack, line: &str) {
    let start = tokens.end;
    let end = start + line.len();
    let ops = if line.len() <= MAX_LINE_BYTES { state.parse_line(line, &SYNTAXES).ok() } else { None };
    let Some(ops) = ops else {
        return tokens.push(None, end);
    };
    for (at, op) in ops {
        tokens.push(token(scopes), start + at);
        if scopes.apply(&op).is_err() {
            break;
        }
    }
    tokens.push(token(scopes), end);
}

/// The innermost scope that a rule knows.
fn token(scopes: &ScopeStack) -> Option<Token> {
    let rule = |scope: &Scope| RULES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
    scopes.as_slice().iter().rev().find_map(rule).and_then(|(_, token)| *token)
}

/// Joins neighbours of one kind; white space takes the kind of what is before it.
struct Tokens<'t> {
    text: &'t str,
    list: Vec<(Option<Token>, &'t str)>,
    token: Option<Token>,
    start: usize,
    end: usize,
}

impl<'t> Tokens<'t> {
    fn push(&mut self, token: Option<Token>, end: usize) {
        if end <= self.end {
            return;
        }
        let blank = self.text.as_bytes()[self.end..end].iter().all(u8::is_ascii_whitespace);
        if token != self.token && !blank {
            self.flush();
            self.token = token;
        }
        self.end = end;
    }

    fn flush(&mut self) {
        if self.start < self.end {
            self.list.push((self.token, &self.text[self.start..self.end]));
        }
        self.start = self.end;
    }

    fn finish(mut self) -> Vec<(Option<Token>, &'t str)> {
        self.flush();
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_text(html: &str) -> String {
        let mut text = String::new();
        let mut inside = false;
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => text.push(c),
                _ => {}
            }
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn colours_rust() {
        let html = render("rust", "// 안녕\nfn main() { let x = \"a<b\"; }\n");
        assert!(
            html.starts_with(
                "<pre class=\"code\" data-language=\"rust\"><code><span class=\"hl-com\">// 안녕"
            ),
            "{html}"
        );
        assert!(
            html.contains("<span class=\"hl-key\">fn </span><span class=\"hl-fun\">main</span>"),
            "{html}"
        );
        assert!(html.contains("<span class=\"hl-str\">&quot;a&lt;b&quot;</span>"), "{html}");
    }

    #[test]
    fn no_character_is_lost() {
        let sample = "#!/bin/sh\nif [ \"$A\" = 'b' ]; then\n\techo \"한글 ${A} & <c>\" | grep -q x # 끝\nfi\n{\"a\": [1, null]}\n<p class=\"x\">y</p>\ndef f(a: int) -> str: return f\"{a}\"\n";
        for language in
            ["sh", "rust", "json", "html", "python", "yaml", "markdown", "diff", "tsx", "nothing", "Makefile"]
        {
            assert_eq!(plain_text(&render(language, sample)), format!("{sample}\n"), "{language}");
        }
    }

    #[test]
    fn knows_the_names_that_writers_use() {
        let names = "rust rs python py javascript js typescript ts tsx jsx go golang java kotlin kt swift c cpp c++ csharp \
                     cs ruby rb php bash sh shell console zsh yaml yml toml json jsonc html css scss sql docker dockerfile \
                     makefile lua perl r scala haskell elixir diff ini xml graphql terraform vim nix zig dart \
                     markdown md vue svelte protobuf nginx";
        let unknown: Vec<_> = names.split_whitespace().filter(|name| syntax(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        for name in ["text", "plaintext", "no-such-language"] {
            assert!(syntax(name).is_none(), "{name}");
        }
    }

    #[test]
    fn every_rule_is_a_scope() {
        assert_eq!(RULES.len(), RULE_TABLE.len());
    }

    #[test]
    fn takes_the_language_from_the_info_string() {
        assert_eq!(language("rust,ignore"), Some("rust"));
        assert_eq!(language("go {linenos=table}"), Some("go"));
        assert_eq!(language("js{1,3}"), Some("js"));
        assert_eq!(language("{.python}"), Some("python"));
        assert_eq!(language(""), None);
    }

    #[test]
    fn long_lines_and_long_code_stay_plain() {
        let line = format!("let a = \"{}\";\nlet b = 1;\n", "x".repeat(MAX_LINE_BYTES));
        let html = render("rust", &line);
        assert!(html.contains("<code>let a"), "the long line is plain");
        assert!(html.contains("<span class=\"hl-key\">let"), "the next one is coloured");
        assert!(!render("rust", &"let a = 1;\n".repeat(MAX_LINES + 1)).contains("<span"));
    }

    #[test]
    fn a_language_cannot_break_out_of_its_attribute() {
        let html = render("\"><script>alert(1)</script>", "x");
        assert!(!html.contains("<script"), "{html}");
        assert!(html.starts_with(
            "<pre class=\"code\" data-language=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">"
        ));
    }
}
