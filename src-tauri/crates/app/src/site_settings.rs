//! How a site reads Markdown, by its configuration; and what of that the preview cannot follow.

use std::path::Path;

use postwright_markdown::{Astro, CommonMark, Dialect, Doubt, Hexo, Hugo, Jekyll, SettingDoubt, Shape, Zola};
use postwright_post::front_matter::Reason;
use postwright_post::profile::Generator;
use postwright_sites::{self as sites, Configuration, ConfigurationProblem};
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

    /// The path in the site of the file that says most of them; none without a configuration.
    pub(crate) fn main_file(&self) -> Option<&str> {
        let unreadable = self.configuration.problems.first().map(|problem| problem.path.as_str());
        self.configuration.main_file().or(unreadable)
    }

    /// What the writer should know of them.
    pub(crate) fn findings(&self, language: Language) -> Vec<TextFinding> {
        let name = generator_name(self.generator.unwrap_or(Generator::Plain));
        let problems = self.configuration.problems.iter().map(|problem| unreadable(problem, name, language));
        let doubts = self.doubts.iter().map(|doubt| {
            let (level, code, why) = why(&doubt.why, name, language);
            self.about(&doubt.key, level, code, &why)
        });
        problems.chain(doubts).collect()
    }

    /// Says that a style is none that Hugo has; `shown` is the one in its place.
    pub(crate) fn unknown_style(&self, style: &str, shown: &str, language: Language) -> TextFinding {
        let why = match language {
            Language::En => format!(
                "{style} is none of Hugo's styles, and no Hugo that is installed here knows it. As on the site, the code has the colours that Hugo falls back to ({shown}). Look at its spelling, or choose another style."
            ),
            Language::Ko => format!(
                "{style} 스타일은 Hugo에 없고, 설치된 Hugo에서도 찾지 못했습니다. 사이트와 같이 Hugo가 대신 쓰는 색({shown})으로 보여 줍니다. 철자를 확인하거나 다른 스타일을 고르세요."
            ),
        };
        self.about("markup.highlight.style", FindingLevel::Warning, "unknown_style", &why)
    }

    /// Says that the site had a configuration, `path`, and by now has none that its generator would read.
    pub(crate) fn gone(&self, path: &str, language: Language) -> TextFinding {
        let message = match (self.generator, language) {
            (Some(generator), Language::En) => format!(
                "This configuration is gone. Put it back; until then the preview shows {}'s defaults.",
                generator_name(generator)
            ),
            (Some(generator), Language::Ko) => format!(
                "설정 파일이 사라졌습니다. 되돌려 놓을 때까지 {}의 기본 설정으로 보여 줍니다.",
                generator_name(generator)
            ),
            (None, Language::En) => "Since this file changed or went, nothing tells which generator the site has. Put it back; until then the preview shows posts as GitHub does.".to_owned(),
            (None, Language::Ko) => "이 파일이 바뀌거나 사라져 어떤 생성기의 사이트인지 알 수 없습니다. 되돌려 놓을 때까지 GitHub 방식으로 보여 줍니다.".to_owned(),
        };
        let place = FilePlace { path: path.to_owned(), line: None, column: None };
        finding(FindingLevel::Warning, "configuration_gone", message, Some(place))
    }

    /// A finding about a setting; `why` is whole sentences.
    fn about(&self, key: &str, level: FindingLevel, code: &str, why: &str) -> TextFinding {
        let place = self.configuration.place_of(key);
        let place =
            place.map(|place| FilePlace { path: place.path, line: place.line.map(small), column: None });
        finding(level, code, format!("{key}: {why}"), place)
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
    let why = reason(&problem.reason, language);
    let message = match language {
        Language::En => format!(
            "This configuration cannot be read: {why}. Mend it and save it; until then the preview shows {name}'s defaults."
        ),
        Language::Ko => format!(
            "설정 파일을 읽을 수 없습니다: {why}. 고쳐서 저장할 때까지 {name}의 기본 설정으로 보여 줍니다."
        ),
    };
    let (line, column) = (Some(small(problem.line)), Some(small(problem.column)));
    let place = FilePlace { path: path.clone(), line, column };
    finding(FindingLevel::Error, "configuration_unreadable", message, Some(place))
}

fn finding(level: FindingLevel, code: &str, message: String, place: Option<FilePlace>) -> TextFinding {
    TextFinding { level, code: code.to_owned(), message, from: 0, to: 0, place, mend: None, other_mend: None }
}

/// How grave a doubt is, what it is for programs, and whole sentences on it: what is so, and what to do.
fn why(doubt: &Doubt, name: &str, language: Language) -> (FindingLevel, &'static str, String) {
    const NOT_FOLLOWED: &str = "setting_not_followed";
    let (level, code, english, korean) = match doubt {
        Doubt::NoSuchValue { value } => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!(
                "{value} is none of its values, so {name}'s default is shown. Choose one of those that {name} documents."
            ),
            format!(
                "{value} 값은 쓸 수 없어 {name}의 기본값으로 보여 줍니다. {name} 문서에 있는 값을 쓰세요."
            ),
        ),
        Doubt::StopsTheBuild { value } => (
            FindingLevel::Error,
            NOT_FOLLOWED,
            format!(
                "{name} does not build a site with {value} here. Correct it; until then its default is shown."
            ),
            format!(
                "{value} 값으로는 {name}에서 사이트가 빌드되지 않습니다. 고칠 때까지 기본값으로 보여 줍니다."
            ),
        ),
        Doubt::NotOfShape(shape) => {
            let (english, korean) = shape_name(*shape);
            (
                FindingLevel::Warning,
                NOT_FOLLOWED,
                format!("it must be {english}. Correct it; until then {name}'s default is shown."),
                format!("{korean}만 쓸 수 있습니다. 고칠 때까지 {name}의 기본값으로 보여 줍니다."),
            )
        }
        Doubt::UnknownSetting => (
            FindingLevel::Note,
            "unknown_setting",
            format!(
                "{name} knows no setting of this name, so it has no effect, on the site or here. Look at its spelling, or take it out."
            ),
            format!(
                "{name}에 없는 설정이라 사이트에도 미리보기에도 영향이 없습니다. 철자를 확인하거나 지우세요."
            ),
        ),
        Doubt::NotFollowed => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!("the preview does not follow this setting. {LOOK_AT_THE_SITE}"),
            format!("미리보기는 이 설정을 따르지 않습니다. {LOOK_AT_THE_SITE_KO}"),
        ),
        Doubt::WorkedOut => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!(
                "only running the file would tell its value, so {name}'s default is shown. Write the value itself to have it followed."
            ),
            format!(
                "파일을 실행해야 알 수 있는 값이라 {name}의 기본값으로 보여 줍니다. 값을 직접 적으면 그대로 따릅니다."
            ),
        ),
        Doubt::Plugins => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!("plugins do not run in the preview. {LOOK_AT_THE_SITE}"),
            format!("미리보기에서는 플러그인이 실행되지 않습니다. {LOOK_AT_THE_SITE_KO}"),
        ),
        Doubt::OtherEngine { asked, shown } => (
            FindingLevel::Warning,
            NOT_FOLLOWED,
            format!(
                "the preview does not read as {asked} does; it shows what {shown} makes of the post. {LOOK_AT_THE_SITE}"
            ),
            format!("미리보기는 {asked} 방식을 몰라 {shown} 방식으로 보여 줍니다. {LOOK_AT_THE_SITE_KO}"),
        ),
    };
    let why = match language {
        Language::En => english,
        Language::Ko => korean,
    };
    (level, code, why)
}

const LOOK_AT_THE_SITE: &str = "The site may look otherwise: build it and look before you publish.";
const LOOK_AT_THE_SITE_KO: &str = "사이트는 다르게 보일 수 있으니, 발행하기 전에 빌드해서 확인하세요.";

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
