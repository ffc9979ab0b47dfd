mod hexo;
mod liquid;
mod mdx;

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
    scan_whole(source, syntax)
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
    assert!(scan_whole("{% highlight ruby %}\nx", Syntax::Liquid).unclosed);
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
    let html = jekyll("앞\n{% highlight go %}\na\n{% endhighlight %}\n");
    assert_eq!(html, "<p>앞</p>\n<pre><code class=\"language-go\">a\n</code></pre>\n");
    // Hugo leaves it in its paragraph, and the browser ends that.
    let html = hugo("앞  \n{{< highlight go >}}\na\n{{< /highlight >}}\n");
    assert_eq!(html, "<p>앞<br />\n<pre><code class=\"language-go\">a\n</code></pre>\n</p>\n");
}

/// Hugo 0.168.
#[test]
fn hugo_takes_the_indent_and_the_empty_lines_off_its_code() {
    let html = hugo("- 항목\n  {{< highlight go >}}\n\n  a\n    b\n c\n\n  {{< /highlight >}}\n");
    assert_eq!(
        html,
        "<ul>\n<li>항목\n<pre><code class=\"language-go\">a\n  b\n c\n</code></pre>\n</li>\n</ul>\n"
    );
    let html = hugo("{{< highlight md >}}{{</* x \"a\" */>}}{{< /highlight >}}");
    assert!(
        html.contains("{{&lt; x \"a\" &gt;}}\n</code>")
            || html.contains("{{&lt; x &quot;a&quot; &gt;}}\n</code>"),
        "{html}"
    );
}

#[test]
fn code_within_raw_html_has_its_language() {
    let dialect = Dialect::Hugo(Hugo { raw_html: true, ..Hugo::default() });
    let source = "<br>\n글 <a href=\"{{< ref \"b\" >}}\">\n{{< highlight go >}}\na\n{{< /highlight >}}\n끝\n";
    let html = whole::html(source, &dialect);
    assert_eq!(html, "<br>\n글 <a href=\"b\">\n<pre><code class=\"language-go\">a\n</code></pre>\n\n끝\n");
}

/// Hugo 0.168: what only escapes is gone before Markdown is read.
#[test]
fn hugo_s_escaped_shortcodes_are_markdown_and_code() {
    let html = hugo("{{</* figure src=\"a\" */>}} `{{</* x */>}}`\n\n    {{%/* y */%}}\n");
    assert_eq!(
        html,
        "<p>{{&lt; figure src=“a” &gt;}} <code>{{&lt; x &gt;}}</code></p>\n<pre><code>{{% y %}}\n</code></pre>\n"
    );
    let html = hugo("## {{</* ref */>}} 뒤 {#a}\n\n[b](/{{</* c */>}})\n");
    assert!(html.contains("<h2 id=\"a\">{{&lt; ref &gt;}} 뒤</h2>") && !html.contains('\u{86}'), "{html}");
}

/// Hugo 0.168.
#[test]
fn hugo_s_percent_signs_put_html_into_the_markdown() {
    let source = "앞\n{{% highlight go %}}\nx\n\ny\n{{% /highlight %}}\n";
    assert_eq!(hugo(source), "<p>앞</p>\n<!-- raw HTML omitted -->\n");
    let dialect = Dialect::Hugo(Hugo { raw_html: true, ..Hugo::default() });
    let html = whole::html(source, &dialect);
    assert_eq!(html, "<p>앞</p>\n<pre><code class=\"language-go\">x\n\ny\n</code></pre>\n");
}

#[test]
fn what_stands_for_a_macro_s_html_is_not_seen_in_code() {
    let html = hugo("`{{% figure src=\"a\" %}}` 뒤\n\n    {{% figure src=\"a\" %}}\n");
    assert!(!html.contains("&lt;p") && html.matches("<code>{{% figure src=").count() == 2, "{html}");
}

/// Hugo 0.168.
#[test]
fn hugo_s_details_hold_markdown_of_their_own() {
    let html =
        hugo("{{< details summary=\"*a*\" open=true >}}\n**가**\n\n## 나\n{{< /details >}}\n\n## 나\n");
    assert_eq!(
        html,
        "<details open><summary><em>a</em></summary>\n<p><strong>가</strong></p>\n<h2 id=\"나\">나</h2>\n</details>\n<h2 id=\"나\">나</h2>\n"
    );
    // What a shortcode within prints is HTML to the Markdown of the content.
    let html = hugo("{{< details >}}\n{{< figure src=\"a\" >}}\n{{< /details >}}\n");
    assert!(html.contains("<!-- raw HTML omitted -->") && !html.contains("<img"), "{html}");
}

/// Hugo 0.168.
#[test]
fn hugo_s_figures_have_markdown_in_their_captions() {
    let html = hugo(
        "{{< figure src=\"b.png\" title=\"*t*\" caption=\"*c* & d\" attr=\"**e**\" attrlink=\"/l\" width=\"3\" class=\"k\" >}}\n",
    );
    assert_eq!(
        html,
        "<figure class=\"k\"><img src=\"b.png\" alt=\"c &amp; d\" width=\"3\"><figcaption><h4>*t*</h4><p><em>c</em> &amp; d <a href=\"/l\"><strong>e</strong></a></p></figcaption></figure>\n"
    );
    // Only one alone loses its paragraph.
    let html = hugo("{{< figure src=\"a\" >}}\n{{< figure src=\"b\" >}}\n");
    assert!(html.starts_with("<p><figure>"), "{html}");
}

#[test]
fn a_link_to_a_page_by_its_name_is_no_raw_macro() {
    let html = hugo(
        "[a]({{< ref \"b.md#x\" >}}) [b]({{% relref path=\"/posts/c\" %}}) [c][c]\n\n[c]: {{< ref \"d e\" >}}\n",
    );
    assert_eq!(html, "<p><a href=\"b.md#x\">a</a> <a href=\"/posts/c\">b</a> <a href=\"d%20e\">c</a></p>\n");
    let dialect = Dialect::Jekyll(crate::dialect::Jekyll::default());
    let html = whole::html("[a]({% post_url 2020-01-01-b %}) [b]({% link _posts/c.md %})\n", &dialect);
    assert!(html.contains("href=\"/2020-01-01-b\"") && html.contains("href=\"/_posts/c.md\""), "{html}");
}
