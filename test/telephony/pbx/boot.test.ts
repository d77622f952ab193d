import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { rmsDbfs } from '../../../agent/audio/level.js';
import { readPcm } from '../../../agent/audio/wav.js';
import { systemClock } from '../../../agent/clock.js';
import { Phone, type PhoneCall } from '../../../agent/reception/rehearse/caller.js';
import { channelsOf, voicemailOf } from '../../../agent/reception/voicemail/voicemail-files.js';
import { asteriskCall, asteriskTree } from '../../../agent/telephony/pbx/program.js';
import { share, tone } from '../../reception/rehearse/tone.js';
import { asterisk, BootedPbx, freePort, lacking, until } from './booted.js';

/** Loudest sample that a caller has heard so far. */
const loudest = (call: PhoneCall): number =>
  call.audio.recording.channels().heard.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

/** Whether `call` has heard the tone of 700 Hz for a tenth of a second: a busy machine leaves gaps. */
function hearsTone(call: PhoneCall | undefined): boolean {
  const heard = call?.audio.recording.channels().heard ?? new Int16Array();
  for (let at = 0; at + 800 <= heard.length; at += 400) {
    if (share(heard.subarray(at, at + 800), 700) > 0.8) return true;
  }
  return false;
}

/** Status with which a call that nobody answers is refused. */
async function refusal(phone: Phone, pbx: BootedPbx, to: string): Promise<number | undefined> {
  const call = await phone.call(pbx.uri(to), pbx.server);
  await call.untilEnded(10_000);
  return call.answeredMs === undefined ? call.outcome?.status : undefined;
}

/** What OPTIONS is answered with. */
async function ping(port: number, from = '127.0.0.1'): Promise<string> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => {
    socket.bind(0, from, resolve);
  });
  const own = `${from}:${String(socket.address().port)}`;
  const answer = new Promise<string>((resolve) => {
    socket.once('message', (data) => {
      resolve(data.toString('utf8'));
    });
  });
  socket.send(
    [
      `OPTIONS sip:127.0.0.1:${String(port)} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};branch=z9hG4bKping;rport`,
      `From: <sip:ping@${own}>;tag=1`,
      `To: <sip:127.0.0.1:${String(port)}>`,
      `Contact: <sip:ping@${own}>`,
      'Call-ID: ping',
      'CSeq: 1 OPTIONS',
      'Max-Forwards: 70',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
    port,
    '127.0.0.1',
  );
  const text = await answer;
  socket.close();
  return text.split('\r\n')[0] ?? '';
}

/** How ARI answers whoever knows the password and asks from another address of this machine. */
const askedFrom = (localAddress: string, pbx: BootedPbx): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const auth = `vestibule:${pbx.rendered.secrets.ari}`;
    get(`${pbx.rendered.ariUrl}/ari/asterisk/ping`, { localAddress, auth }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once('error', reject);
  });

const options = { skip: lacking, timeout: 120_000 };

void t.test('it boots, and only who knows the password controls it', options, async (t) => {
  const pbx = await BootedPbx.boot(t);
  t.match(
    await ping(pbx.sipPort),
    /^SIP\/2\.0 401 /u,
    'SIP is answered, and strangers are asked who they are',
  );
  const { body } = await pbx.ari('GET', '/asterisk/info');
  t.match((body as { system: { version: string } }).system.version, /^\d+\.\d+\.\d+/u);
  t.equal((await pbx.ari('GET', '/channels', 'guess')).status, 401);
  t.equal(await askedFrom('127.0.0.1', pbx), 200);
  t.match(await askedFrom('127.0.0.2', pbx), /^40[13]$/u, 'nor from anywhere but 127.0.0.1');
  const modules = (await pbx.ari('GET', '/asterisk/modules')).body as {
    name: string;
    status: string;
  }[];
  t.ok(modules.length <= 125, `${String(modules.length)} modules, no more than are needed`);
  t.strictSame(
    modules.filter(({ status }) => status !== 'Running').map(({ name }) => name),
    [],
  );
  for (const name of ['chan_bridge_media', 'chan_websocket', 'res_stasis_snoop', 'codec_g722']) {
    t.ok(
      modules.some((one) => one.name === `${name}.so`),
      name,
    );
  }
  t.notMatch(pbx.log, /ERROR/u, 'nothing is missing');
  for (const evil of ['app_system', 'res_agi', 'func_shell', 'app_disa']) {
    t.notOk(
      modules.some((one) => one.name === `${evil}.so`),
      `${evil} is not there`,
    );
  }
});

void t.test(
  'SIP is taken from the networks that are named, and from nowhere else',
  options,
  async (t) => {
    const pbx = await BootedPbx.boot(t, { sip: { allow: ['127.0.0.8/30'] } });
    t.match(await ping(pbx.sipPort, '127.0.0.9'), /^SIP\/2\.0 401 /u, 'asked who they are');
    t.match(await ping(pbx.sipPort, '127.0.0.2'), /^SIP\/2\.0 403 /u, 'refused, whoever they are');
  },
);

void t.test('its command line cannot replace it', options, async (t) => {
  const pbx = await BootedPbx.boot(t);
  const tree = asteriskTree(asterisk);
  const { command, args, env } = asteriskCall(tree, [
    ...['-C', pbx.rendered.configuration],
    ...['-rx', 'core restart now'],
  ]);
  const { stdout } = await promisify(execFile)(command, [...args], {
    env: { ...process.env, ...env },
  });
  t.match(stdout, /don't have permissions/iu);
  t.equal((await pbx.ari('GET', '/asterisk/info')).status, 200, 'still the same one');
});

void t.test(
  'a stranger reaches the receptionist and the echo, nothing else',
  options,
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const stranger = await pbx.phone('stranger');

    const echo = await stranger.call(pbx.uri('echo'), pbx.server);
    t.ok(await echo.untilAnswered(5_000));
    await echo.say(tone(700, 800));
    await echo.say(new Int16Array(1_600));
    t.ok(hearsTone(echo), 'hears itself');
    await echo.hangUp();

    await pbx.phone('202');
    for (const to of ['202', '911', 's', '00441234567', 'after', 'h']) {
      t.equal(await refusal(stranger, pbx, to), 401, `${to} is not for strangers`);
    }
    const impostor = new Phone({
      clock: systemClock(),
      user: '202',
      credentials: { user: '202', password: 'guess' },
    });
    await impostor.start();
    t.teardown(() => impostor.stop());
    t.match(await refusal(impostor, pbx, '203'), /^40[13]$/u, 'a wrong password opens nothing');
    await t.rejects(impostor.register(pbx.server), { code: 'REHEARSE_REGISTRATION_REFUSED' });
  },
);

void t.test('extensions call one another, and nobody else', options, async (t) => {
  const pbx = await BootedPbx.boot(t);
  const [one, two] = await Promise.all([pbx.phone('201'), pbx.phone('202')]);
  const out = await one.call(pbx.uri('202'), pbx.server);
  const incoming = await two.nextCall(5_000);
  t.ok(incoming, 'it rings');
  await incoming?.answer();
  t.ok(await out.untilAnswered(5_000));
  await out.say(tone(700, 800));
  await out.say(new Int16Array(1_600));
  t.ok(hearsTone(incoming));
  await out.hangUp();
  for (const to of ['300', '00441234567', '9011441234567']) {
    t.equal(await refusal(one, pbx, to), 404, `${to} is not found`);
  }
});

void t.test('without a trunk an emergency call is told so', options, async (t) => {
  const pbx = await BootedPbx.boot(t);
  const application = await pbx.application();
  const phone = await pbx.phone('201');
  const call = await phone.call(pbx.uri('112'), pbx.server);
  t.ok(await call.untilAnswered(5_000));
  t.ok(await call.untilEnded(30_000), 'and ends by itself');
  t.ok(loudest(call) > 1_000, 'something is said');
  t.equal(call.outcome?.by, 'them');
  const reception = await phone.call(pbx.uri('reception'), pbx.server);
  const first = await application.next('StasisStart');
  t.strictSame(
    first.args,
    ['incoming', 'reception'],
    'only the call to the reception came to the receptionist',
  );
  await reception.hangUp();
});

void t.test('with a trunk an emergency call goes there', options, async (t) => {
  const trunk = new Phone({ clock: systemClock(), user: 'trunk', port: await freePort() });
  await trunk.start();
  t.teardown(() => trunk.stop());
  const pbx = await BootedPbx.boot(t, {
    emergency: { trunk: `127.0.0.1:${String(trunk.address.port)}` },
  });
  const phone = await pbx.phone('203');
  const call = await phone.call(pbx.uri('911'), pbx.server);
  const arrived = await trunk.nextCall(5_000);
  t.ok(arrived, 'the trunk has it');
  await arrived?.answer();
  t.ok(await call.untilAnswered(5_000));
  await call.hangUp();
});

void t.test('nobody at the reception: it rings, then the caller is told', options, async (t) => {
  const pbx = await BootedPbx.boot(t, { ringSeconds: 5 });
  const phone = await pbx.phone('201');
  const stranger = await pbx.phone('stranger');
  const first = await stranger.call(pbx.uri('reception'), pbx.server);
  const rung = await phone.nextCall(15_000);
  t.ok(rung, 'the ring group rings');
  await rung?.answer();
  const [caller] = (await pbx.channels()).filter(({ name }) => name.includes('anonymous'));
  t.equal(await pbx.variable(caller?.id ?? '', 'VESTIBULE_PHASE'), 'human');
  await first.say(tone(700, 800));
  await first.say(new Int16Array(1_600));
  t.ok(hearsTone(rung), 'they talk');
  await first.hangUp();

  const second = await stranger.call(pbx.uri('reception'), pbx.server);
  const declined = await phone.nextCall(15_000);
  const before = loudest(second);
  declined?.reject();
  const folder = join(pbx.state, 'voicemail');
  const isSound = (name: string): boolean => name.endsWith('.wav');
  await until(() => readdirSync(folder).some(isSound), 'after the tone it is recorded', 20_000);
  await second.say(tone(500, 1_500));
  t.ok(await second.untilEnded(30_000), 'ended by itself, after a silence');
  t.ok(before > 1_000, 'an announcement, then ringing');
  t.equal(second.outcome?.by, 'them');
  const [channel = ''] = channelsOf(folder);
  const voicemail = voicemailOf(folder, channel);
  t.equal(voicemail.called, 'reception');
  const pcm = await readPcm(voicemail.sound ?? '');
  t.ok(rmsDbfs(pcm) > -40, 'what was said is there, for the daemon to seal');
});

void t.test('transfers come back with their outcome', options, async (t) => {
  const pbx = await BootedPbx.boot(t);
  const application = await pbx.application();
  const [stranger, phone] = await Promise.all([pbx.phone('stranger'), pbx.phone('203')]);
  const call = await stranger.call(pbx.uri('reception'), pbx.server);
  const { args, channel } = await application.next('StasisStart');
  t.strictSame(args, ['incoming', 'reception']);
  const id = channel?.id ?? '';
  t.equal(await pbx.variable(id, 'VESTIBULE_PHASE'), 'agent');
  t.equal((await pbx.ari('POST', `/channels/${id}/answer`)).status, 204);
  t.ok(await call.untilAnswered(5_000));
  const transfer = async (to: string): Promise<number> => {
    const where = `context=vestibule-transfer&extension=${to}&priority=1`;
    return (await pbx.ari('POST', `/channels/${id}/continue?${where}`)).status;
  };

  await transfer('202');
  const absent = await application.next('StasisStart');
  t.strictSame(absent.args?.slice(0, 3), ['returned', 'CHANUNAVAIL', 'reception'], 'nobody there');
  t.not(absent.args?.[3], '21');
  t.equal(await pbx.variable(id, 'VESTIBULE_PHASE'), 'agent');

  await transfer('203');
  const declined = await phone.nextCall(5_000);
  t.equal(await pbx.variable(id, 'VESTIBULE_PHASE'), 'human', 'while it rings');
  declined?.reject(603, 'Decline');
  const [, status, number, cause] = (await application.next('StasisStart')).args ?? [];
  t.strictSame([number, cause], ['reception', '21'], 'declined, and the number that was dialled');
  t.match(status, /^(?:BUSY|CHANUNAVAIL|CONGESTION)$/u, 'for which Asterisk has no word');

  await transfer('203');
  const busy = await phone.nextCall(5_000);
  busy?.reject();
  const refused = await application.next('StasisStart');
  t.strictSame(refused.args, ['returned', 'BUSY', 'reception', '17'], 'busy');

  await transfer('203');
  const taken = await phone.nextCall(5_000);
  await taken?.answer();
  await until(
    async () => (await pbx.channels()).every(({ state }) => state === 'Up'),
    'both are connected',
  );
  await taken?.hangUp();
  const answered = (await application.next('StasisStart')).args?.slice(0, 3);
  t.strictSame(answered, ['returned', 'ANSWER', 'reception']);

  await pbx.ari('POST', `/channels/${id}/variable?variable=VESTIBULE_DONE&value=1`);
  await pbx.ari('POST', `/channels/${id}/continue`);
  t.ok(await call.untilEnded(5_000), 'a call that is done is hung up, not sent to the fallback');
  t.strictSame(await pbx.channels(), []);
});

void t.test('a call never lasts longer than the most', options, async (t: Test) => {
  const pbx = await BootedPbx.boot(t);
  const application = await pbx.application();
  const stranger = await pbx.phone('stranger');
  const call = await stranger.call(pbx.uri('reception'), pbx.server);
  const { channel } = await application.next('StasisStart');
  const left = Number(await pbx.variable(channel?.id ?? '', 'TIMEOUT(absolute)'));
  t.ok(left > 3_500 && left <= 3_600, 'an hour by default');
  await call.hangUp();
});
