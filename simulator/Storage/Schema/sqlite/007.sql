-- Seeded without its value being counted for the weekly limit, so that a cancel has none to give back.
ALTER TABLE voucher ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 0;
