-- One SELECT below each name; it may begin with WITH. The table is in schema.sql, the columns are in the brief.

-- name: tip_ranking
-- TODO: Rank the deliveries of each city by their tip.

-- name: running_total
-- TODO: Add up each courier's tips, delivery by delivery.

-- name: pauses
-- TODO: Measure the minutes since the courier's previous delivery.

-- name: moving_averages
-- TODO: Average the tips over three different frames.

-- name: shifts
-- TODO: Return one row per shift of a courier.

-- name: streaks
-- TODO: Return one row per run of consecutive working days of a courier.

-- name: recent_shares
-- TODO: List the recent deliveries with their share of all the city's tips.
