//! Splits names of chemicals into the parts that they are built of. One list writes a name as one
//! word and another as several. Related chemicals share parts.

/// Prefixes that count the groups, or say which form they have.
const COUNTS: [&str; 9] = [
    "mono", "di", "tri", "tetra", "penta", "hexa", "bis", "iso", "cyclo",
];
/// Groups of atoms that can be before a base.
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
/// Last parts of a name.
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
/// The least number of letters in a name that is split.
const SHORTEST: usize = 9;

/// Returns the parts of a name in lower case, or nothing if some part of it is unknown. It must
/// have one group at least, counted or not, and a base at its end.
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
