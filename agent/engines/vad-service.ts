import { join } from 'node:path';
import type { ListenReply, ListenTick } from '../speech/protocol.js';
import { duplex } from '../wire/grpc.js';
import type { Engine } from './service.js';
import { Turns } from './service.js';
import { Silero, SileroLines } from './silero.js';

/** Serves `Listen` by Silero: one batch for all lines of a tick. */
export function vadService(models: string): Engine {
  const silero = new Silero(join(models, 'silero-vad', 'silero_vad.onnx'));
  const turns = new Turns();
  const listen = duplex<ListenTick, ListenReply>((sender) => {
    const lines = new SileroLines(silero);
    let open = true;
    const judge = async (tick: ListenTick): Promise<void> => {
      if (!open) return;
      const probabilities = await lines.tick(tick.frames);
      if (probabilities.length > 0) sender.send({ lines: probabilities });
    };
    return {
      message(tick) {
        turns
          .take(() => judge(tick))
          .catch(() => {
            // The client sees the end of the stream and opens a new one.
            open = false;
            sender.cancel();
          });
      },
      end() {
        open = false;
        sender.end();
      },
      error() {
        open = false;
      },
    };
  });
  return {
    handlers: { Listen: listen },
    engines: ['silero'],
    models: ['silero-vad'],
    start: () => silero.start(),
    stop: () => silero.stop(),
  };
}
