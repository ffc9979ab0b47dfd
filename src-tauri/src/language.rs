//! Which language the app speaks before anything is known of the writer's settings.

use postwright_wire::Language;

/// The system's language, by the rules of POSIX: the first variable that is set and not empty counts.
pub(crate) fn of_the_system() -> Language {
    from_variables(|name| std::env::var(name).ok())
}

fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .map_or(Language::En, |value| from_locale(&value))
}

/// `ko`, `ko_KR.UTF-8`, `ko-KR` are Korean; everything else is English.
fn from_locale(locale: &str) -> Language {
    let tongue = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if tongue.eq_ignore_ascii_case("ko") { Language::Ko } else { Language::En }
}

/// A language that the app does not speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the languages are ko and en")]
pub(crate) struct UnknownLanguage;

/// `--lang ko|en`.
pub(crate) fn parse(text: &str) -> Result<Language, UnknownLanguage> {
    match text {
        "ko" => Ok(Language::Ko),
        "en" => Ok(Language::En),
        _ => Err(UnknownLanguage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)]) -> Language {
        from_variables(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_variable_with_a_value_counts() {
        assert_eq!(chosen(&[]), Language::En);
        assert_eq!(chosen(&[("LANG", "ko_KR.UTF-8")]), Language::Ko);
        assert_eq!(chosen(&[("LC_ALL", "C"), ("LANG", "ko_KR.UTF-8")]), Language::En);
        assert_eq!(chosen(&[("LC_ALL", ""), ("LC_MESSAGES", "ko"), ("LANG", "en_US")]), Language::Ko);
    }

    #[test]
    fn other_tongues_that_begin_alike_are_not_korean() {
        assert_eq!(from_locale("kok_IN"), Language::En);
        assert_eq!(from_locale("KO-kr"), Language::Ko);
    }

    #[test]
    fn an_unknown_language_is_refused() {
        assert_eq!(parse("ko"), Ok(Language::Ko));
        assert!(parse("de").is_err());
    }
}
