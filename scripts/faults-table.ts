/** A fault that the system lives through, what is expected, and the tests that cause it for real. */
export interface FaultRow {
  readonly fault: string;
  readonly expected: string;
  readonly figure: string;
  /** `file of test/ without .test.ts`: name of a test in it. */
  readonly tests: readonly (readonly [file: string, name: string])[];
  /** How far it goes, and what falls short. */
  readonly lacks?: string;
  /** What a run came to, and which. */
  readonly measured?: string;
}

const row = (
  fault: string,
  expected: string,
  figure: string,
  tests: FaultRow['tests'],
  lacks?: string,
  measured?: string,
): FaultRow => ({
  ...{ fault, expected, figure, tests },
  ...(lacks === undefined ? {} : { lacks }),
  ...(measured === undefined ? {} : { measured }),
});

/** Every row; docs/faults.md is made of it. */
export const FAULTS: readonly FaultRow[] = [
  row(
    'Daemon killed with 20 live calls',
    'every caller is moved to the fallback; audio so far is kept',
    'silence p95 ≤ 5 s, ≤ 1 s of audio lost, 0 stuck channels',
    [
      ['calls/faults', 'daemon killed: every caller is in the fallback within 5 s'],
      ['supervisor/rescue-asterisk', 'a real Asterisk, the daemon dead'],
      [
        'reception/front-desk',
        'what is held stands in the journal of live calls, and no more once it is over',
      ],
      ['records/newest', 'what is not known yet to be kept is as a hang-up would leave it'],
    ],
    '3 calls in CI, 20 with --full; a turn that the caller is in has a tone in its place, as after a hang-up',
    '20 calls, fifteen other programs on the two cores: silence p95 0.44 s, 0 stuck channels; no sound lost of any',
  ),
  row(
    'Daemon down, new calls',
    'the dialplan takes them',
    '100 of 100',
    [['telephony/pbx/unmanned', 'daemon down: 100 of 100 new calls are taken by the fallback']],
    undefined,
    '100 of 100',
  ),
  row(
    'Asterisk restarted',
    'connected again, open calls closed as interrupted, /ready says 503 meanwhile',
    'ready ≤ 3 s after the port opens',
    [
      [
        'calls/faults',
        'Asterisk restarted: open calls are closed as interrupted, /ready is 503, new ones answered',
      ],
    ],
    undefined,
    '0.9–1.8 s',
  ),
  row(
    'ARI socket half open',
    'pings notice',
    '≤ 10 s',
    [
      ['calls/faults', 'ARI socket half open: noticed within 10 s, and connected again'],
      ['telephony/event-socket', 'a half-open socket is noticed by the missing pongs'],
    ],
    undefined,
    '5.7–7.3 s',
  ),
  row(
    'Speech worker killed or stalled',
    'started again, the call goes on',
    'caller hears something ≤ 3.5 s',
    [
      ['calls/faults', 'a speech worker killed in the middle of a call: the call goes on'],
      [
        'reception/moment',
        'what is not known 2.5 s after the last word: a moment is asked for, once',
      ],
      ['reception/moment', 'a caller is silent while voice activity is away: nothing else notices'],
      [
        'reception/voiceless',
        'a voice that hangs: a moment is asked for, then a person takes the call',
      ],
      [
        'reception/voiceless',
        'a voice that comes back in time: a moment was heard, and the call goes its way',
      ],
      ['speech/voice', 'a voice that is killed between clauses goes on where it was'],
      ['speech/recogniser', 'a stuck worker costs three seconds, and another one is asked'],
      ['supervisor/lives', 'who misses its heartbeats is killed and starts again'],
    ],
    'after 2.5 s without an answer, or 2 s of silence in the middle of one, a moment is asked for, which is held by a clock of the tests; after 8 s without a voice a person takes over; the time until the caller hears an answer is printed, not held: it is the time that recogniser and voice activity take to load',
    'answered after 2.0–6.4 s, both killed at once in the caller’s words, ten to twenty other programs running; ten calls at once that two recognisers do not keep up with hear that it takes a moment 2.7–3.4 s after their last word',
  ),
  row(
    'Disk full',
    'recording stops at a reserve, calls go on, alert',
    '0 calls dropped, 0 corrupt files, alert ≤ 60 s',
    [
      ['records/faults', 'disk full: recordings end at the reserve, messages are kept'],
      ['records/recordings', 'a full disk ends the recording with one line, and nothing else'],
      ['records/disk', 'a full disk is one clear line; what was told stored is there'],
      ['reception/store-faults', 'disk full: calls go on, nobody is told that a message was kept'],
      ['records/disk-watch', 'a full disk is told of within a minute, and that it has room again'],
      [
        'notify/deliver/alarms',
        'a full disk is raised once a day, though it is looked at all the time',
      ],
    ],
    'the alert is a mail, a webhook, an error in the log, a finding of doctor and a metric; held by a clock of the tests, on a disk that is full',
    '0 corrupt files; the alert 20 s after the disk is full at most',
  ),
  row(
    'Beyond: read-only disk',
    'calls go on, what is there stays as it is; whoever leaves a message reaches a person or it waits',
    '0 calls dropped, 0 files changed',
    [
      ['reception/store-faults', 'read-only disk: calls go on, and what is there stays as it is'],
      [
        'reception/store-faults',
        'read-only in the middle of a call: it goes on, and its message waits',
      ],
      ['records/disk', 'a store that may not be written is one clear line'],
      ['control/read-only', 'read-only disk: what the daemon needs starts, and says what it lacks'],
    ],
    'a daemon that starts anew there answers calls, unrecorded, and takes up the store once it can be written; Asterisk and the workers cannot be started anew there: they need sockets',
    'a call goes to a person, 0 of 5 files changed',
  ),
  row(
    'fsync fails',
    'never tried again on that file; a new one',
    '0 false "saved"',
    [
      ['records/faults', 'fsync fails: nothing is told stored, and that file is never tried again'],
      [
        'records/fsync',
        'fsync fails in the kernel: nothing is told stored that a next life does not find',
      ],
      [
        'reception/recorder',
        'after a failed write the recording goes on in a new one, not at once',
      ],
    ],
    'the database’s by strace, which has the kernel answer EIO; a recording’s in the place of its answer, since a file of its own is to be hit',
    '0 false "saved" of 84 that were told stored before, 12 refused',
  ),
  row(
    'SIGKILL loop while writing',
    'every acknowledged commit is there',
    '1,000 rounds, 0 lost',
    [['records/crash', 'killed while writing, again and again: nothing acknowledged is lost']],
    '50 rounds in CI, 1,000 with --full',
    '1,000 rounds: 0 lost, 0 corrupt, in 12 minutes; 50 rounds: 0 of 3,110 acknowledged commits',
  ),
  row(
    'Database corrupt',
    'calls are answered, messages wait sealed; guided restore',
    '0 missed calls, restore ≤ 5 min',
    [
      [
        'records/faults',
        'database corrupt: calls are served, messages wait, a restore finds all again',
      ],
      ['privacy/backup', 'backups are sealed, hold each recording once, and restore everything'],
    ],
    'a small store; how long a large one takes to restore is in benchmarks/store.md',
    '0 messages lost, restored 1.4 s later',
  ),
  row(
    'Clock jumps, also to summer time',
    'durations monotonic, retention halts',
    '0 early deletions',
    [
      [
        'privacy/retention',
        'a clock that jumps destroys nothing for a day, and then only if it ran on',
      ],
      ['privacy/retention', 'a first run under a wrong clock is not trusted either'],
      ['understanding/hours', 'clocks that change'],
      ['reception/visit', 'a clock that jumps in a call makes it neither longer nor shorter'],
    ],
    'days are counted by a clock of the tests',
    'a day on, back, a day back, 4,000 days on and back: 0 early deletions',
  ),
  row(
    'Model file missing or damaged',
    'named by its checksum; no crash loop; keys',
    'doctor names the file ≤ 10 s',
    [
      ['engines/main', 'a damaged model is one line with its path'],
      ['engines/main', 'a missing model is one line with its mend'],
      ['engines/held', 'a worker stays with a model that cannot be used, until it is mended'],
      ['house/doctor/doctor', 'each seeded fault is found and named, and nothing else'],
      ['house/doctor/models', 'a damaged model is named with its file, and a missing one'],
      ['reception/conversation', 'a recognition that fails leads to the keys and then to a person'],
    ],
    'how long doctor takes is printed, not held: it reads every model',
    'one byte of one of six models is wrong: doctor names the file after 1.9 s, the two cores at a load of eleven',
  ),
  row(
    'Key unavailable',
    'calls answered, nothing recorded',
    '0 plaintext bytes',
    [
      ['records/spool', 'without the key messages wait, sealed, and are stored when it is back'],
      [
        'reception/store-faults',
        'key source gone: calls go on, unrecorded, and their messages wait',
      ],
      ['calls/faults', 'a drain under load: no call is dropped, and the next daemon answers'],
    ],
    undefined,
    'three entries wait, recording is refused: 0 files with plaintext',
  ),
  row(
    '50 then 200 calls at once',
    'N admitted, the rest to the fallback',
    'p95 of the admitted +20 % at most, memory back within 5 %',
    [
      ['calls/faults', 'more calls at once than lines: the rest is answered by the fallback'],
      ['reception/front-desk', 'callers beyond the lines go to the fallback'],
    ],
    '24 calls and 4 lines in CI, 50 and 200 with --full; the gap of those who talk meanwhile is measured by scripts/bench/soak --flood',
    '10 lines: 50 calls, 10 with us and 40 in the fallback; 200 calls, 10 and 190; 0 failed, slowest answer 0.42 s; three floods of each: p95 of those who talk +1 % at 50 (860 ms) and +27 % at 200 (1080; of 47 turns), the daemon +3.8 % of memory',
  ),
  row(
    'SIP scan',
    'no extension revealed, its source shut out',
    '0 extensions, ban ≤ 10 s',
    [
      ['telephony/guard/scan', 'a scan finds no extension, and its source is shut out'],
      ['telephony/guard/scan', 'fail2ban finds the same by our filter'],
      [
        'telephony/guard/forged',
        'what a stranger writes has nobody else shut out, and hides nobody',
      ],
      [
        'telephony/guard/guard',
        'whoever forges the address of a trunk does not cut the office off',
      ],
    ],
    undefined,
    '0 of 9 extensions revealed, shut out after 1.3 s, the two cores at a load of eighteen',
  ),
  row(
    'Orphan call or recorder',
    'maximum length, reaper',
    'closed ≤ 60 s',
    [
      ['reception/reaper', 'orphan call or ear: settled at the second look, within 60 s'],
      [
        'reception/reaper-asterisk',
        'in a real Asterisk: a caller, an ear and a bridge of nobody are settled within 60 s',
      ],
      [
        'reception/reaper',
        'a visit whose caller is gone is closed, one whose caller comes late is not',
      ],
    ],
    'held by a clock of the tests',
    'a caller, an ear and a bridge of nobody in a real Asterisk: settled after 40 s, the caller in the fallback',
  ),
  row(
    'SMTP or webhook down for 24 h',
    'durable outbox, idempotency key',
    '0 lost, 0 double effects',
    [
      [
        'notify/deliver/courier',
        'relay and webhook down for 24 h: each message is told once, and none twice',
      ],
      ['notify/deliver/courier', 'a relay that is down loses nothing, nor does a restart'],
    ],
    'the hours by a clock of the tests, relay and receiver real, a restart among them; given up after three days',
    'six messages to a relay and to a webhook: 0 lost, 0 told twice, 25 times refused',
  ),
  row(
    'Caller hangs up at any of 40 points',
    'clean end, partial data kept as partial',
    '0 orphans',
    [['calls/faults', 'a caller may hang up at any moment: nothing is left behind']],
    '8 moments of five conversations in CI, 40 with --full, chosen by chance',
    '40 moments: 0 orphans, 4 messages kept by half',
  ),
  row(
    '200 attacks, spoken or keyed',
    'transfer only to listed targets, no disclosure',
    '0 unlisted dials, 0 disclosures',
    [
      ['calls/attacks', 'attacks, understood by the real model'],
      ['telephony/pbx/unmanned', 'whatever is dialled or keyed, nothing reaches the trunk'],
      ['telephony/guard/tools', 'sipvicious finds no extension, and sipp gets no call out'],
      [
        'telephony/pbx/forwarded',
        'a telephone that forwards its calls sends none of ours anywhere',
      ],
      [
        'telephony/pbx/dialling',
        'what a caller left is called back only if it is a number, and none of help',
      ],
    ],
    undefined,
    '237 attacks: 56 transfers to people of the list, 0 to others, 0 disclosures',
  ),
  row(
    'Beyond: update under load',
    'new calls to the fallback, live ones finish',
    '0 dropped',
    [
      ['calls/faults', 'a drain under load: no call is dropped, and the next daemon answers'],
      [
        'reception/front-desk',
        'ten calls are drained: each comes to its own end, also by way of a person',
      ],
    ],
    '2 calls in CI, 10 with --full',
    'two times 10 calls, the two cores at a load of eighteen: 0 dropped',
  ),
  row(
    'Beyond: short calls in a row',
    'nothing leaks',
    '10,000 calls: 0 channels, bridges, sockets, files',
    [
      ['calls/faults', 'short calls in a row leave no channel, bridge, socket or file'],
      [
        'telephony/memory-keeper',
        'memory is given back once after calls, and never while one runs',
      ],
    ],
    '500 calls in CI, 10,000 with --full; threads, timers and memory by scripts/bench/soak --short',
    '10,000 of 10,000 calls held, 16 at once: 0 channels, 0 bridges, 0 sockets or files more; resident memory since the first thousand: the daemon +2.4 %, Asterisk +3.3 %, all processes +2.4 %',
  ),
  row(
    'Beyond: daemon killed in the middle of something',
    'people who talk or are rung go on; whoever was with us is in the fallback; an erasure is finished',
    '0 stuck channels, 0 by half',
    [
      ['calls/faults', 'killed in the middle of a transfer, a talk and the question for consent'],
      ['calls/faults', 'daemon killed: every caller is in the fallback within 5 s'],
      [
        'privacy/erasing-killed',
        'killed in the middle of an erasure: nothing of it happened, or all',
      ],
      [
        'reception/reaper',
        'two whom an earlier life left talking: when one hangs up the other is let go',
      ],
    ],
    'the second kill of the second test falls into voicemails; 8 erasures in CI, 200 with --full',
    '4 calls: 2 talk on, 2 in the fallback; 20 voicemails, each once; 8 erasures, 0 by half',
  ),
  row(
    'Beyond: sound goes one way',
    'doctor says so, and what to open',
    'named after 2 calls',
    [
      ['calls/faults', 'sound that goes one way is named by doctor'],
      ['house/doctor/weaknesses', 'one-way audio is named, with what to open'],
    ],
    undefined,
    'two callers without sound: named',
  ),
  row(
    'Beyond: tapped line',
    'nothing of a call can be heard',
    '0 packets in clear',
    [
      ['telephony/pbx/encrypted', 'SDES: nothing of a call can be heard on the way'],
      ['telephony/pbx/encrypted', 'DTLS: nothing of a call can be heard on the way'],
      ['telephony/pbx/encrypted', 'a trunk: nothing of its calls can be heard on the way'],
    ],
    undefined,
    'by tcpdump: SDES 0 of 238 packets in clear, DTLS 0 of 222; without encryption 242 of 243',
  ),
];
