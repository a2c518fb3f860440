-- Where other components reach a worker, for those that serve them (witness vector generators).
ALTER TABLE workers ADD COLUMN address text;
