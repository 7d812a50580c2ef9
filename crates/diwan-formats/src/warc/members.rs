//! The bytes of a WARC file, whether it is plain or a row of gzip members, with the place of each record in the file.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

const BUFFER: usize = 64 << 10;

/// Counts what is taken from the file.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    at: u64,
    /// Bytes that were taken and given back; they come before what `inner` has.
    front: Vec<u8>,
}

impl<R> Counted<R> {
    fn give_back(&mut self, bytes: &[u8]) {
        self.front = bytes.to_vec();
        self.at -= bytes.len() as u64;
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = if self.front.is_empty() {
            self.inner.read(out)?
        } else {
            let n = self.front.as_slice().read(out)?;
            self.front.drain(..n);
            n
        };
        self.at += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.front.is_empty() { self.inner.fill_buf() } else { Ok(&self.front) }
    }

    fn consume(&mut self, n: usize) {
        self.at += n as u64;
        if self.front.is_empty() {
            self.inner.consume(n);
        } else {
            self.front.drain(..n.min(self.front.len()));
        }
    }
}

enum State<R> {
    /// Before the first byte, and between two members.
    Between(Counted<R>),
    Member(Box<GzDecoder<Counted<R>>>),
    Plain(Counted<R>),
    /// Only for as long as the state is replaced.
    Nothing,
}

/// The unpacked bytes, one buffer at a time; a buffer never reaches over the end of a member.
pub(super) struct Members<R> {
    state: State<R>,
    buffer: Vec<u8>,
    at: usize,
    /// Where the member began from which the buffer comes, in the file.
    member: u64,
    /// Whether nothing of that member was consumed yet.
    fresh: bool,
    /// Whether any member was met.
    packed: bool,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(inner: R, at: u64) -> Self {
        Self {
            state: State::Between(Counted { inner, at, front: Vec::new() }),
            buffer: Vec::new(),
            at: 0,
            member: at,
            fresh: true,
            packed: false,
        }
    }

    /// Where in the file the next byte is, if a reader could begin there: anywhere in a plain file, at the beginning of a
    /// member in a packed one. Call it after [`BufRead::fill_buf`].
    pub(super) fn place(&self) -> Option<u64> {
        match &self.state {
            State::Plain(inner) => Some(inner.at - (self.buffer.len() - self.at) as u64),
            _ => self.fresh.then_some(self.member),
        }
    }

    /// How many bytes of the file were taken, packed.
    pub(super) fn taken(&self) -> u64 {
        match &self.state {
            State::Between(inner) | State::Plain(inner) => inner.at,
            State::Member(decoder) => decoder.get_ref().at,
            State::Nothing => self.member,
        }
    }

    pub(super) fn is_packed(&self) -> bool {
        self.packed
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.resize(BUFFER, 0);
        self.at = 0;
        loop {
            match std::mem::replace(&mut self.state, State::Nothing) {
                State::Between(mut inner) => {
                    let ahead = inner.fill_buf()?;
                    if ahead.is_empty() {
                        self.state = State::Between(inner);
                        self.buffer.clear();
                        return Ok(());
                    }
                    let packed = ahead.starts_with(&[0x1F]);
                    self.packed |= packed;
                    (self.member, self.fresh) = (inner.at, true);
                    self.state = if packed {
                        State::Member(Box::new(GzDecoder::new(inner)))
                    } else {
                        State::Plain(inner)
                    };
                }
                State::Member(mut decoder) => {
                    let read = decoder.read(&mut self.buffer);
                    match read {
                        Ok(0) => self.state = State::Between(decoder.into_inner()),
                        Ok(n) => {
                            self.state = State::Member(decoder);
                            self.buffer.truncate(n);
                            return Ok(());
                        }
                        Err(error) => {
                            self.state = State::Between(decoder.into_inner());
                            self.buffer.clear();
                            return Err(error);
                        }
                    }
                }
                State::Plain(mut inner) => {
                    let read = inner.read(&mut self.buffer);
                    self.state = State::Plain(inner);
                    self.buffer.truncate(*read.as_ref().unwrap_or(&0));
                    read?;
                    return Ok(());
                }
                State::Nothing => {
                    self.buffer.clear();
                    return Ok(());
                }
            }
        }
    }

    /// The next `n` bytes, or fewer at the end of the member or the file: readers give what they have, which may be little.
    pub(super) fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        self.fill_buf()?;
        while self.buffer.len() - self.at < n {
            self.buffer.drain(..self.at);
            self.at = 0;
            let old = self.buffer.len();
            self.buffer.resize(old + BUFFER, 0);
            let free = self.buffer.get_mut(old..).unwrap_or(&mut []);
            let read = match &mut self.state {
                State::Member(decoder) => decoder.read(free),
                State::Plain(inner) => inner.read(free),
                State::Between(_) | State::Nothing => Ok(0),
            };
            self.buffer.truncate(old + *read.as_ref().unwrap_or(&0));
            if read? == 0 {
                break;
            }
        }
        Ok(self.buffer.get(self.at..).unwrap_or(&[]))
    }

    /// After an error: goes on at the next place where a packed record begins. `false` at the end of the file.
    pub(super) fn next_member(&mut self) -> io::Result<bool> {
        (self.at, self.fresh) = (0, true);
        self.buffer.clear();
        let mut inner = match std::mem::replace(&mut self.state, State::Nothing) {
            State::Between(inner) | State::Plain(inner) => inner,
            State::Member(decoder) => decoder.into_inner(),
            State::Nothing => return Ok(false),
        };
        let mut seen = [0_u8; 3];
        let found = loop {
            let ahead = inner.fill_buf()?;
            if ahead.is_empty() {
                break false;
            }
            let length = ahead.len();
            // The three bytes of a member's beginning, also over the edge of two buffers.
            let mut found = None;
            for (k, byte) in ahead.iter().enumerate() {
                let [_, b, c] = seen;
                seen = [b, c, *byte];
                if seen == [0x1F, 0x8B, 0x08] {
                    found = Some(k + 1);
                    break;
                }
            }
            inner.consume(found.unwrap_or(length));
            if found.is_some() {
                break true;
            }
        };
        if !found {
            self.state = State::Between(inner);
            return Ok(false);
        }
        inner.give_back(&seen);
        self.member = inner.at;
        self.state = State::Between(inner);
        Ok(true)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let n = ahead.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), ahead.get(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Members<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.buffer.len() {
            self.fill()?;
        }
        Ok(self.buffer.get(self.at..).unwrap_or(&[]))
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.buffer.len());
        self.fresh &= n == 0;
    }
}
