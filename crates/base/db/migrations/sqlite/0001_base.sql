-- The ground every capability stands on: audit, change log, outbox, inbox, jobs, files.
-- Audit entries carry a salted commitment beside their detail: erasing a person's data removes detail and salt,
-- and the chain over the commitments still checks.
CREATE TABLE audit_batch (
    no BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    root BLOB NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE TABLE audit_entry (
    id BLOB PRIMARY KEY,
    at BIGINT NOT NULL,
    actor BLOB,
    on_behalf BLOB,
    action TEXT NOT NULL,
    key TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    detail TEXT,
    salt BLOB,
    commitment BLOB NOT NULL,
    batch BIGINT REFERENCES audit_batch (no),
    position BIGINT
);
CREATE INDEX audit_entry_open ON audit_entry (batch, id);
CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor, id);

-- What changed, for readers with cursors of their own. On PostgreSQL commits may become visible out of the order of
-- seq, so readers go by (txid, seq) below the oldest open transaction; on SQLite there is one writer and txid is 0.
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    txid BIGINT NOT NULL DEFAULT 0,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL
);
CREATE INDEX change_log_order ON change_log (txid, seq);
CREATE TABLE change_cursor (
    consumer TEXT PRIMARY KEY,
    txid BIGINT NOT NULL,
    seq BIGINT NOT NULL
);

-- Messages to the outside. Recipient and payload are sealed: they hold addresses and names.
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    channel TEXT NOT NULL,
    payload BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    last_error TEXT
);
CREATE INDEX outbox_due ON outbox (state, due_at);

CREATE TABLE inbox (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    at BIGINT NOT NULL,
    key TEXT NOT NULL,
    args TEXT NOT NULL,
    link TEXT,
    read_at BIGINT
);
CREATE INDEX inbox_user ON inbox (user_id, read_at, at);

CREATE TABLE job (
    key TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    done_at BIGINT
);

-- A file's content lies sealed in the file store under its id; its name is sealed here.
CREATE TABLE file (
    id BLOB PRIMARY KEY,
    org_id BLOB,
    name BLOB NOT NULL,
    media TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BLOB NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    created_at BIGINT NOT NULL,
    created_by BLOB
);
CREATE INDEX file_subject ON file (subject_kind, subject_id);

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
