//! The grammars, loaded when the first code is to be coloured.

use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// The table of contents is read at once; a grammar itself, when it is first used.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// All grammars.
pub(crate) fn all() -> &'static SyntaxSet {
    &SYNTAXES
}

/// A grammar by one of its names or file extensions.
pub(crate) fn find(token: &str) -> Option<&'static SyntaxReference> {
    SYNTAXES.find_syntax_by_token(token)
}

/// The full name of a grammar, by one of its names or file extensions.
pub(crate) fn name_of(token: &str) -> Option<&'static str> {
    find(token).map(|syntax| syntax.name.as_str())
}
