//! Where bids are kept: the logs of lots, durable on either store before anybody is answered. On SQLite in a file of their
//! own with one writer, on PostgreSQL under the lot's lock, so that no import stands before a bid.
