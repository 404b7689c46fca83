//! The compound files of before 2007, as far as they are needed: an empty one, and whether one is a file of today under a
//! password.

const SECTOR: usize = 512;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const FAT: u32 = 0xffff_fffd;

/// Whether a compound file holds a file of today under a password: it then has a stream of this name.
pub(in crate::files) fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// An empty compound file: head, table, and a directory with nothing but its root. It takes the place of an embedded
/// object, so that the file around it stays whole and the object's picture is what is left of it.
pub(super) fn empty() -> Vec<u8> {
    let mut head = Vec::with_capacity(SECTOR);
    head.extend(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    head.extend([0; 16]);
    // Version 3, little-endian, sectors of 512 bytes, small ones of 64.
    for word in [0x3e_u16, 3, 0xfffe, 9, 6, 0, 0, 0] {
        head.extend(word.to_le_bytes());
    }
    // One sector of table (the first), the directory in the second, no small sectors, no further tables.
    for word in [0, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        head.extend(u32::to_le_bytes(word));
    }
    head.resize(SECTOR, 0xff);
    let mut table: Vec<u8> = [FAT, END].into_iter().flat_map(u32::to_le_bytes).collect();
    table.resize(SECTOR, 0xff);
    let mut root: Vec<u8> = "Root Entry\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = u16::try_from(root.len()).unwrap_or(0);
    root.resize(64, 0);
    root.extend(name_bytes.to_le_bytes());
    // A root, black, without neighbours or children, without class, times or content.
    root.extend([5, 1]);
    root.extend([FREE; 3].into_iter().flat_map(u32::to_le_bytes));
    root.resize(116, 0);
    root.extend(END.to_le_bytes());
    root.resize(128, 0);
    // Three unused places fill the sector.
    for _ in 0..3 {
        let mut unused = vec![0; 68];
        unused.extend([FREE; 3].into_iter().flat_map(u32::to_le_bytes));
        unused.resize(128, 0);
        root.extend(unused);
    }
    [head, table, root].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_one_has_its_three_sectors() {
        let empty = empty();
        assert_eq!(empty.len(), 3 * SECTOR);
        // Where the head says that table and directory are.
        assert_eq!(empty[44..52], [1, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(
            &empty[2 * SECTOR..2 * SECTOR + 20],
            "Root Entry"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
        );
        assert!(!is_locked(&empty));
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_locked(&[empty, name].concat()));
    }
}
