//! Chains the crosswalks through the EU's list and compares with the direct one: what cannot be true
//! together is an error in one of the three, or has its reason in `xtask/readings/compose.csv`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use export_control::crosswalk::Conflict;
use export_control::{ControlList, Side};
use serde::Deserialize;

/// The ends and the list between.
const CHAIN: [&str; 3] = ["us-ccl", "eu-annex-i", "cn-dual-use"];

/// The reason why a conflict is none.
#[derive(Deserialize)]
struct Settled {
    us: String,
    cn: String,
    reason: String,
}

/// A composition beside the direct crosswalk.
pub struct Report {
    /// The figures, what the composition adds, and every conflict with its reason.
    pub text: String,
    /// Conflicts without a reason, and reasons of what conflicts no more.
    pub open: Vec<String>,
}

/// The two codes by which the reasons name a conflict; a lack has one.
fn key(conflict: &Conflict) -> (String, String) {
    let one = |side: Side, code: String| match side {
        Side::Left => (code, String::new()),
        Side::Right => (String::new(), code),
    };
    match conflict {
        Conflict::Relation { composed, .. } | Conflict::Counterpart { composed, .. } => {
            (composed.left.to_string(), composed.right.to_string())
        }
        Conflict::Lack { composed, .. } => one(composed.side, composed.code.to_string()),
        other => (other.to_string(), String::new()),
    }
}

/// Compares the chain with the direct crosswalk.
///
/// # Errors
/// Returns an error if the crosswalks are not embedded or a reason has not its form.
pub fn compare() -> Result<Report, Box<dyn Error>> {
    let [left, via, right] = CHAIN;
    let between = |one, other| {
        export_control::crosswalk(one, other).ok_or_else(|| format!("{one} and {other}: none"))
    };
    let first = between(left, via)?;
    let agreement = first
        .compose(between(via, right)?)?
        .compare(between(left, right)?)?;
    let mut reasons: BTreeMap<(String, String), String> = BTreeMap::new();
    let file = include_str!("../readings/compose.csv");
    for row in csv::Reader::from_reader(file.as_bytes()).deserialize::<Settled>() {
        let row = row?;
        if row.reason.is_empty() {
            return Err(format!("compose.csv: {} {} has no reason", row.us, row.cn).into());
        }
        reasons.insert((row.us, row.cn), row.reason);
    }
    let (mut text, mut open) = (String::new(), Vec::new());
    let mut used = std::collections::BTreeSet::new();
    for conflict in &agreement.conflicts {
        let key = key(conflict);
        match reasons.get(&key) {
            Some(reason) => writeln!(text, "{conflict}\t{reason}")?,
            None => open.push(format!("{conflict}\tno reason")),
        }
        used.insert(key);
    }
    let (us, cn) = (export_control::list(left)?, export_control::list(right)?);
    let title =
        |list: &ControlList, code| list.get(code).map_or("", |item| item.title()).to_owned();
    for pair in &agreement.added {
        let titles = (title(us, pair.left), title(cn, pair.right));
        writeln!(text, "added: {pair}\t{}\t{}", titles.0, titles.1)?;
    }
    let spare = reasons.into_keys().filter(|key| !used.contains(key));
    open.extend(spare.map(|(us, cn)| format!("{us} {cn}\tconflicts no more")));
    let share = agreement.agreement();
    writeln!(
        text,
        "# {} pairs with the same relation, {} with a possible one, {} conflicts, {} added; agreement {:.3}",
        agreement.same,
        agreement.possible,
        agreement.conflicts.len(),
        agreement.added.len(),
        share.unwrap_or_default()
    )?;
    Ok(Report { text, open })
}
