-- The index on views makes the newsletter of every hour a little faster. For that each of the 40 million
-- page views a day has to move an index entry, and no update can stay within its page.

-- A customer's orders: the equality first, then the range and the order. The total in the leaves
-- answers customer_spending without the table.
CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id, created_at) INCLUDE (total_cents);

-- One order in a hundred is open, and the index knows no others.
CREATE INDEX CONCURRENTLY orders_open_idx ON orders (created_at) WHERE status = 'open';

CREATE INDEX CONCURRENTLY orders_created_at_idx ON orders (created_at);

-- The expression that login compares; unique, so that no spelling of an address comes twice.
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (lower(email));

-- Two directions in one order: a scan runs through an index forward or backward, not both at once.
CREATE INDEX CONCURRENTLY tickets_waiting_idx ON tickets (queue, priority DESC, opened_at)
  WHERE closed_at IS NULL;

CREATE INDEX CONCURRENTLY order_lines_product_idx ON order_lines (product_id) INCLUDE (quantity);

-- Begin like another index or a primary key.
DROP INDEX CONCURRENTLY orders_customer_id_idx;
DROP INDEX CONCURRENTLY order_lines_order_id_idx;

-- Too few distinct values, too small a table, and a column that no query compares.
DROP INDEX CONCURRENTLY orders_status_idx;
DROP INDEX CONCURRENTLY countries_name_idx;
DROP INDEX CONCURRENTLY customers_email_idx;
