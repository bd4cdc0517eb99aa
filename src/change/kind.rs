//! Names the kinds of change: what happened to an item, in one word.

/// The kind of a change to an item, in one word. One change can be of several kinds: a paragraph
/// can be renumbered and reworded at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ChangeKind {
    /// New on the list.
    Added,
    /// No longer on the list, under any code.
    Removed,
    /// The same provision under another code.
    Renumbered,
    /// Another text, or where no texts are at hand another title.
    Reworded,
    /// Its coverage or its control differs: a threshold, any-of or all-of, a reason for control, an
    /// exception.
    Rescoped,
    /// Its place is now only kept free.
    Reserved,
    /// A place that was kept free, or an empty heading, has contents.
    Revived,
    /// A place is no longer kept free, and nothing is in it.
    Released,
    /// Another fact that both editions record differs: typesetting, a reference, a source.
    Amended,
}

impl ChangeKind {
    /// Every kind, in the order in which a report shows them.
    pub const ALL: [ChangeKind; 9] = [
        ChangeKind::Added,
        ChangeKind::Removed,
        ChangeKind::Renumbered,
        ChangeKind::Reworded,
        ChangeKind::Rescoped,
        ChangeKind::Reserved,
        ChangeKind::Revived,
        ChangeKind::Released,
        ChangeKind::Amended,
    ];

    /// Returns what the kind means, for a reader of a report.
    ///
    /// ```
    /// use export_control::ChangeKind;
    /// assert_eq!(ChangeKind::Reserved.meaning(), "the place is now kept free");
    /// ```
    pub const fn meaning(self) -> &'static str {
        match self {
            ChangeKind::Added => "new on the list",
            ChangeKind::Removed => "no longer on the list, under any code",
            ChangeKind::Renumbered => "the same provision under another code",
            ChangeKind::Reworded => {
                "the text, or the title if no texts are at hand, has other words"
            }
            ChangeKind::Rescoped => {
                "what is covered or how it is controlled differs: a figure, any-of or all-of, a \
                 reason for control, a license exception"
            }
            ChangeKind::Reserved => "the place is now kept free",
            ChangeKind::Revived => "a place that was kept free, or an empty heading, has contents",
            ChangeKind::Released => "a place is no longer kept free, and nothing is in it",
            ChangeKind::Amended => "another record differs, such as typesetting or a reference",
        }
    }

    /// The kind that the same change is with its sides swapped.
    ///
    /// ```
    /// use export_control::ChangeKind;
    /// assert_eq!(ChangeKind::Added.swapped(), ChangeKind::Removed);
    /// assert_eq!(ChangeKind::Renumbered.swapped(), ChangeKind::Renumbered);
    /// ```
    pub fn swapped(self) -> ChangeKind {
        match self {
            ChangeKind::Added => ChangeKind::Removed,
            ChangeKind::Removed => ChangeKind::Added,
            other => other,
        }
    }
}

impl std::fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Renumbered => "renumbered",
            ChangeKind::Reworded => "reworded",
            ChangeKind::Rescoped => "rescoped",
            ChangeKind::Reserved => "reserved",
            ChangeKind::Revived => "revived",
            ChangeKind::Released => "released",
            ChangeKind::Amended => "amended",
        })
    }
}
