package io.poolwatch.woven.commonspool2;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GenericObjectPool} implements where an experiment is asked for, and only there: what
 * it takes to lend an object past the pool as the pool itself would make a new one. Records are the
 * library's, of its type {@code PooledObject}. All of it throws what the library, or the factory,
 * throws.
 */
public interface LendingPool {
  /** The factory. */
  Object poolwatch$factory();

  /** The library's own count of objects that exist or are being made, which it limits. */
  AtomicLong poolwatch$createCount();

  /** How abandoned objects are removed; null if they are not. */
  @Nullable Object poolwatch$abandonedConfig();

  /** Whether the pool was closed. */
  boolean poolwatch$isClosed();

  /** Whether new objects are validated, as the library calls it. */
  boolean poolwatch$getTestOnCreate();

  /** Whether objects are validated as they are borrowed. */
  boolean poolwatch$getTestOnBorrow();

  /** Whether objects are validated as they are given back. */
  boolean poolwatch$getTestOnReturn();

  /** Whether it throws a {@code NullPointerException} if an object that was made is null. */
  boolean poolwatch$refusesNull();

  /** Whether the record of an object that comes back says so while the factory has it. */
  boolean poolwatch$marksReturned();

  /** An object without a record: {@code create} of a {@code BasePooledObjectFactory}. */
  @Nullable Object poolwatch$create() throws Exception;

  /** {@code makeObject} of the factory: the record of a new object. */
  @Nullable Object poolwatch$makeObject() throws Exception;

  /** {@code activateObject} of the factory. */
  void poolwatch$activateObject(Object pooled) throws Exception;

  /** {@code validateObject} of the factory. */
  boolean poolwatch$validateObject(Object pooled);

  /** {@code passivateObject} of the factory. */
  void poolwatch$passivateObject(Object pooled) throws Exception;

  /** The object of a record. */
  @Nullable Object poolwatch$getObject(Object pooled);

  /** Has a record know that its object is lent. */
  boolean poolwatch$allocate(Object pooled);

  /** Has a record know that its object is being given back. */
  void poolwatch$markReturning(Object pooled);

  /** A record of the library's own making. */
  Object poolwatch$newRecord(@Nullable Object object);

  /** Tells an exception that is not thrown to whoever listens for such. */
  void poolwatch$swallowException(Exception swallowed);

  /** Makes an object if a borrower waits for one, as the library does after an invalidation. */
  void poolwatch$ensureIdle() throws Exception;
}
