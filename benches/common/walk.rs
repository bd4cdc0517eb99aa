//! The baseline of every reader of XML.

use quick_xml::events::Event;

/// Returns how many bytes a quick-xml walk saw. It checks that the bytes are UTF-8, as every reader
/// must, touches every text and attribute and keeps nothing.
pub fn walk(bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut seen = 0;
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(element) | Event::Empty(element) => {
                seen += element.name().as_ref().len();
                for attribute in element.attributes() {
                    seen += attribute.expect("an attribute").value.len();
                }
            }
            Event::Text(text) => seen += text.len(),
            Event::GeneralRef(reference) => seen += reference.len(),
            Event::Eof => return seen,
            _ => {}
        }
    }
}

/// Returns the texts that the same walk saw, each in a string of its own.
#[allow(dead_code, reason = "not every bench compares with it")]
pub fn copy(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut texts = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(element) | Event::Empty(element) => {
                for attribute in element.attributes() {
                    std::hint::black_box(attribute.expect("an attribute").value.len());
                }
            }
            Event::Text(text) => texts.push(text.to_string()),
            Event::GeneralRef(reference) => texts.push(reference.to_string()),
            Event::Eof => return texts,
            _ => {}
        }
    }
}
