-- The logs of lots. On SQLite they are in a file of their own (migrations/bids), so that no import stands before a bid.
-- A row of bid_batch is what was put in order, signed and synced together: the lines of its steps as one text. The keys are
-- a fence by themselves: each batch names the place before it, which must be the last of another batch of the lot, and
-- nothing follows a place twice. So a lot's batches are one chain without a gap, whoever writes.
-- A lot keeps the public key of its receipts, so that its package can be written without the secret one.
CREATE TABLE bid_lot (
    lot TEXT PRIMARY KEY,
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
    CHECK (to_seq >= from_seq),
    CHECK ((after_seq IS NULL AND from_seq = 1) OR after_seq = from_seq - 1)
);

CREATE UNIQUE INDEX bid_batch_to ON bid_batch (lot, to_seq);
ALTER TABLE bid_batch ADD FOREIGN KEY (lot, after_seq) REFERENCES bid_batch (lot, to_seq);

-- Packing lines costs more than writing them, and a bidder waits for it.
ALTER TABLE bid_batch ALTER COLUMN lines SET STORAGE EXTERNAL;

-- Signs of life of the nodes: a lot stands still when nobody could have put its bids in order. Worth nothing after a crash of
-- the database, and not worth a sync.
CREATE UNLOGGED TABLE bid_beat (
    node BIGINT NOT NULL,
    lane BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (node, lane)
);
