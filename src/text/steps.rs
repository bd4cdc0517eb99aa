//! Counts the steps of a loop in tests, so that they tell linear work from quadratic work without a
//! clock.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts one step. Outside tests it does nothing.
#[inline(always)]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// Returns the number of steps that some work takes.
#[cfg(test)]
pub(crate) fn steps_of(work: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    work();
    STEPS.with(std::cell::Cell::get) - before
}

#[cfg(test)]
mod tests {
    use super::steps_of;
    use crate::change::History;
    use crate::code::{Code, ListId};
    use crate::compare::{Comparison, OverlapBasis};
    use crate::crosswalk::{Crosswalk, Justification, Mapping, Relation};
    use crate::list::ControlList;

    /// Asserts that twice the input takes at most 2.2 times the steps.
    fn is_linear(work: impl Fn(usize) -> u64) {
        let (once, twice) = (work(400), work(800));
        assert!(
            once > 0 && twice * 10 <= once * 22,
            "{once} steps, then {twice}"
        );
    }

    #[test]
    fn parents_in_a_history() {
        is_linear(|versions| {
            let mut file = String::from("# list: mine\n");
            let first = jiff::civil::date(2020, 1, 1);
            for day in 0..versions as i64 {
                let date = first
                    .checked_add(jiff::Span::new().days(day))
                    .expect("a day");
                file += &format!("# version: {date}\n");
            }
            file += "# through: 2030-01-01\ncode,intervals\n";
            for code in ["3A001", "3A001.a"] {
                let spans: Vec<String> = (0..versions)
                    .map(|at| format!("{at}:leaf:{:012x}", at % 2))
                    .collect();
                file += &format!("{code},{}\n", spans.join(";").replace("leaf", "any"));
            }
            steps_of(|| drop(History::from_csv(file.as_bytes(), Vec::new())))
        });
    }

    #[test]
    fn proposals_to_one_item() {
        is_linear(|proposals| {
            let mut rows = String::from("# list: a\ncode,logic\n3A001,any\n");
            for at in 0..proposals {
                rows += &format!("3A001.{}.{},\n", at / 400 + 1, at % 400 + 1);
            }
            let file = rows.replace("3A001.1.1,\n", "3A001.1,any\n3A001.1.1,\n");
            let file = file.replace("3A001.2.1,\n", "3A001.2,any\n3A001.2.1,\n");
            let left: ControlList = file.parse().expect("a list");
            let right: ControlList = "# list: b\ncode\n3A001\n".parse().expect("a list");
            let one: Code = "3A001".parse().expect("a code");
            let mappings = left
                .items()
                .iter()
                .filter(|item| item.code.depth() == 2)
                .map(|item| {
                    let by = Justification::LexicalMatching;
                    let mut mapping = Mapping::pair(item.code, one, Relation::Overlapping, by);
                    mapping.confidence = Some(0.9);
                    mapping
                });
            let ends = [ListId::new("a"), ListId::new("b")];
            let [a, b] = ends;
            let crosswalk = Crosswalk::new(a, b, mappings.collect()).expect("a crosswalk");
            let basis = OverlapBasis::default().proposals(0.5);
            let comparison = Comparison::new(&left, &right);
            steps_of(|| drop(comparison.overlap(&crosswalk, basis)))
        });
    }
}
