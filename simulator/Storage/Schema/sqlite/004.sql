-- The last calls of each client, as JSON, beside what they are filtered by. A number that grows with time makes the order.
CREATE TABLE journal (
    client    INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    operation TEXT    NOT NULL,
    outcome   TEXT    NOT NULL,
    status    INTEGER NOT NULL,
    struck    INTEGER NOT NULL,
    campaign  TEXT,
    reference TEXT,
    code      TEXT,
    body      BLOB    NOT NULL
);
CREATE UNIQUE INDEX journal_of ON journal (client, id);
