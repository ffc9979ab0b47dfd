//! Texts made to break a renderer. Each is a shape that some reader of Markdown took quadratic time or a deep stack
//! for, or a place where dialects add a rule of their own.

use std::fmt::Write;

/// A name and a text of about as many bytes.
pub(super) type Text = (String, String);

/// Pieces that are repeated until the text is long enough.
const REPEATED: &[&str] = &[
    // Containers.
    ">",
    "> ",
    "> > a\n",
    ">\n",
    "* ",
    "- ",
    "+ ",
    "-\n",
    "- a\n",
    "- a\n\n",
    "1. ",
    "1) a\n",
    "* a\n  ",
    "> - ",
    "- > ",
    "- [ ] a\n",
    "- [ ]",
    ": ",
    ": a\n",
    "a\n: b\n",
    "a\n: b\n\n",
    // Emphasis and what stands like it.
    "*",
    "_",
    "*a",
    "*a ",
    "**a ",
    "a**",
    "*a_ ",
    "_a__",
    "*a **b ",
    "***a** ",
    "a*_b",
    "~",
    "~~a",
    "~a ",
    "~~a~ ",
    "=={a",
    "^a",
    "'",
    "\"a",
    "'a' \"",
    "a-- ",
    "...",
    "<<",
    // Links and images.
    "[",
    "]",
    "![",
    "[]",
    "[](",
    "[a](",
    "[a](b",
    "[a](<",
    "[a](b \"",
    "![a](",
    "[a][",
    "[a]",
    "[a][b]",
    "[a]: ",
    "[a]: b\n",
    "[a]: b 'c\n",
    "[a]:\n",
    "[[a",
    "(",
    ")",
    "[a](((",
    "www.",
    "www.a.b ",
    "http://a",
    "https://a.b/(((",
    "a@",
    "a@b.c ",
    "a.a@",
    "://",
    "ftp:",
    // Code.
    "`",
    "`` ` ",
    "`a",
    "```\n",
    "~~~\n",
    "```a {",
    "```rust\n",
    "    a\n",
    "\n\n    a\n",
    "\t",
    "\t\n",
    // Raw HTML.
    "<",
    "<a",
    "<a ",
    "<a b='",
    "<a href=\"",
    "<b>",
    "<b class=x>",
    "</b>",
    "<b></i>",
    "<div>\n",
    "<div>\n\n",
    "<div>a</div>\n",
    "<div markdown=\"1\">\n",
    "</div>\n\n",
    "<p><b><i>\n\n",
    "<table><tr><td>\n",
    "<!--",
    "<!-- -->",
    "<!-->",
    "<!A",
    "<![CDATA[",
    "<?",
    "<pre>\n",
    "<script>\n",
    "<style>\n",
    "<svg><math>",
    "<svg/>",
    "<video><iframe src=x>",
    "<select><option>",
    "<template>",
    "<a@b.c>",
    "<http://a",
    // Entities and escapes.
    "&",
    "&a",
    "&amp;",
    "&#x",
    "&#1;",
    "&#x110000;",
    "&CounterClockwiseContourIntegral;",
    "\\",
    "\\*",
    "\\\n",
    // Tables.
    "|",
    "|a",
    "|a|\n",
    "|-",
    "|-|\n",
    "a|b\n-|-\n",
    "a|b\n",
    // Headings and rules.
    "#",
    "# ",
    "# a\n",
    "# a {#a}\n",
    "# a #",
    "###### #\n",
    "a\n---\n",
    "a\n===\n",
    "===\n",
    "---\n",
    "***\n",
    "- - -",
    "* * *\n",
    "a\n",
    "a  \n",
    // Footnotes and abbreviations.
    "[^",
    "[^1]",
    "[^1]: ",
    "[^1]: a\n",
    "[^1]: [^1]\n",
    "^[a",
    "*[a]: b\n",
    // Macros, attributes, mathematics.
    "{",
    "}",
    "{{",
    "{{{",
    "{{<",
    "{{< a",
    "{{< a >}}",
    "{{< a >}}\n",
    "{{% a %}}",
    "{{< a >}}b{{< /a >}}",
    "{{</* a */>}}",
    "{{ a(b=\"",
    "{%",
    "{% a",
    "{% a %}\n",
    "{% if a %}",
    "{% raw %}",
    "{% raw %}{% endraw %}",
    "{% highlight a %}\n",
    "{% codeblock %}\n",
    "{#",
    "{:",
    "{:.a}",
    "{:.a}\n",
    "a\n{:.b}\n",
    "{: a=\"",
    "{::",
    "{::nomarkdown}",
    "{:toc}\n",
    "* a\n{:toc}\n\n",
    "{.a #b}",
    "# a {.b",
    "$",
    "$$",
    "$a",
    "$$\n",
    "\\(",
    "\\[",
    ":a",
    ":smile:",
    ":::a\n",
    "> [!NOTE]\n",
    "> [!NOTE]\n\n",
    "%",
    "!",
    "@a ",
    "import a\n",
    // Characters.
    "\0",
    "\u{feff}",
    "\r",
    "\r\n",
    "a\r",
    "\u{2028}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{fffd}",
    "\u{10ffff}",
    "😀",
    "👩‍👩‍👧‍👦",
    "\u{200d}",
    "\u{202e}a",
    "\u{2066}",
    "e\u{301}",
    "\u{301}",
    "\u{fdfa}",
    "한",
    "한*글*",
    "**한\"**",
    "\u{1112}\u{1161}\u{11ab}",
    "İ",
    "\u{b}\u{c}",
    "\n",
    " ",
    "  \n",
];

/// Every text, about as long as asked for.
pub(super) fn texts(bytes: usize) -> Vec<Text> {
    let mut texts: Vec<Text> =
        REPEATED.iter().map(|piece| (format!("{piece:?}"), piece.repeat(bytes / piece.len()))).collect();
    texts.extend(shaped(bytes).into_iter().map(|(name, text)| (name.to_owned(), text)));
    texts
}

/// Texts that are no repetition of one piece.
fn shaped(bytes: usize) -> Vec<(&'static str, String)> {
    let repeated = |piece: &str| piece.repeat(bytes / piece.len());
    let around = |open: &str, close: &str| {
        let count = bytes / (open.len() + close.len());
        format!("{}a{}", open.repeat(count), close.repeat(count))
    };
    let numbered = |bytes_each: usize, line: &dyn Fn(usize) -> String| -> String {
        (0..bytes / bytes_each).map(line).collect()
    };
    vec![
        ("nested list", nested(bytes, "- a")),
        ("nested ordered list", nested(bytes, "1. a")),
        ("nested quotes, shrinking", shrinking_quotes(bytes)),
        ("nested lists, reopened", staircase(bytes)),
        ("nested brackets", around("[", "]")),
        ("nested links", around("[", "](b)")),
        ("nested images", around("![", "](b)")),
        ("nested parentheses", format!("[a]({}{})", "(".repeat(bytes / 2), ")".repeat(bytes / 2))),
        ("nested emphasis", around("*a **b ", " b** a*")),
        ("nested quotes of words", around("'a \"b ", " b\" a'")),
        ("nested strikethrough", around("~~a ~b ", " b~ a~~")),
        ("nested raw HTML", around("<b>", "</b>")),
        ("nested raw blocks", around("<div>\n\n", "</div>\n\n")),
        ("nested raw table", around("<table><tr><td>", "</td></tr></table>")),
        ("nested Markdown in HTML", around("<div markdown=\"1\">\n", "</div>\n")),
        ("nested shortcodes", around("{{< a >}}", "{{< /a >}}")),
        ("nested details", around("{{< details >}}[a]: b\n", "{{< /details >}}")),
        (
            "details without an end",
            format!("{}{}", repeated("{{< details >}}"), repeated("{{< /highlight >}}")),
        ),
        ("comments of Nunjucks on one line", repeated("{# a #} ")),
        ("nested Markdown shortcodes", around("{{% a %}}", "{{% /a %}}")),
        ("nested Liquid", around("{% if a %}", "{% endif %}")),
        ("nested notes", around("^[", "]")),
        ("backticks of every length", growing(bytes, "`", " a ")),
        ("fences of every length", growing(bytes, "~", "\n")),
        ("stars of every length", growing(bytes, "*", "a")),
        ("dollars of every length", growing(bytes, "$", "a")),
        ("colons of every length", growing(bytes, ":", " a\n")),
        ("hashes of every length", growing(bytes, "#", " a\n")),
        ("table of many rows", format!("|a|b|\n|-|-|\n{}", repeated("|&|<b>|\n"))),
        ("table of many columns", table(bytes, bytes / 6)),
        ("table, square", table(bytes, bytes.isqrt() / 2)),
        ("table of short rows", {
            let columns = bytes.isqrt();
            format!("{0}|\n{1}|\n{2}", "|a".repeat(columns), "|-".repeat(columns), "|a\n".repeat(bytes / 3))
        }),
        ("row of escaped pipes", format!("|a|\n|-|\n|{}", repeated("\\|`|"))),
        ("definitions", numbered(12, &|n| format!("[{n}]: /{n}\n"))),
        ("definitions of one label", repeated("[a]: /b 'c'\n")),
        ("definitions and users", numbered(24, &|n| format!("[{n}] [{n}][]\n\n[{n}]: /b\n\n"))),
        ("users without definitions", numbered(10, &|n| format!("[a{n}][b] "))),
        ("long label", format!("[{}]: /a\n\n[a]", repeated("a"))),
        ("definition of a long target, used often", {
            format!("[a]: /{}\n\n{}", "b".repeat(bytes / 4), "[a] ".repeat(bytes / 8))
        }),
        ("definition of a long title, used often", {
            format!("[a]: /b '{}'\n\n{}", "c".repeat(bytes / 4), "[a]\n\n".repeat(bytes / 12))
        }),
        ("footnotes", numbered(20, &|n| format!("[^{n}]: a[^{n}]\n"))),
        ("footnotes and their references", numbered(26, &|n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))),
        ("footnotes in a chain", numbered(26, &|n| format!("[^{n}]: a[^{}]\n\n", n + 1)) + "[^0]\n"),
        ("one footnote, many references", format!("[^a]: b\n\n{}", repeated("c[^a] "))),
        ("footnote in footnote", nested_notes(bytes)),
        ("headings alike", repeated("# a\n\n")),
        // Not so many that they are refused.
        ("headings of words", numbered(26, &|n| format!("## Heading number {n}\n\n"))),
        ("headings of the same words", repeated("## 같은 제목 of words\n\n")),
        ("headings that take each other's id", numbered(16, &|n| format!("# a\n\n# a-{n}\n\n"))),
        ("long heading", format!("# {}", repeated("a b "))),
        ("headings under a contents list", format!("[TOC]\n* a\n{{:toc}}\n\n{}", repeated("## a b\n\n"))),
        ("headings of each depth", repeated("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f\n\n")),
        ("many contents lists", numbered(20, &|n| format!("# a{n}\n\n* b\n{{:toc}}\n\n"))),
        ("abbreviations", numbered(14, &|n| format!("*[A{n}]: b\n")) + "A1 A2 A3\n"),
        ("abbreviations and users", numbered(18, &|n| format!("A{n} *[A\n\n*[A{n}]: b\n\n"))),
        ("raw ampersands", format!("<div>\n{}", repeated("&"))),
        ("raw line", format!("<div>{}</div>", repeated("x<br>"))),
        ("raw tag of many attributes", format!("<a {}>", numbered(10, &|n| format!("b{n}=\"c\" ")))),
        ("raw attribute, long", format!("<a href=\"{}\">a</a>", repeated("b"))),
        ("raw tag on many lines", format!("<a\n{}>", repeated("b\n"))),
        ("raw tags never opened", format!("<div>\n\n{}", repeated("</p></i></b>"))),
        ("raw formatting tags left open", repeated("<p><b><i><u>a</p>\n\n")),
        ("one line of code", format!("```rust\nlet a = \"{}\n```\n", repeated("a"))),
        ("one line of code, brackets", format!("```json\n{}\n```\n", repeated("[{"))),
        ("one line of code, quotes", format!("```js\n{}\n```\n", repeated("'\\"))),
        ("one line of CSS", format!("```css\n{}\n```\n", repeated("a{b:c}"))),
        ("one line of HTML", format!("```html\n{}\n```\n", repeated("<a b='c'>"))),
        ("one line of shell", format!("```sh\n{}\n```\n", repeated("$((${a"))),
        ("one line of YAML", format!("```yaml\n{}\n```\n", repeated("- ? a: "))),
        ("one line of Markdown", format!("```md\n{}\n```\n", repeated("*[a"))),
        ("one code span", format!("`{}`", repeated("a "))),
        ("one word", repeated("a")),
        ("one link of one word", format!("<http://{}>", repeated("a"))),
        ("code of many lines", format!("```rust\n{}```\n", repeated("let a = 1;\n"))),
        ("code of short lines", format!("```rust\n{}```\n", repeated("{\n"))),
        (
            "40,000 fences",
            repeated("```rust\nfn a() {}\n```\n").split_inclusive("```\n").take(80_000).collect(),
        ),
        ("fences without a language", repeated("```\na\n```\n\n")),
        ("fences of unknown languages", numbered(16, &|n| format!("```a{n}\nb\n```\n\n"))),
        ("fence of a long info string", format!("```{}\na\n```\n", repeated("a {b=\"c\"} "))),
        ("fence of many marked lines", format!("```rust {{{}}}\na\n```\n", repeated("1-9999999,"))),
        ("fence of many marks, Hexo's", format!("``` a mark:{}\nb\n```\n", repeated("1-9999999,"))),
        ("front matter never closed", format!("---\n{}", repeated("a: b\n"))),
        ("paragraphs", repeated("a\n\n")),
        ("lazy lines", format!("> - a\n{}", repeated("b\n"))),
        ("loose items, indented", format!("- a\n\n{}", repeated("  b\n\n"))),
        ("list under growing indentation", numbered(40, &|n| format!("{}- a\n", " ".repeat(n % 80)))),
        ("trailing spaces", format!("a{}\nb", repeated(" "))),
        ("leading spaces", format!("- a\n{}b", repeated(" "))),
        (
            "shortcode of many arguments",
            format!("{{{{< a {} >}}}}", numbered(10, &|n| format!("b{n}=\"c\" "))),
        ),
        ("Liquid tag of a long body", format!("{{% raw %}}{}{{% endraw %}}", repeated("{{ a }} "))),
        ("everything left open", everything_open(bytes)),
        ("every mark in turn", repeated(">*-[(<&`~|_#!{{{%$^:\\\"'=+.\n\t ")),
        (
            "every mark in turn on lines",
            repeated("> a\n* a\n[a\n(a\n<a\n&a\n`a\n~a\n|a\n_a\n#a\n!a\n{{a\n{%a\n$a\n"),
        ),
    ]
}

fn nested(bytes: usize, item: &str) -> String {
    let mut text = String::new();
    for depth in 0.. {
        if text.len() >= bytes {
            break;
        }
        let indent = " ".repeat(depth * (item.len() - 1));
        let _ = writeln!(text, "{indent}{item}");
    }
    text
}

fn shrinking_quotes(bytes: usize) -> String {
    let depth = (bytes * 2).isqrt();
    (0..depth).rev().map(|depth| format!("{}a\n", ">".repeat(depth + 1))).collect()
}

/// Goes down eight levels and starts anew, without a blank line.
fn staircase(bytes: usize) -> String {
    let once: String = (0..8).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    once.repeat(bytes / once.len())
}

/// A run of one mark after another, each one longer.
fn growing(bytes: usize, mark: &str, between: &str) -> String {
    let mut text = String::new();
    for count in 1.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&mark.repeat(count));
        text.push_str(between);
    }
    text
}

fn table(bytes: usize, columns: usize) -> String {
    let row = format!("{}|\n", "|a".repeat(columns));
    let rows = (bytes / row.len()).saturating_sub(2);
    format!("{row}{}|\n{}", "|-".repeat(columns), row.repeat(rows))
}

/// Footnotes that are defined in each other, indented deeper and deeper.
fn nested_notes(bytes: usize) -> String {
    let mut text = String::from("[^0]\n\n");
    for depth in 0.. {
        if text.len() >= bytes {
            break;
        }
        let _ = write!(text, "{}[^{depth}]: a[^{}]\n\n", "    ".repeat(depth), depth + 1);
    }
    text
}

fn everything_open(bytes: usize) -> String {
    let open = "> - *a **b ~~c `` d [e ![f](g \"h <i j='k {{< l \"m {% raw %} {{ n $o $$p <!-- <div> \\( \\[ [^q]: r |s\n\
                ```t {u\n$$\n<script>\n{% highlight v %}\n{::comment}\n+++\n";
    open.repeat(bytes / open.len())
}
