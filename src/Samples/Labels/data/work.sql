-- The queue, beside the museum's schema on the same master. It is in no dump: a frame has labels, and nothing of who asked for what.
CREATE DATABASE work CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE work;

CREATE TABLE job (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  object INT UNSIGNED NOT NULL COMMENT 'labels.object, of which similar ones are wanted',
  asked DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  done DATETIME(3) DEFAULT NULL COMMENT 'set by the transaction that writes the result',
  PRIMARY KEY (id),
  KEY waiting (done, id),
  KEY object (object, id)
) ENGINE=InnoDB;

CREATE TABLE result (
  job BIGINT UNSIGNED NOT NULL,
  data_version CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'of the frame that it was computed from',
  similar VARCHAR(200) CHARACTER SET ascii NOT NULL COMMENT 'ids, the most similar first, parted by commas',
  worker VARCHAR(64) NOT NULL,
  PRIMARY KEY (job), -- no job is done twice
  CONSTRAINT result_job FOREIGN KEY (job) REFERENCES job (id)
) ENGINE=InnoDB;

-- what the service and its workers may do here; in the museum's schema the image of the master gives them all rights
GRANT SELECT, INSERT, UPDATE ON work.* TO labels;
