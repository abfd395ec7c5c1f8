-- Your statements, each on its own: CREATE INDEX and DROP INDEX, the new ones first.
-- The tables and the old indexes are in schema.sql, the work is in queries.sql and writes.sql.

-- TODO: Create the indexes that the queries and writes need.

-- TODO: Drop the indexes that cost more than they bring.
