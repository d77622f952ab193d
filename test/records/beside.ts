import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { derive } from '../../agent/records/keyring.js';

/** Opens the store's database beside the store, as somebody with the key can. */
export function openBeside(home: string, name: 'main' | 'keys' | 'search'): Database.Database {
  const file = name === 'main' ? 'vestibule.db' : `${name}.db`;
  const root = Buffer.from(readFileSync(join(`${home}-keys`, 'root.key'), 'utf8').trim(), 'hex');
  const database = new Database(join(home, 'records', file));
  database.pragma(`cipher = 'sqlcipher'`);
  database.pragma(`key = "x'${derive(root, `database/${name}`).toString('hex')}'"`);
  return database;
}
