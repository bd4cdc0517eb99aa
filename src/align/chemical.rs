//! Splits names of chemicals into the parts that they are built of. Lists write one name as one word
//! or as several, and a family of chemicals shares its parts.

/// How many there are, and in which form.
const COUNTS: [&str; 9] = [
    "mono", "di", "tri", "tetra", "penta", "hexa", "bis", "iso", "cyclo",
];
const GROUPS: [&str; 17] = [
    "methyl",
    "ethyl",
    "isopropyl",
    "propyl",
    "butyl",
    "phenyl",
    "alkyl",
    "amino",
    "nitro",
    "chloro",
    "fluoro",
    "bromo",
    "hydroxy",
    "methoxy",
    "ethoxy",
    "thio",
    "methylene",
];
const BASES: [&str; 20] = [
    "hydrazine",
    "amine",
    "aniline",
    "benzene",
    "toluene",
    "ethanol",
    "methane",
    "ethane",
    "propane",
    "phosphite",
    "phosphate",
    "phosphonate",
    "phosphonite",
    "silane",
    "stilbene",
    "glycoluril",
    "imidazole",
    "pyridine",
    "ether",
    "chloride",
];
/// A name of parts is at least this long.
const SHORTEST: usize = 9;

/// The parts of a name in lower case that is built of these parts alone: groups, counted or not,
/// and a base at its end.
pub(super) fn parts(word: &str) -> Option<Vec<&'static str>> {
    if word.len() < SHORTEST || !BASES.iter().any(|base| word.ends_with(base)) {
        return None;
    }
    let (mut rest, mut parts, mut groups) = (word, Vec::new(), 0);
    while !rest.is_empty() {
        if let Some(base) = BASES.iter().find(|base| **base == rest) {
            parts.push(*base);
            return (groups > 0).then_some(parts);
        }
        let begins = |part: &&&'static str| rest.starts_with(**part);
        // Of two groups the longer one: methylene before methyl.
        let group = GROUPS.iter().filter(begins).max_by_key(|group| group.len());
        groups += u32::from(group.is_some());
        let part = group.or_else(|| COUNTS.iter().find(begins))?;
        parts.push(*part);
        rest = rest.strip_prefix(part)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_name_is_split_if_all_of_it_is_known() {
        for (word, expected) in [
            ("dimethylhydrazine", Some("di methyl hydrazine")),
            ("diisopropylamine", Some("di isopropyl amine")),
            ("isopropylamine", Some("isopropyl amine")),
            (
                "triaminotrinitrobenzene",
                Some("tri amino tri nitro benzene"),
            ),
            ("trimethylene", None),
            ("determine", None),
            ("hydrazine", None),
            ("examine", None),
            ("éthylhydrazine", None),
        ] {
            let found = parts(word).map(|parts| parts.join(" "));
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }
}
