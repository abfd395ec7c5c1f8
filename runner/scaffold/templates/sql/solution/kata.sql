-- TODO: Replace this sample by the queries that you would be proud to show; start here.

-- name: city_totals
SELECT city, sum(price_cents) AS total_cents
FROM orders
WHERE city IS NOT NULL
GROUP BY city;
