-- The twelve queries, with the number of times they run on a busy day.

-- name: customer_orders
-- 2,000,000 a day: the first page of "My orders"
SELECT id, status, created_at, total_cents
FROM orders
WHERE customer_id = 421
ORDER BY created_at DESC
LIMIT 10;

-- name: customer_quarter
-- 300,000 a day: the statement of a quarter
SELECT id, status, address
FROM orders
WHERE customer_id = 421
  AND created_at >= '2025-04-01Z' AND created_at < '2025-07-01Z';

-- name: customer_spending
-- 1,000,000 a day: does the customer get free delivery?
SELECT sum(total_cents)
FROM orders
WHERE customer_id = 421 AND created_at >= '2025-09-01Z';

-- name: oldest_open_orders
-- 100,000 a day: the warehouse asks for work
SELECT id, customer_id, created_at
FROM orders
WHERE status = 'open'
ORDER BY created_at
LIMIT 20;

-- name: orders_of_an_hour
-- 50,000 a day: the live chart
SELECT count(*), sum(total_cents)
FROM orders
WHERE created_at >= '2025-12-24T18:00Z' AND created_at < '2025-12-24T19:00Z';

-- name: average_by_status
-- 1 a day: the report for the owners
SELECT status, avg(total_cents)
FROM orders
GROUP BY status;

-- name: login
-- 500,000 a day
SELECT id
FROM customers
WHERE lower(email) = lower('customer.1234@example.ORG');

-- name: country_code
-- 200,000 a day
SELECT code
FROM countries
WHERE name = 'Country 7';

-- name: next_tickets
-- 80,000 a day: the support desk asks for work
SELECT id, priority, opened_at
FROM tickets
WHERE queue = 'billing' AND closed_at IS NULL
ORDER BY priority DESC, opened_at
LIMIT 5;

-- name: product_sales
-- 400,000 a day: "sold 312 times"
SELECT sum(quantity)
FROM order_lines
WHERE product_id = 77;

-- name: lines_of_an_order
-- 900,000 a day
SELECT line_no, product_id, quantity
FROM order_lines
WHERE order_id = 12345
ORDER BY line_no;

-- name: most_viewed
-- 24 a day: the newsletter
SELECT id, title
FROM products
ORDER BY views DESC
LIMIT 10;
