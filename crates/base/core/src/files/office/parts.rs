//! What becomes of a part, by its name.

use super::super::clean::What;

/// What becomes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Kept as it is.
    Copy,
    /// XML: written anew without what tells who.
    Xml,
    /// A picture: cleaned where it is one that can be.
    Picture,
    /// An embedded object.
    Embedded,
    /// Left out, with what points to it.
    Drop(What),
    /// It can run: the whole file is refused.
    Macro,
    /// Nobody knows how to clean it: the whole file is refused.
    Refuse,
}

/// Folders that are left out whole.
const DROPPED_FOLDERS: &[(&str, What)] = &[
    ("docprops/", What::Properties),
    ("docmetadata/", What::Properties),
    ("customxml/", What::Extras),
    ("customui/", What::Extras),
    ("usercustomization/", What::Extras),
    ("word/webextensions/", What::Extras),
    ("xl/webextensions/", What::Extras),
    ("ppt/webextensions/", What::Extras),
    ("[trash]/", What::Extras),
    ("_xmlsignatures/", What::Extras),
    ("xl/printersettings/", What::Extras),
    ("xl/revisions/", What::Authors),
    ("ppt/changesinfos/", What::Authors),
];
/// Parts that are left out.
const DROPPED: &[(&str, What)] = &[
    ("ppt/revisioninfo.xml", What::Authors),
    ("word/attachedtoolbars.bin", What::Extras),
];
/// Folders whose parts run, or let a control run.
const MACRO_SIGNS: &[&str] = &[
    "vbaproject",
    "vbadata",
    "/activex/",
    "/macrosheets/",
    "/dialogsheets/",
    "/ctrlprops/activex",
];

/// What becomes of the part of this key (its name in small letters).
pub(super) fn fate(key: &str) -> Fate {
    if MACRO_SIGNS.iter().any(|sign| key.contains(sign)) {
        return Fate::Macro;
    }
    let by_folder = DROPPED_FOLDERS.iter().find(|(folder, _)| key.starts_with(folder));
    let by_name = DROPPED.iter().find(|(name, _)| key == *name);
    if let Some((_, what)) = by_folder.or(by_name) {
        return Fate::Drop(*what);
    }
    if key.contains("/printersettings/") {
        return Fate::Drop(What::Extras);
    }
    if key.contains("/embeddings/") {
        return Fate::Embedded;
    }
    match key.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "xml" | "rels" | "vml" | "svg" => Fate::Xml,
        "jpg" | "jpeg" | "jpe" | "jfif" | "png" | "webp" | "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "emz"
        | "wmz" | "wdp" | "ico" => Fate::Picture,
        // Fonts that the file brings along, and the order in which cells are computed.
        "odttf" | "fntdata" | "ttf" | "otf" => Fate::Copy,
        _ => Fate::Refuse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_their_fates() {
        for (key, expected) in [
            ("word/document.xml", Fate::Xml),
            ("_rels/.rels", Fate::Xml),
            ("docprops/core.xml", Fate::Drop(What::Properties)),
            ("docprops/thumbnail.jpeg", Fate::Drop(What::Properties)),
            ("customxml/_rels/item1.xml.rels", Fate::Drop(What::Extras)),
            ("xl/printersettings/printersettings1.bin", Fate::Drop(What::Extras)),
            ("ppt/printersettings/p1.bin", Fate::Drop(What::Extras)),
            ("word/vbaproject.bin", Fate::Macro),
            ("word/_rels/vbaproject.bin.rels", Fate::Macro),
            ("xl/activex/activex1.xml", Fate::Macro),
            ("word/embeddings/oleobject1.bin", Fate::Embedded),
            ("word/media/image1.png", Fate::Picture),
            ("word/fonts/font1.odttf", Fate::Copy),
            ("ppt/media/film.mp4", Fate::Refuse),
            ("word/run.exe", Fate::Refuse),
            ("word/afchunk.mht", Fate::Refuse),
            ("plain", Fate::Refuse),
        ] {
            assert_eq!(fate(key), expected, "{key}");
        }
    }
}
