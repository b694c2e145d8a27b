-- The museum's own schema. make-dump.sh loads it and the rows, then mariadb-dump writes labels.sql.
CREATE DATABASE labels CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE labels;

CREATE TABLE object (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  inventory CHAR(7) CHARACTER SET ascii NOT NULL COMMENT 'such as M.00042',
  name VARCHAR(80) NOT NULL,
  material VARCHAR(40) NOT NULL,
  year SMALLINT NOT NULL COMMENT 'about when it was made',
  label VARCHAR(1000) NOT NULL COMMENT 'what visitors read beside it',
  version INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'counts changes, so that nobody writes over what they have not seen',
  PRIMARY KEY (id),
  UNIQUE KEY inventory (inventory)
) ENGINE=InnoDB COMMENT='objects of a museum that there is not';
