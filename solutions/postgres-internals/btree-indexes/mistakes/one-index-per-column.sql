-- Each column of a WHERE clause has got an index of its own. A query then walks one of them and checks the
-- other conditions row by row, none of them delivers the order, and each insert pays for all.

CREATE INDEX CONCURRENTLY orders_created_at_idx ON orders (created_at);

-- The expression that login compares; unique, so that no spelling of an address comes twice.
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (lower(email));

CREATE INDEX CONCURRENTLY tickets_queue_idx ON tickets (queue);
CREATE INDEX CONCURRENTLY tickets_closed_at_idx ON tickets (closed_at);
CREATE INDEX CONCURRENTLY tickets_priority_idx ON tickets (priority);

CREATE INDEX CONCURRENTLY order_lines_product_idx ON order_lines (product_id) INCLUDE (quantity);

-- Begins like a primary key.
DROP INDEX CONCURRENTLY order_lines_order_id_idx;

-- Too small a table, and a column that no query compares.
DROP INDEX CONCURRENTLY countries_name_idx;
DROP INDEX CONCURRENTLY customers_email_idx;

-- Has to be rewritten at every page view.
DROP INDEX CONCURRENTLY products_views_idx;
