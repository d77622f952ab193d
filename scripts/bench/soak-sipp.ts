import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = '/usr/bin/sipp';

/** Why sipp cannot call here, or false. */
export const noSipp: string | false = existsSync(PROGRAM)
  ? false
  : 'no sipp here; scripts/bench/soak and scripts/test install it (Debian package sip-tester)';

export interface SippRun {
  readonly server: { readonly host: string; readonly port: number };
  readonly calls: number;
  /** Calls that stand at once at most. */
  readonly atOnce: number;
  /** New calls a second. */
  readonly rate: number;
  /** A caller stays for so long after the answer, evenly spread, in milliseconds. */
  readonly staysMs: readonly [least: number, most: number];
}

/** What became of the calls. */
export interface SippOutcome {
  readonly made: number;
  /** Answered, held and ended by the caller. */
  readonly held: number;
  /** Told that the line is busy, or that nobody can take the call (486, 503, 600). */
  readonly busy: number;
  readonly failed: number;
  /** Milliseconds from INVITE to the answer, by call. */
  readonly answerMs: readonly number[];
  /** What sipp saw that it did not expect, a few lines. */
  readonly errors: readonly string[];
}

/**
 * One short call. `rrs` keeps the answer's contact: without it the ACK and the BYE go astray. Whoever is
 * told that all is busy acknowledges it; whoever is hung up on while waiting says so.
 */
const scenario = ([least, most]: SippRun['staysMs']): string => `<?xml version="1.0"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="short call">
  <send retrans="500" start_rtd="1"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "Soak" <sip:5550[call_number]@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:soak@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=soak 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=ptime:20
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="486" optional="true" next="busy" counter="busy"/>
  <recv response="503" optional="true" next="busy" counter="busy"/>
  <recv response="600" optional="true" next="busy" counter="busy"/>
  <recv response="200" rrs="true" rtd="1" timeout="30000"/>
  <send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: "Soak" <sip:5550[call_number]@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <pause distribution="uniform" min="${String(least)}" max="${String(most)}"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: "Soak" <sip:5550[call_number]@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200" next="end" counter="held"/>
  <label id="busy"/>
  <send next="end"><![CDATA[
ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
[last_Via]
From: "Soak" <sip:5550[call_number]@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
[last_To]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <label id="end"/>
  <CallLengthRepartition value="1000"/>
</scenario>
`;

/** Calls the receptionist by sipp, which sends no sound, and tells what became of the calls. */
export async function sippCalls(run: SippRun): Promise<SippOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-sipp-'));
  try {
    const file = join(folder, 'call.xml');
    writeFileSync(file, scenario(run.staysMs));
    const { host, port } = run.server;
    const args = [
      ...[`${host}:${String(port)}`, '-sf', file, '-s', 'reception', '-i', host, '-nostdin'],
      ...['-m', String(run.calls), '-l', String(run.atOnce), '-r', String(run.rate)],
      ...['-trace_stat', '-trace_rtt', '-rtt_freq', '1', '-trace_err', '-fd', '1'],
      ...['-recv_timeout', '60000', '-timeout_error', '-mp', String(30_000 + (port % 20_000))],
    ];
    const child = spawn(PROGRAM, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    return outcomeOf(folder, code, run.calls);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcomeOf(folder: string, code: number | null, calls: number): SippOutcome {
  const read = (ending: string): readonly string[] => {
    const name = readdirSync(folder).find((one) => one.endsWith(ending));
    return name === undefined
      ? []
      : readFileSync(join(folder, name), 'latin1').split('\n').filter(Boolean);
  };
  const lines = read('_.csv').map((line) => line.split(';'));
  const [head = [], last = []] = [lines[0], lines.at(-1)];
  const total = (column: RegExp): number =>
    Number(last[head.findIndex((one) => column.test(one))] ?? 0);
  const made = total(/^TotalCallCreated$/u);
  if (made < calls) throw new Error(`sipp ended with ${String(code)} after ${String(made)} calls`);
  return {
    made,
    held: total(/held\(C\)/u),
    busy: total(/busy\(C\)/u),
    failed: total(/^FailedCall\(C\)$/u),
    answerMs: read('_rtt.csv')
      .map((line) => Number(line.split(';')[1]))
      .filter((ms) => !Number.isNaN(ms)),
    errors: read('_errors.log')
      .filter((line) => !/Overload warning|following events/u.test(line))
      .slice(0, 12),
  };
}
