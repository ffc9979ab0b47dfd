//! Emoji by name.

use super::{Node, Scanner};

impl Scanner<'_, '_> {
    /// `:name:`. What is between the colons is passed by even if it names nothing, as goldmark-emoji does.
    pub(super) fn emoji(&mut self) -> bool {
        if !self.context.hugo.emoji {
            return false;
        }
        let rest = &self.text[self.at + 1..];
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
            .count();
        if rest.as_bytes().get(length) != Some(&b':') {
            return false;
        }
        let Some(emoji) = emojis::get_by_shortcode(&rest[..length]) else { return false };
        let end = self.at + 1 + length + 1;
        self.nodes.push(Node::Emoji(self.at..end, emoji.as_str()));
        self.at = end;
        true
    }
}
