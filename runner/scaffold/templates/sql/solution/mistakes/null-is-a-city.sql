-- TODO: One or two sentences to the learner who holds this misconception, such as: GROUP BY puts all NULLs
-- into one group, so the orders that were not sent come out as one more city.

-- name: city_totals
SELECT city, sum(price_cents) AS total_cents
FROM orders
GROUP BY city;
