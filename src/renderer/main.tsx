import './styles/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createAppRouter } from './app/router.tsx';
import { followSystemTheme } from './app/theme.ts';
import { createClient } from './rpc/create-client.ts';
import { createQueryClient } from './rpc/query-client.ts';

followSystemTheme();
const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <App client={createClient()} queries={createQueryClient()} router={createAppRouter()} />
    </StrictMode>,
  );
}
