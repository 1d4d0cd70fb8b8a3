-- What the admin set for all clients, as JSON: every replica goes by it.
CREATE TABLE setting (
    name text PRIMARY KEY,
    json text NOT NULL
);
