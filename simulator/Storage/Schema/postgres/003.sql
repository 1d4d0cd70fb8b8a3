-- The last batch of each writer of the client, the latest first. Every change of the client or of its vouchers changes
-- it, so whoever remembers it knows with one comparison whether all else that it remembers still holds; and a writer
-- whose connection broke finds its batch in it, or knows that it was not kept.
ALTER TABLE client ADD COLUMN version bigint[] NOT NULL DEFAULT '{}';
