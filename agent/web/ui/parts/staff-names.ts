import { useQuery } from '@tanstack/react-query';
import { get } from '../api';

/** Names of the accounts that messages can be given to. */
export function useStaffNames(): string[] {
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: () => get<{ names: string[] }>('/accounts/names'),
    staleTime: 300_000,
  });
  return data?.names ?? [];
}
