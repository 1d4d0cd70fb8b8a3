-- What the service would have sent, the last of each client and all that wait. next_attempt is there only while a
-- message waits.
ALTER TABLE client ADD COLUMN last_message bigint NOT NULL DEFAULT 0;
CREATE TABLE message (
    client        bigint   NOT NULL,
    id            bigint   NOT NULL,
    serial        bigint   NOT NULL,
    channel       smallint NOT NULL,
    recipient     text     NOT NULL,
    subject       text,
    text          text     NOT NULL,
    state         smallint NOT NULL,
    created       bigint   NOT NULL,
    due           bigint   NOT NULL,
    reason        text,
    attempts      integer  NOT NULL,
    first_attempt bigint,
    next_attempt  bigint,
    PRIMARY KEY (client, id)
);
CREATE INDEX message_waiting ON message (next_attempt) WHERE next_attempt IS NOT NULL;
