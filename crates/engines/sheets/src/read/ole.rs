//! The OLE2 container of old office files, as far as a stream must be found in it by name. Read here and not by
//! calamine, which follows sector chains without a bound: a file of 2 kB whose chain runs in a circle takes all memory.
//! Here a chain ends after as many steps as the file has sectors.

/// End of a sector chain.
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
/// Sector numbers of the allocation table that stand in the header itself.
const HEADER_FATS: usize = 109;
/// Bytes of a directory entry.
const ENTRY_BYTES: usize = 128;
/// Bytes of a sector in the stream of small streams.
const MINI_BYTES: usize = 64;
/// Entries looked at in a directory: a workbook has some ten, with macros some hundred.
const ENTRIES_MAX: usize = 4096;

/// An opened container.
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    /// The next sector of each sector.
    fat: Vec<u32>,
    /// The same for the small sectors.
    mini_fat: Vec<u32>,
    /// The stream that holds the small streams.
    mini: Vec<u8>,
    /// Streams below this size lie among the small ones.
    mini_cutoff: usize,
    entries: Vec<Entry>,
}

/// A directory entry that names a stream or a storage.
struct Entry {
    name: String,
    is_stream: bool,
    start: u32,
    len: usize,
}

impl<'a> Ole<'a> {
    /// Opens the container; `None` where its tables are not sound.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Ole<'a>> {
        let sector_bytes = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mini_cutoff = u32_at(bytes, 56)? as usize;
        let mut file = Ole {
            bytes,
            sector_bytes,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            mini_cutoff,
            entries: Vec::new(),
        };
        file.fat = file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        let raw = directory.chunks_exact(ENTRY_BYTES).take(ENTRIES_MAX);
        let root = raw.clone().next()?;
        let (mini_start, mini_len) = (u32_at(root, 116)?, u32_at(root, 120)? as usize);
        file.entries = raw.filter_map(entry).collect();
        if u32_at(bytes, 64)? > 0 {
            file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?, usize::MAX)?);
            file.mini = file.chain(mini_start, mini_len)?;
        }
        Some(file)
    }

    /// Whether there is a stream or storage of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream; `None` where there is none of this name or its chain is not sound.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self
            .entries
            .iter()
            .find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))?;
        if entry.len >= self.mini_cutoff {
            return self.chain(entry.start, entry.len);
        }
        let sector = |number: usize| self.mini.get(number * MINI_BYTES..).map(|rest| head(rest, MINI_BYTES));
        follow(
            entry.start,
            entry.len,
            &self.mini_fat,
            self.mini.len() / MINI_BYTES,
            sector,
        )
    }

    /// The allocation table, whose own sectors are listed in the header and, for large files, in a chain of sectors.
    fn read_fat(&self) -> Option<Vec<u32>> {
        let mut listed: Vec<u32> = numbers(self.bytes.get(76..76 + HEADER_FATS * 4)?);
        let mut next = u32_at(self.bytes, 68)?;
        let sectors = self.bytes.len() / self.sector_bytes;
        for _ in 0..=sectors {
            if next >= FIRST_MARK {
                break;
            }
            let mut more = numbers(self.sector(next as usize)?);
            next = more.pop()?;
            listed.append(&mut more);
        }
        let mut fat = Vec::new();
        // A sound file lists each sector once, so more of them than the file has sectors are not read.
        for number in listed
            .into_iter()
            .filter(|number| *number < FIRST_MARK)
            .take(sectors + 1)
        {
            fat.append(&mut numbers(self.sector(number as usize)?));
        }
        Some(fat)
    }

    /// A sector's bytes; the last of a file may be cut short.
    fn sector(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_add(1)?.checked_mul(self.sector_bytes)?;
        self.bytes
            .get(start..)
            .filter(|rest| !rest.is_empty())
            .map(|rest| head(rest, self.sector_bytes))
    }

    fn chain(&self, start: u32, len: usize) -> Option<Vec<u8>> {
        follow(start, len, &self.fat, self.bytes.len() / self.sector_bytes, |number| {
            self.sector(number)
        })
    }
}

/// The bytes of a chain of sectors, at most `len` of them; `None` when it leaves the file or takes more steps than the
/// file has `sectors`, since then it runs in a circle.
fn follow<'a>(
    start: u32,
    len: usize,
    table: &[u32],
    sectors: usize,
    sector: impl Fn(usize) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let mut next = start;
    for _ in 0..=sectors {
        if next == END_OF_CHAIN || content.len() >= len {
            content.truncate(len);
            return Some(content);
        }
        content.extend_from_slice(sector(next as usize)?);
        next = *table.get(next as usize)?;
    }
    None
}

fn head(bytes: &[u8], len: usize) -> &[u8] {
    bytes.get(..len).unwrap_or(bytes)
}

fn entry(raw: &[u8]) -> Option<Entry> {
    // 1 is a storage (folder), 2 a stream, 5 the root; 0 is an unused entry.
    let kind = *raw.get(66)?;
    if kind != 1 && kind != 2 {
        return None;
    }
    let units: Vec<u16> = raw
        .get(..64)?
        .chunks_exact(2)
        .filter_map(|pair| u16_at(pair, 0))
        .take_while(|u| *u != 0)
        .collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        is_stream: kind == 2,
        start: u32_at(raw, 116)?,
        len: u32_at(raw, 120)? as usize,
    })
}

/// The little-endian number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// The little-endian number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}
