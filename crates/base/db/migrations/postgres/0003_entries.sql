-- Programmes in force and waivers of their soft rules.
CREATE TABLE programme (
    key TEXT PRIMARY KEY,
    year BIGINT NOT NULL,
    text TEXT NOT NULL,
    in_force BOOLEAN NOT NULL,
    loaded_at BIGINT NOT NULL,
    loaded_by UUID
);
CREATE TABLE waiver (
    id UUID PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (key),
    rule TEXT NOT NULL,
    org_id UUID NOT NULL REFERENCES organisation (id),
    reason TEXT NOT NULL,
    granted_by UUID NOT NULL,
    granted_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX waiver_org ON waiver (programme, org_id);

-- An uploaded workbook and its rows, as they came. What people wrote is sealed, since it holds names and phones: a row's
-- body, and in `about` the names of file and sheet and where its columns are.
-- No user: brought in from the command line by who owns the machine.
CREATE TABLE intake_batch (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    org_id UUID REFERENCES organisation (id),
    user_id UUID,
    file_id UUID REFERENCES file (id),
    about BYTEA NOT NULL,
    state TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX intake_batch_user ON intake_batch (user_id, created_at);
CREATE INDEX intake_batch_org ON intake_batch (org_id, created_at);
CREATE TABLE intake_row (
    id UUID PRIMARY KEY,
    batch_id UUID NOT NULL REFERENCES intake_batch (id),
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    state TEXT NOT NULL,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',
    subject_id UUID
);
CREATE UNIQUE INDEX intake_row_number ON intake_row (batch_id, number);
CREATE INDEX intake_row_state ON intake_row (batch_id, state, number);

-- Every need and every offer. `open` holds what anyone may see, `sealed` what is withheld, `raw` what was typed.
-- The columns from sector to org_name are facets for lists: they repeat open values only, never a withheld one.
CREATE TABLE entry (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    org_id UUID NOT NULL REFERENCES organisation (id),
    author_id UUID NOT NULL,
    programme TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    summary TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    dup_key TEXT NOT NULL DEFAULT '',
    open TEXT NOT NULL DEFAULT '{}',
    sealed BYTEA NOT NULL,
    raw BYTEA NOT NULL,
    withheld TEXT NOT NULL DEFAULT '',
    sector TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT '',
    trl BIGINT,
    modes TEXT NOT NULL DEFAULT '',
    plan_level TEXT NOT NULL DEFAULT '',
    price_min BIGINT,
    price_max BIGINT,
    price_kind TEXT NOT NULL DEFAULT '',
    org_name TEXT,
    roadshow BOOLEAN NOT NULL DEFAULT FALSE,
    score BIGINT NOT NULL DEFAULT 0,
    batch_id UUID REFERENCES intake_batch (id),
    batch_row BIGINT,
    valid_days BIGINT NOT NULL DEFAULT 180,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    submitted_at BIGINT,
    accepted_at BIGINT,
    published_at BIGINT,
    expires_at BIGINT,
    closed_at BIGINT,
    reminded_at BIGINT
);
-- Everything a list filters, sorts and counts by, so that it is answered from the index alone.
CREATE INDEX entry_list ON entry (state, kind, published_at, expires_at, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, id);
-- The same with the words before it, for lists that search: apart, since it is ten times as large.
CREATE INDEX entry_words ON entry (state, kind, words, published_at, expires_at, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, id);
-- The home page's counts come in the order of this index, so that nothing is sorted.
CREATE INDEX entry_tally ON entry (state, kind, region, sector);
CREATE INDEX entry_org ON entry (org_id, state, kind);
CREATE INDEX entry_dup ON entry (kind, dup_key);
-- Of the same thing only one may be handed in: two who hand it in at once cannot both succeed.
CREATE UNIQUE INDEX entry_dup_live ON entry (kind, dup_key) WHERE dup_key <> '' AND state IN ('submitted', 'accepted', 'published');
CREATE INDEX entry_expiry ON entry (state, expires_at);
CREATE INDEX entry_queue ON entry (state, submitted_at);
CREATE INDEX entry_batch ON entry (batch_id);

-- The life of an entry: who moved it from which state to which, with structured reasons (R138, R139).
CREATE TABLE entry_event (
    id UUID PRIMARY KEY,
    entry_id UUID NOT NULL REFERENCES entry (id),
    at BIGINT NOT NULL,
    actor_id UUID,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]',
    note BYTEA
);
CREATE INDEX entry_event_entry ON entry_event (entry_id, at);
