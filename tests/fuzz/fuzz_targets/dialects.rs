//! Each engine reads any text, and the blocks that are shown stand for all of its lines.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postwright_fuzz::Input;
use postwright_markdown::{Options, Preview, look_through, site_html};

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let dialect = input.dialect();
    let text = input.rest();
    let _ = site_html(&text, 0, &dialect);
    let _ = look_through(&text, 0, &dialect);
    let (preview, patch) = Preview::new(&text, 0, Options { dialect, ..Options::default() });
    let lines: u32 = preview.blocks().iter().map(|block| block.lines).sum();
    if lines > 0 {
        assert_eq!((patch.first_line + lines) as usize, text.lines().count(), "{text:?}");
    }
});
