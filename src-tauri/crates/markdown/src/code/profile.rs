//! How a site's highlighter names what is in code: one profile for each language and flavour, read from
//! `profiles.txt`.
//!
//! Chroma (Hugo) and Rouge (Jekyll) share Pygments' short class names, but give them out differently: `func` is `kd`
//! to one and `k` to the other. What a grammar calls a piece of code is therefore only a hint; the profile's lists of
//! words, and what stands before and after a name, decide.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::Scope;

use super::Flavour;

/// A short class name of Pygments, such as `k` or `s2`; empty for text that has none.
pub(crate) type Class = &'static str;

/// What a grammar's scope says of a piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// All of it has this class, whatever it looks like: comments, strings.
    Text(Class),
    /// A word in it has this class unless the profile knows the word.
    Word(Class),
    /// All of it and of what is in it has this class.
    Inside(Class),
    /// It is code, whatever is around it.
    Code,
}

/// The rules of one language in one flavour.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    flavour: Flavour,
    /// The longest rule that fits a scope counts.
    scopes: Vec<(Scope, Hint)>,
    words: HashMap<&'static str, Class>,
    /// The class of the name that follows a word: `class Post`.
    after: HashMap<&'static str, Class>,
    /// The class of the whole path that follows a word: `import java.util.List`.
    path_after: HashMap<&'static str, Class>,
    /// The class of what follows the first word of a line.
    line: HashMap<&'static str, Class>,
    /// The class of a line that begins so.
    starts: Vec<(&'static str, Class)>,
    marks: HashMap<&'static str, Class>,
    /// Scopes of another language.
    embeds: Vec<(Scope, &'static str)>,
    /// Characters that begin a name of a class of its own: `@Override`.
    sigils: Vec<(char, Class)>,
    /// Whether only what has white space around it is a number.
    pub(crate) numbers_stand_alone: bool,
    /// Names that nothing else is known of.
    pub(crate) name: Class,
    /// A name before `(`.
    pub(crate) call: Option<Class>,
    /// A name after `.`.
    pub(crate) member: Option<Class>,
    /// A name after `.` and before `(`.
    pub(crate) member_call: Option<Class>,
    /// A name before `:`.
    pub(crate) key: Option<Class>,
    /// A name right after another word, and before `(`: a declaration.
    pub(crate) declared: Option<Class>,
    /// A name before `::`.
    pub(crate) scope_name: Option<Class>,
    /// A name before `=`.
    pub(crate) before_equals: Option<Class>,
    /// `Capitalised`, after one of these marks.
    capital_after: HashMap<&'static str, Class>,
    /// Whether capitals say more than a `(` that follows.
    pub(crate) capital_first: bool,
    /// `Capitalised`.
    pub(crate) capital: Option<Class>,
    /// `CAPITALS`.
    pub(crate) capitals: Option<Class>,
    /// Whole numbers, and broken ones, and those with a base.
    pub(crate) integer: Class,
    pub(crate) float: Class,
    pub(crate) hex: Class,
    /// The letters after a number: `16px`.
    pub(crate) unit: Option<Class>,
    /// The characters that are punctuation, and the class of all other symbols.
    punctuation: &'static str,
    pub(crate) punctuation_class: Class,
    pub(crate) operator: Class,
    /// What belongs to a name beside letters, digits and `_`.
    pub(crate) in_names: &'static str,
    /// What begins a comment and what encloses a string, where no grammar says so.
    pub(crate) comments: Vec<(char, Class)>,
    pub(crate) quotes: Vec<(char, Class)>,
    /// What a prompt ends with, in a session.
    prompts: Vec<&'static str>,
    /// Whether a prompt may say who and where.
    long_prompts: bool,
    /// Whether words are compared without case.
    any_case: bool,
}

type Profiles = HashMap<Flavour, HashMap<&'static str, Profile>>;

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let mut profiles = HashMap::new();
    read(include_str!("profiles.txt"), &mut profiles);
    read(include_str!("words.txt"), &mut profiles);
    profiles
});

impl Profile {
    /// The profile of a language; the general one for a language that has none.
    pub(crate) fn of(language: &str, flavour: Flavour) -> &'static Profile {
        static NONE: LazyLock<Profile> = LazyLock::new(Profile::default);
        let find = |profiles: &'static HashMap<&'static str, Profile>| {
            profiles.get(language).or_else(|| profiles.get("general"))
        };
        let flavour = if flavour == Flavour::Own { Flavour::Chroma } else { flavour };
        PROFILES.get(&flavour).and_then(find).unwrap_or(&NONE)
    }

    /// What a single scope says.
    pub(crate) fn hint(&self, scope: Scope) -> Option<Hint> {
        let fitting = self.scopes.iter().filter(|(prefix, _)| prefix.is_prefix_of(scope));
        fitting.max_by_key(|(prefix, _)| prefix.len()).map(|&(_, hint)| hint)
    }

    pub(crate) fn word(&self, word: &str) -> Option<Class> {
        if self.any_case && word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.words.get(word.to_ascii_lowercase().as_str()).copied();
        }
        self.words.get(word).copied()
    }

    pub(crate) fn after(&self, word: &str) -> Option<Class> {
        self.after.get(word).copied()
    }

    pub(crate) fn path_after(&self, word: &str) -> Option<Class> {
        self.path_after.get(word).copied()
    }

    pub(crate) fn line(&self, word: &str) -> Option<Class> {
        self.line.get(word).copied()
    }

    /// The class of a whole line, by how it begins.
    pub(crate) fn start(&self, line: &str) -> Option<Class> {
        self.starts.iter().find(|(start, _)| line.starts_with(start)).map(|&(_, class)| class)
    }

    /// Where the prompt that a line begins with ends: `$ `, `me@home:~$ `.
    pub(crate) fn prompt(&self, line: &str) -> Option<usize> {
        let end = line.find(char::is_whitespace).unwrap_or(line.len());
        let word = &line[..end];
        let alone = self.prompts.contains(&word);
        let long = self.long_prompts && word.contains(['@', ':', '~']) && word.ends_with(['$', '#', '%']);
        (alone || long).then_some(end)
    }

    pub(crate) fn capital_after(&self, mark: &str) -> Option<Class> {
        self.capital_after.get(mark).copied()
    }

    /// The profile of another language that a scope belongs to.
    pub(crate) fn embedded(&self, scope: Scope) -> Option<&'static Profile> {
        let embed = self.embeds.iter().find(|(prefix, _)| prefix.is_prefix_of(scope))?;
        Some(Profile::of(embed.1, self.flavour))
    }

    pub(crate) fn sigil(&self, symbol: char) -> Option<Class> {
        self.sigils.iter().find(|(sigil, _)| *sigil == symbol).map(|&(_, class)| class)
    }

    /// The class of the symbol that `rest` begins with, and its length.
    pub(crate) fn symbol(&self, rest: &str, symbol: char) -> (Class, usize) {
        for length in [3, 2] {
            if let Some(class) = rest.get(..length).and_then(|mark| self.marks.get(mark)) {
                return (class, length);
            }
        }
        let mut buffer = [0; 4];
        if let Some(class) = self.marks.get(&*symbol.encode_utf8(&mut buffer)) {
            return (class, symbol.len_utf8());
        }
        let class = if self.punctuation.contains(symbol) { self.punctuation_class } else { self.operator };
        (class, symbol.len_utf8())
    }

    /// One line of a profile; `None` if it says nothing that is known.
    fn set(&mut self, line: &'static str) -> Option<()> {
        let (what, value) = line.split_once('=')?;
        let (what, value) = (what.trim(), value.trim());
        let (verb, arguments) = what.split_once(' ').unwrap_or((what, ""));
        let class = || Some(Some(value).filter(|value| *value != "-").unwrap_or_default());
        let some = || Some(value).filter(|value| *value != "-");
        match verb {
            "text" => self.add_scopes(arguments, Some(Hint::Text(class()?)))?,
            "inside" => self.add_scopes(arguments, Some(Hint::Inside(class()?)))?,
            "word" => self.add_scopes(arguments, Some(Hint::Word(class()?)))?,
            "scope" if value == "code" => self.add_scopes(arguments, Some(Hint::Code))?,
            "scope" if value == "-" => self.add_scopes(arguments, None)?,
            "words" => self.words.extend(value.split(' ').map(|word| (word, no_dash(arguments)))),
            "more" => {
                for word in value.split(' ') {
                    self.words.entry(word).or_insert(no_dash(arguments));
                }
            }
            "after" => self.after.extend(value.split(' ').map(|word| (word, no_dash(arguments)))),
            "path" => self.path_after.extend(value.split(' ').map(|word| (word, no_dash(arguments)))),
            "line" => self.line.extend(value.split(' ').map(|word| (word, no_dash(arguments)))),
            "sigils" => self.sigils.extend(value.chars().map(|sigil| (sigil, no_dash(arguments)))),
            "alone" => self.numbers_stand_alone = value == "yes",
            "forget-words" => self.words.clear(),
            "comments" => self.comments.extend(value.chars().map(|mark| (mark, no_dash(arguments)))),
            "quotes" => self.quotes.extend(value.chars().map(|mark| (mark, no_dash(arguments)))),
            "prompts" => self.prompts.extend(value.split(' ')),
            "long-prompts" => self.long_prompts = value == "yes",
            "starts" => self.starts.extend(value.split(' ').map(|start| (start, no_dash(arguments)))),
            "capital-after" => {
                self.capital_after.extend(value.split(' ').map(|mark| (mark, no_dash(arguments))));
            }
            "embed" => self.embeds.push((Scope::new(value).ok()?, arguments)),
            "marks" => self.marks.extend(value.split(' ').map(|mark| (mark, no_dash(arguments)))),
            "name" => self.name = class()?,
            "declared" => self.declared = some(),
            "scope-name" => self.scope_name = some(),
            "before-equals" => self.before_equals = some(),
            "capital-first" => self.capital_first = value == "yes",
            "unit" => self.unit = some(),
            "call" => self.call = some(),
            "member" => self.member = some(),
            "member-call" => self.member_call = some(),
            "key" => self.key = some(),
            "capital" => self.capital = some(),
            "capitals" => self.capitals = some(),
            "integer" => self.integer = class()?,
            "float" => self.float = class()?,
            "hex" => self.hex = class()?,
            "number" => (self.integer, self.float, self.hex) = (class()?, class()?, class()?),
            "punctuation" => self.punctuation = value,
            "punctuation-class" => self.punctuation_class = class()?,
            "operator" => self.operator = class()?,
            "in-names" => self.in_names = value,
            "any-case" => self.any_case = value == "yes",
            _ => return None,
        }
        Some(())
    }

    fn add_scopes(&mut self, prefixes: &str, hint: Option<Hint>) -> Option<()> {
        for prefix in prefixes.split(' ') {
            let prefix = Scope::new(prefix).ok()?;
            self.scopes.retain(|(known, _)| *known != prefix);
            self.scopes.extend(hint.map(|hint| (prefix, hint)));
        }
        Some(())
    }
}

fn no_dash(class: &'static str) -> Class {
    if class == "-" { "" } else { class }
}

/// Reads `[language flavour: parent language]` sections; `*` stands for both flavours, `a,b` for several languages.
/// What is not understood is passed over; a test says that nothing is.
fn read(text: &'static str, profiles: &mut Profiles) {
    let mut open: Vec<(&'static str, Flavour)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (head, parent) = head.split_once(':').unwrap_or((head, ""));
            let (languages, flavour) = head.split_once(' ').unwrap_or((head, "*"));
            let flavours: &[Flavour] = match flavour {
                "chroma" => &[Flavour::Chroma],
                "rouge" => &[Flavour::Rouge],
                _ => &[Flavour::Chroma, Flavour::Rouge],
            };
            open.clear();
            for language in languages.split(',') {
                open.extend(flavours.iter().map(|&flavour| (language, flavour)));
            }
            for &(language, flavour) in &open {
                let profiles = profiles.entry(flavour).or_default();
                if let Some(parent) = profiles.get(parent.trim()).cloned() {
                    profiles.insert(language, parent);
                }
            }
        } else {
            for &(language, flavour) in &open {
                let profile = profiles.entry(flavour).or_default().entry(language).or_default();
                profile.flavour = flavour;
                let known = profile.set(line);
                debug_assert!(known.is_some(), "{language}: {line}");
            }
        }
    }
}
