-- The courier service's deliveries. `day` is computed from `delivered_at`, in UTC.
CREATE TABLE deliveries (
  id           int PRIMARY KEY,
  courier      text NOT NULL,
  city         text NOT NULL,
  delivered_at timestamptz NOT NULL, -- full minutes
  day          date GENERATED ALWAYS AS ((delivered_at AT TIME ZONE 'UTC')::date) STORED,
  tip_cents    int NOT NULL CHECK (tip_cents > 0)
);

INSERT INTO deliveries (id, courier, city, delivered_at, tip_cents) VALUES
  ( 1, 'ana',   'lyon',  '2026-03-02 08:10Z', 100),
  ( 2, 'ana',   'lyon',  '2026-03-02 08:40Z', 300),
  ( 3, 'ana',   'lyon',  '2026-03-02 08:40Z', 200),
  ( 4, 'ana',   'lyon',  '2026-03-02 13:00Z', 400),
  ( 5, 'ana',   'lyon',  '2026-03-03 09:00Z', 100),
  ( 6, 'ana',   'lyon',  '2026-03-09 09:30Z', 300),
  ( 7, 'ben',   'porto', '2026-03-03 10:00Z', 500),
  ( 8, 'ben',   'porto', '2026-03-04 10:05Z', 100),
  ( 9, 'ben',   'porto', '2026-03-09 11:00Z', 200),
  (10, 'ben',   'porto', '2026-03-10 11:30Z', 200),
  (11, 'chike', 'lyon',  '2026-03-08 22:50Z', 600);
