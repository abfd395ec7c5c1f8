CREATE TABLE orders (
  id          int PRIMARY KEY,
  city        text, -- NULL until the order is sent
  price_cents int NOT NULL
);

INSERT INTO orders VALUES
  (1, 'lyon', 900), (2, 'lyon', 100), (3, 'porto', 400), (4, NULL, 250);
