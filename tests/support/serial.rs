//! JSON: what is read writes and reads back the same.

use export_control::list::license::LicenseRequirement;
use export_control::{Classification, ControlList, Crosswalk, ListDiff, Measure, Quantity};
use serde_json::{from_slice, to_string};

/// Any JSON is a value that writes and reads back as the same, or an error.
pub fn json(bytes: &[u8]) {
    fn round<T>(bytes: &[u8])
    where
        T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug,
    {
        if let Ok(value) = from_slice::<T>(bytes) {
            let text = to_string(&value).expect("a value that can be written");
            assert_eq!(
                from_slice::<T>(text.as_bytes()).expect("what was written reads back"),
                value
            );
        }
    }
    round::<ControlList>(bytes);
    round::<Crosswalk>(bytes);
    round::<Vec<Measure>>(bytes);
    round::<Vec<LicenseRequirement>>(bytes);
    round::<Vec<Quantity>>(bytes);
    round::<Vec<Classification>>(bytes);
    round::<ListDiff>(bytes);
}
