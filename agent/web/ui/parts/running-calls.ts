import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveCall } from '../../../reception/live/live-desk';
import type { LiveTalk } from '../../../reception/live/notes';
import type { RunningCalls } from '../../answers/running';
import type { Answered } from '../answered';
import { get, refusalOf } from '../api';
import { link, type Told } from '../link';
import { useMay } from '../session';

type Running = Answered<RunningCalls>;

/** A call that runs; who calls and what is said only for those who may read transcripts. */
export type RunningCall = Running['calls'][number] &
  Partial<Answered<Pick<LiveTalk, 'name' | 'partial' | 'lines'> & Pick<LiveCall, 'callerNumber'>>>;
export type LiveState = RunningCall['state'];
export type LiveLine = NonNullable<RunningCall['lines']>[number];

/** The calls that run, each as far as one may see it; `up` while the connection stands. */
export function useRunningCalls(): (Running & { readonly up: boolean }) | undefined {
  const mayRead = useMay('calls.content');
  const { data } = useQuery({ queryKey: ['running'], queryFn: () => get<Running>('/live/calls') });
  const [seen, setSeen] = useState<ReadonlyMap<string, RunningCall>>(new Map());
  const [up, setUp] = useState(link.up);
  useEffect(() => {
    const watch = (): void => {
      if (mayRead) link.ask({ do: 'watch' });
    };
    const off = link.listen((told) => {
      if (told.kind === 'hello') {
        setUp(true);
        watch();
      } else if (told.kind === 'lost') setUp(false);
      else if (told.kind === 'watching') setSeen(new Map());
      else if (told.kind === 'live') setSeen((before) => withNews(before, told));
      else if (told.kind === 'live-over') setSeen((before) => without(before, String(told.id)));
      else if (told.kind === 'refused') {
        notifications.show({
          color: 'red',
          title: refusalOf(String(told.code)) ?? String(told.message),
          message: '',
          autoClose: 8000,
        });
      }
    });
    if (link.up) watch();
    return () => {
      off();
      link.ask({ do: 'unwatch' });
    };
  }, [mayRead]);
  if (data === undefined) return undefined;
  const calls = mayRead ? [...seen.values()] : data.calls;
  return { ...data, calls: [...calls].sort((a, b) => a.begunAt - b.begunAt), up };
}

function withNews(
  before: ReadonlyMap<string, RunningCall>,
  told: Told,
): ReadonlyMap<string, RunningCall> {
  const { call, from, lines } = told as unknown as {
    call: RunningCall;
    from: number;
    lines: LiveLine[];
  };
  const known = before.get(call.id)?.lines ?? [];
  return new Map(before).set(call.id, { ...call, lines: [...known.slice(0, from), ...lines] });
}

function without(
  before: ReadonlyMap<string, RunningCall>,
  id: string,
): ReadonlyMap<string, RunningCall> {
  const after = new Map(before);
  after.delete(id);
  return after;
}
