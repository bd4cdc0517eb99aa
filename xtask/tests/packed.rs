//! The packed form of the embedded data and the files that people read hold the same.

use std::path::{Path, PathBuf};

use xtask::packed::data_sets;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data")
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    for set in data_sets(&data()).unwrap() {
        for (ending, bytes) in [("bin", set.packed.0), ("txt", set.packed.1.into_bytes())] {
            let file = data().join(format!("packed/{}.{ending}", set.name));
            assert!(
                std::fs::read(&file).unwrap() == bytes,
                "{}: cargo run -p xtask -- packed",
                file.display()
            );
        }
    }
}

#[test]
fn both_forms_hold_the_same() {
    for set in data_sets(&data()).unwrap() {
        let again = set.read.unpacked(&set.packed).expect(set.name);
        assert!(set.read == again, "{}", set.name);
        // The index of a list takes no part in comparing lists.
        assert!(again.packed() == set.packed, "{}", set.name);
    }
}
