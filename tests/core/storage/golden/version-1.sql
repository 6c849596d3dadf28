-- A database as version 1 of the tables left it; tst_migration makes it and lets the program of today open it.
PRAGMA auto_vacuum=INCREMENTAL;
PRAGMA application_id=1348563564;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE epochs (number INTEGER PRIMARY KEY AUTOINCREMENT, epoch TEXT NOT NULL UNIQUE, since BIGINT NOT NULL);
CREATE TABLE rooms (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, head BIGINT NOT NULL DEFAULT 0, created BIGINT NOT NULL);
CREATE TABLE messages (id BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, cid TEXT, timestamp BIGINT NOT NULL, content TEXT NOT NULL);
CREATE UNIQUE INDEX messages_cid ON messages (person, cid) WHERE cid IS NOT NULL;
INSERT INTO meta VALUES ('schema', '1');
INSERT INTO epochs VALUES (1, '9d1c6e0b7f2a4c559d1c6e0b7f2a4c55', 1700000000000);
INSERT INTO epochs VALUES (2, '3f0c2b9a51d84be0a7c5d2e19b604f77', 1700000100000);
INSERT INTO rooms VALUES (1, 'general', 'General', 3, 1700000000000);
INSERT INTO rooms VALUES (4, 'kitchen', 'Kitchen', 1, 1700000000001);
INSERT INTO messages VALUES (68719476737, 1, 'Anna', 'p1', 'c-1', 1700000000010, 'the first of all');
INSERT INTO messages VALUES (68719476738, 1, 'Бен', 'p2', NULL, 1700000000020, 'Привет 😀');
INSERT INTO messages VALUES (68719476739, 2, 'Anna', 'p1', 'c-2', 1700000100030, 'after a restore');
INSERT INTO messages VALUES (274877906945, 2, 'ليلى', 'p3', 'c-1', 1700000100040, 'مرحبا');
