import t from 'tap';
import type { TransferTarget } from '../../agent/dialogue/settings.js';
import { findTarget } from '../../agent/dialogue/targets.js';

const asIs = (text: string): string => text;
const target = (id: string, name: string, ...aliases: string[]): TransferTarget => ({
  ...{ id, name, aliases, extension: '201' },
});

void t.test('a name may be misheard by a letter, and longer names win', (t) => {
  const targets = [target('desk', 'the front desk'), target('carter', 'Doctor Carter', 'carter')];
  const found = (text: string): string | undefined => findTarget(text, targets, asIs)?.id;
  t.equal(found('is doctor karter there'), 'carter');
  t.equal(found('the front desk please'), 'desk');
  t.equal(found('somebody else'), undefined);
  t.end();
});

void t.test('Korean names carry particles', (t) => {
  const targets = [target('desk', '접수처'), target('kim', '김서연 원장님', '김 원장님', '원장님')];
  const found = (text: string): string | undefined => findTarget(text, targets, asIs)?.id;
  t.equal(found('접수처로 연결해 주세요'), 'desk');
  t.equal(found('김서연 원장님과 통화하고 싶어요'), 'kim');
  t.equal(found('원장님 계세요'), 'kim');
  t.equal(found('간호사님 바꿔 주세요'), undefined);
  t.end();
});
