use export_control::{source::ecfr, Edition};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let file = std::fs::File::open(path).unwrap();
    let reading = ecfr::read(std::io::BufReader::new(file), Edition::default()).unwrap();
    for item in reading.list.items() {
        let text = item.text.as_deref().unwrap_or_default();
        let q: Vec<String> = item.quantities.iter().map(|q| q.to_string()).collect();
        println!("{}\t{:?}\t{:?}\t{}\t{}", item.code, item.state, item.logic, text, q.join(";"));
    }
}
