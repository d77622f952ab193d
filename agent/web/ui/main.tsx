import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './style.css';
import {
  createTheme,
  defaultVariantColorsResolver,
  MantineProvider,
  type VariantColorsResolver,
} from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api';
import { App } from './app';
import { nonce } from './nonce';
import { beAnApp } from './own-worker';
import { Proof } from './parts/proof';
import { startWords } from './words';

/** Red words on dark ground are lighter: what is dark enough by day cannot be read by night. */
const colours: VariantColorsResolver = (input) => {
  const found = defaultVariantColorsResolver(input);
  if (input.variant !== 'subtle' || input.color?.startsWith('red') !== true) return found;
  return { ...found, color: 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-3))' };
};

const theme = createTheme({
  variantColorResolver: colours,
  primaryColor: 'vestibule',
  primaryShade: 7,
  defaultRadius: 'md',
  components: {
    // Whoever has no mouse scrolls a wide table by its keys.
    TableScrollContainer: {
      defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } },
    },
    // A name belongs to something that has a role.
    Loader: { defaultProps: { role: 'status' } },
    // Capitals shout, and are cut off sooner.
    Badge: { defaultProps: { tt: 'none', fw: 600 } },
    Checkbox: { defaultProps: { radius: 'sm' } },
    Modal: {
      defaultProps: () => ({ closeButtonProps: { 'aria-label': i18next.t('settings.close') } }),
    },
    Notification: {
      defaultProps: () => ({ closeButtonProps: { 'aria-label': i18next.t('settings.close') } }),
    },
  },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif',
  colors: {
    vestibule: [
      ...(['#e9f7f5', '#d3ece8', '#a5d9d1', '#74c4b9', '#4db3a5'] as const),
      ...(['#2fa091', '#178a7d', '#0c6b64', '#08564f', '#04403b'] as const),
    ],
  },
});

/** Logged out meanwhile: the page of the login comes by itself. */
const failed = (error: Error, shown: boolean): void => {
  if (error instanceof ApiError && error.status === 401) {
    void client.invalidateQueries({ queryKey: ['session'] });
    return;
  }
  if (shown) return;
  notifications.show({ color: 'red', title: error.message, message: '', autoClose: 8000 });
};

const client: QueryClient = new QueryClient({
  // A page that shows a refusal where it belongs says so: meta.shown.
  queryCache: new QueryCache({
    onError: (error, { meta }) => failed(error, meta?.shown === true),
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, { meta }) => failed(error, meta?.shown === true),
  }),
  defaultOptions: { queries: { retry: 1, staleTime: 5000 } },
});

await startWords();
beAnApp();
const place = document.querySelector('#page');
if (place === null) throw new Error('index.html has no place for the page');
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}>
        <Notifications position="bottom-center" />
        <App />
        <Proof />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
