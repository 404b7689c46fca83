//! What a commit is made of: which segments there are, which of their documents are gone. The index of words names the
//! manifest in its own commit, so that both change at one point; a crash between the files leaves the commit before.

use super::file::{Damage, In, Out};

/// What a manifest's file begins with.
const FILE: [u8; 4] = *b"JBMM";

/// What made the terms and the vectors: the analyser and the table. An index of another one still serves, and is to be
/// built anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity(pub(crate) String);

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// What made it.
    pub(crate) identity: Identity,
    /// The segments: number of the file, documents, bits of those alive.
    pub(crate) segments: Vec<Listed>,
}

/// A segment in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The number in its file's name.
    pub(crate) number: u64,
    /// A bit a document: still there.
    pub(crate) alive: Vec<u64>,
}

impl Manifest {
    /// Its file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out::new(FILE);
        out.u8s(self.identity.0.as_bytes());
        out.u64s(&self.segments.iter().map(|listed| listed.number).collect::<Vec<_>>());
        for listed in &self.segments {
            out.u64s(&listed.alive);
        }
        out.end()
    }

    /// Reads its file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut file = In::new(FILE, bytes)?;
        let identity = String::from_utf8(file.u8s()?).map_err(|_| Damage::Inconsistent("identity"))?;
        let mut segments = Vec::new();
        for number in file.u64s()? {
            segments.push(Listed {
                number,
                alive: file.u64s()?,
            });
        }
        file.end()?;
        Ok(Self {
            identity: Identity(identity),
            segments,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_from_its_file() {
        let manifest = Manifest {
            identity: Identity("a table".into()),
            segments: vec![
                Listed {
                    number: 7,
                    alive: vec![3],
                },
                Listed {
                    number: 9,
                    alive: Vec::new(),
                },
            ],
        };
        assert_eq!(Manifest::from_bytes(&manifest.to_bytes()).unwrap(), manifest);
    }
}
