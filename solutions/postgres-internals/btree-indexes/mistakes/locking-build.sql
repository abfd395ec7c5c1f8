-- A plain CREATE INDEX locks its table against writes until it is built. On a table of real size no order
-- can be placed for minutes.

-- A customer's orders: the equality first, then the range and the order. The total in the leaves
-- answers customer_spending without the table.
CREATE INDEX orders_customer_idx ON orders (customer_id, created_at) INCLUDE (total_cents);

-- One order in a hundred is open, and the index knows no others.
CREATE INDEX orders_open_idx ON orders (created_at) WHERE status = 'open';

CREATE INDEX orders_created_at_idx ON orders (created_at);

-- The expression that login compares; unique, so that no spelling of an address comes twice.
CREATE UNIQUE INDEX customers_email_key ON customers (lower(email));

-- Two directions in one order: a scan runs through an index forward or backward, not both at once.
CREATE INDEX tickets_waiting_idx ON tickets (queue, priority DESC, opened_at)
  WHERE closed_at IS NULL;

CREATE INDEX order_lines_product_idx ON order_lines (product_id) INCLUDE (quantity);

-- Begin like another index or a primary key.
DROP INDEX orders_customer_id_idx;
DROP INDEX order_lines_order_id_idx;

-- Too few distinct values, too small a table, and a column that no query compares.
DROP INDEX orders_status_idx;
DROP INDEX countries_name_idx;
DROP INDEX customers_email_idx;

-- Has to be rewritten at every page view.
DROP INDEX products_views_idx;
