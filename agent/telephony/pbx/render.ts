import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { crypted } from './crypted.js';
import { pbxErrors } from './errors.js';
import { writePrivately } from './files.js';
import {
  accessSections,
  cliUserSections,
  emergencyPlan,
  extensionSections,
  internalPlan,
  NAME_CHARACTERS,
  NAME_MARKS,
  ringGroup,
  strangerSections,
  transferPlan,
  transportSections,
  trunkSection,
  voicemailPlan,
} from './sections.js';
import { listensOf, type Listens } from './listens.js';
import { writeMusic } from './music.js';
import { identifiedBy, trunkPlan, trunkSections } from './trunk-sections.js';
import { asteriskCall, asteriskTree, type ProgramCall } from './program.js';
import { pbxSecrets, type PbxSecrets } from './secrets.js';
import type { PbxSettings } from './settings.js';

export interface PbxPaths {
  /** asterisk-config/ of the installation. */
  readonly templates: string;
  /** The unpacked Asterisk: .vestibule/asterisk/current. */
  readonly tree: string;
  /** Where everything that Asterisk writes goes: asterisk/ of the data folder. */
  readonly state: string;
}

/** What was rendered: how to run it and how to reach it. */
export interface RenderedPbx {
  readonly call: ProgramCall & { readonly listens: readonly Listens[] };
  readonly ariUrl: string;
  readonly secrets: PbxSecrets;
  /** File that holds only the ARI password. */
  readonly ariPasswordFile: string;
  readonly configuration: string;
}

/** Renders the private Asterisk's configuration; the same input gives the same files. */
export function renderPbx(settings: PbxSettings, paths: PbxPaths): RenderedPbx {
  const tree = asteriskTree(paths.tree);
  const etc = join(paths.state, 'etc');
  try {
    for (const name of [
      'etc',
      'lib',
      'data',
      'spool',
      'run',
      'log',
      'sounds',
      'voicemail',
      'lib/keys',
    ]) {
      mkdirSync(join(paths.state, name), { recursive: true, mode: 0o700 });
    }
  } catch (error) {
    throw pbxErrors.make('NOT_WRITABLE', { place: paths.state, cause: error });
  }
  link(tree.restApi, join(paths.state, 'data', 'rest-api'));
  mkdirSync(join(paths.state, 'data', 'sounds'), { recursive: true });
  link(tree.sounds, join(paths.state, 'data', 'sounds', 'en'));
  const documentation = join(tree.root, 'usr/share/asterisk/documentation');
  if (existsSync(documentation)) link(documentation, join(paths.state, 'data', 'documentation'));

  if (settings.musicFolder === undefined) writeMusic(join(paths.state, 'moh'));

  const secrets = pbxSecrets(
    join(paths.state, 'secrets.json'),
    settings.extensions.map(({ number }) => number),
  );
  const values: Readonly<Record<string, string>> = {
    etc,
    modules: tree.modules,
    state: paths.state,
    app: settings.app,
    country: settings.country,
    cliUsers: cliUserSections(userInfo().username),
    mostSeconds: String(settings.mostSeconds),
    ringSeconds: String(settings.ringSeconds),
    ariPort: String(settings.ari.port),
    ariUser: settings.ari.user,
    ariCrypt: crypted(secrets.ari),
    rtpFrom: String(settings.rtp.from),
    rtpTo: String(settings.rtp.to),
    transports: transportSections(settings),
    strangers: [strangerSections(settings), accessSections(settings)].filter(Boolean).join('\n'),
    identifiedBy: identifiedBy(settings),
    nameCharacters: NAME_CHARACTERS,
    nameMarks: NAME_MARKS,
    extensionNumbers: settings.extensions.map(({ number }) => number).join('|') || 'none',
    extensions: extensionSections(settings, secrets),
    trunk: [trunkSection(settings), trunkSections(settings)].filter(Boolean).join('\n'),
    trunks: trunkPlan(settings),
    music: settings.musicFolder ?? join(paths.state, 'moh'),
    voicemail: voicemailPlan(settings, paths.state),
    ringGroup: ringGroup(settings),
    transfers: transferPlan(settings),
    internal: internalPlan(settings),
    emergency: emergencyPlan(settings),
  };
  for (const name of readdirSync(paths.templates).filter((file) => file.endsWith('.conf'))) {
    const path = join(paths.templates, name);
    writePrivately(join(etc, name), fill(readFileSync(path, 'utf8'), values, path));
  }
  const ariPasswordFile = join(paths.state, 'ari-password');
  writePrivately(ariPasswordFile, secrets.ari);
  const configuration = join(etc, 'asterisk.conf');
  return {
    call: { ...asteriskCall(tree, ['-C', configuration, '-f']), listens: listensOf(settings) },
    ariUrl: `http://127.0.0.1:${String(settings.ari.port)}`,
    secrets,
    ariPasswordFile,
    configuration,
  };
}

function fill(template: string, values: Readonly<Record<string, string>>, place: string): string {
  return template.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw pbxErrors.make('TEMPLATE_BROKEN', { place, detail: name });
    return value;
  });
}

/** Points `path` at `target`, whatever was there. */
function link(target: string, path: string): void {
  let there: string | undefined;
  try {
    there = readlinkSync(path);
  } catch {
    there = undefined;
  }
  if (there === target) return;
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}
