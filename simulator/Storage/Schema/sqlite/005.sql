-- What the admin set for all clients, as JSON: every replica goes by it.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    json TEXT NOT NULL
);
