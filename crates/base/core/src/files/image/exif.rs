//! The one thing of a camera's data that stays: how the picture is to be turned.

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;
/// Upright: needs no saying.
const UPRIGHT: u16 = 1;
/// Entries of a directory that are looked at: a camera writes some twenty.
const ENTRIES_MAX: u16 = 200;

/// The orientation that a block of camera data (in TIFF form) states; none for upright or unreadable.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let u16_at = |at: usize| -> Option<u16> {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let u32_at = |at: usize| -> Option<u32> {
        let bytes = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let directory = usize::try_from(u32_at(4)?).ok()?;
    let count = u16_at(directory)?.min(ENTRIES_MAX);
    (0..usize::from(count)).find_map(|n| {
        let entry = directory.checked_add(2 + 12 * n)?;
        let value = u16_at(entry.checked_add(8)?)?;
        (u16_at(entry)? == ORIENTATION && (2..=8).contains(&value) && value != UPRIGHT).then_some(value)
    })
}

/// A block of camera data that states an orientation and nothing else.
pub(super) fn only_orientation(orientation: u16) -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    out.extend(ORIENTATION.to_be_bytes());
    // One SHORT, left in its four bytes; no further directory.
    out.extend(b"\0\x03\0\0\0\x01");
    out.extend(orientation.to_be_bytes());
    out.extend(b"\0\0\0\0\0\0");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for turned in 2..=8 {
            assert_eq!(orientation(&only_orientation(turned)), Some(turned));
        }
        assert_eq!(orientation(&only_orientation(1)), None);
        assert_eq!(orientation(&only_orientation(9)), None);
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(orientation(little), Some(6));
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), None);
        assert_eq!(orientation(b""), None);
    }
}
