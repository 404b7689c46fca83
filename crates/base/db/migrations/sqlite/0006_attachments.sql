-- Papers that are attached to entries. They are keyed by the entry's id without a reference to it: an entry goes when its
-- batch is rolled back, and a job takes its papers after it. What people wrote (title, findings, text) is sealed.
-- A slot is one of the few places that an entry has, so that two who upload at once cannot both take the last.
CREATE TABLE attachment (
    id BLOB PRIMARY KEY,
    entry_id BLOB NOT NULL,
    slot BIGINT NOT NULL,
    file_id BLOB NOT NULL REFERENCES file (id),
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    preview BLOB NOT NULL,
    is_public BOOLEAN NOT NULL,
    is_signed BOOLEAN NOT NULL,
    names_owner BOOLEAN NOT NULL,
    stripped TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    created_by BLOB
);
CREATE UNIQUE INDEX attachment_slot ON attachment (entry_id, slot);
CREATE INDEX attachment_file ON attachment (file_id);

-- Files whose row is gone and whose content is still to be removed from the file store: written in the act that deletes
-- the row, so that content neither goes before the act is sure nor stays for ever.
CREATE TABLE file_gone (
    id BLOB PRIMARY KEY,
    at BIGINT NOT NULL
);
