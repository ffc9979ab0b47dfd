//! A preview that took edits shows what a fresh one shows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postwright_fuzz::{Input, boundary};
use postwright_markdown::{Options, Preview, TextChange};

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let options = Options { dialect: input.dialect(), ..Options::default() };
    let edits: Vec<_> = (0..input.byte() % 4)
        .map(|_| {
            let (from, removed, longest) = (input.place(), input.byte(), input.byte() % 16);
            (from, usize::from(removed % 32), input.text(usize::from(longest)))
        })
        .collect();
    let mut text = input.rest();
    let (mut preview, _) = Preview::new(&text, 0, options.clone());
    for (from, removed, insert) in edits {
        let from = boundary(&text, from % (text.len() + 1));
        let to = boundary(&text, from + removed).max(from);
        text.replace_range(from..to, &insert);
        preview.edit(&[TextChange { from, to, insert }], 0);
        assert_eq!(preview.to_text(), text);
        let (fresh, _) = Preview::new(&text, 0, options.clone());
        assert_eq!(shown(&preview), shown(&fresh), "{text:?}");
    }
});

fn shown(preview: &Preview) -> Vec<(String, u32)> {
    preview.blocks().iter().map(|block| (block.html.to_string(), block.lines)).collect()
}
