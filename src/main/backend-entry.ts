throw new Error('not connected yet');
