import type { Host } from '../host/host';
import type { Progressed } from '../wire/types';

let last = 0;

/** Work of the core's that takes long: what it says meanwhile, and a way to stop it. */
export class Work {
  readonly id = (last += 1);
  says = $state('');
  percent = $state<number | null>(null);
  stopping = $state(false);
  #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  heard({ work, says, percent }: Progressed): void {
    if (work !== this.id) return;
    this.says = says;
    this.percent = percent;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.#host.call('stop_work', { work: this.id });
  }
}
