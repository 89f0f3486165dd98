import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ExchangeFileRow } from './exchange-file.entity';

/** A part of a file's content: 256 KiB, the last one what is left. */
@Entity('exchange_file_chunks')
export class ExchangeFileChunk {
  @PrimaryColumn({ name: 'file_id', type: 'uuid', primaryKeyConstraintName: 'exchange_file_chunks_pkey' })
  fileId!: string;

  @ManyToOne(() => ExchangeFileRow, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'exchange_file_chunks_file_id_fkey' })
  file?: Relation<ExchangeFileRow>;

  /** From 0, without gaps. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'exchange_file_chunks_pkey' })
  index!: number;

  @Column({ type: 'bytea' })
  data!: Buffer;
}
