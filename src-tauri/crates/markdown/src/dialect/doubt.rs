//! Settings that a site has and an engine does not follow.

/// A setting that could not be taken as it stands: the preview may differ from the site by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingDoubt {
    /// The setting's name, with those of the settings that it is in, such as `marked.pedantic`.
    pub key: String,
    /// What is wrong with it, or not followed.
    pub why: String,
}

impl SettingDoubt {
    pub(crate) fn new(key: impl Into<String>, why: impl Into<String>) -> Self {
        Self { key: key.into(), why: why.into() }
    }
}
