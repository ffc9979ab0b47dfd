//! CommonMark 0.31 with GitHub's extensions, as the library's own drafts are shown before they have a site.

use pulldown_cmark::Options;

use super::autolink::{self, Gfm, GfmLiterals};
use super::bare_table;
use super::common;
use super::note_style::GitHubNotes;
use super::strikethrough::{self, Tildes};
use super::{AssignIds, Engine, NoteStyle};
use crate::heading;
use crate::reading::{Definitions, Reading};

/// CommonMark's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonMark {
    /// GitHub's tables, strikethrough, task lists, autolinks and footnotes.
    pub github: bool,
}

impl Default for CommonMark {
    fn default() -> Self {
        Self { github: true }
    }
}

impl Engine for CommonMark {
    fn read(&self, source: &str, known: &Definitions) -> Reading {
        let mut options = Options::empty();
        if self.github {
            options |= Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
        }
        let mut reading = common::read(source, options, known);
        if self.github {
            let events = std::mem::take(&mut reading.events);
            let events = autolink::link_literals(events, source, &mut GfmLiterals::new(Gfm::GitHub));
            let events = strikethrough::strike(events, source, Tildes::Flanking);
            reading.events = bare_table::without_body(events);
            common::add_heading_anchors(&mut reading, |content, _| {
                Some((heading::slug(&common::plain_text(content)), false))
            });
        }
        reading
    }

    fn heading_ids(&self) -> Box<dyn AssignIds> {
        Box::<heading::HeadingIds>::default()
    }

    fn notes(&self) -> &dyn NoteStyle {
        &GitHubNotes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use crate::whole;

    fn html(markdown: &str) -> String {
        whole::html(markdown, &Dialect::CommonMark(CommonMark::default()))
    }

    /// GFM 0.29, section 6.9.
    #[test]
    fn links_bare_urls_and_addresses() {
        for (markdown, expected) in [
            (
                "Visit www.commonmark.org/a.b.",
                "<p>Visit <a href=\"http://www.commonmark.org/a.b\">www.commonmark.org/a.b</a>.</p>\n",
            ),
            (
                "(www.google.com/search?q=Markup+(business))",
                "<p>(<a href=\"http://www.google.com/search?q=Markup+(business)\">\
                 www.google.com/search?q=Markup+(business)</a>)</p>\n",
            ),
            (
                "www.google.com/search?q=commonmark&hl;",
                "<p><a href=\"http://www.google.com/search?q=commonmark\">\
                 www.google.com/search?q=commonmark</a>&amp;hl;</p>\n",
            ),
            (
                "www.commonmark.org/he<lp",
                "<p><a href=\"http://www.commonmark.org/he\">www.commonmark.org/he</a>&lt;lp</p>\n",
            ),
            ("a.b-c_d@a.b.", "<p><a href=\"mailto:a.b-c_d@a.b\">a.b-c_d@a.b</a>.</p>\n"),
            ("a.b-c_d@a.b-\na.b-c_d@a.b_", "<p>a.b-c_d@a.b-\na.b-c_d@a.b_</p>\n"),
            (
                "mailto:가@b.c mailto:a@b.c/ (mailto:a@b.c) Mailto:a@b.c xmailto:a@b.c",
                "<p>mailto:가@b.c <a href=\"mailto:a@b.c\">mailto:a@b.c</a>/ \
                 (<a href=\"mailto:a@b.c\">mailto:a@b.c</a>) Mailto:<a href=\"mailto:a@b.c\">a@b.c</a> \
                 xmailto:<a href=\"mailto:a@b.c\">a@b.c</a></p>\n",
            ),
            (
                "xmpp:a@b.c/d.e@f.를 xmpp:a@b.c/",
                "<p><a href=\"xmpp:a@b.c/d.e@f\">xmpp:a@b.c/d.e@f</a>.를 \
                 <a href=\"xmpp:a@b.c\">xmpp:a@b.c</a>/</p>\n",
            ),
            ("http://a_b.c_d.com", "<p>http://a_b.c_d.com</p>\n"),
            ("`www.a.kr` [www.a.kr](/b)", "<p><code>www.a.kr</code> <a href=\"/b\">www.a.kr</a></p>\n"),
        ] {
            assert_eq!(html(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn strikes_out_between_one_or_two_tildes() {
        assert_eq!(
            html("~~Hi~~ Hello, ~there~ world! ~~~no~~~ ~a~~"),
            "<p><del>Hi</del> Hello, <del>there</del> world! ~~~no~~~ ~a~~</p>\n"
        );
        assert_eq!(html("10~20, 30~40 \\~가~"), "<p>10<del>20, 30</del>40 ~가~</p>\n");
    }

    #[test]
    fn plain_commonmark_knows_none_of_it() {
        let plain = Dialect::CommonMark(CommonMark { github: false });
        assert_eq!(whole::html("~a~ www.a.kr", &plain), "<p>~a~ www.a.kr</p>\n");
    }

    #[test]
    fn reads_long_texts_of_half_urls_in_linear_time() {
        // Each piece once made a scanner look at the whole rest of the text.
        for piece in ["www._.", "http://_", "http://a.com.", "a@b.", "~~a", "~", "http://a&b;", "[", "> "] {
            let text = piece.repeat(20_000 / piece.len());
            assert!(!html(&text).is_empty());
        }
    }
}
