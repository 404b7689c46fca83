//! Passwords: what is accepted, and how they are kept (argon2id, beside the async threads, a few at a time).

use std::sync::Arc;

use argon2::password_hash::phc::{PasswordHash, SaltString};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jcore::{App, Fault, Result};
use kernel::Issue;
use kernel::text::fold;

use crate::guard::Guard;
