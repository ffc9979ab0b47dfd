//! Front matter is read whatever it is, and a field that is set can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postwright_fuzz::Input;
use postwright_post::apply_changes;
use postwright_post::front_matter::{Value, read, set_field, shown_title, split, tree};

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let (which, longest) = (input.byte(), input.byte() % 32);
    let said = input.text(usize::from(longest));
    // The texts are the editor's: no byte order mark, every line end `\n`.
    let text = input.rest().replace('\r', "").replace('\u{feff}', "");
    let parts = split(&text);
    let _ = tree(&text[parts.source.clone()], parts.format);
    let _ = shown_title(&text);
    let before = read(&text);
    assert!(text.is_char_boundary(before.body_start));

    let known = before.fields.get(usize::from(which / 4)).map(|field| field.key.clone());
    let key = known.unwrap_or_else(|| "title".to_owned());
    let value = match which % 4 {
        0 => Value::Empty,
        1 => Value::Boolean(true),
        2 => Value::List(said.split(',').map(str::to_owned).collect()),
        _ => Value::Text(said),
    };
    let Ok(changes) = set_field(&text, &key, &value) else { return };
    if changes.is_empty() {
        return;
    }
    let after = apply_changes(&text, &changes);
    let again = read(&after);
    assert_eq!(again.problem, None, "{text:?} became {after:?}");
    let (body, whole) = (&after[again.body_start..], &text[before.body_start..]);
    // A post that gets its first front matter gets a blank line behind it, if it does not begin with one.
    let is_set_off = before.lines == 0 && body.strip_prefix('\n') == Some(whole);
    assert!(body == whole || is_set_off, "{text:?} became {after:?}");
});
