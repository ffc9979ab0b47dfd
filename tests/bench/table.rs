//! Rows, and how they are shown.

use std::path::Path;
use std::time::Duration;

use postwright_tests::window::program;
use serde_json::json;

/// One budget as measured.
pub(crate) struct Row {
    /// Its number in the list of budgets.
    pub(crate) number: &'static str,
    /// What was measured.
    pub(crate) what: &'static str,
    /// The budget, in words.
    pub(crate) budget: &'static str,
    /// What was found.
    pub(crate) found: String,
    /// The reference of the same run.
    pub(crate) reference: String,
    /// How many samples.
    pub(crate) samples: usize,
}

/// `median / p99` of times, in milliseconds.
pub(crate) fn median_and_p99(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1000.0;
    format!("{:.2} / {:.2} ms", at(0.5), at(0.99))
}

pub(crate) fn print(rows: &[Row]) {
    println!(
        "| # | what | budget | found (median / p99) | reference in the same run | samples |\n|---|---|---|---|---|---|"
    );
    for Row { number, what, budget, found, reference, samples } in rows {
        println!("| {number} | {what} | {budget} | {found} | {reference} | {samples} |");
    }
}

pub(crate) fn write(rows: &[Row]) {
    let row = |row: &Row| json!({"number": row.number, "what": row.what, "budget": row.budget, "found": row.found, "reference": row.reference, "samples": row.samples});
    // Beside the binaries that were measured: target/release/postwright.
    let target = program().ancestors().nth(2).map(Path::to_owned).unwrap();
    let path = target.join("bench.json");
    let text = serde_json::to_string_pretty(&rows.iter().map(row).collect::<Vec<_>>()).unwrap();
    std::fs::write(&path, text).unwrap();
    println!("\nwritten to {}", path.display());
}
