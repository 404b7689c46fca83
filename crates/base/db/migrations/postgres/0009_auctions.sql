-- Lots (标的; R059–R061, R106, R147). What decides a lot is its log, which is kept apart; these rows hold what lies beside
-- it: what is sold and by whom, who takes part (sealed), what the bank says, and a mirror of where the log stands, so that
-- lists need not read logs. The mirror follows from the log and may be made again at any time.
CREATE TABLE lot (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL,
    org_id UUID NOT NULL REFERENCES organisation (id),
    region TEXT NOT NULL DEFAULT '',
    programme TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    mode TEXT NOT NULL,
    rules TEXT NOT NULL,
    terms TEXT NOT NULL,
    reserve BYTEA,
    rules_hash TEXT NOT NULL DEFAULT '',
    start_fen BIGINT NOT NULL,
    registers_until BIGINT,
    starts_at BIGINT,
    version BIGINT NOT NULL,
    origin_id UUID REFERENCES lot (id),
    round BIGINT NOT NULL DEFAULT 1,
    phase TEXT NOT NULL DEFAULT 'draft',
    seq BIGINT NOT NULL DEFAULT 0,
    price_fen BIGINT,
    bids BIGINT NOT NULL DEFAULT 0,
    bidders BIGINT NOT NULL DEFAULT 0,
    end_at BIGINT,
    announced_at BIGINT,
    closed_at BIGINT,
    award_paddle BIGINT,
    award_fen BIGINT,
    published_until BIGINT,
    confirmed_at BIGINT,
    ended_why TEXT NOT NULL DEFAULT '',
    created_by UUID,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX lot_number ON lot (number);
CREATE INDEX lot_list ON lot (state, phase, starts_at);
CREATE INDEX lot_org ON lot (org_id, created_at);

-- The offers that a lot sells: one, or a bundle.
CREATE TABLE lot_item (
    lot_id UUID NOT NULL REFERENCES lot (id),
    entry_id UUID NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (lot_id, entry_id)
);
CREATE INDEX lot_item_entry ON lot_item (entry_id);

-- Two officers find rules and times right; what they saw is held by its hash, and a change asks for both again.
CREATE TABLE lot_approval (
    lot_id UUID NOT NULL REFERENCES lot (id),
    user_id UUID NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (lot_id, user_id)
);

-- Officers are numbers in the logs.
CREATE TABLE lot_officer (
    number BIGINT PRIMARY KEY,
    user_id UUID NOT NULL
);
CREATE UNIQUE INDEX lot_officer_user ON lot_officer (user_id);

-- Who takes part. Who they are is sealed in `body`; the keys are keyed fingerprints, by which a person finds their own rows
-- and nobody bids twice. The log knows the paddle and a commitment alone.
CREATE TABLE lot_bidder (
    id UUID PRIMARY KEY,
    lot_id UUID NOT NULL REFERENCES lot (id),
    paddle BIGINT NOT NULL,
    user_key TEXT NOT NULL,
    org_key TEXT NOT NULL,
    body BYTEA NOT NULL,
    commitment TEXT NOT NULL,
    relation TEXT NOT NULL,
    rank BIGINT,
    pay_code TEXT NOT NULL,
    rules_hash TEXT NOT NULL,
    file_id UUID REFERENCES file (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    stage TEXT NOT NULL DEFAULT 'none',
    asked_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by UUID
);
CREATE UNIQUE INDEX lot_bidder_paddle ON lot_bidder (lot_id, paddle);
CREATE UNIQUE INDEX lot_bidder_org ON lot_bidder (lot_id, org_key);
CREATE UNIQUE INDEX lot_bidder_code ON lot_bidder (pay_code);
CREATE INDEX lot_bidder_user ON lot_bidder (user_key);

-- Questions on a lot's page, and their answers; both are public once answered.
CREATE TABLE lot_question (
    id UUID PRIMARY KEY,
    lot_id UUID NOT NULL REFERENCES lot (id),
    text TEXT NOT NULL,
    answer TEXT,
    asked_by UUID NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_by UUID,
    answered_at BIGINT
);
CREATE INDEX lot_question_lot ON lot_question (lot_id, asked_at);

-- Who wants to be told of a lot; and what was told already.
CREATE TABLE lot_watch (
    lot_id UUID NOT NULL REFERENCES lot (id),
    user_id UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (lot_id, user_id)
);
CREATE TABLE lot_told (
    lot_id UUID NOT NULL REFERENCES lot (id),
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (lot_id, what)
);

-- What the bank says. A statement is known by its hash, a line by what it says, so that neither counts twice.
CREATE TABLE bank_statement (
    id UUID PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    fresh_count BIGINT NOT NULL,
    matched_count BIGINT NOT NULL,
    imported_at BIGINT NOT NULL,
    imported_by UUID
);
CREATE UNIQUE INDEX bank_statement_hash ON bank_statement (sha256);
CREATE TABLE bank_line (
    id UUID PRIMARY KEY,
    statement_id UUID NOT NULL REFERENCES bank_statement (id),
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    body BYTEA NOT NULL,
    bidder_id UUID REFERENCES lot_bidder (id),
    state TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    settled_at BIGINT,
    settled_by UUID
);
CREATE UNIQUE INDEX bank_line_key ON bank_line (key);
CREATE INDEX bank_line_state ON bank_line (state, day);

-- Deposits that go back, and the files in which the bank is told so.
CREATE TABLE refund_batch (
    id UUID PRIMARY KEY,
    count BIGINT NOT NULL,
    sum_fen BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by UUID
);
CREATE TABLE refund (
    id UUID PRIMARY KEY,
    lot_id UUID NOT NULL REFERENCES lot (id),
    bidder_id UUID NOT NULL REFERENCES lot_bidder (id),
    amount_fen BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    batch_id UUID REFERENCES refund_batch (id),
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX refund_bidder ON refund (bidder_id);
CREATE INDEX refund_due ON refund (batch_id, due_at);

-- Open licences (专利开放许可, 专利法 50–52): one declared set of terms for everybody, and who took them.
CREATE TABLE open_licence (
    id UUID PRIMARY KEY,
    entry_id UUID NOT NULL,
    org_id UUID NOT NULL REFERENCES organisation (id),
    region TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    patent_kind TEXT NOT NULL,
    patent_no TEXT NOT NULL,
    state TEXT NOT NULL,
    terms TEXT NOT NULL,
    report_id UUID REFERENCES file (id),
    declared_day TEXT NOT NULL,
    announced_day TEXT,
    announcement_no TEXT NOT NULL DEFAULT '',
    withdrawn_day TEXT,
    version BIGINT NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX open_licence_list ON open_licence (state, changed_at);
CREATE INDEX open_licence_entry ON open_licence (entry_id);
CREATE TABLE licence_take (
    id UUID PRIMARY KEY,
    licence_id UUID NOT NULL REFERENCES open_licence (id),
    user_key TEXT NOT NULL,
    org_key TEXT NOT NULL,
    body BYTEA NOT NULL,
    state TEXT NOT NULL,
    paid_fen BIGINT,
    filing_no TEXT NOT NULL DEFAULT '',
    notified_at BIGINT NOT NULL,
    paid_at BIGINT,
    licensed_at BIGINT,
    filed_at BIGINT
);
CREATE UNIQUE INDEX licence_take_org ON licence_take (licence_id, org_key);
CREATE INDEX licence_take_user ON licence_take (user_key);

-- The scores of a scoring lot, sealed before a price is opened; the log holds their commitment.
CREATE TABLE lot_scores (
    lot_id UUID PRIMARY KEY REFERENCES lot (id),
    body BYTEA NOT NULL,
    sealed_at BIGINT NOT NULL,
    sealed_by UUID
);
