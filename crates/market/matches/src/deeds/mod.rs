//! What is done: sides are brought together, talk, agree or decline; matches are judged.

pub(crate) mod judging;
pub(crate) mod opening;
pub(crate) mod reminding;
pub(crate) mod scanning;
pub(crate) mod talking;
pub(crate) mod telling;
