import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kinds of PJSIP objects for which FreePBX writes a file, and leaves one to its administrator. */
const KINDS = ['endpoint', 'aor', 'auth', 'identify'] as const;

/** Sections of a pjsip.conf as text, by their `type`. */
function byType(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const part of text.split(/^(?=\[)/mu)) {
    const type = /^type = (\w+)/mu.exec(part)?.[1];
    if (type !== undefined) found[type] = `${found[type] ?? ''}${part}\n`;
  }
  return found;
}

/**
 * Arranges a rendered configuration as FreePBX 16 and 17 do: files that it writes itself, the `_custom` ones
 * that it leaves alone and includes, its contexts, a ring group 600, a custom destination `dest-1` that
 * leads to `destination`, and an inbound route for `did`. Telephones are those of the rendered plan.
 */
export function asFreepbx(
  etc: string,
  { numbers, did, destination }: { numbers: readonly string[]; did: string; destination: string },
): void {
  const write = (name: string, ...lines: string[]): void => {
    writeFileSync(join(etc, name), `${lines.join('\n')}\n`);
  };
  mkdirSync(etc, { recursive: true });
  // FreePBX loads all modules; this one is none of ours.
  appendFileSync(join(etc, 'modules.conf'), 'load = func_dialplan.so\n');
  const types = byType(readFileSync(join(etc, 'pjsip.conf'), 'utf8'));
  write('pjsip.transports.conf', types.transport ?? '');
  for (const kind of KINDS) {
    write(`pjsip.${kind}_custom.conf`);
    // FreePBX's own comes after the administrator's.
    write(
      `pjsip.${kind}.conf`,
      `#include pjsip.${kind}_custom.conf`,
      // Its telephones call from from-internal.
      (types[kind] ?? '').replace(/^context = vestibule-internal$/gmu, 'context = from-internal'),
    );
    write(`pjsip.${kind}_custom_post.conf`);
  }
  write('pjsip_custom.conf');
  write(
    'pjsip.conf',
    ...[types.global ?? '', types.system ?? ''],
    ...['#include pjsip_custom.conf', '#include pjsip.transports.conf'],
    ...KINDS.flatMap((kind) => [
      `#include pjsip.${kind}.conf`,
      `#include pjsip.${kind}_custom_post.conf`,
    ]),
  );
  write(
    'extensions.conf',
    '; Do not edit: written by FreePBX',
    ...['#include extensions_override_freepbx.conf', '#include extensions_additional.conf'],
    '#include extensions_custom.conf',
    ...['[from-internal]', 'include => from-internal-noxfer', 'include => from-internal-xfer'],
    ...['[from-internal-noxfer]', 'include => from-internal-noxfer-custom'],
    ...['[from-internal-xfer]', 'include => from-internal-custom'],
    'include => from-internal-additional',
    ...['[from-trunk]', 'include => from-pstn', '[from-pstn]', 'include => ext-did'],
  );
  write('extensions_override_freepbx.conf');
  write(
    'extensions_additional.conf',
    ...['[from-internal-additional]', 'include => ext-group', 'include => ext-local'],
    'include => outbound-allroutes',
    '[ext-local]',
    ...numbers.flatMap((number) => [
      `exten => ${number},1,Set(__RINGTIMER=15)`,
      `exten => ${number},n,Gosub(macro-exten-vm,s,1(novm,${number},0,0,0))`,
      `exten => ${number},n(dest),Goto(vmret,1)`,
      `exten => ${number},hint,PJSIP/${number}`,
    ]),
    ...['exten => vmret,1,Return()', 'exten => h,1,NoOp()'],
    ...['[macro-exten-vm]', 'exten => s,1,Dial(PJSIP/${ARG2},${RINGTIMER},Ttr)'],
    'exten => s,n,Hangup()',
    '[ext-group]',
    'exten => 600,1,NoOp(Ring group)',
    `exten => 600,n,Dial(${numbers.map((number) => `PJSIP/${number}`).join('&')},20,Ttr)`,
    'exten => 600,n,Hangup()',
    ...['[ext-queues]', 'include => ext-queues-custom'],
    // What costs money: any number of seven digits and more.
    '[outbound-allroutes]',
    'exten => _X.,1,Set(GLOBAL(OUTBOUND)=${EXTEN})',
    'exten => _X.,n,Hangup()',
    ...['[customdests]', 'include => customdests-custom'],
    'exten => dest-1,1,NoOp(Entering Custom Destination Vestibule)',
    `exten => dest-1,n,Goto(${destination})`,
    ...['[ext-did]', 'include => ext-did-0002', '[ext-did-0002]'],
    `exten => ${did},1,Set(__FROM_DID=\${EXTEN})`,
    `exten => ${did},n,Goto(customdests,dest-1,1)`,
  );
  write(
    'extensions_custom.conf',
    '; This file is yours: FreePBX does not write it',
    '[from-internal-custom]',
    'exten => 1234,1,Playback(demo-congrats)',
    'exten => 1234,n,Hangup()',
    'exten => h,1,Hangup()',
  );
}
