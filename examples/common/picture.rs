//! The files into which a program draws its chart.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::output::NewFile;

/// The files to draw into.
#[derive(clap::Args)]
pub struct Picture {
    /// Draw the chart into this file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Draw the chart into this file, as a PNG of twice the size; needs resvg or rsvg-convert
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
}

/// Files that can be written, and the program that makes a PNG of an SVG.
pub struct PictureFiles {
    svg: Option<NewFile>,
    png: Option<(NewFile, Command)>,
}

impl Picture {
    /// Checks the files and the program, before any work is done for them. Returns `None` if no
    /// chart is asked for.
    ///
    /// # Errors
    /// Returns an error that names a path that cannot be written to, or the programs of which none
    /// is installed.
    pub fn create(&self) -> Result<Option<PictureFiles>, Box<dyn Error>> {
        if self.svg.is_none() && self.png.is_none() {
            return Ok(None);
        }
        let png = match &self.png {
            Some(path) => Some((NewFile::create(path)?, converter()?)),
            None => None,
        };
        let svg = self.svg.as_deref().map(NewFile::create).transpose()?;
        Ok(Some(PictureFiles { svg, png }))
    }
}

impl PictureFiles {
    /// Writes the chart.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written or the program fails.
    pub fn finish(self, svg: &str) -> Result<(), Box<dyn Error>> {
        if let Some((file, command)) = self.png {
            file.finish(&converted(command, svg)?)?;
        }
        self.svg.map_or(Ok(()), |file| file.finish(svg.as_bytes()))
    }
}

/// Programs that read an SVG from standard input and write a PNG to standard output.
const CONVERTERS: [(&str, &[&str]); 2] = [
    ("resvg", &["--zoom", "2", "-", "-c"]),
    ("rsvg-convert", &["--zoom", "2"]),
];

fn converter() -> Result<Command, Box<dyn Error>> {
    for (program, arguments) in CONVERTERS {
        let mut asked = Command::new(program);
        let asked = asked.arg("--version").stdout(Stdio::null());
        if asked.stderr(Stdio::null()).status().is_ok() {
            let mut command = Command::new(program);
            command.args(arguments);
            return Ok(command);
        }
    }
    Err("found neither resvg nor rsvg-convert, one of which makes a PNG of the chart; --svg needs none".into())
}

fn converted(mut command: Command, svg: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut child = (command.stdin(Stdio::piped()).stdout(Stdio::piped())).spawn()?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    // The program reads all before it writes.
    input.write_all(svg.as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    if output.status.success() && !output.stdout.is_empty() {
        Ok(output.stdout)
    } else {
        let program = command.get_program().display().to_string();
        Err(format!("{program} ended with {} and no picture", output.status).into())
    }
}
