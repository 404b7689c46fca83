-- What lists are answered from holds what is published, and nothing else: a province's year comes in as drafts, and each
-- of them was written into three wide indexes that nobody asks before it is public.
DROP INDEX entry_list;
DROP INDEX entry_words;
DROP INDEX entry_tally;
CREATE INDEX entry_list ON entry (state, kind, published_at, expires_at, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, id) WHERE state = 'published';
CREATE INDEX entry_words ON entry (state, kind, words, published_at, expires_at, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, id) WHERE state = 'published';
CREATE INDEX entry_tally ON entry (state, kind, region, sector) WHERE state = 'published';

-- Marks in their own order, once instead of three times. They lie all over that order, so those of a long sheet wait
-- beside it, an entry's together, and are put in by the thousand.
CREATE TABLE entry_mark (
    mark BIGINT NOT NULL,
    entry_id BLOB NOT NULL,
    PRIMARY KEY (mark, entry_id)
) WITHOUT ROWID;
INSERT INTO entry_mark (mark, entry_id) SELECT mark, entry_id FROM entry_alike ORDER BY mark, entry_id;
DROP TABLE entry_alike;
ALTER TABLE entry_mark RENAME TO entry_alike;
CREATE INDEX entry_alike_entry ON entry_alike (entry_id);
CREATE TABLE entry_alike_due (
    entry_id BLOB PRIMARY KEY,
    marks BLOB NOT NULL
) WITHOUT ROWID;
