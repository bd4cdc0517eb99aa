//! The XML elements that the reader knows.

use quick_xml::events::BytesStart;

use super::block::Kind;

/// The meaning of an XML element for this reader.
pub(super) enum Element {
    Block(Kind),
    Row,
    Cell,
    Note,
    Head,
    Italic,
    Bold,
    /// `E`, whose attribute `T` gives the type in which the text is set.
    Emphasis,
    Superscript,
    Break,
    Image,
    Other,
}

/// Returns the meaning of the element with a name.
pub(super) fn element(name: &str) -> Element {
    match name.as_bytes() {
        b"P" => Element::Block(Kind::Paragraph),
        b"FP" | b"FP-1" | b"CITA" | b"PSPACE" | b"CAPTION" => Element::Block(Kind::Line),
        b"FP-2" => Element::Block(Kind::Heading),
        b"HD1" | b"HEAD" => Element::Block(Kind::Title),
        b"HD2" | b"HD3" | b"HED" => Element::Block(Kind::Subtitle),
        b"TR" => Element::Row,
        b"TD" | b"TH" => Element::Cell,
        b"NOTE" | b"EDNOTE" | b"TFOOT" => Element::Note,
        b"THEAD" => Element::Head,
        b"I" => Element::Italic,
        b"B" | b"strong" => Element::Bold,
        b"E" => Element::Emphasis,
        b"SU" | b"sup" => Element::Superscript,
        b"br" => Element::Break,
        b"img" => Element::Image,
        _ => Element::Other,
    }
}

/// Returns whether an `E` sets its text as a superscript: types 51 and, in italics, 53.
pub(super) fn is_raised(start: &BytesStart<'_>) -> bool {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .any(|attribute| attribute.key.as_ref() == "T" && matches!(&*attribute.value, "51" | "53"))
}
