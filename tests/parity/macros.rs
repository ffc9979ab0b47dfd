//! What only a site's theme, plugins or files could render is taken out of a post on both sides, so that the rest of
//! it can be compared: shortcodes that are not Hugo's own and those that embed other sites, Liquid's `include` and
//! `post_url`, Zola's shortcodes, Astro's pictures beside a post (their files are not in the samples).

use crate::corpus::Engine;

/// Hugo's own shortcodes that need no network.
const HUGO: &[&str] = &["figure", "highlight", "ref", "relref", "param", "details"];

/// Liquid's and Jekyll's own tags that need no file of the site.
const LIQUID: &[&str] = &[
    "raw",
    "endraw",
    "highlight",
    "endhighlight",
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
    "for",
    "endfor",
    "case",
    "when",
    "endcase",
    "assign",
    "capture",
    "endcapture",
    "comment",
    "endcomment",
    "break",
    "continue",
    "increment",
    "decrement",
    "cycle",
    "tablerow",
    "endtablerow",
];

/// The text as both sides get it, and whether the post has macros.
pub(crate) fn comparable(engine: Engine, text: &str) -> (String, bool) {
    match engine {
        Engine::Hugo => {
            let angled = without(text, "{{<", ">}}", |inside| is_kept(inside, HUGO));
            let text = without(&angled, "{{%", "%}}", |inside| is_kept(inside, HUGO));
            let macros = ["{{<", "{{%"].iter().any(|open| angled.contains(open)) || text != angled;
            let had = text != angled || macros;
            (text, had)
        }
        Engine::Jekyll => {
            let kept = without(text, "{%", "%}", |inside| is_kept(inside.trim_matches('-'), LIQUID));
            (kept, text.contains("{%") || text.contains("{{"))
        }
        Engine::Zola => {
            let is_call = |inside: &str| inside.contains('(') || inside.trim() == "end";
            let bodies = without(text, "{%", "%}", |inside| !is_call(inside));
            let kept = without(&bodies, "{{", "}}", |inside| !is_call(inside));
            let macros = kept != text;
            (kept, macros)
        }
        Engine::Hexo => (text.to_owned(), text.contains("{%") || text.contains("{{")),
        Engine::Astro => (with_rooted_pictures(text), false),
    }
}

fn is_kept(inside: &str, own: &[&str]) -> bool {
    let name = inside.trim_start().trim_start_matches('/').split_whitespace().next().unwrap_or_default();
    // `{{</* name */>}}` is text about a shortcode.
    name.starts_with('*') || own.contains(&name.trim_end_matches('/'))
}

/// Takes out what stands between two marks, marks included, unless it is to be kept.
fn without(text: &str, open: &str, close: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let inside_at = at + open.len();
        let Some(length) = rest[inside_at..].find(close) else { break };
        let end = inside_at + length + close.len();
        let keeps = keep(&rest[inside_at..inside_at + length]);
        kept.push_str(&rest[..if keeps { end } else { at }]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// Astro does not build a post whose picture it does not find; one from the root is the site's own affair.
fn with_rooted_pictures(text: &str) -> String {
    let mut rooted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("![") {
        let Some(destination) = rest[at..].find("](").map(|found| at + found + 2) else { break };
        let (before, after) = rest.split_at(destination);
        rooted.push_str(before);
        let opening = if after.starts_with('<') { 1 } else { 0 };
        rooted.push_str(&after[..opening]);
        rest = &after[opening..];
        let elsewhere = ["/", "#", "http:", "https:", "data:", ")", " "];
        if !elsewhere.iter().any(|start| rest.starts_with(start)) {
            rest = rest.trim_start_matches("../").trim_start_matches("./");
            rooted.push('/');
        }
    }
    rooted.push_str(rest);
    rooted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(engine: Engine, text: &str) -> String {
        comparable(engine, text).0
    }

    #[test]
    fn what_only_the_site_knows_is_taken_out_and_the_rest_stays() {
        let hugo =
            "a {{< mine \"x\" >}}b{{< /mine >}} {{< figure src=\"a.png\" >}} {{</* mine */>}} {{% box %}}";
        let kept = "a b {{< figure src=\"a.png\" >}} {{</* mine */>}} ";
        assert_eq!(comparable(Engine::Hugo, hugo), (kept.to_owned(), true));
        assert_eq!(
            taken(Engine::Jekyll, "{% include a.html %}b{% raw %}c{% endraw %}"),
            "b{% raw %}c{% endraw %}"
        );
        assert_eq!(taken(Engine::Zola, "{{ a(b=1) }}{% c() %}d{% end %} {{ x }}"), "d {{ x }}");
        assert_eq!(
            taken(Engine::Astro, "![a](./b.png) ![](c.png) ![](/d) ![](http://e)"),
            "![a](/b.png) ![](/c.png) ![](/d) ![](http://e)"
        );
    }

    #[test]
    fn a_post_without_macros_is_as_it_was() {
        for engine in Engine::ALL {
            let text = "a {b} `{{` c\n![x](/y)\n";
            assert_eq!(taken(engine, text), text);
        }
        assert!(!comparable(Engine::Hugo, "plain").1);
    }
}
