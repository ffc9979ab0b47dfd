//! A window with nothing in it: what the budgets of start-up and memory are compared with.

fn main() {
    let mut context = tauri::generate_context!();
    context.config_mut().app.windows.clear();
    tauri::Builder::default()
        .setup(|app| {
            let page = tauri::WebviewUrl::App("empty.html".into());
            tauri::WebviewWindowBuilder::new(app, "empty", page).inner_size(1280.0, 820.0).build()?;
            Ok(())
        })
        .run(context)
        .expect("the window opens");
}
