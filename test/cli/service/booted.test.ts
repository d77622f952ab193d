import t from 'tap';
import { SHOWN_ANSWERS } from '../../set-up-answers.js';
import { Booted, cannotBoot } from './booted.js';

const cannot = cannotBoot();
const HOME = '/var/lib/vestibule/home';
const VESTIBULE = [process.execPath, '/checkout/build/agent/main.js'] as const;
const STATE = [
  'systemctl',
  'show',
  'vestibule',
  '-p',
  'ActiveState,SubState,ExecMainStatus,NRestarts',
];

await t.test(
  'systemd runs the unit, closed as it is',
  cannot === undefined ? {} : { skip: cannot },
  async (t) => {
    const machine = new Booted(t);
    await machine.running();
    const asUser = (...command: readonly string[]) =>
      machine.on(
        ...['setpriv', '--reuid', 'vestibule', '--regid', 'vestibule', '--clear-groups'],
        ...['env', `VESTIBULE_HOME=${HOME}`, ...command],
      );

    const installed = machine.on(...VESTIBULE, 'service', 'install');
    t.equal(installed.status, 0, installed.all);
    t.match(installed.all, /not started: there is no office yet.*setup.*intents train/su);
    t.match(machine.on('systemctl', 'is-enabled', 'vestibule').all, /^enabled$/mu);

    // A wrong configuration is not mended by trying again.
    asUser('sh', '-c', `echo nonsense: true > ${HOME}/vestibule.yaml`);
    machine.on('systemctl', 'start', 'vestibule');
    const refused = await machine.until(/ActiveState=(?:failed|inactive)/u, ...STATE);
    t.match(refused, /ExecMainStatus=2/u);
    t.match(refused, /NRestarts=0/u);

    const answers = asUser('sh', '-c', `cat > ${HOME}/answers.yaml << 'END'\n${SHOWN_ANSWERS}END`);
    t.equal(answers.status, 0, answers.all);
    const setUp = asUser(...VESTIBULE, 'setup', '--force', '--answers', `${HOME}/answers.yaml`);
    t.equal(setUp.status, 0, setUp.all);
    // The address of the shown office is none of this machine's.
    asUser('sed', '-i', 's/bind: 192.168.1.10/bind: 127.0.0.1/', `${HOME}/vestibule.yaml`);
    machine.on('systemctl', 'start', 'vestibule');
    const children = await machine.until(
      /--worker voice[^]*main\.js run|main\.js run[^]*--worker voice/u,
      ...['ps', '-u', 'vestibule', '-o', 'args'],
    );
    t.match(
      children,
      /asterisk\.conf/u,
      'supervisor, Asterisk, workers and daemon run as its user',
    );
    await machine.until(/Asterisk Ready/u, 'cat', `${HOME}/run/asterisk.log`);
    await machine.until(/vad\.sock/u, 'ls', `${HOME}/run`);
    t.notMatch(
      machine.on('sh', '-c', `cat ${HOME}/run/*.log`).all,
      /cpuinfo/u,
      'ONNX Runtime knows which processor it is on',
    );
    t.match(machine.on(...STATE).all, /ActiveState=active/u);

    machine.on('systemctl', 'stop', 'vestibule');
    t.match(machine.on(...STATE).all, /ActiveState=inactive[^]*|SubState=dead/u);
    t.notMatch(machine.on('ps', '-u', 'vestibule', '-o', 'args').all, /asterisk\.conf/u);
  },
);
