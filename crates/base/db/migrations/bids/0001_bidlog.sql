-- The logs of lots, in a file of their own with one writer: no import's lock or sync stands before a bid.
-- A row of bid_batch is what was put in order, signed and synced together: the lines of its steps as one text. The keys are
-- a fence by themselves: each batch names the place before it, which must be the last of another batch of the lot, and
-- nothing follows a place twice. So a lot's batches are one chain without a gap, whoever writes.
-- A lot keeps the public key of its receipts, so that its package can be written without the secret one.
CREATE TABLE bid_lot (
    lot TEXT NOT NULL PRIMARY KEY,
    rules TEXT NOT NULL,
    key TEXT NOT NULL,
    is_over BOOLEAN NOT NULL,
    opened_at BIGINT NOT NULL
);

CREATE INDEX bid_lot_open ON bid_lot (is_over);

CREATE TABLE bid_batch (
    lot TEXT NOT NULL REFERENCES bid_lot (lot),
    from_seq BIGINT NOT NULL,
    to_seq BIGINT NOT NULL,
    after_seq BIGINT,
    at BIGINT NOT NULL,
    before_head TEXT NOT NULL,
    head TEXT NOT NULL,
    root TEXT NOT NULL,
    signature TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (lot, from_seq),
    FOREIGN KEY (lot, after_seq) REFERENCES bid_batch (lot, to_seq),
    CHECK (to_seq >= from_seq),
    CHECK ((after_seq IS NULL AND from_seq = 1) OR after_seq = from_seq - 1)
);

CREATE UNIQUE INDEX bid_batch_to ON bid_batch (lot, to_seq);
