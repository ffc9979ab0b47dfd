//! Which language a writer means by a name.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Flavour;
use super::grammar;

/// A language that can be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Language {
    /// The name of its profile.
    pub(crate) profile: &'static str,
    /// What finds its grammar; none where the profile alone colours it.
    pub(crate) grammar: Option<&'static str>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Language(Language),
    /// No language, or one that is shown plain: plain text, a diagram's source.
    Plain,
    /// Nobody knows it, or the site's highlighter does not.
    Unknown,
}

/// Profile, what finds the grammar (nothing: the profile's name; `-`: there is none), and the names that mean it.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("asm", "", "assembly nasm x86asm"),
    ("bash", "", "sh shell zsh ash ksh shellscript bashrc"),
    ("bat", "", "batch cmd dosbatch winbatch batchfile"),
    ("c", "", "h"),
    ("clojure", "", "clj cljs edn"),
    ("console", "bash", "shell-session shellsession sh-session terminal bash-session session"),
    ("cpp", "", "c++ cc cxx hpp h++ arduino cuda"),
    ("csharp", "cs", "c# cs dotnet"),
    ("css", "", ""),
    ("dart", "", ""),
    ("diff", "", "patch udiff"),
    ("dockerfile", "Dockerfile", "docker containerfile"),
    ("elixir", "", "ex exs"),
    ("env", "", "dotenv .env"),
    ("erlang", "", "erl"),
    ("fsharp", "fs", "f#"),
    ("go", "", "golang"),
    ("graphql", "", "gql graphqls"),
    ("groovy", "", "gradle jenkinsfile"),
    ("haskell", "", "hs"),
    ("hcl", "tf", "terraform tf tfvars"),
    ("html", "", "html5 htm xhtml markup"),
    ("ini", "", "conf cfg desktop editorconfig systemd toml-ini gitconfig"),
    ("java", "", ""),
    ("javascript", "js", "js jsx mjs cjs node react"),
    ("json", "", "jsonc json5 jsonl ndjson webmanifest"),
    ("julia", "", "jl"),
    ("kotlin", "kt", "kt kts"),
    ("latex", "", "tex ltx"),
    ("lua", "", "luau"),
    ("make", "Makefile", "makefile mk gnumake"),
    ("markdown", "", "md mkd mdx"),
    ("matlab", "", "octave"),
    ("nginx", "", "nginxconf"),
    ("nix", "", "nixos"),
    ("objc", "m", "objective-c objectivec obj-c mm"),
    ("ocaml", "", "ml"),
    ("perl", "", "pl"),
    ("php", "", "php3 php4 php5 phtml"),
    ("powershell", "-", "ps ps1 posh pwsh psm1"),
    ("properties", "", "java-properties"),
    ("proto", "", "protobuf proto3"),
    ("python", "", "py py3 python3 python2 gyp sage starlark bazel"),
    ("r", "R", "rlang splus"),
    ("ruby", "", "rb gemfile rake irb"),
    ("rust", "", "rs"),
    ("scala", "", "sbt"),
    ("scss", "", ""),
    ("solidity", "", "sol"),
    ("sql", "", "mysql pgsql postgresql postgres psql sqlite sqlite3 plsql mariadb tsql"),
    ("svelte", "", ""),
    ("swift", "", ""),
    ("toml", "", ""),
    ("tsx", "", ""),
    ("typescript", "ts", "ts mts cts"),
    ("viml", "", "vim vimscript"),
    ("vue", "", "vuejs"),
    ("xml", "", "svg rss xsd xsl xslt plist pom atom"),
    ("yaml", "", "yml"),
    ("zig", "", ""),
];

/// Names that mean no colours.
const PLAIN: &str = "text txt plain plaintext plain-text none output raw nohighlight no-highlight fallback mermaid \
                     math log ascii asciiart tree csv tsv";

static KNOWN: LazyLock<[HashSet<&'static str>; 2]> = LazyLock::new(|| {
    let text = include_str!("known.txt");
    let list = |name: &str| {
        let after = text.split_once(name).map_or("", |(_, after)| after);
        after.lines().take_while(|line| !line.starts_with('[')).flat_map(str::split_whitespace).collect()
    };
    [list("[chroma]\n"), list("[rouge]\n")]
});

/// What a name means to us and to the site's highlighter.
pub(crate) fn meaning(name: &str, flavour: Flavour) -> Meaning {
    let name = name.to_lowercase();
    if name.is_empty() || PLAIN.split_whitespace().any(|plain| plain == name) {
        return Meaning::Plain;
    }
    if !is_known_to_site(&name, flavour) {
        return Meaning::Unknown;
    }
    let own = LANGUAGES
        .iter()
        .find(|(profile, _, names)| *profile == name || names.split(' ').any(|other| other == name));
    if let Some(&(profile, grammar, _)) = own {
        let grammar = match grammar {
            "-" => None,
            "" => Some(profile),
            grammar => Some(grammar),
        };
        return Meaning::Language(Language { profile, grammar });
    }
    match grammar::name_of(&name) {
        Some(grammar) => Meaning::Language(Language { profile: "general", grammar: Some(grammar) }),
        None => Meaning::Unknown,
    }
}

/// Whether the site's highlighter takes code of this language, so that its style gives it ink and paper too, and not
/// only colours. Chroma leaves code without a language to the theme, which Jekyll gives Rouge as plain text; neither
/// takes a language that it does not know. As Hugo 0.168 and Jekyll 4 print them.
pub(crate) fn is_highlighted(name: Option<&str>, flavour: Flavour) -> bool {
    match name {
        Some(name) => is_known_to_site(&name.to_lowercase(), flavour),
        None => flavour != Flavour::Chroma,
    }
}

/// Whether the highlighter colours a language of this name; what it does not know it shows plain.
fn is_known_to_site(name: &str, flavour: Flavour) -> bool {
    match flavour {
        Flavour::Chroma => KNOWN[0].contains(name),
        Flavour::Rouge => KNOWN[1].contains(name),
        Flavour::Own => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_that_writers_use() {
        let names = "rust rs python py javascript js typescript ts tsx jsx go golang java kotlin kt swift c cpp c++ \
                     csharp cs ruby rb php bash sh shell console shell-session zsh yaml yml toml json jsonc html css \
                     scss sql docker dockerfile Dockerfile makefile lua perl r R scala haskell elixir diff ini conf \
                     xml graphql terraform hcl vim nix zig dart markdown md vue svelte protobuf proto nginx env \
                     dotenv properties gradle groovy solidity powershell bat objc asm latex julia matlab";
        for name in names.split_whitespace() {
            assert!(matches!(meaning(name, Flavour::Own), Meaning::Language(_)), "{name}");
        }
        for name in ["text", "plaintext", "mermaid", "TEXT"] {
            assert_eq!(meaning(name, Flavour::Own), Meaning::Plain, "{name}");
        }
        assert_eq!(meaning("no-such-language", Flavour::Own), Meaning::Unknown);
    }

    #[test]
    fn every_language_has_its_grammar() {
        for (profile, _, _) in LANGUAGES {
            let Meaning::Language(language) = meaning(profile, Flavour::Own) else { panic!("{profile}") };
            if let Some(grammar) = language.grammar {
                assert!(grammar::find(grammar).is_some(), "{grammar}");
            }
        }
    }

    /// Rouge 3.30 has no `env`; Chroma (Hugo 0.168) has no `shell-session` with a prompt of that name but `console`.
    #[test]
    fn what_the_site_does_not_know_is_unknown() {
        assert_eq!(meaning("env", Flavour::Rouge), Meaning::Unknown);
        assert!(matches!(meaning("env", Flavour::Chroma), Meaning::Language(_)));
        assert_eq!(meaning("js,linenos", Flavour::Chroma), Meaning::Unknown);
    }

    #[test]
    fn no_name_means_two_languages() {
        let mut names: Vec<&str> =
            LANGUAGES.iter().flat_map(|(profile, _, names)| names.split(' ').chain([*profile])).collect();
        names.retain(|name| !name.is_empty());
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
