import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Sessions, type KeptLogin, type LoginBook } from '../../agent/web/sessions.js';

const MINUTE = 60_000;

/** A book of logins in memory, as the store keeps it. */
class Book implements LoginBook {
  readonly rows: KeptLogin[] = [];
  find = (hash: Uint8Array) => Promise.resolve(this.rows.find((one) => same(one, hash)));
  readonly of = (account: string) =>
    Promise.resolve(this.rows.filter((one) => one.account === account).reverse());
  put(login: KeptLogin): Promise<void> {
    this.rows.push(login);
    return Promise.resolve();
  }
  touch(hash: Uint8Array, lastAt: number): Promise<void> {
    const at = this.rows.findIndex((one) => same(one, hash));
    const row = this.rows[at];
    if (row !== undefined) this.rows[at] = { ...row, lastAt };
    return Promise.resolve();
  }
  remove(hashes: readonly Uint8Array[]): Promise<void> {
    for (const hash of hashes) this.#drop((one) => same(one, hash));
    return Promise.resolve();
  }
  removeOf(account: string, but?: Uint8Array): Promise<void> {
    this.#drop((one) => one.account === account && !(but !== undefined && same(one, but)));
    return Promise.resolve();
  }
  clear(before: number): Promise<void> {
    this.#drop(({ lastAt }) => lastAt < before);
    return Promise.resolve();
  }
  #drop(which: (one: KeptLogin) => boolean): void {
    this.rows.splice(0, this.rows.length, ...this.rows.filter((one) => !which(one)));
  }
}

const same = ({ hash }: KeptLogin, other: Uint8Array): boolean => Buffer.compare(hash, other) === 0;

async function aDoor() {
  let now = 0;
  let wall = Date.parse('2026-11-24T09:00:00Z');
  const clock = { ...systemClock(), monotonic: () => now, now: () => wall };
  const book = new Book();
  const anew = () =>
    new Sessions({ idleMinutes: 30, longestHours: 12, mostLogins: 3 }, clock, book);
  const sessions = anew();
  const { token, session } = await sessions.begin('anna', 'Firefox, Linux');
  return {
    ...{ sessions, token, session, book, anew },
    after: (minutes: number): void => {
      now += minutes * MINUTE;
      wall += minutes * MINUTE;
    },
    /** The daemon was away: its own clock begins anew. */
    away: (minutes: number): void => {
      now = 5;
      wall += minutes * MINUTE;
    },
  };
}

t.test('a login ends after half an hour without a click', async (t) => {
  const { sessions, token, after } = await aDoor();
  after(29);
  t.ok(await sessions.of(token, true), 'a click');
  after(29);
  t.ok(await sessions.of(token, true), 'counts from the last one');
  after(31);
  t.equal(await sessions.of(token, true), undefined);
});

t.test('what the page asks by itself keeps nobody logged in', async (t) => {
  const { sessions, token, session, after } = await aDoor();
  for (let minutes = 0; minutes < 30; minutes += 5) {
    t.ok(await sessions.of(token, false), 'it is served');
    after(5);
  }
  after(1);
  t.equal(await sessions.of(token, false), undefined);
  t.notOk(await sessions.runs(session), 'and its live connection ends');
});

t.test('a login ends after twelve hours in any case', async (t) => {
  const { sessions, token, after } = await aDoor();
  for (let hours = 0; hours < 12; hours += 0.25) {
    t.ok(await sessions.of(token, true));
    after(15);
  }
  after(1);
  t.equal(await sessions.of(token, true), undefined);
});

t.test('a login outlives a restart, with its limits and without what would open it', async (t) => {
  const { token, session, book, anew, after, away } = await aDoor();
  t.notMatch(JSON.stringify(book.rows), new RegExp(`${token}|${session.csrf}`, 'u'));
  after(10);
  away(5);
  const later = anew();
  const again = await later.of(token, true);
  t.match(again, { account: 'anna', csrf: session.csrf, id: session.id }, 'the page goes on');
  t.equal(await later.of('another token', true), undefined);
  away(31);
  t.equal(await anew().of(token, true), undefined, 'nobody clicked meanwhile');
  t.strictSame(book.rows, [], 'and it is forgotten');
});

t.test('over restarts a login lasts twelve hours too, and a clock set back ends it', async (t) => {
  const { token, anew, away } = await aDoor();
  for (let hours = 0; hours < 12; hours += 0.4) {
    t.ok(await anew().of(token, true), `after ${String(hours)} hours`);
    away(24);
    // A click a minute after each restart is noted.
    const running = anew();
    await running.of(token, true);
  }
  away(10);
  t.equal(await anew().of(token, true), undefined);
  const other = await aDoor();
  other.away(-20);
  t.equal(await other.anew().of(other.token, true), undefined);
});

t.test('a live connection ends where the store cannot tell whether its login runs', async (t) => {
  const { sessions, session, book } = await aDoor();
  t.ok(await sessions.runs(session));
  book.find = () => Promise.reject(new Error('the disk is gone'));
  t.notOk(await sessions.runs(session));
});

t.test('what nobody can go on with is neither shown nor kept', async (t) => {
  const { token, book, anew, after, away } = await aDoor();
  away(20);
  const later = anew();
  const { session } = await later.begin('anna', 'Chrome, Android');
  t.equal((await later.list('anna')).length, 2, 'the first may still go on');
  after(11);
  t.strictSame(
    (await later.list('anna')).map(({ id }) => id),
    [session.id],
    'now it may not',
  );
  t.equal(book.rows.length, 1);
  t.equal(await later.of(token, true), undefined);
  away(20);
  await anew().start();
  t.strictSame(book.rows, [], 'after half an hour none is left for the next life');
});

t.test('logins are seen, ended one by one, and are few', async (t) => {
  const { sessions, token, session, after, book } = await aDoor();
  after(1);
  const second = await sessions.begin('anna', 'Chrome, Android');
  const third = await sessions.begin('anna');
  await sessions.begin('ben');
  t.match(await sessions.list('anna'), [
    { id: third.session.id, device: '' },
    { device: 'Chrome, Android' },
    { id: session.id, device: 'Firefox, Linux' },
  ]);
  t.notOk(await sessions.endOne('ben', session.id), 'not somebody else’s');
  t.ok(await sessions.endOne('anna', second.session.id));
  t.equal(await sessions.of(second.token, true), undefined);
  await sessions.begin('anna');
  await sessions.begin('anna');
  t.equal(await sessions.of(token, true), undefined, 'the oldest of four ended');
  t.ok(await sessions.of(third.token, true));
  await sessions.endAll('anna', third.session);
  t.strictSame(
    (await sessions.list('anna')).map(({ id }) => id),
    [third.session.id],
  );
  await book.removeOf('anna');
  t.notOk(await sessions.runs(third.session), 'what another door ended is ended here');
  t.equal(await sessions.of(third.token, true), undefined);
});
