//! Code of any language under any info string is shown, and colours that followed an edit are the fresh ones.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postwright_fuzz::{Input, boundary};
use postwright_markdown::{CodeSetting, ColouredCode, Flavour, Notation, render_code};

const LANGUAGES: &[&str] = &[
    "rust",
    "js",
    "ts",
    "tsx",
    "go",
    "python",
    "ruby",
    "c",
    "java",
    "kotlin",
    "swift",
    "sh",
    "console",
    "html",
    "css",
    "json",
    "yaml",
    "toml",
    "ini",
    "diff",
    "sql",
    "dockerfile",
    "hcl",
    "proto",
    "nix",
    "zig",
    "md",
    "xml",
    "php",
    "",
];

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let setting = CodeSetting {
        notation: [
            Notation::Generic,
            Notation::Hugo,
            Notation::Zola,
            Notation::Jekyll,
            Notation::Hexo,
            Notation::Astro,
            Notation::ExpressiveCode,
        ][usize::from(input.byte() % 7)],
        flavour: [Flavour::Own, Flavour::Chroma, Flavour::Rouge][usize::from(input.byte() % 3)],
        numbered: input.byte() % 2 == 1,
    };
    let language = LANGUAGES[usize::from(input.byte()) % LANGUAGES.len()];
    let (from, longest, of_info) = (input.place(), input.byte() % 16, input.byte() % 32);
    let insert = input.text(usize::from(longest));
    let info = format!("{language}{}", input.text(usize::from(of_info)).replace('\n', " "));
    let mut text = input.rest();

    let mut code = ColouredCode::new(&info, &text, setting, &|| false);
    let from = boundary(&text, from % (text.len() + 1));
    text.insert_str(from, &insert);
    code.update(&info, &text, &|| false);
    assert_eq!(code.html().as_str(), render_code(&info, &text, setting).as_str(), "{info:?} {text:?}");
});
