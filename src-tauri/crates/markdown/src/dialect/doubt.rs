//! Settings that a site has and an engine does not follow.

/// A setting that could not be taken as it stands: the preview may differ from the site by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingDoubt {
    /// The setting's name, with those of the settings that it is in, such as `marked.pedantic`.
    pub key: String,
    /// What is wrong with it, or not followed.
    pub why: Doubt,
}

/// Why a setting is not followed as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The generator has no such value for it; the generator's default is shown.
    NoSuchValue {
        /// As it is written.
        value: String,
    },
    /// The generator does not build a site that says so; its default is shown.
    StopsTheBuild {
        /// As it is written.
        value: String,
    },
    /// It is of another shape than the generator reads; the generator's default is shown.
    NotOfShape(Shape),
    /// The generator knows no setting of this name and passes it over, as the preview does.
    UnknownSetting,
    /// The preview does not do what it asks for.
    NotFollowed,
    /// It is worked out by a program, which only the generator runs; the generator's default is shown.
    WorkedOut,
    /// It adds plugins, which do not run in the preview.
    Plugins,
    /// It asks for another engine than the one that the preview reads by.
    OtherEngine {
        /// What the site asks for.
        asked: String,
        /// What the preview reads by.
        shown: &'static str,
    },
}

/// What the value of a setting must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// True or false.
    Flag,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A list, or a text with commas.
    List,
    /// Values by their names.
    Table,
    /// Characters that HTML has a name for.
    Characters,
    /// Four characters.
    FourCharacters,
    /// Levels of headings, from 1 to 6.
    Levels,
    /// A URL, and perhaps a title, for each label.
    Links,
}

impl SettingDoubt {
    pub(crate) fn new(key: impl Into<String>, why: Doubt) -> Self {
        Self { key: key.into(), why }
    }
}
