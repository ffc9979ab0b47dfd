//! What Liquid prints, against what Jekyll 4.3 (Liquid 5.4) printed.

use super::jekyll;

const CARD: &str = "class=\"macro\"";

#[test]
fn what_a_post_assigns_is_shown_where_it_is_used() {
    let html = jekyll("{% assign name = \"Jekyll\" %}\n\n안녕, {{ name }}! [글]({{ name }}) `{{ name }}`\n");
    assert_eq!(html, "<p>안녕, Jekyll! <a href=\"Jekyll\">글</a> <code>Jekyll</code></p>\n");
    let html = jekyll(
        "{% assign n = 3 %}\n{% assign word = 'a' | append: \"b/c\" | upcase %}\n{{ n | plus: 2 }} {{ word }}\n",
    );
    assert_eq!(html, "<p>5 AB/C</p>\n");
    assert_eq!(jekyll("{{ \"소문자\" | append: \"!\" }} {{ 12 }}\n"), "<p>소문자! 12</p>\n");
    let html =
        jekyll("{% assign n = 3 %}\n{% if site.b %}가{% for a in b %}나{% endfor %}{% endif %}\n\n{{ n }}\n");
    assert!(html.ends_with("<p>3</p>\n"), "{html}");
}

#[test]
fn what_is_printed_is_read_as_markdown() {
    let html = jekyll("{% assign a = \"**굵게**\" %}\n앞 {{ a }} \"말\"\n");
    assert_eq!(html, "<p>앞 <strong>굵게</strong> “말”</p>\n");
    let html = jekyll("{% capture list %}\n- 하나\n- 둘\n{% endcapture %}\n\n{{ list }}\n");
    assert!(html.contains("<li>하나</li>"), "{html}");
}

#[test]
fn what_cannot_be_told_stays_a_card() {
    for source in [
        "{% assign a = 1 %}\n{% assign a = 2 %}\n\n{{ a }}\n",
        "{% if site.b %}{% assign a = 1 %}{% endif %}\n\n{{ a }}\n",
        "{% if site.b %}\n{% assign a = 1 %}\n{% endif %}\n\n{{ a }}\n",
        "{% if site.b %}\n\n{% endif %}{% assign a = 1 %}\n\n{{ a }}\n",
        "{% if site.b %}{% endfor %}{% assign a = 1 %}\n\n{{ a }}\n",
        "{% assign a = site.posts | first %}\n\n{{ a }}\n",
        "{% capture a %}{{ page.title }}{% endcapture %}\n\n{{ a }}\n",
        "{{ page.title }}\n",
        "{{ \"a\" | date: \"%Y\" }}\n",
        "{% increment a %}\n",
    ] {
        assert!(jekyll(source).contains(CARD), "{source}");
    }
}

#[test]
fn what_has_no_name_that_liquid_can_read_prints_nothing() {
    let html = jekyll("1[{{< figure src=\"x\" >}}] 2[{{ 한글 }}] 3[{{ }}] 4[{{ . }}] 5[{{ \"q\" }}]\n");
    assert_eq!(html, "<p>1[] 2[] 3[] 4[] 5[q]</p>\n");
    assert_eq!(jekyll("앞\n\n{{< gist a 1 >}}\n\n뒤\n"), "<p>앞</p>\n<p>뒤</p>\n");
}

#[test]
fn what_prints_nothing_on_its_own_line_leaves_a_blank_one() {
    let html = jekyll("앞\n{% assign a = 1 %}\n가운데\n{% comment %}\n가\n\n나\n{% endcomment %}\n뒤\n");
    assert_eq!(html, "<p>앞</p>\n\n<p>가운데</p>\n\n<p>뒤</p>\n".replace("\n\n", "\n"));
}

#[test]
fn code_prints_what_is_raw() {
    assert_eq!(jekyll("`{% raw %}{{ a }}{% endraw %}`\n"), "<p><code>{{ a }}</code></p>\n");
    let html = jekyll("```\n{% raw %}{{ a }}{% endraw %}\n```\n");
    assert!(html.contains("<code>{{ a }}\n"), "{html}");
}
