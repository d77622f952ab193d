/** Every version of the configuration file, whole, so that one goes back to it to the byte. */
export const configurationVersions = `
  CREATE TABLE configuration_version (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    hash TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
`;
