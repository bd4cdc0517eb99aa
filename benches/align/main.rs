//! bench
mod baselines;
mod sources;
use std::collections::{HashMap, HashSet};
use std::time::Instant;
use export_control::{Aligner, Code, ControlList};

type Truth = HashMap<Code, Vec<Code>>;
fn code(t: &str) -> Code { t.parse().unwrap() }

const FALSE_FRIENDS: [&str; 1] = ["9A120"];
const SHIFTED: [(&str, &[&str]); 17] = [
    ("1C450", &["1C350", "1C355"]), ("2B219", &["2B229"]), ("2B510", &["2B910"]), ("2E503", &["2E903"]), ("3A501", &["3A901"]), ("3A504", &["3A904"]),
    ("3B503", &["3B903"]), ("3B504", &["3B904"]), ("3C507", &["3C907"]), ("3C508", &["3C908"]), ("3C509", &["3C909"]), ("3D507", &["3D907"]), ("3E505", &["3E905"]),
    ("4A506", &["4A906"]), ("9A112", &["9A012", "9A120"]), ("9A350", &["2B352"]), ("1C513", &["1C907"]),
];
fn text<'a>(l: &'a ControlList, c: Code) -> Option<&'a str> { l.get(c).and_then(|i| i.text.as_deref()) }
fn entries(l: &ControlList, r: &ControlList) -> Truth {
    let mut t: Truth = HashMap::new();
    for i in l.items().iter().filter(|i| i.code.is_entry() && i.text.is_some()) {
        if r.get(i.code).is_some() && !FALSE_FRIENDS.contains(&i.code.to_string().as_str()) { t.insert(i.code, vec![i.code]); }
    }
    for (a, b) in SHIFTED { if l.get(code(a)).is_some() { let v: Vec<Code> = b.iter().map(|b| code(b)).filter(|b| r.get(*b).is_some()).collect(); if !v.is_empty() { t.insert(code(a), v); } } }
    t
}
fn items(l: &ControlList, r: &ControlList, th: f64) -> Truth {
    l.items().iter().filter(|i| i.text.is_some() && r.get(i.code).is_some_and(|o| o.is_live())).filter(|i| text(r, i.code).is_some_and(|o| baselines::jaccard(i.text.as_deref().unwrap(), o) >= th)).map(|i| (i.code, vec![i.code])).collect()
}
fn report(name: &str, truth: &Truth, rank: &HashMap<Code, Vec<Code>>, show: bool) {
    let at = |k: usize, f: &dyn Fn(&Code) -> bool| { let q: Vec<_> = truth.keys().filter(|c| f(c)).collect(); let n = q.iter().filter(|c| rank.get(c).is_some_and(|v| v.iter().take(k).any(|x| truth[c].contains(x)))).count(); n as f64 / q.len().max(1) as f64 };
    let g = |l: char| at(1, &|c: &Code| c.group().letter() == l);
    let h = |c: &Code| c.entry().to_string().bytes().fold(17u32, |h, b| h.wrapping_mul(31).wrapping_add(b.into())) / 7 % 2 == 0;
    print!("tune {:.4} test {:.4} ", at(1, &|c| h(c)), at(1, &|c| !h(c)));
    println!("{name:<28} n {} R@1 {:.4} R@5 {:.4}  A {:.3} B {:.3} C {:.3} D {:.3} E {:.3}", truth.len(), at(1, &|_| true), at(5, &|_| true), g('A'), g('B'), g('C'), g('D'), g('E'));
    if show { let mut m: Vec<_> = truth.keys().filter(|c| !rank.get(c).is_some_and(|v| v.first().is_some_and(|x| truth[c].contains(x)))).collect(); m.sort(); for c in m.iter().take(60) { println!("   miss {c} -> {:?} want {:?}", rank.get(c).map(|v| v.iter().take(3).map(|c| c.to_string()).collect::<Vec<_>>()).unwrap_or_default(), truth[c].iter().map(|c| c.to_string()).collect::<Vec<_>>()); } }
}
fn doc(l: &ControlList, c: Code, whole: bool) -> String {
    if whole { l.subtree(c).iter().filter_map(|i| i.text.as_deref()).collect::<Vec<_>>().join(" ") }
    else { let mut a: Vec<Code> = c.ancestors().collect(); a.reverse(); a.push(c); a.iter().filter_map(|c| text(l, *c)).collect::<Vec<_>>().join(" ") }
}
type Method = fn(&[String], &[String]) -> baselines::Scores;
fn plain(name: &str, l: &ControlList, r: &ControlList, truth: &Truth, m: Method, only_entries: bool) {
    let mut q: Vec<Code> = truth.keys().copied().collect(); q.sort();
    let c: Vec<Code> = r.items().iter().filter(|i| i.text.is_some() && (!only_entries || i.code.is_entry())).map(|i| i.code).collect();
    let t = Instant::now();
    let s = m(&q.iter().map(|c| doc(l, *c, only_entries)).collect::<Vec<_>>(), &c.iter().map(|c| doc(r, *c, only_entries)).collect::<Vec<_>>());
    let e = t.elapsed();
    let rank = q.iter().zip(s).map(|(q, s)| { let mut o: Vec<usize> = (0..c.len()).collect(); o.sort_by(|a, b| s[*b].total_cmp(&s[*a])); (*q, o.iter().take(5).map(|x| c[*x]).collect()) }).collect();
    report(&format!("  {name} {:.2}s", e.as_secs_f64()), truth, &rank, false);
}
fn main() {
    let folder = std::path::PathBuf::from(std::env::var("EXPORT_CONTROL_SOURCES").unwrap());
    let (eu, us, au, no) = (sources::eu(&folder), sources::us(&folder), sources::australia(&folder), sources::norway(&folder));
    let cn = sources::china(&folder, false);
    let show = std::env::var("SHOW").unwrap_or_default();
    let base = std::env::var("BASE").is_ok();
    let zh = sources::china(&folder, true);
    let xw = std::env::var("AL_XW").map(|p| export_control::Crosswalk::read(std::fs::File::open(p).unwrap()).unwrap()).unwrap_or(export_control::us_cn_crosswalk().clone());
    let mut cnt: Truth = HashMap::new();
    for m in xw.mappings() { if let (Some(u), Some(c), Some(r)) = (m.left(), m.right(), m.relation()) { if r != export_control::Relation::Unrelated { cnt.entry(c.entry()).or_default().push(u.entry()); } } }
    let cn = Box::leak(Box::new(cn)); cnt.retain(|c, _| text(cn, *c).is_some());
    let sets: Vec<(&str, &ControlList, &ControlList, Truth, bool)> = vec![
        ("EU-US entries", &eu, &us, entries(&eu, &us), true), ("EU-US items", &eu, &us, items(&eu, &us, 0.6).into_iter().filter(|(c,_)| !c.is_entry()).collect(), false),
        ("EU-AU items", &eu, &au, items(&eu, &au, 0.3), false), ("EU-NO items", &eu, &no, items(&eu, &no, 0.3), false), ("CN-en US entries", cn, &us, cnt.clone(), true), ("CN-zh US entries", &zh, &us, cnt, true)];
    let mut last: Option<(&str, HashMap<Code, Vec<Code>>)> = None;
    let _ = HashSet::<u8>::new();
    for (name, l, r, truth, e) in &sets {
        let t = Instant::now();
        let a = Aligner::default().hide_codes(true).align(l, r);
        let d = t.elapsed();
        let rank: HashMap<Code, Vec<Code>> = a.items().map(|(c, v)| (c, v.iter().map(|x| x.right).collect())).collect();
        report(&format!("{name} {:.2}s", d.as_secs_f64()), truth, &rank, show == *name);
        if base { for (n, m) in [("tf-idf", baselines::tf_idf as Method), ("bm25", baselines::bm25), ("set", baselines::token_set)] { plain(n, l, r, truth, m, *e); } }
        last = Some((name, rank));
    }
    let _ = last;
}
