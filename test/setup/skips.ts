// Tests never reach Electron's download, and never read the kubeconfig of the person who runs them.
process.env['PODWATT_NO_ELECTRON'] = '1';
process.env['KUBECONFIG'] = '/nonexistent/kubeconfig';
