-- One row a client: whoever decides something of it holds this row's lock. day_totals packs (day number, pence)
-- pairs; times are ticks of UTC.
CREATE TABLE client (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text    NOT NULL,
    key          bytea   NOT NULL UNIQUE,
    is_sandbox   boolean NOT NULL,
    seed         bigint  NOT NULL,
    campaigns    text    NOT NULL,
    weekly_limit bigint,
    clock_offset bigint  NOT NULL,
    clock_frozen bigint,
    last_serial  bigint  NOT NULL,
    day_totals   bytea   NOT NULL,
    last_used    bigint  NOT NULL
) WITH (fillfactor = 50);

-- A code leads to its serial by arithmetic, so no other index is needed.
CREATE TABLE voucher (
    client         bigint   NOT NULL,
    serial         bigint   NOT NULL,
    code           text     NOT NULL,
    campaign       text     NOT NULL,
    pence          bigint   NOT NULL,
    issued_at      bigint   NOT NULL,
    expires_at     bigint   NOT NULL,
    reference      text     NOT NULL,
    recipient      text,
    customer_name  text,
    address        text,
    post_code      text,
    link_tail      text,
    uses_left      integer  NOT NULL,
    used           boolean  NOT NULL,
    per_reference  boolean  NOT NULL,
    state          smallint NOT NULL,
    PRIMARY KEY (client, serial)
);

-- Only of campaigns that count the vouchers of a customer reference.
CREATE TABLE reference (
    client    bigint NOT NULL,
    campaign  text   NOT NULL,
    reference text   NOT NULL,
    serial    bigint NOT NULL,
    PRIMARY KEY (client, campaign, reference, serial)
);

-- What /readyz writes to see that the server takes writes.
CREATE TABLE ready (one integer PRIMARY KEY CHECK (one = 1), at bigint NOT NULL);
INSERT INTO ready VALUES (1, 0);
