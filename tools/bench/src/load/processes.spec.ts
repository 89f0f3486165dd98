import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuOf, memoryOf, withChildren } from './processes';

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the processes of a server', () => {
  onLinux('include what they started', async () => {
    const child = spawn('sh', ['-c', 'sleep 30 & echo started; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      const pids = withChildren([child.pid ?? 0]);
      expect(pids).toHaveLength(2);
      expect(memoryOf(pids)).toBeGreaterThan(100_000);
      expect(cpuOf([process.pid])).toBeGreaterThan(0);
      for (const pid of [...pids].reverse()) process.kill(pid);
    } finally {
      child.kill();
    }
  });
});
