import { Module } from '@nestjs/common';
import { join } from 'node:path';
import { AuthModule } from '../auth/auth.module';
import { MetricsModule } from '../metrics/metrics.module';
import { BoardCompactor } from './board-compactor';
import { BoardMerger } from './board-merger';
import { BoardMetrics } from './board-metrics';
import { BoardController } from './board.controller';

/** Whiteboards: read over HTTP, written over the socket, compacted in between. */
@Module({
  imports: [AuthModule, MetricsModule],
  controllers: [BoardController],
  providers: [
    BoardCompactor,
    BoardMetrics,
    // The build puts it beside the server.
    {
      provide: BoardMerger,
      useFactory: () => new BoardMerger({ program: join(import.meta.dirname, 'board-merge.js') }),
    },
  ],
})
export class BoardsModule {}
