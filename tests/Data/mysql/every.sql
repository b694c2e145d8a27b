-- What MySQL has and MariaDB has not, or writes differently.
CREATE DATABASE every;
USE every;
CREATE TABLE computed (a INT PRIMARY KEY, b INT AS (a + 1) VIRTUAL, c INT AS (a * 2) STORED, d VARCHAR(40) DEFAULT (uuid()), e INT INVISIBLE DEFAULT 5, INDEX (b), UNIQUE f ((a + 7)));
INSERT INTO computed (a, d, e) VALUES (3, 'x', 1), (1, 'y', 2), (2, 'z', 3);
CREATE TABLE expression_first (a INT, b VARCHAR(30), UNIQUE k1 ((upper(b))), UNIQUE k2 (a));
INSERT INTO expression_first VALUES (9, 'a'), (2, 'c'), (5, 'b');
CREATE TABLE expression_only (a INT, b VARCHAR(30), UNIQUE k1 ((upper(b)), a));
INSERT INTO expression_only VALUES (9, 'z'), (2, 'c'), (5, 'b');
SET sql_generate_invisible_primary_key = ON;
CREATE TABLE invisible_key (a INT, t TEXT);
SET sql_generate_invisible_primary_key = OFF;
INSERT INTO invisible_key VALUES (3, 'q'), (4, 'r');
CREATE TABLE types (
  id SERIAL, ti TINYINT, bo BOOL, bi BIT(9), de DECIMAL(20, 5), fl FLOAT, db DOUBLE, da DATE, dt DATETIME(6), ts TIMESTAMP(3) NULL, t TIME(2), y YEAR, c CHAR(5), bin BINARY(4),
  vb VARBINARY(9), bl BLOB, tx TEXT, en ENUM('a', 'ö''s'), st SET('x', 'y'), j JSON, g GEOMETRY, p POINT NOT NULL SRID 4326, v VECTOR(3), l1 VARCHAR(20) CHARACTER SET latin1,
  SPATIAL INDEX (p), CHECK (ti < 100), CONSTRAINT nn CHECK (bo IN (0, 1)) NOT ENFORCED);
INSERT INTO types VALUES (
  1, 1, true, b'101', 1.5, 1.5, 1.25e300, '2020-01-01', '2020-01-01 12:13:14.123456', '2020-02-02 01:02:03.456', '-12:13:14.5', 1999, 'ab ', 'a', '\0\1', '\xff\0',
  'te\'x\nt"\\', 'ö\'s', 'x,y', '{"a": [1, 2, "x"], "ä": "\\"q"}', ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(10 20)', 4326), STRING_TO_VECTOR('[1,2,3]'), 'ünï');
INSERT INTO types (id, p) VALUES (2, ST_GeomFromText('POINT(11 20)', 4326));
CREATE TABLE parts (a INT PRIMARY KEY, b INT) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
INSERT INTO parts VALUES (1, 1), (20, 2);
CREATE TABLE parent (a INT PRIMARY KEY) COLLATE utf8mb4_unicode_ci ROW_FORMAT=COMPRESSED COMMENT='it''s';
CREATE TABLE newer (t VARCHAR(9)) COLLATE utf8mb4_0900_ai_ci;
CREATE TABLE child (a INT PRIMARY KEY, b INT, FOREIGN KEY (b) REFERENCES parent (a)) AUTO_INCREMENT=77;
CREATE TABLE indexes (a INT AUTO_INCREMENT PRIMARY KEY, b INT, KEY d (b DESC), KEY inv (b) INVISIBLE, FULLTEXT KEY ft (c), c TEXT);
CREATE VIEW one AS SELECT a, b, e FROM computed;
CREATE VIEW another AS SELECT count(*) n FROM one;
DELIMITER //
CREATE TRIGGER tr BEFORE INSERT ON child FOR EACH ROW BEGIN SET NEW.b = NEW.b; END//
CREATE PROCEDURE pr (IN x INT) BEGIN SELECT x; END//
CREATE FUNCTION fu (x INT) RETURNS INT DETERMINISTIC RETURN x + 1//
CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DO BEGIN SELECT 1; END//
DELIMITER ;
