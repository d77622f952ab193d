import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Module } from './modules.js';
import { filesBelow } from './tree.js';

/** The control file. `bytes` is what the installed files take. */
export const controlOf = (version: string, bytes: number): string => `Package: vestibule
Version: ${version}
Section: comm
Priority: optional
Architecture: amd64
Maintainer: Vestibule <vestibule@localhost>
Installed-Size: ${String(Math.ceil(bytes / 1024))}
Depends: nodejs (>= 20.19), libc6 (>= 2.34), libstdc++6 (>= 11), espeak-ng, openssl, systemd | systemd-standalone-sysusers, util-linux
Recommends: python3, python3-pip, debian-archive-keyring, ca-certificates
Suggests: fail2ban
Description: self-hosted telephone receptionist
 Answers the calls of an office or clinic on its own server: says that it is no
 person, understands what callers want, takes messages, gives appointments and
 hands over to people. Nothing of a call leaves the machine.
 .
 Bundles the packages of npm that it runs (usr/share/doc/vestibule/BUNDLED), and
 neither Node.js nor Asterisk nor models: vestibule-provision fetches the latter two.
`;

/** What is in the package that others wrote; and what is not in it. */
export function bundledOf(
  modules: readonly Module[],
  licences: ReadonlyMap<string, string>,
): string {
  const rows = modules.map(
    ({ name, version }) =>
      `${`${name} ${version}`.padEnd(52)} ${licences.get(`${name}@${version}`) ?? 'see its folder'}`,
  );
  return `What this package bundles, below /usr/lib/vestibule/node_modules, each with its own licence file
there; docs/licences.md and bill-of-materials.json tell more.

${[...new Set(rows)].join('\n')}

Programs of these that are machine code: better-sqlite3 (SQLite with SQLCipher's format), onnxruntime-node,
koffi, @node-rs/argon2, vosk (libvosk), ffi-napi, ref-napi. The first is compiled where this package is
built; all others are the published files.

What it does not bundle: Node.js (nodejs >= 20.19 is needed), eSpeak NG, OpenSSL: Debian's packages.
Asterisk and the models: vestibule-provision fetches them into /var/lib/vestibule.
`;
}

export const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: vestibule

Files: *
Copyright: the authors of Vestibule
License: Apache-2.0
 The text of the Apache License, Version 2.0, is in /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/vestibule/node_modules/*
Copyright: their authors, as the files in each folder say
License: as-listed
 Each package's own; /usr/share/doc/vestibule/BUNDLED lists them by name and version.
`;

/** md5sums, as `dpkg --verify` reads it. */
export function md5sumsOf(folder: string, left: RegExp): string {
  return filesBelow(folder)
    .filter((path) => !left.test(path))
    .flatMap((path) => {
      try {
        const sum = createHash('md5')
          .update(readFileSync(join(folder, path)))
          .digest('hex');
        return [`${sum}  ${path}\n`];
      } catch {
        // A link that leads out of the package.
        return [];
      }
    })
    .join('');
}
