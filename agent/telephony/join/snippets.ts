/** An Asterisk that is there already: a plain one, or FreePBX and PBXact, which write their own files. */
export type PbxKind = 'asterisk' | 'freepbx';

/** How that PBX is to reach our own Asterisk. */
export interface JoinSettings {
  /** Address and port of our own Asterisk. */
  readonly host: string;
  readonly port: number;
  /** The extension under which the office reaches the receptionist. */
  readonly extension: string;
}

/** A part of a file, between our marks. */
export interface Snippet {
  /** Name of the file in Asterisk's folder of configuration. */
  readonly file: string;
  readonly text: string;
}

const NAME = 'vestibule';
/** The administrator's own context for callers whom we do not take. */
const DOWN = 'vestibule-down';

/**
 * What the PBX needs: an endpoint for our Asterisk, an extension that reaches the receptionist, and a context
 * of its own for calls that the receptionist hands on, which knows the office's own telephones and nothing
 * that costs money.
 */
export function snippetsOf(kind: PbxKind, settings: JoinSettings): readonly Snippet[] {
  const freepbx = kind === 'freepbx';
  return [
    {
      file: freepbx ? 'pjsip.endpoint_custom.conf' : 'pjsip.conf',
      text: endpoint(freepbx ? 'from-vestibule' : 'vestibule-in'),
    },
    ...(freepbx
      ? [
          { file: 'pjsip.aor_custom.conf', text: aor(settings) },
          { file: 'pjsip.identify_custom.conf', text: identify(settings) },
        ]
      : []),
    {
      file: freepbx ? 'extensions_custom.conf' : 'extensions.conf',
      text: freepbx ? freepbxPlan(settings) : plainPlan(settings),
    },
  ].map((one) =>
    freepbx || one.file !== 'pjsip.conf'
      ? one
      : { ...one, text: [one.text, aor(settings), identify(settings)].join('\n') },
  );
}

const endpoint = (context: string): string =>
  [
    `[${NAME}]`,
    'type = endpoint',
    `context = ${context}`,
    'disallow = all',
    'allow = g722,ulaw,alaw',
    `aors = ${NAME}`,
    'direct_media = no',
    'trust_id_outbound = yes',
    'send_pai = yes',
    // There is no password: who only says that he is us is not believed.
    'identify_by = ip',
    '',
  ].join('\n');

const aor = ({ host, port }: JoinSettings): string =>
  [
    `[${NAME}]`,
    'type = aor',
    `contact = sip:${host}:${String(port)}`,
    // Once we are back, we are used again after so long.
    'qualify_frequency = 10',
    '',
  ].join('\n');

const identify = ({ host }: JoinSettings): string =>
  [`[${NAME}]`, 'type = identify', `endpoint = ${NAME}`, `match = ${host}`, ''].join('\n');

/**
 * The receptionist answers `extension`; a dead or busy one does not stop the call where the administrator has
 * written a context for that. Staff who ring first may take their time.
 */
const toUs = (extension: string): readonly string[] => [
  `exten => ${extension},1,Dial(PJSIP/${extension}@${NAME},120)`,
  ` same => n,GotoIf($["\${DIALSTATUS}"!="ANSWER" & \${DIALPLAN_EXISTS(${DOWN},s,1)}]?${DOWN},s,1)`,
  ' same => n,Hangup()',
];

const plainPlan = ({ extension }: JoinSettings): string =>
  [
    `; Send callers here, for example: Goto(vestibule-reception,${extension},1)`,
    '[vestibule-reception]',
    ...toUs(extension),
    '',
    '; Whom the receptionist hands callers to: telephones of the office, and nothing that costs money.',
    '[vestibule-in]',
    // An unknown number has no endpoint: the call fails, and our caller is told.
    ...['_XX', '_XXX', '_XXXX', '_XXXXX', '_XXXXXX'].flatMap((pattern) => [
      `exten => ${pattern},1,Dial(PJSIP/\${EXTEN},30)`,
      ' same => n,Hangup()',
    ]),
    '',
  ].join('\n');

const freepbxPlan = ({ extension }: JoinSettings): string =>
  [
    `; Custom destination in FreePBX: vestibule-reception,${extension},1`,
    '[vestibule-reception]',
    ...toUs(extension),
    '',
    '[from-internal-custom]',
    `exten => ${extension},1,Goto(vestibule-reception,${extension},1)`,
    '',
    '; Whom the receptionist hands callers to: telephones and ring groups, and no outbound route.',
    '[from-vestibule]',
    'include => ext-local',
    'include => ext-group',
    'include => ext-queues',
    '',
  ].join('\n');

/** All files that snippets of any kind are written to. */
export const SNIPPET_FILES: readonly string[] = [
  ...new Set(
    (['asterisk', 'freepbx'] as const).flatMap((kind) =>
      snippetsOf(kind, { host: '', port: 0, extension: '' }).map(({ file }) => file),
    ),
  ),
];
