-- What a reset brings back, and what the client has asked for beside its limit and its clock, as JSON.
ALTER TABLE client ADD COLUMN first_limit INTEGER;
UPDATE client SET first_limit = weekly_limit;
ALTER TABLE client ADD COLUMN steering TEXT;

-- What became of a voucher after its issue, in order; only vouchers that something happened to have rows.
CREATE TABLE event (
    id       INTEGER PRIMARY KEY,
    voucher  INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    outlet   TEXT,
    terminal TEXT,
    pence    INTEGER NOT NULL,
    text     TEXT
);
CREATE INDEX event_voucher ON event (voucher);
