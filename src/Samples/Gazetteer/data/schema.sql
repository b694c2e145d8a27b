-- The master's schema. make-dump.sh loads it and the rows, then mariadb-dump writes gazetteer.sql.gz.
-- utf8mb4_unicode_520_ci: ignores case and accents ("concepcion" finds "Concepción"), known to MariaDB and MySQL alike.
CREATE DATABASE gazetteer CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE gazetteer;

CREATE TABLE country (
  code CHAR(2) CHARACTER SET ascii NOT NULL COMMENT 'ISO 3166-1 alpha-2',
  name VARCHAR(80) NOT NULL COMMENT 'in English',
  PRIMARY KEY (code)
) ENGINE=InnoDB;

CREATE TABLE country_name (
  country CHAR(2) CHARACTER SET ascii NOT NULL,
  language VARCHAR(3) CHARACTER SET ascii NOT NULL COMMENT 'ISO 639',
  name VARCHAR(120) NOT NULL,
  PRIMARY KEY (country, language),
  KEY name (name),
  CONSTRAINT country_name_country FOREIGN KEY (country) REFERENCES country (code)
) ENGINE=InnoDB COMMENT='names of countries in their readers'' languages and scripts';

CREATE TABLE admin1 (
  country CHAR(2) CHARACTER SET ascii NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(100) NOT NULL,
  PRIMARY KEY (country, code),
  CONSTRAINT admin1_country FOREIGN KEY (country) REFERENCES country (code)
) ENGINE=InnoDB COMMENT='first-level divisions: states, provinces';

CREATE TABLE admin2 (
  country CHAR(2) CHARACTER SET ascii NOT NULL,
  admin1 VARCHAR(20) NOT NULL,
  code VARCHAR(40) NOT NULL,
  name VARCHAR(120) NOT NULL,
  PRIMARY KEY (country, admin1, code),
  CONSTRAINT admin2_country FOREIGN KEY (country) REFERENCES country (code)
) ENGINE=InnoDB COMMENT='second-level divisions: counties, districts';

-- admin1 and admin2 are no foreign keys: GeoNames has places whose division has no entry of its own.
CREATE TABLE place (
  id INT UNSIGNED NOT NULL,
  name VARCHAR(200) NOT NULL,
  lat DECIMAL(7,5) NOT NULL COMMENT 'degrees, WGS 84',
  lng DECIMAL(8,5) NOT NULL COMMENT 'degrees, WGS 84',
  country CHAR(2) CHARACTER SET ascii NOT NULL,
  admin1 VARCHAR(20) DEFAULT NULL,
  admin2 VARCHAR(40) DEFAULT NULL,
  PRIMARY KEY (id),
  KEY name (name),
  KEY position (lat, lng),
  CONSTRAINT place_country FOREIGN KEY (country) REFERENCES country (code)
) ENGINE=InnoDB COMMENT='places with more than 1000 inhabitants, and seats of administration';

CREATE VIEW place_detail AS
SELECT place.id, place.name, place.lat, place.lng,
       place.country, country.name AS country_name, admin1.name AS admin1_name, admin2.name AS admin2_name
FROM place
JOIN country ON country.code = place.country
LEFT JOIN admin1 ON admin1.country = place.country AND admin1.code = place.admin1
LEFT JOIN admin2 ON admin2.country = place.country AND admin2.admin1 = place.admin1 AND admin2.code = place.admin2;

DELIMITER //
CREATE FUNCTION distance_km(lat1 DOUBLE, lng1 DOUBLE, lat2 DOUBLE, lng2 DOUBLE) RETURNS DOUBLE
  DETERMINISTIC NO SQL
  COMMENT 'great-circle distance by the haversine formula, mean earth radius 6371.0088 km'
BEGIN
  DECLARE h DOUBLE DEFAULT POW(SIN(RADIANS(lat2 - lat1) / 2), 2)
    + COS(RADIANS(lat1)) * COS(RADIANS(lat2)) * POW(SIN(RADIANS(lng2 - lng1) / 2), 2);
  RETURN 2 * 6371.0088 * ASIN(LEAST(1, SQRT(h)));
END//
DELIMITER ;
