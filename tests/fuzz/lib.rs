//! What the fuzzed bytes mean: bytes that choose, and texts.

use postwright_markdown::{Astro, CommonMark, Dialect, Hexo, Hugo, Jekyll, Zola};

/// Fuzzed bytes, taken from the front.
pub struct Input<'d>(&'d [u8]);

impl<'d> Input<'d> {
    /// All of the bytes.
    pub fn new(data: &'d [u8]) -> Self {
        Self(data)
    }

    /// The next byte; zero behind the end.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// The next two bytes.
    pub fn place(&mut self) -> usize {
        usize::from(u16::from_be_bytes([self.byte(), self.byte()]))
    }

    /// As many bytes as there are up to `longest`, as a text with the line ends of the editor.
    pub fn text(&mut self, longest: usize) -> String {
        let (text, rest) = self.0.split_at(longest.min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// The dialect that a byte chooses, with its generator's own settings; of Astro's, MDX is one more.
    pub fn dialect(&mut self) -> Dialect {
        match self.byte() % 7 {
            0 => Dialect::CommonMark(CommonMark::default()),
            1 => Dialect::Hugo(Hugo::default()),
            2 => Dialect::Jekyll(Jekyll::default()),
            3 => Dialect::Zola(Zola::default()),
            4 => Dialect::Hexo(Hexo::default()),
            5 => Dialect::Astro(Astro::default()),
            _ => Dialect::Astro(Astro::default()).for_file_name("post.mdx"),
        }
    }

    /// All that is left.
    pub fn rest(self) -> String {
        String::from_utf8_lossy(self.0).into_owned()
    }
}

/// The nearest place in a text that is between two characters, not behind `at`.
pub fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
