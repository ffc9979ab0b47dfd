mod hexo;
mod liquid;

use super::*;
use crate::dialect::{Dialect, Hugo, Jekyll, Zola};
use crate::whole;

fn hugo(source: &str) -> String {
    whole::html(source, &Dialect::Hugo(Hugo::default()))
}

fn jekyll(source: &str) -> String {
    whole::html(source, &Dialect::Jekyll(Jekyll::default()))
}

fn names(source: &str, syntax: Syntax) -> Vec<String> {
    scan::scan(source, syntax)
        .macros
        .into_iter()
        .map(|one| format!("{}|{}", one.name, one.arguments))
        .collect()
}

#[test]
fn finds_shortcodes_with_their_exact_extent() {
    assert_eq!(
        names("가 {{< figure src=\"a >}} b.png\" >}} 나", Syntax::Hugo),
        ["figure|src=\"a >}} b.png\""]
    );
    assert_eq!(names("{{% note /%}}{{< /note >}}", Syntax::Hugo), ["note|", "note|"]);
    assert!(names("{{ .Title }} {{< }} {{<", Syntax::Hugo).is_empty());
}

#[test]
fn finds_liquid_and_leaves_what_is_raw() {
    assert_eq!(
        names("{{ page.title }} {%- include a.html x=1 -%}", Syntax::Liquid),
        ["|page.title", "include|a.html x=1"]
    );
    assert_eq!(names("{% raw %}{{ x }}{% endraw %}{{ y }}", Syntax::Liquid), ["raw|", "raw|", "|y"]);
    assert!(scan::scan("{% highlight ruby %}\nx", Syntax::Liquid).unclosed);
}

#[test]
fn zola_wants_brackets() {
    assert_eq!(
        names("{{ youtube(id=\"x\") }} {{ a }} {% quote(by=\"b\") %}가{% end %}", Syntax::Tera),
        ["youtube|id=\"x\"", "quote|by=\"b\"", "end|"]
    );
    let html = whole::html("{{/* a() */}}", &Dialect::Zola(Zola::default()));
    assert!(html.contains("{{ a() }}"), "{html}");
}

#[test]
fn a_masked_source_is_as_long_as_before() {
    let source = "{{< a >}} 한글 {{< b \"나\" >}}\n";
    let masked = mask(source, Syntax::Hugo).unwrap();
    assert_eq!(masked.text().len(), source.len());
    assert!(mask("{ {", Syntax::Hugo).is_none());
}

#[test]
fn a_figure_is_what_hugo_prints() {
    let html = hugo("{{< figure src=\"a.png\" alt=\"그림\" caption=\"설명\" >}}\n");
    assert_eq!(
        html,
        "<figure><img src=\"a.png\" alt=\"그림\"><figcaption><p>설명</p></figcaption></figure>\n"
    );
}

#[test]
fn an_unknown_macro_is_a_card_with_name_and_arguments() {
    let block = hugo("{{< gallery dir=\"a\" >}}\n");
    assert!(block.starts_with("<div class=\"macro\"><span class=\"macro-name\">gallery</span>"), "{block}");
    let inline = hugo("앞 {{< icon heart >}} 뒤\n");
    assert!(inline.contains("앞 <span class=\"macro\"><span class=\"macro-name\">icon</span>"), "{inline}");
    assert!(inline.ends_with(" 뒤</p>\n"), "{inline}");
}

#[test]
fn a_macro_between_marks_keeps_the_marks() {
    let html = hugo("**굵게 {{< x \"**\" >}} 끝**\n");
    assert!(html.starts_with("<p><strong>굵게 <span class=\"macro\">"), "{html}");
}

#[test]
fn code_shows_macros_as_they_are_written() {
    for html in [hugo("```\n{{< x >}}\n```\n"), jekyll("`{{ page.x }}`\n")] {
        assert!(html.contains("{{&lt; x &gt;}}") || html.contains("{{ page.x }}"), "{html}");
    }
}

#[test]
fn highlight_is_code_blank_lines_and_all() {
    let html = jekyll("앞\n\n{% highlight ruby linenos %}\nputs 1\n\n# *가*\n{% endhighlight %}\n\n뒤\n");
    assert!(html.contains("<pre><code class=\"language-ruby\">puts 1\n\n# *가*\n</code></pre>"), "{html}");
    let html = hugo("{{< highlight go \"linenos=table\" >}}\na := `b`\n\nc\n{{< /highlight >}}\n");
    assert!(html.contains("<code class=\"language-go\">a := `b`\n\nc\n</code>"), "{html}");
}

#[test]
fn paths_of_the_site_are_known() {
    let html = jekyll("![a]({{ site.baseurl }}/a.png) [b]({{ \"/b/\" | relative_url }})\n");
    assert!(html.contains("src=\"/a.png\"") && html.contains("href=\"/b/\""), "{html}");
    let html = jekyll("<img src=\"{{ site.url }}/a.png\">\n");
    assert!(html.contains("<img src=\"/a.png\""), "{html}");
}

#[test]
fn what_assigns_or_comments_prints_nothing() {
    let html = jekyll("{% assign a = 1 %}\n\n{% comment %}\n가\n\n나\n{% endcomment %}\n\n뒤\n");
    assert_eq!(html, "<p>뒤</p>\n");
}

#[test]
fn a_heading_with_a_macro_keeps_its_place() {
    let html = hugo("{{< a >}}\n\n## 제목 {{< b >}}\n\n글\n");
    assert!(
        html.contains("<h2 id=\"제목-\">제목 <span class=\"macro\">") || html.contains("<h2 id=\"제목\">"),
        "{html}"
    );
}

#[test]
fn a_writer_s_own_character_of_the_last_plane_stays() {
    let html = hugo("{{< abcdefgh >}} \u{10fffd} 가\n");
    assert!(html.contains('\u{10fffd}'), "{html}");
}

#[test]
fn what_is_raw_over_several_blocks_is_one_block() {
    let source = "앞\n\n{% raw %}\n# 제목\n\n{{ a }}\n\n{% endraw %}\n\n## 뒤\n";
    let dialect = Dialect::Jekyll(Jekyll::default());
    let reading = dialect.engine().read(source, &crate::reading::Definitions::default());
    let blocks = crate::dialect::common::top_level(&reading.events);
    let sources: Vec<_> = blocks.iter().map(|block| &source[reading.events[block.start].1.clone()]).collect();
    assert_eq!(sources.len(), 3, "{sources:?}");
    assert!(sources[1].starts_with("{% raw %}") && sources[1].trim_end().ends_with("{% endraw %}"));
    let html = jekyll(source);
    assert!(html.contains("{{ a }}") && html.contains("<h2 id=\"뒤\">"), "{html}");
}

#[test]
fn code_right_under_a_line_ends_its_paragraph() {
    let html = hugo("앞\n{{< highlight go >}}\na\n{{< /highlight >}}\n");
    assert_eq!(html, "<p>앞</p>\n<pre><code class=\"language-go\">a\n</code></pre>\n");
}
