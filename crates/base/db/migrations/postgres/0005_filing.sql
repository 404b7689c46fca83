-- What a unit files for a season beside its rows: its mandate (委托服务协议, R118), and the days on which its papers came
-- (R062, R120, R121). The signatory's name is sealed. Versions are kept; one of them counts at most.
CREATE TABLE mandate (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES organisation (id),
    season TEXT NOT NULL,
    programme TEXT NOT NULL,
    version BIGINT NOT NULL,
    person BYTEA NOT NULL,
    signed_day TEXT NOT NULL,
    until_day TEXT,
    file_id UUID NOT NULL REFERENCES file (id),
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    sent_at BIGINT NOT NULL,
    sent_by UUID,
    decided_at BIGINT,
    decided_by UUID
);
CREATE INDEX mandate_org ON mandate (org_id, season, version);
CREATE INDEX mandate_state ON mandate (state, sent_at);

-- A day on which something came, by channel; a later word of the same unit, paper and channel takes its place.
CREATE TABLE filing_receipt (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES organisation (id),
    programme TEXT NOT NULL,
    deadline TEXT NOT NULL,
    channel TEXT NOT NULL,
    day TEXT NOT NULL,
    stamped BOOLEAN NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    kept_at BIGINT NOT NULL,
    kept_by UUID,
    ended_at BIGINT
);
CREATE INDEX filing_receipt_org ON filing_receipt (org_id, programme, deadline, channel);

-- Units that took part before this platform knew them: the centre says so, with a reason.
CREATE TABLE took_part (
    org_id UUID PRIMARY KEY REFERENCES organisation (id),
    reason TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    said_by UUID
);

-- Credit codes whose check character fails on a real licence: the centre saw it and lets the code pass.
CREATE TABLE uscc_pass (
    code TEXT PRIMARY KEY,
    licence TEXT NOT NULL,
    reason TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    said_by UUID
);
