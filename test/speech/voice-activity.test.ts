import t from 'tap';
import { samplesIn } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import type { ListenReply, ListenTick } from '../../agent/speech/protocol.js';
import { WorkerVoiceActivity } from '../../agent/speech/voice-activity.js';
import type { GrpcClient, Receiver } from '../../agent/wire/grpc.js';
import { FakeClock } from '../telephony/fake-clock.js';

const FRAME = new Int16Array(samplesIn(20));

/** A voice-activity worker in the test's hand, and lines to it. */
function open(count: number) {
  const clock = new FakeClock();
  const streams: {
    readonly receiver: Receiver<ListenReply>;
    readonly ticks: ListenTick[];
    cancelled: boolean;
  }[] = [];
  const client = {
    duplex: (_method: string, receiver: Receiver<ListenReply>) => {
      const stream = { receiver, ticks: [] as ListenTick[], cancelled: false };
      streams.push(stream);
      return {
        outstanding: 0,
        send: (tick: ListenTick) => stream.ticks.push(tick),
        end: () => undefined,
        cancel: () => {
          stream.cancelled = true;
        },
      };
    },
  };
  const vad = new WorkerVoiceActivity(client as unknown as GrpcClient, clock, silentLog);
  vad.start();
  const heard: number[] = [];
  const lines = Array.from({ length: count }, () => vad.open((_, endMs) => heard.push(endMs)));
  return { clock, streams, vad, lines, heard };
}

void t.test('frames of all lines share a message', (t) => {
  const { clock, streams, vad, lines } = open(3);
  for (const line of lines) line.push(FRAME);
  t.same(
    streams[0]?.ticks.map(({ frames }) => frames.length),
    [3],
    'at once when every line has one',
  );
  lines[0]?.push(FRAME);
  lines[2]?.push(FRAME);
  t.equal(streams[0]?.ticks.length, 1);
  clock.advance(10);
  t.equal(streams[0]?.ticks.at(-1)?.frames.length, 2, 'a late line is not waited for long');
  vad.stop();
  t.end();
});

void t.test('of many lines, frames of a whole tick share a message', (t) => {
  const { clock, streams, vad, lines } = open(6);
  for (const line of lines) {
    line.push(FRAME);
    clock.advance(3);
  }
  t.same(
    streams[0]?.ticks.map(({ frames }) => frames.length),
    [6],
  );
  lines[0]?.push(FRAME);
  clock.advance(19);
  t.equal(streams[0]?.ticks.length, 1);
  clock.advance(1);
  t.equal(streams[0]?.ticks.length, 2, 'a late line is not waited for longer');
  vad.stop();
  t.end();
});

void t.test('a worker that says nothing for three seconds gets a new stream', (t) => {
  const { clock, streams, vad, lines, heard } = open(1);
  const push = (ms: number): void => {
    for (let at = 0; at < ms; at += 20) {
      lines[0]?.push(FRAME);
      clock.advance(20);
    }
  };
  push(2000);
  const line = streams[0]?.ticks[0]?.frames[0]?.line ?? 0;
  streams[0]?.receiver.message({ lines: [{ line, probability: 1, endMs: 32 }] });
  t.same(heard, [32]);
  push(3000);
  t.equal(streams.length, 1, 'an answer begins the time anew');
  push(200);
  t.equal(streams[0]?.cancelled, true);
  t.equal(streams.length, 2);
  const again = streams[1]?.ticks.at(-1)?.frames.find(({ pcm }) => pcm !== undefined)?.line ?? 0;
  t.not(again, line, 'the worker starts afresh with the line');
  streams[1]?.receiver.message({ lines: [{ line: again, probability: 1, endMs: 32 }] });
  t.ok((heard.at(-1) ?? 0) > 5000, 'the times of the line went on');
  vad.stop();
  push(100);
  t.equal(streams.length, 2);
  t.end();
});
