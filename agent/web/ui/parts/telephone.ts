import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { get } from '../api';

export interface Telephone {
  readonly extension: string | null;
  readonly telephones: readonly { readonly number: string; readonly name: string }[];
  /** Whether calls to the outside are possible. */
  readonly callsOut: boolean;
}

/** One's own telephone, and those there are. */
export const useTelephone = (): UseQueryResult<Telephone> =>
  useQuery({
    queryKey: ['telephone'],
    queryFn: () => get<Telephone>('/me/telephone'),
    staleTime: 300_000,
  });
