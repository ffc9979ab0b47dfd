//! The budgets, measured: a table for people and `target/bench.json` for programs. Machines differ, so each row has a
//! reference that is measured in the same run. No row can fail: a benchmark is no test.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot set its stage says where")]

mod colours;
mod corpus;
mod engine;
mod posts;
mod rendering;
mod search;
mod sites;
mod size;
mod table;
mod typing;
mod whole_app;

use table::Row;

fn main() {
    // The rows that need neither the window nor a build of it, for who works on them.
    match std::env::args().nth(1).as_deref() {
        Some("sites") => {
            let mut rows = sites::large_site();
            rows.push(sites::check());
            return table::print(&rows);
        }
        Some("search") => return table::print(&search::search()),
        _ => {}
    }
    let mut rows: Vec<Row> = vec![
        engine::edit_of_a_large_post(),
        engine::growth(),
        colours::edit_of_a_long_fence(),
        rendering::many_posts(),
        size::first_load(),
        sites::check(),
    ];
    rows.extend(sites::large_site());
    rows.extend(search::search());
    if postwright_tests::window::has_display() {
        rows.insert(0, typing::in_a_post());
        rows.insert(1, typing::in_a_long_post());
        rows.push(whole_app::cold_start());
        rows.push(whole_app::memory());
    }
    table::print(&rows);
    table::write(&rows);
}
