//! Columns that several file forms have: a text, a day, a yes.

/// A column that holds a text.
macro_rules! text_column {
    ($name:literal, $field:ident) => {
        $crate::format::table::Column {
            name: $name,
            read: |field, row| {
                field.text.clone_into(&mut row.$field);
                Ok(())
            },
            write: |row| row.$field.clone(),
        }
    };
}

/// A column that holds a day or nothing. An error says what was expected.
macro_rules! date_column {
    ($name:literal, $field:ident, $expected:expr) => {
        $crate::format::table::Column {
            name: $name,
            read: |field, row| {
                row.$field = field.optional($expected)?;
                Ok(())
            },
            write: |row| $crate::text::join(row.$field),
        }
    };
}

/// A column that holds yes or nothing.
macro_rules! flag_column {
    ($name:literal, $field:ident) => {
        $crate::format::table::Column {
            name: $name,
            read: |field, row| {
                row.$field = field.word(&$crate::format::list_columns::FLAG, "nothing or yes")?;
                Ok(())
            },
            write: |row| $crate::format::list_columns::flag(row.$field),
        }
    };
}

pub(super) use {date_column, flag_column, text_column};
