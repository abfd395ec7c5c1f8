-- One SELECT below each name. The table is in schema.sql, the columns are in the brief.

-- name: city_totals
-- TODO: Add up the prices of each city.
