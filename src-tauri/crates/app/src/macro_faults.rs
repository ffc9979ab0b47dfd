//! Macros at which the generator of a site ends the build.

use std::collections::HashSet;

use postwright_markdown::{self as markdown, Dialect, MacroFault, MacroFaultKind, SiteMacros};
use postwright_post::TextChange;
use postwright_post::front_matter::{self, Value};
use postwright_post::profile::Generator;
use postwright_sites::{self as sites, MacrosOfSite};
use postwright_wire::{self as wire, FindingLevel, Language, TextFinding};
use serde_json::Value as Tree;

use crate::known_site::KnownSite;
use crate::text::PostText;

/// What of a post's macros ends the build of its site. `source` is the text once more, as a whole; its body starts at
/// byte `body_start`.
pub(crate) fn macro_findings(
    site: &KnownSite,
    source: &str,
    body_start: usize,
    dialect: &Dialect,
    text: &PostText,
    language: Language,
) -> Vec<TextFinding> {
    // Most posts use what their generator has: then nothing more is read.
    let faults = markdown::macro_faults(source, body_start, dialect, &SiteMacros::default());
    let configuration = &site.settings.configuration;
    let runs_none = || runs_no_macros(&source[..body_start]) || none_are_run(&configuration.tree);
    if faults.is_empty() || runs_none() {
        return Vec::new();
    }
    let Some(generator) = site.settings.generator else { return Vec::new() };
    let MacrosOfSite { names, elsewhere } = sites::macros_of_site(&site.root, generator, configuration);
    let mut faults = markdown::macro_faults(source, body_start, dialect, &SiteMacros { names });
    if !elsewhere.is_empty() {
        // A theme that is not here would fill the list of its every post with one name.
        let mut told = HashSet::new();
        faults.retain(|fault| match &fault.kind {
            MacroFaultKind::Unknown { name } => told.insert(name.clone()),
            _ => true,
        });
    }
    let words = Words { generator, elsewhere: &elsewhere, language };
    faults.into_iter().map(|fault| words.finding(&fault, text)).collect()
}

/// Whether a post has its generator pass its macros over.
fn runs_no_macros(head: &str) -> bool {
    front_matter::read(head).fields.iter().any(|field| {
        matches!(
            (field.key.as_str(), &field.value),
            ("render_with_liquid", Value::Boolean(false)) | ("disableNunjucks", Value::Boolean(true))
        )
    })
}

/// Whether a site does so for all posts, or may for this one (Jekyll's defaults for front matter).
fn none_are_run(configuration: &Tree) -> bool {
    let of_hexo = &configuration["marked"]["disableNunjucks"];
    let defaults = configuration["defaults"].as_array().into_iter().flatten();
    let mut of_jekyll = defaults.map(|group| &group["values"]["render_with_liquid"]);
    of_hexo.as_bool() == Some(true) || of_jekyll.any(|value| value.as_bool() == Some(false))
}

struct Words<'e> {
    generator: Generator,
    elsewhere: &'e [String],
    language: Language,
}

impl Words<'_> {
    fn finding(&self, fault: &MacroFault, text: &PostText) -> TextFinding {
        let (level, code, message) = match &fault.kind {
            MacroFaultKind::Unknown { name } if !self.elsewhere.is_empty() => {
                (FindingLevel::Warning, "unknown_macro", self.unknown_here(name))
            }
            MacroFaultKind::Unknown { name } => (FindingLevel::Error, "unknown_macro", self.unknown(name)),
            kind => (FindingLevel::Error, "broken_macro", self.broken(kind)),
        };
        let change = |change: &markdown::TextChange| TextChange {
            from: change.from,
            to: change.to,
            insert: change.insert.clone(),
        };
        let changes: Vec<_> = fault.escape.iter().map(change).collect();
        let label = self.in_language("Show it as text", "글자 그대로 보이게 하기");
        TextFinding {
            level,
            code: code.to_owned(),
            message,
            from: text.position_of(fault.span.start),
            to: text.position_of(fault.span.end),
            place: None,
            mend: (!changes.is_empty()).then(|| wire::Mend { label, changes: text.on_the_wire(&changes) }),
            other_mend: None,
        }
    }

    fn in_language(&self, english: impl Into<String>, korean: impl Into<String>) -> String {
        match self.language {
            Language::En => english.into(),
            Language::Ko => korean.into(),
        }
    }

    /// What the generator calls its macros, in both languages.
    fn kind(&self) -> (&'static str, &'static str) {
        if self.generator == Generator::Hugo { ("shortcode", "숏코드") } else { ("tag", "태그") }
    }

    fn generator(&self) -> &'static str {
        match self.generator {
            Generator::Hugo => "Hugo",
            Generator::Jekyll => "Jekyll",
            Generator::Hexo => "Hexo",
            Generator::Zola => "Zola",
            Generator::Astro => "Astro",
            Generator::Plain => "CommonMark",
        }
    }

    fn unknown(&self, name: &str) -> String {
        let (generator, (kind, kind_ko)) = (self.generator(), self.kind());
        self.in_language(
            format!("The build will stop here: neither {generator} nor the site has a {kind} {name}."),
            format!("여기서 빌드가 멈춥니다. {name} {kind_ko}가 {generator}에도 사이트에도 없습니다."),
        )
    }

    /// Something that was not read may add it.
    fn unknown_here(&self, name: &str) -> String {
        const NAMED: usize = 3;
        let (generator, (kind, kind_ko)) = (self.generator(), self.kind());
        let more = if self.elsewhere.len() > NAMED { ", …" } else { "" };
        let others = self.elsewhere[..self.elsewhere.len().min(NAMED)].join(", ") + more;
        self.in_language(
            format!("Neither {generator} nor the site's own files have a {kind} {name}. Unless one of these adds it, the build will stop here: {others}"),
            format!("{name} {kind_ko}가 {generator}에도 사이트 파일에도 없습니다. 다음 중 하나가 추가하지 않으면 여기서 빌드가 멈춥니다: {others}"),
        )
    }

    fn broken(&self, kind: &MacroFaultKind) -> String {
        let (english, korean) = match kind {
            MacroFaultKind::Unknown { name } => return self.unknown(name),
            MacroFaultKind::Unclosed { opener } => {
                let closer = closer_of(opener);
                (
                    format!("{opener} is not closed by {closer}."),
                    format!("{opener}가 {closer}로 닫히지 않았습니다."),
                )
            }
            MacroFaultKind::NoName => {
                ("a name is missing here.".to_owned(), "이름이 빠져 있습니다.".to_owned())
            }
            MacroFaultKind::BadCharacter { character } => (
                format!("{character} may stand only between quotes in a shortcode."),
                format!("숏코드에서 {character}는 따옴표 안에만 쓸 수 있습니다."),
            ),
            MacroFaultKind::OpenQuote => (
                "this quote does not end on its line.".to_owned(),
                "따옴표가 같은 줄에서 닫히지 않았습니다.".to_owned(),
            ),
            MacroFaultKind::NeverEnded { name } => {
                let end = self.end_of(name);
                (
                    format!("{name} has no end. Write {end} behind its content."),
                    format!("{name}의 끝이 없습니다. 내용 뒤에 {end}를 쓰세요."),
                )
            }
            MacroFaultKind::NeverBegun { name } => (
                format!("{name} belongs to nothing that was begun before it."),
                format!("{name} 앞에 시작된 것이 없습니다."),
            ),
            MacroFaultKind::OtherIsOpen { name, open } => (
                format!("{name} stands here before {open} has ended."),
                format!("{open}이(가) 끝나기 전에 {name}이(가) 나옵니다."),
            ),
            MacroFaultKind::TakesNoContent { name } => (
                format!("{name} takes no content, so it has no end."),
                format!("{name}는 내용을 받지 않으므로 끝이 없어야 합니다."),
            ),
        };
        self.in_language(
            format!("The build will stop here: {english}"),
            format!("여기서 빌드가 멈춥니다. {korean}"),
        )
    }

    fn end_of(&self, name: &str) -> String {
        if self.generator == Generator::Hugo {
            return format!("{{{{< /{name} >}}}}");
        }
        let end = if name == "ifAsync" { "if" } else { name.strip_prefix("async").unwrap_or(name) };
        format!("{{% end{} %}}", if end == name { end.to_owned() } else { end.to_lowercase() })
    }
}

fn closer_of(opener: &str) -> &'static str {
    match opener {
        "{{<" => ">}}",
        "{{%" => "%}}",
        "{%" => "%}",
        _ => "}}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
    fn told(files: &[(&str, &str)], post: &str) -> Vec<(FindingLevel, String, Option<u32>)> {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let now = jiff::Zoned::now();
        let checking = crate::checking::Checking { site: None, program_folders: &[], now: &now };
        let checked = crate::checking::check(&[site.path().join(post)], checking, Language::En).unwrap();
        checked.findings.into_iter().map(|found| (found.level, found.code, found.line)).collect()
    }

    fn unknown(level: FindingLevel, line: u32) -> (FindingLevel, String, Option<u32>) {
        (level, "unknown_macro".to_owned(), Some(line))
    }

    #[test]
    fn a_shortcode_that_the_site_does_not_have_is_an_error() {
        let text = "---\ntitle: A\n---\n{{< ours >}}\n{{< nope >}}\n{{< note >}}\n";
        let own = ("layouts/_shortcodes/ours.html", "x");
        let note = ("themes/t/layouts/shortcodes/note.html", "{{ .Inner }}");
        let site = [("hugo.toml", "theme = 't'\n"), ("content/posts/a.md", text), own, note];
        let never_ended = (FindingLevel::Error, "broken_macro".to_owned(), Some(6));
        let found = told(&site, "content/posts/a.md");
        assert_eq!(found, [unknown(FindingLevel::Error, 5)], "nobody knows what nope would hold");
        let text = text.replace("{{< nope >}}", "");
        let site = [("hugo.toml", "theme = 't'\n"), ("content/posts/a.md", &text), own, note];
        assert_eq!(told(&site, "content/posts/a.md"), [never_ended]);
        let site =
            [("hugo.toml", "theme = 'away'\n"), ("content/posts/a.md", "{{< nope >}}\n{{< nope >}}\n")];
        assert_eq!(told(&site, "content/posts/a.md"), [unknown(FindingLevel::Warning, 1)]);
    }

    #[test]
    fn a_tag_that_no_plugin_may_add_is_an_error() {
        let text = "---\ntitle: A\n---\n{% nope %} {% note %}\n";
        let plugin = ("_plugins/a.rb", "Liquid::Template.register_tag('note', N)");
        let post = "_posts/2020-01-01-a.md";
        let site = [("_config.yml", "title: x\n"), (post, text), plugin];
        assert_eq!(told(&site, post), [unknown(FindingLevel::Error, 4)]);
        let site = [("_config.yml", "plugins: [jekyll-feed]\n"), (post, text), plugin];
        assert_eq!(told(&site, post), [unknown(FindingLevel::Warning, 4)]);
        let quiet = text.replace("title: A", "render_with_liquid: false");
        assert_eq!(told(&[("_config.yml", "title: x\n"), (post, &quiet)], post), []);
        let defaults = "defaults:\n  - scope: {path: ''}\n    values: {render_with_liquid: false}\n";
        assert_eq!(told(&[("_config.yml", defaults), (post, text)], post), []);
    }

    #[test]
    fn the_end_that_is_missing_is_told() {
        let words = |generator| Words { generator, elsewhere: &[], language: Language::En };
        for (name, end) in [("if", "{% endif %}"), ("ifAsync", "{% endif %}"), ("asyncEach", "{% endeach %}")]
        {
            assert_eq!(words(Generator::Hexo).end_of(name), end);
        }
        assert_eq!(words(Generator::Hugo).end_of("details"), "{{< /details >}}");
    }
}
