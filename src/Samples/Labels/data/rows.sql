-- Three hundred objects, put together of parts: the same each time.
USE labels;
INSERT INTO object (inventory, name, material, year, label)
SELECT CONCAT('M.', LPAD(n, 5, '0')), CONCAT(UPPER(LEFT(thing, 1)), SUBSTR(thing, 2)), material, year,
       CONCAT(IF(thing REGEXP '^[aeiou]', 'An ', 'A '), thing, ' of ', material, ', about ', year, '. ', found, ' ', place, '. ', detail, ' ', remark)
FROM (
  SELECT seq AS n, 1100 + CRC32(CONCAT('year', seq)) MOD 760 AS year,
    ELT(1 + CRC32(CONCAT('thing', seq)) MOD 24, 'oil lamp', 'drinking cup', 'comb', 'door key', 'brooch', 'writing tablet', 'weight', 'spindle whorl', 'bowl', 'mirror', 'spoon', 'ring',
      'whistle', 'buckle', 'needle case', 'ink pot', 'figurine', 'money box', 'lantern', 'bell', 'seal', 'thimble', 'candlestick', 'hinge') AS thing,
    ELT(1 + CRC32(CONCAT('material', seq)) MOD 12, 'bronze', 'clay', 'bone', 'iron', 'silver', 'oak', 'glass', 'slate', 'horn', 'brass', 'pewter', 'limestone') AS material,
    ELT(1 + CRC32(CONCAT('found', seq)) MOD 6, 'Found near', 'Dug up behind', 'Brought to us by children who played at', 'Lost, and found again, at', 'Bought from a family that lived by', 'Came to light in a drain under') AS found,
    ELT(1 + CRC32(CONCAT('place', seq)) MOD 10, 'the old harbour', 'the well in Mill Lane', 'the north gate', 'the gardens of Priory Street', 'the rope walk', 'the market hall', 'the ferry landing', 'the salt cellars',
      'the bell foundry', 'the tannery') AS place,
    ELT(1 + CRC32(CONCAT('detail', seq)) MOD 12, 'The edge is worn by many hands.', 'A scratch may be its owner''s mark.', 'It was repaired once, with a rivet of another metal.', 'Its pair is in the next town.',
      'Nobody knows what the small hole is for.', 'A child has left a fingerprint in it.', 'The pattern is that of the weavers'' guild.', 'It was made in a hurry.', 'Soot shows that it was used.',
      'The maker''s name is on the back, misspelt.', 'One of three that were found together.', 'A drawing of 1780 shows it whole.') AS detail,
    ELT(1 + CRC32(CONCAT('remark', seq)) MOD 8, 'Please do not touch.', 'There is a copy for children at the desk.', 'It is shown in winter only, for its colours.', 'We would like to know more: do you?', 'It returns from the workshop next spring.',
      'Turn the wheel to see the other side.', 'The receipt is in the archive.', 'It has been here since the museum opened.') AS remark
  FROM seq_1_to_300
) AS parts
ORDER BY n;
