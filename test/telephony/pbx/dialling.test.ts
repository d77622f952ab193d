import t from 'tap';
import { dialling } from '../../../agent/telephony/pbx/dialling.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';

const CARRIER = { id: 'carrier', host: '192.0.2.1', outbound: true };

void t.test(
  'our own telephones by themselves, all else by the trunk that carries calls out',
  (t) => {
    const dial = dialling(
      pbxSettings.parse({ trunks: [{ id: 'other', host: '192.0.2.9' }, CARRIER] }),
    );
    t.equal(dial.endpointOf('201'), 'PJSIP/201');
    t.equal(dial.endpointOf('+442079460123'), 'PJSIP/+442079460123@trunk-carrier');
    t.equal(dial.outsideOf('02079460123'), 'PJSIP/02079460123@trunk-carrier');
    for (const evil of ['1&PJSIP/2', '1@other', '1,2', '', 'Local/1', '5;line', '1'.repeat(21)])
      t.equal(dial.endpointOf(evil), undefined, evil);
    const alone = dialling(pbxSettings.parse({}));
    t.equal(alone.endpointOf('0900123'), undefined);
    t.equal(alone.outsideOf('02079460123'), undefined);
    t.end();
  },
);

void t.test('what a caller left is called back only if it is a number, and none of help', (t) => {
  const dial = dialling(pbxSettings.parse({ trunks: [CARRIER] }));
  for (const number of ['+442079460123', '02079460123', '202', '00493012345'])
    t.ok(dial.isCallable(number), number);
  for (const order of ['*720900555', '#21#', '**21*0900555#', '112', '911', '+112', '', '+', 'x'])
    t.notOk(dial.isCallable(order), order);
  t.end();
});
