//! Pictures: written anew from the parts that make the picture. Camera data, comments, colour profiles and whatever else
//! programs put in are left out. Of the camera's data only how the picture is to be turned stays.
//!
//! Colour profiles go, too: those of screens name make, model and serial number. Photos in wide colours become a shade
//! duller by that.

mod exif;
mod jpeg;
mod png;
mod webp;

use super::clean::{Done, What};
use super::refusal::Refusal;

/// Pixels of a picture: an A3 page scanned at 600 dots an inch has 70 million, and a reader's browser needs four bytes for
/// each. A file of a few kilobytes can claim billions.
pub const PIXELS_MAX: u64 = 80_000_000;
/// Pixels of a side: browsers draw none longer.
pub const SIDE_MAX: u32 = 30_000;

/// What is wrong inside: where a picture stops being one.
type Broken = &'static str;

/// A picture's parts, written anew.
struct Image {
    content: Vec<u8>,
    width: u32,
    height: u32,
    stripped: bool,
}

/// Cleans a picture of any of the three kinds.
pub(super) fn clean(bytes: &[u8]) -> Result<Done, Refusal> {
    let image = read(bytes).map_err(|what| Refusal::Broken { what })?;
    let (width, height) = (image.width, image.height);
    if width > SIDE_MAX || height > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Refusal::Pixels { width, height });
    }
    Ok(Done {
        stripped: if image.stripped {
            vec![What::Picture]
        } else {
            Vec::new()
        },
        content: image.content,
        signed: false,
    })
}

fn read(bytes: &[u8]) -> Result<Image, Broken> {
    if bytes.starts_with(png::SIGNATURE) {
        png::read(bytes)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg::read(bytes)
    } else {
        webp::read(bytes)
    }
}

/// Whether bytes are a picture that can be cleaned.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    use super::found::{Found, by_beginning};
    matches!(by_beginning(bytes), Found::Jpeg | Found::Png | Found::Webp)
}

/// A JPEG stream inside a PDF, cleaned; none when it is not one that can be read, since PDF readers forgive more.
pub(super) fn jpeg_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let image = jpeg::read(bytes).ok()?;
    image.stripped.then_some(image.content)
}

/// Bytes read one after the other, none beyond the end.
struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(head)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).and_then(|b| b.first().copied())
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    fn u32_le(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
}

/// Pictures for tests.
#[cfg(test)]
pub(in crate::files) mod testing {
    use super::{jpeg, png, webp};

    /// A photo whose camera data name somebody.
    pub(in crate::files) fn jpeg_with_camera(owner: &str) -> Vec<u8> {
        jpeg::testing::picture(&[(0xe1, &jpeg::testing::camera(owner)), (0xfe, owner.as_bytes())])
    }

    /// A drawing with its author's name.
    pub(in crate::files) fn png_with_text(author: &str) -> Vec<u8> {
        let text = [b"Author\0", author.as_bytes()].concat();
        png::testing::picture(1, 1, &[(b"tEXt", &text)])
    }

    /// A picture with its author's name.
    pub(in crate::files) fn webp_with_text(author: &str) -> Vec<u8> {
        webp::testing::picture(4, &[(b"XMP ", author.as_bytes())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_refused_by_what_their_head_claims() {
        let bomb = png::testing::picture(60_000, 60_000, &[]);
        assert_eq!(
            clean(&bomb).err(),
            Some(Refusal::Pixels {
                width: 60_000,
                height: 60_000
            })
        );
        let wide = png::testing::picture(40_000, 2, &[]);
        assert!(matches!(clean(&wide).err(), Some(Refusal::Pixels { .. })));
        let scan = png::testing::picture(7_016, 9_921, &[]);
        assert!(clean(&scan).is_ok(), "an A3 scan at 600 dpi passes");
    }
}
