import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Telephone as ServerTelephone } from '../../answers/accounts';
import type { Answered } from '../answered';
import { get } from '../api';

export type Telephone = Answered<ServerTelephone>;

/** One's own telephone, and those there are. */
export const useTelephone = (): UseQueryResult<Telephone> =>
  useQuery({
    queryKey: ['telephone'],
    queryFn: () => get<Telephone>('/me/telephone'),
    staleTime: 300_000,
  });
