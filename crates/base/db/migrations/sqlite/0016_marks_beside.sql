-- The marks of an entry stand beside it, so that they can be taken out without an index of their own by entry: one in
-- three of what a long sheet writes was that index.
ALTER TABLE entry ADD COLUMN marks BLOB NOT NULL DEFAULT x'';
UPDATE entry SET marks = COALESCE(
    (SELECT d.marks FROM entry_alike_due d WHERE d.entry_id = entry.id),
    (SELECT unhex(group_concat(printf('%016x', a.mark), '')) FROM entry_alike a WHERE a.entry_id = entry.id),
    x'');
DROP INDEX entry_alike_entry;
CREATE TABLE entry_alike_next (
    entry_id BLOB PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO entry_alike_next (entry_id) SELECT entry_id FROM entry_alike_due;
DROP TABLE entry_alike_due;
ALTER TABLE entry_alike_next RENAME TO entry_alike_due;
