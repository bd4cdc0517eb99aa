//! One case on trial: what it does wrong, and the smallest input that does the same.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use peak_alloc::PeakAlloc;

use super::bodies::Target;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// A fault of a case: its place and its message.
#[derive(Clone)]
pub struct Fault {
    pub place: String,
    pub said: String,
}

static LAST: Mutex<Option<Fault>> = Mutex::new(None);

/// Keeps what a panic says, and prints nothing.
pub fn listen() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(String::new, ToString::to_string);
        let said = info
            .payload_as_str()
            .unwrap_or("a panic")
            .chars()
            .take(500)
            .collect();
        if let Ok(mut last) = LAST.lock() {
            *last = Some(Fault { place, said });
        }
    }));
}

/// The bytes that any case may take: tables of constants, buffers that begin large.
const BASE: usize = 1 << 20;

/// Returns the most bytes that a short input may take. The test of memory asks for sixteen times of
/// inputs over a megabyte; a short one has an error or an observation for each few bytes.
fn most(target: &Target, length: usize) -> usize {
    let times = match target.name {
        // Two lists, their diffs, their overlap and their alignment at once.
        "laws" | "apply" | "align" => 1024,
        _ => 256,
    };
    BASE + times * length
}

/// Runs a body on an input.
pub fn run(target: &Target, bytes: &[u8]) -> Result<usize, Fault> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = catch_unwind(AssertUnwindSafe(|| (target.body)(bytes)));
    let taken = MEMORY.peak_usage().saturating_sub(before);
    if result.is_err() {
        let last = LAST.lock().ok().and_then(|mut last| last.take());
        return Err(last.unwrap_or_else(|| Fault {
            place: "unknown".to_owned(),
            said: "a panic".to_owned(),
        }));
    }
    if taken > most(target, bytes.len()) {
        return Err(Fault {
            place: "memory".to_owned(),
            said: format!("{taken} bytes for {} bytes", bytes.len()),
        });
    }
    Ok(taken)
}

/// The smallest input found that has the same fault: parts are left out as long as it stays.
pub fn minimized(target: &Target, bytes: &[u8], fault: &Fault) -> Vec<u8> {
    let same = |bytes: &[u8]| run(target, bytes).is_err_and(|other| other.place == fault.place);
    let mut best = bytes.to_vec();
    let mut tries = 0;
    let mut size = best.len().div_ceil(2);
    while size > 0 && tries < 5_000 {
        let (mut at, mut smaller) = (0, false);
        while at < best.len() && tries < 5_000 {
            let end = (at + size).min(best.len());
            let candidate = [&best[..at], &best[end..]].concat();
            tries += 1;
            if same(&candidate) {
                (best, smaller) = (candidate, true);
            } else {
                at = end;
            }
        }
        if !smaller || size > 1 {
            size /= 2;
        }
    }
    best
}
