-- Pushes (R016, R127-R131, R147): who follows what, what every university should get and got, the messages on their way,
-- and what is recommended to markets elsewhere. Addresses, secrets and contacts are sealed; everything else repeats open
-- values only.

-- Whether the other side refused a message for good: an address that does not exist is no server that is down.
ALTER TABLE outbox ADD COLUMN refused BOOLEAN NOT NULL DEFAULT FALSE;

-- What was seen to be public, entry by entry. `gist` holds what decides whether it fits somebody; an entry is pushed again
-- only when it differs in substance, which counts the edition up.
CREATE TABLE push_item (
    entry_id UUID PRIMARY KEY REFERENCES entry (id),
    kind TEXT NOT NULL,
    edition BIGINT NOT NULL,
    state TEXT NOT NULL,
    gist TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    ended_at BIGINT,
    changed_at BIGINT NOT NULL
);
CREATE INDEX push_item_list ON push_item (kind, state, published_at);

-- The fields of industry that an organisation declares for what is pushed to its liaison; none declared means all.
CREATE TABLE push_field (
    org_id UUID NOT NULL REFERENCES organisation (id),
    sector TEXT NOT NULL,
    PRIMARY KEY (org_id, sector)
);

-- How a person is reached: quiet hours as minutes of the day, WeChat and webhook sealed.
CREATE TABLE push_person (
    user_id UUID PRIMARY KEY REFERENCES user_account (id),
    quiet_from BIGINT NOT NULL,
    quiet_until BIGINT NOT NULL,
    rhythm TEXT NOT NULL,
    openid BYTEA,
    hook BYTEA,
    changed_at BIGINT NOT NULL
);

-- Who wants no more mails: a person, or a liaison without an account.
CREATE TABLE push_off (
    recipient UUID PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE push_subscription (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account (id),
    name TEXT NOT NULL,
    kinds TEXT NOT NULL,
    sectors TEXT NOT NULL,
    region TEXT NOT NULL,
    words TEXT NOT NULL,
    finder TEXT NOT NULL,
    rhythm TEXT NOT NULL,
    channels TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX push_subscription_user ON push_subscription (user_id, created_at);
CREATE INDEX push_subscription_state ON push_subscription (state, id);

-- The register of R128: each need with each university that should get it, and what became of it (R129).
CREATE TABLE push_target (
    entry_id UUID NOT NULL REFERENCES entry (id),
    org_id UUID NOT NULL REFERENCES organisation (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    recipient UUID,
    since_at BIGINT NOT NULL,
    pushed_at BIGINT,
    channel TEXT NOT NULL DEFAULT '',
    opened_at BIGINT,
    answer TEXT NOT NULL DEFAULT '',
    answered_at BIGINT,
    PRIMARY KEY (entry_id, org_id)
);
CREATE INDEX push_target_org ON push_target (org_id, state);

-- What goes to one person by one channel about one edition of one entry; many of them may share a message of the outbox.
CREATE TABLE push_message (
    id UUID PRIMARY KEY,
    recipient UUID NOT NULL,
    is_user BOOLEAN NOT NULL,
    entry_id UUID NOT NULL REFERENCES entry (id),
    edition BIGINT NOT NULL,
    event TEXT NOT NULL,
    channel TEXT NOT NULL,
    org_id UUID,
    subscription_id UUID,
    state TEXT NOT NULL,
    held TEXT NOT NULL DEFAULT '',
    due_at BIGINT NOT NULL,
    outbox_id UUID,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    opened_at BIGINT,
    answer TEXT NOT NULL DEFAULT '',
    answer_why TEXT NOT NULL DEFAULT '',
    answer_note BYTEA,
    answered_at BIGINT
);
CREATE UNIQUE INDEX push_message_once ON push_message (recipient, entry_id, edition, event, channel);
CREATE INDEX push_message_due ON push_message (state, due_at);
CREATE INDEX push_message_outbox ON push_message (outbox_id);
CREATE INDEX push_message_entry ON push_message (entry_id, org_id);
CREATE INDEX push_message_subscription ON push_message (subscription_id);

-- Markets and alliances elsewhere (R016, R130). The token is kept as its hash only.
CREATE TABLE push_partner (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    contact BYTEA NOT NULL,
    token_hash BYTEA,
    feedback_days BIGINT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX push_partner_name ON push_partner (name);
CREATE UNIQUE INDEX push_partner_token ON push_partner (token_hash);

CREATE TABLE push_batch (
    id UUID PRIMARY KEY,
    partner_id UUID NOT NULL REFERENCES push_partner (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID,
    due_at BIGINT NOT NULL,
    fetched_at BIGINT,
    reminded_at BIGINT,
    reminders BIGINT NOT NULL DEFAULT 0,
    closed_at BIGINT
);
CREATE UNIQUE INDEX push_batch_number ON push_batch (partner_id, number);
CREATE INDEX push_batch_due ON push_batch (closed_at, due_at);

CREATE TABLE push_batch_item (
    batch_id UUID NOT NULL REFERENCES push_batch (id),
    entry_id UUID NOT NULL REFERENCES entry (id),
    position BIGINT NOT NULL,
    stage TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch_id, entry_id)
);

CREATE TABLE push_feedback (
    id UUID PRIMARY KEY,
    batch_id UUID NOT NULL REFERENCES push_batch (id),
    entry_id UUID,
    stage TEXT NOT NULL,
    note BYTEA NOT NULL,
    at BIGINT NOT NULL,
    by_user UUID,
    way TEXT NOT NULL
);
CREATE INDEX push_feedback_batch ON push_feedback (batch_id, at);
