package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;

/** Names of the library's classes, of woven members and of hooks. */
final class Names {
  static final String BASE = "/impl/BaseGenericObjectPool";
  static final String GENERIC = "/impl/GenericObjectPool";
  static final String KEYED = "/impl/GenericKeyedObjectPool";
  static final String KEY = KEYED + "$ObjectDeque";
  static final String SOFT = "/impl/SoftReferenceObjectPool";
  static final String RECORD = "/impl/DefaultPooledObject";
  static final String SOFT_RECORD = "/impl/PooledSoftReference";
  static final String SOFT_BASE = "/BaseObjectPool";
  static final String ERODING = "/PoolUtils$ErodingObjectPool";
  static final String ERODING_KEYED = "/PoolUtils$ErodingKeyedObjectPool";

  static final String PROXY = "/proxy/BaseProxyHandler";
  static final String FACTORY = "/BasePooledObjectFactory";
  static final String FACTORY_KEYED = "/BaseKeyedPooledObjectFactory";

  /** The library's own field with the object, and the woven accessor of it. */
  static final String OBJECT_FIELD = "object";

  static final String OBJECT_ACCESSOR = "poolwatch$object";

  /** The same of its state. */
  static final String STATE_FIELD = "state";

  static final String STATE_ACCESSOR = "poolwatch$state";

  static final String BOOK_FIELD = "poolwatch$book";
  static final String LIFE_FIELD = "poolwatch$life";

  static final String KEY_FIELD = "poolwatch$key";

  static final String PROXIED_FIELD = "poolwatch$proxied";

  static final String BESIDE_FIELD = "poolwatch$beside";

  static final String UNPOOLED_FIELD = "poolwatch$unpooled";

  static final String BOOK = "io.poolwatch.book.ObjectBook";
  static final String LIFE = "io.poolwatch.book.Life";
  static final String KEY_SHARE = "io.poolwatch.book.KeyShare";
  static final String PROXIED = "io.poolwatch.guard.ProxiedObject";
  static final String BESIDE = "io.poolwatch.worth.Beside";
  static final String FACTORY_BASE = "io.poolwatch.woven.commonspool2.FactoryBase";

  static final String POOL_HOOKS = "io.poolwatch.woven.commonspool2.PoolHooks";
  static final String BORROW_HOOKS = "io.poolwatch.woven.commonspool2.BorrowHooks";
  static final String BUILD_HOOKS = "io.poolwatch.woven.commonspool2.BuildHooks";
  static final String WRAP_HOOKS = "io.poolwatch.woven.commonspool2.WrapHooks";
  static final String CHECK_HOOKS = "io.poolwatch.woven.commonspool2.CheckHooks";
  static final String CREATE_HOOKS = "io.poolwatch.woven.commonspool2.CreateHooks";
  static final String RETURN_HOOKS = "io.poolwatch.woven.commonspool2.ReturnHooks";
  static final String REMOVAL_HOOKS = "io.poolwatch.woven.commonspool2.RemovalHooks";
  static final String SOFT_HOOKS = "io.poolwatch.woven.commonspool2.SoftPoolHooks";
  static final String GUARD_HOOKS = "io.poolwatch.woven.commonspool2.GuardHooks";
  static final String PRINT_HOOKS = "io.poolwatch.woven.commonspool2.PrintHooks";
  static final String QUARANTINE_HOOKS = "io.poolwatch.woven.commonspool2.QuarantineHooks";
  static final String PROXY_HOOKS = "io.poolwatch.woven.commonspool2.ProxyHooks";
  static final String LATE_HOOKS = "io.poolwatch.woven.commonspool2.LateHooks";
  static final String UNPOOLED_HOOKS = "io.poolwatch.woven.commonspool2.UnpooledHooks";
  static final String UNPOOLED_LOANS = "io.poolwatch.woven.commonspool2.UnpooledLoans";
  static final String LENDING_POOL = "io.poolwatch.woven.commonspool2.LendingPool";
  static final String LOOSE_RECORD = "io.poolwatch.woven.commonspool2.LooseRecord";
  static final String PHASE = "io.poolwatch.woven.commonspool2.Phase";

  private Names() {}

  static String descriptor(String className) {
    return 'L' + className.replace('.', '/') + ';';
  }

  /** The book in the field of {@code this}. */
  static Arg book(String owner) {
    return Arg.ownField(owner, BOOK_FIELD, descriptor(BOOK));
  }

  /** The object of a record, or null if the record is of another class or holds it otherwise. */
  static Arg objectOf(String recordClass, Arg pooled) {
    return Arg.accessor(recordClass, OBJECT_ACCESSOR, pooled);
  }

  /** The library's word for the state of a record, or null as above. */
  static Arg stateOf(String recordClass, Arg pooled) {
    return Arg.accessor(recordClass, STATE_ACCESSOR, pooled);
  }

  /** What a keyed pool's record of a key has in its field. */
  static Arg keyShare(String keyClass, Arg keyRecord) {
    return Arg.accessor(keyClass, KEY_FIELD, keyRecord);
  }

  /** The life in the field of a record, or null if the record is of another class. */
  static Arg life(String recordClass, Arg pooled) {
    return Arg.accessor(recordClass, LIFE_FIELD, pooled);
  }
}
