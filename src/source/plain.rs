//! Reads events from plain XML in memory: elements, texts, references and instructions.
//!
//! It gives the events that quick-xml gives, in a third of the time, because it checks the UTF-8
//! of a document once. It knows no comment, no CDATA and no document type, and it does not say
//! what is wrong: for all of that, quick-xml reads the document.

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesPI, BytesRef, BytesStart, BytesText, Event};

/// A reader that gives the events of a document.
pub(crate) trait Source {
    /// Returns the number of bytes read so far.
    fn position(&self) -> u64;
}

impl<R> Source for Reader<R> {
    fn position(&self) -> u64 {
        self.buffer_position()
    }
}

impl Source for Plain<'_> {
    fn position(&self) -> u64 {
        (self.length - self.rest.len()) as u64
    }
}

/// A document that is read from its beginning on.
pub(crate) struct Plain<'a> {
    length: usize,
    rest: &'a str,
    /// The names of the open elements.
    open: Vec<&'a str>,
}

impl<'a> Plain<'a> {
    /// Returns the reader of a document without a byte order mark, or `None` if it is not UTF-8.
    pub(crate) fn new(document: &'a [u8]) -> Option<Plain<'a>> {
        let rest = std::str::from_utf8(document).ok()?;
        Some(Plain {
            length: rest.len(),
            rest,
            open: Vec::new(),
        })
    }

    /// Returns the next event, or `None` if what comes next is broken or not plain.
    pub(crate) fn next(&mut self) -> Option<Event<'a>> {
        let bytes = self.rest.as_bytes();
        match bytes.first() {
            None => Some(Event::Eof),
            Some(b'<') => self.markup(),
            Some(b'&') => {
                let end = memchr::memchr3(b';', b'&', b'<', &bytes[1..])? + 1;
                let name = self.take(end).get(1..)?;
                self.rest = self.rest.strip_prefix(';')?;
                Some(Event::GeneralRef(BytesRef::new(name)))
            }
            Some(_) => {
                let end = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
                Some(Event::Text(BytesText::from_escaped(self.take(end))))
            }
        }
    }

    /// Returns the next bytes, and goes on after them.
    fn take(&mut self, count: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken
    }

    /// Reads a tag or an instruction.
    fn markup(&mut self) -> Option<Event<'a>> {
        let bytes = self.rest.as_bytes();
        match bytes.get(1)? {
            b'/' => {
                let name = self.open.pop()?;
                let tag = self.rest.get(2..)?;
                self.rest = tag.strip_prefix(name)?.strip_prefix('>')?;
                Some(Event::End(BytesEnd::new(name)))
            }
            b'?' => {
                // The one question mark of "<?>" cannot begin and end it.
                let end = memchr::memmem::find(&bytes[1..], b"?>")? + 1;
                let content = self.take(end + 2).get(2..end)?;
                Some(Event::PI(BytesPI::new(content)))
            }
            first if first.is_ascii_alphabetic() => {
                let tag = self.take(end_of_tag(bytes)? + 1);
                let content = tag.get(1..tag.len() - 1)?;
                let (content, empty) = match content.strip_suffix('/') {
                    Some(content) => (content, true),
                    None => (content, false),
                };
                let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
                let name = content.bytes().position(|byte| is_space(&byte));
                let name = name.unwrap_or(content.len());
                let start = BytesStart::from_content(content, name);
                if empty {
                    return Some(Event::Empty(start));
                }
                self.open.push(&content[..name]);
                Some(Event::Start(start))
            }
            _ => None,
        }
    }
}

/// Returns the offset of the bracket that ends a tag. Brackets within quotes do not.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    // Most tags are a name of a few letters.
    for (at, byte) in bytes.iter().enumerate().take(8) {
        match byte {
            b'>' => return Some(at),
            b'"' | b'\'' => break,
            _ => {}
        }
    }
    let mut quote = None;
    for at in memchr::memchr3_iter(b'>', b'"', b'\'', bytes) {
        match quote {
            None if bytes[at] == b'>' => return Some(at),
            None => quote = Some(bytes[at]),
            Some(open) if open == bytes[at] => quote = None,
            Some(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads events until the end, or until one reader gives none.
    fn events<'a>(mut next: impl FnMut() -> Option<(Event<'a>, u64)>) -> Vec<(Event<'a>, u64)> {
        let mut events = Vec::new();
        while let Some(event) = next() {
            let done = event.0 == Event::Eof;
            events.push(event);
            if done {
                break;
            }
        }
        events
    }

    fn plain(text: &str) -> Vec<(Event<'_>, u64)> {
        let mut plain = Plain::new(text.as_bytes()).expect("UTF-8");
        events(|| Some((plain.next()?, plain.position())))
    }

    fn quick(text: &str) -> Vec<(Event<'_>, u64)> {
        let mut reader = Reader::from_reader(text.as_bytes());
        events(|| {
            // A declaration is an instruction here.
            let event = match reader.read_event().ok()? {
                Event::Decl(declaration) => {
                    let text: &str = &declaration;
                    Event::PI(BytesPI::new(text.to_owned()))
                }
                event => event,
            };
            Some((event, reader.buffer_position()))
        })
    }

    #[test]
    fn gives_the_events_of_quick_xml() {
        for text in [
            "",
            "text",
            "<?xml version=\"1.0\"?>\n<a>one<b/>two</a>\n",
            "<a b='>' c=\"'>\">x &amp; y &#8217;&;z</a>",
            "<longer-than-eight-letters/><longer.name a='1'></longer.name>",
            "<a\n b='1'\t/><a ><b / ></b></a>",
            "<a><b>never closed",
            "<a>é&é;</a>",
            "<a x=1>y</a><a x=\"/\"/><a x='1'y=\"2\"></a>",
        ] {
            let (ours, theirs) = (plain(text), quick(text));
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn leaves_the_rest_to_quick_xml() {
        for text in [
            "<a></a >",
            "<é/>",
            "<!-- a -->",
            "<![CDATA[a]]>",
            "<!DOCTYPE a>",
            "<a></b>",
            "</a>",
            "&amp",
            "<?a>",
            "<a b='>",
            "<",
        ] {
            let ours = plain(text);
            assert!(
                ours.len() < 2 && ours.iter().all(|(event, _)| *event != Event::Eof),
                "{text}"
            );
        }
        assert!(Plain::new(b"\xff").is_none());
    }

    #[test]
    fn gives_the_events_of_quick_xml_for_any_text() {
        // Every text of some pieces: most are broken, and both readers stop at some place.
        let pieces = [
            "<", ">", "/", "a", "b", " ", "\"", "'", "&", ";", "?", "!", "-", "=", "é", "\n",
        ];
        let mut seed = 16_u64;
        let (mut read, mut refused) = (0, 0);
        for _ in 0..200_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let (ours, theirs) = (plain(&text), quick(&text));
            assert!(theirs.starts_with(&ours), "{text:?}: {ours:?} {theirs:?}");
            match ours.last() {
                Some((Event::Eof, _)) => read += 1,
                _ => refused += 1,
            }
        }
        assert!(read > 1000 && refused > 1000, "{read} {refused}");
    }
}
