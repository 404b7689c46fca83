-- An entry with its sealed parts is some 3 KB. PostgreSQL would take every row of more than 2 KB apart, and try to press
-- together first what is sealed, which can't be. A row stays in one piece up to a page, as on SQLite.
ALTER TABLE entry SET (toast_tuple_target = 8160);
ALTER TABLE entry ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE entry ALTER COLUMN raw SET STORAGE EXTERNAL;
ALTER TABLE intake_row SET (toast_tuple_target = 8160);
ALTER TABLE intake_row ALTER COLUMN body SET STORAGE EXTERNAL;
