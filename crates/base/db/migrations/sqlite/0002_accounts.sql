-- Organisations, people, what they may do, and their sign-ins.
CREATE TABLE organisation (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    former_names TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    identity_kind TEXT NOT NULL,
    identity TEXT,
    country TEXT NOT NULL DEFAULT 'CN',
    region TEXT,
    address TEXT NOT NULL DEFAULT '',
    park TEXT NOT NULL DEFAULT '',
    intro TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    merged_into BLOB REFERENCES organisation (id),
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisation_identity ON organisation (identity_kind, country, identity);
CREATE INDEX organisation_name ON organisation (name_key);
CREATE INDEX organisation_list ON organisation (state, kind, region);

CREATE TABLE qualification (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    from_day TEXT,
    until_day TEXT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX qualification_org ON qualification (org_id);

CREATE TABLE user_account (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone BLOB,
    password TEXT,
    state TEXT NOT NULL,
    lang TEXT NOT NULL DEFAULT 'zh',
    failures BIGINT NOT NULL DEFAULT 0,
    locked_until BIGINT NOT NULL DEFAULT 0,
    password_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX user_account_email ON user_account (email);

-- A person's belonging to an organisation: asked (a claim waiting for review), active, left, refused.
CREATE TABLE membership (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account (id),
    org_id BLOB NOT NULL REFERENCES organisation (id),
    state TEXT NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    asked_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by BLOB,
    left_at BIGINT
);
CREATE INDEX membership_user ON membership (user_id);
CREATE INDEX membership_org ON membership (org_id, state);
CREATE INDEX membership_state ON membership (state, asked_at);

CREATE TABLE role_grant (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account (id),
    role TEXT NOT NULL,
    org_id BLOB REFERENCES organisation (id),
    region TEXT,
    granted_by BLOB,
    granted_at BIGINT NOT NULL,
    until_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX role_grant_user ON role_grant (user_id, ended_at);
CREATE INDEX role_grant_org ON role_grant (org_id, role, ended_at);

CREATE TABLE delegation (
    id BLOB PRIMARY KEY,
    from_user BLOB NOT NULL REFERENCES user_account (id),
    to_user BLOB NOT NULL REFERENCES user_account (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX delegation_to ON delegation (to_user, until_at);

-- Tokens are kept as hashes only: who reads the table cannot sign in with it.
CREATE TABLE login_session (
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES user_account (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE UNIQUE INDEX login_session_token ON login_session (token_hash);
CREATE INDEX login_session_user ON login_session (user_id);

CREATE TABLE api_token (
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES user_account (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX api_token_token ON api_token (token_hash);
CREATE INDEX api_token_user ON api_token (user_id);

-- One-time links by mail: reset of a password, unlocking, confirmation of an address.
CREATE TABLE mail_token (
    token_hash BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account (id),
    purpose TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX mail_token_user ON mail_token (user_id);

CREATE TABLE consent (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account (id),
    document TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX consent_user ON consent (user_id, document);

-- R021: exactly one liaison in office a university; earlier ones stay as history. The person's data are sealed.
CREATE TABLE liaison (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES organisation (id),
    user_id BLOB REFERENCES user_account (id),
    person BLOB NOT NULL,
    person_key BLOB NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    ended_reason TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX liaison_in_office ON liaison (org_id) WHERE until_at IS NULL;
CREATE INDEX liaison_org ON liaison (org_id, from_at);
