// A child of the supervisor for its tests: child-program.js FOLDER NAME KIND. It notes its life in
// FOLDER/journal and does what a test writes into FOLDER/NAME.do: `exit N`, `hang`, `ready`, `say` or
// `fail`; a file FOLDER/NAME.first is done by its first life at once. With FOLDER/NAME.deaf it ignores
// SIGTERM; with FOLDER/NAME.slow it sends one last beat and takes the milliseconds written there; with
// FOLDER/NAME.heavy each of its lives begins with so many milliseconds in which nothing else happens.
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder = '', name = '', kind = ''] = process.argv;
const note = (what: string): void => {
  appendFileSync(join(folder, 'journal'), `${what} ${name} ${String(process.pid)}\n`);
};

const sendBeat = (): void => {
  if (process.connected) process.send?.({ beat: 1 });
};
// At once too: until the first one the supervisor takes us for one that loads its model.
sendBeat();
const heavy = join(folder, `${name}.heavy`);
if (existsSync(heavy)) {
  const still = new Int32Array(new SharedArrayBuffer(4));
  // The beat is on its way first, as that of a worker is before its model is loaded.
  await new Promise((sent) => setTimeout(sent, 20));
  Atomics.wait(still, 0, 0, Number(readFileSync(heavy, 'utf8')));
}
const beat = setInterval(sendBeat, 50);

function act(command: string): void {
  const [what, code] = command.trim().split(' ');
  note(`did-${what ?? ''}`);
  if (what === 'exit') process.exit(Number(code));
  if (what === 'hang') clearInterval(beat);
  if (what === 'say') {
    process.stdout.write(`output of ${name} in ${process.cwd()}\n`);
    process.stderr.write(`first ${name}\nsecond ${name}\n`);
  }
  if (what === 'fail') {
    process.stderr.write(`last words of ${name}`);
    process.exit(2);
  }
  if (what === 'ready') process.send?.({ ready: true });
}

/** The command in a file, which is taken away so that it is done once. */
function takenFrom(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  renameSync(path, `${path}.taken`);
  const command = readFileSync(`${path}.taken`, 'utf8');
  rmSync(`${path}.taken`);
  return command;
}

process.on('SIGTERM', () => {
  note('told');
  const slow = join(folder, `${name}.slow`);
  if (existsSync(slow)) {
    clearInterval(beat);
    sendBeat();
    setTimeout(
      () => {
        note('ended');
        process.exit(0);
      },
      Number(readFileSync(slow, 'utf8')),
    );
    return;
  }
  if (!existsSync(join(folder, `${name}.deaf`))) process.exit(0);
});
// Unlike the real ones it outlives its parent: a leftover.
process.on('disconnect', () => undefined);
// Last, so that whoever reads it may send signals.
note('start');
const first = takenFrom(join(folder, `${name}.first`));
if (first !== undefined) act(first);
else if (kind === 'daemon') process.send?.({ ready: true });
setInterval(() => {
  // The test is over, however it ended.
  if (!existsSync(folder)) process.exit(0);
  const command = takenFrom(join(folder, `${name}.do`));
  if (command !== undefined) act(command);
}, 20);
