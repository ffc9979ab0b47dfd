//! Code in the preview against the highlighters of real sites: Hugo's Chroma and Jekyll's Rouge.
//!
//! Each fixture, and each fence of the sample posts where that folder is there, is coloured by the site's highlighter and
//! by the preview, and compared character by character, white space apart: the share with the same class, and the
//! share with the same colour in two styles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use postwright_markdown::{CodeSetting, Flavour, render_code};
use postwright_tests::generators;

/// At least so many of a hundred characters have the site's colour, over all languages and in each style.
const FLOOR: f64 = 0.85;
const STYLES: [&str; 2] = ["monokai", "github"];

/// Code and the language that a writer calls it.
struct Snippet {
    language: String,
    code: String,
}

/// The class of each character that is no white space.
type Classes = Vec<(char, String)>;

/// A style's colours by class, and that of all else.
type Style = (BTreeMap<String, String>, String);

#[test]
fn hugo_colours_code_as_the_preview_does() {
    let fixtures = fixtures();
    let folder = tempfile::tempdir().unwrap();
    let Some(theirs) = hugo(folder.path(), &fixtures) else { return };
    let styles = STYLES.map(|style| {
        let name = std::env::var_os("POSTWRIGHT_HUGO").unwrap_or_else(|| "hugo".into());
        let output = Command::new(name).args(["gen", "chromastyles", "--style", style]).output().unwrap();
        read_style(&String::from_utf8_lossy(&output.stdout))
    });
    compare("hugo, our own code", Flavour::Chroma, &fixtures, &theirs, &styles);
    let samples = samples();
    if !samples.is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let theirs = hugo(folder.path(), &samples).unwrap();
        compare("hugo, the sample posts' fences", Flavour::Chroma, &samples, &theirs, &styles);
    }
}

#[test]
fn rouge_colours_code_as_the_preview_does() {
    let fixtures = fixtures();
    let folder = tempfile::tempdir().unwrap();
    let Some(theirs) = rouge(folder.path(), &fixtures) else { return };
    let styles = STYLES.map(|style| {
        read_style(
            &ruby(&format!("puts Rouge::Theme.find('{style}').render(scope: '.highlight')"), &[]).unwrap(),
        )
    });
    compare("rouge, our own code", Flavour::Rouge, &fixtures, &theirs, &styles);
    let samples = samples();
    if !samples.is_empty() {
        let theirs = rouge(folder.path(), &samples).unwrap();
        compare("rouge, the sample posts' fences", Flavour::Rouge, &samples, &theirs, &styles);
    }
}

fn compare(what: &str, flavour: Flavour, snippets: &[Snippet], theirs: &[String], styles: &[Style; 2]) {
    #[derive(Default, Clone, Copy)]
    struct Count {
        characters: usize,
        class: usize,
        colour: [usize; 2],
    }
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut all = Count::default();
    for (snippet, their_html) in snippets.iter().zip(theirs) {
        let ours =
            render_code(&snippet.language, &snippet.code, CodeSetting { flavour, ..CodeSetting::default() });
        let (ours, theirs) = (classes(&ours), classes(their_html));
        // Hugo trims, and gives up some snippets whose macros look like its own.
        if ours.len() != theirs.len() || ours.iter().zip(&theirs).any(|(ours, theirs)| ours.0 != theirs.0) {
            println!(
                "not compared: {} ({} characters, theirs {})",
                snippet.language,
                ours.len(),
                theirs.len()
            );
            continue;
        }
        let count = counts.entry(&snippet.language).or_default();
        for ((_, ours), (_, theirs)) in ours.iter().zip(&theirs) {
            let same = |style: &Style| {
                let colour = |class| style.0.get(class).unwrap_or(&style.1);
                usize::from(colour(ours) == colour(theirs))
            };
            for count in [&mut *count, &mut all] {
                count.characters += 1;
                count.class += usize::from(ours == theirs);
                for (total, style) in count.colour.iter_mut().zip(styles) {
                    *total += same(style);
                }
            }
        }
    }
    let share = |part: usize, count: &Count| 100.0 * part as f64 / count.characters.max(1) as f64;
    println!(
        "\n{what}\n{:<12} {:>10} {:>7} {:>8} {:>8}",
        "language", "characters", "class", STYLES[0], STYLES[1]
    );
    for (language, count) in counts.iter().chain([(&"all", &all)]) {
        println!(
            "{language:<12} {:>10} {:>6.1}% {:>7.1}% {:>7.1}%",
            count.characters,
            share(count.class, count),
            share(count.colour[0], count),
            share(count.colour[1], count)
        );
    }
    assert!(counts.len() >= 12, "{what}: {} languages", counts.len());
    for (style, same) in STYLES.iter().zip(all.colour) {
        assert!(
            same as f64 >= FLOOR * all.characters as f64,
            "{what}: too few of {style}'s colours are the same"
        );
    }
}

/// The class of each character in a block of highlighted code: that of the innermost token.
fn classes(html: &str) -> Classes {
    const NO_TOKENS: [&str; 9] = ["line", "cl", "hl", "w", "n_", "text", "line hl", "code", ""];
    let mut list = Classes::new();
    let mut open: Vec<String> = Vec::new();
    let mut inside_code = false;
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        if first == '<' {
            let (tag, after) = rest[1..].split_once('>').unwrap();
            rest = after;
            match tag.split(' ').next().unwrap() {
                "code" => inside_code = true,
                "/code" => inside_code = false,
                "span" => {
                    let class = tag.split_once("class=\"").and_then(|(_, class)| class.split_once('"'));
                    open.push(class.map_or("", |(class, _)| class).to_owned());
                }
                "/span" => _ = open.pop(),
                _ => {}
            }
            continue;
        }
        let (c, length) = character(rest);
        rest = &rest[length..];
        if inside_code && !c.is_whitespace() {
            let token = open.iter().rev().find(|class| !NO_TOKENS.contains(&class.as_str()));
            list.push((c, token.cloned().unwrap_or_default()));
        }
    }
    list
}

fn character(text: &str) -> (char, usize) {
    const ENTITIES: [(&str, char); 6] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#34;", '"'), ("&#39;", '\'')];
    let entity = ENTITIES.iter().find(|(entity, _)| text.starts_with(entity));
    let first = text.chars().next().unwrap();
    entity.map_or((first, first.len_utf8()), |(entity, c)| (*c, entity.len()))
}

/// The colours of a printed style sheet.
fn read_style(css: &str) -> Style {
    let mut colours = BTreeMap::new();
    let mut ink = String::new();
    let mut rest = css;
    while let Some((prelude, after)) = rest.split_once('{') {
        let (body, after) = after.split_once('}').unwrap();
        rest = after;
        let selectors = prelude.rsplit("*/").next().unwrap();
        let colour = body.split(';').find_map(|line| line.trim().strip_prefix("color:"));
        let Some(colour) = colour.map(|colour| colour.trim().to_lowercase()) else { continue };
        for selector in selectors.split(',') {
            match selector.trim().rsplit('.').next().unwrap() {
                "bg" | "chroma" | "highlight" => ink = colour.clone(),
                class => _ = colours.insert(class.to_owned(), colour.clone()),
            }
        }
    }
    assert!(colours.len() > 15, "{css}");
    (colours, ink)
}

/// What Hugo makes of each snippet.
fn hugo(site: &Path, snippets: &[Snippet]) -> Option<Vec<String>> {
    let settings = "baseURL = 'https://example.com/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'home', 'section']\n\
                    [markup.highlight]\nnoClasses = false\n";
    write(&site.join("hugo.toml"), settings);
    write(&site.join("layouts/_default/single.html"), "{{ .Content }}");
    let fence = "`".repeat(12);
    for (at, Snippet { language, code }) in snippets.iter().enumerate() {
        let page = format!("---\ntitle: {at}\n---\n\n{fence}{language}\n{code}\n{fence}\n");
        write(&site.join(format!("content/s{at}.md")), &page);
    }
    let built = generators::hugo(site)?;
    Some((0..snippets.len()).map(|at| built.page(&format!("s{at}/index.html"))).collect())
}

/// What Rouge makes of each snippet.
fn rouge(folder: &Path, snippets: &[Snippet]) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    for (at, Snippet { language, code }) in snippets.iter().enumerate() {
        let path = folder.join(format!("{at}"));
        write(&path, code);
        arguments.push(format!("{language}:{}", path.display()));
    }
    let said = ruby(
        "ARGV.each { |argument| language, path = argument.split(':', 2); \
         lexer = Rouge::Lexer.find(language) || Rouge::Lexers::PlainText; \
         html = Rouge::Formatters::HTML.new.format(lexer.lex(File.read(path, encoding: 'utf-8'))); \
         puts \"<code>#{html}</code>\\u0001\" }",
        &arguments,
    )?;
    Some(said.split('\u{1}').take(snippets.len()).map(str::to_owned).collect())
}

fn ruby(script: &str, arguments: &[String]) -> Option<String> {
    let output = Command::new("ruby")
        .args(["-r", "rouge", "-e", script])
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .output();
    match output {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        _ => {
            eprintln!("SKIPPED: ruby with rouge is not installed");
            None
        }
    }
}

fn fixtures() -> Vec<Snippet> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/code"));
    let files = generators::files_under(&folder).into_iter();
    files
        .map(|path| Snippet {
            language: path.file_stem().unwrap().to_string_lossy().into_owned(),
            code: std::fs::read_to_string(&path).unwrap(),
        })
        .collect()
}

/// Fences of the sample posts beside the project, at most sixty of a language.
fn samples() -> Vec<Snippet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples");
    let mut snippets: Vec<Snippet> = Vec::new();
    for path in generators::files_under(&folder) {
        if !path.extension().is_some_and(|extension| extension == "md" || extension == "markdown") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for part in text.split("\n```").collect::<Vec<_>>().chunks(2) {
            let [_, fence] = part else { continue };
            let Some((language, code)) = fence.split_once('\n') else { continue };
            let known = !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let same = snippets.iter().filter(|other| other.language == language).count();
            // Hugo would take its own macros for macros.
            if known && same < 60 && !code.contains("{{") && !code.trim().is_empty() {
                snippets.push(Snippet { language: language.to_owned(), code: code.to_owned() + "\n" });
            }
        }
    }
    if snippets.is_empty() {
        eprintln!("SKIPPED: no sample posts beside the project");
    }
    snippets
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
