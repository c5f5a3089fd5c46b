package io.poolwatch.agent.violation;

import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.fingerprint.Aside;
import io.poolwatch.fingerprint.Fingerprints;

/** Says, once a pool, that its objects are no more compared by their content. One thread. */
public final class AsidePools {
  private final Ledger ledger;
  private final Notices notices;

  /** Says it in the given way, under the names of the given ledger. */
  public AsidePools(Ledger ledger, Notices notices) {
    this.ledger = ledger;
    this.notices = notices;
  }

  /** Says what is new. */
  public void tick() {
    Aside each;
    while ((each = Fingerprints.pollAside()) != null) {
      PoolIdentity pool = ledger.identityOf(each.book());
      if (pool != null) {
        notices.info(
            "no more looking for writes after return in pool "
                + PlainText.clip(pool.name(), 120)
                + ": "
                + each.percent()
                + " % of its objects changed while they were idle, so either "
                + PlainText.clip(each.objectClass(), 120)
                + " changes by itself, or nearly every user writes to it too late");
      }
    }
  }
}
