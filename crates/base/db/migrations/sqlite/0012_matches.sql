-- Threads in which both sides of a need and an offer are brought together through the platform (R151). Names are withheld
-- until both have agreed: what people write, who they are and why they decline is sealed. Keyed by the entries' ids without
-- references: what becomes of an entry is told by its own state.
CREATE TABLE match_thread (
    id BLOB PRIMARY KEY,
    need_id BLOB NOT NULL,
    offer_id BLOB NOT NULL,
    opened_by BLOB,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    note BLOB,
    opened_at BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    agreed_at BIGINT,
    closed_at BIGINT,
    reminders BIGINT NOT NULL DEFAULT 0,
    remind_at BIGINT
);
-- A need and an offer talk in one place: two who bring them together at once cannot both succeed.
CREATE UNIQUE INDEX match_thread_live ON match_thread (need_id, offer_id) WHERE state <> 'closed';
CREATE INDEX match_thread_offer ON match_thread (offer_id);
CREATE INDEX match_thread_opener ON match_thread (opened_by, moved_at);
CREATE INDEX match_thread_remind ON match_thread (state, remind_at);
CREATE TABLE match_side (
    thread_id BLOB NOT NULL REFERENCES match_thread (id),
    side TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    party BLOB,
    decided_at BIGINT,
    decided_by BLOB,
    PRIMARY KEY (thread_id, side)
);
CREATE TABLE match_message (
    id BLOB PRIMARY KEY,
    thread_id BLOB NOT NULL REFERENCES match_thread (id),
    part TEXT NOT NULL,
    sender_id BLOB,
    at BIGINT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX match_message_thread ON match_message (thread_id, at);

-- What people say of a match: a level from 1 to 4, and why it does not fit. The last word of each person counts; the audit
-- trail has the earlier ones. Verdicts change the ranking at once.
CREATE TABLE match_verdict (
    need_id BLOB NOT NULL,
    offer_id BLOB NOT NULL,
    said_by BLOB NOT NULL,
    level BIGINT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    said_at BIGINT NOT NULL,
    PRIMARY KEY (need_id, offer_id, said_by)
);
CREATE INDEX match_verdict_offer ON match_verdict (offer_id, said_at);
