//! The written normal form of a name, in which two names are compared.

/// Returns the normal form of a name. Two names are the same if their normal forms are.
///
/// - Letters are lower case, without accents and ligatures; full width is half width.
/// - Dots and apostrophes are left out: `L.L.C.` is `llc`, and `Xi'an` is `xian`.
/// - `&` is `and`. Every other sign is a blank, and blanks are one.
/// - Words for a legal form are written in one way: `company` is `co`, `limited` is `ltd`,
///   `corporation` is `corp`, `incorporated` is `inc`, `joint stock company` is `jsc`, `limited
///   liability company` is `llc`.
/// - A leading `the` is left out.
///
/// Nothing else is left out: neither a legal form nor what is in parentheses.
///
/// ```
/// use export_control::party::normal_form;
/// assert_eq!(normal_form("The Exámple Trading Company, Limited"), "example trading co ltd");
/// assert_eq!(normal_form("EXAMPLE TRADING CO., LTD"), "example trading co ltd");
/// assert_eq!(normal_form("Open Joint-Stock Company “Example”"), "ojsc example");
/// assert_eq!(normal_form("Ş. Örnek A.Ş."), "s ornek as");
/// ```
pub fn normal_form(name: &str) -> String {
    // Most names have no word that is written in another way.
    let (form, rewritten) = match name.is_ascii() {
        true => letters(name),
        false => (any_letters(name), true),
    };
    if !rewritten {
        return form;
    }
    let mut words: Vec<&str> = Vec::with_capacity(12);
    for word in form.split(' ').filter(|word| !word.is_empty()) {
        words.push(legal_form(word).unwrap_or(word));
        for (long, short) in PHRASES {
            if words.ends_with(long) {
                words.truncate(words.len() - long.len());
                words.push(short);
            }
        }
    }
    let words = match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest,
        words => words,
    };
    words.join(" ")
}

/// The letters and figures of a name in ASCII, in lower case, with single blanks; and whether a
/// word is written in another way.
fn letters(name: &str) -> (String, bool) {
    let mut form: Vec<u8> = Vec::with_capacity(name.len() + 4);
    // The begin of the last word. A blank is written with the letter after it.
    let (mut begin, mut blank, mut rewritten) = (0, false, false);
    let mut end = |form: &mut Vec<u8>, begin: &mut usize| {
        if !form.is_empty() {
            rewritten |= is_rewritten(&form[*begin..], *begin == 0);
            form.push(b' ');
            *begin = form.len();
        }
    };
    for byte in name.bytes() {
        match byte {
            b'.' | b'\'' | b'`' => {}
            b'&' => {
                end(&mut form, &mut begin);
                form.extend_from_slice(b"and");
                blank = true;
            }
            _ if byte.is_ascii_alphanumeric() => {
                if std::mem::take(&mut blank) {
                    end(&mut form, &mut begin);
                }
                form.push(byte.to_ascii_lowercase());
            }
            _ => blank = true,
        }
    }
    rewritten |= is_rewritten(&form[begin..], begin == 0);
    (String::from_utf8(form).unwrap_or_default(), rewritten)
}

/// The same of a name with any letters.
fn any_letters(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '.' | '\'' | '’' | '‘' | '`' | '´' => {}
            '&' => form.push_str(" and "),
            c if c.is_ascii_alphanumeric() => form.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => plain(c, &mut form),
            _ => form.push(' '),
        }
    }
    let words: Vec<&str> = form.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Returns whether a word is written in another way, or can end a legal form of several words.
fn is_rewritten(word: &[u8], first: bool) -> bool {
    match word {
        b"company" | b"comp" | b"limited" | b"corporation" | b"incorporated" | b"private" => true,
        b"jsc" | b"stock" | b"liability" => true,
        b"the" => first,
        _ => false,
    }
}

/// A word for a legal form in its one way of writing; `None` for any other word.
fn legal_form(word: &str) -> Option<&'static str> {
    Some(match word {
        "company" | "comp" => "co",
        "limited" => "ltd",
        "corporation" => "corp",
        "incorporated" => "inc",
        "private" => "pvt",
        _ => return None,
    })
}

/// Legal forms of several words, each after the one that it is made of.
const PHRASES: [(&[&str], &str); 6] = [
    (&["joint", "stock", "co"], "jsc"),
    (&["ltd", "liability", "co"], "llc"),
    (&["open", "jsc"], "ojsc"),
    (&["public", "jsc"], "pjsc"),
    (&["closed", "jsc"], "cjsc"),
    (&["co", "jsc"], "jsc"),
];

/// Returns whether a word of a normal form is a legal form, which tells no two parties apart.
pub(crate) fn is_legal_form(word: &str) -> bool {
    const FORMS: [&str; 34] = [
        "ag", "ao", "as", "bv", "cjsc", "co", "corp", "fze", "fzc", "fzco", "gmbh", "group", "inc",
        "jsc", "kft", "kg", "llc", "llp", "lp", "ltd", "oao", "ojsc", "ooo", "oy", "pao", "pjsc",
        "plc", "pte", "pvt", "sa", "sarl", "sdn", "srl", "zao",
    ];
    FORMS.contains(&word) || word == "bhd" || word == "and" || word == "of" || word == "the"
}

/// Writes a character in lower case and without its accent or ligature.
pub(super) fn plain(c: char, out: &mut String) {
    let bare = match crate::text::chars::half_width(c) {
        c @ ('0'..='9' | 'a'..='z') => return out.push(c),
        c @ 'A'..='Z' => return out.push(c.to_ascii_lowercase()),
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'ə' | 'Ə' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ǐ' | 'ǐ' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ǒ' | 'ǒ' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'ß' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ǔ'..='ǜ' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        // Combining marks: an accent by itself.
        '\u{300}'..='\u{36f}' => "",
        c => return out.extend(c.to_lowercase()),
    };
    out.push_str(bare);
}
