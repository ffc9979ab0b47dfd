//! The style sheet by which a site colours its code, where the site has one of its own.

use std::path::Path;

use crate::{decode, read_bytes, walk};

/// Folders that sites keep style sheets in.
const FOLDERS: [&str; 6] = ["assets", "static", "css", "source/css", "public", "src/styles"];
/// How many entries of each are looked at.
const MOST_ENTRIES: usize = 5_000;
/// Larger sheets are passed over: highlighting takes some 5 KB.
const LARGEST: u64 = 512 * 1024;
/// Words in the name of a sheet that is about code.
const NAMES: [&str; 6] = ["syntax", "chroma", "highlight", "pygment", "rouge", "code"];

/// The text of the site's own sheet for Pygments' class names, which Chroma and Rouge both use.
pub fn highlight_sheet(root: &Path) -> Option<String> {
    let is_sheet = |path: &String| path.to_ascii_lowercase().ends_with(".css");
    let mut sheets: Vec<String> = FOLDERS
        .iter()
        .filter(|folder| root.join(folder).is_dir())
        .flat_map(|folder| walk::files(root, folder, MOST_ENTRIES))
        .filter(is_sheet)
        .collect();
    // A sheet that is named after what it does comes before the site's large one.
    sheets.sort_by_key(|path| (!is_named_for_code(path), path.len()));
    sheets.iter().find_map(|path| sheet(root, path))
}

fn is_named_for_code(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    NAMES.iter().any(|word| name.contains(word))
}

fn sheet(root: &Path, path: &str) -> Option<String> {
    let bytes = read_bytes(root, path, LARGEST).ok()?;
    let (text, _) = decode(&bytes).ok()?;
    let colours_code = [".chroma .", ".highlight ."].iter().any(|scope| {
        ["k", "kd", "nf", "s"].iter().filter(|class| text.contains(&format!("{scope}{class}"))).count() >= 2
    });
    colours_code.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::folder;

    #[test]
    fn finds_the_sheet_that_colours_code() {
        let site = folder(&[
            ("assets/css/main.css", "body{color:red}"),
            ("assets/css/syntax.css", ".highlight .k { color: #008 }\n.highlight .nf { color: #900 }"),
            ("content/x.css", ".highlight .k {} .highlight .nf {}"),
        ]);
        assert!(highlight_sheet(site.path()).is_some_and(|sheet| sheet.contains("#900")));
        assert_eq!(highlight_sheet(folder(&[("assets/a.css", "p{}")]).path()), None);
    }
}
