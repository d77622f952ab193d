import t from 'tap';
import { dashboard } from '../web/house.js';
import { firstLogin } from './first-login.js';
import { openBrowser, openWindow } from './chromium.js';
import { barriers, picture, skip, untilLoud } from './page-checks.js';

/** 20 ms of a tone at 16 kHz. */
const tone = (hz: number): Int16Array =>
  Int16Array.from({ length: 320 }, (_, at) => 9_000 * Math.sin((2 * Math.PI * hz * at) / 16_000));

t.test('calls that run: words as they come, listening in, taking over', { skip }, async (t) => {
  const house = await dashboard(t);
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('anna', 'owner', 'test');
  const { page, faults } = await openWindow(await openBrowser(t), url);
  await firstLogin(page, 'anna', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Live' }).click();
  await page.getByText('No call is running.').waitFor();

  const call = house.live.begin('running-1');
  const card = page.getByRole('article');
  await card.getByRole('heading', { name: '+442079460142' }).waitFor();
  call.talk.asked('how_can_i_help');
  call.talk.said({
    ...{ party: 'agent', atMs: 0, whole: true },
    text: "Hello, and thank you for calling Riverside Family Clinic. I'm an automated assistant, this call is recorded, and somebody of our staff may listen in. How can I help you?",
  });
  call.talk.hears('I need a repeat of my');
  await card.getByText('I need a repeat of my …').waitFor();
  call.talk.said({
    ...{ party: 'caller', atMs: 9_800, whole: true },
    text: 'I need a repeat of my prescription, please. It is Margaret Okafor.',
  });
  await card.getByText('It is Margaret Okafor.').waitFor();
  t.equal(await card.locator('[data-partial]').count(), 0, 'the unfinished words are finished');
  call.talk.decided({
    ...{ intent: 'prescription.refill', intents: [], urgency: 'normal', summary: '' },
    slots: { name: { value: 'Margaret Okafor', heard: '', confidence: 0.9, by: 'voice' } },
    ...{ transfers: [], trace: [] },
  });
  await card.getByRole('heading', { name: 'Margaret Okafor' }).waitFor();
  await card.getByText('Repeat prescription').waitFor();

  await t.test('listening in is heard, and ends when the caller objects', async (t) => {
    await card.getByRole('button', { name: 'Listen in' }).click();
    await page.getByText('You are listening in.').waitFor();
    let atMs = 12_000;
    const talking = setInterval(() => {
      call.sound('caller', tone(300), atMs);
      call.sound('agent', tone(200), atMs);
      atMs += 20;
    }, 20);
    await untilLoud(page, 'caller', 10);
    await untilLoud(page, 'agent', 10);
    clearInterval(talking);
    await picture(page, 'live');
    t.strictSame(await barriers(page), []);
    call.sendAway('objected');
    await page.getByText('The caller objected').waitFor();
    t.equal(await page.getByTestId('meters').count(), 0);
  });

  await t.test('taking over rings one’s own telephone, which is asked for first', async (t) => {
    await card.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('Choose your telephone').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'My account' }).click();
    await page.getByRole('textbox', { name: 'My telephone' }).click();
    await page.getByRole('option', { name: '203 Dr Carter' }).click();
    await page.getByRole('link', { name: 'Live' }).click();
    await card.getByRole('button', { name: 'Take over' }).click();
    const sure = page.getByRole('dialog');
    await sure.getByText('your telephone 203 rings').waitFor();
    await sure.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('your telephone rings in a moment').waitFor();
    t.strictSame(call.done, ['taken-over 203']);
  });

  house.live.over(call);
  await page.getByText('No call is running.').waitFor();
  t.strictSame(faults, [], 'nothing on the console');
});

t.test('calls that run, on a telephone, in the dark, in Korean', { skip }, async (t) => {
  const house = await dashboard(t);
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('minji', 'reception', 'test');
  const look = { width: 390, height: 844, dark: true, locale: 'ko-KR' };
  const { page, faults } = await openWindow(await openBrowser(t), url, look);
  await firstLogin(page, 'minji', password);
  await page.getByRole('button', { name: '저장' }).click();
  await page.getByRole('button', { name: '메뉴' }).click();
  await page.getByRole('link', { name: '실시간' }).click();
  const call = house.live.begin('running-1', '');
  call.talk.asked('name');
  call.talk.said({ party: 'agent', atMs: 0, text: '성함을 말씀해 주세요.', whole: true });
  call.talk.hears('저는 김');
  await page.getByText('저는 김 …').waitFor();
  await picture(page, 'live-phone');
  t.strictSame(await barriers(page), []);
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  t.ok(wide <= 390, `nothing is wider than the telephone (${String(wide)})`);
  t.equal(await page.getByRole('button', { name: '함께 듣기' }).count(), 0, 'not her right');
  t.strictSame(faults, []);
});
