//! How long colouring may take. The crate knows no clock; who uses it may lend one.

use std::fmt;
use std::time::Duration;

/// The time for the code of a whole post: opened, or read by another dialect. Also for what an edit changed in blocks
/// that hold more than code: those are rendered in one go.
const POST: Duration = Duration::from_millis(500);
/// The time for what an edit changed and, if some is left, for what there was no time for before.
const EDIT: Duration = Duration::from_millis(30);
/// The time for one block of code, so that one does not leave the others without colours.
const BLOCK: Duration = Duration::from_millis(250);

/// Tells when some time has passed.
#[derive(Clone, Copy)]
pub struct StopWatch(fn(Duration) -> TimeIsUp);

/// Has the time passed?
pub type TimeIsUp = Box<dyn Fn() -> bool>;

impl StopWatch {
    /// `start` is called with a time; what it returns is asked, often, whether that time has passed since.
    pub fn new(start: fn(Duration) -> TimeIsUp) -> Self {
        Self(start)
    }
}

impl Default for StopWatch {
    /// There is always time.
    fn default() -> Self {
        Self(|_| Box::new(|| false))
    }
}

impl PartialEq for StopWatch {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl fmt::Debug for StopWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StopWatch")
    }
}

/// The time of one answer.
pub(crate) struct Time {
    watch: StopWatch,
    all: TimeIsUp,
    /// For code within other blocks, with which no later answer goes on.
    parts: TimeIsUp,
}

impl Time {
    pub(crate) fn of_post(watch: StopWatch) -> Self {
        Self { all: watch.0(POST), parts: watch.0(POST), watch }
    }

    pub(crate) fn of_edit(watch: StopWatch) -> Self {
        Self { all: watch.0(EDIT), parts: watch.0(POST), watch }
    }

    #[cfg(test)]
    pub(crate) fn enough() -> Self {
        Self::of_post(StopWatch::default())
    }

    pub(crate) fn is_up(&self) -> bool {
        (self.all)()
    }

    /// Says when the colouring of a block that begins now must stop.
    pub(crate) fn of_block(&self) -> impl Fn() -> bool {
        let block = self.watch.0(BLOCK);
        move || self.is_up() || block()
    }

    /// The same for code within another block.
    pub(crate) fn of_part(&self) -> impl Fn() -> bool {
        let part = self.watch.0(BLOCK);
        move || (self.parts)() || part()
    }
}
