//! Macros at which the real generators end the build, against the findings that say so.

use postwright_markdown::{Dialect, Hexo, Hugo, Jekyll, SiteMacros, macro_faults};

use crate::corpus::Engine;
use crate::sites::{self, Page};

/// Every text is refused by the generator if and only if there is a finding in it.
#[track_caller]
fn compare(engine: Engine, dialect: &Dialect, texts: &[&str]) {
    let texts: Vec<String> = texts.iter().map(|text| format!("{text}\n")).collect();
    let Some(pages) = sites::render(engine, &texts, "") else { return };
    for (text, page) in texts.iter().zip(pages) {
        let found = macro_faults(text, 0, dialect, &SiteMacros::default());
        let is_refused = matches!(page, Page::Refused(_));
        assert_eq!(!found.is_empty(), is_refused, "{text}\n{page:?}\n{found:?}");
    }
}

#[test]
fn hugo_stops_where_the_findings_say() {
    let texts = [
        "`{{< nope >}}`",
        "```\n{{% nope %}}\n```",
        "<!-- {{< nope >}} -->",
        "{{</* nope */>}} {{</* {{< nope >}} */>}} {{ < nope >}} {{ nope }}",
        "{{< FIGURE src=\"a\" >}} {{<figure\n\nsrc=\"a\">}} {{%figure src=\"a\"%}}",
        "{{< figure src=`a b` alt=b/c:d >}} {{< figure src= \"a\" >}} {{< figure alt=\\\"a b\\\" >}}",
        "{{< figure src=\"a\" >",
        "{{< figure src=\"a",
        "{{< figure %}}",
        "{{< figure src=a>}}",
        "{{< figure 'a b' >}}",
        "{{< figure a,b >}}",
        "{{< figure a/b >}}",
        "{{< figure />}}",
        "{{< figure >}}{{< /figure >}}",
        "{{< /figure >}}",
        "{{< >}}",
        "{{<",
        "{{</* x",
        "{{</**/>}}",
        "{{</* a */ b >}}",
        "{{< details >}}x{{< /details >}} {{< details >}}x{{% / details %}} {{< details />}}",
        "{{< details >}}x",
        "{{< details >}}x{{< /DETAILS >}}",
        "{{< details >}}x{{< /details a >}}",
        "{{< details >}}x{{< /details >}}{{< /details >}}",
        "{{< details >}}{{< highlight go >}}x{{< /highlight >}}{{< /details >}}",
        "{{< figure src=\"a\" >}}x{{< details >}}y{{< /figure >}}",
        "{{< highlight go >}}x",
        "{{< qr text=\"a\" />}}",
    ];
    compare(Engine::Hugo, &Dialect::Hugo(Hugo::default()), &texts);
}

#[test]
fn jekyll_stops_where_the_findings_say() {
    let texts = [
        "`{% nope %}`",
        "```\n{% endnope %}\n```",
        "{% highlight ruby %}x",
        "{% raw %}x",
        "{% raw %}{{ a {% endraw %} {% raw %}{% nope %}{% endraw %} {% raw %}{{{% endraw %}",
        "{{ x",
        "{{ {a: 1} }}",
        "{{ x }} {{}} {{ a b }} {{\n{{ x }} a }} b %} { % nope % }",
        "{% if a %}{% for i in x %}{% endif %}{% endfor %}",
        "{% else %}",
        "{% comment %}{% nope %}{% else %}{% endcomment %}",
        "{% case 1 %}{% when 1 %}{% else %}{% endcase %}{% unless a %}{% elsif b %}{% endunless %}",
        "{% nope",
        "{% %}",
    ];
    compare(Engine::Jekyll, &Dialect::Jekyll(Jekyll::default()), &texts);
}

#[test]
fn hexo_stops_where_the_findings_say() {
    let texts = [
        "{% nope a %}",
        "`{% nope %}` ``a {% nope %}``\n\n```\n{% nope %}\n```\n\n    {% nope %}\n",
        "<!-- {% nope %} --> <code>{% nope %}</code> {# {% nope %} #}",
        "{% raw %}{% nope %}{% endraw %} {% verbatim %}{% nope %}{% endverbatim %}",
        "{% raw %}x",
        "{{ x",
        "{% nope",
        "{% blockquote %}x",
        "{% codeblock %}\n{% nope %}\n{% endcodeblock %}",
        "{% blockquote %}{% blockquote %}a{% endblockquote %}",
        "{% blockquote %}{% blockquote %}a{% endblockquote %}{% endblockquote %}",
        "{% quote %}a{% endblockquote %}",
        "{% endblockquote %}",
        "{% if true %}x{% elif false %}{% else %}y{% endif %}",
        "{% if true %}x",
        "{% else %}",
        "{% set x = 1 %}{{ x }} {% set y %}a{% endset %}",
        "{% switch 1 %}{% case 1 %}a{% endswitch %} {% asyncEach i in [1] %}a{% endeach %}",
        "- a\n\n      {% nope %}\n\n> {% nope %}",
    ];
    compare(Engine::Hexo, &Dialect::Hexo(Hexo::default()), &texts);
}
