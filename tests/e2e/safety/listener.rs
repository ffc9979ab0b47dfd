//! A server that nobody should ever reach.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Listens at an address of this machine and remembers what was asked of it.
pub(super) struct Listener {
    pub(super) host: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    /// Answers every question with an empty page. Its threads end with the test's process.
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                // Counted before it says anything: a web view may connect ahead of a request that never comes.
                let place = {
                    let mut heard = heard.lock().unwrap();
                    heard.push("a connection".to_owned());
                    heard.len() - 1
                };
                let heard = Arc::clone(&heard);
                std::thread::spawn(move || answer(stream, &heard, place));
            }
        });
        Self { host, asked }
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, heard: &Mutex<Vec<String>>, place: usize) {
    let mut line = String::new();
    if BufReader::new(&stream).read_line(&mut line).is_ok() && !line.is_empty() {
        line.trim().clone_into(&mut heard.lock().unwrap()[place]);
    }
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}
