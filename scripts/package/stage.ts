import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { serviceFiles } from '../../agent/cli/service/unit.js';
import { manifestOf } from '../../agent/house/update/manifest.js';
import { modelPlaces, readCatalogue } from '../../agent/speech/models-catalogue.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { components } from '../supply/components.js';
import { billOfMaterials } from '../supply/sbom.js';
import { bundledOf, controlOf, COPYRIGHT, md5sumsOf } from './control.js';
import { leftOut, productionModules } from './modules.js';
import { Tree } from './tree.js';

const LIB = '/usr/lib/vestibule';
const DOC = '/usr/share/doc/vestibule';
const own = (name: string): string => join(checkoutRoot, 'scripts', 'package', 'debian', name);
const read = (...path: readonly string[]): string =>
  readFileSync(join(checkoutRoot, ...path), 'utf8');
/** Compressed without a name and a time in it. */
const packed = (text: string): Uint8Array => gzipSync(text, { level: 9 });

/**
 * Lays the whole package out below `folder`, which is empty: compiled code, the packages of npm that run,
 * units, documents, maintainer scripts. Nothing is compiled here. All times become `seconds`.
 */
export async function stage(folder: string, version: string, seconds: number): Promise<void> {
  const tree = new Tree(folder);
  program(tree);
  await documents(tree, seconds);
  service(tree);
  completions(tree);
  const bytes = tree.settle(seconds);
  tree.write('/DEBIAN/control', controlOf(version, bytes));
  // For whoever plans an update: it is read without unpacking the rest.
  tree.file(join(folder, LIB, 'release.json'), '/DEBIAN/release.json');
  tree.write('/DEBIAN/conffiles', '/etc/vestibule/environment\n');
  tree.write('/DEBIAN/md5sums', md5sumsOf(folder, /^(?:DEBIAN|etc)\//u));
  for (const name of ['postinst', 'prerm', 'postrm']) {
    tree.write(`/DEBIAN/${name}`, readFileSync(own(name)), 0o755);
  }
  tree.settle(seconds);
}

function program(tree: Tree): void {
  const js = (below: string): boolean => below.endsWith('.js');
  tree.copy(join(checkoutRoot, 'build/agent'), `${LIB}/build/agent`, js);
  tree.copy(join(checkoutRoot, 'build/ui'), `${LIB}/build/ui`, () => true);
  tree.copy(join(checkoutRoot, 'agent'), `${LIB}/agent`, (path) =>
    /\.(?:ya?ml|proto|schema\.json)$/u.test(path),
  );
  for (const folder of ['asterisk-config', 'models']) {
    tree.copy(join(checkoutRoot, folder), `${LIB}/${folder}`, () => true);
  }
  for (const file of ['package.json', 'LICENSE', 'NOTICE', 'CHANGELOG.md']) {
    tree.file(join(checkoutRoot, file), `${LIB}/${file}`);
  }
  for (const name of ['install-asterisk', 'fetch-models', 'asterisk-run']) {
    tree.file(join(checkoutRoot, 'scripts', name), `${LIB}/scripts/${name}`);
  }
  for (const name of ['fetch-models.js', 'asterisk-run.js']) {
    tree.file(join(checkoutRoot, 'build/scripts', name), `${LIB}/build/scripts/${name}`);
  }
  for (const { place } of productionModules(checkoutRoot)) {
    // What is nested in it has an entry of its own in the lock, or is for development.
    tree.copy(
      join(checkoutRoot, place),
      `${LIB}/${place}`,
      (below) => !/(?:^|\/)node_modules\//u.test(below) && !leftOut(`${place}/${below}`),
    );
  }
  tree.write(`${LIB}/release.json`, `${JSON.stringify(manifestOf(checkoutRoot), null, 2)}\n`);
  tree.link(`${LIB}/docs`, '../../share/doc/vestibule');
}

async function documents(tree: Tree, seconds: number): Promise<void> {
  const modules = productionModules(checkoutRoot);
  const all = components();
  const licences = new Map(all.map((one) => [`${one.name}@${one.version}`, one.licence]));
  tree.write(`${DOC}/BUNDLED`, bundledOf(modules, licences));
  tree.write(`${DOC}/copyright`, COPYRIGHT);
  tree.file(join(checkoutRoot, 'NOTICE'), `${DOC}/NOTICE`);
  tree.write(
    `${DOC}/bill-of-materials.json`,
    billOfMaterials(
      all.filter(({ development }) => !development),
      await readCatalogue(modelPlaces({})),
    ),
  );
  tree.write(`${DOC}/changelog.gz`, packed(read('CHANGELOG.md')));
  tree.copy(join(checkoutRoot, 'docs'), DOC, (path) =>
    /^(?:guide\/[^/]+|errors|licences|rights|faults)\.md$|^(?:schema|monitoring)\//u.test(path),
  );
  const work = mkdtempSync(join(tmpdir(), 'vestibule-man-'));
  try {
    execFileSync(join(checkoutRoot, 'scripts/man-page'), [join(work, 'vestibule.1')], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
    });
    tree.write(
      '/usr/share/man/man1/vestibule.1.gz',
      packed(readFileSync(join(work, 'vestibule.1'), 'utf8')),
    );
  } finally {
    rmSync(work, { recursive: true });
  }
}

function service(tree: Tree): void {
  const files = serviceFiles({
    ...{ root: LIB, home: '/var/lib/vestibule/home', user: 'vestibule', node: '/usr/bin/node' },
    environmentFile: '/etc/vestibule/environment',
  });
  for (const { path, text } of files) {
    // What a package brings is below /usr; /etc is the administrator's.
    tree.write(path.replace(/^\/etc\/systemd\//u, '/usr/lib/systemd/'), text);
  }
  tree.write(
    '/usr/lib/tmpfiles.d/vestibule.conf',
    `${files.find(({ path }) => path.endsWith('tmpfiles.d/vestibule.conf'))?.text ?? ''}${[
      ...['models', 'asterisk'].map(
        (name) => `d /var/lib/vestibule/${name} 0755 vestibule vestibule`,
      ),
      '',
    ].join('\n')}`,
  );
  tree.file(own('environment'), '/etc/vestibule/environment');
  tree.link('/etc/vestibule/vestibule.yaml', '/var/lib/vestibule/home/vestibule.yaml');
  tree.file(own('vestibule'), '/usr/bin/vestibule');
  tree.file(own('vestibule-provision'), '/usr/sbin/vestibule-provision');
}

function completions(tree: Tree): void {
  const main = join(checkoutRoot, 'build/agent/main.js');
  const places = {
    bash: '/usr/share/bash-completion/completions/vestibule',
    zsh: '/usr/share/zsh/vendor-completions/_vestibule',
    fish: '/usr/share/fish/vendor_completions.d/vestibule.fish',
  };
  for (const [shell, path] of Object.entries(places)) {
    tree.write(path, execFileSync(process.execPath, [main, 'completion', shell]));
  }
}

/** What has to be built before: of these, those that are not there. */
export const notBuilt = (): readonly string[] =>
  [
    'build/agent/main.js',
    'build/scripts/fetch-models.js',
    'build/ui/index.html',
    'node_modules',
  ].filter((path) => !existsSync(join(checkoutRoot, path)));
