//! How a site reads Markdown, by its configuration; and what of that the preview cannot follow.

use std::path::Path;

use postwright_markdown::{Astro, CommonMark, Dialect, Doubt, Hexo, Hugo, Jekyll, SettingDoubt, Shape, Zola};
use postwright_post::front_matter::Reason;
use postwright_post::profile::Generator;
use postwright_sites::{self as sites, Configuration, ConfigurationPlace, ConfigurationProblem};
use postwright_wire::{FilePlace, FindingLevel, Language, TextFinding};

use crate::convert::small;

/// What a site's configuration says of how its posts are read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SiteSettings {
    /// None, where nothing speaks for a generator.
    pub(crate) generator: Option<Generator>,
    pub(crate) configuration: Configuration,
    pub(crate) dialect: Dialect,
    doubts: Vec<SettingDoubt>,
}

impl SiteSettings {
    /// Those of the site in a folder; CommonMark where nothing speaks for a generator.
    pub(crate) fn of_folder(root: &Path) -> Self {
        let generator = sites::generator(root);
        let read = Self::of(generator.unwrap_or(Generator::Plain), root);
        Self { generator, ..read }
    }

    /// Those that a generator reads in a folder. What cannot be read leaves the generator's default.
    pub(crate) fn of(generator: Generator, root: &Path) -> Self {
        let configuration = sites::configuration(root, generator);
        let (dialect, doubts) = default_dialect(generator).configured(&configuration.tree);
        Self { generator: Some(generator), configuration, dialect, doubts }
    }

    /// What the writer should know of them.
    pub(crate) fn findings(&self, language: Language) -> Vec<TextFinding> {
        let name = generator_name(self.generator.unwrap_or(Generator::Plain));
        let problems = self.configuration.problems.iter().map(|problem| unreadable(problem, name, language));
        let doubts = self.doubts.iter().map(|doubt| {
            let place = self.configuration.place_of(&doubt.key);
            let (level, code, why) = why(&doubt.why, name, language);
            about(&doubt.key, place, level, code, &why)
        });
        problems.chain(doubts).collect()
    }

    /// Says that a style is none that Hugo has; `shown` is the one in its place.
    pub(crate) fn unknown_style(&self, style: &str, shown: &str, language: Language) -> TextFinding {
        const KEY: &str = "markup.highlight.style";
        let why = match language {
            Language::En => format!(
                "{style} is none of Hugo's styles, and no Hugo that is installed here knows it; the default colours ({shown}) are shown."
            ),
            Language::Ko => format!(
                "{style} 스타일은 Hugo에 없고, 설치된 Hugo에서도 찾지 못했습니다. 기본 색({shown})으로 보여 줍니다."
            ),
        };
        let place = self.configuration.place_of(KEY);
        about(KEY, place, FindingLevel::Warning, "unknown_style", &why)
    }
}

/// A generator's Markdown without a configuration.
pub(crate) fn default_dialect(generator: Generator) -> Dialect {
    match generator {
        Generator::Hugo => Dialect::Hugo(Hugo::default()),
        Generator::Jekyll => Dialect::Jekyll(Jekyll::default()),
        Generator::Zola => Dialect::Zola(Zola::default()),
        Generator::Hexo => Dialect::Hexo(Hexo::default()),
        Generator::Astro => Dialect::Astro(Astro::default()),
        Generator::Plain => Dialect::CommonMark(CommonMark::default()),
    }
}

fn unreadable(problem: &ConfigurationProblem, name: &str, language: Language) -> TextFinding {
    let ConfigurationProblem { path, problem } = problem;
    let (line, column) = (problem.line, problem.column);
    let why = reason(&problem.reason, language);
    let message = match language {
        Language::En => format!(
            "{path}, line {line}, column {column}: it cannot be read ({why}). {name}'s defaults are shown in its place."
        ),
        Language::Ko => format!(
            "{path} {line}줄 {column}칸: 설정 파일을 읽을 수 없습니다({why}). 대신 {name}의 기본 설정으로 보여 줍니다."
        ),
    };
    let place = FilePlace { path: path.clone(), line: Some(small(line)) };
    finding(FindingLevel::Error, "configuration_unreadable", message, Some(place))
}

/// A finding about a setting; `why` is a sentence.
fn about(
    key: &str,
    place: Option<ConfigurationPlace>,
    level: FindingLevel,
    code: &str,
    why: &str,
) -> TextFinding {
    let place = place.map(|place| FilePlace { path: place.path, line: place.line.map(small) });
    let at = match &place {
        Some(FilePlace { path, line: Some(line) }) => format!("{path}:{line}, "),
        Some(FilePlace { path, line: None }) => format!("{path}, "),
        None => String::new(),
    };
    finding(level, code, format!("{at}{key}: {why}"), place)
}

fn finding(level: FindingLevel, code: &str, message: String, place: Option<FilePlace>) -> TextFinding {
    TextFinding { level, code: code.to_owned(), message, from: 0, to: 0, place, mend: None }
}

fn why(doubt: &Doubt, name: &str, language: Language) -> (FindingLevel, &'static str, String) {
    const NOT_FOLLOWED: &str = "setting_not_followed";
    let (level, code, english, korean) = match doubt {
        Doubt::NoSuchValue { value } => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!("{value} is none of its values; {name}'s default is shown."),
            format!("{value} 값은 쓸 수 없습니다. {name}의 기본값으로 보여 줍니다."),
        ),
        Doubt::StopsTheBuild { value } => (
            FindingLevel::Error,
            NOT_FOLLOWED,
            format!("{name} does not build a site that says {value} here; its default is shown."),
            format!("{value} 값으로는 {name}에서 사이트가 빌드되지 않습니다. 기본값으로 보여 줍니다."),
        ),
        Doubt::NotOfShape(shape) => {
            let (english, korean) = shape_name(*shape);
            (
                FindingLevel::Warning,
                NOT_FOLLOWED,
                format!("it must be {english}; {name}'s default is shown."),
                format!("값의 형식이 다릅니다({korean}). {name}의 기본값으로 보여 줍니다."),
            )
        }
        Doubt::UnknownSetting => (
            FindingLevel::Note,
            "unknown_setting",
            format!("{name} knows no setting of this name; it has no effect, on the site or here."),
            format!("{name}에 없는 설정입니다. 사이트에도 미리보기에도 영향이 없습니다."),
        ),
        Doubt::NotFollowed => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            "the preview does not follow this setting; the site may look otherwise.".to_owned(),
            "미리보기는 이 설정을 따르지 않습니다. 사이트와 다르게 보일 수 있습니다.".to_owned(),
        ),
        Doubt::WorkedOut => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!("only running the file would tell its value; {name}'s default is shown."),
            format!("파일을 실행해야 알 수 있는 값입니다. {name}의 기본값으로 보여 줍니다."),
        ),
        Doubt::Plugins => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            "plugins do not run in the preview; the site may look otherwise.".to_owned(),
            "미리보기에서는 플러그인이 실행되지 않습니다. 사이트와 다르게 보일 수 있습니다.".to_owned(),
        ),
        Doubt::OtherEngine { asked, shown } => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!("the preview does not read as {asked} does; it is shown as {shown} reads it."),
            format!("미리보기는 {asked} 방식을 모릅니다. {shown} 방식으로 보여 줍니다."),
        ),
    };
    let why = match language {
        Language::En => english,
        Language::Ko => korean,
    };
    (level, code, why)
}

fn shape_name(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Flag => ("true or false", "true 또는 false"),
        Shape::Text => ("a text", "문자열"),
        Shape::Number => ("a whole number", "정수"),
        Shape::List => ("a list, or a text with commas", "목록이나 쉼표로 나눈 문자열"),
        Shape::Table => ("values by their names", "이름과 값의 묶음"),
        Shape::Characters => ("names of characters", "문자 이름"),
        Shape::FourCharacters => ("four characters", "문자 네 개"),
        Shape::Levels => ("levels from 1 to 6", "1부터 6까지의 단계"),
        Shape::Links => ("a URL and perhaps a title for each label", "이름마다 URL과 제목"),
    }
}

/// Why a configuration cannot be read, as part of a sentence.
fn reason(reason: &Reason, language: Language) -> String {
    match (reason, language) {
        (Reason::TooDeep, Language::En) => "it is nested too deeply".to_owned(),
        (Reason::TooDeep, Language::Ko) => "중첩이 너무 깊음".to_owned(),
        (Reason::NotFields, Language::En) => "it is not a list of settings".to_owned(),
        (Reason::NotFields, Language::Ko) => "설정 목록이 아님".to_owned(),
        (Reason::DuplicateKey { key }, Language::En) => format!("“{key}” stands twice"),
        (Reason::DuplicateKey { key }, Language::Ko) => format!("“{key}” 설정이 두 번 나옴"),
        (Reason::NeedsQuotes { key }, Language::En) => format!("the value of “{key}” must stand in quotes"),
        (Reason::NeedsQuotes { key }, Language::Ko) => format!("“{key}”의 값은 따옴표로 묶어야 함"),
        // A reader's own words may take several lines.
        (other, _) => other.to_string().split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn generator_name(generator: Generator) -> &'static str {
    match generator {
        Generator::Hugo => "Hugo",
        // What reads a Jekyll site's Markdown has its settings below its own name.
        Generator::Jekyll => "kramdown",
        Generator::Zola => "Zola",
        Generator::Hexo => "Hexo",
        Generator::Astro => "Astro",
        Generator::Plain => "CommonMark",
    }
}
