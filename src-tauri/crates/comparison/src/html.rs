//! HTML read into what is compared: top-level blocks, each a list of tokens in one normal form.
//!
//! Two renderings have the same tokens when a reader sees the same: white space is folded as a browser folds it, the
//! order of attributes and the generators' wrappers of highlighted code do not count, percent-encoding is undone.

use dom_query::{Document, NodeRef};

/// A piece of a block.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Token {
    /// An element begins, with the attributes that count, sorted.
    Open(String, Vec<(String, String)>),
    /// An element ends.
    Close(String),
    /// Text without white space.
    Word(String),
    /// White space that a browser shows.
    Space,
    /// A block of code; nothing of its colours.
    Code(Code),
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// As the generator names it in a class or attribute, in small letters; nothing for plain text.
    pub language: Option<String>,
    /// A caption that the generator shows with it.
    pub caption: String,
    /// Without the line ends at its end.
    pub text: String,
}

/// A top-level block.
pub type Block = Vec<Token>;

/// Attributes that neither structure nor links hang on: classes and styles are the theme's, and generators add the
/// others of themselves.
const IGNORED_ATTRIBUTES: &[&str] = &[
    "class",
    "style",
    "tabindex",
    "role",
    "rel",
    "target",
    "loading",
    "decoding",
    "disabled",
    "fetchpriority",
];

/// Elements whose edges are edges of lines, where white space shows nothing.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];

/// Reads a rendering.
pub fn blocks(html: &str) -> Vec<Block> {
    let document = Document::fragment(html);
    let mut blocks = Vec::new();
    let mut loose = Vec::new();
    for node in document.html_root().children() {
        if stands_alone(&node) {
            finish(&mut blocks, std::mem::take(&mut loose));
            finish(&mut blocks, tokens(&node));
        } else {
            read(&node, &mut loose);
        }
    }
    finish(&mut blocks, loose);
    blocks
}

/// An element that makes a block of itself.
pub(crate) fn tokens(node: &NodeRef) -> Vec<Token> {
    let mut tokens = Vec::new();
    read(node, &mut tokens);
    tokens
}

/// The words that a reader sees, without the space between them.
pub fn visible(block: &Block) -> String {
    let mut text = String::new();
    for token in block {
        match token {
            Token::Word(word) => text.push_str(word),
            Token::Code(code) => {
                text.extend(code.caption.split_whitespace().chain(code.text.split_whitespace()));
            }
            _ => {}
        }
    }
    text
}

/// The block with nothing in it that comes from a heading's id.
pub fn without_heading_ids(block: &Block) -> Block {
    let mut block = block.clone();
    for token in &mut block {
        let Token::Open(name, attributes) = token else { continue };
        if is_heading(name) {
            attributes.retain(|(name, _)| name != "id");
        }
        for (attribute, value) in attributes {
            if attribute == "href" && value.starts_with('#') {
                *value = "#".into();
            }
        }
    }
    block
}

pub(crate) fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether an element makes a block of itself; others are part of a line.
pub(crate) fn stands_alone(node: &NodeRef) -> bool {
    node.node_name().is_some_and(|name| BLOCKS.contains(&&*name) && &*name != "br")
}

fn finish(blocks: &mut Vec<Block>, tokens: Vec<Token>) {
    let block = folded(tokens);
    if !block.is_empty() {
        blocks.push(block);
    }
}

pub(crate) fn read(node: &NodeRef, into: &mut Vec<Token>) {
    if node.is_text() {
        return read_text(&node.text(), into);
    }
    let Some(name) = node.node_name() else { return };
    if is_decoration(node) {
        return;
    }
    if let Some(code) = code_block(node) {
        return into.push(Token::Code(code));
    }
    into.push(Token::Open(name.to_string(), attributes(node)));
    for child in node.children() {
        read(&child, into);
    }
    into.push(Token::Close(name.to_string()));
}

fn read_text(text: &str, into: &mut Vec<Token>) {
    let mut word = String::new();
    for character in text.chars() {
        if character.is_ascii_whitespace() {
            if !word.is_empty() {
                into.push(Token::Word(std::mem::take(&mut word)));
            }
            into.push(Token::Space);
        } else {
            word.push(character);
        }
    }
    if !word.is_empty() {
        into.push(Token::Word(word));
    }
}

/// Folds white space and joins words that only a parser has parted.
pub(crate) fn folded(tokens: Vec<Token>) -> Block {
    let mut folded: Block = Vec::with_capacity(tokens.len());
    // Whether white space here would show nothing: at the start of a line, or after other white space.
    let mut silent = true;
    for token in tokens {
        match token {
            Token::Space if silent => {}
            Token::Space => {
                folded.push(Token::Space);
                silent = true;
            }
            Token::Word(word) => {
                if let Some(Token::Word(before)) = folded.last_mut() {
                    before.push_str(&word);
                } else {
                    folded.push(Token::Word(word));
                }
                silent = false;
            }
            edge if is_edge(&edge) => {
                drop_last_space(&mut folded);
                folded.push(edge);
                silent = true;
            }
            inline => {
                // A picture or a box takes room, so that the white space behind it shows.
                silent &= !matches!(&inline, Token::Open(name, _) if name == "img" || name == "input");
                folded.push(inline);
            }
        }
    }
    drop_last_space(&mut folded);
    folded
}

fn is_edge(token: &Token) -> bool {
    match token {
        Token::Open(name, _) | Token::Close(name) => BLOCKS.contains(&name.as_str()),
        Token::Code(_) => true,
        Token::Word(_) | Token::Space => false,
    }
}

/// Takes away white space at the end of a line, were there ends of inline elements behind it or not.
fn drop_last_space(tokens: &mut Block) {
    let inline_close = |token: &Token| matches!(token, Token::Close(_)) && !is_edge(token);
    let kept = tokens.iter().rev().take_while(|token| inline_close(token)).count();
    let at = tokens.len() - kept;
    if at > 0 && tokens[at - 1] == Token::Space {
        tokens.remove(at - 1);
    }
}

fn attributes(node: &NodeRef) -> Vec<(String, String)> {
    let cell = node.node_name().is_some_and(|name| matches!(&*name, "td" | "th"));
    let mut kept = Vec::new();
    for attribute in node.attrs() {
        let (name, value) = (attribute.name.local.to_string(), attribute.value.to_string());
        if cell && name == "style" {
            kept.extend(alignment(&value).map(|side| ("align".to_owned(), side)));
        } else if name == "href" || name == "src" {
            kept.push((name, decoded(&value)));
        } else if !is_ignored(&name, &value) {
            kept.push((name, value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    kept.sort();
    kept
}

/// An empty description or title shows as little as none, and nothing leads to an empty id.
fn is_ignored(name: &str, value: &str) -> bool {
    IGNORED_ATTRIBUTES.contains(&name)
        || name.starts_with("data-")
        || name.starts_with("aria-")
        || (value.is_empty() && matches!(name, "alt" | "title" | "id"))
}

fn alignment(style: &str) -> Option<String> {
    let (_, side) = style.split_once("text-align")?;
    Some(side.trim_start_matches([':', ' ']).trim_end_matches([';', ' ']).to_owned())
}

/// A URL with its percent-encoding undone, but for the characters that mean something in a URL.
pub(crate) fn decoded(url: &str) -> String {
    let hex = |at: usize| url.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let mut bytes = Vec::with_capacity(url.len());
    let mut at = 0;
    while at < url.len() {
        match (url.as_bytes()[at], hex(at)) {
            (b'%', Some(byte)) if !b"%/?#&=+".contains(&byte) => {
                bytes.push(byte);
                at += 3;
            }
            (byte, _) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| url.to_owned())
}

/// What a theme hangs on a heading (Hexo's empty link), the empty mark where the excerpt ends (Hexo's and Zola's), a
/// table's body without rows, the preview's notes on what it does not show, and scripts.
fn is_decoration(node: &NodeRef) -> bool {
    let Some(name) = node.node_name() else { return false };
    matches!(&*name, "script" | "style")
        || (&*name == "tbody" && node.first_element_child().is_none())
        || (&*name == "a" && node.has_class("headerlink") && node.text().is_empty())
        || (&*name == "span" && matches!(&*node.attr_or("id", ""), "more" | "continue-reading"))
        || (&*name == "span" && (node.has_class("remote-image") || node.has_class("macro-embed")))
}

/// The code in a `pre`, or in the wrapper that Hugo, Jekyll or Hexo lay around it.
fn code_block(node: &NodeRef) -> Option<Code> {
    let name = node.node_name()?;
    let is_wrapper = matches!(&*name, "div" | "figure")
        && ["highlight", "highlighter-rouge", "code-figure"].iter().any(|class| node.has_class(class));
    if &*name != "pre" && !is_wrapper {
        return None;
    }
    let all = || std::iter::once(*node).chain(node.descendants_it());
    // Line numbers come first where they have a column of their own.
    let pre = all().filter(|one| one.has_name("pre")).last()?;
    let caption = all().find(|one| one.has_name("figcaption"));
    let mut text = String::new();
    code_text(&pre, &mut text);
    Some(Code {
        language: all().find_map(|one| language(&one)).filter(|language| !is_plain(language)),
        caption: caption.map(|caption| words(&caption.text())).unwrap_or_default(),
        text: text.trim_end_matches(['\n', '\r']).to_owned(),
    })
}

fn code_text(node: &NodeRef, into: &mut String) {
    for child in node.children() {
        let style = child.attr_or("style", "");
        if child.has_name("br") {
            into.push('\n');
        } else if child.has_class("ln") || child.has_class("lineno") || style.contains("user-select:none") {
            // A line's number.
        } else if child.is_text() {
            into.push_str(&child.text());
        } else {
            code_text(&child, into);
        }
    }
}

fn language(node: &NodeRef) -> Option<String> {
    let named = ["data-lang", "data-language"].iter().find_map(|name| node.attr(name));
    let class = node.class().unwrap_or_default();
    let mut classes = class.split_ascii_whitespace();
    let by_class = classes.clone().find_map(|class| class.strip_prefix("language-").map(str::to_owned));
    // Hexo: `<figure class="highlight js">`.
    let is_hexo = node.has_name("figure") && classes.next() == Some("highlight");
    let hexo = if is_hexo { classes.next().map(str::to_owned) } else { None };
    let language = named.map(|name| name.to_string()).or(by_class).or(hexo)?;
    Some(language.to_lowercase())
}

fn is_plain(language: &str) -> bool {
    matches!(language, "" | "plain" | "plaintext" | "text" | "txt" | "fallback" | "nohighlight")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) {
        assert_eq!(blocks(one), blocks(other), "{one}\n{other}");
    }

    fn other(one: &str, other: &str) {
        assert_ne!(blocks(one), blocks(other), "{one}\n{other}");
    }

    #[test]
    fn what_a_reader_cannot_see_is_equal() {
        same("<p>가  나\n다</p>", "<p>가 나 다 </p>\n\n");
        same("<p>a <b> c</b></p>", "<p>a <b>c </b></p>");
        same("<p>a<br />\nb</p>", "<p>a<br>b</p>");
        same("<p>&ldquo;a&#43;&rdquo;</p><!-- x -->", "<p>“a+”</p>");
        same("<a title=t href='/가'>x</a>", "<a href='/%EA%B0%80' rel=nofollow title=t>x</a>");
        same(
            "<table><tr><td align=right>1</td></tr></table>",
            "<table><tr><td style='text-align: right;'>1</td></table>",
        );
        same("<h2 id=''>?</h2>", "<h2>?</h2>");
        same("<p>a<img src=b></p>", "<p>a<img src=b alt=''></p><span id=more></span>");
        same("<h2 id=a>a</h2>", "<h2 id=a><a href=#a class=headerlink title=a></a>a</h2>");
    }

    #[test]
    fn what_a_reader_can_see_is_not() {
        other("<p>가 나</p>", "<p>가나</p>");
        other("<p>a</p>", "<p>a</p><p></p>");
        other("<p><em>a</em></p>", "<p><strong>a</strong></p>");
        other("<p>a&nbsp;b</p>", "<p>a b</p>");
        other("<p><img src=a.png> b</p>", "<p><img src=a.png>b</p>");
        other("<a href='/a%2Fb'>x</a>", "<a href='/a/b'>x</a>");
        other("<h2 id=a>a</h2>", "<h2 id=a-1>a</h2>");
        other("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>");
        other("<ol start=2><li>a</ol>", "<ol><li>a</ol>");
        other("<td>1", "<table><tr><td align=right>1</td></tr></table>");
    }

    #[test]
    fn code_is_its_text_and_language_however_it_is_wrapped() {
        let plain = "<pre><code class=\"language-js\">let a = 1\nb</code></pre>";
        for wrapped in [
            // Hugo 0.168, without and with line numbers
            "<div class=\"highlight\"><pre tabindex=\"0\" style=\"color:#fff\"><code class=\"language-js\" data-lang=\"js\"><span style=\"display:flex;\"><span><span style=\"color:#66d9ef\">let</span> a = 1\n</span></span>b</code></pre></div>",
            "<div class=\"highlight\"><div style=\"x\"><table style=\"y\"><tr><td><pre><code><span>1\n</span>2</code></pre></td><td><pre><code class=\"language-js\" data-lang=\"js\">let a = 1\nb</code></pre></td></tr></table></div></div>",
            // Jekyll 4.3
            "<div class=\"language-js highlighter-rouge\"><div class=\"highlight\"><pre class=\"highlight\"><code><span class=\"kd\">let</span> a = 1\nb\n</code></pre></div></div>",
            // Hexo 8.1
            "<figure class=\"highlight js\"><table><tr><td class=\"gutter\"><pre><span class=\"line\">1</span><br><span class=\"line\">2</span><br></pre></td><td class=\"code\"><pre><span class=\"line\">let a = 1</span><br><span class=\"line\">b</span><br></pre></td></tr></table></figure>",
            // Astro 7.3
            "<pre class=\"astro-code github-dark\" data-language=\"js\"><code><span class=\"line\"><span>let a = 1</span></span>\n<span class=\"line\">b</span></code></pre>",
        ] {
            same(plain, wrapped);
        }
        other(plain, &plain.replace("let", "var"));
        other(plain, &plain.replace("js", "ts"));
        other(plain, &plain.replace("let a", "let  a"));
        same(
            "<pre><code>x</code></pre>",
            "<pre class=astro-code data-language=plaintext><code>x</code></pre>",
        );
    }

    #[test]
    fn without_heading_ids_nothing_else_is_lost() {
        let bare = |html: &str| blocks(html).iter().map(without_heading_ids).collect::<Vec<_>>();
        assert_eq!(bare("<h2 id=a>a</h2>"), bare("<h2>a</h2>"));
        assert_eq!(bare("<a href=#a>a</a>"), bare("<a href=#b>a</a>"));
        assert_ne!(bare("<a href=/a>a</a>"), bare("<a href=/b>a</a>"));
        assert_ne!(bare("<li id=a>a</li>"), bare("<li>a</li>"));
    }

    #[test]
    fn visible_is_words_alone() {
        let block = &blocks("<p>a <b>b</b> <img src=x alt=y></p>")[0];
        assert_eq!(visible(block), "ab");
    }
}
