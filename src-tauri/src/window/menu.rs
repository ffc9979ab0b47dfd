//! The menus: what is in them, and what a choice does.
//!
//! A choice is told to the page under the name of its command there; the page runs it as if its key was pressed.
//! On Linux and Windows a key that stands here never reaches the page, so it runs once. Keys that a text field
//! needs itself (undo, cut, copy, paste, select all) therefore do not stand here.

use postwright_wire::Language;
use tauri::AppHandle;
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, Submenu, SubmenuBuilder};

use super::{end_soon, tell_command};
use crate::words::{self, Words};

const QUIT: &str = "quit";

/// One entry.
enum Entry {
    /// A command of the page: its name there, its text, its key.
    Command(&'static str, &'static str, Option<&'static str>),
    /// A line between entries.
    Line,
    /// Entries that open to the side.
    More(&'static str, Vec<Entry>),
    /// An entry that the system does itself.
    #[cfg(target_os = "macos")]
    System(SystemEntry, &'static str),
}

#[cfg(target_os = "macos")]
enum SystemEntry {
    Cut,
    Copy,
    Paste,
    SelectAll,
    Quit,
}

/// Builds the menus in a language.
pub(super) fn build(handle: &AppHandle, language: Language) -> tauri::Result<Menu<tauri::Wry>> {
    let mut menu = MenuBuilder::new(handle);
    for (title, entries) in bar(words::in_language(language)) {
        menu = menu.item(&submenu(handle, title, &entries)?);
    }
    menu.build()
}

/// Does what was chosen.
pub(super) fn chosen(handle: &AppHandle, command: &str) {
    if command == QUIT {
        end_soon(handle);
    } else {
        tell_command(handle, command);
    }
}

fn submenu(handle: &AppHandle, title: &str, entries: &[Entry]) -> tauri::Result<Submenu<tauri::Wry>> {
    let mut menu = SubmenuBuilder::new(handle, title);
    for entry in entries {
        menu = match entry {
            Entry::Command(name, text, key) => {
                let mut item = MenuItemBuilder::with_id(*name, *text);
                if let Some(key) = key {
                    item = item.accelerator(key);
                }
                menu.item(&item.build(handle)?)
            }
            Entry::Line => menu.separator(),
            Entry::More(title, entries) => menu.item(&submenu(handle, title, entries)?),
            #[cfg(target_os = "macos")]
            Entry::System(entry, text) => match entry {
                SystemEntry::Cut => menu.cut_with_text(text),
                SystemEntry::Copy => menu.copy_with_text(text),
                SystemEntry::Paste => menu.paste_with_text(text),
                SystemEntry::SelectAll => menu.select_all_with_text(text),
                SystemEntry::Quit => menu.quit_with_text(text),
            },
        };
    }
    menu.build()
}

fn bar(words: &Words) -> Vec<(&'static str, Vec<Entry>)> {
    let mut bar = vec![
        (words.file, file(words)),
        (words.edit, edit(words)),
        (words.view, view(words)),
        (words.help, help(words)),
    ];
    if cfg!(target_os = "macos") {
        // The first menu of a Mac is the app's own, whatever its title.
        bar.insert(0, ("Postwright", app(words)));
    }
    bar
}

fn file(words: &Words) -> Vec<Entry> {
    let mut entries = vec![
        Entry::Command("new_draft", words.new_draft, Some("CmdOrCtrl+N")),
        Entry::Command("quick_open", words.quick_open, Some("CmdOrCtrl+P")),
        Entry::Line,
        Entry::Command("import_files", words.import_files, None),
        Entry::Command("import_folder", words.import_folder, None),
        Entry::Command("import_text", words.import_text, None),
        Entry::Command("add_site", words.add_site, None),
        Entry::Line,
        Entry::Command("save", words.save, Some("CmdOrCtrl+S")),
        Entry::Command("publish", words.publish, Some("CmdOrCtrl+Shift+Enter")),
        Entry::Line,
        Entry::Command("close_tab", words.close_tab, Some("CmdOrCtrl+W")),
    ];
    if !cfg!(target_os = "macos") {
        entries.extend(quit(words));
    }
    entries
}

fn edit(words: &Words) -> Vec<Entry> {
    let mut entries =
        vec![Entry::Command("undo", words.undo, None), Entry::Command("redo", words.redo, None), Entry::Line];
    entries.extend(clipboard(words));
    entries.extend([
        Entry::Line,
        Entry::Command("find", words.find, Some("CmdOrCtrl+F")),
        Entry::Command("search", words.search, Some("CmdOrCtrl+Shift+F")),
    ]);
    entries
}

fn view(words: &Words) -> Vec<Entry> {
    let schemes = vec![
        Entry::Command("scheme_system", words.scheme_system, None),
        Entry::Command("scheme_light", words.scheme_light, None),
        Entry::Command("scheme_dark", words.scheme_dark, None),
    ];
    vec![
        Entry::Command("toggle_sidebar", words.toggle_sidebar, Some("CmdOrCtrl+B")),
        Entry::Command("toggle_details", words.toggle_details, None),
        Entry::Line,
        Entry::Command("layout_editor", words.layout_editor, Some("CmdOrCtrl+1")),
        Entry::Command("layout_split", words.layout_split, Some("CmdOrCtrl+2")),
        Entry::Command("layout_preview", words.layout_preview, Some("CmdOrCtrl+3")),
        Entry::Line,
        Entry::More(words.scheme, schemes),
        Entry::Line,
        Entry::Command("palette", words.palette, Some("CmdOrCtrl+Shift+P")),
    ]
}

fn help(words: &Words) -> Vec<Entry> {
    let mut entries = vec![Entry::Command("keys", words.keys, Some("F1"))];
    if !cfg!(target_os = "macos") {
        entries.push(Entry::Command("about", words.about, None));
    }
    entries
}

fn app(words: &Words) -> Vec<Entry> {
    let mut entries = vec![Entry::Command("about", words.about, None)];
    entries.extend(quit(words));
    entries
}

#[cfg(target_os = "macos")]
fn quit(words: &Words) -> [Entry; 2] {
    [Entry::Line, Entry::System(SystemEntry::Quit, words.quit)]
}

#[cfg(not(target_os = "macos"))]
fn quit(words: &Words) -> [Entry; 2] {
    [Entry::Line, Entry::Command(QUIT, words.quit, Some("CmdOrCtrl+Q"))]
}

/// A Mac's web view has these keys only from the menu.
#[cfg(target_os = "macos")]
fn clipboard(words: &Words) -> [Entry; 4] {
    [
        Entry::System(SystemEntry::Cut, words.cut),
        Entry::System(SystemEntry::Copy, words.copy),
        Entry::System(SystemEntry::Paste, words.paste),
        Entry::System(SystemEntry::SelectAll, words.select_all),
    ]
}

#[cfg(not(target_os = "macos"))]
fn clipboard(words: &Words) -> [Entry; 4] {
    [
        Entry::Command("cut", words.cut, None),
        Entry::Command("copy", words.copy, None),
        Entry::Command("paste", words.paste, None),
        Entry::Command("select_all", words.select_all, None),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn commands(language: Language) -> Vec<(&'static str, &'static str, Option<&'static str>)> {
        let mut waiting: Vec<Entry> =
            bar(words::in_language(language)).into_iter().flat_map(|(_, entries)| entries).collect();
        let mut commands = Vec::new();
        while let Some(entry) = waiting.pop() {
            match entry {
                Entry::Command(name, text, key) => commands.push((name, text, key)),
                Entry::More(_, entries) => waiting.extend(entries),
                _ => {}
            }
        }
        commands
    }

    #[test]
    fn no_command_and_no_key_stands_twice() {
        let commands = commands(Language::En);
        let names: HashSet<_> = commands.iter().map(|(name, ..)| name).collect();
        let keys: Vec<_> = commands.iter().filter_map(|(.., key)| *key).collect();
        assert_eq!(names.len(), commands.len());
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
    }

    #[test]
    fn both_languages_offer_the_same_and_say_it_in_their_own_words() {
        let (english, korean) = (commands(Language::En), commands(Language::Ko));
        assert_eq!(english.len(), korean.len());
        for (ours, theirs) in english.iter().zip(&korean) {
            assert_eq!((ours.0, ours.2), (theirs.0, theirs.2));
            assert_ne!(ours.1, theirs.1, "{} is not translated", ours.0);
        }
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_keys_of_text_fields_are_left_to_them() {
        for (name, _, key) in commands(Language::En) {
            if ["undo", "redo", "cut", "copy", "paste", "select_all"].contains(&name) {
                assert_eq!(key, None, "{name}");
            }
        }
    }
}
