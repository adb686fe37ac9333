import { describe, expect, it } from 'vitest';
import { postgresTables } from '../../../../../src/storage/sql/schema/postgres-ddl.ts';
import { sqliteTables } from '../../../../../src/storage/sql/schema/sqlite-ddl.ts';
import { columnCheck, optional, required, type Table } from '../../../../../src/storage/sql/schema/table.ts';

const PETS: Table = {
  name: 'pets',
  meaning: "a person's pet",
  columns: [
    required('id', 'text', 'UUID'),
    required('owner_id', 'text', 'people.id'),
    required('kind', 'text', 'cat or dog', { oneOf: ['cat', 'dog'], fallback: "'cat'" }),
    optional('age', 'count', 'years', { most: 40 }),
    optional('born_at', 'time', 'birth'),
    required('is_tame', 'flag', 'comes when called'),
    optional('food_bytes', 'bytes', 'bytes'),
    optional('temper', 'number', 'degrees', { mayBeNegative: true }),
    optional('named_on', 'date', 'day'),
    required('tricks', 'json', 'array', { fallback: "'[]'" }),
  ],
  primaryKey: ['id', 'born_at'],
  foreignKeys: [{ column: 'owner_id', table: 'people', onDelete: 'CASCADE' }],
  checks: [{ name: 'pets_whole', condition: 'age <> 13' }],
  indexes: [
    { name: 'pets_by_owner', on: ['owner_id', 'kind'] },
    { name: 'pets_old', on: ['age'], isUnique: true, where: 'age > 20' },
  ],
  monthlyBy: 'born_at',
};

describe('a table of both SQL stores', () => {
  it('is made on SQLite with its meanings as comments', () => {
    expect(sqliteTables([PETS])).toEqual([
      `CREATE TABLE pets ( -- a person's pet
  id TEXT NOT NULL, -- UUID
  owner_id TEXT NOT NULL, -- people.id
  kind TEXT NOT NULL DEFAULT 'cat' CHECK (kind IN ('cat', 'dog')), -- cat or dog
  age INTEGER CHECK (age >= 0 AND age <= 40), -- years
  born_at TEXT CHECK (born_at GLOB '????-??-??T??:??:??*Z'), -- birth
  is_tame INTEGER NOT NULL CHECK (is_tame IN (0, 1)), -- comes when called
  food_bytes INTEGER CHECK (food_bytes >= 0), -- bytes
  temper REAL, -- degrees
  named_on TEXT CHECK (named_on GLOB '????-??-??'), -- day
  tricks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tricks)), -- array
  PRIMARY KEY (id, born_at),
  FOREIGN KEY (owner_id) REFERENCES people (id) ON DELETE CASCADE,
  CONSTRAINT pets_whole CHECK (age <> 13)
) STRICT`,
      'CREATE INDEX pets_by_owner ON pets (owner_id, kind)',
      'CREATE UNIQUE INDEX pets_old ON pets (age) WHERE age > 20',
    ]);
  });

  it('is made on PostgreSQL by month, with its meanings as comments', () => {
    const [table, comments, ...indexes] = postgresTables([PETS]);
    expect(table).toBe(`CREATE TABLE pets (
  id text COLLATE "C" NOT NULL,
  owner_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL DEFAULT 'cat' CHECK (kind IN ('cat', 'dog')),
  age integer CHECK (age >= 0 AND age <= 40),
  born_at timestamptz,
  is_tame boolean NOT NULL,
  food_bytes bigint CHECK (food_bytes >= 0),
  temper double precision,
  named_on date,
  tricks jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (id, born_at),
  FOREIGN KEY (owner_id) REFERENCES people (id) ON DELETE CASCADE,
  CONSTRAINT pets_whole CHECK (age <> 13)
) PARTITION BY RANGE (born_at)`);
    expect(comments).toContain("COMMENT ON TABLE pets IS 'a person''s pet';\n");
    expect(comments).toContain("COMMENT ON COLUMN pets.age IS 'years'");
    expect(indexes).toEqual(sqliteTables([PETS]).slice(1));
  });

  it('has no partitions where it says nothing of months', () => {
    const { monthlyBy: _, ...plain } = PETS;
    expect(postgresTables([plain])[0]).not.toContain('PARTITION');
  });
});

describe('columnCheck', () => {
  it('keeps numbers at 0 or above unless they may be below', () => {
    expect(columnCheck(optional('a', 'number', ''))).toBe('a >= 0');
    expect(columnCheck(optional('a', 'number', '', { mayBeNegative: true }))).toBeNull();
    expect(columnCheck(optional('a', 'count', '', { least: 1 }))).toBe('a >= 1');
    expect(columnCheck(optional('a', 'number', '', { mayBeNegative: true, most: 5 }))).toBe('a <= 5');
    expect(columnCheck(optional('a', 'text', ''))).toBeNull();
  });
});
