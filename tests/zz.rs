use export_control::source::mofcom::catalogue;
#[test]
fn dump() {
    let c = catalogue::read(
        std::fs::File::open("/work/shared/sources/cn/catalogue-2026-text.tsv").unwrap(),
    )
    .unwrap();
    let cn = export_control::lists()
        .find(|l| l.id().as_str() == "cn-dual-use")
        .unwrap();
    for i in &c.items {
        let known = cn.get(i.code()).map_or("UNKNOWN", |_| "");
        println!("## {} {known}", i.code());
        for n in i.notes() {
            println!("FACT\t{}\t{}\t{}", i.code(), n.kind(), n.gist());
        }
        if !i.quantities().is_empty() {
            println!("   q {:?}", i.quantities());
        }
        for n in i.notes() {
            println!("   n {n}");
        }
        if !i.conditions().is_empty() {
            println!(
                "   c {}",
                i.conditions()
                    .iter()
                    .map(|c| c.to_string())
                    .collect::<Vec<_>>()
                    .join(";")
            );
        }
        if !i.species().is_empty() {
            println!(
                "   s {:?} {:?}",
                i.species(),
                cn.get(i.code()).map(|i| i.species().to_vec())
            );
        }
        if let Some(k) = cn.get(i.code()) {
            let a: Vec<_> = i.cas().iter().map(|c| c.to_string()).collect();
            let b: Vec<_> = k.cas().iter().map(|c| c.to_string()).collect();
            if a != b {
                println!("   cas {a:?} was {b:?}");
            }
        }
        println!(
            "   t {}",
            i.text().unwrap_or("-").chars().take(60).collect::<String>()
        );
    }
    for o in &c.observations {
        println!("OBS {o}");
    }
}
