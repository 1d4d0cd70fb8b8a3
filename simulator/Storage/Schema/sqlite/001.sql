-- One row a client. day_totals packs (day number, pence) pairs; times are ticks of UTC.
CREATE TABLE client (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL,
    key          BLOB    NOT NULL UNIQUE,
    is_sandbox   INTEGER NOT NULL,
    seed         INTEGER NOT NULL,
    campaigns    TEXT    NOT NULL,
    weekly_limit INTEGER,
    clock_offset INTEGER NOT NULL,
    clock_frozen INTEGER,
    last_serial  INTEGER NOT NULL,
    day_totals   BLOB    NOT NULL,
    last_used    INTEGER NOT NULL
);

-- id is client * 2^36 + serial: a client's vouchers grow at the end of its own range, and a code leads to its
-- serial by arithmetic, so nothing here is written in random order.
CREATE TABLE voucher (
    id             INTEGER PRIMARY KEY,
    code           TEXT    NOT NULL,
    campaign       TEXT    NOT NULL,
    pence          INTEGER NOT NULL,
    issued_at      INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    reference      TEXT    NOT NULL,
    recipient      TEXT,
    customer_name  TEXT,
    address        TEXT,
    post_code      TEXT,
    link_tail      TEXT,
    uses_left      INTEGER NOT NULL,
    used           INTEGER NOT NULL,
    per_reference  INTEGER NOT NULL,
    state          INTEGER NOT NULL
);

-- Only of campaigns that count the vouchers of a customer reference.
CREATE TABLE reference (
    client    INTEGER NOT NULL,
    campaign  TEXT    NOT NULL,
    reference TEXT    NOT NULL,
    serial    INTEGER NOT NULL,
    PRIMARY KEY (client, campaign, reference, serial)
) WITHOUT ROWID;

-- What /readyz writes to see that the file takes writes.
CREATE TABLE ready (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL);
INSERT INTO ready VALUES (1, 0);
