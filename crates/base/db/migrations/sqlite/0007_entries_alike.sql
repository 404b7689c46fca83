-- By what entries that say nearly the same are found (R139): each entry has a few keyed marks of its open texts, and two
-- that say nearly the same have one in common. A mark tells nothing by itself; whether they are alike is asked of the texts.
CREATE TABLE entry_alike (
    entry_id BLOB NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    mark BIGINT NOT NULL,
    PRIMARY KEY (entry_id, mark)
);
CREATE INDEX entry_alike_mark ON entry_alike (mark, entry_id);
