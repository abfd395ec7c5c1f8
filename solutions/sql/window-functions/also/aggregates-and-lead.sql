-- Written with named windows, frames spelled out or replaced by arithmetic, starts found by lag with a default,
-- islands found by comparing neighbors, and first_value over the reversed order.

-- name: tip_ranking
select id, city, tip_cents,
  row_number() over (by_tip order by tip_cents desc, id asc) as position,
  1 + count(*) over (by_tip order by tip_cents desc groups between unbounded preceding and 1 preceding) as rank,
  dense_rank() over (by_tip order by tip_cents desc) as dense_rank
from deliveries
window by_tip as (partition by city)
order by city, position;

-- name: running_total
select id, courier, sum(tip_cents) over (partition by courier order by delivered_at, id) as total_cents
from deliveries

-- name: pauses
with pairs as (
  select *, lag(delivered_at) over (partition by courier order by delivered_at, id) as before from deliveries
)
select pause_minutes, id, courier
from (select id, courier, (extract(epoch from delivered_at) - extract(epoch from before))::float8 / 60 as pause_minutes
      from pairs) as timed;

-- name: moving_averages
select id, courier,
  1.0 * sum(tip_cents) over three / count(*) over three as last_3_deliveries,
  avg(tip_cents) over (partition by courier order by day - date '2000-01-01' range between 6 preceding and current row) as last_7_days,
  avg(tip_cents::float8) over (partition by courier order by day groups between 1 preceding and current row) as last_2_working_days
from deliveries
window three as (partition by courier order by delivered_at, id rows between 2 preceding and current row);

-- name: shifts
with steps as (
  select courier, delivered_at, id,
    case when delivered_at <= lag(delivered_at, 1, '-infinity') over (partition by courier order by delivered_at, id) + interval '1 hour'
      then 0 else 1 end as step
  from deliveries
), shifts as (
  select *, sum(step) over (partition by courier order by delivered_at, id rows unbounded preceding) as shift from steps
)
select courier, shift, min(delivered_at) as started_at, max(delivered_at) as ended_at, count(id) as deliveries
from shifts group by 1, 2 order by 1, 2;

-- name: streaks
with days as (
  select courier, day from deliveries group by courier, day
), steps as (
  select courier, day, (day - lag(day) over (partition by courier order by day) = 1) is not true as starts from days
), islands as (
  select courier, day, count(*) filter (where starts) over (partition by courier order by day) as island from steps
)
select courier, min(day) as first_day, max(day) as last_day, max(day) - min(day) + 1 as days
from islands group by courier, island;

-- name: recent_shares
with everything as (
  select *,
    tip_cents * 100 / sum(tip_cents) over city::numeric as share_percent,
    first_value(id) over (city order by delivered_at desc, id desc) as latest_id
  from deliveries
  window city as (partition by city)
)
select id, city, tip_cents, share_percent, latest_id from everything where day > '2026-03-08';
