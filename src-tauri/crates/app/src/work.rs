//! Work that takes long: the window chooses a number for it, hears how it gets on, and can stop it.

use postwright_sites::program::Stop;
use postwright_wire::{Done, Event, Progressed, StopWork, WorkId};

use crate::{Core, lock};

/// Work under way, until it is dropped.
pub(crate) struct Work<'core> {
    core: &'core Core,
    id: WorkId,
    pub(crate) stop: Stop,
}

impl Core {
    /// Begins work that the window can stop.
    pub(crate) fn begin_work(&self, id: WorkId) -> Work<'_> {
        let stop = Stop::default();
        lock(&self.under_way).insert(id, stop.clone());
        Work { core: self, id, stop }
    }

    /// Asks work to end; that which has ended by itself needs nothing.
    pub(crate) fn stop_work(&self, stop: &StopWork) -> Done {
        if let Some(stop) = lock(&self.under_way).get(&stop.work) {
            stop.stop();
        }
        Done {}
    }
}

impl Work<'_> {
    /// Tells the window what a program says that does it.
    pub(crate) fn tell(&self, line: &str) {
        let says = line.trim().to_owned();
        if !says.is_empty() {
            let percent = percent_in(&says);
            self.core.tell(Event::Progressed(Progressed { work: self.id, says, percent }));
        }
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        lock(&self.core.under_way).remove(&self.id);
    }
}

/// The number before a percent sign, as in `Writing objects:  50% (1/2)`.
fn percent_in(line: &str) -> Option<u32> {
    let (before, _) = line.split_once('%')?;
    let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    before[digits..].parse().ok().filter(|percent| *percent <= 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_where_there_is_one() {
        assert_eq!(percent_in("Writing objects:  50% (1/2), 1.00 KiB"), Some(50));
        assert_eq!(percent_in("remote: 100% sure"), Some(100));
        for line in ["Everything up-to-date", "%", "250%", "x%"] {
            assert_eq!(percent_in(line), None, "{line}");
        }
    }
}
