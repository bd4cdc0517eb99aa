//! The description of the list and its signs. It comes from the header of `data/us-ccl.csv`, where
//! people read and correct it. Only the header is compiled in, so that the reader does not need the
//! embedded lists.

use std::sync::LazyLock;

use crate::list::{ListId, ListInfo, Reason, preamble};

const FILE: &[u8] = include_bytes!("../../../data/us-ccl.csv");

/// Returns the length of the lines that begin with `#`.
const fn header_length(file: &[u8]) -> usize {
    let mut at = 0;
    while at < file.len() && file[at] == b'#' {
        while at < file.len() && file[at] != b'\n' {
            at += 1;
        }
        if at < file.len() {
            at += 1;
        }
    }
    at
}

static HEADER: [u8; header_length(FILE)] = {
    let mut header = [0; header_length(FILE)];
    let mut at = 0;
    while at < header.len() {
        header[at] = FILE[at];
        at += 1;
    }
    header
};

static INFO: LazyLock<ListInfo> = LazyLock::new(|| {
    let header = std::str::from_utf8(&HEADER).unwrap_or_default();
    let lines: Vec<&str> = header
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .collect();
    match preamble::read(&lines) {
        Ok((info, ..)) => info,
        // A test reads the same header. At run time, a list without a description is better than no
        // list.
        Err(_) => ListInfo::new(ListId::new("us-ccl"), "US Commerce Control List"),
    }
});

/// Returns the description of the list and its signs.
pub(super) fn list() -> ListInfo {
    INFO.clone()
}

/// Returns whether the list uses a tag as a reason for control.
pub(super) fn is_reason(reason: Reason) -> bool {
    INFO.reasons.contains_key(&reason)
}

#[cfg(test)]
mod tests {
    use super::{HEADER, is_reason, list};

    #[test]
    fn the_header_alone_is_compiled_in() {
        assert!(HEADER.starts_with(b"# list: us-ccl\n") && HEADER.ends_with(b"\n"));
        assert!(HEADER.len() < 4000 && !HEADER.ends_with(b"code,"));
        let info = list();
        assert_eq!((info.categories.len(), info.third_digits.len()), (10, 3));
        let reason = |tag: &str| is_reason(tag.parse().expect("a tag"));
        assert!(reason("NS") && !reason("NX"));
        assert!(
            info.categories
                .values()
                .chain(info.reasons.values())
                .all(|name| !name.is_empty())
        );
    }
}
