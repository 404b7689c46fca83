-- What lists are answered from holds what is published, and nothing else: a province's year comes in as drafts, and each
-- of them was written into three wide indexes that nobody asks before it is public.
DROP INDEX entry_list;
DROP INDEX entry_words;
DROP INDEX entry_tally;
CREATE INDEX entry_list ON entry (state, kind, published_at, expires_at, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, id) WHERE state = 'published';
CREATE INDEX entry_words ON entry (state, kind, words, published_at, expires_at, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, id) WHERE state = 'published';
CREATE INDEX entry_tally ON entry (state, kind, region, sector) WHERE state = 'published';

DROP INDEX entry_expiry;
CREATE INDEX entry_expiry ON entry (state, expires_at) WHERE state = 'published';

-- Of the same thing only one may be handed in, as before; one index now finds and forbids. What is handed in has the same
-- last part, and is there once; what is not has its own id. The key comes first: it tells the kind, too, and PostgreSQL looks
-- through a whole kind otherwise while it knows nothing of a table that is being filled.
DROP INDEX entry_dup_live;
DROP INDEX entry_dup;
CREATE UNIQUE INDEX entry_dup ON entry (dup_key, kind, (CASE WHEN dup_key <> '' AND state IN ('submitted', 'accepted', 'published') THEN '00000000-0000-0000-0000-000000000000'::uuid ELSE id END));

-- Marks in their own order, once instead of three times. They lie all over that order, so those of a long sheet wait
-- beside it, an entry's together, and are put in by the thousand.
ALTER TABLE entry_alike DROP CONSTRAINT entry_alike_pkey;
ALTER TABLE entry_alike DROP CONSTRAINT entry_alike_entry_id_fkey;
DROP INDEX entry_alike_mark;
ALTER TABLE entry_alike ADD PRIMARY KEY (mark, entry_id);
CREATE INDEX entry_alike_entry ON entry_alike (entry_id);
CREATE TABLE entry_alike_due (
    entry_id UUID PRIMARY KEY,
    marks BYTEA NOT NULL
);
