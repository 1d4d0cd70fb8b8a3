-- What a reset brings back, and what the client has asked for beside its limit and its clock, as JSON.
ALTER TABLE client ADD COLUMN first_limit bigint;
UPDATE client SET first_limit = weekly_limit;
ALTER TABLE client ADD COLUMN steering text;

-- What became of a voucher after its issue, in order; only vouchers that something happened to have rows.
CREATE TABLE event (
    client   bigint   NOT NULL,
    serial   bigint   NOT NULL,
    id       bigint   GENERATED ALWAYS AS IDENTITY,
    kind     smallint NOT NULL,
    at       bigint   NOT NULL,
    outlet   text,
    terminal text,
    pence    bigint   NOT NULL,
    text     text,
    PRIMARY KEY (client, serial, id)
);
