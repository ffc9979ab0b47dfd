//! P7: what the web view loads before it paints.

use std::io::Write;
use std::path::Path;

use crate::table::Row;

pub(crate) fn first_load() -> Row {
    let dist = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/dist"));
    let page = std::fs::read_to_string(dist.join("index.html")).expect("the UI is built");
    let scripts: Vec<&str> = page.split('"').filter(|piece| piece.ends_with(".js")).collect();
    assert!(!scripts.is_empty(), "the page names its scripts");
    let size =
        |script: &&str| gzipped(&std::fs::read(dist.join(script.trim_start_matches(['.', '/']))).unwrap());
    let kilobytes = scripts.iter().map(size).sum::<usize>() as f64 / 1024.0;
    Row {
        number: "P7",
        what: "JavaScript before the first paint, gzip",
        budget: "250 KB",
        found: format!("{kilobytes:.0} KB in {} files", scripts.len()),
        reference: "–".to_owned(),
        samples: 1,
    }
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}
