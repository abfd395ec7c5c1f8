-- The date is tested in the WHERE of the same SELECT, which runs before the windows: the earlier tips are
-- gone when the city's total is computed, and the shares come out too large.

-- name: tip_ranking
SELECT id, city, tip_cents,
  row_number() OVER (PARTITION BY city ORDER BY tip_cents DESC, id) AS position,
  rank()       OVER (PARTITION BY city ORDER BY tip_cents DESC) AS rank,
  dense_rank() OVER (PARTITION BY city ORDER BY tip_cents DESC) AS dense_rank
FROM deliveries;

-- name: running_total
SELECT id, courier,
  sum(tip_cents) OVER (
    PARTITION BY courier ORDER BY delivered_at, id
    ROWS UNBOUNDED PRECEDING
  ) AS total_cents
FROM deliveries;

-- name: pauses
SELECT id, courier,
  extract(epoch FROM delivered_at - lag(delivered_at) OVER (
    PARTITION BY courier ORDER BY delivered_at, id
  )) / 60 AS pause_minutes
FROM deliveries;

-- name: moving_averages
SELECT id, courier,
  avg(tip_cents) OVER (
    PARTITION BY courier ORDER BY delivered_at, id
    ROWS 2 PRECEDING
  ) AS last_3_deliveries,
  avg(tip_cents) OVER (
    PARTITION BY courier ORDER BY day
    RANGE INTERVAL '6 days' PRECEDING
  ) AS last_7_days,
  avg(tip_cents) OVER (
    PARTITION BY courier ORDER BY day
    GROUPS 1 PRECEDING
  ) AS last_2_working_days
FROM deliveries;

-- name: shifts
-- A shift's number is the count of the starts seen so far.
WITH marked AS (
  SELECT courier, delivered_at, id,
    delivered_at - lag(delivered_at) OVER w > INTERVAL '60 minutes' AS starts
  FROM deliveries
  WINDOW w AS (PARTITION BY courier ORDER BY delivered_at, id)
),
numbered AS (
  SELECT courier, delivered_at,
    1 + count(*) FILTER (WHERE starts) OVER (
      PARTITION BY courier ORDER BY delivered_at, id
    ) AS shift
  FROM marked
)
SELECT courier, shift,
  min(delivered_at) AS started_at,
  max(delivered_at) AS ended_at,
  count(*) AS deliveries
FROM numbered
GROUP BY courier, shift;

-- name: streaks
-- Along consecutive days the day and its number grow together, so that their difference stays.
WITH numbered AS (
  SELECT DISTINCT courier, day,
    day - dense_rank() OVER (PARTITION BY courier ORDER BY day)::int AS island
  FROM deliveries
)
SELECT courier,
  min(day) AS first_day,
  max(day) AS last_day,
  count(*) AS days
FROM numbered
GROUP BY courier, island;

-- name: recent_shares
SELECT id, city, tip_cents,
  100.0 * tip_cents / sum(tip_cents) OVER in_city AS share_percent,
  last_value(id) OVER in_city AS latest_id
FROM deliveries
WHERE day >= DATE '2026-03-09'
WINDOW in_city AS (
  PARTITION BY city ORDER BY delivered_at, id
  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);
