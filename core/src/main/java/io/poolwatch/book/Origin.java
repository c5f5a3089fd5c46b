package io.poolwatch.book;

/**
 * Where pools come from that are made alike: of one library, one class and one factory class. Names
 * are left out, since a service may give each pool its own. Only the ledger touches it, under its
 * lock.
 */
final class Origin {
  /** A pool that lent no more than so many times never reused anything worth a pool. */
  static final int FEW = 2;

  final PoolSystem system;

  /** Of the first pool that came from here; strings alone. */
  final PoolFacts facts;

  long opened;
  long ended;
  long endedWithFew;

  /** Pools that exist and are not quite new; counted anew for each reading. */
  long old;

  long oldWithFew;

  Origin(PoolSystem system, PoolFacts facts) {
    this.system = system;
    this.facts = facts;
  }

  /** Tells origins apart. */
  static String keyOf(PoolBook book) {
    PoolFacts facts = book.facts();
    String maker = facts.factoryClass() == null ? facts.objectClass() : facts.factoryClass();
    String pool = book.system().id().concat(" ").concat(facts.poolClass());
    return maker == null ? pool : pool.concat(" ").concat(maker);
  }

  static boolean hasFew(PoolBook book) {
    Tally now = new Tally();
    book.tally(now);
    return now.borrows() <= FEW;
  }

  PoolTurnover reading(String name) {
    return new PoolTurnover(
        new PoolIdentity(name, system.id(), facts.objectClass()),
        facts,
        opened,
        ended,
        endedWithFew,
        old,
        oldWithFew);
  }
}
