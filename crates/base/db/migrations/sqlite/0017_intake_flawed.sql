-- Rows about which there is something to report, in the order of the file: a report of a long batch went through all the
-- others, once for each of its parts.
CREATE INDEX intake_row_flawed ON intake_row (batch_id, number) WHERE errors > 0 OR warnings > 0;
