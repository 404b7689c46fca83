-- What a batch's rows would come to, and what their sender settled before.
-- `again` is what the check expects of a row (new, changed, same), so that a page counts without opening bodies.
ALTER TABLE intake_row ADD COLUMN again TEXT NOT NULL DEFAULT '';

-- Which field a sender's column of this head is, as they corrected it once: a head is kept as a keyed fingerprint, since
-- a misread head may be somebody's data. `owner_id` is the sender's organisation, or the person who has none.
CREATE TABLE intake_habit (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL,
    kind TEXT NOT NULL,
    head_key BYTEA NOT NULL,
    field TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX intake_habit_head ON intake_habit (owner_id, kind, head_key);
