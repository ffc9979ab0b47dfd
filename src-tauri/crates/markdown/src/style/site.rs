//! What may be taken from a site's own style sheet: the colours of highlighted code, and nothing else.
//!
//! Hugo's `gen chromastyles` and Rouge's `rougify style` write rules such as `.highlight .k { color: #66d9ef }`.
//! Their selectors are written anew from the class names found in them, and their values are copied only if they are
//! plain colours or words: nothing of the sheet itself reaches the preview.

use std::fmt::Write;

/// Larger sheets are passed over: highlighting takes some 5 KB.
const MAX_BYTES: usize = 512 * 1024;
const MAX_RULES: usize = 2_000;

/// Classes that stand for the block itself.
const BLOCKS: [&str; 5] = ["chroma", "highlight", "bg", "rouge-code", "highlighter-rouge"];

/// A site's style sheet reduced to rules for the classes of highlighted code, scoped to the preview's code blocks.
///
/// Kept are `color`, `background-color` (also as `background`), `font-style`, `font-weight` and `text-decoration`, for
/// the dark scheme too where the sheet has rules within `@media (prefers-color-scheme: …)`.
pub fn sanitised_site_css(css: &str) -> String {
    let mut clean = String::new();
    if css.len() <= MAX_BYTES {
        let css = without_comments(css);
        rules(&css, "", &mut clean, &mut 0);
    }
    clean
}

fn without_comments(css: &str) -> String {
    let mut clean = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        clean.push_str(before);
        // In CSS, a comment parts words.
        clean.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    clean.push_str(rest);
    clean
}

fn rules(css: &str, scheme: &str, clean: &mut String, count: &mut usize) {
    let mut rest = css;
    while let Some((prelude, body)) = rest.split_once('{') {
        let end = block_end(body);
        let (body, after) = (&body[..end], body.get(end + 1..).unwrap_or_default());
        // What ended before it, such as `@import …;`, is no part of it.
        let prelude = prelude.rsplit([';', '}']).next().unwrap_or_default().trim();
        if let Some(query) = prelude.strip_prefix("@media") {
            if let Some(scheme) = colour_scheme(query).filter(|_| scheme.is_empty()) {
                rules(body, scheme, clean, count);
            }
        } else if !prelude.starts_with('@') && *count < MAX_RULES {
            *count += 1;
            rule(prelude, body, scheme, clean);
        }
        rest = after;
    }
}

/// Where a block ends whose first brace has been passed.
fn block_end(body: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    body.len()
}

fn colour_scheme(query: &str) -> Option<&'static str> {
    let query: String = query.split_whitespace().collect();
    match query.as_str() {
        "(prefers-color-scheme:dark)" | "screenand(prefers-color-scheme:dark)" => Some("dark"),
        "(prefers-color-scheme:light)" | "screenand(prefers-color-scheme:light)" => Some("light"),
        _ => None,
    }
}

fn rule(selectors: &str, body: &str, scheme: &str, clean: &mut String) {
    let selectors: Vec<String> = selectors.split(',').filter_map(selector).collect();
    let declarations: Vec<String> = body.split(';').filter_map(declaration).collect();
    if selectors.is_empty() || declarations.is_empty() {
        return;
    }
    let (selectors, declarations) = (selectors.join(","), declarations.join(";"));
    // Writing to a String cannot fail.
    let _ = match scheme {
        "" => writeln!(clean, "{selectors}{{{declarations}}}"),
        scheme => writeln!(clean, "@media (prefers-color-scheme:{scheme}){{{selectors}{{{declarations}}}}}"),
    };
}

/// A selector of our own for one that names a class of highlighted code: its last class, within our block.
fn selector(selector: &str) -> Option<String> {
    let mut classes: Vec<&str> = Vec::new();
    for compound in selector.split_whitespace() {
        for class in compound.split('.').skip(1) {
            if class.is_empty()
                || !class.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            {
                return None;
            }
            classes.push(class);
        }
    }
    let last = *classes.last()?;
    if BLOCKS.contains(&last) {
        return Some("pre.chroma".to_owned());
    }
    let of_code = classes.len() > 1 && classes.iter().any(|class| BLOCKS.contains(class));
    (of_code && is_token(last)).then(|| format!("pre.chroma .{last}"))
}

/// Pygments' short names are short.
fn is_token(class: &str) -> bool {
    class.len() <= 3 && class.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn declaration(declaration: &str) -> Option<String> {
    let (property, value) = declaration.split_once(':')?;
    let value = value.trim().to_ascii_lowercase();
    let value = value.trim_end_matches("!important").trim_end();
    let property = match property.trim().to_ascii_lowercase().as_str() {
        "color" if is_colour(value) => "color",
        "background-color" | "background" if is_colour(value) => "background-color",
        "font-style" if ["italic", "normal", "oblique"].contains(&value) => "font-style",
        "font-weight" if is_weight(value) => "font-weight",
        "text-decoration" if ["underline", "none", "line-through"].contains(&value) => "text-decoration",
        _ => return None,
    };
    Some(format!("{property}:{value}"))
}

fn is_weight(value: &str) -> bool {
    ["bold", "normal", "bolder", "lighter"].contains(&value)
        || (value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `#abc`, a colour's name, or `rgb(…)` and `hsl(…)` of numbers.
fn is_colour(value: &str) -> bool {
    if let Some(hex) = value.strip_prefix('#') {
        return [3, 4, 6, 8].contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    let numbers = ["rgb(", "rgba(", "hsl(", "hsla("].iter().find_map(|name| value.strip_prefix(name));
    if let Some(numbers) = numbers.and_then(|value| value.strip_suffix(')')) {
        return numbers.len() <= 40
            && numbers.bytes().all(|byte| byte.is_ascii_digit() || b" ,./%".contains(&byte));
    }
    !value.is_empty() && value.len() <= 24 && value.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Hugo 0.168 and Rouge 3.30 print them.
    #[test]
    fn takes_what_hugo_and_rouge_print() {
        let hugo = "/* Generated using: hugo gen chromastyles --style=monokai */\n\n\
            /* Background */ .bg { color:#f8f8f2;background-color:#272822; }\n\
            /* PreWrapper */ .chroma { color:#f8f8f2;background-color:#272822;-webkit-text-size-adjust:none; }\n\
            /* Line */ .chroma .line { display:flex; }\n\
            /* Keyword */ .chroma .k { color:#66d9ef }\n\
            /* GenericEmph */ .chroma .ge { font-style:italic }\n";
        assert_eq!(
            sanitised_site_css(hugo),
            "pre.chroma{color:#f8f8f2;background-color:#272822}\npre.chroma{color:#f8f8f2;background-color:#272822}\n\
             pre.chroma .k{color:#66d9ef}\npre.chroma .ge{font-style:italic}\n"
        );
        let rouge = ".highlight table td { padding: 5px; }\n.highlight .c, .highlight .cd {\n  color: #999988;\n  \
            font-style: italic;\n}\ndiv.highlighter-rouge pre.highlight .kd { color: RGB(1, 2, 3) !important }";
        assert_eq!(
            sanitised_site_css(rouge),
            "pre.chroma .c,pre.chroma .cd{color:#999988;font-style:italic}\npre.chroma .kd{color:rgb(1, 2, 3)}\n"
        );
    }

    #[test]
    fn keeps_the_dark_scheme() {
        let css = "@media (prefers-color-scheme: dark) { .highlight .k { color: red } }\n@media print { .highlight .k { color: blue } }";
        assert_eq!(sanitised_site_css(css), "@media (prefers-color-scheme:dark){pre.chroma .k{color:red}}\n");
    }

    #[test]
    fn nothing_else_of_a_sheet_gets_through() {
        for css in [
            "@import url(//evil.example/x.css);",
            "@import 'x'; body { background: url(https://evil.example/) }",
            ".highlight .k { background: url(https://evil.example/) }",
            ".highlight .k { color: expression(alert(1)) }",
            ".highlight .k { color: red\\;behavior:url(x) }",
            ".highlight .k::before { content: 'x'; color: red }",
            ".highlight .k[title^=a] { color: red }",
            ".highlight .k { position: fixed; inset: 0 }",
            ".highlight .k { color: var(--x) }",
            "body { color: red } .k { color: red } .post .k { color: red } * { color: red }",
            "@font-face { font-family: x; src: url(x) }",
            "</style><script>alert(1)</script>",
            ".highlight .k</style> { color: red }",
            ".highlight .k { color: </style>red }",
            "@supports (x:y) { .highlight .k { color: red } }",
            ".highlight .k { color: red",
            "{{{{{{",
            "}}}}",
            "/*",
            "/* x { .highlight .k { color: red } }",
            "@media",
            "@media {",
            "::",
            ".{}",
            "..{color:red}",
        ] {
            let clean = sanitised_site_css(css);
            assert!(clean.is_empty() || clean == "pre.chroma .k{color:red}\n", "{css}: {clean}");
            assert!(!clean.contains('<') && !clean.contains("url") && !clean.contains('@'), "{css}: {clean}");
        }
    }

    #[test]
    fn a_large_sheet_takes_no_longer_than_its_size() {
        let many = ".highlight .k{color:red}".repeat(20_000);
        assert_eq!(sanitised_site_css(&many).lines().count(), MAX_RULES);
        sanitised_site_css(&"{".repeat(500_000));
        sanitised_site_css(&"@media (prefers-color-scheme:dark){".repeat(10_000));
        assert_eq!(sanitised_site_css(&"/*".repeat(MAX_BYTES)), "");
    }
}
