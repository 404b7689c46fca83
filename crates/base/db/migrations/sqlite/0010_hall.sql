-- What lies beside the logs of lots while they are bid for. What officers said to everyone in the room; proxies (代理出价)
-- whose ceilings are sealed; offers under seal with what opens them, sealed too, since the log has their commitments only;
-- and the heads of the logs at the end of each day, which are published, so that nobody can write a log anew unseen.
CREATE TABLE lot_said (
    id BLOB PRIMARY KEY,
    lot_id BLOB NOT NULL REFERENCES lot (id),
    text TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    said_by BLOB
);
CREATE INDEX lot_said_lot ON lot_said (lot_id, said_at);
CREATE TABLE lot_proxy (
    lot_id BLOB NOT NULL REFERENCES lot (id),
    paddle BIGINT NOT NULL,
    ceiling BLOB NOT NULL,
    commitment TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (lot_id, paddle)
);
CREATE INDEX lot_proxy_open ON lot_proxy (ended_at);
CREATE TABLE lot_offer (
    lot_id BLOB NOT NULL REFERENCES lot (id),
    hash TEXT NOT NULL,
    paddle BIGINT NOT NULL,
    body BLOB NOT NULL,
    came_at BIGINT NOT NULL,
    PRIMARY KEY (lot_id, hash)
);
CREATE TABLE lot_digest (
    day TEXT NOT NULL,
    lot_id BLOB NOT NULL REFERENCES lot (id),
    seq BIGINT NOT NULL,
    head TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (day, lot_id)
);
