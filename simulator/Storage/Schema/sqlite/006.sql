-- What the service would have sent, the last of each client and all that wait. id is client * 2^36 + the client's own
-- count of messages, and voucher the id of the voucher's row; next_attempt is there only while a message waits.
ALTER TABLE client ADD COLUMN last_message INTEGER NOT NULL DEFAULT 0;
CREATE TABLE message (
    id            INTEGER PRIMARY KEY,
    voucher       INTEGER NOT NULL,
    channel       INTEGER NOT NULL,
    recipient     TEXT    NOT NULL,
    subject       TEXT,
    text          TEXT    NOT NULL,
    state         INTEGER NOT NULL,
    created       INTEGER NOT NULL,
    due           INTEGER NOT NULL,
    reason        TEXT,
    attempts      INTEGER NOT NULL,
    first_attempt INTEGER,
    next_attempt  INTEGER
);
CREATE INDEX message_waiting ON message (next_attempt) WHERE next_attempt IS NOT NULL;
