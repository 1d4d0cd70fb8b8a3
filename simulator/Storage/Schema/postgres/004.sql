-- The last calls of each client, as JSON, beside what they are filtered by. A number that grows with time makes the order.
CREATE TABLE journal (
    client    bigint  NOT NULL,
    id        bigint  NOT NULL,
    operation text    NOT NULL,
    outcome   text    NOT NULL,
    status    integer NOT NULL,
    struck    boolean NOT NULL,
    campaign  text,
    reference text,
    code      text,
    body      bytea   NOT NULL,
    PRIMARY KEY (client, id)
);

-- Entries up to this one are cleared, those included that a replica has yet to write.
ALTER TABLE client ADD COLUMN journal_from bigint NOT NULL DEFAULT 0;
