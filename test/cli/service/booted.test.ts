import t from 'tap';
import { guideBlock } from '../../guide.js';
import { SHOWN_ANSWERS } from '../../set-up-answers.js';
import { Booted, cannotBoot } from './booted.js';

const cannot = cannotBoot();
const HOME = '/var/lib/vestibule/home';
/** Whoever types there is root already: it changes the user, and that is all. */
const SUDO = `#!/bin/sh
user=root
while :; do case $1 in --user=*) user=\${1#--user=}; shift ;; --) shift; break ;; *) break ;; esac; done
exec setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
`;
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
    // As the guide has it typed, in the checkout.
    machine.on('sh', '-c', 'printf %s "$1" > /usr/bin/sudo && chmod 755 /usr/bin/sudo', 'sh', SUDO);
    const types = (line: string): string => {
      const { status, all } = machine.on('sh', '-c', `cd /checkout && ${line}`);
      t.equal(status, 0, `${line}: ${status === 0 ? 'done' : all}`);
      return all;
    };

    // A checkout in a home that is closed to others: systemd would try it again and again.
    const away = '/root/closed/build/agent';
    machine.on('sh', '-c', `chmod 700 /root && mkdir -p ${away} && touch ${away}/main.js`);
    const closed = 'scripts/vestibule service install --root /root/closed';
    t.match(machine.on('sh', '-c', `cd /checkout && ${closed}`), {
      status: 1,
      all: /SERVICE_NOT_REACHABLE.*\/root/u,
    });
    t.equal(machine.on('test', '-e', '/etc/systemd/system/vestibule.service').status, 1);

    const [plan = '', install = '', look = ''] = guideBlock('service.md', 'service install');
    t.match(types(plan), /\[Unit\][^]*\$ systemctl enable vestibule\.service/u);
    t.match(types(install), /not started: there is no office yet.*setup.*intents train/su);
    t.match(machine.on('systemctl', 'is-enabled', 'vestibule').all, /^enabled$/mu);

    // A wrong configuration is not mended by trying again.
    asUser('sh', '-c', `echo nonsense: true > ${HOME}/vestibule.yaml`);
    machine.on('systemctl', 'start', 'vestibule');
    const refused = await machine.until(/ActiveState=(?:failed|inactive)/u, ...STATE);
    t.match(refused, /ExecMainStatus=2/u);
    t.match(refused, /NRestarts=0/u);

    const answers = asUser('sh', '-c', `cat > ${HOME}/answers.yaml << 'END'\n${SHOWN_ANSWERS}END`);
    t.equal(answers.status, 0, answers.all);
    const [setUp = '', train = '', start = ''] = guideBlock('service.md', '--user=vestibule');
    types(`${setUp} --force --answers ${HOME}/answers.yaml`);
    // The address of the shown office is none of this machine's.
    asUser('sed', '-i', 's/bind: 192.168.1.10/bind: 127.0.0.1/', `${HOME}/vestibule.yaml`);
    // What was trained for other tests is not trained again.
    const heads = '/checkout/.vestibule/test/heads';
    asUser('sh', '-c', `[ ! -d ${heads} ] || cp -R ${heads} ${HOME}/heads`);
    t.match(types(train), /^(?:trained|up to date): /mu);
    types(start);
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

    t.match(types(look), /active \(running\)/u);

    machine.on('systemctl', 'stop', 'vestibule');
    t.match(machine.on(...STATE).all, /ActiveState=inactive[^]*|SubState=dead/u);
    t.notMatch(machine.on('ps', '-u', 'vestibule', '-o', 'args').all, /asterisk\.conf/u);

    for (const line of guideBlock('service.md', 'service uninstall')) types(line);
    t.notMatch(machine.on('systemctl', 'list-unit-files').all, /^vestibule\.service/mu);
    t.equal(machine.on('test', '-s', `${HOME}/vestibule.yaml`).status, 0, 'the data stay');
  },
);
