//! Files made by hand for the tests: an OLE2 container, records of an old workbook, and parts of a zip changed.

#![allow(dead_code)] // each test file uses its part of this

use std::io::{Cursor, Read, Write};

use sheets::{Grid, Limits, Refusal};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SECTOR: usize = 512;
const MINI: usize = 64;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;

pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    sheets::read(name, bytes, &Limits::default())
}

/// The texts of a sheet, each row to its last filled cell.
pub(crate) fn texts(grid: &Grid) -> Vec<Vec<String>> {
    grid.rows
        .iter()
        .map(|row| row.iter().map(sheets::Cell::text).collect())
        .collect()
}

/// An OLE2 container of these streams; those under 4096 bytes lie among the small ones, as they should.
pub(crate) fn ole(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let (small, large): (Vec<_>, Vec<_>) = streams.iter().copied().partition(|(_, content)| content.len() < 4096);
    let mut mini = Vec::new();
    let mut mini_fat = Vec::new();
    let mut places = Vec::new();
    for (name, content) in small {
        places.push((name, mini_fat.len() as u32, content.len()));
        chain(&mut mini, &mut mini_fat, content, MINI, 0);
    }
    let mut body = Vec::new();
    let mut fat = Vec::new();
    // One sector of the table maps 64 kB; the first sectors are the table's own.
    let total: usize = large.iter().map(|(_, content)| content.len()).sum::<usize>() + mini.len();
    let fat_sectors = total / SECTOR / 100 + 2;
    fat.resize(fat_sectors, FAT);
    body.resize(fat_sectors * SECTOR, 0);
    for (name, content) in large {
        places.push((name, fat.len() as u32, content.len()));
        chain(&mut body, &mut fat, content, SECTOR, 0);
    }
    let mini_start = if mini.is_empty() { END } else { fat.len() as u32 };
    let mini_len = mini.len();
    chain(&mut body, &mut fat, &mini, SECTOR, 0);
    let mini_fat_start = if mini_fat.is_empty() { END } else { fat.len() as u32 };
    let mini_table: Vec<u8> = mini_fat.iter().flat_map(|next| next.to_le_bytes()).collect();
    chain(&mut body, &mut fat, &mini_table, SECTOR, 0xFF);
    let mut directory = entry("Root Entry", 5, mini_start, mini_len);
    for (name, start, len) in places {
        directory.extend(entry(name, 2, start, len));
    }
    let directory_start = fat.len() as u32;
    chain(&mut body, &mut fat, &directory, SECTOR, 0);
    let table: Vec<u8> = fat.iter().flat_map(|next| next.to_le_bytes()).collect();
    assert!(table.len() <= fat_sectors * SECTOR);
    body[..fat_sectors * SECTOR].fill(0xFF);
    body[..table.len()].copy_from_slice(&table);
    let mut file = header(
        fat_sectors,
        directory_start,
        mini_fat_start,
        mini_table.len().div_ceil(SECTOR),
    );
    file.extend(body);
    file
}

fn header(fat_sectors: usize, directory: u32, mini_fat: u32, mini_fat_sectors: usize) -> Vec<u8> {
    let mut head = vec![0u8; SECTOR];
    head[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let mut put = |at: usize, bytes: &[u8]| head[at..at + bytes.len()].copy_from_slice(bytes);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &(fat_sectors as u32).to_le_bytes());
    put(48, &directory.to_le_bytes());
    put(56, &4096u32.to_le_bytes());
    put(60, &mini_fat.to_le_bytes());
    put(64, &(mini_fat_sectors as u32).to_le_bytes());
    put(68, &END.to_le_bytes());
    for slot in 0..109u32 {
        let sector = if (slot as usize) < fat_sectors { slot } else { FREE };
        put(76 + slot as usize * 4, &sector.to_le_bytes());
    }
    head
}

/// Appends content in sectors and their chain to the table.
fn chain(body: &mut Vec<u8>, table: &mut Vec<u32>, content: &[u8], sector: usize, filler: u8) {
    let sectors = content.len().div_ceil(sector);
    for number in 0..sectors {
        let next = if number + 1 == sectors {
            END
        } else {
            table.len() as u32 + 1
        };
        table.push(next);
    }
    body.extend_from_slice(content);
    body.resize(body.len() + sectors * sector - content.len(), filler);
}

fn entry(name: &str, kind: u8, start: u32, len: usize) -> Vec<u8> {
    let mut raw = vec![0u8; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    raw[..units.len()].copy_from_slice(&units);
    raw[64..66].copy_from_slice(&(units.len() as u16 + 2).to_le_bytes());
    raw[66] = kind;
    raw[68..80].fill(0xFF);
    raw[116..120].copy_from_slice(&start.to_le_bytes());
    raw[120..124].copy_from_slice(&(len as u32).to_le_bytes());
    raw
}

/// One record of an old workbook.
pub(crate) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// Row, column and format, with which a cell record begins.
pub(crate) fn cell(kind: u16, row: u16, col: u16, format: u16, rest: &[u8]) -> Vec<u8> {
    let place = [row.to_le_bytes(), col.to_le_bytes(), format.to_le_bytes()].concat();
    record(kind, &[&place[..], rest].concat())
}

/// A wide text of an old workbook with a length of two bytes.
pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u16).to_le_bytes().to_vec();
    out.push(1);
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

/// A `Workbook` stream: `globals` (records for the whole book) and sheets (name, state, records).
pub(crate) fn biff8(globals: &[u8], pages: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let named = |name: &str| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&[name.encode_utf16().count() as u8, 1][..], &units].concat()
    };
    let list_len: usize = pages.iter().map(|(name, _, _)| 4 + 6 + named(name).len()).sum();
    let mut start = begin(5).len() + globals.len() + list_len + end.len();
    let mut stream = [begin(5), globals.to_vec()].concat();
    for (name, state, records) in pages {
        let place = [&(start as u32).to_le_bytes()[..], &[*state, 0], &named(name)].concat();
        stream.extend(record(0x0085, &place));
        start += begin(16).len() + records.len() + end.len();
    }
    stream.extend(&end);
    for (_, _, records) in pages {
        stream.extend([begin(16), records.clone(), end.clone()].concat());
    }
    stream
}

/// Shared strings as one record.
pub(crate) fn shared_strings(strings: &[&str]) -> Vec<u8> {
    let count = (strings.len() as u32).to_le_bytes();
    let mut data = [count, count].concat();
    for string in strings {
        data.extend(wide(string));
    }
    record(0x00FC, &data)
}

/// The zip with one part changed.
pub(crate) fn changed(file: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut was_there = false;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            was_there = true;
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    assert!(was_there, "{part}");
    writer.finish().unwrap().into_inner()
}

/// The zip without one part.
pub(crate) fn without(file: &[u8], part: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        if entry.name().unwrap() != part {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// The text of one part of a zip.
pub(crate) fn part(file: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
