import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { AuthModule } from '../auth/auth.module';
import { MetricsModule } from '../metrics/metrics.module';
import { FileInspector } from './file-inspector';
import { FileMetrics } from './file-metrics';
import { FilesController } from './files.controller';
import { UploadSlots } from './upload-slots';
import { Uploads } from './uploads';

/** The files of exchanges: sent over HTTP, looked at by a thread of their own, kept where the file store keeps them. */
@Module({
  imports: [AuthModule, MetricsModule],
  controllers: [FilesController],
  providers: [
    FileMetrics,
    Uploads,
    UploadSlots,
    // The build puts it beside the server.
    {
      provide: FileInspector,
      useFactory: () => new FileInspector({ program: join(import.meta.dirname, 'file-inspect.js') }),
    },
  ],
})
export class FilesModule implements OnApplicationShutdown {
  constructor(@Inject(FileInspector) private readonly inspector: FileInspector) {}

  /** After the requests, which had their time. */
  onApplicationShutdown(): void {
    this.inspector.stop();
  }
}
