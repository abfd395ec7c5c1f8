-- The four hot writes.

-- name: count_view
-- 40,000,000 a day
UPDATE products SET views = views + 1 WHERE id = 77;

-- name: sign_up
-- 3,000 a day. This address is taken, in another spelling: the insert has to fail.
INSERT INTO customers (email, country_code) VALUES ('CUSTOMER.1234@example.org', 'BY');

-- name: place_order
-- 900,000 a day
INSERT INTO orders (customer_id, status, created_at, total_cents, address)
VALUES (421, 'open', '2026-03-01T12:00Z', 4200, 'Street 1');

-- name: retire_product
-- 200 a day. Postgres has to make sure that no order line refers to it.
DELETE FROM products WHERE id = 505;
