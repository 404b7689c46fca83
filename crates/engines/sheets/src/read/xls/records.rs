//! The stream of an old workbook as records: a number, a length, so many bytes, and continuations for what is longer.

use crate::read::ole::u16_at;
use crate::refusal::Refusal;

/// The record that continues the one before it.
const CONTINUE: u16 = 0x003C;

/// One record.
pub(super) struct Record<'a> {
    /// Its number.
    pub(super) kind: u16,
    /// Its bytes.
    pub(super) data: &'a [u8],
    /// The bytes of the continuations behind it.
    pub(super) more: Vec<&'a [u8]>,
}

impl Record<'_> {
    /// Bytes that it takes in the stream, continuations included.
    pub(super) fn bytes(&self) -> usize {
        const HEAD: usize = 4;
        let more: usize = self.more.iter().map(|data| HEAD + data.len()).sum();
        HEAD + self.data.len() + more
    }
}

/// The records of a stream, in order; an error where one reaches beyond the stream. Bytes too few for a record's
/// number and length end the stream: writers pad it.
pub(super) struct Records<'a> {
    stream: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records from the beginning of `stream`.
    pub(super) fn of(stream: &'a [u8]) -> Self {
        Records { stream }
    }

    fn take(&mut self) -> Option<Result<(u16, &'a [u8]), Refusal>> {
        let kind = u16_at(self.stream, 0)?;
        let len = usize::from(u16_at(self.stream, 2)?);
        let Some(data) = self.stream.get(4..4 + len) else {
            self.stream = &[];
            return Some(Err(Refusal::broken("a record reaches beyond the stream")));
        };
        self.stream = self.stream.get(4 + len..).unwrap_or_default();
        Some(Ok((kind, data)))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, data) = match self.take()? {
            Ok(record) => record,
            Err(refusal) => return Some(Err(refusal)),
        };
        let mut more = Vec::new();
        while u16_at(self.stream, 0) == Some(CONTINUE) {
            match self.take() {
                Some(Ok((_, data))) => more.push(data),
                Some(Err(refusal)) => return Some(Err(refusal)),
                None => break,
            }
        }
        Some(Ok(Record { kind, data, more }))
    }
}

#[cfg(test)]
mod tests {
    use super::Records;

    #[test]
    fn continuations_belong_to_their_record() {
        let stream = [6, 0, 1, 0, 9, 0x3C, 0, 2, 0, 1, 2, 0x3C, 0, 0, 0, 10, 0, 0, 0, 0];
        let records: Vec<_> = Records::of(&stream)
            .map(|record| record.map(|r| (r.kind, r.data, r.more)))
            .collect();
        assert_eq!(
            records,
            [Ok((6, &[9][..], vec![&[1, 2][..], &[]])), Ok((10, &[][..], Vec::new()))]
        );
    }

    #[test]
    fn a_record_beyond_the_stream_is_an_error_and_the_end() {
        let mut records = Records::of(&[6, 0, 200, 0, 1]);
        assert!(records.next().is_some_and(|record| record.is_err()));
        assert!(records.next().is_none());
    }
}
