import t from 'tap';
import type { Ari } from '../../agent/telephony/ari.js';
import { probe } from '../../agent/telephony/probe.js';

const ALL = ['res_stasis_snoop.so', 'chan_websocket.so', 'app_stasis.so', 'chan_pjsip.so'];

const anAsterisk = (version: string, modules: readonly string[] = ALL): Ari =>
  ({
    address: { url: 'http://127.0.0.1:8088', user: 'u', password: 'p', app: 'vestibule' },
    version: () => Promise.resolve(version),
    modules: () => Promise.resolve(modules),
  }) as unknown as Ari;

void t.test('the floor and everything above it will do', async (t) => {
  for (const version of ['22.10.1', '22.10.2', '22.11.0', '23.0.0', '100.0.0']) {
    t.equal(await probe(anAsterisk(version)), version);
  }
});

void t.test('an older one, or one that does not tell, is refused with both versions', async (t) => {
  for (const version of ['22.10.0', '22.9.9', '21.99.99', '3.10.1', 'unknown', '']) {
    await t.rejects(
      probe(anAsterisk(version)),
      {
        code: 'TELEPHONY_ASTERISK_TOO_OLD',
        message: `found ${version}, need 22.10.1`,
      },
      version,
    );
  }
});

void t.test('every module that is missing is named', async (t) => {
  await t.rejects(probe(anAsterisk('22.10.1', ['app_stasis.so', 'res_stasis_snoop.so'])), {
    code: 'TELEPHONY_ASTERISK_LACKS',
    message: 'chan_websocket.so, chan_pjsip.so',
    place: 'http://127.0.0.1:8088',
  });
  for (const name of ALL) {
    await t.rejects(
      probe(
        anAsterisk(
          '22.10.1',
          ALL.filter((one) => one !== name),
        ),
      ),
      {
        message: name,
      },
    );
  }
});
