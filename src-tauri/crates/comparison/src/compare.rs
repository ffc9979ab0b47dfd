//! Two renderings of one post, block by block.

use crate::Kind;
use crate::html::{self, Block, Token};

/// How many characters of a block an excerpt shows before and after the place.
const EXCERPT: usize = 50;

/// How two renderings of a post differ.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The blocks of either, those that stand in both counted once.
    pub blocks: usize,
    /// Those that are equal.
    pub equal: usize,
    /// Those that are equal when heading ids do not count.
    pub equal_without_ids: usize,
    /// One for each block that differs.
    pub differences: Vec<Difference>,
}

/// What is not equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What sort of difference.
    pub kind: Kind,
    /// A piece of what the generator printed.
    pub site: String,
    /// The same piece of the preview.
    pub preview: String,
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_equal(&self) -> bool {
        self.equal == self.blocks
    }

    /// The same, heading ids not counted.
    pub fn is_equal_without_ids(&self) -> bool {
        self.equal_without_ids == self.blocks
    }
}

/// Compares what the generator printed with the preview.
pub fn compare(site: &[Block], preview: &[Block]) -> Comparison {
    let mut comparison = Comparison::default();
    for step in aligned(site, preview) {
        comparison.blocks += 1;
        match step {
            (Some(one), Some(other)) if same(one, other) => {
                comparison.equal += 1;
                comparison.equal_without_ids += 1;
            }
            (Some(one), Some(other)) => {
                let without_ids = [one, other].map(html::without_heading_ids);
                comparison.equal_without_ids += usize::from(same(&without_ids[0], &without_ids[1]));
                comparison.differences.push(difference(one, other));
            }
            (Some(one), None) => comparison.differences.push(Difference {
                kind: Kind::BlockOnSite(name_of(one)),
                site: excerpt(one, 0),
                preview: String::new(),
            }),
            (None, Some(other)) => comparison.differences.push(Difference {
                kind: Kind::BlockInPreview(name_of(other)),
                site: String::new(),
                preview: excerpt(other, 0),
            }),
            (None, None) => {}
        }
    }
    comparison
}

/// Where the words that a reader sees part, if they do.
pub fn words_apart(site: &[Block], preview: &[Block]) -> Option<Difference> {
    let words = |blocks: &[Block]| blocks.iter().map(html::visible).collect::<String>();
    let (site, preview) = (words(site), words(preview));
    if site == preview {
        return None;
    }
    let same = site.chars().zip(preview.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| {
        let before: String = text.chars().take(same).skip(same.saturating_sub(EXCERPT / 2)).collect();
        format!("{before}⟨{}", text.chars().skip(same).take(EXCERPT).collect::<String>())
    };
    Some(Difference { kind: Kind::Words, site: around(&site), preview: around(&preview) })
}

/// Whether two blocks show the same. A language of code counts where the generator shows it.
pub(crate) fn same(site: &Block, preview: &Block) -> bool {
    site.len() == preview.len() && first_difference(site, preview) == site.len()
}

/// Where two blocks part.
fn first_difference(site: &Block, preview: &Block) -> usize {
    let same = |(one, other): &(&Token, &Token)| match (one, other) {
        (Token::Code(one), Token::Code(other)) => {
            one.text == other.text
                && one.caption == other.caption
                && (one.language.is_none() || one.language == other.language)
        }
        _ => one == other,
    };
    site.iter().zip(preview).take_while(same).count()
}

/// Pairs the blocks: equal ones that keep the order first, then what lies between them, one with one.
fn aligned<'b>(site: &'b [Block], preview: &'b [Block]) -> Vec<(Option<&'b Block>, Option<&'b Block>)> {
    let mut pairs = Vec::new();
    let (mut from, mut other_from) = (0, 0);
    for (at, other_at) in common(site, preview).into_iter().chain([(site.len(), preview.len())]) {
        let between = (at - from).max(other_at - other_from);
        for step in 0..between {
            let one = site[from..at].get(step);
            pairs.push((one, preview[other_from..other_at].get(step)));
        }
        if at < site.len() {
            pairs.push((Some(&site[at]), Some(&preview[other_at])));
        }
        (from, other_from) = (at + 1, other_at + 1);
    }
    pairs
}

/// The longest common subsequence, by indices.
fn common(site: &[Block], preview: &[Block]) -> Vec<(usize, usize)> {
    let start = site.iter().zip(preview).take_while(|(one, other)| same(one, other)).count();
    let (rest, other_rest) = (&site[start..], &preview[start..]);
    let end =
        rest.iter().rev().zip(other_rest.iter().rev()).take_while(|(one, other)| same(one, other)).count();
    let (rest, other_rest) = (&rest[..rest.len() - end], &other_rest[..other_rest.len() - end]);
    let width = other_rest.len() + 1;
    let mut longest = vec![0_u32; (rest.len() + 1) * width];
    for at in (0..rest.len()).rev() {
        for other_at in (0..other_rest.len()).rev() {
            longest[at * width + other_at] = if same(&rest[at], &other_rest[other_at]) {
                longest[(at + 1) * width + other_at + 1] + 1
            } else {
                longest[(at + 1) * width + other_at].max(longest[at * width + other_at + 1])
            };
        }
    }
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
    let (mut at, mut other_at) = (0, 0);
    while at < rest.len() && other_at < other_rest.len() {
        if same(&rest[at], &other_rest[other_at]) {
            pairs.push((start + at, start + other_at));
            (at, other_at) = (at + 1, other_at + 1);
        } else if longest[(at + 1) * width + other_at] >= longest[at * width + other_at + 1] {
            at += 1;
        } else {
            other_at += 1;
        }
    }
    pairs.extend((0..end).map(|at| (site.len() - end + at, preview.len() - end + at)));
    pairs
}

/// Names the first place at which two blocks differ.
pub(crate) fn difference(site: &Block, preview: &Block) -> Difference {
    let at = first_difference(site, preview);
    let kind = kind(site.get(at), preview.get(at));
    Difference { kind, site: excerpt(site, at), preview: excerpt(preview, at) }
}

fn kind(site: Option<&Token>, preview: Option<&Token>) -> Kind {
    use Token::{Close, Code, Open, Space, Word};
    match (site, preview) {
        (Some(Open(name, attributes)), Some(Open(other, others))) if name == other => {
            let missing = |one: &[(String, String)], from: &[(String, String)]| {
                one.iter().find(|pair| !from.contains(pair)).map(|(name, _)| name.clone())
            };
            let attribute = missing(attributes, others).or_else(|| missing(others, attributes));
            Kind::Attribute { attribute: attribute.unwrap_or_default(), element: name.clone() }
        }
        (Some(Open(site, _)), Some(Open(preview, _))) => {
            Kind::OtherElement { site: site.clone(), preview: preview.clone() }
        }
        (Some(Code(one)), Some(Code(other))) if one.text != other.text => Kind::CodeText,
        (Some(Code(one)), Some(Code(other))) if one.language != other.language => Kind::CodeLanguage,
        (Some(Code(_)), Some(Code(_))) => Kind::CodeCaption,
        (Some(Word(one)), Some(Word(other))) if straight(one) == straight(other) => Kind::Punctuation,
        (Some(Word(one)), Some(Word(other))) => words_kind(one, other),
        (Some(Open(name, _)), _) => Kind::ElementOnSite(name.clone()),
        (_, Some(Open(name, _))) => Kind::ElementInPreview(name.clone()),
        (Some(Code(_)), _) => Kind::CodeOnSite,
        (_, Some(Code(_))) => Kind::CodeInPreview,
        (Some(Space), _) | (_, Some(Space)) => Kind::Space,
        (Some(Close(name)), _) => Kind::EndsEarlierOnSite(name.clone()),
        (_, Some(Close(name))) => Kind::EndsEarlierInPreview(name.clone()),
        _ => Kind::Length,
    }
}

fn words_kind(site: &str, preview: &str) -> Kind {
    for sign in ["**", "*", "~", "_"] {
        match (site.contains(sign), preview.contains(sign)) {
            (true, false) => return Kind::SignOnSite(sign),
            (false, true) => return Kind::SignInPreview(sign),
            _ => {}
        }
    }
    Kind::Text
}

fn straight(word: &str) -> String {
    word.replace(['“', '”', '«', '»'], "\"")
        .replace(['‘', '’'], "'")
        .replace('—', "---")
        .replace('–', "--")
        .replace('…', "...")
        .replace("---", "--")
}

/// The element that a block is; none for loose text.
pub(crate) fn name_of(block: &Block) -> Option<String> {
    match block.first() {
        Some(Token::Open(name, _)) => Some(name.clone()),
        Some(Token::Code(_)) => Some("code".to_owned()),
        _ => None,
    }
}

/// The block around its token `at`, as HTML in one line.
pub(crate) fn excerpt(block: &Block, at: usize) -> String {
    let shown = |tokens: &[Token]| tokens.iter().map(shown).collect::<String>();
    let (before, after) = (shown(&block[..at.min(block.len())]), shown(&block[at.min(block.len())..]));
    let skipped = before.chars().count().saturating_sub(EXCERPT);
    let mut text = if skipped > 0 { "…".to_owned() } else { String::new() };
    text.extend(before.chars().skip(skipped));
    text.push('⟨');
    text.extend(after.chars().take(2 * EXCERPT));
    if after.chars().count() > 2 * EXCERPT {
        text.push('…');
    }
    text.replace('\n', "⏎")
}

fn shown(token: &Token) -> String {
    match token {
        Token::Open(name, attributes) => {
            let attributes: String =
                attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
            format!("<{name}{attributes}>")
        }
        Token::Close(name) if matches!(name.as_str(), "br" | "img" | "hr" | "input") => String::new(),
        Token::Close(name) => format!("</{name}>"),
        Token::Word(word) => word.clone(),
        Token::Space => " ".into(),
        Token::Code(code) => {
            format!("<code {}>{}{}", code.language.as_deref().unwrap_or("plain"), code.caption, code.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(site: &str, preview: &str) -> Comparison {
        compare(&html::blocks(site), &html::blocks(preview))
    }

    /// One block of three differs, in the way that `kind` says.
    fn fails(site: &str, preview: &str, kind: &str) {
        let around = |html: &str| format!("<p>앞</p>{html}<p>뒤</p>");
        let comparison = compared(&around(site), &around(preview));
        assert_eq!((comparison.blocks, comparison.equal), (3, 2), "{site}\n{preview}\n{comparison:?}");
        assert!(!comparison.is_equal());
        assert_eq!(comparison.differences[0].kind.to_string(), kind, "{comparison:?}");
    }

    #[test]
    fn every_loss_is_seen_and_named() {
        fails("<h2 id=a>a</h2>", "<h2 id=a-1>a</h2>", "id of <h2>");
        fails("<h2 id=a>a</h2>", "<h2>a</h2>", "id of <h2>");
        fails("<p>가 나 다</p>", "<p>가 다</p>", "text");
        fails("<p><a href=/a>가</a></p>", "<p>가</p>", "<a> on the site, not in the preview");
        fails("<p><a href=/a>가</a></p>", "<p><a href=/b>가</a></p>", "href of <a>");
        fails("<p><img src=a alt=b></p>", "<p><img src=a></p>", "alt of <img>");
        fails("<p>“가”</p>", "<p>\"가\"</p>", "smart punctuation");
        fails(
            "<p>**가(나)**는</p>",
            "<p><strong>가(나)</strong>는</p>",
            "<strong> in the preview, not on the site",
        );
        fails("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>", "<p> in the preview, not on the site");
        fails("<pre><code>a</code></pre>", "<pre><code>b</code></pre>", "text of code");
        fails("<pre><code class=language-a>a</code></pre>", "<pre><code>a</code></pre>", "language of code");
        fails("<p>a<br>b</p>", "<p>a b</p>", "<br> on the site, not in the preview");
        fails("<p>a</p>", "", "block <p> only on the site");
        fails("", "<p>a</p>", "block <p> only in the preview");
    }

    #[test]
    fn a_language_counts_where_the_generator_shows_it() {
        assert!(
            compared("<pre><code>a</code></pre>", "<pre><code class=language-a>a</code></pre>").is_equal()
        );
    }

    #[test]
    fn heading_ids_can_be_left_out_and_nothing_else() {
        let ids = compared("<h2 id=a>a</h2><p>b</p>", "<h2 id=b>a</h2><p>b</p>");
        assert!(!ids.is_equal() && ids.is_equal_without_ids());
        let words = compared("<h2 id=a>a</h2>", "<h2 id=a>b</h2>");
        assert!(!words.is_equal_without_ids());
    }

    #[test]
    fn one_block_more_spoils_only_itself() {
        let comparison = compared("<p>a</p><p>b</p><p>c</p>", "<p>a</p><hr><p>b</p><p>c</p>");
        assert_eq!((comparison.blocks, comparison.equal), (4, 3));
    }

    #[test]
    fn words_that_are_not_seen_are_found_across_blocks() {
        let apart = |site: &str, preview: &str| words_apart(&html::blocks(site), &html::blocks(preview));
        assert_eq!(apart("<p>가 나</p>", "<h2 id=x>가</h2><p>나</p>"), None);
        let difference = apart("<p>가 나 다</p>", "<p>가 다</p>").unwrap();
        assert_eq!((difference.site.as_str(), difference.preview.as_str()), ("가⟨나다", "가⟨다"));
    }

    #[test]
    fn an_excerpt_shows_the_place() {
        let long = format!("<p>{} 여기 a</p>", "가".repeat(200));
        let comparison = compared(&long, &long.replace("여기", "저기"));
        let excerpt = &comparison.differences[0].site;
        assert!(excerpt.starts_with('…') && excerpt.ends_with("⟨여기 a</p>"), "{excerpt}");
    }
}
