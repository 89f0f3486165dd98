import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { type BoardState, decodeBoardState } from '@parley/board';
import { firstValueFrom } from 'rxjs';

/** What the board asks of the server over HTTP (W2). */
@Injectable({ providedIn: 'root' })
export class BoardApi {
  private readonly http = inject(HttpClient);

  /** What was stored after `after`; after 0 everything. @throws whatever `HttpClient` throws, and Error for what is no board */
  async read(exchangeId: string, after: number): Promise<BoardState> {
    const address = `/api/exchanges/${encodeURIComponent(exchangeId)}/board`;
    const bytes = this.http.get(address, { params: { after }, responseType: 'arraybuffer' });
    return decodeBoardState(new Uint8Array(await firstValueFrom(bytes)));
  }
}
