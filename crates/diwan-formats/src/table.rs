//! Comma-separated tables (RFC 4180) for spreadsheets: fields are quoted where they must be, lines end as the RFC says.

use std::io::{self, Write};

/// Writes rows. Begins with a byte order mark, without which spreadsheets take Arabic letters for those of another script.
#[derive(Debug)]
pub struct TableWriter<W: Write> {
    out: W,
}

impl<W: Write> TableWriter<W> {
    /// Begins a table with its heads.
    pub fn new(mut out: W, heads: &[&str]) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut table = Self { out };
        table.put(heads)?;
        Ok(table)
    }

    /// Writes a row.
    ///
    /// ```
    /// use diwan_formats::table::TableWriter;
    /// let mut table = TableWriter::new(Vec::new(), &["en", "fr"])?;
    /// table.put(&["yes, \"all\"", "=1+1"])?;
    /// let text = String::from_utf8(table.finish()?).unwrap();
    /// assert_eq!(text, "\u{feff}en,fr\r\n\"yes, \"\"all\"\"\",'=1+1\r\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn put<S: AsRef<str>>(&mut self, cells: &[S]) -> io::Result<()> {
        for (k, cell) in cells.iter().enumerate() {
            if k > 0 {
                self.out.write_all(b",")?;
            }
            self.out.write_all(field(cell.as_ref()).as_bytes())?;
        }
        self.out.write_all(b"\r\n")
    }

    /// Ends the table.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

fn field(text: &str) -> String {
    // A spreadsheet would run what begins so; an apostrophe in front makes it words.
    let safe = if text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.len() > 1 && !text.starts_with("- "))
    {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}
