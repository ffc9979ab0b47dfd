//! Lines of code, which get a fence where they cannot be anything else.

use super::endings::is_hangul;
use super::{Found, Line, lines};

pub(super) fn find(text: &str) -> Vec<Found> {
    let lines = lines(text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < lines.len() {
        if lines[place].is_code || !may_be_code(lines[place].text) {
            place += 1;
            continue;
        }
        let end = end_of_run(&lines, place);
        let run = &lines[place..end];
        if is_surely_code(run) {
            let fence = fence_for(run);
            found.push(Found::sure(run[0].start..run[0].start, format!("{fence}{}\n", language(run))));
            let last = run[run.len() - 1].end();
            found.push(Found::sure(last..last, format!("\n{fence}")));
        }
        place = end.max(place + 1);
    }
    found
}

/// Where the lines that may be code end; a blank line may stand between two of them.
fn end_of_run(lines: &[Line<'_>], from: usize) -> usize {
    let mut end = from;
    for (place, line) in lines.iter().enumerate().skip(from) {
        if line.is_code {
            break;
        }
        if line.is_blank() {
            if place > end {
                break;
            }
            continue;
        }
        if !may_be_code(line.text) {
            break;
        }
        end = place + 1;
    }
    end
}

/// Prose in Korean is no code; a comment or a text in quotes may be.
fn may_be_code(line: &str) -> bool {
    if line.trim().is_empty() {
        return false;
    }
    let code = line.split(['#', '"', '\'']).next().unwrap_or(line);
    let code = code.split("//").next().unwrap_or(code);
    !code.chars().any(is_hangul) && (has_sign(line) || is_indented(line) || closes(line))
}

fn is_indented(line: &str) -> bool {
    (line.starts_with("  ") || line.starts_with('\t'))
        && !line.trim_start().starts_with(['•', '·', '◦', '▪', '-', '*'])
}

fn closes(line: &str) -> bool {
    matches!(
        line.trim(),
        "}" | "};" | ")" | ");" | "]" | "}," | "})" | "});" | "end" | "fi" | "done" | "else" | "..."
    )
}

/// What stands in programs, and hardly in prose.
fn has_sign(line: &str) -> bool {
    let line = line.trim();
    let starts = [
        "$ ",
        "#!",
        "import ",
        "from ",
        "def ",
        "class ",
        "func ",
        "fn ",
        "let ",
        "const ",
        "var ",
        "return ",
        "package ",
        "public ",
        "private ",
        "#include",
        "SELECT ",
        "INSERT ",
        "CREATE ",
        "FROM ",
        "RUN ",
        "COPY ",
        "CMD ",
        "export ",
        "if (",
        "for (",
        "while (",
        "use ",
        "struct ",
        "enum ",
        "impl ",
        "apiVersion:",
        "kind:",
        "@",
        "</",
        "<?xml",
        "// ",
        "/*",
        "sudo ",
        "npm ",
        "pip ",
        "git ",
        "docker ",
        "kubectl ",
        "curl ",
        "else",
        "try {",
        "async ",
        "await ",
    ];
    let ends = [";", "{", "}", "};", "):", "({", "=>", "->", "&&", "||", " \\"];
    starts.iter().any(|start| line.starts_with(start))
        || ends.iter().any(|end| line.ends_with(end))
        || is_call(line)
        || is_assignment(line)
        || is_key_of_yaml(line)
        || (line.starts_with('<') && line.ends_with('>') && line.len() > 3)
}

fn is_call(line: &str) -> bool {
    let Some((name, rest)) = line.split_once('(') else { return false };
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | ':');
    !name.is_empty() && name.chars().all(is_name) && rest.trim_end().ends_with(')')
}

fn is_assignment(line: &str) -> bool {
    let Some((left, right)) = line.split_once('=') else { return false };
    let left = left.trim_end_matches(['+', '-', ':', '|']).trim();
    let is_name = |letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '[' | ']' | '\'' | '"' | '$' | '-')
    };
    !left.is_empty() && left.len() < 60 && left.chars().all(is_name) && !right.trim().is_empty()
}

fn is_key_of_yaml(line: &str) -> bool {
    let line = line.strip_prefix("- ").unwrap_or(line);
    let Some((key, value)) = line.split_once(':') else { return false };
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '"'));
    is_key && (value.is_empty() || value.starts_with(' ')) && !value.trim_end().ends_with('.')
}

/// Sure are three lines and more of which most have a sign, and lines of a shell after its prompt.
fn is_surely_code(run: &[Line<'_>]) -> bool {
    let written: Vec<&Line<'_>> = run.iter().filter(|line| !line.is_blank()).collect();
    let signs = written.iter().filter(|line| has_sign(line.text)).count();
    let has_keyword_alone = written.iter().all(|line| is_prose_in_english(line.text));
    let is_shell = written.iter().all(|line| line.text.trim_start().starts_with("$ "));
    (is_shell && !written.is_empty())
        || (written.len() >= 3 && signs * 5 >= written.len() * 3 && !has_keyword_alone)
}

/// `From here on we know.` begins as a program does.
fn is_prose_in_english(line: &str) -> bool {
    line.trim_end().ends_with(['.', '?', '!']) && line.split_whitespace().count() > 4
}

fn fence_for(run: &[Line<'_>]) -> String {
    let longest =
        run.iter().map(|line| line.text.trim_start().bytes().take_while(|byte| *byte == b'`').count()).max();
    "`".repeat(longest.unwrap_or(0).max(2) + 1)
}

/// The language, where one line tells it.
fn language(run: &[Line<'_>]) -> &'static str {
    let any = |is: &dyn Fn(&str) -> bool| run.iter().any(|line| is(line.text.trim_end()));
    let starts = |word: &'static str| any(&|line| line.trim_start().starts_with(word));
    match () {
        () if any(&|line| line.starts_with("$ ") || line.starts_with("#!/bin/")) => "bash",
        () if starts("apiVersion:") => "yaml",
        () if starts("def ") && any(&|line| line.ends_with(':')) => "python",
        () if starts("package main") || (starts("func ") && starts("package ")) => "go",
        () if starts("fn ") && any(&|line| line.contains("->") || line.ends_with('{')) => "rust",
        () if starts("public class") || starts("private ") => "java",
        () if starts("#include") => "cpp",
        () if starts("<?xml") => "xml",
        () if starts("<!DOCTYPE") || starts("<html") => "html",
        () if starts("SELECT ") || starts("CREATE TABLE") => "sql",
        () if starts("FROM ") && starts("RUN ") => "dockerfile",
        () if starts("const ") || any(&|line| line.ends_with("=> {")) => "javascript",
        () if run[0].text.trim() == "{" && any(&|line| line.trim_start().starts_with('"')) => "json",
        () if run.iter().all(|line| {
            line.is_blank() || is_key_of_yaml(line.text.trim()) || line.text.trim_start().starts_with("- ")
        }) =>
        {
            "yaml"
        }
        () => "",
    }
}
