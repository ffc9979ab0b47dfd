use super::*;
use crate::dialect::{Hexo, Hugo, Jekyll};

fn with(names: &[(&str, Option<bool>)]) -> SiteMacros {
    SiteMacros { names: names.iter().map(|(name, content)| ((*name).to_owned(), *content)).collect() }
}

fn found(text: &str, dialect: &Dialect, site: &SiteMacros) -> Vec<MacroFault> {
    macro_faults(text, 0, dialect, site)
}

fn hugo(text: &str) -> Vec<MacroFault> {
    let site =
        with(&[("plain", Some(false)), ("inner", Some(true)), ("sub/deep", Some(false)), ("odd", None)]);
    found(text, &Dialect::Hugo(Hugo::default()), &site)
}

fn jekyll(text: &str) -> Vec<MacroFault> {
    found(text, &Dialect::Jekyll(Jekyll::default()), &with(&[("ours", None)]))
}

fn hexo(text: &str) -> Vec<MacroFault> {
    found(text, &Dialect::Hexo(Hexo::default()), &with(&[("ours", None)]))
}

fn escaped(text: &str, fault: &MacroFault) -> String {
    let mut text = text.to_owned();
    for change in fault.escape.iter().rev() {
        text.replace_range(change.from..change.to, &change.insert);
    }
    text
}

/// Each text as Hugo 0.168 answers for a site with the shortcodes above.
#[test]
fn hugo_builds_these() {
    for text in [
        "{{< plain >}} {{< PLAIN >}} {{<plain>}} {{%plain%}} {{< plain\n\n>}}",
        "{{< inner >}}x{{< /inner >}}{{< inner />}}{{< inner a=\"b\"/>}}{{< inner >}}x{{% /inner %}}",
        "{{< inner >}}{{< plain >}}{{< / inner >}}",
        "{{< plain >}}x{{< inner >}}y{{< /plain >}}",
        "{{</* nope */>}} {{</* {{< nope >}} */>}} {{</**/>}} {{ < nope >}} { {{ nope }}",
        "{{< sub/deep >}} {{< plain 한글 a.b -5 - é \"a\"b >}} {{< plain \\x >}}",
        "{{< plain a=b/c:d >}} {{< plain a=, b=| >}} {{< plain x =a >}} {{< plain x= \"a\" >}}",
        "{{< plain `a\nb` >}} {{< plain \\\"a b\\\" >}} {{< plain x=\"a\\\"b\" >}}",
        "{{< details >}}x{{< /details >}} {{< qr text=\"a\" />}} {{< figure src=\"a\" >}}",
        "{{< odd >}} {{< odd >}}x{{< /odd >}} {{< inner >}}",
        "{{< x.inline >}}a{{< /x.inline >}}",
    ] {
        assert_eq!(hugo(text), [], "{text}");
    }
}

/// Each text as Hugo 0.168 answers, with what it says.
#[test]
fn hugo_builds_none_of_these() {
    use MacroFaultKind::*;
    let name = |name: &str| name.to_owned();
    let unclosed = || Unclosed { opener: name("{{<") };
    for (text, kind) in [
        ("{{< nope >}}", Unknown { name: name("nope") }),
        ("`{{% nope %}}`", Unknown { name: name("nope") }),
        ("<!-- {{< nope >}} -->", Unknown { name: name("nope") }),
        ("{{<plain/>}}", Unknown { name: name("plain/") }),
        ("{{< /plain >}}", NeverBegun { name: name("/plain") }),
        ("{{< plain >}}{{< /plain >}}", TakesNoContent { name: name("plain") }),
        ("{{< inner >}}{{< plain >}}a{{< /plain >}}{{< /inner >}}", TakesNoContent { name: name("plain") }),
        ("{{< plain />}}", TakesNoContent { name: name("plain") }),
        ("{{< inner >}}", NeverEnded { name: name("inner") }),
        ("{{< inner >}}{{< inner >}}{{< /inner >}}", NeverEnded { name: name("inner") }),
        ("{{< highlight go >}}x", NeverEnded { name: name("highlight") }),
        ("{{< inner >}}x{{< /INNER >}}", OtherIsOpen { name: name("/INNER"), open: name("inner") }),
        ("{{< inner >}}x{{< /inner >}}{{< /inner >}}", NeverBegun { name: name("/inner") }),
        ("{{< figure", unclosed()),
        ("{{<", unclosed()),
        ("{{</* x", unclosed()),
        ("{{</* a */ b >}}", unclosed()),
        ("{{< inner >}}{{< /inner a >}}", unclosed()),
        ("{{< plain a=b>}}", unclosed()),
        ("{{< >}}", NoName),
        ("{{< figure src=\"a", OpenQuote),
        ("{{< figure src=\"a\nb\" >}}", OpenQuote),
        ("{{< figure src=\"a\" >", BadCharacter { character: '>' }),
        ("{{< figure %}}", BadCharacter { character: '%' }),
        ("{{< plain 'a b' >}}", BadCharacter { character: '\'' }),
        ("{{< plain a,b >}}", BadCharacter { character: ',' }),
        ("{{< plain a/b >}}", BadCharacter { character: '/' }),
        ("{{< plain .5 >}}", BadCharacter { character: '.' }),
        ("{{< \"plain\" >}}", BadCharacter { character: '"' }),
    ] {
        let found = hugo(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].kind, kind, "{text}");
        if !found[0].escape.is_empty() {
            assert_eq!(hugo(&escaped(text, &found[0])), [], "{text}");
        }
    }
}

/// Each text as Liquid 5.4 with Jekyll's tags answers.
#[test]
fn jekyll_builds_these() {
    for text in [
        "{{ x }} {{}} {{ a b c }} {{ .Site }} {{\n{{ x }} a }} b %} { % foo % }",
        "{% comment %}{% foo %}{% else %}{% endfoo %}{% endcomment %}",
        "{% raw %}{{ a {% endraw %} {% raw %}{% foo %}{% endraw %} {% raw %}{{{% endraw %}",
        "{% raw %}{%{% endraw %} x {%- raw -%}x{%- endraw -%}",
        "{% if a %}{% elsif b %}{% else %}{% endif %}{% unless x %}{% else %}{% endunless %}",
        "{% case 1 %}{% when 1 %}{% else %}{% endcase %}{% for i in x %}{% else %}{% endfor %}",
        "{%-if a-%}{%endif%}{% assign x = '%}' %}{% include x.html %}{% # x %}{% link x.md %}",
        "{% ours %}{% ours %}x{% else %}{% endours %}",
    ] {
        assert_eq!(jekyll(text), [], "{text}");
    }
}

/// Each text as Liquid 5.4 with Jekyll's tags answers, with what it says.
#[test]
fn jekyll_builds_none_of_these() {
    use MacroFaultKind::*;
    let name = |name: &str| name.to_owned();
    for (text, kind) in [
        ("{% foo %}", Unknown { name: name("foo") }),
        ("```\n{%foo-bar%}\n```", Unknown { name: name("foo") }),
        ("{% endfoo %}", Unknown { name: name("endfoo") }),
        ("{% foo %}{% endfoo %}", Unknown { name: name("foo") }),
        ("{% highlight ruby %}x", NeverEnded { name: name("highlight") }),
        ("{% raw %}x {{ y }} {% foo %}", NeverEnded { name: name("raw") }),
        ("{% if a %}x", NeverEnded { name: name("if") }),
        ("{% endif %}", NeverBegun { name: name("endif") }),
        ("{% else %}", NeverBegun { name: name("else") }),
        ("{% highlight x %}{% else %}{% endhighlight %}", NeverBegun { name: name("else") }),
        ("{% raw %}{% raw %}{% endraw %}{% endraw %}", NeverBegun { name: name("endraw") }),
        ("{% if a %}{% for i in x %}{% endif %}", OtherIsOpen { name: name("endif"), open: name("for") }),
        ("{{ x", Unclosed { opener: name("{{") }),
        ("{{ x }", Unclosed { opener: name("{{") }),
        ("{{ {a:1} }}", Unclosed { opener: name("{{") }),
        ("{% highlight c %}#{{{% endhighlight %}", Unclosed { opener: name("{{") }),
        ("{% if x %}{% endif", Unclosed { opener: name("{%") }),
        ("{% %}", NoName),
        ("{% 'a' %}", NoName),
    ] {
        let found = jekyll(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].kind, kind, "{text}");
        if matches!(kind, Unclosed { .. } | NoName) && !text.contains("{% if") && !text.contains("highlight")
        {
            assert_eq!(jekyll(&escaped(text, &found[0])), [], "{text}");
        }
    }
}

/// Each text as Hexo 8.1 answers.
#[test]
fn hexo_builds_these() {
    for text in [
        "`{% nope %}` ``a {% nope %}``\n\n```\n{% nope %}\n```\n\n    {% nope %}\n",
        "<!-- {% nope %} --> <code>{% nope %}</code> {# {% nope %} #}",
        "{% raw %}{% nope %}{% endraw %} {% verbatim %}{% nope %}{% endverbatim %}",
        "{{ x",
        "{{ a } b",
        "{% nope",
        "%} }}",
        "{% if x %}a{% elseif y %}b{% else %}{% endif %}{% for i in [1] %}a{% endfor %}",
        "{% set x = 1 %}{% set y %}a{% endset %}{% switch 1 %}{% case 1 %}a{% endswitch %}",
        "{% blockquote %}{% blockquote %}a{% endblockquote %}{% endblockquote %}",
        "{% codeblock lang:js %}a{% endcodeblock %} {% include-code a.js %} {% ours %}a{% endours %}",
        "{% asyncEach i in [1] %}a{% endeach %}{% ifAsync true %}a{% endif %}",
    ] {
        assert_eq!(hexo(text), [], "{text}");
    }
}

/// Each text as Hexo 8.1 answers, with what it says.
#[test]
fn hexo_builds_none_of_these() {
    use MacroFaultKind::*;
    let name = |name: &str| name.to_owned();
    for (text, kind) in [
        ("x {% nope a %}", Unknown { name: name("nope") }),
        ("{%- nope -%}", Unknown { name: name("nope") }),
        ("{% nope %}a{% endnope %}", Unknown { name: name("nope") }),
        ("{% blockquote %}x{% nope %}{% endblockquote %}", Unknown { name: name("nope") }),
        ("{% codeblock %}\n{% nope %}\n{% endcodeblock %}", Unknown { name: name("nope") }),
        ("{% blockquote %}x", NeverEnded { name: name("blockquote") }),
        ("{% codeblock %}x", NeverEnded { name: name("codeblock") }),
        ("{% blockquote %}{% blockquote %}a{% endblockquote %}", NeverEnded { name: name("blockquote") }),
        ("{% if true %}x", NeverEnded { name: name("if") }),
        ("{% endblockquote %}", NeverBegun { name: name("endblockquote") }),
        ("{% else %}", NeverBegun { name: name("else") }),
        ("{% quote %}a{% endblockquote %}", NeverEnded { name: name("quote") }),
    ] {
        let found = hexo(text);
        assert_eq!(found[0].kind, kind, "{text}: {found:?}");
        if let Unknown { .. } = kind
            && !text.contains("endnope")
        {
            assert_eq!(hexo(&escaped(text, &found[0])), [], "{text}");
        }
    }
}

#[test]
fn places_count_in_the_whole_text() {
    let text = "---\n---\n한 {{< nope >}}\n";
    let found = macro_faults(text, 8, &Dialect::Hugo(Hugo::default()), &SiteMacros::default());
    assert_eq!(&text[found[0].span.clone()], "{{< nope >}}");
    assert_eq!(escaped(text, &found[0]), "---\n---\n한 {{</* nope */>}}\n");
}

/// No time is lost on what is opened again and again.
#[test]
fn what_is_never_closed_is_read_once() {
    for part in
        ["{{< inner >}}", "{{<", "{% if a %}", "{% raw %}", "{{ ", "{% ", "{% blockquote %}", "<code>{% a"]
    {
        let text = part.repeat(60_000);
        for dialect in [
            Dialect::Hugo(Hugo::default()),
            Dialect::Jekyll(Jekyll::default()),
            Dialect::Hexo(Hexo::default()),
        ] {
            assert!(found(&text, &dialect, &SiteMacros::default()).len() <= MOST);
        }
    }
}
