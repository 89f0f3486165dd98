import { Accounts1763800000000 } from './1763800000000-accounts';
import { Bookings1763800000001 } from './1763800000001-bookings';
import { TopicMessages1763800000002 } from './1763800000002-topic-messages';
import { PageBytes1763800000003 } from './1763800000003-page-bytes';
import { AllowanceChanges1763800000004 } from './1763800000004-allowance-changes';
import { Boards1763800000005 } from './1763800000005-boards';
import { ExchangeFiles1763800000006 } from './1763800000006-exchange-files';
import { AppendNewMessages1763800000007 } from './1763800000007-append-new-messages';

/** Every migration, oldest first. Append only: one that has run somewhere is never changed. */
export const migrations = [
  Accounts1763800000000,
  Bookings1763800000001,
  TopicMessages1763800000002,
  PageBytes1763800000003,
  AllowanceChanges1763800000004,
  Boards1763800000005,
  ExchangeFiles1763800000006,
  AppendNewMessages1763800000007,
];
